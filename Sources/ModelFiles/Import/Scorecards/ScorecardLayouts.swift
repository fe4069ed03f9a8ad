internal import PlacePlanning

/// The layouts of the school places scorecards, 2019 to 2025, and of the estimates of need behind them.
enum ScorecardLayouts {
  private static let places: [ImportLayout.Column] = [
    .need("period", "time_period"), .need("identifier", "time_identifier"),
    .need("level", "geographic_level"),
    .may("country_code"), .may("country_name"), .may("region_code"), .may("region_name"),
    .need("old_code", "old_la_code"), .need("new_code", "new_la_code"), .need("area", "la_name"),
  ]

  /// Cost of additional places: names of 2019 and 2021, of 2022 to 2024, and of 2025.
  static let cost = ImportLayout(
    name: "scorecard-cost", title: "School places scorecards: cost per place, by phase and kind of project",
    columns: places + [
      .need("phase", "project_phase", "education_phase"), .need("kind", "project_type"),
      .need("cost", "cost_per_place", "per_place_cost"),
      .may("projects", "number_of_projects", "project_count"),
      .may("created", "places_created", "places_created_count"),
      .may(
        "total", "total_cost_adjusted_for_region_and_inflation", "adjusted_region_and_inflation_cost"),
      .may("school", "school_estab"), .may("from", "academic_years_places_start_to_become_available"),
      .may("regional_weight"), .may("inflation_weight"),
      .may("before", "total_mainstream_cost_excluding_land_before_adjustments"),
    ])

  /// Accuracy by phase in rows, 2024 on.
  static let accuracyLong = ImportLayout(
    name: "scorecard-accuracy",
    title: "School places scorecards: forecast accuracy, a row for each phase (2024 on)",
    columns: places + [.need("phase", "education_phase")], family: { AccuracyColumn($0) != nil ? $0 : nil })

  /// Accuracy with both phases in a row, 2019 to 2023.
  static let accuracyWide = ImportLayout(
    name: "scorecard-accuracy-wide",
    title: "School places scorecards: forecast accuracy, both phases in a row (2019 to 2023)",
    columns: places, family: { AccuracyColumn($0)?.phase != nil ? $0 : nil })

  static let quantityLong = ImportLayout(
    name: "scorecard-quantity",
    title: "School places scorecards: places, need and spare places, a row for each phase (2024 on)",
    columns: places + [.need("phase", "education_phase")], family: { QuantityColumn($0) != nil ? $0 : nil })

  static let quantityWide = ImportLayout(
    name: "scorecard-quantity-wide",
    title: "School places scorecards: places, need and spare places, both phases in a row (2019 to 2023)",
    columns: places, family: { QuantityColumn($0)?.phase != nil ? $0 : nil })

  /// Estimates of future need: planning areas by year group.
  static let need = ImportLayout(
    name: "ees-place-need", title: "School capacity: estimates of future need, planning area by year group",
    columns: places + [
      .need("phase", "education_phase"), .need("year_group", "nc_year_group"),
      .may("pa_code", "planning_area_code"), .may("pa_name", "planning_area_name"),
      .may("forecast", "pupil_forecast"), .may("capacity", "estimated_capacity"),
      .may("planned", "la_planned_places"), .may("central", "central_programme_places"),
      .need("net", "additional_need_minus_spare_places"),
      .need("need", "additional_need_only_places", "additional_need_only"),
    ])

  static let all = [cost, accuracyLong, accuracyWide, quantityLong, quantityWide, need]

  /// `primary` or `secondary` where a heading names one, and the heading without it.
  static func phase(_ heading: String) -> (phase: Phase?, rest: String) {
    var words = heading.split(separator: "_").map(String.init)
    for phase in [Phase.primary, .secondary] {
      if let index = words.firstIndex(of: phase.rawValue) {
        words.remove(at: index)
        return (phase, words.joined(separator: "_"))
      }
    }
    return (nil, heading)
  }

  /// The academic years in a heading: `202526`, `ay201819`.
  static func years(_ heading: String) -> [AcademicYear] {
    heading.split(separator: "_").compactMap { word in
      CensusWords.academicYear(String(word.hasPrefix("ay") ? word.dropFirst(2) : word))
    }
  }
}

/// A column of forecast accuracy, read from its heading.
struct AccuracyColumn: Equatable {
  enum Measure: Equatable {
    case actual
    /// The survey in which the forecast was made: 23 for 2023.
    case forecast(survey: Int)
    case accuracy(horizon: Int)
  }

  let phase: Phase?
  let measure: Measure
  /// The year whose pupils are meant; none for an accuracy.
  let year: AcademicYear?

  init?(_ heading: String) {
    let (phase, rest) = ScorecardLayouts.phase(heading)
    self.phase = phase
    year = ScorecardLayouts.years(rest).last
    if rest.hasPrefix("actual_pupil_numbers_"), year != nil {
      measure = .actual
    } else if rest.hasPrefix("scap"), rest.contains("_forecast_"), year != nil,
      let survey = Int(rest.dropFirst(4).prefix(2))
    {
      measure = .forecast(survey: survey)
    } else if rest.hasPrefix("one_year_ahead"), rest.contains("accuracy") {
      measure = .accuracy(horizon: 1)
    } else if rest.hasPrefix("three_year_ahead"), rest.contains("accuracy") {
      measure = .accuracy(horizon: 3)
    } else {
      return nil
    }
  }
}

/// A column of places and need, read from its heading.
struct QuantityColumn {
  let phase: Phase?
  /// Nil for a change, which follows from the counts.
  let measure: String?
  let year: AcademicYear?

  static let measures = [
    "need", "spare_places", "spare_percent", "actual_pupils", "forecast_pupils", "capacity",
    "unfilled_percent", "places_created", "places_planned",
  ]

  init?(_ heading: String) {
    let (phase, rest) = ScorecardLayouts.phase(heading)
    let years = ScorecardLayouts.years(rest)
    self.phase = phase
    year = years.last ?? Self.mayYear(rest)
    let isPercent = rest.contains("percentage")
    if rest.hasPrefix("percentage_change") || rest.hasPrefix("anticipated_change")
      || rest.hasPrefix("change_in")
    {
      measure = nil
    } else if rest.contains("additional_places_needed") {
      measure = "need"
    } else if rest.contains("spare_places") {
      measure = isPercent ? "spare_percent" : "spare_places"
    } else if rest.contains("unfilled_places") {
      guard isPercent else { return nil }
      measure = "unfilled_percent"
    } else if rest.hasPrefix("actual_pupil_numbers") || rest.hasPrefix("actual_number_on_roll") {
      measure = "actual_pupils"
    } else if rest.hasPrefix("forecast_pupil_numbers") || rest.hasPrefix("forecast_number_on_roll") {
      measure = "forecast_pupils"
    } else if rest.hasPrefix("capacity_") {
      measure = "capacity"
    } else if rest.contains("places_created") {
      measure = "places_created"
    } else if rest.contains("places_planned") || rest.hasPrefix("new_places_planned") {
      measure = "places_planned"
    } else {
      return nil
    }
    if year == nil, measure != nil { return nil }
  }

  /// `capacity_at_may_2010` is of 2009/10.
  private static func mayYear(_ heading: String) -> AcademicYear? {
    let words = heading.split(separator: "_")
    guard let may = words.firstIndex(of: "may"), may + 1 < words.count, words[may + 1].utf8.count == 4,
      let year = Int(words[may + 1]), AcademicYear.written.contains(year - 1)
    else { return nil }
    return AcademicYear(year - 1)
  }
}
