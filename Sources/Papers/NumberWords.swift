public import PlacePlanning

/// `£51,195,000`.
public func poundsExact(_ pounds: Int) -> String {
  pounds < 0 ? "−" + poundsExact(-pounds) : "£" + grouped(pounds)
}

/// Pounds as a sentence says them: `£51.195 million`, `£430,000`. Exact: whatever does not end in whole thousands is
/// written out. `always` says millions of sums below one as well: `£0.4 million`.
public func poundsInWords(_ pounds: Int, always: Bool = false) -> String {
  if pounds < 0 { return "−" + poundsInWords(-pounds, always: always) }
  guard pounds >= 1_000_000 || always && pounds > 0, pounds % 1_000 == 0 else { return poundsExact(pounds) }
  let (millions, thousands) = (pounds / 1_000_000, pounds % 1_000_000 / 1_000)
  var decimals = String(thousands + 1_000).dropFirst()
  while decimals.hasSuffix("0") { decimals = decimals.dropLast() }
  return "£\(grouped(millions))\(decimals.isEmpty ? "" : ".\(decimals)") million"
}

/// A large sum as a sentence says it when the last pounds do not matter: `£209.4 million`, `£340,000`, `£900`.
func poundsRoughly(_ pounds: Double) -> String {
  if pounds < 0 { return "−" + poundsRoughly(-pounds) }
  if pounds >= 999_500 {
    let text = fixed(pounds / 1_000_000, places: 1)
    return "£\(text.hasSuffix(".0") ? String(text.dropLast(2)) : text) million"
  }
  let unit = pounds >= 10_000 ? 1000.0 : 100.0
  return poundsExact(Int((pounds / unit).rounded(.toNearestOrAwayFromZero) * unit))
}

/// The same for whole pounds.
func poundsRoughly(_ pounds: Int) -> String { poundsRoughly(Double(pounds)) }

/// Parts of one sum at one precision, each rounded by itself, so that a figure is the same wherever it stands: with `£209.4 million` stand
/// `£0.4 million` and not `£430,000`. **Units** whole pounds, none negative.
func poundsShared(_ parts: [Int]) -> (parts: [String], total: String) {
  let total = parts.reduce(0, +)
  // Under £10 million a tenth of a million is too coarse for the smaller parts.
  let unit = total >= 9_995_000 ? 100_000 : total >= 999_500 ? 10_000 : total >= 10_000 ? 1000 : 1
  func rounded(_ pounds: Int) -> Int { Int((Double(pounds) / Double(unit)).rounded()) }
  let shares = parts.map(rounded)
  func words(_ units: Int) -> String {
    unit < 10_000 ? poundsExact(units * unit) : poundsInWords(units * unit, always: true)
  }
  let shown = zip(parts, shares).map { part, share in
    share == 0 && part > 0 ? "less than \(words(1))" : words(share)
  }
  return (shown, words(rounded(total)))
}

/// A fixed number of decimals, halves away from nought, thousands grouped: `1,203.5`. Never `−0`.
public func fixed(_ value: Double, places: Int) -> String {
  guard value.isFinite, abs(value) < 1e12 else { return "not a number" }
  let scale = (0..<places).reduce(1) { power, _ in power * 10 }
  let scaled = Int((value * Double(scale)).rounded(.toNearestOrAwayFromZero))
  let text = grouped(Int(scaled.magnitude) / scale)
  let decimals = String(Int(scaled.magnitude) % scale + scale).dropFirst()
  return (scaled < 0 ? "−" : "") + text + (places > 0 ? ".\(decimals)" : "")
}

/// To the nearest whole number, halves away from nought, thousands grouped: `1,203`.
public func whole(_ value: Double) -> String { fixed(value, places: 0) }

/// Whole numbers that add up to the rounded total: each part is rounded down or up, and those that lose most are rounded up.
/// Ties go to the first. Parts that are not finite are refused with nil. Where the total is shown already, as a difference of rounded
/// figures, `total` says what it is: their sum rounded up or down.
public func roundedKeepingTotal(_ parts: [Double], total shown: Int? = nil) -> [Int]? {
  guard parts.allSatisfy({ $0.isFinite && abs($0) < 1e15 }) else { return nil }
  let floors = parts.map { $0.rounded(.down) }
  let total = shown ?? Int(parts.reduce(0, +).rounded(.toNearestOrAwayFromZero))
  let missing = total - Int(floors.reduce(0, +))
  let order = parts.indices.sorted { one, other in
    let (a, b) = (parts[one] - floors[one], parts[other] - floors[other])
    return a == b ? one < other : a > b
  }
  let raised = Set(order.prefix(max(0, missing)))
  return parts.indices.map { Int(floors[$0]) + (raised.contains($0) ? 1 : 0) }
}

/// A share as a percentage, its sign behind it: `12%`.
public func percent(_ share: Double, places: Int = 0) -> String { fixed(share * 100, places: places) + "%" }

/// As a data file stores it: plain ASCII, up to `places` decimals, no grouping: `1203.456789`. Never `-0`. Fewer decimals where
/// a number is so large that it has none to give.
public func decimal(_ value: Double, places: Int) -> String {
  guard value.isFinite, abs(value) < 1e12 else { return "not a number" }
  var places = places
  while places > 0, abs(value) >= (0..<places).reduce(0x1p53, { limit, _ in limit / 10 }) { places -= 1 }
  let scale = (0..<places).reduce(1) { power, _ in power * 10 }
  let scaled = Int((value * Double(scale)).rounded(.toNearestOrAwayFromZero))
  let whole = (scaled < 0 ? "-" : "") + String(scaled.magnitude / UInt(scale))
  var decimals = scaled.magnitude % UInt(scale)
  if decimals == 0 { return whole }
  var width = places
  while decimals % 10 == 0 {
    decimals /= 10
    width -= 1
  }
  let digits = String(decimals)
  return whole + "." + String(repeating: "0", count: width - digits.utf8.count) + digits
}

/// `1 pupil`, `2 pupils`, `no pupils`.
public func counted(_ value: Int, _ noun: String, _ plural: String? = nil) -> String {
  switch value {
  case 0: "no \(plural ?? noun + "s")"
  case 1: "1 \(noun)"
  default: "\(grouped(value)) \(plural ?? noun + "s")"
  }
}

/// Forms of entry to one decimal: `6.3 FE`; whole ones without: `8 FE`; `less than 0.1 FE` for what would round to nought.
public func forms(_ forms: FormsOfEntry) -> String {
  if forms.forms > 0, forms.forms < 0.05 { return "less than 0.1 FE" }
  return fixed(forms.forms, places: forms.forms.rounded() == forms.forms ? 0 : 1) + " FE"
}

/// `1, 4 to 6 and 9`, of numbers in order.
public func numbersInWords(_ numbers: [Int]) -> String {
  listed(
    stretches(of: numbers).flatMap { run in
      run.count > 2 ? ["\(run.lowerBound) to \(run.upperBound)"] : run.map { String($0) }
    })
}

/// `2017/18 and 2019/20 to 2026/27`: years in order, each by the calendar year in which it starts, stretches of more than two by their
/// ends.
func yearsInWords(_ starts: [Int]) -> String {
  listed(
    stretches(of: starts).flatMap { run -> [String] in
      let (first, last) = (AcademicYear(run.lowerBound).label, AcademicYear(run.upperBound).label)
      return run.count > 2 ? ["\(first) to \(last)"] : run.map { AcademicYear($0).label }
    })
}

/// `from 2018/19 to 2027/28`; `in 2018/19` where both are the same.
func fromTo<Year: Equatable>(_ first: Year, _ last: Year) -> String {
  first == last ? "in \(first)" : "from \(first) to \(last)"
}

/// Numbers in order, those without a gap between them together.
func stretches(of numbers: [Int]) -> [ClosedRange<Int>] {
  numbers.reduce(into: []) { stretches, number in
    if let last = stretches.last, last.upperBound + 1 == number {
      stretches[stretches.count - 1] = last.lowerBound...number
    } else {
      stretches.append(number...number)
    }
  }
}

/// `a, b and c`.
public func listed(_ items: [String]) -> String {
  switch items.count {
  case 0: "none"
  case 1: items[0]
  default: items.dropLast().joined(separator: ", ") + " and " + (items.last ?? "")
  }
}

/// After a colon: `a; b and c; and d` where an item holds a comma or an “and” itself, so that none reads as two; else as `listed`.
func listedApart(_ items: [String]) -> String {
  guard items.count > 1, let last = items.last,
    items.contains(where: { $0.contains(", ") || $0.contains(" and ") })
  else { return listed(items) }
  return items.dropLast().joined(separator: "; ") + "; and " + last
}
