internal import PlacePlanning

/// The pupils that a programme is tested against: every draw of every planned year group, and the places there already.
struct StressDemand {
  struct Cell {
    /// Without any scheme.
    let places: Double
    /// **Shape** draw.
    let pupils: [Double]
  }

  let areas: [PlanningArea]
  let years: [AcademicYear]
  let draws: Int
  let margin: [AreaPhase: Double]
  /// Nil where no pupils are projected or no places are on record.
  let cell: (PlanningAreaCode, YearGroup, AcademicYear) -> Cell?
}

/// One year group of one area in one year, counted over all draws.
struct CellCount {
  var unmet = 0.0
  var shortByForm = 0
  var withoutPlace = 0

  /// Adds draws that all meet the same places.
  ///
  /// Unmet: beyond the same level as `NeedCurve`'s, so that the two agree but for the order of adding up.
  mutating func add(_ pupils: UnsafeBufferPointer<Double>, places: Double, margin: Double) {
    let level = places / (1 + margin)
    let form = (places + FormsOfEntry.placesPerForm) / (1 + margin)
    // Eight partial sums, which the processor can keep side by side.
    var sums = SIMD8<Double>.zero
    var (byForm, without) = (SIMD8<Int64>.zero, SIMD8<Int64>.zero)
    let (nought, one) = (SIMD8<Double>.zero, SIMD8<Int64>(repeating: 1))
    let none = SIMD8<Int64>.zero
    func take(_ p: SIMD8<Double>) {
      sums += nought.replacing(with: p - level, where: p .> level)
      byForm &+= none.replacing(with: one, where: p .>= form)
      without &+= none.replacing(with: one, where: p .> places)
    }
    let whole = pupils.count / 8 * 8
    for start in stride(from: 0, to: whole, by: 8) {
      take(
        SIMD8(
          pupils[start], pupils[start + 1], pupils[start + 2], pupils[start + 3], pupils[start + 4],
          pupils[start + 5], pupils[start + 6], pupils[start + 7]))
    }
    if whole < pupils.count {
      // What fills the last eight up is never above a level.
      var rest = SIMD8<Double>(repeating: -.infinity)
      for index in whole..<pupils.count { rest[index - whole] = pupils[index] }
      take(rest)
    }
    unmet += sums.sum() * (1 + margin)
    shortByForm += Int(byForm.wrappedSum())
    withoutPlace += Int(without.wrappedSum())
  }
}

/// Counts all the cells of one area.
struct AreaStress {
  let area: PlanningArea
  let demand: StressDemand
  let ways: DeliveryWays
  /// What each scheme that adds places here adds, by the years that it opens late. **Shape** scheme, then years late.
  private let changes: [[CapacityChange?]]

  init(_ area: PlanningArea, _ demand: StressDemand, _ schemes: [DrawnScheme]) {
    let own = schemes.filter { $0.scheme.area == area.code && $0.change(yearsLate: 0) != nil }
    self.area = area
    self.demand = demand
    ways = DeliveryWays(own, draws: demand.draws)
    changes = own.map { scheme in
      (0...DeliveryDraws.mostYearsToOpening).map { scheme.change(yearsLate: $0) }
    }
  }

  private var entry: YearGroup { area.phase.entryYearGroup }

  struct Counts {
    var cells: [(yearGroup: YearGroup, year: AcademicYear, planned: CellCount, delivered: CellCount)] = []
    /// Draws in which a pupil is without a place in the entry year group in some year.
    var anyPlanned = 0
    var anyDelivered = 0
  }

  /// Every cell as planned and as delivered, with `block` on top of both where there is one.
  func count(with block: CapacityChange? = nil) -> Counts {
    var counts = Counts()
    var anyPlanned = [Bool](repeating: false, count: demand.draws)
    var anyDelivered = anyPlanned
    var ordered = [Double](repeating: 0, count: demand.draws)
    let margin = demand.margin[area.phase] ?? 0
    for yearGroup in area.phase.plannedYearGroups {
      for year in demand.years {
        guard let cell = demand.cell(area.code, yearGroup, year), cell.pupils.count == demand.draws else {
          continue
        }
        let base = cell.places + (block?.places(in: yearGroup, year: year) ?? 0)
        let table: [[Double]] = changes.map { $0.map { $0?.places(in: yearGroup, year: year) ?? 0 } }
        let supply = ways.delays.map { delays in
          zip(table, delays).reduce(base) { $0 + $1.0[$1.1] }
        }
        let planned = table.reduce(base) { $0 + $1[0] }
        var (asPlanned, asDelivered) = (CellCount(), CellCount())
        cell.pupils.withUnsafeBufferPointer { asPlanned.add($0, places: planned, margin: margin) }
        if supply.allSatisfy({ $0 == planned }) {
          asDelivered = asPlanned
        } else {
          for (position, draw) in ways.order.enumerated() { ordered[position] = cell.pupils[Int(draw)] }
          ordered.withUnsafeBufferPointer { all in
            for (way, range) in ways.draws.enumerated() {
              asDelivered.add(UnsafeBufferPointer(rebasing: all[range]), places: supply[way], margin: margin)
            }
          }
        }
        if yearGroup == entry {
          for (way, range) in ways.draws.enumerated() {
            for draw in ways.order[range] where cell.pupils[Int(draw)] > supply[way] {
              anyDelivered[Int(draw)] = true
            }
          }
          for draw in 0..<demand.draws where cell.pupils[draw] > planned { anyPlanned[draw] = true }
        }
        counts.cells.append((yearGroup, year, asPlanned, asDelivered))
      }
    }
    counts.anyPlanned = anyPlanned.count { $0 }
    counts.anyDelivered = anyDelivered.count { $0 }
    return counts
  }
}
