import PlacePlanning
import Projection
import Testing

/// What the births methods refuse, and what they say of it.
struct BirthFaultTests {
  /// What is said of a method that is asked for two years to come.
  private func faults(
    _ method: BirthMethod, known: BirthTable = twoDistricts, years: [Int] = [2017, 2018], factor: Double = 1
  ) -> [String] {
    let refusal = #expect(throws: BirthFaults.self) {
      try method.births(known: known, years: years, futureFactor: factor)
    }
    return refusal?.faults.map(\.description) ?? []
  }

  @Test("births that cannot be")
  func births() {
    #expect(faults(.level, known: BirthTable(districts: [:])) == ["births are given for no district"])
    let known = BirthTable(districts: [
      "D": [2014: 100, 2015: -1, 2016: .infinity], "E": [2015: 200, 2016: 200],
    ])
    #expect(
      faults(.level, known: known, years: [2014, 2017], factor: -0.5) == [
        "district 'D', year 2015: births of -1.0 must be a number from 0 up",
        "district 'D', year 2016: births of inf must be a number from 0 up",
        "district 'E', year 2014: births are missing",
        "a factor on births of -0.5 must be a number from 0 up",
        "district 'E', year 2016: 2 known years without a gap; at least 3 are needed",
      ])
    let none = BirthTable(districts: ["D": [2014: 9, 2015: 0, 2016: 9]])
    #expect(faults(.trend(.init()), known: none) == ["year 2015: there are no births in any district"])
    #expect(faults(.level, factor: .nan) == ["a factor on births of nan must be a number from 0 up"])
  }

  @Test("a trend needs three years and damping between 0 and 1", arguments: [0, 1, -0.5, .nan])
  func trend(damping: Double) {
    let known = BirthTable(districts: ["D": [2012: 9, 2015: 9, 2016: 9]])
    #expect(
      faults(.trend(.init(damping: damping)), known: known) == [
        "damping of \(damping) must lie between 0 and 1",
        "district 'D', year 2016: 2 known years without a gap; at least 3 are needed",
      ])
  }

  @Test("fixed rate: women who are missing, negative or nought")
  func fixedRate() {
    let women = [
      "D": [2014: 1000.0, 2015: 0, 2016: 1000, 2017: -1],
      "E": [2014: 1000.0, 2015: 1000, 2016: 1000, 2017: 0, 2018: .nan],
    ]
    #expect(
      faults(.fixedRate(.init(women: women, rate: .recent))) == [
        "district 'D', year 2017: -1.0 women must be a number from 0 up, and above it where a rate is taken from them",
        "district 'D', year 2018: the number of women is missing",
        "district 'E', year 2018: nan women must be a number from 0 up, and above it where a rate is taken from them",
        "district 'D', year 2015: 0.0 women must be a number from 0 up, and above it where a rate is taken from them",
      ])
    let given = FixedRate(women: women, rate: .given(["D": -0.1]))
    #expect(
      faults(.fixedRate(given), years: [2016]) == [
        "district 'D': the fertility rate -0.1 must be a number from 0 up, and 0 at age 0",
        "district 'E': the fertility rate is missing",
      ])
  }

  @Test("cohort component: women, ages, survival, fertility, migration")
  func cohortComponent() {
    let bad = CohortComponent.Schedule(
      survivalFromBirth: 1.5, survival: [1, -0.1, 1], fertility: [0.1, .nan, -2])
    let short = CohortComponent.Schedule(survivalFromBirth: 1, survival: [1, 1], fertility: [0, 0, 0])
    let method = CohortComponent(
      baseYear: 2017, women: ["D": [1, -2, 3], "F": [1, 2, 3], "G": []],
      schedules: ["D": bad, "F": short], migration: ["D": [0, .nan, 0], "F": [0, 0]],
      girlsShare: 2)
    let found = faults(.cohortComponent(method))
    let wanted = [
      "district 'E', year 2017: the number of women is missing",
      "year 2017: births are not known, and women only on 30 June 2017",
      "a girls' share of births of 2.0 must lie from 0 to 1",
      "district 'D', year 2017, age 1: -2.0 women must be a number from 0 up, and above it where a rate is taken from them",
      "district 'D', age 1: migration of nan is not a number, or more women leave than there are",
      "district 'D': survival of 1.5 must lie from 0 to 1",
      "district 'D', age 1: survival of -0.1 must lie from 0 to 1",
      "district 'D', age 0: the fertility rate 0.1 must be a number from 0 up, and 0 at age 0",
      "district 'D', age 1: the fertility rate nan must be a number from 0 up, and 0 at age 0",
      "district 'D', age 2: the fertility rate -2.0 must be a number from 0 up, and 0 at age 0",
      "district 'F': 2 ages, where the women have 3",
      "district 'F': 2 ages, where the women have 3",
      "district 'G', year 2017: the number of women is missing",
      "district 'G', year 2017: 0 ages, where the women have 3",
      "district 'G': net migration is missing",
      "district 'G': survival and fertility are missing",
    ]
    #expect(found == wanted)
    let nobody = CohortComponent(baseYear: 2016, women: [:], schedules: [:])
    #expect(
      faults(.cohortComponent(nobody)).prefix(2) == [
        "district 'D', year 2016: the number of women is missing",
        "district 'E', year 2016: the number of women is missing",
      ])
  }

  @Test("more women leave than there are: the district, the year and the age")
  func migration() {
    let schedule = CohortComponent.Schedule(survivalFromBirth: 1, survival: [1, 1, 0], fertility: [0, 1, 1])
    let method = CohortComponent(
      baseYear: 2016, women: ["D": [5, 5, 5], "E": [5, 5, 5]], schedules: ["D": schedule, "E": schedule],
      migration: ["D": [0, 0, 0], "E": [0, 0, -6]])
    #expect(
      faults(.cohortComponent(method)) == [
        "district 'E', year 2017, age 2: migration of -6.0 is not a number, or more women leave than there are"
      ])
  }
}
