/// A table as whole numbers: each cell its value rounded down or up, each row's sum too, and the sum of all to the nearest. Which cells
/// go up is chosen row by row so that the columns keep near their own sums. Values are finite and not negative.
///
/// **Shape** rows of equal length. **Source** Cox 1987, A constructive procedure for unbiased controlled rounding, for what such a table
/// must keep; the choice here is largest remainder with the error of each column carried on, so that it never depends on chance.
func roundedKeepingSums(_ rows: [[Double]]) -> [[Int]] {
  let sums = rows.map { $0.reduce(0, +) }
  let totals = raised(sums, by: sums, to: sums.reduce(0, +).rounded())
  var carried = [Double](repeating: 0, count: rows.first?.count ?? 0)
  return zip(rows, totals).map { row, total in
    let counts = raised(row, by: zip(row, carried).map(+), to: Double(total))
    for column in row.indices { carried[column] += row[column] - Double(counts[column]) }
    return counts
  }
}

/// Values rounded down, and as many of them up as their sum needs: those that `claims` leaves furthest above.
private func raised(_ values: [Double], by claims: [Double], to total: Double) -> [Int] {
  let floors = values.map { $0.rounded(.down) }
  let missing = Int(total - floors.reduce(0, +))
  let order = values.indices.filter { values[$0] > floors[$0] }.sorted { one, other in
    let (a, b) = (claims[one] - floors[one], claims[other] - floors[other])
    return a == b ? one < other : a > b
  }
  var counts = floors.map { Int($0) }
  for index in order.prefix(max(0, missing)) { counts[index] += 1 }
  return counts
}
