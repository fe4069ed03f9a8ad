public import PlacePlanning

/// A programme that a run recommends, by the figures that the run is remembered by.
public struct RecommendedProgramme: Sendable {
  /// Its cost, borrowing, present cost, unmet places and how many schemes it has, in the order in which they are shown. **Units**
  /// millionths of the unit of the subject.
  public let figures: [(subject: RunComparison.Subject, millionths: Int)]
  /// Every scheme that the run could choose from, with the year in which it starts as a paper prints it; nil for never.
  public let starts: [(subject: RunComparison.Subject, year: String?)]

  /// Figures in the order in which they are shown.
  public init(
    figures: [(subject: RunComparison.Subject, millionths: Int)],
    starts: [(subject: RunComparison.Subject, year: String?)]
  ) {
    self.figures = figures
    self.starts = starts
  }
}

extension RunComparison.Subject {
  /// The measure of the start of a scheme.
  static let schemeStart = "scheme_start"
  private static let startOf = "start of "

  /// The start of a scheme, by its key.
  public init(startOf scheme: String, area: PlanningAreaCode?) {
    self.init(
      measure: Self.schemeStart, name: Self.startOf + scheme, unit: "year", phase: nil, area: area, year: nil)
  }

  /// The key of the scheme whose start it is; nil for every other figure.
  public var scheme: String? {
    measure == Self.schemeStart ? String(name.dropFirst(Self.startOf.count)) : nil
  }
}

extension RunComparison {
  /// What is known of the programmes that the two runs recommend. It takes a solver's time to choose one, so what each change did to
  /// it is worked out only where that is asked for.
  public enum Recommended: Sendable {
    /// Neither run has schemes to choose from.
    case noSchemes
    /// Chosen again after each step: among the ``RunComparison/headlines`` and ``RunComparison/labels``.
    case afterEachStep
    /// As each run has it; nil for a run that is not known to recommend one.
    case asRecorded(before: RecommendedProgramme?, after: RecommendedProgramme?)
  }

  /// The two recommended programmes beside each other, as their runs have them: without parts, as nobody has worked out what each
  /// change did to them. Every figure that both have, and every scheme that one has. Nil where one of the two is not known, and
  /// where they are among the ``headlines`` or there are none.
  public var recorded: (headlines: [Headline], starts: [Label])? {
    guard case .asRecorded(let before?, let after?) = recommended else { return nil }
    let was = Dictionary(before.figures.map { ($0.subject.measure, $0.millionths) }) { first, _ in first }
    let headlines = after.figures.compactMap { figure in
      was[figure.subject.measure].map {
        Headline(subject: figure.subject, beforeMillionths: $0, afterMillionths: figure.millionths, parts: [])
      }
    }
    let old = Dictionary(before.starts.map { ($0.subject.name, $0) }) { first, _ in first }
    let new = Dictionary(after.starts.map { ($0.subject.name, $0) }) { first, _ in first }
    let starts = Set(old.keys).union(new.keys).sorted().compactMap { name -> Label? in
      guard let subject = (new[name] ?? old[name])?.subject else { return nil }
      return Label(subject: subject, before: old[name]?.year, after: new[name]?.year, afterSteps: [])
    }
    return (headlines, starts)
  }

  /// True where both runs recommend a programme, as they have it, and the two differ.
  public var recommendsAnother: Bool {
    guard let recorded else { return false }
    return recorded.headlines.contains(where: \.hasChanged)
      || recorded.starts.contains { $0.before != $0.after }
  }

  /// The same comparison, with the programme that the later run has come to recommend; nil where it found none.
  public func recommending(_ programme: RecommendedProgramme?) -> RunComparison {
    guard case .asRecorded(let earlier, _) = recommended else { return self }
    return RunComparison(
      before: before, after: after, changes: changes, steps: steps, headlines: headlines, labels: labels,
      recommended: .asRecorded(before: earlier, after: programme))
  }
}
