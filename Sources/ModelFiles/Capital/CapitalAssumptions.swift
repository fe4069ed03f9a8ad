internal import Diagnostics
internal import PlacePlanning

/// The assumptions of a programme. A model with schemes must define them all.
struct CapitalAssumptions {
  let buildingInflation: Double
  let interest: Double
  let isAnnuity: Bool
  let goals: ProgrammeGoals
  let points: PointsWeights
  let delivery: [String: DeliveryRisk]
  let revenue: RevenueRates

  /// The least interest a year, where there is any: less would be lost in the solver's arithmetic.
  private static let leastInterest = 1e-5

  init(classes: Set<String>, _ values: inout AssumptionValues, _ list: inout DiagnosticList) {
    func byPhase(_ key: String, _ unit: UnitKind, _ range: ClosedRange<Double>) -> [AreaPhase: Double] {
      AreaPhase.allCases.reduce(into: [:]) {
        $0[$1] = values.value("\(key).\($1.rawValue)", unit, in: range, &list)
      }
    }
    func value(_ key: String, _ unit: UnitKind, _ range: ClosedRange<Double>) -> Double {
      values.value(key, unit, in: range, &list)
    }
    buildingInflation = value("programme.building_inflation", .shareAYear, -0.05...0.2)
    interest = value("programme.interest", .shareAYear, 0...0.2)
    if interest > 0, interest < Self.leastInterest {
      list.add(
        .wrongValue, at: values.place(of: "programme.interest"),
        what: "'programme.interest' is \(plain(interest)), which is next to 0 and not 0",
        why: "a solver can tell nothing apart by so little", fix: "write a share such as 0.04, or 0 for none")
    }
    isAnnuity = values.value("programme.mrp_annuity", .choice, in: 0...1, whole: true, &list) == 1
    let weights = byPhase("programme.unmet_weight", .weight, 0...100)
    goals = ProgrammeGoals(
      unmetWeight: weights, yearWeight: value("programme.year_weight", .ratio, 0.5...1),
      discountRate: value("programme.discount_rate", .shareAYear, 0...0.2),
      surplusPlaceCost: value("programme.surplus_place_cost", .poundsAPlaceAYear, 0...20_000))
    points = PointsWeights(
      committed: value("points.committed", .points, 0...1_000),
      need: value("points.need", .points, 0...1_000),
      urgency: value("points.urgency", .points, 0...1_000),
      condition: value("points.condition", .points, 0...1_000),
      value: value("points.value", .points, 0...1_000))
    let growthFund = byPhase("revenue.growth_fund", .poundsAPlace, 0...10_000)
    let startUp = byPhase("revenue.start_up", .pounds, 0...5_000_000)
    let missing = byPhase("revenue.missing_year_group", .poundsAYear, 0...1_000_000)
    revenue = RevenueRates(
      growthFundPerPlace: growthFund, newSchoolStartUp: startUp, missingYearGroup: missing,
      temporaryHire: value("revenue.temporary_hire", .poundsAClassAYear, 0...250_000),
      netRevenueStream: value("revenue.net_revenue_stream", .poundsAYear, 1...100_000_000_000))
    delivery = classes.sorted().reduce(into: [:]) { delivery, name in
      delivery[name] = DeliveryRisk(
        chanceOfYearLate: value("delivery.\(name).year_late", .probability, 0...0.9),
        chanceOfYearLonger: values.value(
          "delivery.\(name).year_longer", .probability, in: 0...0.9, unlessDefined: 0, &list),
        meanOverrun: value("delivery.\(name).mean_overrun", .share, -0.5...2),
        overrunSpread: value("delivery.\(name).overrun_spread", .logSpread, 0...1))
    }
  }
}
