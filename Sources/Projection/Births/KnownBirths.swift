internal import Foundation
internal import PlacePlanning

/// Births as known, and what the methods take from them: the run of years without a gap, the level, and how much the log
/// of all births moves from year to year.
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
  func heldLatest(_ unknown: [Int]) -> CarriedBirths {
    let part = ratio(total(lastKnownYear), districts.reduce(0) { $0 + level($1) })
    return CarriedBirths(
      births: districts.reduce(into: [:]) { births, district in
        let held = level(district) * part
        births[district] = Dictionary(uniqueKeysWithValues: unknown.map { ($0, held) })
      },
      logDeviation: randomWalk(unknown, yearly: yearlyDeviationOfTotals, start: 0))
  }

  /// Each district at its level.
  func heldLevel(_ unknown: [Int]) -> CarriedBirths {
    CarriedBirths(
      births: districts.reduce(into: [:]) { births, district in
        let level = level(district)
        births[district] = Dictionary(uniqueKeysWithValues: unknown.map { ($0, level) })
      },
      logDeviation: randomWalk(unknown, yearly: yearlyDeviationOfTotals, start: BirthSpread.ofRecentMean))
  }

  /// That of all districts together; a year in which nobody is born is passed over.
  private var yearlyDeviationOfTotals: Double {
    yearlyDeviation(run.map(total).filter { $0 > 0 }.map { log($0) })
  }

  /// The deviation of a walk with yearly steps that begins `start` years' variance before the last known year.
  func randomWalk(_ unknown: [Int], yearly: Double, start: Double) -> [Int: Double] {
    logDeviation(unknown) { yearly * (Double($0) + start).squareRoot() }
  }

  /// By year, what `deviation` says of the years since the last known one, widened.
  func logDeviation(_ unknown: [Int], _ deviation: (Int) -> Double) -> [Int: Double] {
    Dictionary(
      uniqueKeysWithValues: unknown.map { year in
        let lead = year - lastKnownYear
        return (year, deviation(lead) * BirthSpread.widening(lead: lead))
      })
  }
}

/// The root mean square change from one year's log to the next. Changes are taken about nought: a drift counts as
/// something that may go either way.
func yearlyDeviation(_ logs: [Double]) -> Double {
  let changes = zip(logs, logs.dropFirst()).map { $1 - $0 }
  return ratio(changes.reduce(0) { $0 + $1 * $1 }, Double(changes.count)).squareRoot()
}

/// How the uncertainty of births grows with lead time.
public enum BirthSpread {
  /// Were the log of births a random walk, its value h years on would vary about the 3:2:1 mean by h + 10/36 yearly
  /// variances: h to come, and (1/2) squared + (1/6) squared because the mean lies behind the newest year.
  public static let ofRecentMean = 10.0 / 36

  /// Yearly changes go together (births fall for years on end), so that errors grow faster than a random walk's: the
  /// deviation is multiplied by `lead ^ 0.2`.
  ///
  /// Source: births of 153 English authorities, 1992 to 2022, forecast by level and by trend from every third year, one to
  /// five years ahead: with it errors over deviation keep about the same size at every lead. It was chosen on those births.
  public static func widening(lead: Int) -> Double { pow(Double(lead), 0.2) }

  /// How many times a year's change births may be out after some years, whole or not: their square root, times the widening; in
  /// the first of them in proportion to its months.
  public static func widening(years: Double) -> Double { years < 1 ? years : pow(years, 0.7) }
}
