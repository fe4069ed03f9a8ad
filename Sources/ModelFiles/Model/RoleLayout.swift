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
  /// What its numbers are counted in; nil for a column without numbers.
  let unit: UnitKind?
  /// Whether it is one of those that tell one row from another.
  let isKey: Bool

  private init(
    _ name: String, _ types: [ColumnType], _ presence: Presence, _ unit: UnitKind?, isKey: Bool = false
  ) {
    self.name = name
    self.types = types
    self.presence = presence
    self.unit = unit ?? (types == [.pounds] ? .pounds : nil)
    self.isKey = isKey
  }

  static func key(_ name: String, _ type: ColumnType, in unit: UnitKind? = nil) -> RoleColumn {
    RoleColumn(name, [type], .always, unit, isKey: true)
  }
  static func keyOrBlank(_ name: String, _ type: ColumnType) -> RoleColumn {
    RoleColumn(name, [type], .mayBeBlank, nil, isKey: true)
  }
  static func keyOrAbsent(_ name: String, _ type: ColumnType) -> RoleColumn {
    RoleColumn(name, [type], .mayBeAbsent, nil, isKey: true)
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

extension DatasetRole {
  /// The columns of the role's files, in their order.
  var layout: [RoleColumn] {
    switch self {
    case .planningAreas:
      [
        .key("planning_area_code", .code), .always("planning_area_name", .text), .always("phase", .word),
        .always("district", .text), .mayBeAbsent("number_on_roll", .count, in: .pupils),
        .mayBeAbsent("net_capacity", .count, in: .places),
      ]
    case .countyRolls:
      [
        .key("academic_year", .academicYear), .key("year_group", .yearGroup),
        .always("number_on_roll", .count, in: .pupils),
      ]
    case .areaRolls: [.key("planning_area_code", .code)] + DatasetRole.countyRolls.layout
    case .births:
      [.key("district", .text), .key("year_to_30_june", .year), .always("births", .count, in: .births)]
    case .womenByAge:
      [
        .key("district", .text), .key("year", .year), .key("age", .count, in: .years),
        .always("women", .count, .decimal, in: .women),
      ]
    case .fertilityRates:
      [
        .key("district", .text), .key("age", .count, in: .years),
        .always("births_per_1000_women", .decimal, in: .birthsPer1000Women),
      ]
    case .generalFertilityRates:
      [.key("district", .text), .always("births_per_1000_women", .decimal, in: .birthsPer1000Women)]
    case .survivalRates: [.key("age", .count, in: .years), .always("share_surviving", .decimal, in: .share)]
    case .womenMigration:
      [
        .key("district", .text), .key("age", .count, in: .years),
        .always("net_women", .whole, .decimal, in: .women),
      ]
    case .controlTotals:
      [
        .keyOrBlank("planning_area_code", .code), .key("academic_year", .academicYear), .key("phase", .word),
        .keyOrBlank("year_group", .yearGroup), .always("number_on_roll", .count, .decimal, in: .pupils),
      ]
    case .places:
      [
        .key("planning_area_code", .code), .key("year_group", .yearGroup),
        .always("places", .count, in: .places), .always("mark", .word),
      ]
    case .capacityChanges:
      [
        .key("planning_area_code", .code), .key("kind", .word), .key("year_group", .yearGroup),
        .always("places", .count, in: .places), .key("from", .academicYear),
        .mayBeBlank("until", .academicYear), .always("mark", .word), .always("note", .text),
        .keyOrAbsent("last_year_group", .yearGroup),
      ]
    case .transferShares:
      [
        .key("primary_planning_area_code", .code), .key("secondary_planning_area_code", .code),
        .always("share", .decimal, in: .share),
      ]
    case .housingSites:
      [
        .key("site_key", .code), .always("site", .text), .always("dwelling_type", .code),
        .always("dwellings", .count, in: .dwellings), .always("primary_planning_area_code", .code),
        .always("secondary_planning_area_code", .code),
      ]
    case .housingCompletions:
      [
        .key("site_key", .code), .key("year", .academicYear), .always("dwellings", .count, in: .dwellings),
        .always("mark", .word), .mayBeBlank("note", .text),
      ]
    case .pupilYields:
      [
        .key("dwelling_type", .code), .key("year_group", .yearGroup),
        .key("dwelling_age", .count, in: .years),
        .always("pupils_per_100_dwellings", .decimal, in: .pupilsPer100Dwellings),
      ]
    case .programme:
      [
        .key("scheme", .text), .always("kind", .text, .word), .always("budget", .pounds),
        .always("grant", .pounds), .always("s106_contribution", .pounds),
        .always("school_contribution", .pounds), .always("internal_borrowing", .pounds),
      ]
    case .spending:
      [
        .key("line", .text), .always("revised_budget", .pounds), .always("spent_to_date", .pounds),
        .mayBeBlank("reason", .text),
        // Of these a blank means that the figure is not published.
        .mayBeAbsent("approved_budget", .pounds), .mayBeAbsent("forecast_outturn", .pounds),
        .mayBeAbsent("total_approved", .pounds), .mayBeAbsent("total_forecast", .pounds),
        .mayBeAbsent("scope_change", .pounds), .mayBeAbsent("funded_by", .word),
        .mayBeAbsent("spend_by", .academicYear),
      ]
    case .slippage: [.key("scheme", .text), .always("reason", .text)]
    case .spendProfile:
      [.key("month", .count, in: .month), .always("cumulative_share", .decimal, in: .share)]
    case .publishedNeed:
      [
        .key("planning_area_code", .code), .key("year_group", .yearGroup),
        .always("lowest_fe", .decimal, in: .formsOfEntry), .always("highest_fe", .decimal, in: .formsOfEntry),
        .always("places", .count, in: .places), .always("planned_name", .text),
        .always("planned_places_per_year_group", .count, in: .places), .always("planned_from", .academicYear),
        .mayBeAbsent("planned_scheme", .code), .mayBeAbsent("lowest_fe_by", .academicYear),
      ]
    case .schemes:
      [
        .key("scheme_key", .code), .always("scheme", .text), .always("kind", .word),
        .mayBeBlank("planning_area_code", .code), .mayBeBlank("year_group", .yearGroup),
        .mayBeBlank("places_per_year_group", .count, in: .places),
        .mayBeBlank("years_of_use", .count, in: .years), .always("cost", .pounds),
        .always("price_base", .text), .always("build_years", .count, in: .years), .always("profile", .code),
        .always("first_start", .academicYear), .always("last_start", .academicYear),
        .always("committed", .word), .mayBeBlank("option_group", .code), .mayBeBlank("requires", .text),
        .always("asset_life_years", .count, in: .years), .always("reference_class", .code),
        .mayBeBlank("condition_score", .count, in: .points), .mayBeBlank("approved_start", .academicYear),
        .always("mark", .word), .always("note", .text), .mayBeAbsent("school", .code),
        .mayBeAbsent("last_year_group", .yearGroup),
      ]
    case .schools:
      [.key("school_code", .code), .always("school_name", .text), .always("planning_area_code", .code)]
    case .schemeProfiles:
      [.key("profile", .code), .key("year", .count, in: .years), .always("share", .decimal, in: .share)]
    case .fundingPots:
      [
        .key("pot_key", .code), .always("pot", .text), .always("source", .word), .always("pays_for", .text),
        .mayBeBlank("phase", .word), .mayBeBlank("planning_area_code", .code),
        .mayBeBlank("scheme_key", .code), .mayBeBlank("most_share", .decimal, in: .share),
        .always("carries_forward", .word), .mayBeBlank("spend_by", .academicYear),
        .always("price_base", .text), .always("mark", .word), .always("note", .text),
      ]
    case .potReceipts:
      [.key("pot_key", .code), .key("financial_year", .academicYear), .always("pounds", .pounds)]
    case .section106:
      [
        .key("agreement_key", .code), .always("agreement", .text), .mayBeAbsent("deed_key", .code),
        .mayBeBlank("site_key", .code), .mayBeBlank("trigger_homes", .count, in: .dwellings),
        .always("amount", .pounds), .always("price_base", .text), .mayBeBlank("received_in", .academicYear),
        .always("agreed_on", .date), .mayBeBlank("spend_within_years", .count, in: .years),
        .mayBeBlank("spend_by", .academicYear), .always("pays_for", .text), .mayBeBlank("phase", .word),
        .mayBeBlank("planning_area_code", .code), .mayBeBlank("scheme_key", .code), .always("mark", .word),
        .always("note", .text),
      ]
    case .borrowing:
      [
        .key("financial_year", .academicYear), .always("limit", .pounds),
        .mayBeBlank("revenue_ceiling", .pounds),
      ]
    case .rivalPlans:
      [
        .key("plan_key", .code), .always("plan", .text), .always("planning_area_code", .code),
        .mayBeBlank("schemes", .text), .mayBeAbsent("starts", .word),
      ]
    case .neighbours:
      [
        .key("from_planning_area_code", .code), .key("to_planning_area_code", .code),
        .always("transport_cost", .pounds, in: .poundsAPupilAYear),
      ]
    }
  }

  /// The columns that tell one row from another, in their order.
  var key: [String] { layout.filter(\.isKey).map(\.name) }
}
