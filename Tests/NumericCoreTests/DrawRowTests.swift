import NumericCore
import Testing

@Suite("Sums over all draws at once")
struct DrawRowTests {
  /// Whole numbers, so that sums are exact.
  private func row(_ count: Int, _ value: (Int) -> Int) -> DrawRow.Row {
    let row = DrawRow.Row.allocate(capacity: count)
    for index in 0..<count { row.initializeElement(at: index, to: Double(value(index))) }
    return row
  }

  @Test("a row is added to two, set to a sum, and chosen values are added", arguments: [1, 7, 256, 601])
  func sums(count: Int) {
    let (one, other, some) = (row(count) { $0 }, row(count) { 2 * $0 }, row(count) { $0 % 5 })
    defer { for row in [one, other, some] { row.deallocate() } }
    func expect(_ row: DrawRow.Row, _ wanted: (Int) -> Int) {
      for index in 0..<count { #expect(row[index] == Double(wanted(index))) }
    }
    DrawRow.add(some, to: one, and: other)
    expect(one) { $0 + $0 % 5 }
    expect(other) { 2 * $0 + $0 % 5 }
    DrawRow.set(one, to: other, plus: some, times: some)
    expect(one) { index in
      let chosen = index % 5
      return 2 * index + chosen + chosen * chosen
    }
    let values = [10, 0, -3, 100, 7]
    DrawRow.add(values.map(Double.init), chosen: some, to: other)
    expect(other) { 2 * $0 + $0 % 5 + values[$0 % 5] }
  }

  @Test("rows of another length are left as they are")
  func lengths() {
    let (long, short) = (row(5) { $0 }, row(4) { $0 })
    defer { for row in [long, short] { row.deallocate() } }
    DrawRow.add(short, to: long, and: long)
    DrawRow.set(long, to: short, plus: long, times: long)
    DrawRow.add([1, 2], chosen: short, to: long)
    DrawRow.add([], chosen: long, to: long)
    #expect(Array(long) == [0, 1, 2, 3, 4])
  }
}
