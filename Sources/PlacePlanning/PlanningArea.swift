/// The code of a planning area, as the School Capacity survey writes it (`9162500`).
public struct PlanningAreaCode: Hashable, Comparable, Sendable {
  public let text: String

  /// The code as a file writes it; nothing is checked.
  public init(_ text: String) {
    self.text = text
  }

  /// The order of the codes as text.
  public static func < (a: PlanningAreaCode, b: PlanningAreaCode) -> Bool { a.text < b.text }
}

extension PlanningAreaCode: CustomStringConvertible {
  public var description: String { text }
}

/// A primary area holds Reception to Year 6; a secondary area Year 7 to Year 13.
public enum AreaPhase: String, CaseIterable, Sendable, Codable {
  case primary, secondary

  /// The kind of areas in which pupils of a phase are: those of sixth forms are in secondary ones.
  public init(_ phase: Phase) { self = phase == .primary ? .primary : .secondary }

  /// The seven year groups of an area of this kind, youngest first.
  public var yearGroups: [YearGroup] {
    switch self {
    case .primary: Phase.primary.yearGroups
    case .secondary: Phase.secondary.yearGroups + Phase.sixthForm.yearGroups
    }
  }

  /// Those of them whose places the planning duty covers: R to 6, or 7 to 11.
  public var plannedYearGroups: [YearGroup] {
    self == .primary ? Phase.primary.yearGroups : Phase.secondary.yearGroups
  }

  public var entryYearGroup: YearGroup { yearGroups[0] }
}

/// A group of schools between which pupils can reasonably be placed: the unit of pupil-place planning.
public struct PlanningArea: Hashable, Sendable {
  public let code: PlanningAreaCode
  public let name: String
  public let phase: AreaPhase
  /// The district whose births feed it.
  public let district: String

  /// `district` is a key of ``BirthTable/districts``; the check of a model's files sees to it.
  public init(code: PlanningAreaCode, name: String, phase: AreaPhase, district: String) {
    self.code = code
    self.name = name
    self.phase = phase
    self.district = district
  }
}

/// Places in one year group, in forms of entry of 30.
public struct FormsOfEntry: Hashable, Comparable, Sendable {
  public static let placesPerForm = 30.0

  public let forms: Double

  /// Forms of so many places. **Units** places in one year group, 30 of which are a form.
  public init(places: Double) {
    forms = places / Self.placesPerForm
  }

  /// **Units** forms of entry.
  public init(_ forms: Double) {
    self.forms = forms
  }

  /// **Units** places in one year group.
  public var places: Double { forms * Self.placesPerForm }

  /// Fewer forms come first.
  public static func < (a: FormsOfEntry, b: FormsOfEntry) -> Bool { a.forms < b.forms }
}
