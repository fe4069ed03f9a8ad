import Foundation
import NumericCore
import PlacePlanning
import Projection
import TestSupport
import Testing

/// `births_reference.json`: what `births_reference.py` computed without the program.
private struct BirthReference: Decodable {
  struct Schedule: Decodable {
    let survivalFromBirth: Double
    let survival: [Double]
    let fertility: [Double]

    var schedule: CohortComponent.Schedule {
      .init(survivalFromBirth: survivalFromBirth, survival: survival, fertility: fertility)
    }
  }

  struct Path: Decodable {
    let births: [Double]
    let last: [Double]
  }

  struct Stable: Decodable {
    let ratio: Double
    let shares: [Double]
  }

  struct Leslie: Decodable {
    let women: [String: [Double]]
    let migration: [String: [Double]]
    let schedules: [String: Schedule]
    let byDistrict: [String: Path]
    let shared: [String: Path]
    let stable: [String: Stable]
  }

  struct Trend: Decodable {
    let damping: Double
    let births: [String: [Double]]
    let shares: [String: Double]
    let totals: [Double]
  }

  let girlsShare: Double
  let leslie: [Leslie]
  let trend: [Trend]

  static let read = Result {
    try JSONDecoder().decode(
      BirthReference.self,
      from: Data(contentsOf: Repository.file("Tests/ReferenceTests/births_reference.json")))
  }
}

/// Births beyond the last known year against NumPy and SciPy.
struct BirthReferenceTests {
  @Test("women and births over twelve years: SciPy's Leslie matrix", arguments: [0, 1], [true, false])
  func leslie(index: Int, isShared: Bool) throws {
    let reference = try BirthReference.read.get()
    let given = reference.leslie[index]
    let own = given.schedules.mapValues(\.schedule)
    let first = try #require(own["D0"])
    let method = CohortComponent(
      baseYear: 2020, women: given.women,
      schedules: isShared ? own.mapValues { _ in first } : own,
      migration: given.migration, girlsShare: reference.girlsShare)
    let path = try method.projected(to: 2032)
    let (wanted, last) = (isShared ? given.shared : given.byDistrict, try #require(path.women[2032]))
    var worst = 0.0
    for (column, district) in last.columns.labels.enumerated() {
      let answer = try #require(wanted[district])
      for (year, births) in zip(2021..., answer.births) {
        worst = max(worst, abs((path.births[district]?[year] ?? .nan) / births - 1))
      }
      for (age, women) in answer.last.enumerated() {
        worst = max(worst, abs(last[age, column] / women - 1))
      }
    }
    print("Leslie case \(index), \(isShared ? "shared" : "by district"): worst relative difference \(worst)")
    #expect(worst <= 1e-11)
  }

  @Test("without migration, growth and ages settle where numpy.linalg.eig has them", arguments: [0, 1])
  func stable(index: Int) throws {
    let reference = try BirthReference.read.get()
    let given = reference.leslie[index]
    let method = CohortComponent(
      baseYear: 2020, women: given.women, schedules: given.schedules.mapValues(\.schedule),
      girlsShare: reference.girlsShare)
    let path = try method.projected(to: 4020)
    let (before, after) = (try #require(path.women[4019]), try #require(path.women[4020]))
    for (column, district) in after.columns.labels.enumerated() {
      let (wanted, sum) = (try #require(given.stable[district]), after.columnSums[column])
      expectClose(sum / before.columnSums[column], wanted.ratio, within: 1e-10, district)
      for (age, share) in wanted.shares.enumerated() {
        expectClose(after[age, column] / sum, share, within: 1e-10, "\(district) age \(age)")
      }
    }
  }

  @Test("a damped trend: NumPy's, over the whole grid at once", arguments: [0, 1, 2])
  func trend(index: Int) throws {
    let given = try BirthReference.read.get().trend[index]
    let known = BirthTable(
      districts: given.births.mapValues { Dictionary(uniqueKeysWithValues: zip(2001..., $0)) })
    let last = try #require(known.lastKnownYear)
    let series = try BirthMethod.trend(.init(damping: given.damping))
      .births(known: known, years: Array(last + 1...last + 10))
    for (lead, wanted) in zip(1..., given.totals) {
      for (district, share) in given.shares {
        expectClose(
          series.districts[district]?[last + lead], share * wanted, within: 1e-7,
          "\(district) \(lead)")
      }
    }
  }
}
