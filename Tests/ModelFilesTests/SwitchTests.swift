import Diagnostics
import Foundation
import ModelFiles
import PlacePlanning
import TestSupport
import Testing

private func parsed(_ name: String = "exampleton") throws -> ParsedModel {
  try ParsedModel(try load(ModelRequest(folder: Repository.file("Models/\(name)"))))
}

/// The town with assumptions set.
private func town(_ values: [String: Double], _ name: String = "exampleton") throws -> PlanningModel {
  try parsed(name).checked(changes: set(values)).model
}

/// The assumptions that scenarios turn.
@Suite struct SwitchTests {
  @Test func `homes come later, sooner, faster or not at all`() throws {
    // Mill Lane: 100 homes, 40 a year, half of that in the first year, 2019/20; the base year is 2017/18.
    func completions(_ values: [String: Double]) throws -> [Double] {
      let site = try #require(try town(values).housing.sites.first)
      return (2018...2023).map { site.completions(before: AcademicYear($0)) }
    }
    #expect(try completions([:]) == [0, 20, 40, 40, 0, 0])
    #expect(try completions(["housing.delivery_shift": 2]) == [0, 0, 0, 20, 40, 40])
    #expect(try completions(["housing.delivery_shift": -1]) == [20, 40, 40, 0, 0, 0])
    // None is moved to or before the base year.
    #expect(try completions(["housing.delivery_shift": -10]) == [20, 40, 40, 0, 0, 0])
    #expect(try completions(["housing.delivery_factor": 0.5]) == [0, 10, 20, 20, 20, 20])
    #expect(try completions(["housing.delivery_factor": 2]) == [0, 40, 60, 0, 0, 0])
    #expect(try completions(["housing.delivery_factor": 0]) == [0, 0, 0, 0, 0, 0])
  }

  /// Of Gloucestershire's eleven, births and flows are alike and the floor of survival is nought: two are set, so that all differ.
  @Test func `each assumption of uncertainty is read for its own source`() throws {
    let values = ["uncertainty.births": 0.05, "uncertainty.survival_floor": 0.001]
    #expect(
      try town(values, "gloucestershire").uncertainty
        == UncertaintyPlan(
          births: 0.05, intakeArea: 0.04, intakeCounty: 0.02, survivalSampling: 0.12, survivalFloor: 0.001,
          survivalCounty: 0.007, transfer: 0.03, yield: 0.2, areaCorrelation: 0.1, siteDelay: 0.3,
          slowBuild: 0.25))
    #expect(try town([:]).uncertainty == nil)
  }

  /// The town's own figures, but for those that are alike, or nought, in its files.
  @Test func `each assumption of the programme is read for its own figure`() throws {
    let plan = try #require(
      try town([
        "programme.unmet_weight.secondary": 2, "programme.year_weight": 0.9, "programme.mrp_annuity": 1,
        "delivery.small.year_late": 0.15, "delivery.small.mean_overrun": 0.02,
      ]).capital)
    #expect(
      plan.goals
        == ProgrammeGoals(
          unmetWeight: [.primary: 1, .secondary: 2], yearWeight: 0.9, discountRate: 0.035,
          surplusPlaceCost: 100))
    #expect(
      plan.points == PointsWeights(committed: 100, need: 30, urgency: 5, condition: 10, value: 20))
    #expect(
      plan.revenue
        == RevenueRates(
          growthFundPerPlace: [.primary: 1_000, .secondary: 1_500],
          newSchoolStartUp: [.primary: 50_000, .secondary: 100_000],
          missingYearGroup: [.primary: 10_000, .secondary: 20_000], temporaryHire: 30_000,
          netRevenueStream: 10_000_000))
    #expect(
      plan.borrowing.interest == 0.04 && plan.borrowing.method == .annuity && plan.buildingInflation == 0.03)
    #expect(
      plan.delivery["small"]
        == DeliveryRisk(chanceOfYearLate: 0.15, meanOverrun: 0.02, overrunSpread: 0.05))
  }

  /// 20 homes of 100 by the base year, 60 by 2018 and 100 by 2019 as stated; half as fast, 40 are there half a planned year on.
  @Test(
    arguments: [
      (0, 1, [20, 60, 100, 100, 100, 100, 100], 40), (3, 1, [20, 20, 20, 20, 60, 100, 100], 40),
      (-2, 1, [20, 60, 100, 100, 100, 100, 100], 40), (0, 0.5, [20, 40, 60, 80, 100, 100, 100], 20),
      (0, 2, [20, 100, 100, 100, 100, 100, 100], 80), (1, 0.5, [20, 20, 40, 60, 80, 100, 100], 20),
      (3, 0, [20, 20, 20, 20, 20, 20, 20], 0),
    ] as [(Double, Double, [Double], Double)])
  func `of a site that has begun the homes to come are late, few or fast`(
    _ shift: Double, _ factor: Double, _ wanted: [Double], _ most: Double
  ) throws {
    let site = try #require(
      try town([
        "housing.mill_lane.first_completions": 2017, "housing.delivery_shift": shift,
        "housing.delivery_factor": factor,
      ]).housing.sites.first)
    #expect((2017...2023).map { site.finished(by: AcademicYear($0)) } == wanted)
    #expect(site.mostInAYear == most && site.finished(by: AcademicYear(2016)) == 0)
  }

  /// All 100 homes from 2014 on are there by 2017.
  @Test func `a finished site stays as it is`() throws {
    let values = ["housing.mill_lane.first_completions": 2014.0]
    let stated = try #require(try town(values).housing.sites.first)
    let late = try town(values.merging(["housing.delivery_shift": 3, "housing.delivery_factor": 0]) { $1 })
    #expect(late.housing.sites.first == stated)
  }

  /// 20 homes of 100 in 2016, 40 more in 2017 and in 2018: the base year counts 60 of them.
  @Test func `a site that has begun is finished with the homes that were counted already`() throws {
    let checked = try parsed().checked(changes: set(["housing.mill_lane.first_completions": 2016]))
    #expect(checked.model.housing.sites.first?.finished(by: AcademicYear(2018)) == 100)
    #expect(!checked.warnings.diagnostics.contains { $0.code == .siteNotFinished })
  }

  /// North is committed, so its budget is agreed.
  @Test func `costs rise by reference class`() throws {
    let schemes = try #require(try town(["cost_factor.building": 1.25]).capital).schemes
    #expect(
      schemes.map { "\($0.key) \($0.cost.pounds)" } == [
        "boiler 100000", "north 1200000", "south 750000", "south_bulge 90000",
      ])
  }

  /// The approved programme's budget is compared with the cost as stated.
  @Test func `a cost factor raises no warning about the approved programme`() throws {
    let checked = try parsed().checked(changes: set(["cost_factor.building": 0.9]))
    #expect(checked.warnings.diagnostics.isEmpty)
  }

  @Test func `borrowing is scaled and rounded down`() throws {
    let borrowing = try #require(try town(["borrowing.limit_factor": 0.333335]).capital).borrowing
    #expect(borrowing.limit[FinancialYear(2019)] == 100_000)
    let stated = try #require(try town([:]).capital).borrowing
    #expect(stated.limit[FinancialYear(2019)] == 300_000)
    #expect(borrowing.revenueCeiling == stated.revenueCeiling)
  }

  @Test func `a scheme opens later, at the same cost`() throws {
    func south(_ values: [String: Double]) throws -> Scheme {
      let plan = try #require(try town(values).capital)
      return try #require(plan.schemes.first { $0.key == "south" })
    }
    let (stated, late) = (try south([:]), try south(["scheme.south.delay": 2]))
    #expect(late.buildYears == stated.buildYears + 2)
    #expect(late.cost == stated.cost && late.profile == stated.profile && late.window == stated.window)
  }

  @Test func `without a scheme go the rival plans that need it`() throws {
    let plan = try #require(try town(["scheme.south.available": 0]).capital)
    #expect(plan.schemes.map(\.key) == ["boiler", "north", "south_bulge"])
    #expect(plan.rivals.map(\.key) == ["bulge", "wait"])
  }

  @Test func `without a scheme go those that require it`() throws {
    let copy = try ModelCopy()
    try copy.replace(
      "Datasets/exampleton-schemes/data.csv", "2022/23,no,south_primary,,10", with: "2022/23,no,,south,10")
    let model = try copy.check(["scheme.south.available": 0]).model
    #expect(model.capital?.schemes.map(\.key) == ["boiler", "north"])
  }

  /// The school that is published as planned is the scheme of the same name.
  @Test func `a planned school is late, or not built, in both places`() throws {
    func need(_ values: [String: Double]) throws -> PublishedNeed {
      try #require(try town(values, "gloucestershire").publishedNeeds.first)
    }
    let key = "scheme.new_secondary_cheltenham"
    #expect(try need([:]).plannedPlacesPerYearGroup == 180 && need([:]).plannedFrom == AcademicYear(2019))
    #expect(try need(["\(key).delay": 1]).plannedFrom == AcademicYear(2020))
    #expect(try need(["\(key).available": 0]).plannedPlacesPerYearGroup == 0)
  }

  @Test(arguments: [
    ("housing.delivery_factor", -0.1), ("housing.delivery_shift", 0.5), ("cost_factor.building", 11),
    ("borrowing.limit_factor", -1), ("scheme.south.available", 0.5), ("scheme.south.available", 2),
    ("scheme.south.delay", 1.5),
    ("scheme.south.delay", 6),
  ])
  func `only values that mean something`(_ key: String, _ value: Double) throws {
    let list = try #require(throws: DiagnosticList.self) { _ = try town([key: value]) }
    #expect(list.errors.map(\.code) == [.wrongValue])
  }

  /// A model need not have them; then nothing is scaled, shifted or switched.
  @Test func `a model without these assumptions is as before`() throws {
    let copy = try ModelCopy()
    let all = try copy.read("Models/exampleton/assumptions/all.yaml")
    try copy.write(
      "Models/exampleton/assumptions/all.yaml",
      (all.components(separatedBy: "housing.delivery_factor").first ?? "").utf8)
    let programme = try copy.read("Models/exampleton/assumptions/programme.yaml")
    try copy.write(
      "Models/exampleton/assumptions/programme.yaml",
      (programme.components(separatedBy: "borrowing.limit_factor").first ?? "").utf8)
    let bare = try copy.check().model
    let full = try town([:])
    #expect(bare.housing.sites == full.housing.sites)
    #expect(bare.capital?.schemes == full.capital?.schemes)
    #expect(bare.capital?.borrowing == full.capital?.borrowing)
    #expect(bare.assumptions.count == full.assumptions.count - 7)
    // And what it does not define cannot be changed.
    let list = try copy.faults(["housing.delivery_factor": 2])
    #expect(list.diagnostics.map(\.code) == [.unknownAssumption])
  }

  @Test func `a misspelt one is found`() throws {
    let copy = try ModelCopy()
    try copy.replace(
      "Models/exampleton/assumptions/all.yaml", "housing.delivery_factor", with: "housing.delivry_factor")
    let list = try copy.faults()
    #expect(list.diagnostics.map(\.code) == [.unknownKey])
    #expect(list.diagnostics.first?.fix == "did you mean 'housing.delivery_factor'?")
  }
}

/// Section 106 money whose homes a scenario or a change moves beyond the last year in which it may be spent.
@Suite struct LateAgreementTests {
  /// The town, the deed of Mill Lane to be spent by `year`; its homes bring the money in 2019/20, a year later in both scenarios.
  private func town(spendBy year: String) throws -> ModelCopy {
    let copy = try ModelCopy()
    try copy.replace(
      "Datasets/exampleton-section-106/data.csv", "2017-06-01,5,,", with: "2017-06-01,5,\(year),")
    return copy
  }

  private func found(_ copy: ModelCopy, _ key: String, _ value: Double) throws -> [String] {
    codes(try copy.findings([key: value]))
  }

  @Test(arguments: ["late-homes", "late-and-few"])
  func `a scenario that makes a deed too late is worked out`(_ scenario: String) throws {
    let copy = try town(spendBy: "2019/20")
    #expect(codes(try copy.check().warnings).isEmpty)
    let warnings = try copy.check(scenario: scenario).warnings
    #expect(codes(warnings) == ["W331 2:75"])
    let warning = try #require(warnings.diagnostics.first)
    #expect(warning.what.hasPrefix("under scenario '\(scenario)', agreement 'mill_lane' must be"))
    #expect(warning.what.hasSuffix("must be spent by 2019/20; its money arrives in 2020/21"))
    #expect(warning.why.hasSuffix("it counts as returned in 2020/21"))
    #expect(codes(try town(spendBy: "2020/21").check(scenario: scenario).warnings).isEmpty)
  }

  @Test func `so is a change`() throws {
    let copy = try town(spendBy: "2019/20")
    #expect(try found(copy, "housing.delivery_shift", 1) == ["W331 2:75"])
    #expect(try found(copy, "housing.delivery_shift", 0).isEmpty)
    // Never built, so never paid.
    #expect(try found(copy, "housing.delivery_factor", 0).contains("W310 2:46"))
  }

  /// Three years late, Mill Lane has 20 and 40 homes by September 2023, the last that is projected, and the quarry half of its 20 a year.
  @Test func `sites that a change makes unfinished are told at once, with what was changed`() throws {
    let copy = try ModelCopy()
    try copy.replace(
      "Datasets/exampleton-housing-sites/data.csv", "house,100,P1,S1\n",
      with: "house,100,P1,S1\nquarry,Quarry,house,40,P1,S1\n")
    try copy.replace(
      "Models/exampleton/assumptions/all.yaml", "housing.background.P1:",
      with: """
        housing.quarry.first_completions:
          title: First homes finished, Quarry
          unit: year
          value: 2020
          source: places-project
          mark: assumed
          quality: red
          impact: green
        housing.quarry.homes_per_year:
          title: Homes finished a year, Quarry
          unit: dwellings/year
          value: 20
          source: places-project
          mark: assumed
          quality: red
          impact: green
        housing.background.P1:
        """)
    func warnings(_ key: String, _ value: Double) throws -> [Diagnostic] {
      try copy.check([key: value]).warnings.diagnostics
    }
    #expect(try warnings("births.future_factor", 0.9).isEmpty)
    let late = try warnings("housing.delivery_shift", 3)
    #expect(
      late.map { "\($0.code.rawValue) \($0.what)" } == [
        "W304 with the changes asked for, 70 of 140 homes of Mill Lane, Quarry are finished by 2023/24"
      ])
    #expect(late.first?.fix.hasPrefix("nothing, if they are meant") == true)
    let none = try warnings("housing.delivery_factor", 0)
    #expect(
      none.map(\.what) == [
        "with the changes asked for, 0 of 140 homes of Mill Lane, Quarry are finished by 2023/24",
        "with the changes asked for, agreement 'mill_lane': Mill Lane does not have 20 homes by 2023/24",
      ])
  }

  /// North costs 1,800,000: 1,360,000 from pots, 300,000 borrowed, and the deed's 200,000, which no home brings.
  @Test func `a committed scheme that late homes leave without money is named with what is missing`() throws {
    let copy = try ModelCopy()
    try copy.replace("Datasets/exampleton-schemes/data.csv", "1200000,cash", with: "1800000,cash")
    #expect(codes(try copy.check().warnings) == ["W312 2:1"])
    let list = try copy.faults(["housing.delivery_factor": 0])
    let fault = try #require(list.errors.first)
    #expect(list.errors.count == 1 && fault.code == .schemeNotFundable)
    #expect(
      fault.what
        == "with the changes asked for, 'north' is committed and costs 1,800,000 at the least, begun in 2018/19; "
        + "all that may pay for it comes to 1,660,000, and 140,000 is missing")
    #expect(
      fault.why
        == "no programme could hold it: 1,360,000 from pots, 0 from agreements, 300,000 borrowed; "
        + "the homes that bring the money of mill_lane come after 2023/24")
    #expect(fault.fix == "correct what is changed, the cost or the money, or do not commit to it")
  }

  @Test func `a deed that is too late as the model states it is refused, whatever else is changed`() throws {
    let copy = try town(spendBy: "2018/19")
    #expect(codes(try copy.faults()) == ["E219 2:75"])
    #expect(try found(copy, "births.future_factor", 0.9) == ["E219 2:75"])
    let received = try ModelCopy()
    try received.replace(
      "Datasets/exampleton-section-106/data.csv", "mill_lane,20,200000,cash,,2017-06-01,5,,",
      with: ",,200000,cash,2019/20,2017-06-01,5,2018/19,")
    #expect(codes(try received.faults(scenario: "late-homes")).contains("E219 2:71"))
  }
}

@Suite struct ParsedModelTests {
  @Test func `one reading serves many scenarios and changes`() throws {
    let town = try parsed()
    func births(_ changes: [AssumptionChange], _ scenario: String = "central") throws -> Double {
      try town.checked(scenario: scenario, changes: changes).model.futureBirthsFactor
    }
    let half = AssumptionChange(
      key: "births.future_factor", change: .scale(0.5), place: SourceLocation(file: "--scale", line: 1))
    #expect(try births([]) == 1)
    #expect(try births([half]) == 0.5)
    #expect(try births([half], "late-and-few") == 0.45)
    #expect(try births([]) == 1)
  }

  @Test func `the order of changes is irrelevant`() throws {
    let changes = set([
      "births.future_factor": 1.2, "operating_margin.secondary": 0.1, "housing.delivery_factor": 0.5,
    ])
    let (one, other) = (
      try parsed().checked(changes: changes).model, try parsed().checked(changes: changes.reversed()).model
    )
    #expect(one.assumptions == other.assumptions)
    #expect(Set(one.appliedOverrides) == Set(other.appliedOverrides))
    #expect(one.housing.sites == other.housing.sites)
  }

  @Test func `reads a change as an option has it`() {
    let read = AssumptionChange(option: "--scale", position: 2, text: "a.b=-0.5") { .scale($0) }
    #expect(read?.key == "a.b" && read?.change == .scale(-0.5) && read?.place.description == "--scale:2")
    for text in ["a", "=1", "a=", "a=x", "a=1=2", "a=1e5", "a=1,2"] {
      #expect(AssumptionChange(option: "--set", position: 1, text: text) { .set($0) } == nil)
    }
  }

  /// Every scenario of both models can be run; the ones for what money and schemes do leave pupils as they are.
  @Test(arguments: ["exampleton", "gloucestershire"])
  func `every scenario of the library holds`(_ name: String) throws {
    let model = try parsed(name)
    for scenario in try model.checked().scenarios {
      let checked = try model.checked(scenario: scenario)
      #expect(checked.model.scenario == scenario)
      #expect(checked.model.appliedOverrides.isEmpty == (scenario == "central"))
    }
  }
}
