import NumericCore
import PlacePlanning
import TestSupport
import Testing

/// Raking and birth alignment against other ways to the same figures.
struct NumericReferenceTests {
  @Test("raking a 3 x 3 table: Newton on the dual, and a search for the least relative entropy")
  func raking() throws {
    let reference = try NumPyReference.read.get().raking
    let table = LabelledMatrix(rows: Axis("row", ["a", "b", "c"]), columns: Axis("column", ["x", "y", "z"])) {
      reference.seed[$0][$1]
    }
    let raked = try table.raked(rowTotals: reference.rows, columnTotals: reference.columns)
    var (dual, search) = (Worst(), Worst())
    for row in 0..<3 {
      for column in 0..<3 {
        dual.note(raked[row, column], reference.raked[row][column], "\(row) \(column)")
        search.note(raked[row, column], reference.entropySearch[row][column], "\(row) \(column)")
      }
    }
    dual.expect(within: 1e-8, of: 9)
    // A search without gradients finds the least entropy to about the square root of the arithmetic's precision.
    search.expect(within: 1e-5, of: 9)
  }

  /// Births to 30 June: 1,200 in 2010, 600 in 2011, 1,800 in 2012; then (3 x 1,800 + 2 x 600 + 1,200) / 6 = 1,300, at a
  /// factor of 1.5 1,950. The cohort of 2014/15 was born September 2009 to August 2010: 10/12 of 1,200 + 2/12 of 600.
  @Test("births by academic year", arguments: [(2014, 1100.0), (2015, 800), (2016, 1825), (2017, 1950)])
  func alignment(start: Int, byHand: Double) throws {
    let reference = try NumPyReference.read.get().alignment
    expectClose(reference.cohorts["\(start)"], byHand, within: 1e-9, "reference \(start)")
    let births = BirthTable(
      districts: [
        "D": try Dictionary(
          uniqueKeysWithValues: reference.births.map { (try #require(Int($0.key)), $0.value) })
      ])
    let found = births.cohort("D", reachingReceptionIn: AcademicYear(start))
    if start <= 2015 {
      expectClose(found, byHand, within: 1e-9, "cohort of \(start)")
    } else {
      #expect(found == nil, "a cohort with births not yet counted has no count")
    }
  }
}
