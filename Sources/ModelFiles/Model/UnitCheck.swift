internal import Diagnostics

/// What a number is counted in. The program reads each number in one unit, whatever is written beside it, so that a unit which says
/// something else is refused (E225).
enum UnitKind {
  case pounds, poundsAYear, poundsAPlace, poundsAPlaceAYear, poundsAClassAYear, poundsAPupilAYear
  case share, shareAYear, probability, ratio, correlation, logSpread, logVariance, samplingVariance
  case choice, points, weight
  case year, years, month
  case pupils, births, women, birthsPer1000Women, places, formsOfEntry
  case dwellings, dwellingsAYear, pupilsPer100Dwellings

  /// How it may be written; the first is the one to recommend. Capitals, spaces and plurals make no difference.
  private var spellings: [String] {
    switch self {
    case .pounds: ["GBP"]
    case .poundsAYear: ["GBP/year"]
    case .poundsAPlace: ["GBP/place", "GBP/pupil"]
    case .poundsAPlaceAYear: ["GBP/place/year"]
    case .poundsAClassAYear: ["GBP/class/year"]
    case .poundsAPupilAYear: ["GBP/pupil/year"]
    case .share: ["share", "proportion", "fraction", "part of one"]
    case .shareAYear: ["share a year", "proportion a year", "fraction a year"]
    case .probability: ["probability", "chance", "share", "probability a year", "chance a year"]
    case .ratio: ["ratio", "factor", "multiplier", "multiple", "times"]
    case .correlation: ["correlation", "correlation coefficient"]
    case .logSpread:
      [
        "log standard deviation", "standard deviation of the log", "standard deviation of log",
        "standard deviation of logs", "standard deviation of the logarithm",
      ]
    case .logVariance: ["log variance", "variance", "variance of the log"]
    case .samplingVariance: ["variance x pupils", "variance × pupils", "pupils", "variance"]
    case .choice: ["choice", "switch", "0 or 1", "1 or 0", "yes or no"]
    case .points: ["points", "score"]
    case .weight: ["weight"]
    case .year: ["year", "academic year", "calendar year", "school year", "September"]
    case .years: ["years", "years of age", "whole years"]
    case .month: ["month of the financial year", "month"]
    case .pupils: ["pupils", "children", "pupils on roll", "number on roll", "headcount"]
    case .births: ["births", "live births", "births a year", "live births a year"]
    case .women: ["women"]
    case .birthsPer1000Women:
      ["births a year per 1000 women", "births per 1000 women", "live births per 1000 women"]
    case .places: ["places", "school places", "places per year group", "pupils"]
    case .formsOfEntry: ["forms of entry", "FE"]
    case .dwellings: ["dwellings"]
    case .dwellingsAYear: ["dwellings/year", "dwellings completed a year"]
    case .pupilsPer100Dwellings: ["pupils per 100 dwellings", "children per 100 dwellings"]
    }
  }

  private static let synonyms = [
    "£": "gbp", "pound": "gbp", "home": "dwelling", "house": "dwelling", "annum": "year", "yr": "year",
    "classe": "clas", "a": "per", "an": "per", "each": "per",
  ]

  /// `Pounds per place a year` and `GBP/year/place` become the same: what is counted, then what it is for each of. A range that is
  /// stated with it, as in `ratio, 0 to 5`, is left out.
  private static func folded(_ unit: String) -> [String] {
    let spaced = unit.lowercased().replacing(#/,\s*-?\d+ to \d+\s*$/#, with: "").replacing(",", with: "")
      .replacing("/", with: " per ")
      .replacing("£", with: " £ ")
    let words = spaced.split(whereSeparator: \.isWhitespace).map { word in
      let single = word.count > 2 && word.hasSuffix("s") ? String(word.dropLast()) : String(word)
      return synonyms[single] ?? single
    }
    let parts = words.split(separator: "per", omittingEmptySubsequences: false)
      .map { $0.joined(separator: " ") }
    return Array(parts.prefix(1)) + parts.dropFirst().sorted()
  }

  /// Whether a unit says what the program reads. A share may say of what it is a share.
  func accepts(_ unit: String) -> Bool {
    if spellings.contains(unit) { return true }
    let said = Self.folded(unit)
    if spellings.contains(where: { Self.folded($0) == said }) { return true }
    guard self == .share || self == .probability else { return false }
    let isShareOf = unit.lowercased().contains(#/^\s*(share|proportion)s? of \S/#)
    return isShareOf
      && !unit.lowercased().contains(#/%|\/|\b(per|per ?cent|hundred|1000?|month|quarter|week|day)/#)
  }

  /// Refuses the unit of an assumption or of a column, `what`, where it is another one (E225).
  func check(_ unit: String, of what: String, at place: SourceLocation, _ list: inout DiagnosticList) {
    guard !accepts(unit) else { return }
    list.add(
      .unitNotRead, at: place, what: "the unit of \(what) is '\(unit)'",
      why: "the program reads the number as '\(spellings[0])', whatever the unit says",
      fix:
        "convert the number, and write its unit as '\(spellings[0])'; if the number is right as it stands, "
        + "correct the unit alone")
  }
}
