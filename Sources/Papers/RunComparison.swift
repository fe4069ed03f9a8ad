public import PlacePlanning

/// What changed between two runs of a model, and how much of the change in each figure comes from what.
///
/// The first run is changed into the second one kind of change at a time, in the order of ``steps``, and projected again after
/// each: a part of a figure is what that step moved it by. ``Kind/method`` comes last and is never replayed, since only one
/// version of the program is at hand: it is what the two records differ by beyond what that version makes of their inputs.
/// Figures are whole millionths, so the parts add up to the change exactly.
public struct RunComparison: Sendable {
  /// Where a change lies; changes are made in this order.
  public enum Kind: String, CaseIterable, Sendable, Codable {
    /// Data sets, their sources and `model.yaml`, with the assumptions that only one of the two sets of data needs.
    case data
    case assumptions
    /// When schemes and changes of places start, open and end.
    case schemeDates = "scheme_dates"
    /// The seed of the random numbers.
    case seed
    /// The program: its version, its build, or the kind of machine.
    case method

    /// As a sentence has it.
    public var name: String { self == .schemeDates ? "scheme dates" : rawValue }
  }

  /// One of the two runs.
  public struct Side: Hashable, Sendable {
    /// The run's name, or the folder of a model that was never run.
    public let name: String
    /// The date of its paper.
    public let paperDate: CalendarDate
    public let scenario: String
    public let version: String
    public let seed: UInt64
    /// When it was first recorded, `2026-11-25T19:00:00Z`; nil for one that was not. It differs between machines: no paper that
    /// is to come out the same again may print it.
    public let recorded: String?

    /// One of the two runs, as its record names it.
    public init(
      name: String, paperDate: CalendarDate, scenario: String, version: String, seed: UInt64,
      recorded: String?
    ) {
      self.name = name
      self.paperDate = paperDate
      self.scenario = scenario
      self.version = version
      self.seed = seed
      self.recorded = recorded
    }
  }

  /// One thing that differs.
  public struct Change: Hashable, Sendable, Encodable {
    public let kind: Kind
    public let what: String
    /// Nil for what was not there.
    public let was: String?
    /// Nil for what is no longer there.
    public let `is`: String?

    /// `was` and `new` are as the files have them; nil for what is not there.
    public init(kind: Kind, what: String, was: String?, is new: String?) {
      self.kind = kind
      self.what = what
      self.was = was
      self.is = new
    }
  }

  /// What a figure is a figure of.
  public struct Subject: Hashable, Sendable {
    /// `pupils`, `need`, `peak_gap`, …: a name that scripts may rely on.
    public let measure: String
    /// As a sentence has it: `pupils, primary, 2024/25`.
    public let name: String
    /// `pupils`, `places`, `FE`, `GBP`, `schemes`, `year`.
    public let unit: String
    public let phase: String?
    public let area: PlanningAreaCode?
    public let year: AcademicYear?

    /// A figure by its measure, and the phase, area and year that it is of; nil for all of them.
    public init(
      measure: String, name: String, unit: String, phase: String?, area: PlanningAreaCode?,
      year: AcademicYear?
    ) {
      self.measure = measure
      self.name = name
      self.unit = unit
      self.phase = phase
      self.area = area
      self.year = year
    }
  }

  /// What one step moved a figure by.
  public struct Part: Hashable, Sendable {
    /// The kinds of the step: one, or several that cannot be told apart.
    public let kinds: [Kind]
    /// **Units** millionths of the figure's unit.
    public let millionths: Int
    /// The same change alone, made to the first run: where it differs from the part, kinds of change work on each other. Nil where
    /// it cannot be made alone. **Units** millionths of the figure's unit.
    public let aloneMillionths: Int?

    /// **Units** millionths of the unit of the figure.
    public init(kinds: [Kind], millionths: Int, aloneMillionths: Int?) {
      self.kinds = kinds
      self.millionths = millionths
      self.aloneMillionths = aloneMillionths
    }

    public var amount: Double { Double(millionths) / 1e6 }
  }

  /// A figure before and after, and the parts of its change in the order of ``steps``.
  public struct Headline: Hashable, Sendable {
    public let subject: Subject
    /// **Units** millionths of the figure's unit.
    public let beforeMillionths: Int
    public let afterMillionths: Int
    public let parts: [Part]

    /// **Units** of both figures: millionths of the unit of `subject`.
    public init(subject: Subject, beforeMillionths: Int, afterMillionths: Int, parts: [Part]) {
      self.subject = subject
      self.beforeMillionths = beforeMillionths
      self.afterMillionths = afterMillionths
      self.parts = parts
    }

    public var before: Double { Double(beforeMillionths) / 1e6 }
    public var after: Double { Double(afterMillionths) / 1e6 }
    public var change: Double { Double(afterMillionths - beforeMillionths) / 1e6 }
    public var hasChanged: Bool {
      beforeMillionths != afterMillionths || parts.contains { $0.millionths != 0 }
    }
  }

  /// A figure that is no number, such as a first year: what it was, what it was after each step, what it is. Nil for none.
  public struct Label: Hashable, Sendable {
    public let subject: Subject
    public let before: String?
    public let after: String?
    /// In the order of ``steps``; the last is ``after``.
    public let afterSteps: [String?]

    /// `before`, `after` and `afterSteps` are as a paper prints them; nil for never.
    public init(subject: Subject, before: String?, after: String?, afterSteps: [String?]) {
      self.subject = subject
      self.before = before
      self.after = after
      self.afterSteps = afterSteps
    }
  }

  public let before: Side
  public let after: Side
  public let changes: [Change]
  /// The kinds of change that there are, in the order in which they were made; several in one step where they cannot be told apart.
  public let steps: [[Kind]]
  /// All figures of the authority, changed or not; of areas those that changed.
  public let headlines: [Headline]
  /// The same for figures that are no numbers.
  public let labels: [Label]
  /// What is known of the two recommended programmes.
  public let recommended: Recommended

  /// Parts and labels are in the order of `steps`.
  public init(
    before: Side, after: Side, changes: [Change], steps: [[Kind]], headlines: [Headline], labels: [Label],
    recommended: Recommended
  ) {
    self.before = before
    self.after = after
    self.changes = changes
    self.steps = steps
    self.headlines = headlines
    self.labels = labels
    self.recommended = recommended
  }

  /// True where not one input differs, and no figure that was compared.
  public var isEmpty: Bool {
    changes.isEmpty && !headlines.contains(where: \.hasChanged) && !recommendsAnother
  }
}
