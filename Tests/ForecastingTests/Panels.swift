import PlacePlanning

extension RollTable {
  /// Counts of year groups in years, by the September in which a year begins; nil where nobody was counted.
  init(
    _ years: some Sequence<Int>, _ yearGroups: [YearGroup] = YearGroup.all,
    _ count: (Int, YearGroup) -> Double?
  ) {
    self.init()
    for year in years {
      for yearGroup in yearGroups { self[AcademicYear(year), yearGroup] = count(year, yearGroup) }
    }
  }

  /// Counts by year from 2010 on, from Reception on; nil where a year or a year group was not counted.
  init(_ counts: [[Double?]?]) {
    self.init(2010..<2010 + counts.count) { year, yearGroup in
      guard let groups = counts[year - 2010], yearGroup.number < groups.count else { return nil }
      return groups[yearGroup.number]
    }
  }
}

extension RollPanel {
  /// Areas by their codes, which are their names as well.
  init(_ rolls: [String: RollTable], births: [String: [Int: Double]] = [:]) {
    self.init(areas: rolls.keys.map { .init(code: $0, name: $0) }, rolls: rolls, births: births)
  }

  /// One area, `a`.
  init(_ table: RollTable) { self.init(["a": table]) }
}
