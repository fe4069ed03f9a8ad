internal import Diagnostics
internal import PlacePlanning

// Years that a series leaves out, which count as nought (W345), and years with a nought that forbids what another column allows (W351). The
// figures are used as they stand.

/// How many years a pot must receive money in before a year between them is missed. Assumed: two sums in separate years need have nothing
/// between them; three or more are a series.
private let fewestYearsOfSeries = 3

extension ModelParts {
  /// Warns of years between those given in which nothing may be borrowed, nothing holds its cost down, or a pot receives nothing (W345).
  func warnOfMissingYears(_ list: inout DiagnosticList) throws {
    let borrowing = try series(rows(.borrowing))
    warnOfGaps(
      borrowing, says: "borrowing has no row", why: "nothing may be borrowed in a year without a row",
      at: "financial_year", &list)
    let ceilings = borrowing.filter { !$0.row.isBlank("revenue_ceiling") }
    warnOfGaps(
      ceilings, among: borrowing.map(\.year), says: "borrowing has no 'revenue_ceiling'",
      why: "in a year without one what is borrowed may cost any sum", at: "revenue_ceiling", &list)
    let pots = Dictionary(grouping: rows(.potReceipts)) { $0.raw("pot_key") }
    for (pot, rows) in pots.sorted(by: { $0.key < $1.key }) where rows.count >= fewestYearsOfSeries {
      warnOfGaps(
        try series(rows), says: "pot '\(pot)' has no row", why: "it receives nothing in a year without a row",
        at: "financial_year", &list)
    }
  }

  /// Warns of years in which borrowed money may cost nothing, from the first year in which money may be borrowed (W351).
  func warnOfCeilingsOfNought(_ borrowing: BorrowingPlan, _ list: inout DiagnosticList) throws {
    guard borrowing.interest > 0, let from = borrowing.limit.filter({ $0.value > 0 }).keys.min() else {
      return
    }
    let years = borrowing.revenueCeiling.filter { $0.value == 0 && $0.key >= from }.keys.sorted()
    guard let first = years.first else { return }
    let row = try rows(.borrowing).first { try $0.financialYear("financial_year") == first }
    list.add(
      .ceilingOfNought, at: row?.place("revenue_ceiling") ?? place(of: .borrowing),
      what:
        "'revenue_ceiling' is 0 in \(firstEight(years.map(\.label))), and money may be borrowed from \(from) on",
      why:
        "what is borrowed costs interest from its first year on, so nothing could be borrowed in such a year or be owed from before",
      fix:
        "write what revenue bears, or leave the cell blank for any sum; if nothing is to be borrowed, write 0 as every limit"
    )
  }

  private typealias Series = [(year: FinancialYear, row: DatasetRow)]

  /// In order of year.
  private func series(_ rows: [DatasetRow]) throws -> Series {
    try rows.map { (year: try $0.financialYear("financial_year"), row: $0) }.sorted { $0.year < $1.year }
  }

  /// Warns at the first row after a gap, and names all years that are left out: of `all` years that might have one, or of every year.
  private func warnOfGaps(
    _ given: Series, among all: [FinancialYear]? = nil, says: String, why: String, at column: String,
    _ list: inout DiagnosticList
  ) {
    guard let first = given.first?.year, let last = given.last?.year else { return }
    let known = Set(given.map(\.year))
    let missing = (all ?? (0..<(last - first)).map { first + $0 }).filter {
      first < $0 && $0 < last && !known.contains($0)
    }
    guard let gap = missing.first, let after = given.first(where: { $0.year > gap }) else { return }
    list.add(
      .yearPassedOver, at: after.row.place(column),
      what: "\(says) for \(missing.map(\.label).joined(separator: ", ")), between years that have one",
      why: why, fix: "add it, with 0 where that is meant")
  }
}
