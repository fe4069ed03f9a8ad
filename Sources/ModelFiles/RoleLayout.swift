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
  /// What its numbers are counted in; nil for what is no number.
  let unit: UnitKind?

  private init(_ name: String, _ types: [ColumnType], _ presence: Presence, _ unit: UnitKind?) {
    self.name = name
    self.types = types
    self.presence = presence
    self.unit = unit ?? (types == [.pounds] ? .pounds : nil)
  }

  static func always(_ name: String, _ types: ColumnType..., in unit: UnitKind? = nil) -> RoleColumn {
    RoleColumn(name, types, .always, unit)
  }
  static func mayBeBlank(_ name: String, _ types: ColumnType..., in unit: UnitKind? = nil) -> RoleColumn {
    RoleColumn(name, types, .mayBeBlank, unit)
  }
  static func mayBeAbsent(_ name: String, _ types: ColumnType..., in unit: UnitKind? = nil) -> RoleColumn {
    RoleColumn(name, types, .mayBeAbsent, unit)
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
          .always("district", .text), .mayBeAbsent("number_on_roll", .count, in: .pupils),
          .mayBeAbsent("net_capacity", .count, in: .places),
        ])
    case .countyRolls:
      RoleLayout(
        key: "academic_year", "year_group",
        columns: [
          .always("academic_year", .academicYear), .always("year_group", .yearGroup),
          .always("number_on_roll", .count, in: .pupils),
        ])
    case .areaRolls:
      RoleLayout(
        key: "planning_area_code", "academic_year", "year_group",
        columns: [.always("planning_area_code", .code)] + DatasetRole.countyRolls.layout.columns)
    case .births:
      RoleLayout(
        key: "district", "year_to_30_june",
        columns: [
          .always("district", .text), .always("year_to_30_june", .year),
          .always("births", .count, in: .births),
        ])
    case .womenByAge:
      RoleLayout(
        key: "district", "year", "age",
        columns: [
          .always("district", .text), .always("year", .year), .always("age", .count, in: .years),
          .always("women", .count, .decimal, in: .women),
        ])
    case .fertilityRates:
      RoleLayout(
        key: "district", "age",
        columns: [
          .always("district", .text), .always("age", .count, in: .years),
          .always("births_per_1000_women", .decimal, in: .birthsPer1000Women),
        ])
    case .generalFertilityRates:
      RoleLayout(
        key: "district",
        columns: [
          .always("district", .text), .always("births_per_1000_women", .decimal, in: .birthsPer1000Women),
        ])
    case .survivalRates:
      RoleLayout(
        key: "age",
        columns: [.always("age", .count, in: .years), .always("share_surviving", .decimal, in: .share)])
    case .womenMigration:
      RoleLayout(
        key: "district", "age",
        columns: [
          .always("district", .text), .always("age", .count, in: .years),
          .always("net_women", .whole, .decimal, in: .women),
        ])
    case .controlTotals:
      RoleLayout(
        key: "planning_area_code", "academic_year", "phase", "year_group",
        columns: [
          .mayBeBlank("planning_area_code", .code), .always("academic_year", .academicYear),
          .always("phase", .word), .mayBeBlank("year_group", .yearGroup),
          .always("number_on_roll", .count, .decimal, in: .pupils),
        ])
    case .places:
      RoleLayout(
        key: "planning_area_code", "year_group",
        columns: [
          .always("planning_area_code", .code), .always("year_group", .yearGroup),
          .always("places", .count, in: .places),
          .always("mark", .word),
        ])
    case .capacityChanges:
      RoleLayout(
        key: "planning_area_code", "kind", "year_group", "from",
        columns: [
          .always("planning_area_code", .code), .always("kind", .word), .always("year_group", .yearGroup),
          .always("places", .count, in: .places), .always("from", .academicYear),
          .mayBeBlank("until", .academicYear),
          .always("mark", .word), .always("note", .text),
        ])
    case .transferShares:
      RoleLayout(
        key: "primary_planning_area_code", "secondary_planning_area_code",
        columns: [
          .always("primary_planning_area_code", .code), .always("secondary_planning_area_code", .code),
          .always("share", .decimal, in: .share),
        ])
    case .housingSites:
      RoleLayout(
        key: "site_key",
        columns: [
          .always("site_key", .code), .always("site", .text), .always("dwelling_type", .code),
          .always("dwellings", .count, in: .dwellings), .always("primary_planning_area_code", .code),
          .always("secondary_planning_area_code", .code),
        ])
    case .housingCompletions:
      RoleLayout(
        key: "site_key", "year",
        columns: [
          .always("site_key", .code), .always("year", .academicYear),
          .always("dwellings", .count, in: .dwellings), .always("mark", .word), .mayBeBlank("note", .text),
        ])
    case .pupilYields:
      RoleLayout(
        key: "dwelling_type", "year_group", "dwelling_age",
        columns: [
          .always("dwelling_type", .code), .always("year_group", .yearGroup),
          .always("dwelling_age", .count, in: .years),
          .always("pupils_per_100_dwellings", .decimal, in: .pupilsPer100Dwellings),
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
      RoleLayout(
        key: "month",
        columns: [.always("month", .count, in: .month), .always("cumulative_share", .decimal, in: .share)])
    case .publishedNeed:
      RoleLayout(
        key: "planning_area_code", "year_group",
        columns: [
          .always("planning_area_code", .code), .always("year_group", .yearGroup),
          .always("lowest_fe", .decimal, in: .formsOfEntry),
          .always("highest_fe", .decimal, in: .formsOfEntry), .always("places", .count, in: .places),
          .always("planned_name", .text), .always("planned_places_per_year_group", .count, in: .places),
          .always("planned_from", .academicYear), .mayBeAbsent("planned_scheme", .code),
          .mayBeAbsent("lowest_fe_by", .academicYear),
        ])
    case .schemes:
      RoleLayout(
        key: "scheme_key",
        columns: [
          .always("scheme_key", .code), .always("scheme", .text), .always("kind", .word),
          .mayBeBlank("planning_area_code", .code), .mayBeBlank("year_group", .yearGroup),
          .mayBeBlank("places_per_year_group", .count, in: .places),
          .mayBeBlank("years_of_use", .count, in: .years),
          .always("cost", .pounds), .always("price_base", .text), .always("build_years", .count, in: .years),
          .always("profile", .code), .always("first_start", .academicYear),
          .always("last_start", .academicYear), .always("committed", .word),
          .mayBeBlank("option_group", .code), .mayBeBlank("requires", .text),
          .always("asset_life_years", .count, in: .years), .always("reference_class", .code),
          .mayBeBlank("condition_score", .count, in: .points), .mayBeBlank("approved_start", .academicYear),
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
        columns: [
          .always("profile", .code), .always("year", .count, in: .years),
          .always("share", .decimal, in: .share),
        ])
    case .fundingPots:
      RoleLayout(
        key: "pot_key",
        columns: [
          .always("pot_key", .code), .always("pot", .text), .always("source", .word),
          .always("pays_for", .text), .mayBeBlank("phase", .word), .mayBeBlank("planning_area_code", .code),
          .mayBeBlank("scheme_key", .code), .mayBeBlank("most_share", .decimal, in: .share),
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
          .always("agreement_key", .code), .always("agreement", .text),
          .mayBeAbsent(AgreementColumn.deed, .code),
          .mayBeBlank("site_key", .code),
          .mayBeBlank("trigger_homes", .count, in: .dwellings), .always("amount", .pounds),
          .always("price_base", .text),
          .mayBeBlank("received_in", .academicYear), .always("agreed_on", .date),
          .mayBeBlank("spend_within_years", .count, in: .years), .mayBeBlank("spend_by", .academicYear),
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
          .always("transport_cost", .pounds, in: .poundsAPupilAYear),
        ])
    }
  }
}
