internal import Diagnostics
internal import PlacePlanning

// Women, their births and their survival: from rows to what births to come are taken from.

extension ModelParts {
  /// Nil where the model does not take births from women.
  func readFertility(
    _ areas: [PlanningArea], _ births: BirthTable, _ values: inout AssumptionValues,
    _ list: inout DiagnosticList
  ) throws -> FertilityPlan? {
    let roles = DatasetRole.birthRoles(header.futureBirths)
    refuseUnusedRoles(beside: roles.map(\.role), &list)
    guard header.futureBirths.needsWomen else { return nil }
    for (role, isNeeded) in roles where isNeeded && datasets[role] == nil {
      list.add(
        .missingKey, at: header.dataPlace, what: "'data' has no '\(role.rawValue)'",
        why: "'future_births: \(header.futureBirths.rawValue)' takes births to come from it",
        fix: "name the data set that fills this role, or carry births on in another way")
    }
    let districts = Set(areas.filter { $0.phase == .primary }.map(\.district))
    let lastKnown = births.lastKnownYear ?? header.baseYear.start
    let women = try readWomen(districts, &list)
    if header.futureBirths == .fixedRate {
      let rates = try readGeneralRates(districts, &list)
      checkFertileWomen(women, districts, lastKnown, takesOwnRates: rates == nil, &list)
      return FertilityPlan(women: women, generalRates: rates)
    }
    let survivalFromBirth = values.value("births.survival_from_birth", .share, in: 0.5...1, &list)
    let ages = checkAllWomen(women, districts, lastKnown, &list)
    return FertilityPlan(
      women: women, rates: try readRates(districts, ages, &list), survival: try readSurvival(ages, &list),
      survivalFromBirth: survivalFromBirth, migration: try readMigration(districts, ages, &list))
  }

  private func refuseUnusedRoles(beside used: [DatasetRole], _ list: inout DiagnosticList) {
    for role in DatasetRole.allBirthRoles where datasets[role] != nil && !used.contains(role) {
      list.add(
        .birthDataNotUsed, at: header.dataPlace,
        what:
          "'data' has '\(role.rawValue)', but 'future_births: \(header.futureBirths.rawValue)' does not use it",
        why: "it looks as if births followed it, and they do not",
        fix: "take it out, or write the 'future_births' that uses it: fixed_rate or cohort_component")
    }
  }

  /// The last year to 30 June that the projection draws births from.
  private var lastBirthYear: Int {
    BirthAlignment.weights(reachingReceptionIn: header.lastYear).map(\.year).max() ?? header.baseYear.start
  }

  private func birthYears(after lastKnown: Int) -> [Int] {
    lastKnown < lastBirthYear ? Array(lastKnown + 1...lastBirthYear) : []
  }

  /// The district of a row; a fault (E201) when no primary area lies in it.
  private func district(
    _ row: DatasetRow, _ districts: Set<String>, _ list: inout DiagnosticList
  ) throws -> String? {
    let name = try row.text("district")
    if districts.contains(name) { return name }
    list.add(
      .unknownCode, at: row.place("district"), what: "no primary area lies in district '\(name)'",
      why: "the row would count nowhere",
      fix: didYouMean(name, among: districts, else: "take its rows out, or add its areas"))
    return nil
  }

  private func readWomen(
    _ districts: Set<String>, _ list: inout DiagnosticList
  ) throws -> [String: [Int: [Int: Double]]] {
    var women: [String: [Int: [Int: Double]]] = [:]
    for row in rows(.womenByAge) {
      guard let district = try district(row, districts, &list) else { continue }
      women[district, default: [:]][try row.whole("year"), default: [:]][try row.whole("age")] =
        try row.number("women", in: 0...1e9, .fertilityOutOfRange, &list)
    }
    return women
  }

  private func readGeneralRates(
    _ districts: Set<String>, _ list: inout DiagnosticList
  ) throws -> [String: Double]? {
    guard let dataset = datasets[.generalFertilityRates] else { return nil }
    var rates: [String: Double] = [:]
    for row in dataset.rows {
      guard let district = try district(row, districts, &list) else { continue }
      rates[district] = try perWoman(row, &list)
    }
    for district in districts.sorted() where rates[district] == nil {
      rateMissing(dataset, "there is no general fertility rate for '\(district)'", &list)
    }
    return rates
  }

  /// Births a year per woman, from a row that has them per thousand.
  private func perWoman(_ row: DatasetRow, _ list: inout DiagnosticList) throws -> Double {
    try row.number("births_per_1000_women", in: 0...500, .fertilityOutOfRange, &list) / 1000
  }

  private func readRates(
    _ districts: Set<String>, _ ages: Range<Int>, _ list: inout DiagnosticList
  ) throws -> [String: [Int: Double]] {
    guard let dataset = datasets[.fertilityRates] else { return [:] }
    var rates: [String: [Int: Double]] = [:]
    for row in dataset.rows {
      guard let district = try district(row, districts, &list) else { continue }
      let age = try row.whole("age")
      let rate = try perWoman(row, &list)
      if rate > 0 && age < 10 || !ages.isEmpty && !ages.contains(age) {
        list.add(
          .fertilityOutOfRange, at: row.place("age"),
          what: "'age' is \(age), with \(plain(rate * 1000)) births per 1,000 women",
          why: ages.contains(age) || ages.isEmpty
            ? "girls under 10 have no children" : "there are no women of that age in women_by_age",
          fix: "correct the age or the rate")
      }
      rates[district, default: [:]][age] = rate
    }
    for district in districts.sorted() {
      let missing = FertilityPlan.fertileAges.filter { rates[district]?[$0] == nil }
      if !missing.isEmpty {
        rateMissing(dataset, "'\(district)' has no fertility rate at \(agesNamed(missing))", &list)
      }
    }
    return rates
  }

  private func readSurvival(_ ages: Range<Int>, _ list: inout DiagnosticList) throws -> [Int: Double] {
    guard let dataset = datasets[.survivalRates] else { return [:] }
    var survival: [Int: Double] = [:]
    for row in dataset.rows {
      survival[try row.whole("age")] = try row.number(
        "share_surviving", in: 0...1, .fertilityOutOfRange, &list)
    }
    let missing = ages.filter { survival[$0] == nil }
    if !missing.isEmpty { rateMissing(dataset, "there is no survival at \(agesNamed(missing))", &list) }
    return survival
  }

  private func readMigration(
    _ districts: Set<String>, _ ages: Range<Int>, _ list: inout DiagnosticList
  ) throws -> [String: [Int: Double]] {
    guard let dataset = datasets[.womenMigration] else { return [:] }
    var moving: [String: [Int: Double]] = [:]
    for row in dataset.rows {
      guard let district = try district(row, districts, &list) else { continue }
      moving[district, default: [:]][try row.whole("age")] = try row.number("net_women")
    }
    for district in districts.sorted() {
      let missing = ages.filter { moving[district]?[$0] == nil }
      if !missing.isEmpty {
        rateMissing(dataset, "'\(district)' has no net migration at \(agesNamed(missing))", &list)
      }
    }
    return moving
  }

  private func rateMissing(_ dataset: Dataset, _ what: String, _ list: inout DiagnosticList) {
    list.add(
      .fertilityMissing, at: dataset.file.wholeFile, what: what,
      why: "a missing rate is not nought; births to come would be wrong with it",
      fix: "add the rows; write 0 where it is nought")
  }

  /// Refuses gaps in women aged 15 to 44 (E240): in each year whose births they bear, and in the three years that a rate is taken from.
  private func checkFertileWomen(
    _ women: [String: [Int: [Int: Double]]], _ districts: Set<String>, _ lastKnown: Int,
    takesOwnRates: Bool, _ list: inout DiagnosticList
  ) {
    guard let dataset = datasets[.womenByAge] else { return }
    let rated = takesOwnRates ? Array(lastKnown - 2...lastKnown) : []
    for district in districts.sorted() {
      for year in rated + birthYears(after: lastKnown) {
        let there = women[district]?[year] ?? [:]
        let missing = FertilityPlan.fertileAges.filter { there[$0] == nil }
        if !missing.isEmpty {
          list.add(
            .womenMissing, at: dataset.file.wholeFile,
            what: "'\(district)' has no women at \(agesNamed(missing)) in \(year)",
            why: year > lastKnown
              ? "births in the year to 30 June \(year) are taken from women aged 15 to 44"
              : "the fertility rate is taken from the last three known years of births", fix: "add the rows")
        } else if rated.contains(year),
          there.filter({ FertilityPlan.fertileAges.contains($0.key) })
            .allSatisfy({ $0.value == 0 })
        {
          list.add(
            .womenMissing, at: dataset.file.wholeFile,
            what: "'\(district)' has no woman aged 15 to 44 in \(year)",
            why: "births are divided by them to give the rate", fix: "correct the counts")
        }
      }
    }
  }

  /// Refuses gaps in women by age in the last known year of births, up to the same age in every district (E240), and returns the ages.
  private func checkAllWomen(
    _ women: [String: [Int: [Int: Double]]], _ districts: Set<String>, _ lastKnown: Int,
    _ list: inout DiagnosticList
  ) -> Range<Int> {
    guard let dataset = datasets[.womenByAge] else { return 0..<0 }
    let oldest = districts.compactMap { women[$0]?[lastKnown]?.keys.max() }.max() ?? 0
    let ages = 0..<max(oldest, FertilityPlan.fertileAges.upperBound) + 1
    for district in districts.sorted() {
      let missing = ages.filter { women[district]?[lastKnown]?[$0] == nil }
      guard !missing.isEmpty else { continue }
      list.add(
        .womenMissing, at: dataset.file.wholeFile,
        what: "'\(district)' has no women at \(agesNamed(missing)) in \(lastKnown)",
        why:
          "women are carried forward by age from the last known year of births, the same ages in every district",
        fix: "add the rows")
    }
    return ages
  }
}

/// `age 31`, or `ages 15 to 19, 31 and 3 more`: what is missing, in few words.
private func agesNamed(_ ages: [Int]) -> String {
  var runs: [ClosedRange<Int>] = []
  for age in ages {
    if let last = runs.last, last.upperBound == age - 1 {
      runs[runs.count - 1] = last.lowerBound...age
    } else {
      runs.append(age...age)
    }
  }
  let named = runs.prefix(3).map {
    $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound) to \($0.upperBound)"
  }
  let rest = runs.dropFirst(3).reduce(0) { $0 + $1.count }
  return (ages.count == 1 ? "age " : "ages ") + named.joined(separator: ", ")
    + (rest > 0 ? " and \(rest) more" : "")
}

extension DatasetRole {
  /// The roles from which a way of carrying births on takes them, and whether it needs each.
  fileprivate static func birthRoles(_ births: FutureBirths) -> [(role: DatasetRole, isNeeded: Bool)] {
    switch births {
    case .latest, .level, .trend: []
    case .fixedRate: [(.womenByAge, true), (.generalFertilityRates, false)]
    case .cohortComponent:
      [(.womenByAge, true), (.fertilityRates, true), (.survivalRates, true), (.womenMigration, false)]
    }
  }

  fileprivate static let allBirthRoles: [DatasetRole] = [
    .womenByAge, .fertilityRates, .generalFertilityRates, .survivalRates, .womenMigration,
  ]
}
