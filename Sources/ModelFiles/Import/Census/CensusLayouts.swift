internal import PlacePlanning

/// The layouts in which rolls by year group have been published.
enum CensusLayouts {
  static let long = ImportLayout(
    name: "ees-year-group",
    title: "Explore education statistics: a row for each area, school type, sex and year group",
    columns: [
      .need("period", "time_period"), .need("identifier", "time_identifier"),
      .need("level", "geographic_level"),
      .may("country_code"), .may("country_name"), .may("region_code"), .may("region_name"),
      .need("old_code", "old_la_code"), .need("new_code", "new_la_code"), .need("area", "la_name"),
      .may("type", "phase_type_grouping", "school_type"), .may("sex", "sex", "gender", "pupil_sex"),
      .need("year", "ncyear", "nc_year", "nc_year_group", "year_group", "national_curriculum_year"),
      .need("pupils", "headcount", "pupil_count", "number_of_pupils", "total_pupil_count"),
      .may("full_time", "full_time", "full_time_pupil_count", "full_time_count"),
      .may("part_time", "part_time", "part_time_pupil_count", "part_time_count"),
      .may("fte", "fte", "fte_pupil_count", "full_time_equivalent", "fte_count"),
      .may("school_urn", "school_urn", "urn"), .may("laestab", "school_laestab", "laestab"),
      .may("school_name"),
    ])

  /// Before 2015/16: a file for each year, a row a school (or an authority and school type), four columns a year group.
  static let sexes = ImportLayout(
    name: "spc-sex-columns",
    title:
      "Underlying data before 2015/16: part-time and full-time girls and boys, a column for each year group",
    columns: [
      .may("old_code", "old_la_code", "la_code", "la", "lea"), .may("new_code", "new_la_code", "gss_code"),
      .may("area", "la_name", "laname"), .may("laestab"), .may("school_urn", "urn"),
      .may("school_name", "school_name", "schoolname"),
      .need("type", "school_type", "phase_type_grouping"), .may("period", "time_period", "academic_year"),
    ],
    family: { heading in
      for time in ["part_time_", "full_time_"] where heading.hasPrefix(time) {
        let rest = heading.dropFirst(time.count)
        for sex in ["girls_", "boys_"] where rest.hasPrefix(sex) {
          let year = String(rest.dropFirst(sex.count))
          return CensusWords.year(year) == nil ? nil : heading
        }
      }
      return nil
    }, allowsOthers: true)

  static let wide = ImportLayout(
    name: "authority-wide", title: "A row for each area and year, a column for each year group",
    columns: [
      .need("code", "old_la_code", "la_code", "area_code", "new_la_code", "laestab"),
      .need("area", "la_name", "area_name", "school_name"),
      .may("period", "time_period", "academic_year", "year"),
      .may("total", "total", "all_pupils", "total_pupils"),
    ],
    family: { heading in
      if case .yearGroup(let yearGroup)? = CensusWords.year(heading) { return yearGroup.label }
      if case .outside? = CensusWords.year(heading), heading != "total", heading != "x", heading != "all" {
        return heading
      }
      return nil
    })

  static let plain = ImportLayout(
    name: "plain-rolls", title: "The project's own: a row for each area, year and year group",
    columns: [
      .need("code", "area_code"), .need("area", "area_name"), .need("period", "academic_year"),
      .need("year", "year_group"), .need("pupils", "number_on_roll"),
    ])

  static let all = [long, sexes, wide, plain]
}
