internal import NumericCore

/// The draws of one authority, a year at a time, in tiles of 256 draws.
///
/// A tile is always 256 wide, so that BLAS always sees the same shapes and a draw has the same bits however many draws,
/// blocks and threads there are. What a tile needs from year to year stays in `state`.
struct EnsembleTiles {
  typealias Row = UnsafeMutableBufferPointer<Double>

  static let width = 256

  let input: EnsembleInput
  let rows: EnsembleRows
  private let streams: Streams
  private let shares: LabelledMatrix
  private let sharesOut: [Double]
  private let sitesByArea: [[Int]]
  private let state: DrawStore
  /// Standard deviation of an area's survival. **Shape** year x area x year group.
  private let deviations: [[[Double]]]
  /// Survival, brought down so that its shock has mean 1. **Shape** year x area x year group.
  private let ratios: [[[Double]]]

  init(_ input: EnsembleInput, seed: UInt64, tiles: Int, cohorts: [[[Double]]]) {
    self.input = input
    rows = EnsembleRows(primaryAreas: input.primary.count, secondaryAreas: input.secondary.count)
    streams = Streams(input, seed)
    shares = LabelledMatrix(
      rows: Axis("secondary area", input.secondary), columns: Axis("primary area", input.primary)
    ) { input.transferShares[$0][$1] }
    sharesOut = shares.columnSums
    sitesByArea = input.areas.indices.map { area in
      input.sites.indices.filter {
        [input.sites[$0].primaryArea, input.primary.count + input.sites[$0].secondaryArea].contains(area)
      }
    }
    deviations = (0..<input.years).map { year in
      cohorts.map { area in
        (0..<7).map { $0 == 0 ? 0 : input.spread.survivalArea(cohort: area[$0 - 1][year]) }
      }
    }
    let county = input.spread.survivalCounty
    ratios = deviations.map { year in
      zip(year, input.survival).map { deviations, survival in
        zip(deviations, survival).map { deviation, ratio in
          ratio * Shock.factor(scale: deviation, z: -deviation / 2, common: -county * county / 2)
        }
      }
    }
    state = DrawStore(rows: tiles * Self.stateRows(input), width: Self.width)
  }

  // A tile's state: rolls, walks of areas, of the county and of attractiveness, yields by area, variants by site.
  private var walkRow: Int { rows.areas * 7 }
  private var countyRow: Int { walkRow + input.primary.count }
  private var attractionRow: Int { countyRow + 1 }
  private var yieldRow: Int { attractionRow + input.secondary.count }
  private var variantRow: Int { yieldRow + rows.areas }

  private static func stateRows(_ input: EnsembleInput) -> Int {
    let areas = input.primary.count + input.secondary.count
    return areas * 7 + input.primary.count + 1 + input.secondary.count + areas + input.sites.count
  }

  private func state(_ tile: Int, _ row: Int) -> Row {
    state.row(tile * Self.stateRows(input) + row)
  }

  private func draws(_ tile: Int) -> Range<Int> { tile * Self.width + 1..<(tile + 1) * Self.width + 1 }

  /// The base year: rolls as counted, walks at nought, and what each draw keeps for all years.
  func start(_ tile: Int) {
    for (area, rolls) in input.baseRolls.enumerated() {
      for group in 0..<7 { state(tile, area * 7 + group).update(repeating: rolls[group]) }
    }
    for row in walkRow..<yieldRow { state(tile, row).update(repeating: 0) }
    let spread = input.spread.yield
    for area in input.areas.indices where !sitesByArea[area].isEmpty {
      let yield = state(tile, yieldRow + area)
      streams.yield[area].normals(cell: 0, draws: draws(tile), into: yield)
      for index in yield.indices {
        yield[index] = Shock.factor(scale: spread, z: yield[index], common: -spread * spread / 2)
      }
    }
    for (site, stream) in streams.delivery.enumerated() {
      let variant = state(tile, variantRow + site)
      for (index, draw) in draws(tile).enumerated() {
        variant[index] = Double(input.sites[site].variant(stream.uniform(cell: 0, draw: draw)))
      }
    }
  }

  /// Carries a tile to the next September, and writes that year's figures into its part of `answers`.
  func step(_ tile: Int, to year: Int, _ scratch: Scratch, into answers: (Int) -> Row) {
    // Totals are added up in scratch rows, which lie close together, and written once.
    scratch.rows(.totals).update(repeating: 0)
    transfer(tile, year, scratch)
    walk(tile, year, scratch)
    for areas in [0..<input.primary.count, input.primary.count..<rows.areas] {
      drawSurvival(tile, year, areas, scratch)
      for area in areas {
        survive(tile, year, area, area - areas.lowerBound, scratch)
        join(tile, year, area, scratch)
        write(tile, year, area, scratch, into: answers)
      }
    }
    for number in 0..<14 {
      add(scratch.row(.totals, number), to: scratch.row(.totals, 14 + rows.phase(yearGroup: number)))
    }
    for row in 0..<17 { _ = answers(rows.authorityRows + row).update(from: scratch.row(.totals, row)) }
  }

  /// Year 7: what leaves each primary area is shared out by attractiveness, then newcomers.
  private func transfer(_ tile: Int, _ year: Int, _ scratch: Scratch) {
    let spread = input.spread.transfer
    let (common, z) = (scratch.row(.common, 0), scratch.row(.shocks, 0))
    common.update(repeating: -Double(year + 1) * spread * spread / 2)
    for area in input.secondary.indices {
      let walk = state(tile, attractionRow + area)
      streams.transfer[area].normals(cell: input.firstYear + year, draws: draws(tile), into: z)
      for index in walk.indices { walk[index] += spread * z[index] }
      Shock.factors(scale: 1, z: walk, common: common, into: scratch.row(.attraction, area))
    }
    let county = scratch.row(.county, 0)
    county.update(repeating: 0)
    let sent = scratch.rows(.sent)
    shares.apply(to: scratch.rows(.attraction), into: sent, draws: Self.width, transposed: true)
    for area in input.primary.indices {
      let (year6, sent, all) = (state(tile, area * 7 + 6), scratch.row(.sent, area), sharesOut[area])
      for index in sent.indices {
        county[index] += year6[index]
        sent[index] = all > 0 ? year6[index] * all / sent[index] : 0
      }
    }
    shares.apply(to: sent, into: scratch.rows(.year7), draws: Self.width)
    for area in input.secondary.indices {
      let (year7, attraction) = (scratch.row(.year7, area), scratch.row(.attraction, area))
      let imports = input.imports[area]
      for index in year7.indices {
        year7[index] = attraction[index] * year7[index] + imports * county[index]
      }
    }
  }

  /// The shocks of survival: each area's own, and the county's.
  private func drawSurvival(_ tile: Int, _ year: Int, _ areas: Range<Int>, _ scratch: Scratch) {
    guard let lowest = areas.first else { return }
    let isPrimary = lowest < input.primary.count
    let first = RandomStream.cell(year: input.firstYear + year, yearGroup: isPrimary ? 1 : 8)
    let (cells, common) = (first..<first + 6, scratch.rows(.common))
    streams.survivalCounty.normals(cells: cells, draws: draws(tile), into: common)
    for index in common.indices { common[index] *= input.spread.survivalCounty }
    for area in areas {
      streams.survival[area].normals(
        cells: cells, draws: draws(tile), into: scratch.rows(.shocks, (area - lowest) * 6, 6))
    }
    (isPrimary ? input.spread.primaryCorrelation : input.spread.secondaryCorrelation)?
      .correlate(scratch.rows(.shocks, 0, areas.count * 6), draws: 6 * Self.width)
  }

  /// Year groups above the lowest of an area: survival x shock x the year group below.
  private func survive(_ tile: Int, _ year: Int, _ area: Int, _ position: Int, _ scratch: Scratch) {
    let factor = scratch.row(.factor, 0)
    for group in (1..<7).reversed() {
      let deviation = deviations[year][area][group]
      Shock.factors(
        scale: deviation, z: scratch.row(.shocks, position * 6 + group - 1),
        common: scratch.row(.common, group - 1), into: factor)
      let ratio = ratios[year][area][group]
      let (below, next) = (state(tile, area * 7 + group - 1), state(tile, area * 7 + group))
      for index in next.indices { next[index] = ratio * below[index] * factor[index] }
    }
  }

  /// One step of the walks of births and intake, by primary area and of the county.
  private func walk(_ tile: Int, _ year: Int, _ scratch: Scratch) {
    let (spread, cell) = (input.spread, input.firstYear + year)
    var steps = [(streams.intake, spread.intakeArea)]
    if year >= input.firstUnbornYear { steps.append((streams.births, spread.births)) }
    let shocks = scratch.rows(.shocks, 0, input.primary.count)
    for (streams, deviation) in steps {
      for (area, stream) in streams.enumerated() {
        stream.normals(cell: cell, draws: draws(tile), into: scratch.row(.shocks, area))
      }
      spread.primaryCorrelation?.correlate(shocks, draws: Self.width)
      for area in streams.indices {
        let (walk, z) = (state(tile, walkRow + area), scratch.row(.shocks, area))
        for index in walk.indices { walk[index] += deviation * z[index] }
      }
    }
    let (county, z) = (state(tile, countyRow), scratch.row(.shocks, 0))
    streams.intakeCounty.normals(cell: cell, draws: draws(tile), into: z)
    for index in county.indices { county[index] += spread.intakeCounty * z[index] }
  }

  /// The lowest year group: Reception is the central intake x the walks of births, area and county; Year 7 has arrived.
  private func join(_ tile: Int, _ year: Int, _ area: Int, _ scratch: Scratch) {
    let joining = state(tile, area * 7)
    guard area < input.primary.count else {
      _ = joining.update(from: scratch.row(.year7, area - input.primary.count))
      return
    }
    let factor = scratch.row(.factor, 0)
    Shock.factors(scale: 1, z: state(tile, walkRow + area), common: state(tile, countyRow), into: factor)
    let central =
      input.intake[area][year] * Shock.factor(scale: -0.5, z: input.intakeVariance(year), common: 0)
    for index in joining.indices { joining[index] = central * factor[index] }
  }

  /// The figures of a year: an area's year groups with the pupils of new homes, and totals.
  private func write(
    _ tile: Int, _ year: Int, _ area: Int, _ scratch: Scratch, into answers: (Int) -> Row
  ) {
    scratch.rows(.phases).update(repeating: 0)
    for group in 0..<7 {
      let number = area < input.primary.count ? group : group + 7
      var pupils = state(tile, area * 7 + group)
      if !sitesByArea[area].isEmpty {
        addHomes(tile, area, group, year, to: pupils, into: scratch.row(.factor, 0))
        pupils = scratch.row(.factor, 0)
      }
      _ = answers(rows.cell(area: area, group: group)).update(from: pupils)
      add(pupils, to: scratch.row(.phases, number < 12 ? 0 : 1))
      add(pupils, to: scratch.row(.totals, number))
    }
    for (index, row) in rows.totals(area: area).enumerated() {
      _ = answers(row).update(from: scratch.row(.phases, index))
    }
  }

  private func add(_ row: Row, to sum: Row) {
    for index in sum.indices { sum[index] += row[index] }
  }

  private func addHomes(_ tile: Int, _ area: Int, _ group: Int, _ year: Int, to pupils: Row, into sum: Row) {
    sum.update(repeating: 0)
    for site in sitesByArea[area] {
      let drawn = state(tile, variantRow + site)
      for (number, variant) in input.sites[site].variants.enumerated() {
        let tables = area < input.primary.count ? variant.primaryPupils : variant.secondaryPupils
        let (homes, number) = (tables[group][year], Double(number))
        guard homes != 0 else { continue }
        for index in sum.indices { sum[index] += drawn[index] == number ? homes : 0 }
      }
    }
    let yield = state(tile, yieldRow + area)
    for index in sum.indices { sum[index] = pupils[index] + yield[index] * sum[index] }
  }
}

/// What one thread works with: rows of one tile, by use.
struct Scratch {
  enum Use: Int, CaseIterable { case shocks, common, factor, attraction, sent, year7, county, phases, totals }

  private let store: DrawStore
  private var starts: [Int] = [0]

  init(primary: Int, secondary: Int) {
    for use in Use.allCases {
      let rows =
        switch use {
        case .shocks: 6 * max(primary, secondary)
        case .common: 6
        case .factor, .county: 1
        case .attraction, .year7: secondary
        case .sent: primary
        case .phases: 2
        case .totals: 17
        }
      starts.append((starts.last ?? 0) + rows)
    }
    store = DrawStore(rows: starts.last ?? 0, width: EnsembleTiles.width)
  }

  func row(_ use: Use, _ index: Int) -> EnsembleTiles.Row { store.row(starts[use.rawValue] + index) }

  func rows(_ use: Use, _ first: Int, _ count: Int) -> EnsembleTiles.Row {
    store.rows(starts[use.rawValue] + first, count)
  }

  func rows(_ use: Use) -> EnsembleTiles.Row {
    rows(use, 0, starts[use.rawValue + 1] - starts[use.rawValue])
  }
}

/// The streams of one authority, hashed once.
private struct Streams {
  let births: [RandomStream]
  let intake: [RandomStream]
  let intakeCounty: RandomStream
  let survival: [RandomStream]
  let survivalCounty: RandomStream
  let transfer: [RandomStream]
  let yield: [RandomStream]
  let delivery: [RandomStream]

  init(_ input: EnsembleInput, _ seed: UInt64) {
    func streams(_ source: RandomSource, _ codes: [String]) -> [RandomStream] {
      codes.map { RandomStream(seed: seed, source: source, area: $0) }
    }
    births = streams(.births, input.primary)
    intake = streams(.intakeArea, input.primary)
    intakeCounty = RandomStream(seed: seed, source: .intakeCounty, area: input.authority)
    survival = streams(.survivalArea, input.areas)
    survivalCounty = RandomStream(seed: seed, source: .survivalCounty, area: input.authority)
    transfer = streams(.transfer, input.secondary)
    yield = streams(.yield, input.areas)
    delivery = streams(.delivery, input.sites.map(\.key))
  }
}
