/// A small linear programme, solved with a dense two-phase tableau under Bland's rule: the least cost over variables that are
/// nought or more. Slow and plain on purpose; it shares nothing with the solver that it is set beside.
struct LinearProgramme {
  enum Relation { case equal, most }

  struct Row {
    let terms: [(variable: Int, factor: Double)]
    let relation: Relation
    let bound: Double
  }

  enum Outcome {
    case optimal(cost: Double, point: [Double])
    case infeasible
    case unbounded
  }

  private(set) var costs: [Double] = []
  private(set) var rows: [Row] = []

  /// A new variable's position.
  mutating func variable(cost: Double = 0) -> Int {
    costs.append(cost)
    return costs.count - 1
  }

  mutating func require(_ terms: [(Int, Double)], _ relation: Relation, _ bound: Double) {
    rows.append(Row(terms: terms.map { ($0.0, $0.1) }, relation: relation, bound: bound))
  }

  func minimum() -> Outcome {
    var tableau = Tableau(self)
    return tableau.minimum(costs)
  }
}

/// Rows of coefficients with the bound in the last column, and the basic variable of each row. Columns: variables, slacks of `most`
/// rows, then an artificial variable for each row that has no slack to start from.
private struct Tableau {
  private static let tolerance = 1e-9

  private let variables: Int
  private let firstArtificial: Int
  private let width: Int
  private var cells: [Double]
  private var basis: [Int]

  init(_ programme: LinearProgramme) {
    let rows = programme.rows
    let slacks = rows.filter { $0.relation == .most }.count
    let artificials = rows.filter { $0.relation == .equal || $0.bound < 0 }.count
    variables = programme.costs.count
    firstArtificial = variables + slacks
    width = firstArtificial + artificials + 1
    cells = [Double](repeating: 0, count: rows.count * width)
    basis = []
    var (slack, artificial) = (variables, firstArtificial)
    for (index, row) in rows.enumerated() {
      let sign = row.bound < 0 ? -1.0 : 1
      for term in row.terms { cells[index * width + term.variable] += sign * term.factor }
      cells[index * width + width - 1] = sign * row.bound
      if row.relation == .most {
        cells[index * width + slack] = sign
        if sign > 0 { basis.append(slack) }
        slack += 1
      }
      if row.relation == .equal || sign < 0 {
        cells[index * width + artificial] = 1
        basis.append(artificial)
        artificial += 1
      }
    }
  }

  mutating func minimum(_ costs: [Double]) -> LinearProgramme.Outcome {
    let scale = max(1, basis.indices.map { abs(bound($0)) }.max() ?? 1)
    let artificialCosts = (0..<width - 1).map { $0 >= firstArtificial ? 1.0 : 0 }
    guard let lack = improve(artificialCosts, columns: width - 1), lack <= 1e-7 * scale else {
      return .infeasible
    }
    dropArtificials()
    let allCosts = costs + [Double](repeating: 0, count: width - 1 - variables)
    guard let cost = improve(allCosts, columns: firstArtificial) else { return .unbounded }
    var point = [Double](repeating: 0, count: variables)
    for (row, column) in basis.enumerated() where column < variables { point[column] = bound(row) }
    return .optimal(cost: cost, point: point)
  }

  private func bound(_ row: Int) -> Double { cells[row * width + width - 1] }

  /// Bland's rule: the first column that lowers the cost enters; among the rows that bind first, that of the first variable
  /// leaves. The cost reached; nil when it falls without end.
  private mutating func improve(_ costs: [Double], columns: Int) -> Double? {
    var reduced = costs + [0]
    for (row, column) in basis.enumerated() where costs[column] != 0 {
      for at in 0..<width { reduced[at] -= costs[column] * cells[row * width + at] }
    }
    while let entering = (0..<columns).first(where: { reduced[$0] < -Self.tolerance }) {
      var leaving: (row: Int, ratio: Double)?
      for row in basis.indices {
        let factor = cells[row * width + entering]
        guard factor > Self.tolerance else { continue }
        let ratio = bound(row) / factor
        if let best = leaving {
          let isTie = abs(ratio - best.ratio) <= 1e-12
          guard isTie ? basis[row] < basis[best.row] : ratio < best.ratio else { continue }
        }
        leaving = (row, ratio)
      }
      guard let leaving else { return nil }
      pivot(leaving.row, entering, &reduced)
    }
    return -reduced[width - 1]
  }

  private mutating func pivot(_ row: Int, _ column: Int, _ reduced: inout [Double]) {
    let (width, rows) = (width, basis.count)
    basis[row] = column
    cells.withUnsafeMutableBufferPointer { cells in
      reduced.withUnsafeMutableBufferPointer { reduced in
        let own = row * width
        let factor = cells[own + column]
        var used: [Int] = []
        for at in 0..<width where cells[own + at] != 0 {
          cells[own + at] /= factor
          used.append(at)
        }
        for other in 0..<rows where other != row && cells[other * width + column] != 0 {
          let multiple = cells[other * width + column]
          for at in used { cells[other * width + at] -= multiple * cells[own + at] }
          cells[other * width + column] = 0
        }
        let multiple = reduced[column]
        for at in used { reduced[at] -= multiple * cells[own + at] }
        reduced[column] = 0
      }
    }
  }

  /// Artificial variables that are still basic, at nought, leave for any other column; a row without one is redundant.
  private mutating func dropArtificials() {
    var none = [Double](repeating: 0, count: width)
    for row in basis.indices where basis[row] >= firstArtificial {
      if let column = (0..<firstArtificial).first(where: { abs(cells[row * width + $0]) > 1e-7 }) {
        pivot(row, column, &none)
      }
    }
  }
}
