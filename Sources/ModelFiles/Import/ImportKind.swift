public import Foundation
public import PlacePlanning

/// What a published file is about.
public enum ImportKind: String, CaseIterable, Sendable, Codable {
  /// Number on roll by national curriculum year group.
  case census
  /// Live births by authority.
  case births
  /// The School Capacity survey, school by school.
  case scap
  /// The department's scorecards of school places, and its estimates of need.
  case scorecards
  /// The register of establishments.
  case gias
  /// A housing trajectory: a row a site, a column a year.
  case housing

  /// The layouts in which files of this kind have been published.
  var layouts: [ImportLayout] {
    switch self {
    case .census: CensusLayouts.all
    case .births: BirthLayouts.all
    case .scap: CapacityLayouts.all
    case .scorecards: ScorecardLayouts.all
    case .gias: [giasLayout]
    case .housing: [trajectoryLayout]
    }
  }
}

/// Which year a count of births is for.
public enum BirthYear: String, CaseIterable, Sendable, Codable {
  case calendar
  case midYear = "mid-year"
}

/// Which schools a roll counts.
public enum SchoolScope: String, CaseIterable, Sendable, Codable {
  /// Nursery, primary, secondary, special and alternative provision, maintained or academy.
  case stateFunded = "state-funded"
  /// State-funded primary and secondary: what the department's measure of forecast accuracy counts.
  case mainstream
}

/// Files to import, and what they do not say themselves.
public struct ImportRequest: Sendable {
  public let kind: ImportKind
  public let files: [URL]
  /// The day on which the files were fetched.
  public let retrieved: CalendarDate
  /// The key of the data set's source in `sources.yaml`; nil for the kind's usual one.
  public var source: String?
  /// Keep one area only: a code as the file has it.
  public var authority: String?
  /// For a census file that does not say its year.
  public var academicYear: AcademicYear?
  public var schools = SchoolScope.stateFunded
  /// Areas by their nine-character codes rather than the three digits of the department.
  public var usesNewCodes = false
  /// For births of which the file does not say what year they are for, or that hold both.
  public var birthYear: BirthYear?
  /// For costs whose price base the file does not say, such as `2018-Q1`.
  public var priceBase: String?
  /// School capacity by planning area rather than by school.
  public var byPlanningArea = false
  /// Housing: a row a site rather than a row a site and year.
  public var bySite = false
  /// The worksheet, where a workbook has several of one layout.
  public var sheet: String?
  /// Columns and key as the role in a model has them.
  public var isForModel = false

  /// `retrieved` is the day on which the files were fetched.
  public init(_ kind: ImportKind, files: [URL], retrieved: CalendarDate) {
    self.kind = kind
    self.files = files
    self.retrieved = retrieved
  }
}
