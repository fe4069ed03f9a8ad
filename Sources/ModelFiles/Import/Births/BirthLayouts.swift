internal import PlacePlanning

/// The layouts in which births by authority have been published, and what year each is for.
enum BirthLayouts {
  /// The components of population change: births in years to 30 June, among much else.
  static let components = ImportLayout(
    name: "ons-components",
    title: "ONS mid-year estimates, components of change: a column `births_2012` for each mid-year",
    columns: [
      .need("code", "ladcode*", "lad23cd", "lad22cd", "lad21cd", "code"),
      .need("area", "laname*", "lad23nm", "lad22nm", "lad21nm", "name"),
      .may("country"), .may("sex"), .may("age"),
    ],
    family: { heading in
      guard heading.hasPrefix("births_"), let year = Int(heading.dropFirst(7)), (1971...2100).contains(year)
      else {
        return nil
      }
      return String(year)
    }, allowsOthers: true, resembles: { $0.hasPrefix("birth") })

  /// A table saved from Nomis: titles above, then an area, its code and calendar years.
  static let nomisTable = ImportLayout(
    name: "nomis-table", title: "Nomis, live births: an area, its code, a column for each calendar year",
    columns: [
      .need("area", "local_authority*", "area", "geography", "county*", "district*"),
      .need("code", "mnemonic"),
    ], family: { BirthLayouts.plainYear($0) })

  /// What the interface of Nomis gives: a row for each area and year.
  static let nomisLong = ImportLayout(
    name: "nomis-long", title: "Nomis, live births: a row for each area and calendar year",
    columns: [
      .need("year", "date_name"), .need("area", "geography_name"), .need("code", "geography_code"),
      .need("births", "obs_value"), .may("measures", "measures_name"), .may("measure", "measure_name"),
      .may("sex", "gender_name", "sex_name", "c_sex_name"), .may("age", "age_name", "c_age_name"),
      .may("status", "obs_status_name"), .may("dates", "date*"), .may("geographies", "geography*"),
      .may("observations", "obs_*"), .may("measured", "measure*"), .may("record", "record_*"), .may("urn"),
    ], allowsOthers: false)

  /// An area and a column for each year, of a kind that only `mid-` or the reader can say.
  static let wide = ImportLayout(
    name: "area-wide", title: "A row for each area, a column for each year",
    columns: [
      .need("code", "area_code", "code", "geography_code", "gss_code", "lad_code", "la_code"),
      .need("area", "area_name", "area", "name", "geography", "area_of_usual_residence", "gss_name"),
    ],
    family: { heading in
      if let year = BirthLayouts.plainYear(heading) { return year }
      for prefix in ["mid_", "mid_year_", "year_to_30_june_", "year_ending_mid_"]
      where heading.hasPrefix(prefix) {
        return BirthLayouts.plainYear(String(heading.dropFirst(prefix.count))).map { "mid-\($0)" }
      }
      return nil
    })

  /// The collation of the Greater London Authority: both kinds of year in one file, told apart by the day on which they end.
  static let collated = ImportLayout(
    name: "gla-births",
    title: "GLA birth estimates: a row for each area and year, with the day on which the year ends",
    columns: [
      .need("code", "gss_code"), .need("area", "gss_name"), .need("ends", "year_ending_date"),
      .need("measure"),
      .need("births", "value"), .may("geography"), .may("source"), .need("sex"), .may("url", "source_url"),
    ])

  static let plainMidYear = ImportLayout(
    name: "plain-births-mid-year", title: "The project's own: a row for each area and year to 30 June",
    columns: [
      .need("code", "area_code"), .need("area", "area_name"), .need("year", "year_to_30_june"),
      .need("births"),
    ])
  static let plainCalendar = ImportLayout(
    name: "plain-births-calendar", title: "The project's own: a row for each area and calendar year",
    columns: [
      .need("code", "area_code"), .need("area", "area_name"), .need("year", "calendar_year"), .need("births"),
    ])

  static let all = [components, nomisTable, nomisLong, wide, collated, plainMidYear, plainCalendar]

  static func plainYear(_ heading: String) -> String? {
    guard heading.utf8.count == 4, let year = Int(heading), (1971...2100).contains(year) else { return nil }
    return heading
  }
}
