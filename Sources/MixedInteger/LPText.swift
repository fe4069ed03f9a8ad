/// The model as LP text (the CPLEX format), which HiGHS and other solvers read: for goldens, and for anyone who wants to
/// check an optimum with a solver of their own.
///
/// Numbers are the shortest that read back to the same bits. The order of variables and constraints is the model's.
/// The text of a model that `check()` refuses may not read back.
public func lpText(_ model: LinearModel) -> String {
  var lines = LPLines()
  for line in model.name.split(whereSeparator: \.isNewline) { lines.add("\\ \(line)") }
  let integers = model.variables.count { $0.kind.isInteger }
  lines.add(
    "\\ \(model.variables.count) variables, \(integers) of them integer; \(model.constraintCount) constraints"
  )

  lines.add("Minimize")
  var isNamed = [Bool](repeating: false, count: model.variables.count)
  var words: [String] = []
  for (index, cost) in model.costs().enumerated() where cost != 0 {
    words.append(LPLines.term(cost, model.variables[index].name, isFirst: words.isEmpty))
    isNamed[index] = true
  }
  let constant = model.objective.constant
  if constant != 0 || words.isEmpty { words.append(LPLines.term(constant, "", isFirst: words.isEmpty)) }
  lines.add("obj:", words)

  lines.add("Subject To")
  for row in 0..<model.constraintCount {
    words = []
    for term in model.terms(ofRow: row) where model.coefficients[term] != 0 {
      let index = Int(model.columns[term])
      words.append(
        LPLines.term(model.coefficients[term], model.variables[index].name, isFirst: words.isEmpty))
      isNamed[index] = true
    }
    if words.isEmpty { words.append("0 \(model.variables.first?.name ?? "")") }
    let sign =
      switch model.relations[row] {
      case .atMost: "<="
      case .equals: "="
      case .atLeast: ">="
      }
    lines.add("\(model.rowNames[row]):", words + ["\(sign) \(LPLines.number(model.rowValues[row]))"])
  }

  lines.add("Bounds")
  for (index, variable) in model.variables.enumerated() where !isBinary(variable) {
    let (name, lower, upper) = (variable.name, variable.kind.lower, variable.kind.upper)
    switch (lower, upper) {
    case (-.infinity, .infinity): lines.add(" \(name) free")
    case (0, .infinity): if !isNamed[index] || variable.kind.isInteger { lines.add(" \(name) >= 0") }
    case (_, .infinity): lines.add(" \(name) >= \(LPLines.number(lower))")
    case _ where lower == upper: lines.add(" \(name) = \(LPLines.number(lower))")
    default: lines.add(" \(LPLines.number(lower)) <= \(name) <= \(LPLines.number(upper))")
    }
  }
  lines.add("General", model.variables.filter { $0.kind.isInteger && !isBinary($0) }.map(\.name))
  lines.add("Binary", model.variables.filter(isBinary).map(\.name))
  lines.add("End")
  return lines.text
}

private func isBinary(_ variable: Variable) -> Bool { variable.kind == .binary }

/// LP text as it grows, its long lines broken between words.
private struct LPLines {
  var text = ""

  mutating func add(_ line: String) { text += line + "\n" }

  /// A section with its words, if it has any, or a named row.
  mutating func add(_ head: String, _ words: [String]) {
    guard !words.isEmpty else { return }
    let isSection = !head.hasSuffix(":")
    if isSection { add(head) }
    var line = isSection ? "" : " " + head
    for word in words {
      if line.utf8.count + 1 + word.utf8.count > 108 {
        add(line)
        line = isSection ? "" : "   "
      }
      line += " " + word
    }
    add(line)
  }

  static func term(_ coefficient: Double, _ name: String, isFirst: Bool) -> String {
    let sign = coefficient < 0 ? (isFirst ? "-" : "- ") : (isFirst ? "" : "+ ")
    let size = abs(coefficient)
    if name.isEmpty { return sign + number(size) }
    return sign + (size == 1 ? name : "\(number(size)) \(name)")
  }

  static func number(_ value: Double) -> String {
    guard value.isFinite else { return value < 0 ? "-inf" : "+inf" }
    let text = "\(value == 0 ? 0 : value)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
