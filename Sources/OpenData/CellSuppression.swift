internal import MixedInteger

/// A table of counts that add up: cells, and which of them are the sums of which others.
struct AdditiveTable: Sendable {
  /// A total and its parts, by their places in `values`.
  struct Sum: Hashable, Sendable {
    let total: Int
    let parts: [Int]
  }

  /// None is below nought.
  let values: [Double]
  let sums: [Sum]

  /// The cells that round to less than the threshold and are not nought: a nought names nobody.
  func small(below threshold: Int) -> Set<Int> {
    Set(values.indices.filter { values[$0] >= 0.5 && values[$0] < Double(threshold) - 0.5 })
  }
}

/// No cells were found that would protect the small ones.
public struct SuppressionFailure: Error, CustomStringConvertible, Sendable {
  public let description: String
}

/// The cells to suppress so that no small one can be worked out from the rest.
///
/// A reader who knows every cell that is left, which sums hold, and that no count is below nought, cannot tell of any cell of
/// `small` (with what `small(below:)` finds) that it is more than nought, nor that it is less than the threshold less 1 or its
/// own value and 1. For each of them two linear programmes find the cheapest cells that let it move that far, each cell at the
/// cost of its value; those that move are suppressed. More suppression only gives the others more room, so that one pass is
/// enough.
///
/// **Source** Kelly, Golden and Assad (1992), cell suppression: disclosure protection for sensitive tabular data, Networks 22.
///
/// **Throws** `SuppressionFailure` when a cell stands in no sum that could hide it, or the table does not add up.
func suppressedCells(
  of table: AdditiveTable, below threshold: Int, small: Set<Int> = [], already: Set<Int> = []
) throws -> Set<Int> {
  let sensitive = small.union(table.small(below: threshold)).sorted()
  var suppressed = already.union(sensitive)
  if sensitive.isEmpty { return suppressed }
  let problem = try MovementProblem(table)
  for cell in sensitive {
    let value = table.values[cell]
    for move in [max(1, Double(threshold) - 1 - value), -value] where abs(move) > 1e-9 {
      suppressed.formUnion(try problem.cheapest(moving: cell, by: move, free: suppressed))
    }
  }
  return suppressed
}

/// Which cells move along when one does: each up or down, so that all sums still hold and nothing falls below nought.
private struct MovementProblem {
  private static let far = 1e7

  private let table: AdditiveTable
  private let up: [VariableID]
  private let down: [VariableID]
  private let resolver: Resolver

  init(_ table: AdditiveTable) throws {
    self.table = table
    var model = LinearModel(name: "suppression")
    up = table.values.indices.map { model.variable("up_\($0)", .continuous(0, Self.far)) }
    down = table.values.indices.map { model.variable("down_\($0)", .continuous(0, max(0, table.values[$0]))) }
    for (index, sum) in table.sums.enumerated() {
      let parts = sum.parts.reduce(0) { $0 + table.values[$1] }
      guard abs(parts - table.values[sum.total]) <= 1e-6 * max(1, abs(parts)) else {
        throw SuppressionFailure(
          description: "sum \(index) does not add up: \(parts) is not \(table.values[sum.total])")
      }
      var balance = LinearExpression()
      balance.add(up[sum.total], times: -1)
      balance.add(down[sum.total], times: 1)
      for part in sum.parts {
        balance.add(up[part], times: 1)
        balance.add(down[part], times: -1)
      }
      model.constrain("sum_\(index)", balance, .equals, 0)
    }
    resolver = try Resolver(model, SolveOptions())
  }

  /// The cells that move when `cell` moves by `move`, at the least cost in values; those that are free cost next to nothing.
  func cheapest(moving cell: Int, by move: Double, free: Set<Int>) throws -> Set<Int> {
    var cost = LinearExpression()
    for index in table.values.indices {
      let price = free.contains(index) ? 1e-6 : 1 + table.values[index].squareRoot()
      cost.add(up[index], times: price)
      cost.add(down[index], times: price)
    }
    resolver.setObjective(cost)
    resolver.setBounds(up[cell], max(0, move), max(0, move))
    resolver.setBounds(down[cell], max(0, -move), max(0, -move))
    defer {
      resolver.setBounds(up[cell], 0, Self.far)
      resolver.setBounds(down[cell], 0, max(0, table.values[cell]))
    }
    guard let solution = try resolver.solve().solution else {
      throw SuppressionFailure(description: "cell \(cell) stands in no sum that could hide it")
    }
    return Set(table.values.indices.filter { abs(solution[up[$0]] - solution[down[$0]]) > 1e-7 })
  }
}
