import Diagnostics
import PlacePlanning
import Projection
import TestSupport
import Testing

/// The central projection of round figures, worked by hand.
struct ProjectTests {
  private let p = HandModel.p
  private let s = HandModel.s

  /// Intake 100 / 125 = 0.8; survival 1 but 40/105 into Year 12 and 30/40 into Year 13; Year 7: 90 of 100 Year 6 pupils flow,
  /// 105 - 90 = 15 newcomers per 100.
  @Test("rolls that stand still stay as they are")
  func standingStill() throws {
    let model = try HandModel().model
    let pupils = try project(model)
    expectClose(pupils.rates.intake[p]?.value, 0.8, within: 1e-12)
    expectClose(pupils.rates.transfer.imports.first, 0.15, within: 1e-12)
    #expect(pupils.rates.transfer.share(from: p, to: s) == 0.9)
    #expect(pupils.rates.transfer.share(from: s, to: p) == 0)
    for year in pupils.years {
      for area in pupils.areas {
        for yearGroup in area.phase.yearGroups {
          expectClose(
            pupils.central[area.code, yearGroup, year],
            model.countyRolls[AcademicYear(2017), yearGroup] ?? .nan, within: 1e-9, "\(yearGroup) \(year)")
        }
      }
    }
    #expect(pupils.history.mark == .given)
  }

  /// A cohort of 130 in Year 5 passes to Year 6, and a year later 117 of it and 19.5 newcomers make Year 7.
  @Test("a large cohort goes up a year group a year, and over to Year 7")
  func wave() throws {
    var hand = HandModel()
    hand.rolls[p]?[AcademicYear(2017), try #require(YearGroup(number: 5))] = 130
    hand.rolls[p]?[AcademicYear(2016), try #require(YearGroup(number: 4))] = 130
    hand.rolls[p]?[AcademicYear(2015), try #require(YearGroup(number: 3))] = 130
    hand.rolls[p]?[AcademicYear(2014), try #require(YearGroup(number: 2))] = 130
    let pupils = try project(try hand.model)
    expectClose(pupils.central[p, .year6, AcademicYear(2018)], 130, within: 1e-9)
    expectClose(pupils.central[s, .year7, AcademicYear(2019)], 136.5, within: 1e-9)
    let entry = try #require(
      pupils.ledger.entries.first { $0.area == s && $0.yearGroup == .year7 && $0.year.start == 2019 })
    #expect(entry.opening == 0 && entry.intake == 0 && entry.leaving == 0 && entry.housing == 0)
    expectClose(entry.transfersIn, 117, within: 1e-9)
    expectClose(entry.imports, 19.5, within: 1e-9)
    #expect(pupils.ledger.worstResidual <= 1e-9)
  }

  @Test("a model that says so carries births on by their trend, times the factor")
  func birthTrend() throws {
    var hand = HandModel()
    hand.horizonYears = 5
    for year in 2009...2016 { hand.births["D"]?[year] = 200 - Double(year - 2009) * 10 }
    hand.futureBirths = .trend
    hand.futureBirthsFactor = 1.1
    let pupils = try project(try hand.model)
    let ahead = try BirthMethod.trend(BirthTrend()).births(
      known: try hand.model.births, years: [2017, 2018], futureFactor: 1.1
    ).districts["D"]
    let (first, second) = (try #require(ahead?[2017]), try #require(ahead?[2018]))
    #expect(first < 130 * 1.1 && second < first, "births go on falling")
    expectClose(
      pupils.births.cohorts[p]?[AcademicYear(2021)], (10 * first + 2 * second) / 12, within: 1e-9)
    // Known births are left alone: ten months of 150, two of 140.
    expectClose(pupils.births.cohorts[p]?[AcademicYear(2018)], (1500 + 280) / 12, within: 1e-9)
  }

  /// Births to June 2013, 2014, 2015, 2016: 125, 125, 140, 170. Beyond: (3 x 170 + 2 x 140 + 125) / 6 = 152.5, at 1.2 183.
  /// 2018: (10 x 125 + 2 x 140) / 12 = 127.5; 2019: (1400 + 340) / 12 = 145; 2020: (1700 + 366) / 12 = 172.1667; 2021: 183.
  @Test("births not yet counted stand at the level of the last three years, times the factor")
  func births() throws {
    var hand = HandModel()
    hand.horizonYears = 4
    hand.births["D"]?[2015] = 140
    hand.births["D"]?[2016] = 170
    hand.futureBirthsFactor = 1.2
    let pupils = try project(try hand.model)
    #expect(pupils.births.lastKnownYear == 2016)
    for (start, wanted, isKnown) in [
      (2017, 125.0, true), (2018, 127.5, true), (2019, 145, true), (2020, 172.166_666_666_7, false),
      (2021, 183, false),
    ] {
      let year = AcademicYear(start)
      expectClose(pupils.births.cohorts[p]?[year], wanted, within: 1e-9, "\(year)")
      #expect(pupils.births.isKnown(reachingReceptionIn: year) == isKnown, "\(year)")
      expectClose(
        pupils.central[p, .reception, year], 0.8 * wanted, within: 1e-9, "Reception in \(year)")
    }
  }

  /// A site of 60 homes, 20 of them before 2018/19 and 40 before 2019/20. Reception yields 0.1 in the first year, 0.2 from the second.
  private func withHomes(background: [PlanningAreaCode: Double]) throws -> TrajectorySet {
    var hand = HandModel()
    hand.yields = ["house": PupilYield(byAge: [.reception: [0.1, 0.2]])]
    hand.background = background
    hand.sites = [
      HousingSite(
        key: "site", name: "Site", dwellingType: "house", dwellings: 60, primaryArea: p,
        secondaryArea: s, firstCompletions: AcademicYear(2018), homesPerYear: 40)
    ]
    return try project(try hand.model)
  }

  /// 20 homes before 2018/19, 40 before 2019/20, of which 10 a year are background: 10, then 30 count. Reception yields 0.1 in
  /// the first year, 0.2 from the second; nobody in other year groups, so that the ledger takes them out again.
  @Test("new homes by hand, and what the ledger says of them")
  func homes() throws {
    let pupils = try withHomes(background: [p: 10, s: 0])
    let found = (2017...2020).map { pupils.fromHousing(p, .reception, AcademicYear($0)) }
    for (found, wanted) in zip(found, [0.0, 1, 5, 8]) { expectClose(found, wanted, within: 1e-9) }
    expectClose(pupils.central[p, .reception, AcademicYear(2019)], 105, within: 1e-9)
    let year1 = try #require(
      pupils.ledger.entries.first {
        $0.area == p && $0.yearGroup?.number == 1 && $0.year == AcademicYear(2019)
      })
    expectClose(year1.opening, 101, within: 1e-9)
    expectClose(year1.housing, -1, within: 1e-9)
    expectClose(year1.closing, 100, within: 1e-9)
    #expect(pupils.ledger.worstResidual <= 1e-9)
  }

  /// 20 homes before 2018/19 and 40 before 2019/20, all of which count.
  @Test("an area without a background rate counts all its new homes")
  func homesWithoutBackground() throws {
    let pupils = try withHomes(background: [:])
    let found = (2017...2020).map { pupils.fromHousing(p, .reception, AcademicYear($0)) }
    for (found, wanted) in zip(found, [0.0, 2, 8, 12]) { expectClose(found, wanted, within: 1e-9) }
  }

  /// 24 homes from April 2018, 36 from April 2019: 10, 14 + 15 and 21 before each September, of which 10 a year are background.
  @Test("new homes by year from April to March, by hand")
  func homesByYear() throws {
    var hand = HandModel()
    hand.yields = ["house": PupilYield(byAge: [.reception: [0.1, 0.2]])]
    hand.background[p] = 10
    hand.sites = [
      HousingSite(
        key: "site", name: "Site", dwellingType: "house", dwellings: 60, primaryArea: p, secondaryArea: s,
        yearly: YearlyCompletions([24, 36], from: FinancialYear(2018)))
    ]
    let pupils = try project(try hand.model)
    let found = (2017...2020).map { pupils.fromHousing(p, .reception, AcademicYear($0)) }
    // 19 homes count in 2019/20, 11 in 2020/21.
    for (found, wanted) in zip(found, [0.0, 0, 1.9, 4.9]) { expectClose(found, wanted, within: 1e-9) }
    #expect(pupils.ledger.worstResidual <= 1e-9)
  }

  /// Year 6 less a tenth is 90 of 100; the county's step is 1.05, so that 0.15 per Year 6 pupil are newcomers.
  @Test("a raked flow sends all who stay to where the pattern allows")
  func rakedFlow() throws {
    var hand = HandModel()
    hand.basis = .pattern
    hand.share = 0.3
    hand.leavers = 0.1
    let flow = try project(try hand.model).rates.transfer
    expectClose(flow.share(from: p, to: s), 0.9, within: 1e-9)
    expectClose(flow.imports.first, 0.15, within: 1e-9)
  }

  @Test("a flow that cannot meet the rolls is refused: E212")
  func impossible() throws {
    var hand = HandModel()
    hand.basis = .pattern
    hand.leavers = 0
    hand.rolls[s]?[AcademicYear(2017), .year7] = 60
    let model = try hand.model
    let refusal = #expect(throws: DiagnosticList.self) { try project(model) }
    #expect(refusal?.diagnostics.map(\.code) == [.transferImpossible])
    let words = try #require(refusal?.diagnostics.first?.what)
    #expect(
      words.contains("the authority's Year 7 of 2017/18 has 60 pupils, and its Year 6 of 2016/17 had 100"))
    #expect(words.hasSuffix("or that share is too small; of these counts at least 0.4 leave"))
    var closed = HandModel()
    closed.basis = .pattern
    closed.share = 0
    let other = try closed.model
    #expect(throws: DiagnosticList.self) { try project(other) }
  }

  /// Births stay at 125 a year, of whom 0.8 join, times the factor from the first Reception that all of it reaches, 2021/22.
  @Test("more children than there can be are refused: E212")
  func tooMany() throws {
    var hand = HandModel()
    hand.horizonYears = 4
    hand.futureBirthsFactor = 1e6
    expectClose(try project(try hand.model).central[p, .reception, AcademicYear(2021)], 1e8, within: 1e-3)
    hand.futureBirthsFactor = 2e7
    let model = try hand.model
    let refusal = #expect(throws: DiagnosticList.self) { try project(model) }
    #expect(refusal?.diagnostics.map(\.code) == [.transferImpossible])
    let words = try #require(refusal?.diagnostics.first?.what)
    #expect(words.contains("Reception of Primary would have ") && words.hasSuffix(" pupils in 2021/22"))
  }

  /// The cohort of 2015/16 was born in the years to June 2011 and 2012.
  @Test("a Reception without births behind it is refused: E212")
  func unborn() throws {
    var hand = HandModel()
    hand.births["D"]?[2011] = 0
    _ = try project(try hand.model)
    hand.births["D"]?[2012] = 0
    let words = try refused(hand)
    #expect(words.contains("Reception of Primary (P) has 100 pupils in 2017/18, and nothing tells how many"))
    #expect(words.hasSuffix("there were no births behind it in 2015/16"))
  }

  /// As in an area of junior schools, whose Year 3 comes from elsewhere. One year without a Year 2 is an accident of small numbers.
  @Test("a year group that never had one below it is refused: E212")
  func alone() throws {
    let year2 = try #require(YearGroup(number: 2))
    var hand = HandModel()
    hand.rolls[HandModel.p]?[AcademicYear(2016), year2] = 0
    hand.rolls[HandModel.p]?[AcademicYear(2015), year2] = 0
    // Beside it, an area that has both.
    let other = PlanningAreaCode("Q")
    hand.rolls[other] = HandModel().rolls[HandModel.p]
    hand.otherPrimary = PlanningArea(code: other, name: "Other", phase: .primary, district: "D")
    _ = try project(try hand.model)
    for year in [2014, 2017] { hand.rolls[HandModel.p]?[AcademicYear(year), year2] = 0 }
    let words = try refused(hand)
    #expect(words.contains("Year 3 of Primary (P) has 100 pupils in 2017/18, and nothing tells how many"))
    #expect(words.hasSuffix("nobody was in Year 2 a year before it in 2015/16, 2016/17, 2017/18"))
  }

  private func refused(_ hand: HandModel) throws -> String {
    let model = try hand.model
    let refusal = #expect(throws: DiagnosticList.self) { try project(model) }
    #expect(refusal?.diagnostics.map(\.code) == [.transferImpossible])
    return try #require(refusal?.diagnostics.first?.what)
  }
}

/// Rolls by year group derived from totals.
struct DerivedRollsTests {
  private let small = PlanningAreaCode("A")
  private let large = PlanningAreaCode("B")
  private let secondary = PlanningAreaCode("S")

  /// 40 pupils in every year group of the county, and 100 births a year unless others are given.
  private func model(births: [Int: Double] = [:], without empty: Phase? = nil) throws -> PlanningModel {
    let hand = try HandModel().model
    var county = RollTable()
    for year in 2013...2017 {
      for yearGroup in YearGroup.all {
        county[AcademicYear(year), yearGroup] = yearGroup.phase == empty ? 0 : 40
      }
    }
    let usual = Dictionary(uniqueKeysWithValues: (2003...2016).map { ($0, 100.0) })
    return PlanningModel(
      identity: hand.identity, scenario: "central", baseYear: hand.baseYear, horizonYears: 2,
      areas: [
        PlanningArea(code: small, name: "Small", phase: .primary, district: "D"),
        PlanningArea(code: large, name: "Large", phase: .primary, district: "D"),
        PlanningArea(code: secondary, name: "Secondary", phase: .secondary, district: "D"),
      ],
      countyRolls: county,
      areaRolls: .totals([small: 70, large: 210, secondary: 280], year: AcademicYear(2016)),
      births: BirthTable(districts: ["D": usual.merging(births) { $1 }]),
      birthShares: [small: 0.25, large: 0.75], futureBirthsFactor: 1,
      transfer: TransferPlan(
        shares: [small: [secondary: 1], large: [secondary: 1]], basis: .pattern, leavers: 0.1),
      capacity: hand.capacity, housing: hand.housing, operatingMargin: [:], schemes: [], spending: nil,
      publishedNeeds: [], assumptions: [], appliedOverrides: [], datasets: [:], sources: [])
  }

  /// The cohort of 2017/18 was born in the years to June 2013 and 2014; every older one has births.
  @Test("a Reception without births behind it is refused: E212")
  func unborn() throws {
    let model = try model(births: [2013: 0, 2014: 0])
    let refusal = #expect(throws: DiagnosticList.self) { try project(model) }
    #expect(refusal?.diagnostics.map(\.code) == [.transferImpossible])
    let words = try #require(refusal?.diagnostics.first?.what)
    #expect(words.contains("Reception of the authority has 40 pupils in 2017/18"))
    #expect(words.hasSuffix("there were no births behind it in 2017/18"))
  }

  /// Two primary areas with totals 70 and 210, alike in births: the county's 40 of each year group split 10 to 30.
  @Test("areas alike in births share every year group as they share the total")
  func split() throws {
    let pupils = try project(try model())
    #expect(pupils.history.mark == .derived)
    for year in [2016, 2017, 2018, 2019].map({ AcademicYear($0) }) {
      for yearGroup in AreaPhase.primary.yearGroups {
        let isPast = year <= AcademicYear(2017)
        let table = pupils.history.tables
        expectClose(
          isPast ? table[small]?[year, yearGroup] : pupils.central[small, yearGroup, year], 10, within: 1e-6)
        expectClose(
          isPast ? table[large]?[year, yearGroup] : pupils.central[large, yearGroup, year], 30, within: 1e-6)
      }
    }
    expectClose(pupils.rates.intake[small]?.value, 0.4, within: 1e-6)
    expectClose(pupils.central[secondary, .year7, AcademicYear(2018)], 40, within: 1e-6)
    expectClose(pupils.rates.transfer.imports.first, 0.1, within: 1e-6)
  }
}

extension DerivedRollsTests {
  /// As in Bury or on the Isles of Scilly: the year groups below come out as if the sixth form were there.
  @Test("an authority without sixth forms has none to come")
  func noSixthForms() throws {
    let (pupils, others) = (try project(try model(without: .sixthForm)), try project(try model()))
    for year in [2016, 2017].map({ AcademicYear($0) }) {
      #expect(Phase.sixthForm.yearGroups.allSatisfy { pupils.history.tables[secondary]?[year, $0] == 0 })
    }
    for year in [2018, 2019].map({ AcademicYear($0) }) {
      #expect(Phase.sixthForm.yearGroups.allSatisfy { pupils.central[secondary, $0, year] == 0 })
      for yearGroup in Phase.secondary.yearGroups {
        expectClose(
          pupils.central[secondary, yearGroup, year], others.central[secondary, yearGroup, year] ?? .nan,
          within: 1e-6)
      }
    }
  }
}

struct TrajectoryTests {
  @Test("nothing is answered for what a trajectory does not hold")
  func outside() throws {
    let path = try project(try HandModel().model).central
    #expect(path[HandModel.p, .year7, AcademicYear(2018)] == nil)
    #expect(path[HandModel.s, .year6, AcademicYear(2018)] == nil)
    #expect(path[PlanningAreaCode("X"), .reception, AcademicYear(2018)] == nil)
    #expect(path[HandModel.p, .reception, AcademicYear(2016)] == nil)
    #expect(path[HandModel.p, .reception, AcademicYear(2021)] == nil)
    #expect(path[HandModel.p, .reception, AcademicYear(2020)] != nil)
  }

  @Test("totals add areas and year groups")
  func totals() throws {
    let path = try project(try HandModel().model).central
    expectClose(path.total(Phase.primary.yearGroups, AcademicYear(2017)), 700)
    expectClose(path.total(Phase.secondary.yearGroups, AcademicYear(2017)), 525)
    expectClose(path.total([.reception, .year7], AcademicYear(2017)), 205)
  }
}
