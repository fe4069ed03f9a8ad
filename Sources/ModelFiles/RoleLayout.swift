/// A column that a role reads.
struct RoleColumn {
  /// Whether a role can do without the column, or without some of its cells.
  enum Presence {
    /// Every row has it.
    case always
    /// The column is there; a blank in it has a meaning.
    case mayBeBlank
    /// The column need not be there, and where it is, a blank has a meaning.
    case mayBeAbsent
  }

  let name: String
  /// The types that it can be.
  let types: [ColumnType]
  let presence: Presence

  static func always(_ name: String, _ types: ColumnType...) -> RoleColumn {
    RoleColumn(name: name, types: types, presence: .always)
  }
  static func mayBeBlank(_ name: String, _ types: ColumnType...) -> RoleColumn {
    RoleColumn(name: name, types: types, presence: .mayBeBlank)
  }
  static func mayBeAbsent(_ name: String, _ types: ColumnType...) -> RoleColumn {
    RoleColumn(name: name, types: types, presence: .mayBeAbsent)
  }
}

/// What a role reads: its columns, and those that tell one row from another.
struct RoleLayout {
  let key: [String]
  let columns: [RoleColumn]

  fileprivate init(key: String..., columns: [RoleColumn]) {
    self.key = key
    self.columns = columns
  }
}

extension DatasetRole {
  /// Columns in the order in which the role's files have them; those that may be absent come last.
  var layout: RoleLayout {
    switch self {
    case .planningAreas:
      RoleLayout(
        key: "planning_area_code",
        columns: [
          .always("planning_area_code", .code), .always("planning_area_name", .text), .always("phase", .word),
          .always("district", .text), .mayBeAbsent("number_on_roll", .count),
          .mayBeAbsent("net_capacity", .count),
        ])
    case .countyRolls:
      RoleLayout(
        key: "academic_year", "year_group",
        columns: [
          .always("academic_year", .academicYear), .always("year_group", .yearGroup),
          .always("number_on_roll", .count),
        ])
    case .areaRolls:
      RoleLayout(
        key: "planning_area_code", "academic_year", "year_group",
        columns: [.always("planning_area_code", .code)] + DatasetRole.countyRolls.layout.columns)
    case .births:
      RoleLayout(
        key: "district", "year_to_30_june",
        columns: [
          .always("district", .text), .always("year_to_30_june", .year), .always("births", .count),
        ])
    case .womenByAge:
      RoleLayout(
        key: "district", "year", "age",
        columns: [
          .always("district", .text), .always("year", .year), .always("age", .count),
          .always("women", .count, .decimal),
        ])
    case .fertilityRates:
      RoleLayout(
        key: "district", "age",
        columns: [
          .always("district", .text), .always("age", .count), .always("births_per_1000_women", .decimal),
        ])
    case .generalFertilityRates:
      RoleLayout(
        key: "district",
        columns: [.always("district", .text), .always("births_per_1000_women", .decimal)])
    case .survivalRates:
      RoleLayout(key: "age", columns: [.always("age", .count), .always("share_surviving", .decimal)])
    case .womenMigration:
      RoleLayout(
        key: "district", "age",
        columns: [
          .always("district", .text), .always("age", .count), .always("net_women", .whole, .decimal),
        ])
    case .controlTotals:
      RoleLayout(
        key: "planning_area_code", "academic_year", "phase", "year_group",
        columns: [
          .mayBeBlank("planning_area_code", .code), .always("academic_year", .academicYear),
          .always("phase", .word), .mayBeBlank("year_group", .yearGroup),
          .always("number_on_roll", .count, .decimal),
        ])
    case .places:
      RoleLayout(
        key: "planning_area_code", "year_group",
        columns: [
          .always("planning_area_code", .code), .always("year_group", .yearGroup), .always("places", .count),
          .always("mark", .word),
        ])
    case .capacityChanges:
      RoleLayout(
        key: "planning_area_code", "kind", "year_group", "from",
        columns: [
          .always("planning_area_code", .code), .always("kind", .word), .always("year_group", .yearGroup),
          .always("places", .count), .always("from", .academicYear), .mayBeBlank("until", .academicYear),
          .always("mark", .word), .always("note", .text),
        ])
    case .transferShares:
      RoleLayout(
        key: "primary_planning_area_code", "secondary_planning_area_code",
        columns: [
          .always("primary_planning_area_code", .code), .always("secondary_planning_area_code", .code),
          .always("share", .decimal),
        ])
    case .housingSites:
      RoleLayout(
        key: "site_key",
        columns: [
          .always("site_key", .code), .always("site", .text), .always("dwelling_type", .code),
          .always("dwellings", .count), .always("primary_planning_area_code", .code),
          .always("secondary_planning_area_code", .code),
        ])
    case .pupilYields:
      RoleLayout(
        key: "dwelling_type", "year_group", "dwelling_age",
        columns: [
          .always("dwelling_type", .code), .always("year_group", .yearGroup), .always("dwelling_age", .count),
          .always("pupils_per_100_dwellings", .decimal),
        ])
    case .programme:
      RoleLayout(
        key: "scheme",
        columns: [
          .always("scheme", .text), .always("kind", .text, .word), .always("budget", .pounds),
          .always("grant", .pounds), .always("s106_contribution", .pounds),
          .always("school_contribution", .pounds), .always("internal_borrowing", .pounds),
        ])
    case .spending:
      RoleLayout(
        key: "line",
        columns: [
          .always("line", .text), .always("revised_budget", .pounds), .always("spent_to_date", .pounds),
          .mayBeBlank("reason", .text),
        ] + SpendingColumn.amounts.map { .mayBeAbsent($0, .pounds) } + [
          .mayBeAbsent(SpendingColumn.fundedBy, .word), .mayBeAbsent(SpendingColumn.spendBy, .academicYear),
        ])
    case .slippage: RoleLayout(key: "scheme", columns: [.always("scheme", .text), .always("reason", .text)])
    case .spendProfile:
      RoleLayout(key: "month", columns: [.always("month", .count), .always("cumulative_share", .decimal)])
    case .publishedNeed:
      RoleLayout(
        key: "planning_area_code", "year_group",
        columns: [
          .always("planning_area_code", .code), .always("year_group", .yearGroup),
          .always("lowest_fe", .decimal), .always("highest_fe", .decimal), .always("places", .count),
          .always("planned_name", .text), .always("planned_places_per_year_group", .count),
          .always("planned_from", .academicYear), .mayBeAbsent("planned_scheme", .code),
          .mayBeAbsent("lowest_fe_by", .academicYear),
        ])
    case .schemes:
      RoleLayout(
        key: "scheme_key",
        columns: [
          .always("scheme_key", .code), .always("scheme", .text), .always("kind", .word),
          .mayBeBlank("planning_area_code", .code), .mayBeBlank("year_group", .yearGroup),
          .mayBeBlank("places_per_year_group", .count), .mayBeBlank("years_of_use", .count),
          .always("cost", .pounds), .always("price_base", .text), .always("build_years", .count),
          .always("profile", .code), .always("first_start", .academicYear),
          .always("last_start", .academicYear), .always("committed", .word),
          .mayBeBlank("option_group", .code), .mayBeBlank("requires", .text),
          .always("asset_life_years", .count), .always("reference_class", .code),
          .mayBeBlank("condition_score", .count), .mayBeBlank("approved_start", .academicYear),
          .always("mark", .word), .always("note", .text), .mayBeAbsent(SchemeColumn.school, .code),
        ])
    case .schools:
      RoleLayout(
        key: "school_code",
        columns: [
          .always("school_code", .code), .always("school_name", .text), .always("planning_area_code", .code),
        ])
    case .schemeProfiles:
      RoleLayout(
        key: "profile", "year",
        columns: [.always("profile", .code), .always("year", .count), .always("share", .decimal)])
    case .fundingPots:
      RoleLayout(
        key: "pot_key",
        columns: [
          .always("pot_key", .code), .always("pot", .text), .always("source", .word),
          .always("pays_for", .text), .mayBeBlank("phase", .word), .mayBeBlank("planning_area_code", .code),
          .mayBeBlank("scheme_key", .code), .mayBeBlank("most_share", .decimal),
          .always("carries_forward", .word), .mayBeBlank("spend_by", .academicYear),
          .always("price_base", .text), .always("mark", .word), .always("note", .text),
        ])
    case .potReceipts:
      RoleLayout(
        key: "pot_key", "financial_year",
        columns: [
          .always("pot_key", .code), .always("financial_year", .academicYear), .always("pounds", .pounds),
        ])
    case .section106:
      RoleLayout(
        key: "agreement_key",
        columns: [
          .always("agreement_key", .code), .always("agreement", .text), .mayBeBlank("site_key", .code),
          .mayBeBlank("trigger_homes", .count), .always("amount", .pounds), .always("price_base", .text),
          .mayBeBlank("received_in", .academicYear), .always("agreed_on", .date),
          .mayBeBlank("spend_within_years", .count), .mayBeBlank("spend_by", .academicYear),
          .always("pays_for", .text), .mayBeBlank("phase", .word), .mayBeBlank("planning_area_code", .code),
          .mayBeBlank("scheme_key", .code), .always("mark", .word), .always("note", .text),
        ])
    case .borrowing:
      RoleLayout(
        key: "financial_year",
        columns: [
          .always("financial_year", .academicYear), .always("limit", .pounds),
          .mayBeBlank("revenue_ceiling", .pounds),
        ])
    case .rivalPlans:
      RoleLayout(
        key: "plan_key",
        columns: [
          .always("plan_key", .code), .always("plan", .text), .always("planning_area_code", .code),
          .mayBeBlank("schemes", .text), .mayBeAbsent(RivalColumn.starts, .word),
        ])
    case .neighbours:
      RoleLayout(
        key: "from_planning_area_code", "to_planning_area_code",
        columns: [
          .always("from_planning_area_code", .code), .always("to_planning_area_code", .code),
          .always("transport_cost", .pounds),
        ])
    }
  }
}
