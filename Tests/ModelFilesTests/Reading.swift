import Diagnostics
import TestSupport

@testable import ModelFiles

func source(_ bytes: some Sequence<UInt8>, _ name: String = "data.csv") throws -> SourceFile {
  try SourceFile(path: name, name: name, bytes: Array(bytes))
}

func source(_ text: String, _ name: String = "data.csv") throws -> SourceFile {
  try source(text.utf8, name)
}

func yaml(_ text: String) throws -> YAMLValue {
  try YAMLValue(try source(text, "file.yaml"))
}

/// `E110 2:5`, `E107 -` for a whole file: in the order of the list's sorting.
func codes(_ list: DiagnosticList) -> [String] {
  list.sorted.diagnostics.map { diagnostic in
    let place = diagnostic.location
    let at = [place.line, place.column].compactMap { $0.map(String.init) }.joined(separator: ":")
    return "\(diagnostic.code.rawValue) \(at.isEmpty ? "-" : at)"
  }
}

/// The faults that a reading throws; none when it does not. Other errors pass through.
func faults(_ body: () throws -> Void) throws -> DiagnosticList {
  do {
    try body()
    return DiagnosticList()
  } catch let list as DiagnosticList {
    return list
  }
}

extension ImportAccount {
  /// True when nothing has been lost and nothing counted twice.
  var closes: Bool { kept + setAside.values.reduce(0, +) + refused == all }
}

extension RegisterAccount {
  /// True when no row has been lost and none counted twice.
  var closes: Bool { kept + setAside.values.reduce(0, +) + refused.count == rows }
}

/// What `--set` makes of assumptions, in order of their keys.
func set(_ values: [String: Double]) -> [AssumptionChange] {
  values.sorted { $0.key < $1.key }.map {
    AssumptionChange(key: $0.key, change: .set($0.value), place: SourceLocation(file: "--set", line: 1))
  }
}

extension ModelCopy {
  /// `values` are set by hand, as with `--set`.
  func check(scenario: String = "central", _ values: [String: Double] = [:]) throws -> CheckedModel {
    try ParsedModel(try load(request())).checked(scenario: scenario, changes: set(values))
  }

  func faults(scenario: String = "central", _ values: [String: Double] = [:]) throws -> DiagnosticList {
    try ModelFilesTests.faults { _ = try check(scenario: scenario, values) }
  }

  /// What the check throws, or the warnings where it throws nothing.
  func findings(_ values: [String: Double] = [:]) throws -> DiagnosticList {
    var warnings = DiagnosticList()
    let thrown = try ModelFilesTests.faults { warnings = try check(values).warnings }
    return thrown.hasErrors ? thrown : warnings
  }

  /// Makes changes, each of file, text and new text; a blank text is for a new file.
  func make(_ changes: [[String]]) throws {
    for change in changes {
      if change[1].isEmpty {
        try write(change[0], change[2].utf8)
      } else {
        try replace(change[0], change[1], with: change[2])
      }
    }
  }
}

/// What is read of a panel whose files hold these texts.
func panel(rolls: String, births: String? = nil, official: String? = nil) throws -> PanelInput {
  let folder = try TemporaryFolder()
  return try readPanel(
    PanelFiles(
      rolls: folder.write(rolls, to: "rolls.csv"),
      births: births.map { try folder.write($0, to: "births.csv") },
      official: official.map { try folder.write($0, to: "official.csv") }))
}
