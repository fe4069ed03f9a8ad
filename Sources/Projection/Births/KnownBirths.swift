internal import PlacePlanning

/// Births as known, and what the methods take from them: the run of years without a gap, and the level.
struct KnownBirths {
  let districts: [String]
  let lastKnownYear: Int
  /// Years up to the last known one that are known for every district without a gap, oldest first.
  let run: [Int]
  private let table: BirthTable

  init(_ table: BirthTable) {
    self.table = table
    districts = table.districts.keys.sorted()
    let last = table.lastKnownYear ?? 0
    lastKnownYear = last
    let length = table.districts.values.map { Self.runLength($0, to: last) }.min() ?? 0
    run = Array(last - length + 1..<last + 1)
  }

  private static func runLength(_ births: [Int: Double], to last: Int) -> Int {
    var year = last
    while births[year] != nil { year -= 1 }
    return last - year
  }

  subscript(district: String, year: Int) -> Double? { table.districts[district]?[year] }

  /// All districts together.
  func total(_ year: Int) -> Double {
    districts.reduce(0) { $0 + (self[$1, year] ?? 0) }
  }

  /// A district's 3:2:1 mean.
  func level(_ district: String) -> Double {
    zip(recencyWeights, 0...).reduce(0) { $0 + $1.0 * (self[district, lastKnownYear - $1.1] ?? 0) }
  }

  /// No district, births missing in a year asked for, or births that no district can have.
  func faults(asked: [Int]) -> [BirthFault] {
    if districts.isEmpty { return [BirthFault(.noDistricts)] }
    var faults: [BirthFault] = []
    for district in districts {
      let births = table.districts[district] ?? [:]
      for (year, count) in births.sorted(by: { $0.key < $1.key })
      where year <= lastKnownYear && !isAmount(count) {
        faults.append(BirthFault(.badBirths(count), district: district, year: year))
      }
      for year in Set(asked).sorted() where year <= lastKnownYear && births[year] == nil {
        faults.append(BirthFault(.missingBirths, district: district, year: year))
      }
    }
    return faults
  }

  /// Districts without three years for a 3:2:1 mean.
  var recentFaults: [BirthFault] {
    districts.compactMap { district in
      let length = Self.runLength(table.districts[district] ?? [:], to: lastKnownYear)
      return length < recencyWeights.count
        ? BirthFault(.tooFewYears(length), district: district, year: lastKnownYear) : nil
    }
  }

  /// Years of the run in which nobody is born, so that there is no logarithm.
  var logFaults: [BirthFault] {
    run.filter { total($0) == 0 }.map { BirthFault(.noBirths, year: $0) }
  }

  /// All districts at the last known year's total, each at its level's part of it.
  func heldLatest(_ unknown: [Int]) -> [String: [Int: Double]] {
    let part = ratio(total(lastKnownYear), districts.reduce(0) { $0 + level($1) })
    return held(unknown) { level($0) * part }
  }

  /// Each district at its level.
  func heldLevel(_ unknown: [Int]) -> [String: [Int: Double]] { held(unknown, at: level) }

  private func held(_ unknown: [Int], at births: (String) -> Double) -> [String: [Int: Double]] {
    districts.reduce(into: [:]) { held, district in
      let births = births(district)
      held[district] = Dictionary(uniqueKeysWithValues: unknown.map { ($0, births) })
    }
  }
}
