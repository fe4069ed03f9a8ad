/// Births as general fertility rate x women aged 15 to 44: what the births method `fixedRate` needs.
public struct FixedRate: Hashable, Sendable {
  /// Where the general fertility rate comes from.
  public enum RateSource: Hashable, Sendable {
    /// Each district's 3:2:1 mean over the last three known years, which need women as well.
    case recent
    /// By district. **Units** births a year per woman aged 15 to 44 (not per thousand).
    case given([String: Double])
  }

  /// By district, then year. **Units** women aged 15 to 44, mid-year.
  public let women: [String: [Int: Double]]
  /// The rate that is held.
  public let rate: RateSource

  /// Takes the values as they are; the births method checks them against the births known.
  public init(women: [String: [Int: Double]], rate: RateSource) {
    self.women = women
    self.rate = rate
  }

  func faults(_ record: KnownBirths, _ unknown: [Int]) -> [BirthFault] {
    var faults: [BirthFault] = []
    for district in record.districts {
      for year in unknown {
        faults += womenFault(district, year, isUsable: isAmount)
      }
    }
    switch rate {
    case .recent:
      faults += record.recentFaults
      for district in record.districts {
        for year in record.lastKnownYear - 2...record.lastKnownYear {
          faults += womenFault(district, year) { isAmount($0) && $0 > 0 }
        }
      }
      faults += record.run.suffix(3).filter { record.total($0) == 0 }.map { BirthFault(.noBirths, year: $0) }
    case .given(let rates):
      for district in record.districts {
        guard let rate = rates[district] else {
          faults.append(BirthFault(.missingRate, district: district))
          continue
        }
        if !isAmount(rate) { faults.append(BirthFault(.badFertility(rate), district: district)) }
      }
    }
    return faults
  }

  private func womenFault(
    _ district: String, _ year: Int, isUsable: (Double) -> Bool
  ) -> [BirthFault] {
    guard let count = women[district]?[year] else {
      return [BirthFault(.missingWomen, district: district, year: year)]
    }
    return isUsable(count) ? [] : [BirthFault(.badWomen(count), district: district, year: year)]
  }

  func carried(_ record: KnownBirths, _ unknown: [Int]) -> [String: [Int: Double]] {
    record.districts.reduce(into: [:]) { births, district in
      let rate = rate(district, record)
      births[district] = Dictionary(
        uniqueKeysWithValues: unknown.map { ($0, rate * (women[district]?[$0] ?? 0)) })
    }
  }

  /// Births per woman aged 15 to 44. **Units** births a year per woman.
  private func rate(_ district: String, _ record: KnownBirths) -> Double {
    switch rate {
    case .given(let rates): rates[district] ?? 0
    case .recent:
      zip(recencyWeights, 0...).reduce(0) { sum, part in
        let year = record.lastKnownYear - part.1
        return sum + part.0 * ratio(record[district, year] ?? 0, women[district]?[year] ?? 0)
      }
    }
  }
}
