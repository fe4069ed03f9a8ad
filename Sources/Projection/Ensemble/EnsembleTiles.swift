internal import NumericCore

/// The draws of one authority, a year at a time, in tiles of 256 draws.
///
/// A tile is always 256 wide, so that BLAS always sees the same shapes and a draw has the same bits however many draws
/// and threads there are. What a tile needs from year to year stays in `state`; rolls of areas without new homes are
/// the figures themselves, and stay where those are.
struct EnsembleTiles {
  typealias Row = UnsafeMutableBufferPointer<Double>

  /// One tile as a thread carries it to a September.
  struct Tile {
    let number: Int
    /// Position among the projected years.
    let year: Int
    let scratch: Scratch
    /// The rows of the year's figures, and of those of the year before, which may be the same rows.
    let now: (Int) -> Row
    let before: (Int) -> Row

    var draws: Range<Int> { number * width + 1..<(number + 1) * width + 1 }
  }

  static let width = 256

  /// Pupils of a site's homes by the site's variants.
  private struct Homes {
    let site: Int
    let pupils: [Double]
  }

  let input: EnsembleInput
  let rows: EnsembleRows
  /// How many draws were asked for; those beyond them only fill up the last tile.
  private let asked: Int
  private let streams: EnsembleStreams
  private let shares: LabelledMatrix
  private let sharesOut: [Double]
  /// Sites with homes by then. **Shape** area x year x year group.
  private let homes: [[[[Homes]]]]
  private let state: DrawStore
  /// Standard deviation of an area's survival. **Shape** year x area x year group.
  private let deviations: [[[Double]]]
  /// Survival, brought down so that its shock has mean 1. **Shape** year x area x year group.
  private let ratios: [[[Double]]]

  init(_ input: EnsembleInput, seed: UInt64, draws: Int, tiles: Int, cohorts: [[[Double]]]) {
    self.input = input
    asked = draws
    rows = EnsembleRows(primaryAreas: input.primary.count, secondaryAreas: input.secondary.count)
    streams = EnsembleStreams(input, seed)
    shares = LabelledMatrix(
      rows: Axis("secondary area", input.secondary), columns: Axis("primary area", input.primary)
    ) { input.transferShares[$0][$1] }
    sharesOut = shares.columnSums
    homes = input.areas.indices.map { Self.homes(input, in: $0) }
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

  /// **Shape** year x year group; empty for an area without sites.
  private static func homes(_ input: EnsembleInput, in area: Int) -> [[[Homes]]] {
    let isPrimary = area < input.primary.count
    let sites = input.sites.indices.filter {
      isPrimary
        ? input.sites[$0].primaryArea == area : input.sites[$0].secondaryArea == area - input.primary.count
    }
    guard !sites.isEmpty else { return [] }
    return (0..<input.years).map { year in
      (0..<7).map { group in
        sites.compactMap { site in
          let pupils = input.sites[site].variants.map {
            (isPrimary ? $0.primaryPupils : $0.secondaryPupils)[group][year]
          }
          return pupils.contains { $0 != 0 } ? Homes(site: site, pupils: pupils) : nil
        }
      }
    }
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

  private func state(_ tile: Tile, _ row: Int) -> Row {
    state.row(tile.number * Self.stateRows(input) + row)
  }

  private func hasHomes(_ area: Int) -> Bool { !homes[area].isEmpty }

  /// Rolls without new homes.
  private func roll(_ tile: Tile, _ area: Int, _ group: Int, _ figures: (Int) -> Row) -> Row {
    hasHomes(area) ? state(tile, area * 7 + group) : figures(rows.cell(area: area, group: group))
  }

  /// The base year: rolls as counted, walks at nought, and what each draw keeps for all years.
  func start(_ tile: Tile) {
    let scratch = tile.scratch
    for (area, rolls) in input.baseRolls.enumerated() {
      for group in 0..<7 { roll(tile, area, group, tile.before).update(repeating: rolls[group]) }
    }
    for row in walkRow..<yieldRow { state(tile, row).update(repeating: 0) }
    let spread = input.spread.yield
    for area in input.areas.indices where hasHomes(area) {
      let yield = state(tile, yieldRow + area)
      let (z, common) = (scratch.row(.shocks, 0), scratch.row(.common, 0))
      streams.yield[area].normals(cell: 0, draws: tile.draws, into: z)
      common.update(repeating: -spread * spread / 2)
      Shock.factors(scale: spread, z: z, common: common, into: yield)
    }
    for (site, stream) in streams.siteDelivery.enumerated() {
      let variant = state(tile, variantRow + site)
      stream.uniforms(cell: 0, draws: tile.draws, into: variant)
      for index in variant.indices { variant[index] = Double(input.sites[site].variant(variant[index])) }
    }
  }

  /// Carries a tile to the next September. **Throws** `EnsembleRefusal` where control totals cannot be met.
  func step(_ tile: Tile) throws(EnsembleRefusal) {
    let scratch = tile.scratch
    let margins = input.control.indices.contains(tile.year) ? input.control[tile.year] : []
    // Totals are added up in scratch rows, which lie close together, and written once.
    scratch.rows(.totals).update(repeating: 0)
    transfer(tile)
    walk(tile)
    for areas in [0..<input.primary.count, input.primary.count..<rows.areas] {
      drawSurvival(tile, areas)
      for area in areas {
        survive(tile, area, area - areas.lowerBound)
        join(tile, area)
        if hasHomes(area) { addHomes(tile, area) }
        if margins.isEmpty { tally(tile, area) }
      }
    }
    if !margins.isEmpty {
      for margin in margins { try control(tile, margin) }
      for area in 0..<rows.areas { tally(tile, area) }
    }
    for number in 0..<14 {
      add(scratch.row(.totals, number), to: scratch.row(.totals, 14 + rows.phase(yearGroup: number)))
    }
    for row in 0..<17 { _ = tile.now(rows.authorityRows + row).update(from: scratch.row(.totals, row)) }
  }

  /// Year 7: what leaves each primary area is shared out by attractiveness, then newcomers, then the county's shock to all. Net
  /// newcomers below nought take no more than flows in.
  private func transfer(_ tile: Tile) {
    let (year, scratch) = (tile.year, tile.scratch)
    let spread = input.spread.transfer
    let (common, z) = (scratch.row(.common, 0), scratch.row(.shocks, 0))
    common.update(repeating: -Double(year + 1) * spread * spread / 2)
    for area in input.secondary.indices {
      let walk = state(tile, attractionRow + area)
      streams.transfer[area].normals(cell: input.firstYear + year, draws: tile.draws, into: z)
      for index in walk.indices { walk[index] += spread * z[index] }
      Shock.factors(scale: 1, z: walk, common: common, into: scratch.row(.attraction, area))
    }
    let county = scratch.row(.county, 0)
    county.update(repeating: 0)
    let sent = scratch.rows(.sent)
    shares.apply(to: scratch.rows(.attraction), into: sent, draws: Self.width, transposed: true)
    for area in input.primary.indices {
      let (year6, sent, all) = (
        roll(tile, area, 6, tile.before), scratch.row(.sent, area), sharesOut[area]
      )
      for index in sent.indices {
        county[index] += year6[index]
        sent[index] = all > 0 ? year6[index] * all / sent[index] : 0
      }
    }
    shares.apply(to: sent, into: scratch.rows(.year7), draws: Self.width)
    let (arriving, deviation) = (scratch.row(.factor, 0), input.spread.survivalCounty)
    streams.survivalCounty.normals(
      cell: RandomStream.cell(year: input.firstYear + year, yearGroup: 7), draws: tile.draws, into: z)
    common.update(repeating: -deviation * deviation / 2)
    Shock.factors(scale: deviation, z: z, common: common, into: arriving)
    for area in input.secondary.indices {
      let (year7, attraction) = (scratch.row(.year7, area), scratch.row(.attraction, area))
      let imports = input.imports[area]
      for index in year7.indices {
        let flow = attraction[index] * year7[index]
        year7[index] = (flow + max(-flow, imports * county[index])) * arriving[index]
      }
    }
  }

  /// The shocks of survival: each area's own, and the county's.
  private func drawSurvival(_ tile: Tile, _ areas: Range<Int>) {
    guard let lowest = areas.first else { return }
    let isPrimary = lowest < input.primary.count
    let first = RandomStream.cell(year: input.firstYear + tile.year, yearGroup: isPrimary ? 1 : 8)
    let scratch = tile.scratch
    let (cells, common) = (first..<first + 6, scratch.rows(.common))
    streams.survivalCounty.normals(cells: cells, draws: tile.draws, into: common)
    for index in common.indices { common[index] *= input.spread.survivalCounty }
    for area in areas {
      streams.survival[area].normals(
        cells: cells, draws: tile.draws, into: scratch.rows(.shocks, (area - lowest) * 6, 6))
    }
    (isPrimary ? input.spread.primaryCorrelation : input.spread.secondaryCorrelation)?
      .correlate(scratch.rows(.shocks, 0, areas.count * 6), draws: 6 * Self.width)
  }

  /// Year groups above the lowest of an area: survival x shock x the year group below.
  private func survive(_ tile: Tile, _ area: Int, _ position: Int) {
    let (year, scratch) = (tile.year, tile.scratch)
    for group in (1..<7).reversed() {
      Shock.survivors(
        ratio: ratios[year][area][group], below: roll(tile, area, group - 1, tile.before),
        scale: deviations[year][area][group], z: scratch.row(.shocks, position * 6 + group - 1),
        common: scratch.row(.common, group - 1), into: roll(tile, area, group, tile.now))
    }
  }

  /// One step of the walks of intake, by primary area and of the county, and of the county's births.
  private func walk(_ tile: Tile) {
    let (spread, cell, scratch) = (input.spread, input.firstYear + tile.year, tile.scratch)
    for (area, stream) in streams.intake.enumerated() {
      stream.normals(cell: cell, draws: tile.draws, into: scratch.row(.shocks, area))
    }
    spread.primaryCorrelation?.correlate(
      scratch.rows(.shocks, 0, input.primary.count), draws: Self.width)
    for area in input.primary.indices {
      let (walk, z) = (state(tile, walkRow + area), scratch.row(.shocks, area))
      for index in walk.indices { walk[index] += spread.intakeArea * z[index] }
    }
    let (county, z) = (state(tile, countyRow), scratch.row(.shocks, 0))
    for (stream, deviation) in [
      (streams.intakeCounty, spread.intakeCounty), (streams.births, input.birthsStep(tile.year)),
    ] where deviation > 0 {
      stream.normals(cell: cell, draws: tile.draws, into: z)
      for index in county.indices { county[index] += deviation * z[index] }
    }
  }

  /// The lowest year group: Reception is the central intake x the walks of births, area and county; Year 7 has arrived.
  private func join(_ tile: Tile, _ area: Int) {
    let (year, scratch) = (tile.year, tile.scratch)
    let joining = roll(tile, area, 0, tile.now)
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

  /// Adds an area's figures to its totals and to the authority's.
  private func tally(_ tile: Tile, _ area: Int) {
    let first = area < input.primary.count ? 0 : 7
    for (index, row) in rows.totals(area: area).enumerated() {
      let total = tile.now(row)
      let groups = first == 0 ? 0..<7 : index == 0 ? 0..<5 : 5..<7
      total.update(repeating: 0)
      for group in groups {
        let pupils = tile.now(rows.cell(area: area, group: group))
        DrawRow.add(pupils, to: total, and: tile.scratch.row(.totals, first + group))
      }
    }
  }

  private func add(_ row: Row, to sum: Row) {
    for index in sum.indices { sum[index] += row[index] }
  }

  /// An area's figures: its rolls and the pupils of new homes.
  private func addHomes(_ tile: Tile, _ area: Int) {
    let (yield, sum) = (state(tile, yieldRow + area), tile.scratch.row(.factor, 0))
    for group in 0..<7 {
      let pupils = state(tile, area * 7 + group)
      let figure = tile.now(rows.cell(area: area, group: group))
      guard !homes[area][tile.year][group].isEmpty else {
        _ = figure.update(from: pupils)
        continue
      }
      sum.update(repeating: 0)
      for site in homes[area][tile.year][group] {
        DrawRow.add(site.pupils, chosen: state(tile, variantRow + site.site), to: sum)
      }
      DrawRow.set(figure, to: pupils, plus: yield, times: sum)
    }
  }

  /// Brings each draw to control totals, pupils of new homes and all others alike.
  private func control(_ tile: Tile, _ margin: RollMargins) throws(EnsembleRefusal) {
    let areas = margin.isPrimary ? 0..<input.primary.count : input.primary.count..<rows.areas
    let cells = areas.map { area in margin.groups.map { tile.now(rows.cell(area: area, group: $0)) } }
    let rolls = areas.map { area in margin.groups.map { roll(tile, area, $0, tile.now) } }
    for index in 0..<Self.width where tile.draws.lowerBound + index <= asked {
      let factors: LabelledMatrix
      do {
        factors = try margin.factors { cells[$0][$1][index] }
      } catch {
        throw EnsembleRefusal(input.authority, draw: tile.draws.lowerBound + index, error)
      }
      for area in cells.indices {
        for column in margin.groups.indices {
          cells[area][column][index] *= factors[area, column]
          if hasHomes(areas.lowerBound + area) { rolls[area][column][index] *= factors[area, column] }
        }
      }
    }
  }
}
