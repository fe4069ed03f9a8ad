internal import CNormals

/// Sums over all draws at once.
///
/// **Shape** a row has one number a draw; nothing happens unless all rows have as many. A row that is written overlaps no other.
public enum DrawRow {
  public typealias Row = UnsafeMutableBufferPointer<Double>

  /// Adds a row to two others.
  public static func add(_ row: Row, to one: Row, and other: Row) {
    guard let a = one.baseAddress, let b = other.baseAddress, let c = row.baseAddress,
      one.count == row.count, other.count == row.count
    else { return }
    placesAddToBoth(a, b, c, Int64(row.count))
  }

  /// Sets a row to `a` + `b` x `c`.
  public static func set(_ row: Row, to a: Row, plus b: Row, times c: Row) {
    guard let out = row.baseAddress, let first = a.baseAddress, let second = b.baseAddress,
      let third = c.baseAddress, [a, b, c].allSatisfy({ $0.count == row.count })
    else { return }
    placesAddProduct(out, first, second, third, Int64(row.count))
  }

  /// Adds to each draw's sum the value that it has chosen: `chosen` holds positions in `values`.
  public static func add(_ values: [Double], chosen: Row, to sum: Row) {
    guard let out = sum.baseAddress, let positions = chosen.baseAddress, sum.count == chosen.count,
      !values.isEmpty
    else { return }
    placesAddChosen(out, positions, values, Int64(values.count), Int64(sum.count))
  }
}
