internal import Diagnostics

/// The names that files give to areas, by code.
struct CodedNames {
  /// The last in alphabetical order of each code's names, so that the order of rows does not matter.
  private var last: [String: String] = [:]
  /// All names of codes that have several.
  private var several: [String: Set<String>] = [:]

  subscript(code: String) -> String? { last[code] }

  mutating func add(_ code: String, _ name: String) {
    guard let known = last[code] else {
      if !name.isEmpty { last[code] = name }
      return
    }
    guard name != known, !name.isEmpty else { return }
    several[code, default: []].formUnion([known, name])
    if name > known { last[code] = name }
  }

  /// Warns of codes whose names may belong to different areas (W315), once for all files. Codes of six digits and more are left out: they are
  /// those of schools, which change their names.
  func warn(_ readers: [ImportReader], _ list: inout DiagnosticList) {
    let parts = several.sorted { $0.key < $1.key }.compactMap { code, names -> String? in
      guard let name = last[code], code.utf8.count < 6 || Int(code) == nil,
        let other = names.sorted().first(where: { !mayBeOneArea($0, name) })
      else { return nil }
      return "area '\(code)' is '\(other)' in some rows and '\(name)' in others"
    }
    guard !parts.isEmpty else { return }
    list.add(
      .areaNamesDiffer, at: readers.firstFile,
      what: firstFive(parts, separator: "; ") + (parts.count > 5 ? " (\(parts.count) areas in all)" : ""),
      why: "all its rows are written under one name; if two areas share the code, they are taken for one",
      fix: "if the area was renamed, leave it; else correct the code")
  }
}
