import NumericCore
import TestSupport
import Testing

private func matrix(
  _ rows: Axis, _ columns: Axis, _ random: inout SeededGenerator, _ range: ClosedRange<Double> = -5...5
) -> LabelledMatrix {
  LabelledMatrix(rows: rows, columns: columns) { _, _ in .random(in: range, using: &random) }
}

private func axis(_ name: String, _ size: ClosedRange<Int>, _ random: inout SeededGenerator) -> Axis {
  Axis(name, (0..<Int.random(in: size, using: &random)).map { "\(name)\($0)" })
}

/// Labelled matrices join by label or refuse.
struct MatrixLawTests {
  @Test("the product is that of three nested loops", arguments: seeds)
  func product(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let (rows, inner) = (axis("r", 1...40, &random), axis("k", 1...60, &random))
    let columns = axis("c", 1...40, &random)
    let (a, b) = (matrix(rows, inner, &random), matrix(inner, columns, &random))
    let product = try a.times(b)
    #expect(product.rows == rows && product.columns == columns)
    for row in 0..<rows.count {
      for column in 0..<columns.count {
        var (sum, size) = (0.0, 0.0)
        for k in 0..<inner.count {
          sum += a[row, k] * b[k, column]
          size += abs(a[row, k] * b[k, column])
        }
        expectClose(product[row, column], sum, within: 1e-12 * size, "\(row) \(column)")
      }
    }
  }

  @Test("rows in another order join by their labels: the same bits", arguments: seeds)
  func permuted(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let (rows, inner) = (axis("r", 1...20, &random), axis("k", 2...30, &random))
    let columns = axis("c", 1...20, &random)
    let (a, b) = (matrix(rows, inner, &random), matrix(inner, columns, &random))
    let order = inner.labels.indices.shuffled(using: &random)
    let other = LabelledMatrix(
      rows: Axis("k", order.map { inner.labels[$0] }), columns: columns
    ) { b[order[$0], $1] }
    #expect(try a.times(other) == a.times(b))
    #expect(try other.withRows(inner) == b)
  }
}

/// Raking meets both margins and keeps what the starting table says of its inside.
struct RakingLawTests {
  private struct Case {
    let seed: LabelledMatrix
    let rowTotals: [Double]
    let columnTotals: [Double]

    /// Margins that some table has, so that they can be met.
    init(_ number: UInt64) {
      var random = SeededGenerator(seed: number)
      let (rows, columns) = (axis("r", 2...9, &random), axis("c", 2...9, &random))
      seed = matrix(rows, columns, &random, 0.1...9)
      let reached = matrix(rows, columns, &random, 0.5...90)
      (rowTotals, columnTotals) = (reached.rowSums, reached.columnSums)
    }

    func raked(_ start: LabelledMatrix) throws -> LabelledMatrix {
      try start.raked(rowTotals: rowTotals, columnTotals: columnTotals)
    }
  }

  @Test("both margins are met", arguments: seeds)
  func margins(seed: UInt64) throws {
    let given = Case(seed)
    let raked = try given.raked(given.seed)
    for (found, wanted) in zip(raked.rowSums, given.rowTotals) { expectClose(found, wanted, within: 1e-9) }
    for (found, wanted) in zip(raked.columnSums, given.columnTotals) {
      expectClose(found, wanted, within: 1e-9)
    }
    #expect(raked.rows == given.seed.rows && raked.columns == given.seed.columns)
  }

  @Test("the odds ratio of any four cells stays", arguments: seeds)
  func oddsRatios(seed: UInt64) throws {
    let given = Case(seed)
    let raked = try given.raked(given.seed)
    func odds(_ m: LabelledMatrix, _ r: Int, _ c: Int) -> Double {
      m[0, 0] * m[r, c] / (m[0, c] * m[r, 0])
    }
    for r in 1..<raked.rows.count {
      for c in 1..<raked.columns.count {
        let wanted = odds(given.seed, r, c)
        expectClose(odds(raked, r, c), wanted, within: 1e-10 * wanted, "\(r) \(c)")
      }
    }
  }

  @Test("factors on the starting table's rows and columns change nothing", arguments: seeds)
  func scaled(seed: UInt64) throws {
    let given = Case(seed)
    var random = SeededGenerator(seed: seed &+ 500)
    let r = given.rowTotals.map { _ in Double.random(in: 0.1...10, using: &random) }
    let c = given.columnTotals.map { _ in Double.random(in: 0.1...10, using: &random) }
    let other = LabelledMatrix(rows: given.seed.rows, columns: given.seed.columns) {
      r[$0] * given.seed[$0, $1] * c[$1]
    }
    let (one, two) = (try given.raked(given.seed), try given.raked(other))
    for (a, b) in zip(one.values, two.values) { expectClose(b, a, within: 1e-7) }
  }

  @Test("noughts stay; a table that meets its margins stays as it is", arguments: seeds)
  func fixedPoints(seed: UInt64) throws {
    let given = Case(seed)
    let raked = try given.raked(given.seed)
    let again = try given.raked(raked)
    for (a, b) in zip(raked.values, again.values) { expectClose(b, a, within: 1e-9) }
    var holed = given.seed
    holed[0, 0] = 0
    var inside = raked
    inside[0, 0] = 0
    let result = try holed.raked(rowTotals: inside.rowSums, columnTotals: inside.columnSums)
    #expect(result[0, 0] == 0)
    for (found, wanted) in zip(result.rowSums, inside.rowSums) { expectClose(found, wanted, within: 1e-9) }
  }
}
