/// A floor under the objective of a linear programme, worked out from its row duals and not from a solver's word.
///
/// For any duals y of the right sign, sum(y b) + sum over variables of the least of d x within x's bounds is such a
/// floor, where d = c - A'y (weak duality). A reduced cost d that is nought to 1e-7 of what it was added up from counts
/// at the variable's present value.
struct DualBound {
  let value: Double
  /// The largest number that was added: what rounding is measured against.
  let scale: Double

  init(_ model: LinearModel, rowDuals: [Double], values: [Double]) {
    var reduced = model.costs()
    var sizes = reduced.map { max(1, abs($0)) }
    var (sum, scale) = (model.objective.constant, max(1, abs(model.objective.constant)))
    for row in 0..<model.constraintCount {
      var dual = rowDuals[row]
      switch model.relations[row] {
      case .atMost: dual = min(dual, 0)
      case .equals: break
      case .atLeast: dual = max(dual, 0)
      }
      // A dual that the solver could not tell counts as nought: the floor is one for any duals.
      guard dual.isFinite, dual != 0 else { continue }
      sum += dual * model.rowValues[row]
      scale = max(scale, abs(dual * model.rowValues[row]))
      for term in model.terms(ofRow: row) {
        let (column, part) = (Int(model.columns[term]), dual * model.coefficients[term])
        reduced[column] -= part
        sizes[column] = max(sizes[column], abs(part))
      }
    }
    for (index, variable) in model.variables.enumerated() {
      let cost = reduced[index]
      guard cost != 0 else { continue }
      let isNought = abs(cost) <= 1e-7 * sizes[index]
      let part = cost * (isNought ? values[index] : cost > 0 ? variable.kind.lower : variable.kind.upper)
      sum += part
      if part.isFinite { scale = max(scale, abs(part)) }
    }
    value = sum
    self.scale = scale
  }
}
