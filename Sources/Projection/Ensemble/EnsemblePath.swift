internal import NumericCore
internal import PlacePlanning

/// One draw from start to end, with every change booked: the steps that the bulk of the draws take, written plainly.
public struct EnsemblePath: Sendable {
  public let draw: Int
  /// **Shape** area x the seven year groups of its phase x year, the base year first. **Units** pupils.
  public private(set) var pupils: [[[Double]]]
  /// The same without the pupils of new homes.
  public private(set) var withoutHousing: [[[Double]]]
  public private(set) var ledger = ChangeLedger()

  private let input: EnsembleInput
  private let seed: UInt64
  private let cohorts: [[[Double]]]?
  /// Sums of the shocks so far, on the log scale.
  private var areaWalk: [Double]
  private var countyWalk = 0.0
  private var transferWalk: [Double]

  /// `cohorts` is the central path without homes, by which survival's spread goes; nil for the central path itself, draw 0.
  /// **Throws** `EnsembleRefusal` where control totals cannot be met.
  init(
    _ input: EnsembleInput, seed: UInt64, draw: Int, cohorts: [[[Double]]]?
  ) throws(EnsembleRefusal) {
    self.input = input
    self.seed = seed
    self.draw = draw
    self.cohorts = cohorts
    areaWalk = input.primary.map { _ in 0 }
    transferWalk = input.secondary.map { _ in 0 }
    pupils = input.baseRolls.map { $0.map { [$0] + [Double](repeating: 0, count: input.years) } }
    withoutHousing = pupils
    var homes = housing()
    for year in 0..<input.years { try step(year, &homes) }
  }

  private func shock(_ source: RandomSource, _ area: String, _ cell: Int) -> Double {
    draw == 0 ? 0 : RandomStream(seed: seed, source: source, area: area).normal(cell: cell, draw: draw)
  }

  private func correlated(_ shocks: [Double], _ factor: CorrelationFactor?) -> [Double] {
    guard let factor, draw > 0 else { return shocks }
    return shocks.indices.map { row in
      (0...row).reduce(0) { $0 + factor.lower[row, $1] * shocks[$1] }
    }
  }

  /// exp(sum of shocks), its mean brought to 1 by half the variance of the sum.
  private func factor(_ sum: Double, variance: Double) -> Double {
    Shock.factor(scale: 1, z: draw == 0 ? 0 : sum - variance / 2, common: 0)
  }

  /// Pupils of new homes. **Shape** area x year group x projected year.
  private func housing() -> [[[Double]]] {
    var homes = input.areas.map { _ in
      [[Double]](repeating: [Double](repeating: 0, count: input.years), count: 7)
    }
    for site in input.sites {
      let stream = RandomStream(seed: seed, source: .siteDelivery, area: site.key)
      let variant = site.variants[draw == 0 ? 0 : site.variant(stream.uniform(cell: 0, draw: draw))]
      for (area, table) in [
        (site.primaryArea, variant.primaryPupils),
        (input.primary.count + site.secondaryArea, variant.secondaryPupils),
      ] {
        let spread = input.spread.yield
        let yield = factor(spread * shock(.yield, input.areas[area], 0), variance: spread * spread)
        for group in 0..<7 {
          for year in 0..<input.years { homes[area][group][year] += yield * table[group][year] }
        }
      }
    }
    return homes
  }

  private mutating func step(_ year: Int, _ homes: inout [[[Double]]]) throws(EnsembleRefusal) {
    let intake = intake(year)
    let survival = survival(year)
    let attraction = attraction(year)
    let arriving = arriving(year)
    let flows = [withoutHousing, pupils].map { path in
      flow(input.primary.indices.map { path[$0][6][year] }, attraction)
    }
    let countyYear6 = input.primary.indices.reduce(0) { $0 + withoutHousing[$1][6][year] }
    let september = AcademicYear(input.firstYear + year)
    var changes = [[ChangeLedger.Entry]](repeating: [], count: input.areas.count)
    for (area, code) in input.areas.enumerated() {
      let secondary = area - input.primary.count
      for group in 0..<7 {
        var change = ChangeLedger.Entry(
          area: PlanningAreaCode(code), year: september,
          yearGroup: YearGroup(number: secondary < 0 ? group : group + 7))
        let now = homes[area][group][year]
        if group > 0 {
          let ratio = survival[area][group]
          withoutHousing[area][group][year + 1] = ratio * withoutHousing[area][group - 1][year]
          change.opening = pupils[area][group - 1][year]
          change.survivorsChange = (ratio - 1) * change.opening
          change.housing = now - (year > 0 ? ratio * homes[area][group - 1][year - 1] : 0)
        } else if secondary < 0 {
          change.intake = intake[area]
          withoutHousing[area][0][year + 1] = change.intake
          change.housing = now
        } else {
          // Net newcomers below nought take no more than flows in.
          change.imports = arriving * max(-flows[0][secondary], input.imports[secondary] * countyYear6)
          change.transfersIn = arriving * flows[1][secondary]
          withoutHousing[area][0][year + 1] = arriving * flows[0][secondary] + change.imports
          change.housing = now - arriving * (flows[1][secondary] - flows[0][secondary])
        }
        pupils[area][group][year + 1] = withoutHousing[area][group][year + 1] + now
        change.closing = pupils[area][group][year + 1]
        changes[area].append(change)
      }
    }
    try control(year, &homes, &changes)
    for (area, code) in input.areas.enumerated() {
      let oldest = pupils[area][6][year]
      ledger.entries += changes[area]
      ledger.entries.append(
        .init(
          area: PlanningAreaCode(code), year: september, yearGroup: nil, opening: oldest, leaving: oldest))
    }
  }

  /// Brings the year to its control totals, pupils of new homes and all others alike.
  private mutating func control(
    _ year: Int, _ homes: inout [[[Double]]], _ changes: inout [[ChangeLedger.Entry]]
  ) throws(EnsembleRefusal) {
    guard input.control.indices.contains(year) else { return }
    for margin in input.control[year] {
      let first = margin.isPrimary ? 0 : input.primary.count
      let table = pupils
      let factors: LabelledMatrix
      do {
        factors = try margin.factors { table[first + $0][margin.groups[$1]][year + 1] }
      } catch {
        throw EnsembleRefusal(input.authority, draw: draw, error)
      }
      for row in 0..<factors.rows.count {
        for (column, group) in margin.groups.enumerated() {
          let (area, factor) = (first + row, factors[row, column])
          pupils[area][group][year + 1] *= factor
          withoutHousing[area][group][year + 1] *= factor
          homes[area][group][year] *= factor
          changes[area][group].bring(to: pupils[area][group][year + 1])
        }
      }
    }
  }

  /// By primary area. **Units** pupils joining Reception.
  private mutating func intake(_ year: Int) -> [Double] {
    let spread = input.spread
    let calendar = input.firstYear + year
    let ratios = correlated(input.primary.map { shock(.intakeArea, $0, calendar) }, spread.primaryCorrelation)
    countyWalk += spread.intakeCounty * shock(.intakeCounty, input.authority, calendar)
    countyWalk += input.birthsStep(year) * shock(.births, input.authority, calendar)
    let variance = input.intakeVariance(year)
    return input.primary.indices.map { area in
      areaWalk[area] += spread.intakeArea * ratios[area]
      return input.intake[area][year] * factor(areaWalk[area] + countyWalk, variance: variance)
    }
  }

  /// By area and year group. **Units** ratio to the year group below, a year before.
  private func survival(_ year: Int) -> [[Double]] {
    let spread = input.spread
    var ratios = input.survival
    for group in 1..<7 {
      let cell = { RandomStream.cell(year: input.firstYear + year, yearGroup: $0 ? group : group + 7) }
      let shocks =
        correlated(
          input.primary.map { shock(.survivalArea, $0, cell(true)) }, spread.primaryCorrelation)
        + correlated(
          input.secondary.map { shock(.survivalArea, $0, cell(false)) }, spread.secondaryCorrelation)
      let county = [true, false].map { shock(.survivalCounty, input.authority, cell($0)) }
      for area in ratios.indices {
        guard let cohort = cohorts?[area][group - 1][year] else { continue }
        let deviation = spread.survivalArea(cohort: cohort)
        let common = spread.survivalCounty * county[area < input.primary.count ? 0 : 1]
        ratios[area][group] *= factor(
          deviation * shocks[area] + common,
          variance: deviation * deviation + spread.survivalCounty * spread.survivalCounty)
      }
    }
    return ratios
  }

  /// By secondary area.
  private mutating func attraction(_ year: Int) -> [Double] {
    let spread = input.spread.transfer
    return input.secondary.indices.map { area in
      transferWalk[area] += spread * shock(.transfer, input.secondary[area], input.firstYear + year)
      return factor(transferWalk[area], variance: Double(year + 1) * spread * spread)
    }
  }

  /// The county's shock to all who join Year 7.
  private func arriving(_ year: Int) -> Double {
    let spread = input.spread.survivalCounty
    let cell = RandomStream.cell(year: input.firstYear + year, yearGroup: 7)
    return factor(spread * shock(.survivalCounty, input.authority, cell), variance: spread * spread)
  }

  /// Year 7 of each secondary area out of Year 6, before the county's shock: as many leave a primary area as without the shock.
  private func flow(_ year6: [Double], _ attraction: [Double]) -> [Double] {
    let sent = year6.indices.map { from in
      let (central, drawn) = input.transferShares.indices.reduce(into: (0.0, 0.0)) { sums, to in
        sums.0 += input.transferShares[to][from]
        sums.1 += input.transferShares[to][from] * attraction[to]
      }
      return drawn > 0 ? year6[from] * central / drawn : 0
    }
    return input.transferShares.indices.map { to in
      attraction[to] * zip(input.transferShares[to], sent).reduce(0) { $0 + $1.0 * $1.1 }
    }
  }
}

extension EnsembleInput {
  /// The variance of an area's intake after the steps up to a year, on the log scale.
  func intakeVariance(_ year: Int) -> Double {
    let (births, steps) = (birthsDeviation(year), Double(year + 1))
    return births * births
      + steps * (spread.intakeArea * spread.intakeArea + spread.intakeCounty * spread.intakeCounty)
  }

  /// What a year adds to the walk of births, which are uncertain for the whole authority alike.
  func birthsStep(_ year: Int) -> Double {
    let (before, now) = (year > 0 ? birthsDeviation(year - 1) : 0, birthsDeviation(year))
    return max(0, now * now - before * before).squareRoot()
  }

  /// How far the births of the children who join Reception in a year may be out, on the log scale.
  private func birthsDeviation(_ year: Int) -> Double {
    let years = uncountedBirths[...year].reduce(0, +)
    return spread.births * BirthSpread.widening(years: years)
  }
}
