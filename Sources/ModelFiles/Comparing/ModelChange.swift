internal import Diagnostics
internal import PlacePlanning

/// One thing that differs between two models.
public struct ModelChange: Hashable, Sendable {
  public let part: ModelPart
  /// What has changed: a file and a place in it, or an assumption's key.
  public let what: String
  /// Nil for what was not there.
  public let was: String?
  /// Nil for what is there no more.
  public let `is`: String?
}

/// Lists what differs between two models, in order: data, assumptions, scheme dates.
///
/// Data are compared cell by cell, rows by their keys; of one data set at most 50 cells are listed, and a last line counts the
/// rest. Assumptions are compared by the values that the scenario leaves them with. **Throws** `DiagnosticList` when either
/// model is refused, `InternalFault`.
public func changes(from a: ModelText, to b: ModelText) throws -> [ModelChange] {
  let was = try ParsedModel(a)
  let first = try was.checked(scenario: a.scenario).model
  let now = try ParsedModel(b)
  let second = try now.checked(scenario: b.scenario).model
  var data = yamlChanges("model.yaml", a.model, b.model) + yamlChanges("sources.yaml", a.sources, b.sources)
  var dates: [ModelChange] = []
  for role in DatasetRole.allCases {
    let found = datasetChanges(role, was.parts.datasets[role], now.parts.datasets[role])
    data += limited(found.filter { $0.part == .data }, role)
    dates += found.filter { $0.part == .schemeDates }
    if let old = a.datasets.first(where: { $0.role == role }),
      let new = b.datasets.first(where: { $0.role == role })
    {
      data += yamlChanges("\(role.rawValue), schema", old.schema, new.schema)
    }
  }
  let scenario =
    a.scenario == b.scenario
    ? [] : [ModelChange(part: .assumptions, what: "scenario", was: a.scenario, is: b.scenario)]
  return data + scenario + assumptionChanges(first.assumptions, second.assumptions) + dates
}

/// Cells of one data set that are listed one by one.
private let mostCells = 50

private func limited(_ changes: [ModelChange], _ role: DatasetRole) -> [ModelChange] {
  guard changes.count > mostCells else { return changes }
  let rest = changes.count - mostCells
  return changes.prefix(mostCells)
    + [ModelChange(part: .data, what: "\(role.rawValue): \(rest) more", was: nil, is: nil)]
}

private func assumptionChanges(_ a: [Assumption], _ b: [Assumption]) -> [ModelChange] {
  func byKey(_ list: [Assumption]) -> [String: Assumption] {
    Dictionary(list.map { ($0.key, $0) }) { first, _ in first }
  }
  let (was, now) = (byKey(a), byKey(b))
  func evidence(_ assumption: Assumption) -> String {
    "\(assumption.source), \(assumption.mark.rawValue), quality \(assumption.quality.rawValue), "
      + "impact \(assumption.impact.rawValue)"
  }
  func value(_ assumption: Assumption) -> String { "\(plain(assumption.value)) \(assumption.unit)" }
  return Set(was.keys).union(now.keys).sorted().flatMap { key -> [ModelChange] in
    let (old, new) = (was[key], now[key])
    var changes: [ModelChange] = []
    if old.map(value) != new.map(value) {
      changes.append(
        ModelChange(part: .assumptions, what: key, was: old.map(value), is: new.map(value)))
    }
    if let old, let new, evidence(old) != evidence(new) {
      changes.append(
        ModelChange(
          part: .assumptions, what: "\(key), evidence", was: evidence(old), is: evidence(new)))
    }
    return changes
  }
}

private func datasetChanges(_ role: DatasetRole, _ a: Dataset?, _ b: Dataset?) -> [ModelChange] {
  guard let a, let b else {
    if a == nil, b == nil { return [] }
    return [ModelChange(part: .data, what: role.rawValue, was: a?.note.name, is: b?.note.name)]
  }
  if a.file.sha256 == b.file.sha256, a.note.name == b.note.name { return [] }
  // Rows that stand once under the cells of their key without its dates are the same row; others only with the same dates.
  let plainKey = Set(a.byIdentity(role).keys).intersection(b.byIdentity(role).keys)
  func name(_ row: DatasetRow, _ schema: DatasetSchema) -> [String] {
    let short = schema.key.filter { !role.dateColumns.contains($0) }.map { row.raw($0) }
    return plainKey.contains(short) ? short : schema.key.map { row.raw($0) }
  }
  func named(_ dataset: Dataset) -> [(name: [String], row: DatasetRow)] {
    dataset.rows.map { (name($0, dataset.schema), $0) }
  }
  let (was, now) = (named(a), named(b))
  let (old, new) = (
    Dictionary(was) { first, _ in first }, Dictionary(now) { first, _ in first }
  )
  func label(_ name: [String]) -> String { "\(role.rawValue): \(name.joined(separator: ", "))" }
  func whole(_ row: DatasetRow, _ dataset: Dataset) -> String {
    dataset.schema.columns.map { row.raw($0.name) }.joined(separator: ",")
  }
  var changes: [ModelChange] = []
  for (name, row) in was {
    guard let other = new[name] else {
      changes.append(ModelChange(part: .data, what: label(name), was: whole(row, a), is: nil))
      continue
    }
    for column in columnNames(a, b) where row.raw(column) != other.raw(column) {
      changes.append(
        ModelChange(
          part: role.dateColumns.contains(column) ? .schemeDates : .data,
          what: "\(label(name)), \(column)", was: row.raw(column), is: other.raw(column)))
    }
  }
  for (name, row) in now where old[name] == nil {
    changes.append(ModelChange(part: .data, what: label(name), was: nil, is: whole(row, b)))
  }
  if a.note.name != b.note.name {
    changes.insert(ModelChange(part: .data, what: role.rawValue, was: a.note.name, is: b.note.name), at: 0)
  }
  return changes
}

private func columnNames(_ a: Dataset, _ b: Dataset) -> [String] {
  let names = a.schema.columns.map(\.name)
  return names + b.schema.columns.map(\.name).filter { !names.contains($0) }
}

/// The scalars of two YAML files that differ, by their paths.
private func yamlChanges(_ name: String, _ a: SourceFile, _ b: SourceFile) -> [ModelChange] {
  guard a.sha256 != b.sha256 else { return [] }
  let (was, now) = (scalars(a), scalars(b))
  return Set(was.keys).union(now.keys).sorted().filter { was[$0] != now[$0] }.map {
    ModelChange(part: .data, what: "\(name): \($0)", was: was[$0], is: now[$0])
  }
}

private func scalars(_ file: SourceFile) -> [String: String] {
  guard let value = try? YAMLValue(file) else { return [:] }
  return value.scalars(under: "")
}
