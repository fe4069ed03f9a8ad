internal import Diagnostics

/// What a data set is for in a model, and the columns that the role needs.
enum DatasetRole: String, CaseIterable {
  case planningAreas = "planning_areas"
  case countyRolls = "county_rolls"
  case areaRolls = "area_rolls"
  case births
  case womenByAge = "women_by_age"
  case fertilityRates = "fertility_rates"
  case generalFertilityRates = "general_fertility_rates"
  case survivalRates = "survival_rates"
  case womenMigration = "women_migration"
  case controlTotals = "control_totals"
  case places
  case capacityChanges = "capacity_changes"
  case transferShares = "transfer_shares"
  case housingSites = "housing_sites"
  case pupilYields = "pupil_yields"
  case programme
  case spending
  case slippage
  case spendProfile = "spend_profile"
  case publishedNeed = "published_need"
  case schemes
  case schools
  case schemeProfiles = "scheme_profiles"
  case fundingPots = "funding_pots"
  case potReceipts = "pot_receipts"
  case section106 = "section_106"
  case borrowing
  case rivalPlans = "rival_plans"
  case neighbours

  /// Roles that every model fills.
  static let required: [DatasetRole] = [.planningAreas, .births, .transferShares]

  /// The columns that the role reads, each with the types that it can be.
  var columns: [(name: String, types: [ColumnType])] {
    let code: [ColumnType] = [.code]
    let count: [ColumnType] = [.count]
    let text: [ColumnType] = [.text]
    switch self {
    case .planningAreas:
      return [
        ("planning_area_code", code), ("planning_area_name", text), ("phase", [.word]),
        ("district", text),
      ]
    case .countyRolls:
      return [
        ("academic_year", [.academicYear]), ("year_group", [.yearGroup]), ("number_on_roll", count),
      ]
    case .areaRolls:
      return [("planning_area_code", code)] + DatasetRole.countyRolls.columns
    case .births:
      return [("district", text), ("year_to_30_june", [.year]), ("births", count)]
    case .womenByAge, .fertilityRates, .generalFertilityRates, .survivalRates, .womenMigration,
      .controlTotals:
      return outlookColumns
    case .places:
      return [
        ("planning_area_code", code), ("year_group", [.yearGroup]), ("places", count),
        ("mark", [.word]),
      ]
    case .capacityChanges:
      return [
        ("planning_area_code", code), ("kind", [.word]), ("year_group", [.yearGroup]),
        ("places", count), ("from", [.academicYear]), ("until", [.academicYear]),
        ("mark", [.word]), ("note", text),
      ]
    case .transferShares:
      return [
        ("primary_planning_area_code", code), ("secondary_planning_area_code", code),
        ("share", [.decimal]),
      ]
    case .housingSites:
      return [
        ("site_key", code), ("site", text), ("dwelling_type", code), ("dwellings", count),
        ("primary_planning_area_code", code), ("secondary_planning_area_code", code),
      ]
    case .pupilYields:
      return [
        ("dwelling_type", code), ("year_group", [.yearGroup]), ("dwelling_age", count),
        ("pupils_per_100_dwellings", [.decimal]),
      ]
    case .programme:
      return [
        ("scheme", text), ("kind", [.text, .word]), ("budget", [.pounds]), ("grant", [.pounds]),
        ("s106_contribution", [.pounds]), ("school_contribution", [.pounds]),
        ("internal_borrowing", [.pounds]),
      ]
    case .spending:
      return [
        ("line", text), ("revised_budget", [.pounds]), ("spent_to_date", [.pounds]),
        ("reason", text),
      ]
    case .slippage: return [("scheme", text), ("reason", text)]
    case .spendProfile: return [("month", count), ("cumulative_share", [.decimal])]
    case .publishedNeed:
      return [
        ("planning_area_code", code), ("year_group", [.yearGroup]), ("lowest_fe", [.decimal]),
        ("highest_fe", [.decimal]), ("places", count), ("planned_name", text),
        ("planned_places_per_year_group", count), ("planned_from", [.academicYear]),
      ]
    case .schemes, .schools, .schemeProfiles, .fundingPots, .potReceipts, .section106, .borrowing,
      .rivalPlans, .neighbours:
      return capitalColumns
    }
  }

  /// Columns that the role reads where they are there.
  private var furtherColumns: [(name: String, types: [ColumnType])] {
    switch self {
    case .planningAreas: [("number_on_roll", [.count]), ("net_capacity", [.count])]
    case .publishedNeed: [("planned_scheme", [.code]), ("lowest_fe_by", [.academicYear])]
    case .schemes: [(SchemeColumn.school, [.code])]
    case .rivalPlans: [(RivalColumn.starts, [.word])]
    case .spending:
      SpendingColumn.amounts.map { ($0, [.pounds]) } + [
        (SpendingColumn.fundedBy, [.word]), (SpendingColumn.spendBy, [.academicYear]),
      ]
    default: []
    }
  }

  /// The columns in which a blank has a meaning.
  private var optionalColumns: [String] {
    isCapital
      ? capitalOptionalColumns
      : self == .controlTotals
        ? ["planning_area_code", "year_group"]
        : ["until", "reason", "net_capacity", "planned_scheme", "lowest_fe_by"]
          + (self == .planningAreas ? ["number_on_roll"] : [])
          + SpendingColumn.all
  }

  /// The columns that tell one row from another.
  private var key: [String] {
    switch self {
    case .planningAreas: ["planning_area_code"]
    case .countyRolls: ["academic_year", "year_group"]
    case .areaRolls: ["planning_area_code", "academic_year", "year_group"]
    case .births: ["district", "year_to_30_june"]
    case .womenByAge, .fertilityRates, .generalFertilityRates, .survivalRates, .womenMigration,
      .controlTotals:
      outlookKey
    case .places: ["planning_area_code", "year_group"]
    case .capacityChanges: ["planning_area_code", "kind", "year_group", "from"]
    case .transferShares: ["primary_planning_area_code", "secondary_planning_area_code"]
    case .housingSites: ["site_key"]
    case .pupilYields: ["dwelling_type", "year_group", "dwelling_age"]
    case .programme, .slippage: ["scheme"]
    case .spending: ["line"]
    case .spendProfile: ["month"]
    case .publishedNeed: ["planning_area_code", "year_group"]
    case .schemes, .schools, .schemeProfiles, .fundingPots, .potReceipts, .section106, .borrowing,
      .rivalPlans, .neighbours:
      capitalKey
    }
  }

  /// Whether the role reads a column of this name.
  func reads(_ column: String) -> Bool { (columns + furtherColumns).contains { $0.name == column } }

  /// Checks that a schema has the role's columns, of its types, with blanks only where they mean something, and that its key
  /// keeps one row from overwriting another (E116).
  func check(_ schema: DatasetSchema, _ list: inout DiagnosticList) {
    checkFurtherColumns(schema, &list)
    for (name, types) in columns + furtherColumns {
      let wanted = types.map(\.rawValue).joined(separator: " or ")
      guard let column = schema.columns.first(where: { $0.name == name }) else {
        if furtherColumns.contains(where: { $0.name == name }) { continue }
        list.add(
          .schemaLacksColumn, at: schema.place,
          what: "the schema has no column '\(name)', which the role '\(rawValue)' needs",
          why: "the model reads it from every row", fix: "add the column, of type \(wanted)")
        continue
      }
      if let unit = column.unit, column.type == .pounds || name.contains("share") {
        refuseMultiple(unit, of: "column '\(name)'", at: column.place, &list)
      }
      if !types.contains(column.type) {
        list.add(
          .schemaLacksColumn, at: column.place,
          what: "column '\(name)' is of type \(column.type.rawValue); '\(rawValue)' needs \(wanted)",
          why: "it would be read as something else", fix: "give it the type \(wanted)")
      }
      if column.isOptional, !optionalColumns.contains(name) {
        list.add(
          .schemaLacksColumn, at: column.place, what: "column '\(name)' may not be optional in '\(rawValue)'",
          why: "the model reads it from every row, and a blank has no meaning there", fix: "remove 'optional'"
        )
      }
    }
    if schema.key.isEmpty || !schema.key.allSatisfy(key.contains) {
      list.add(
        .schemaLacksColumn, at: schema.place,
        what: "the key of '\(rawValue)' is [\(schema.key.joined(separator: ", "))]",
        why: "two rows of one thing could stand side by side, and one would overwrite the other",
        fix: "write key: [\(key.joined(separator: ", "))]")
    }
  }

  /// A column that need not be there is read under its own name only; under one that is nearly it, it would be silently ignored (E116).
  private func checkFurtherColumns(_ schema: DatasetSchema, _ list: inout DiagnosticList) {
    let missing = furtherColumns.map(\.name).filter { name in !schema.columns.contains { $0.name == name } }
    for column in schema.columns where !reads(column.name) {
      guard let near = nearMiss(of: column.name, among: missing, within: 2) else { continue }
      list.add(
        .schemaLacksColumn, at: column.place,
        what: "the role '\(rawValue)' does not read column '\(column.name)'; it does read '\(near)'",
        why: "if that is meant, it would be silently ignored",
        fix: "write '\(near)' in the schema and in data.csv, or choose a name that is less like it")
    }
  }
}
