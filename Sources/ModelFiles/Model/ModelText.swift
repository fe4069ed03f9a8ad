public import Diagnostics
public import Foundation
internal import PlacePlanning

/// Which model to read, and under which scenario.
public struct ModelRequest: Sendable {
  /// The folder with `model.yaml`.
  public let folder: URL
  public let scenario: String

  /// The scenario `central` changes nothing.
  public init(folder: URL, scenario: String = "central") {
    self.folder = folder
    self.scenario = scenario
  }
}

/// The text of all of a model's files, with positions; nothing in it has been judged yet.
public struct ModelText: Sendable {
  struct DatasetText: Sendable {
    let role: DatasetRole
    let schema: SourceFile
    let data: SourceFile

    /// The name of its folder: that of `../../Datasets/exampleton-births/data.schema.yaml` is `exampleton-births`.
    var folder: String { schema.name.split(separator: "/").dropLast().last.map(String.init) ?? schema.name }

    /// Refuses a schema that gives the name of another of the model's data sets, from which it was copied (E015). Any other name is allowed:
    /// imports name what they hold, and not their folder.
    func checkName(_ schema: DatasetSchema, among all: [DatasetText], _ list: inout DiagnosticList) {
      let name = schema.note.name
      guard name != folder, all.contains(where: { $0.folder == name }) else { return }
      list.add(
        .unknownReference, at: schema.namePlace ?? schema.place,
        what: "the schema of '\(folder)' says that it is '\(name)', which is another data set of this model",
        why: "whoever looks a figure up would be sent to the wrong file", fix: "write 'dataset: \(folder)'")
    }
  }

  let model: SourceFile
  let sources: SourceFile
  let assumptions: [SourceFile]
  let scenarios: [SourceFile]
  let datasets: [DatasetText]
  public let scenario: String
  /// What of another model counts in place of what this one says; nil for a model as it stands.
  var blend: ModelBlend?

  /// Every file that was read, in order of name.
  public var inputs: [SourceFile] {
    ([model, sources] + assumptions + scenarios + datasets.flatMap { [$0.schema, $0.data] })
      .sorted { $0.name < $1.name }
  }
}

/// Reads every file of a model.
///
/// **Throws** `DiagnosticList`: E001 to E004 for files, E010 to E014 for a `model.yaml` that does not say what to read. All
/// files are tried before it throws.
public func load(_ request: ModelRequest) throws(DiagnosticList) -> ModelText {
  let folder = ModelFolder(url: request.folder)
  try folder.check()
  return try read(folder, scenario: request.scenario)
}

/// Reads a model from files that were kept, as if they still stood where they did. **Throws** what `load(_:)` throws.
public func load(_ stored: StoredModel) throws(DiagnosticList) -> ModelText {
  try read(
    ModelFolder(url: URL(fileURLWithPath: "/"), stored: stored.files), scenario: stored.scenario)
}

private func read(_ folder: ModelFolder, scenario: String) throws(DiagnosticList) -> ModelText {
  var list = DiagnosticList()
  let model = try folder.read("model.yaml")
  let sources = folder.read("sources.yaml", &list)
  let assumptions = folder.readAll(in: "assumptions", &list)
  let scenarios = folder.readAll(in: "scenarios", &list)
  let datasets = readDatasets(model, folder, &list)
  try list.check()
  guard let sources else { throw list }
  return ModelText(
    model: model, sources: sources, assumptions: assumptions, scenarios: scenarios,
    datasets: datasets, scenario: scenario)
}

private func readDatasets(
  _ model: SourceFile, _ folder: ModelFolder, _ list: inout DiagnosticList
) -> [ModelText.DatasetText] {
  // Unknown keys are `validate`'s to report; here only what is to be read counts.
  guard let document = ModelParts.document(model, &list),
    let top = document.mapping("model.yaml", allowed: nil, &list)
  else { return [] }
  if top.optional("datasets") == nil || top.optional("data") == nil {
    // `validate` will not come to it: the key may be there, misspelt.
    _ = document.mapping("model.yaml", allowed: ModelHeader.keys, &list)
  }
  let folder = folder.real
  guard let said = top.required("datasets", &list)?.value, let root = said.text(&list),
    let entry = top.required("data", &list),
    let names = entry.value.mapping("'data'", allowed: nil, &list),
    folder.has(root, saidAt: said.location, &list)
  else { return [] }
  return names.entries.compactMap { entry in
    guard let role = DatasetRole(rawValue: entry.name), let name = entry.value.text(&list)
    else { return nil }
    let schema = folder.read("\(root)/\(name)/data.schema.yaml", &list)
    let data = folder.read("\(root)/\(name)/data.csv", &list)
    guard let schema, let data else { return nil }
    return ModelText.DatasetText(role: role, schema: schema, data: data)
  }
}

/// A model's folder: paths are shown as the user gave them.
private struct ModelFolder {
  let url: URL
  /// Files that stand in for the folder's.
  var stored: [StoredModel.File]?

  /// The folder itself where it was reached through a link: what `model.yaml` says of other folders is said of those around it.
  var real: ModelFolder { ModelFolder(url: url.resolvingSymlinksInPath(), stored: stored) }

  /// **Throws** E001 unless there is such a folder.
  func check() throws(DiagnosticList) {
    guard Self.isFolder(url) else {
      throw DiagnosticList(
        .fileMissing, at: SourceLocation(file: shown(url)), what: "there is no such folder",
        why: "a model is a folder with model.yaml in it",
        fix: "check the name; the example is Models/gloucestershire")
    }
  }

  /// Whether the folder of the data sets is there; said once (E001), and not of each of their files.
  func has(_ datasets: String, saidAt place: SourceLocation, _ list: inout DiagnosticList) -> Bool {
    let folder = url.appendingPathComponent(datasets).standardizedFileURL
    if stored != nil || Self.isFolder(folder) { return true }
    list.add(
      .fileMissing, at: place,
      what: "there is no folder '\(shown(folder))'",
      why: "'datasets' says where the data sets are, from the folder in which model.yaml stands, "
        + "wherever a link to it is",
      fix: "correct 'datasets', or put the folder there")
    return false
  }

  private static func isFolder(_ url: URL) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) && isFolder.boolValue
  }

  func read(_ name: String) throws(DiagnosticList) -> SourceFile {
    if let stored {
      guard let kept = stored.first(where: { $0.name == name }) else {
        throw DiagnosticList(
          .fileMissing, at: SourceLocation(file: name), what: "the file is not among those that were kept",
          why: "every answer depends on it", fix: "make the run again from its model's folder")
      }
      return try SourceFile(path: kept.path, name: name, bytes: [UInt8](kept.content))
    }
    let file = url.appendingPathComponent(name).standardizedFileURL
    return try SourceFile(path: shown(file), name: name, url: file)
  }

  func read(_ name: String, _ list: inout DiagnosticList) -> SourceFile? {
    list.gather { () throws(DiagnosticList) in try read(name) }
  }

  /// Every `.yaml` file of a folder, in order of name; none where there is no such folder.
  func readAll(in name: String, _ list: inout DiagnosticList) -> [SourceFile] {
    let folder = url.appendingPathComponent(name)
    let names =
      stored.map { files in
        files.filter { $0.name.hasPrefix("\(name)/") }.map { String($0.name.dropFirst(name.count + 1)) }
      } ?? (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().filter { [".yaml", ".yml"].contains(where: $0.lowercased().hasSuffix) }
      .compactMap { read("\(name)/\($0)", &list) }
  }

  /// Relative to the working directory when below it.
  private func shown(_ file: URL) -> String {
    let here = URL(fileURLWithPath: FileManager.default.currentDirectoryPath).standardizedFileURL
    let prefix = here.path.hasSuffix("/") ? here.path : here.path + "/"
    return file.path.hasPrefix(prefix) ? String(file.path.dropFirst(prefix.count)) : file.path
  }
}
