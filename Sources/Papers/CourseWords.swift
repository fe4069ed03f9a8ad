internal import PlacePlanning
internal import Projection
internal import Sufficiency

// How rolls and other figures change over the years, in words.

/// `rises from 6,786 to 6,901 pupils (1.7%)`, `falls from 9,142 to 9,140 pupils (less than 0.1%)`, `stays at 989 pupils`.
func changeInWords(from now: Int, to then: Int) -> String {
  if now == then { return "stays at \(counted(now, "pupil"))" }
  let share = abs(Double(then - now)) / Double(now)
  let words =
    now == 0 ? "" : share < 0.0005 ? " (less than 0.1%)" : " (\(percent(share, places: 1)))"
  return "\(then > now ? "rises" : "falls") from \(grouped(now)) to \(counted(then, "pupil"))\(words)"
}

extension PaperWriter {
  /// The counts of a year group up to the base year, as far as the model holds them.
  func countedRolls(_ yearGroup: YearGroup) -> [(year: AcademicYear, value: Double)] {
    model.countyRolls.years.filter { $0 <= model.baseYear }.compactMap { year in
      model.countyRolls[year, yearGroup].map { (year: year, value: $0) }
    }
  }

  /// The middle path of a year group, all areas together.
  func projected(_ yearGroup: YearGroup) -> [(year: AcademicYear, value: Double)] {
    pupils.years.map { (year: $0, value: pupils.central.total([yearGroup], $0)) }
  }

  /// `Reception rises from 98 to 116 pupils (18.4%) between 2017/18 and 2023/24.` What ends where it began need not stay there:
  /// `From 2017/18 to 2023/24 Reception begins and ends at 3, and is highest in 2020/21, at 46.`
  func intakeChange(_ yearGroup: YearGroup, _ first: AcademicYear, _ last: AcademicYear) -> String {
    let points = projected(yearGroup)
    let counts = points.map { Int($0.value.rounded()) }
    if counts.first == counts.last, Set(counts).count > 1 {
      return "From \(first) to \(last) \(yearGroup.name) \(course(points))."
    }
    let (now, then) = (pupils.central.total([yearGroup], first), pupils.central.total([yearGroup], last))
    let change = changeInWords(from: Int(now.rounded()), to: Int(then.rounded()))
    return "\(yearGroup.name) \(change) between \(first) and \(last)."
  }

  /// How a figure of an area goes over its years, in words.
  func course(
    _ outlook: AreaOutlook, _ figure: KeyPath<AreaOutlook.Row, Double>, isPlural: Bool = false
  ) -> String {
    course(outlook.rows.map { (year: $0.year, value: $0[keyPath: figure]) }, isPlural: isPlural)
  }

  /// `goes from 1,046 to 1,123, and is highest in 2025/26, at 1,194`, or `stays at 989`; of several things, `stay at 989`; of one year,
  /// `is 989`. Figures are in order of year.
  func course(_ points: [(year: AcademicYear, value: Double)], isPlural: Bool = false) -> String {
    let counts = points.map { (year: $0.year, count: Int($0.value.rounded())) }
    guard let first = counts.first?.count, let last = counts.last?.count,
      let top = counts.max(by: { ($0.count, $1.year) < ($1.count, $0.year) }),
      let bottom = counts.min(by: { ($0.count, $0.year) < ($1.count, $1.year) })
    else { return isPlural ? "are not known" : "is not known" }
    if counts.count == 1 { return "\(isPlural ? "are" : "is") \(grouped(first))" }
    if top.count == bottom.count { return "\(isPlural ? "stay" : "stays") at \(grouped(first))" }
    let ends =
      first == last
      ? "\(isPlural ? "begin and end" : "begins and ends") at \(grouped(first))"
      : "\(isPlural ? "go" : "goes") from \(grouped(first)) to \(grouped(last))"
    let turns = [
      top.count > max(first, last) ? "highest in \(top.year), at \(grouped(top.count))" : nil,
      bottom.count < min(first, last) ? "lowest in \(bottom.year), at \(grouped(bottom.count))" : nil,
    ].compactMap { $0 }
    if turns.isEmpty { return ends }
    return ends + (isPlural ? ", and are " : ", and is ") + turns.joined(separator: ", and ")
  }

  /// ` Without new homes, which are assumed, it would fall to 6,641.`; empty where homes make no difference.
  func withoutHomes(_ yearGroup: YearGroup, from now: Double, to then: Double, _ last: AcademicYear) -> String
  {
    let count = Int(pupils.centralWithoutHousing.total([yearGroup], last).rounded())
    let start = Int(now.rounded())
    guard count != Int(then.rounded()) else { return "" }
    let way = count == start ? "stay at" : count > start ? "rise to" : "fall to"
    return " Without new homes, which are \(homesTiming), it would \(way) \(grouped(count))."
  }

  /// Where the middle path is highest, and where it ends.
  func peak(_ ahead: [(year: AcademicYear, value: Double)]) -> String {
    let counts = ahead.map { (year: $0.year, count: Int($0.value.rounded())) }
    guard let last = counts.last, let most = counts.map(\.count).max() else { return "" }
    let top = counts.filter { $0.count == most }
    if top.count == counts.count { return "The middle path stays at \(grouped(most))." }
    if last.count < most, let first = top.first, first.year == model.baseYear {
      return "The middle path never goes above the \(grouped(most)) counted in \(first.year), and is "
        + "\(grouped(last.count)) in \(last.year)."
    }
    if last.count < most {
      return
        "The middle path is highest in \(yearsInWords(top.map(\.year.start))), at \(grouped(most)), and is "
        + "\(grouped(last.count)) in \(last.year)."
    }
    return top.count == 1
      ? "The middle path is highest in the last year, \(last.year), at \(grouped(most))."
      : "The middle path is highest in \(yearsInWords(top.map(\.year.start))), at \(grouped(most))."
  }

  func between(_ range: ClosedRange<Double>) -> String {
    "\(whole(range.lowerBound)) and \(whole(range.upperBound))"
  }
}
