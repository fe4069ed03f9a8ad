import NumericCore
import PlacePlanning
import Projection
import TestSupport
import Testing

/// A few invented districts with births, women and schedules, the same for the same seed.
private struct RandomBirths {
  var districts: [String]
  var known: [String: [Int: Double]] = [:]
  var women15To44: [String: [Int: Double]] = [:]
  var women: [String: [Double]] = [:]
  var migration: [String: [Double]] = [:]
  var schedules: [String: CohortComponent.Schedule] = [:]
  let damping: Double

  static let lastYear = 2016
  static let years = Array(2012...2028)

  init(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    districts = (0..<Int.random(in: 1...5, using: &random)).map { "D\($0)" }
    damping = .random(in: 0.5...0.95, using: &random)
    let first = 2016 - Int.random(in: 4...20, using: &random)
    let ages = Int.random(in: 46...91, using: &random)
    for district in districts {
      for year in first...2028 {
        women15To44[district, default: [:]][year] = .random(in: 500...9000, using: &random)
        if year <= Self.lastYear {
          known[district, default: [:]][year] = Double.random(in: 50...900, using: &random).rounded()
        }
      }
      women[district] = (0..<ages).map { _ in .random(in: 50...500, using: &random) }
      migration[district] = (0..<ages).map { _ in .random(in: -0.5...3, using: &random) }
      schedules[district] = .init(
        survivalFromBirth: .random(in: 0.98...1, using: &random),
        survival: (0..<ages).map { _ in .random(in: 0.97...1, using: &random) },
        fertility: (0..<ages).map { (15...44).contains($0) ? .random(in: 0...0.12, using: &random) : 0 })
    }
  }

  var cohortComponent: CohortComponent {
    CohortComponent(baseYear: 2015, women: women, schedules: schedules, migration: migration)
  }

  var methods: [(name: String, method: BirthMethod)] {
    [
      ("latest", .latest), ("level", .level),
      ("fixed rate", .fixedRate(.init(women: women15To44, rate: .recent))),
      (
        "given rate", .fixedRate(.init(women: women15To44, rate: .given(known.mapValues { _ in 0.06 })))
      ),
      ("cohort component", .cohortComponent(cohortComponent)),
      ("trend", .trend(.init(damping: damping))),
    ]
  }

  func series(_ method: BirthMethod, factor: Double? = nil) throws -> BirthTable {
    let table = BirthTable(districts: known)
    guard let factor else { return try method.births(known: table, years: Self.years) }
    return try method.births(known: table, years: Self.years, futureFactor: factor)
  }

  /// Every district under another name, in another order.
  func renamed(_ name: (String) -> String) -> RandomBirths {
    func under<Value>(_ values: [String: Value]) -> [String: Value] {
      Dictionary(uniqueKeysWithValues: values.map { (name($0.key), $0.value) })
    }
    var other = self
    other.districts = districts.map(name)
    other.known = under(known)
    other.women15To44 = under(women15To44)
    other.women = under(women)
    other.migration = under(migration)
    other.schedules = under(schedules)
    return other
  }
}

/// What every way of carrying births forward must hold to.
struct BirthLawTests {
  @Test(
    "known births are as given; a factor of 1 changes no bit; another one only what is to come",
    arguments: seeds)
  func factor(seed: UInt64) throws {
    let given = RandomBirths(seed: seed)
    for (name, method) in given.methods {
      let plain = try given.series(method)
      #expect(try given.series(method, factor: 1) == plain, "\(name)")
      let more = try given.series(method, factor: 1.25)
      for district in given.districts {
        for year in RandomBirths.years {
          let births = try #require(plain.districts[district]?[year])
          let isKnown = year <= RandomBirths.lastYear
          #expect(!isKnown || births == given.known[district]?[year], "\(name)")
          #expect(more.districts[district]?[year] == (isKnown ? births : births * 1.25), "\(name)")
          #expect(births.isFinite && births >= 0, "\(name)")
        }
      }
    }
  }

  @Test("twice the people have twice the births", arguments: seeds)
  func scaled(seed: UInt64) throws {
    let given = RandomBirths(seed: seed)
    var twice = given
    twice.known = given.known.mapValues { $0.mapValues { $0 * 2 } }
    twice.women15To44 = given.women15To44.mapValues { $0.mapValues { $0 * 2 } }
    twice.women = given.women.mapValues { $0.map { $0 * 2 } }
    twice.migration = given.migration.mapValues { $0.map { $0 * 2 } }
    for ((name, method), (_, other)) in zip(given.methods, twice.methods) {
      let (one, two) = (try given.series(method), try twice.series(other))
      for year in RandomBirths.years {
        for district in given.districts {
          let births = try #require(one.districts[district]?[year])
          expectClose(
            two.districts[district]?[year], 2 * births, within: 1e-10 * births, "\(name) \(year)")
        }
      }
    }
  }

  @Test("districts in another order have the same births", arguments: seeds)
  func permuted(seed: UInt64) throws {
    let given = RandomBirths(seed: seed)
    // D0 ... D4 sort the other way round as Z4 ... Z0.
    func name(_ district: String) -> String {
      "Z\(given.districts.count - 1 - (given.districts.firstIndex(of: district) ?? 0))"
    }
    let other = given.renamed(name)
    for ((label, method), (_, turned)) in zip(given.methods, other.methods) {
      let (one, two) = (try given.series(method), try other.series(turned))
      for year in RandomBirths.years {
        for district in given.districts {
          let births = try #require(one.districts[district]?[year])
          expectClose(
            two.districts[name(district)]?[year], births, within: 1e-11 * births, "\(label) \(year)")
        }
      }
    }
  }

  @Test("nobody born and nobody moving: no births, and women only grow older", arguments: seeds)
  func ageing(seed: UInt64) throws {
    var given = RandomBirths(seed: seed)
    given.migration = [:]
    given.schedules = given.schedules.mapValues {
      .init(
        survivalFromBirth: $0.survivalFromBirth, survival: $0.survival.dropLast() + [0],
        fertility: $0.fertility.map { _ in 0 })
    }
    let method = given.cohortComponent
    let path = try method.projected(to: 2028)
    for (column, district) in given.districts.enumerated() {
      let survival = try #require(given.schedules[district]).survival
      for year in 2016...2028 {
        let (now, before) = (try #require(path.women[year]), try #require(path.women[year - 1]))
        #expect(path.births[district]?[year] == 0)
        #expect(now[0, column] == 0)
        for age in 1..<survival.count {
          #expect(now[age, column] == survival[age - 1] * before[age - 1, column])
        }
      }
    }
  }
}
