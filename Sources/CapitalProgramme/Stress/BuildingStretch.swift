/// A scheme's spending when building takes longer than planned: the same pounds in the same order, drawn out evenly.
///
/// What was to be spent in planned year *o*, the time from *o* to *o + 1*, is spent from *o k* to *(o + 1) k* with
/// *k = (planned + longer) / planned*. With no year longer every pound stays in its year.
struct BuildingStretch {
  /// Years that the plan spends in, one at the least.
  let planned: Int
  let longer: Int

  init(planned: Int, longer: Int) {
    self.planned = max(1, planned)
    self.longer = longer
  }

  /// The share of a planned year's pounds that is spent before `years` have passed since the start.
  private func share(of offset: Int, before years: Int) -> Double {
    // In units of a year over `planned`, so that whole numbers stay whole.
    let length = planned + longer
    let passed = min(max(0, years * planned - offset * length), length)
    return Double(passed) / Double(length)
  }

  /// The share of a planned year's pounds that is spent in the year `year` from the start.
  func share(of offset: Int, in year: Int) -> Double {
    share(of: offset, before: year + 1) - share(of: offset, before: year)
  }

  /// The share of a planned year's pounds that is spent in the year `year` from the start or later.
  func share(of offset: Int, from year: Int) -> Double { 1 - share(of: offset, before: year) }

  /// The last year from the start in which a planned year's pounds are spent.
  func last(of offset: Int) -> Int { ((offset + 1) * (planned + longer) + planned - 1) / planned - 1 }

  /// A budget by year from the start, drawn out. **Units** pounds.
  func spending(_ budget: [Int]) -> [Double] {
    guard longer > 0 else { return budget.map(Double.init) }
    return (0..<budget.count + longer).map { year in
      budget.enumerated().reduce(0) { $0 + Double($1.element) * share(of: $1.offset, in: year) }
    }
  }
}
