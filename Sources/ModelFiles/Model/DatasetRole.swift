internal import Diagnostics

/// What a data set is for in a model. `ModelFiles.md` says what each role holds, and how one is added.
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
  case housingCompletions = "housing_completions"
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

  /// Roles that count only beside `schemes`.
  static let besideSchemes: [DatasetRole] = [
    .schools, .schemeProfiles, .fundingPots, .potReceipts, .section106, .borrowing, .rivalPlans, .neighbours,
  ]

  /// Whether the role reads a column of this name.
  func reads(_ column: String) -> Bool { layout.contains { $0.name == column } }

  /// Checks that a schema has the role's columns, of its types, with blanks only where they mean something, and that its key
  /// keeps one row from overwriting another (E116).
  func check(_ schema: DatasetSchema, _ list: inout DiagnosticList) {
    let layout = layout
    checkAbsentColumns(layout, schema, &list)
    for read in layout {
      let name = read.name
      let wanted = read.types.map(\.rawValue).joined(separator: " or ")
      guard let column = schema.columns.first(where: { $0.name == name }) else {
        if read.presence == .mayBeAbsent { continue }
        list.add(
          .schemaLacksColumn, at: schema.place,
          what: "the schema has no column '\(name)', which the role '\(rawValue)' needs",
          why: "the model reads it from every row", fix: "add the column, of type \(wanted)")
        continue
      }
      if let unit = column.unit {
        read.unit?.check(unit, of: "column '\(name)'", at: column.place, &list)
      }
      if !read.types.contains(column.type) {
        list.add(
          .schemaLacksColumn, at: column.place,
          what: "column '\(name)' is of type \(column.type.rawValue); '\(rawValue)' needs \(wanted)",
          why: "it would be read as something else", fix: "give it the type \(wanted)")
      }
      if column.isOptional, read.presence == .always {
        list.add(
          .schemaLacksColumn, at: column.place, what: "column '\(name)' may not be optional in '\(rawValue)'",
          why: "the model reads it from every row, and a blank has no meaning there", fix: "remove 'optional'"
        )
      }
    }
    checkKey(layout, schema, &list)
  }

  /// Refuses a key that would let rows overwrite each other (E116): one of other columns than the role's, or without a column of the role's
  /// key that may be absent and is there.
  private func checkKey(_ layout: [RoleColumn], _ schema: DatasetSchema, _ list: inout DiagnosticList) {
    let there = key.filter { name in schema.columns.contains { $0.name == name } }
    let what = "the key of '\(rawValue)' is [\(schema.key.joined(separator: ", "))]"
    let fix = "write key: [\(there.joined(separator: ", "))]"
    if schema.key.isEmpty || !schema.key.allSatisfy(key.contains) {
      list.add(
        .schemaLacksColumn, at: schema.place, what: what,
        why: "two rows of one thing could stand side by side, and one would overwrite the other", fix: fix)
    } else if let left = layout.first(where: {
      $0.isKey && $0.presence == .mayBeAbsent && there.contains($0.name) && !schema.key.contains($0.name)
    }) {
      list.add(
        .schemaLacksColumn, at: schema.place, what: "\(what), without '\(left.name)'",
        why: "two rows that differ in '\(left.name)' alone would be taken for one that stands twice", fix: fix
      )
    }
  }

  /// Refuses a column whose name is nearly that of one that may be absent (E116): it would be silently ignored.
  private func checkAbsentColumns(
    _ layout: [RoleColumn], _ schema: DatasetSchema, _ list: inout DiagnosticList
  ) {
    let missing = layout.filter { $0.presence == .mayBeAbsent }.map(\.name)
      .filter { name in !schema.columns.contains { $0.name == name } }
    for column in schema.columns where !layout.contains(where: { $0.name == column.name }) {
      guard let near = nearMiss(of: column.name, among: missing, within: 2) else { continue }
      list.add(
        .schemaLacksColumn, at: column.place,
        what: "the role '\(rawValue)' does not read column '\(column.name)'; it does read '\(near)'",
        why: "if that is meant, it would be silently ignored",
        fix: "write '\(near)' in the schema and in data.csv, or choose a name that is less like it")
    }
  }
}
