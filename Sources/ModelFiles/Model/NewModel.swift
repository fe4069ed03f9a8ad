internal import Diagnostics
public import Foundation
internal import PlacePlanning

/// What a new model is to be called, and whose it is.
public struct NewModelRequest: Sendable {
  /// Of its folder: `my-county`.
  public let name: String
  public let authority: String
  /// Three digits of the department.
  public let code: String
  /// The folder that holds `Models` and `Datasets`.
  public let root: URL
  /// The synthetic model whose figures it starts with, from below the root or else from the library.
  public let template: String
  /// The templates that come with the program are in this folder, or in the nearest folder above it that has `Models`: the project that
  /// the program stands in.
  var library = Bundle.main.executableURL?.resolvingSymlinksInPath()

  /// A request; nothing is looked at yet.
  public init(name: String, authority: String, code: String, root: URL, template: String = "exampleton") {
    self.name = name
    self.authority = authority
    self.code = code
    self.root = root
    self.template = template
  }

  /// The template's folder, below the root or else in the library. **Throws** E001 where neither has one of that name.
  fileprivate func templateFolder() throws(DiagnosticList) -> URL {
    let manager = FileManager.default
    func models(_ folder: URL) -> URL { folder.appendingPathComponent("Models") }
    func isThere(_ url: URL) -> Bool { manager.fileExists(atPath: url.path) }
    let here = models(root).appendingPathComponent(template)
    if isThere(here) { return here }
    let stock = library.flatMap { nearestFolder(from: $0) { isThere(models($0)) } }
    if let there = stock.map({ models($0).appendingPathComponent(template) }), isThere(there) {
      return there
    }
    let names = [root, stock].compactMap(\.self).flatMap {
      (try? manager.contentsOfDirectory(atPath: models($0).path)) ?? []
    }
    throw DiagnosticList(
      .fileMissing, at: SourceLocation(file: "Models/\(template)"),
      what: "there is no such model to start from",
      why: "a new model starts with the figures of a synthetic one, and neither the folder that it is "
        + "written to nor the project that the program stands in has one of that name",
      fix: didYouMean(
        template, among: names,
        else: "copy the project's Models and Datasets to the folder that --root names"))
  }
}

/// The nearest folder for which `holds` is true, from `start` upwards; nil where there is none.
public func nearestFolder(from start: URL, where holds: (URL) -> Bool) -> URL? {
  var folder = start.standardizedFileURL
  while folder.path != "/" {
    if holds(folder) { return folder }
    folder = folder.deletingLastPathComponent()
  }
  return nil
}

/// The files of a new model, which runs at once on synthetic figures that say that they are.
public struct NewModel: Sendable {
  /// Folders below the root, each with its files: data sets first, the model last.
  public let folders: [(path: String, files: [(name: String, data: Data)])]
  /// Of every data set, in the model's order.
  public let replacements: [Replacement]

  /// A role, the data set that fills it, and what to put in its place.
  public struct Replacement: Sendable, Encodable {
    public let role: String
    public let dataset: String
    public let how: String
  }

  /// **Throws** E001 where the template is nowhere; E420 where something of that name stands already, for a template that is not synthetic
  /// or would leave its own authority in the new model, and what a template that is not sound throws.
  public init(_ request: NewModelRequest) throws {
    try Self.checkFree(request)
    let text = try load(ModelRequest(folder: request.templateFolder()))
    guard try validate(text).model.identity.isSynthetic else {
      throw DiagnosticList(
        .modelExists, at: SourceLocation(file: "Models/\(request.template)"),
        what: "'\(request.template)' is not synthetic",
        why: "another authority's figures would pass for those of \(request.authority)",
        fix: "start from a synthetic model, such as exampleton")
    }
    let writer = NewModelWriter(request: request)
    var sets: [String: [(name: String, data: Data)]] = [:]
    var replacements: [Replacement] = []
    for dataset in text.datasets {
      let old = dataset.folder
      let new = writer.renamed(old)
      let how = writer.how(dataset.role)
      replacements.append(Replacement(role: dataset.role.rawValue, dataset: new, how: how))
      guard new != old else { continue }
      sets[new] = [
        ("data.csv", Data(dataset.data.text.utf8)),
        ("data.schema.yaml", Data(writer.schema(dataset.schema.text, name: new).utf8)),
        ("README.md", Data(writer.datasetReadme(new, how).utf8)),
      ]
    }
    let header = writer.model(text.model.text, replacements)
    try Self.checkIdentity(of: header, request)
    var model: [(name: String, data: Data)] = [
      ("model.yaml", Data(header.utf8)),
      ("sources.yaml", Data(text.sources.text.utf8)),
      ("README.md", Data(writer.readme(replacements).utf8)),
    ]
    for file in text.assumptions + text.scenarios { model.append((file.name, Data(file.text.utf8))) }
    folders =
      sets.sorted { $0.key < $1.key }.map { ("Datasets/\($0.key)", $0.value) } + [
        ("Models/\(request.name)", model)
      ]
    self.replacements = replacements
  }

  /// The new `model.yaml` is written from the template's line by line, and must then say whose model it is (E420).
  private static func checkIdentity(of text: String, _ request: NewModelRequest) throws(DiagnosticList) {
    let path = "Models/\(request.name)/model.yaml"
    let file = try SourceFile(path: path, name: "model.yaml", bytes: Array(text.utf8))
    var ignored = DiagnosticList()
    let identity = ModelParts.document(file, &ignored).flatMap { ModelHeader($0, &ignored) }?.identity
    if let identity, identity.key == request.name, identity.authority == request.authority,
      identity.authorityCode == request.code
    {
      return
    }
    let asked = "'\(request.name)' of \(request.authority), code \(request.code)"
    let found =
      identity.map { "'\($0.key)' of \($0.authority), code \($0.authorityCode)" } ?? "one that cannot be read"
    throw DiagnosticList(
      .modelExists, at: SourceLocation(file: "Models/\(request.template)/model.yaml"),
      what: "made from '\(request.template)', the model would be \(found), not \(asked)",
      why: "its papers would bear another authority's name",
      fix:
        "in the template's model.yaml, write 'model', and 'name' and 'code' below 'authority', each on a line of its own"
    )
  }

  private static func checkFree(_ request: NewModelRequest) throws(DiagnosticList) {
    let manager = FileManager.default
    let sets = try? manager.contentsOfDirectory(atPath: request.root.appendingPathComponent("Datasets").path)
    var taken = (sets ?? []).filter { $0.hasPrefix(request.name + "-") }.sorted().map { "Datasets/\($0)" }
    if manager.fileExists(atPath: request.root.appendingPathComponent("Models/\(request.name)").path) {
      taken.insert("Models/\(request.name)", at: 0)
    }
    guard let first = taken.first else { return }
    throw DiagnosticList(
      .modelExists, at: SourceLocation(file: first),
      what: "'\(first)' is there already"
        + (taken.count > 1 ? ", with \(taken.count - 1) more of that name" : ""),
      why: "nothing that exists is ever overwritten", fix: "choose another name, or move it away yourself")
  }
}

/// The texts of a new model.
private struct NewModelWriter {
  let request: NewModelRequest

  func renamed(_ dataset: String) -> String {
    dataset.hasPrefix(request.template + "-")
      ? request.name + dataset.dropFirst(request.template.count) : dataset
  }

  /// What takes the place of a role's synthetic figures.
  func how(_ role: DatasetRole) -> String {
    let into = "--into Datasets/\(request.name)-"
    switch role {
    case .births: return "places import births FILE --for-model \(into)births-ons"
    case .countyRolls:
      return "places import census FILE --authority \(request.code) --for-model \(into)county-rolls-census"
    case .areaRolls:
      return
        "your January census by planning area; until then `county_rolls` (places import census FILE --authority "
        + "\(request.code) --for-model \(into)county-rolls-census) with the areas' totals, `area_totals_year` and "
        + "`transfer: pattern`"
    case .planningAreas:
      return
        "your planning areas; places import scap FILE --areas --authority \(request.code) \(into)scap gives rolls and capacity, "
        + "and the page on imports (Sources/ModelFiles/ModelFiles.docc/ImportingPublishedFiles.md) says which columns they become"
    case .places: return "your admission numbers by year group; or none, with net_capacity in planning_areas"
    case .housingSites: return "places import housing FILE --sites \(into)housing-trajectory"
    case .section106:
      return
        "places import section106 --contributions FILE --agreements FILE --transactions FILE --organisation CODE --for-model "
        + "\(into)section-106-register gives what is in hand and to come; triggers and purposes are yours"
    default: return "your own figures, in the same columns"
    }
  }

  func model(_ text: String, _ replacements: [NewModel.Replacement]) -> String {
    let roles = Dictionary(replacements.map { ($0.role, $0) }) { first, _ in first }
    var section = ""
    var isNote = false
    var lines = [
      "# \(request.authority). Every figure is a synthetic starting figure of an invented town, until you replace it:",
      "# the comments under 'data' say with what. Set 'synthetic: no' when the last of them is gone.",
    ]
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).drop(while: {
      $0.hasPrefix("#")
    }) {
      if !line.hasPrefix(" "), let colon = line.firstIndex(of: ":") { section = String(line[..<colon]) }
      let key = line.prefix { $0 != ":" }.trimmingCharacters(in: .whitespaces)
      // What the template says of its town would outlive the town's figures.
      let isBelow = line.hasPrefix("    ") || line.hasPrefix("  - ")
      let isFirst = ["data_notes", "programme_notes", "notice"].contains(key)
      isNote = section == "paper" && (isBelow ? isNote : isFirst)
      if isNote { continue }
      switch (section, key) {
      case ("model", "model"): lines.append("model: \(request.name)")
      case ("authority", "name"): lines.append("  name: \(yamlQuoted(request.authority))")
      case ("authority", "code"): lines.append("  code: \(yamlQuoted(request.code))")
      case ("paper", "forum"): lines.append("  forum: \(yamlQuoted(request.authority + " Schools Forum"))")
      case ("paper", "purpose"): lines.append("  purpose: To try the model on synthetic figures.")
      case ("data", let role) where roles[role] != nil:
        if let replacement = roles[role] {
          lines.append("  # synthetic; in its place: \(replacement.how)")
          lines.append("  \(role): \(replacement.dataset)")
        }
      default: lines.append(String(line))
      }
    }
    return lines.joined(separator: "\n")
  }

  func schema(_ text: String, name: String) -> String {
    var lines = ["# Synthetic starting figures: they describe no real place."]
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("dataset:") {
        lines.append("dataset: \(name)")
      } else if line.hasPrefix("title:") {
        lines.append("title: \(yamlQuoted("Synthetic starting figures: \(name)"))")
      } else {
        lines.append(String(line))
      }
    }
    return lines.joined(separator: "\n")
  }

  func datasetReadme(_ name: String, _ how: String) -> String {
    """
    # \(name)

    **Synthetic.** These are starting figures of an invented town, so that the model of \(request.authority) runs at once. They describe
    no real place.

    In their place: \(how.hasPrefix("places ") ? "`\(how)`" : how). An import writes a folder of its own; put its name into
    `Models/\(request.name)/model.yaml`.

    """
  }

  func readme(_ replacements: [NewModel.Replacement]) -> String {
    let rows = replacements.map { [$0.role, $0.dataset, $0.how] }
    return """
      # \(request.authority)

      **Synthetic starting figures.** This model was made by `places new` from the invented town `\(request.template)`. It runs at once
      (`places run Models/\(request.name)`), and every figure in it is invented until you replace it.

      ## What to replace, and with what

      \(MarkdownTable.text(["Role in model.yaml", "Data set", "In its place"], rows))

      For each: import into a new folder, put its name into `model.yaml`, add its source to `sources.yaml` (the import's README has the
      entry), then `places validate Models/\(request.name)`. Codes of planning areas and names of districts must be the same in all
      data sets; the checks name each that is not. The assumptions in `assumptions/` are invented too.

      In `model.yaml` itself, write your own `paper` (the meeting, its purpose and the rest), `base_year`, `horizon_years` and `spending`,
      and in `open_data` your own codes: published files name the authority and its region by them.

      When the last synthetic data set is gone, set `synthetic: no` in `model.yaml`.

      """
  }
}
