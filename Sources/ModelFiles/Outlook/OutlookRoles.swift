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
}
