internal import Yams

extension YAMLValue {
  /// The texts of all scalars below this value, by their paths: `authority.name`, `paper.data_notes.2`.
  func scalars(under path: String) -> [String: String] {
    func below(_ name: String, _ node: Node) -> [String: String] {
      YAMLValue(node: node, file: file).scalars(under: path.isEmpty ? name : "\(path).\(name)")
    }
    switch node {
    case .scalar(let scalar): return [path: scalar.string]
    case .mapping(let mapping):
      return mapping.reduce(into: [:]) { found, entry in
        found.merge(below(entry.key.string ?? "", entry.value)) { first, _ in first }
      }
    case .sequence(let sequence):
      return sequence.enumerated().reduce(into: [:]) { found, entry in
        found.merge(below(String(entry.offset + 1), entry.element)) { first, _ in first }
      }
    case .alias: return [:]
    }
  }
}
