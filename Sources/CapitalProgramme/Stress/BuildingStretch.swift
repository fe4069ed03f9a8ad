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

  /// The share of a planned year's pounds that is spent in the year `year` from the start or later.
  func share(of offset: Int, from year: Int) -> Double {
    // In units of a year over `planned`, so that whole numbers stay whole.
    let length = planned + longer
    let passed = min(max(0, year * planned - offset * length), length)
    return 1 - Double(passed) / Double(length)
  }

  /// The last year from the start in which a planned year's pounds are spent.
  func last(of offset: Int) -> Int { ((offset + 1) * (planned + longer) + planned - 1) / planned - 1 }
}
