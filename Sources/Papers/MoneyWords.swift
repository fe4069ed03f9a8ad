public import CapitalProgramme
internal import PlacePlanning

// What a reader must know of sums of money beside the sums themselves.

extension ChosenProgramme {
  /// How much of what is borrowed section 106 money repays, since sums of what sources pay hold the borrowing whole; nil where none
  /// is repaid.
  public var repaidInWords: String? {
    let repaid = accounts.years.reduce(0) { $0 + $1.repaid }
    return repaid > 0
      ? "Internal borrowing is before repayment: section 106 money repays \(poundsExact(repaid)) of it within these years, which is "
        + "not counted here."
      : nil
  }
}

extension RevenueTable {
  /// The prices in which schemes' costs are stated beside MRP and interest; nil where there are no such costs.
  public var pricesInWords: String? {
    rows.contains { $0.costs.total > 0 }
      ? "Growth fund, start-up and hire are at the same rates in every year: later years are not raised for inflation."
      : nil
  }

  /// What falls after the last year of the table; nil where nothing does.
  public var beyondInWords: String? {
    guard beyond.total > 0, let last = rows.last?.year else { return nil }
    return
      "A further \(poundsExact(beyond.total)) of hire, or of year groups that new schools lack, falls from April to August "
      + "\(last.start + 1), after these years: it belongs to the academic year \(last.academicYear)."
  }
}
