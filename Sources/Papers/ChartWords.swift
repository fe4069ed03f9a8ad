internal import PlacePlanning
internal import Projection
internal import Sufficiency

// Charts in words: what those who cannot see one are told instead.

/// Two values of one year, of which the first may be above the second.
typealias YearPair = (year: String, upper: Double, lower: Double)

/// Whether one value is above another by half or more. The text beside a chart counts the years in which an area is short in the same
/// way (`AreaOutlook.yearsShort`). Two values that round to different numbers need not be so far apart.
func exceeds(_ upper: Double, _ lower: Double) -> Bool { upper - lower >= 0.5 }

/// In which years one line stands above another: `in every year`, `in no year`, `from 2020/21 on`,
/// `in 2018/19 and from 2020/21 to 2023/24`. Pairs are in order of year.
func yearsAbove(_ pairs: [YearPair]) -> String {
  let above = pairs.indices.filter { exceeds(pairs[$0].upper, pairs[$0].lower) }
  guard let first = above.first, let last = above.last else { return "in no year" }
  if above.count == pairs.count { return "in every year" }
  let runs = stretches(of: above)
  if runs.count > 3 {
    return "in \(above.count) of \(pairs.count) years, first in \(pairs[first].year) and last in "
      + pairs[last].year
  }
  return listed(
    runs.map { run in
      let (start, end) = (pairs[run.lowerBound].year, pairs[run.upperBound].year)
      if run.count == 1 { return "in \(start)" }
      return run.upperBound == pairs.count - 1 ? "from \(start) on" : "from \(start) to \(end)"
    })
}

/// Where a line of counts begins and ends, and its highest and lowest where they are neither: `1,152 to 1,270, at most 1,431 (2014)`,
/// `702 to 738, between 667 (2015) and 777 (2007)`. Counts are in order of year.
func endsAndTurns(_ counts: [(year: Int, value: Double)]) -> String {
  guard let first = counts.first?.value, let last = counts.last?.value,
    let top = counts.max(by: { ($0.value, $1.year) < ($1.value, $0.year) }),
    let bottom = counts.min(by: { ($0.value, $0.year) < ($1.value, $1.year) })
  else { return "not known" }
  if counts.count == 1 { return whole(first) }
  let ends = first == last ? "\(whole(first)) at both ends" : "\(whole(first)) to \(whole(last))"
  switch (bottom.value < min(first, last), top.value > max(first, last)) {
  case (false, false): return ends
  case (false, true): return "\(ends), at most \(whole(top.value)) (\(top.year))"
  case (true, false): return "\(ends), at least \(whole(bottom.value)) (\(bottom.year))"
  case (true, true):
    return "\(ends), between \(whole(bottom.value)) (\(bottom.year)) and \(whole(top.value)) (\(top.year))"
  }
}

/// Which of two lines is above the other, and when: `Year 7 is above Reception from 2019/20 on`. In order of year; only years that
/// both have count.
func whichIsAbove(
  _ one: (name: String, points: [YearPoint]),
  _ other: (name: String, points: [YearPoint])
) -> String {
  let pairs = one.points.compactMap { point in
    other.points.first { $0.year == point.year }.map { YearPair(point.year, point.value, $0.value) }
  }
  // What is above at the end comes first.
  let isSwapped =
    pairs.last.map { exceeds($0.lower, $0.upper) } ?? false
    || !pairs.contains { exceeds($0.upper, $0.lower) } && pairs.contains { exceeds($0.lower, $0.upper) }
  return isSwapped
    ? "\(other.name) is above \(one.name) \(yearsAbove(pairs.map { ($0.year, $0.lower, $0.upper) }))"
    : "\(one.name) is above \(other.name) \(yearsAbove(pairs))"
}

extension PaperWriter {
  /// ` Counted: from 6,173 in 2011/12 to 6,786 in 2017/18, at most 6,941 in 2016/17.`; each line after its name where there are several,
  /// and years once where they are the same; empty for lines of fewer than two years.
  func countedInWords(_ lines: [(name: String, points: [(year: AcademicYear, value: Double)])]) -> String {
    let lines = lines.filter { $0.points.count > 1 }
    let words = lines.indices.compactMap { index -> String? in
      let points = lines[index].points
      guard let first = points.first, let last = points.last,
        let top = points.max(by: { ($0.value, $1.year) < ($1.value, $0.year) })
      else { return nil }
      let areYearsSaid = index > 0 && lines[index - 1].points.map(\.year) == points.map(\.year)
      let ends =
        whole(first.value) == whole(last.value)
        ? whole(first.value) + (areYearsSaid ? " in both years" : " in both \(first.year) and \(last.year)")
        : "from \(whole(first.value))\(areYearsSaid ? "" : " in \(first.year)") to \(whole(last.value))"
          + (areYearsSaid ? "" : " in \(last.year)")
      return (lines.count > 1 ? lines[index].name + " " : "") + ends
        + (top.value > max(first.value, last.value) ? ", at most \(whole(top.value)) in \(top.year)" : "")
    }
    return words.isEmpty ? "" : " Counted: \(words.joined(separator: "; "))."
  }

  /// ` In 2027/28, 8 in 10 futures lie between 5,603 and 7,976, 19 in 20 between 5,113 and 8,739.`; empty where there is no range to
  /// speak of.
  func rangeInWords(_ range: FanChart.Range?) -> String {
    guard let range, range.wide.upperBound - range.wide.lowerBound >= 1 else { return "" }
    return " In \(range.year), 8 in 10 futures lie between \(between(range.narrow)), 19 in 20 between "
      + "\(between(range.wide))."
  }

  /// ` Places stay at 989; pupils are above them in every year.`
  func placesInWords(_ outlook: AreaOutlook) -> String {
    let pairs = outlook.rows.map { YearPair($0.year.label, $0.pupils, $0.places) }
    return " Places \(course(outlook, \.places, isPlural: true)); pupils are above them \(yearsAbove(pairs))."
  }

  /// In which of the areas pupils go above places, at the end or only before it, and how many more their range takes there.
  func areasAbove(_ areas: [PlanningArea], _ yearGroup: YearGroup, _ years: [AcademicYear]) -> String {
    func isAbove(_ area: PlanningArea, _ year: AcademicYear, _ pupils: Double?) -> Bool {
      guard let pupils, let places = model.capacity.places(area.code, yearGroup, year) else { return false }
      return exceeds(pupils, places)
    }
    func isAbove(_ area: PlanningArea, _ year: AcademicYear) -> Bool {
      isAbove(area, year, self.pupils.central[area.code, yearGroup, year])
    }
    let above = areas.filter { area in years.contains { isAbove(area, $0) } }
    let more = areas.filter { !above.contains($0) }.count { area in
      years.contains {
        isAbove(area, $0, content.ranges?[area.code, yearGroup, $0]?.eightyInAHundred.upperBound)
      }
    }
    let last = years.last
    let atEnd = above.filter { area in last.map { isAbove(area, $0) } ?? false }
    let before = above.filter { !atEnd.contains($0) }
    let further = above.isEmpty ? "" : " more"
    if areas.count == 1 {
      if above.isEmpty {
        return "On the middle path pupils do not go above places."
          + (more == 0 ? "" : " The shaded range goes above places.")
      }
      let end = last?.label ?? ""
      return "On the middle path pupils go above places, "
        + (atEnd.isEmpty ? "but not in \(end)." : "in \(end) too.")
    }
    return
      "On the middle path pupils go above places in \(above.isEmpty ? "none" : grouped(above.count)) of them."
      + (atEnd.isEmpty ? "" : " Above in \(last?.label ?? ""): \(listedApart(atEnd.map(\.name))).")
      + (before.isEmpty ? "" : " Above only before \(last?.label ?? ""): \(listedApart(before.map(\.name))).")
      + (more == 0 ? "" : " In \(grouped(more))\(further) the shaded range goes above places.")
  }
}
