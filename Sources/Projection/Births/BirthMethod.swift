public import PlacePlanning

/// How births are carried beyond the last known year. See <doc:Births>.
///
/// The last known year is the last one known for every district; later births of single districts are not used.
public enum BirthMethod: Sendable {
  /// All districts together stay at the last known year's births, shared out by their 3:2:1 means of the last three.
  case latest
  /// Each district stays at the 3:2:1 mean of its last three known years.
  case level
  /// Births per woman aged 15 to 44, times those women.
  case fixedRate(FixedRate)
  /// Women by single year of age, carried forward by survival, migration and their own births.
  case cohortComponent(CohortComponent)
  /// A damped trend of all districts together, shared out by the last three known years.
  case trend(BirthTrend)

  /// Births by district in the years asked: the known ones as given, the others by this method times `futureFactor`.
  ///
  /// `years` are years to 30 June, in any order. **Units** births. **Throws** every fault of `known` and of the method's own
  /// values at once.
  public func births(
    known: BirthTable, years: [Int], futureFactor: Double = 1
  ) throws(BirthFaults) -> BirthTable {
    let record = KnownBirths(known)
    var faults = record.faults(asked: years)
    if !isAmount(futureFactor) { faults.append(BirthFault(.badFactor(futureFactor))) }
    let unknown = Set(years).filter { $0 > record.lastKnownYear }.sorted()
    faults += self.faults(record, unknown)
    try faults.throwIfAny()

    let carried = try carried(record, unknown)
    var births = known.districts.mapValues { _ in [Int: Double]() }
    for year in Set(years) {
      for district in record.districts {
        births[district]?[year] =
          year <= record.lastKnownYear
          ? record[district, year] : carried[district]?[year].map { $0 * futureFactor }
      }
    }
    return BirthTable(districts: births)
  }

  private func faults(_ record: KnownBirths, _ unknown: [Int]) -> [BirthFault] {
    switch self {
    case .latest, .level: record.recentFaults
    case .fixedRate(let method): method.faults(record, unknown)
    case .cohortComponent(let method): method.faults(record, unknown)
    case .trend(let method): method.faults(record)
    }
  }

  /// By district, then year: births of years that are not known.
  private func carried(
    _ record: KnownBirths, _ unknown: [Int]
  ) throws(BirthFaults) -> [String: [Int: Double]] {
    switch self {
    case .latest: record.heldLatest(unknown)
    case .level: record.heldLevel(unknown)
    case .fixedRate(let method): method.carried(record, unknown)
    case .cohortComponent(let method): try method.projected(to: unknown.last ?? method.baseYear).births
    case .trend(let method): method.carried(record, unknown)
    }
  }
}
