internal import PlacePlanning

// The data sets that births to come are taken from, and the totals that a projection is held to.

extension DatasetRole {
  /// The roles from which a way of carrying births on takes them, and whether it can do without.
  static func birthRoles(_ births: FutureBirths) -> [(role: DatasetRole, isNeeded: Bool)] {
    switch births {
    case .latest, .level, .trend: []
    case .fixedRate: [(.womenByAge, true), (.generalFertilityRates, false)]
    case .cohortComponent:
      [(.womenByAge, true), (.fertilityRates, true), (.survivalRates, true), (.womenMigration, false)]
    }
  }

  static let allBirthRoles: [DatasetRole] = [
    .womenByAge, .fertilityRates, .generalFertilityRates, .survivalRates, .womenMigration,
  ]

  /// The columns of such a role, in the order in which its files have them; none for another role.
  var outlookColumns: [(name: String, types: [ColumnType])] {
    let (district, age) = (
      (name: "district", types: [ColumnType.text]), (name: "age", types: [ColumnType.count])
    )
    switch self {
    case .womenByAge: return [district, ("year", [.year]), age, ("women", [.count, .decimal])]
    case .fertilityRates: return [district, age, ("births_per_1000_women", [.decimal])]
    case .generalFertilityRates: return [district, ("births_per_1000_women", [.decimal])]
    case .survivalRates: return [age, ("share_surviving", [.decimal])]
    case .womenMigration: return [district, age, ("net_women", [.whole, .decimal])]
    case .controlTotals:
      return [
        ("planning_area_code", [.code]), ("academic_year", [.academicYear]), ("phase", [.word]),
        ("year_group", [.yearGroup]), ("number_on_roll", [.count, .decimal]),
      ]
    default: return []
    }
  }

  /// The columns that tell one row of such a role from another.
  var outlookKey: [String] {
    switch self {
    case .womenByAge: ["district", "year", "age"]
    case .fertilityRates, .womenMigration: ["district", "age"]
    case .generalFertilityRates: ["district"]
    case .survivalRates: ["age"]
    case .controlTotals: ["planning_area_code", "academic_year", "phase", "year_group"]
    default: []
    }
  }
}
