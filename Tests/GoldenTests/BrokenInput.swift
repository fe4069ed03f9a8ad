import Diagnostics
import Forecasting
import Foundation
import ModelFiles
import PlacePlanning
import Projection
import Runs
import Scenarios
import TestSupport

/// One smallest fault: a patch of the invented town, read from `Tests/Fixtures/broken`, whose README gives the form.
struct BrokenInput {
  enum Change {
    case replace(String, with: [UInt8])
    case write([UInt8])
    case remove, directory
  }

  struct NotAPatch: Error, CustomStringConvertible {
    let description: String
  }

  static let folder = "Tests/Fixtures/broken"

  private(set) var changes: [(file: String, change: Change)] = []
  private(set) var scenario = "central"
  private(set) var isWrittenWithoutRenderer = false
  /// Origin and horizon of a forecast without a model.
  private(set) var forecast: ForecastRequest?
  /// Where the forecast is written.
  private(set) var out: String?
  private(set) var backtest: BacktestRequest?
  /// True for an import of a register of developer agreements.
  private(set) var isSection106Import = false
  /// The folder of a run that is read back.
  private(set) var storedRun: String?
  /// An import of a published file: its kind, and the one area to keep.
  private(set) var published: (kind: ImportKind, area: String?)?
  /// The name of a new model.
  private(set) var newName: String?
  private(set) var exportKind: ExportKind?
  /// True where a programme is chosen as well.
  private(set) var isPrioritised = false
  /// What is done with the store of runs.
  private(set) var memory = MemoryFault()
  /// What a sweep into the folder `sweep` varies.
  private(set) var sweep: Variation?
  /// Folders of shards that are merged.
  private(set) var merged: [String] = []

  /// Reads a patch of the folder, and those that it builds on.
  init(named name: String) throws {
    try self.init(try Repository.text("\(Self.folder)/\(name)"))
  }

  /// **Throws** `NotAPatch` for anything that the README does not describe.
  init(_ text: String) throws {
    for lines in text.split(separator: "\n", omittingEmptySubsequences: false).split(separator: "") {
      let block = try Self.entries(lines)
      guard !block.isEmpty else { continue }
      let file = block["file"] ?? ""
      switch Set(block.keys) {
      case ["file", "replace", "with"]:
        let old = String(decoding: try Self.bytes(block["replace"] ?? ""), as: UTF8.self)
        changes.append((file, .replace(old, with: try Self.bytes(block["with"] ?? ""))))
      case ["file", "write"]: changes.append((file, .write(try Self.bytes(block["write"] ?? ""))))
      case ["file", "remove"]: changes.append((file, .remove))
      case ["file", "directory"]: changes.append((file, .directory))
      case ["first"]: changes += try BrokenInput(named: block["first"] ?? "").changes
      case ["scenario"]: scenario = block["scenario"] ?? ""
      case ["renderer"]: isWrittenWithoutRenderer = true
      case ["prioritise"] where block["prioritise"] == "yes": isPrioritised = true
      case ["report"]: storedRun = block["report"]
      case ["record"]: memory.seeds.append(try Self.number(block["record"] ?? ""))
      case ["sql"]: memory.sql.append(block["sql"] ?? "")
      case ["lock"] where block["lock"] == "yes": memory.isLocked = true
      case ["runs"]: memory.request = (block["runs"] ?? "").split(separator: " ").map(String.init)
      case ["sweep"]:
        guard let variation = Variation(block["sweep"] ?? "") else {
          throw NotAPatch(description: "not a variation: \(block["sweep"] ?? "")")
        }
        sweep = variation
      case ["merge"]: merged = (block["merge"] ?? "").split(separator: " ").map(String.init)
      case ["forecast"]: forecast = try Self.request(block["forecast"] ?? "")
      case ["out"]: out = block["out"]
      case ["backtest"]: backtest = try Self.backtest(block["backtest"] ?? "")
      case ["import"] where block["import"] == "section106": isSection106Import = true
      case ["import"]: published = try Self.published(block["import"] ?? "")
      case ["new"]: newName = block["new"]
      case ["export"] where ExportKind(rawValue: block["export"] ?? "") != nil:
        exportKind = ExportKind(rawValue: block["export"] ?? "")
      default: throw NotAPatch(description: "not a block: \(block.keys.sorted())")
      }
    }
  }

  private static func number(_ text: String) throws -> UInt64 {
    guard let number = UInt64(text) else { throw NotAPatch(description: "not a seed: \(text)") }
    return number
  }

  private static func request(_ text: String) throws -> ForecastRequest {
    let words = text.split(separator: " ")
    guard (2...3).contains(words.count), let origin = AcademicYear(label: words[0]),
      let horizon = Int(words[1])
    else {
      throw NotAPatch(description: "not an origin, a horizon and perhaps a disturbed year: \(text)")
    }
    return ForecastRequest(
      origin: origin, horizon: horizon, draws: 10,
      disturbed: Set(words.dropFirst(2).compactMap { AcademicYear(label: $0) }))
  }

  private static func backtest(_ text: String) throws -> BacktestRequest {
    let words = text.split(separator: " ")
    let origins = words.compactMap { AcademicYear(label: $0) }
    let horizons = words.compactMap { Int($0) }
    guard !origins.isEmpty, !horizons.isEmpty, origins.count + horizons.count == words.count else {
      throw NotAPatch(description: "not origins and horizons: \(text)")
    }
    return BacktestRequest(origins: origins, horizons: horizons, draws: 10)
  }

  private static func published(_ text: String) throws -> (kind: ImportKind, area: String?) {
    let words = text.split(separator: " ").map(String.init)
    guard (1...2).contains(words.count), let kind = ImportKind(rawValue: words[0]) else {
      throw NotAPatch(description: "not an import: \(text)")
    }
    return (kind, words.count == 2 ? words[1] : nil)
  }

  private static func entries(_ lines: some Sequence<Substring>) throws -> [String: String] {
    var block: [String: String] = [:]
    var last = ""
    for line in lines where !line.hasPrefix("#") {
      if line.hasPrefix("|") {
        block[last]? += "\n" + line.dropFirst()
        continue
      }
      guard let colon = line.firstIndex(of: ":"), block[String(line[..<colon])] == nil else {
        throw NotAPatch(description: "not a line: \(line)")
      }
      last = String(line[..<colon])
      let value = line[line.index(after: colon)...]
      block[last] = String(value.hasPrefix(" ") ? value.dropFirst() : value)
    }
    return block
  }

  /// A text with its escapes replaced.
  private static func bytes(_ text: String) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\") else {
        bytes.append(byte)
        continue
      }
      switch rest.popFirst() {
      case UInt8(ascii: "n"): bytes.append(UInt8(ascii: "\n"))
      case UInt8(ascii: "t"): bytes.append(UInt8(ascii: "\t"))
      case UInt8(ascii: "\\"): bytes.append(UInt8(ascii: "\\"))
      case UInt8(ascii: "x"):
        let digits = String(decoding: rest.prefix(2), as: UTF8.self)
        guard digits.utf8.count == 2, let value = UInt8(digits, radix: 16) else {
          throw NotAPatch(description: "not a byte: \\x\(digits)")
        }
        bytes.append(value)
        rest = rest.dropFirst(2)
      default: throw NotAPatch(description: "not an escape in: \(text)")
      }
    }
    return bytes
  }

  func apply(to copy: ModelCopy) throws {
    for (file, change) in changes {
      switch change {
      case .replace(let old, let new): try copy.replace(file, old, with: new)
      case .write(let bytes): try copy.write(file, bytes)
      case .remove: try copy.remove(file)
      case .directory:
        try copy.remove(file)
        try FileManager.default.createDirectory(
          at: copy.root.appendingPathComponent(file), withIntermediateDirectories: false)
      }
    }
  }

  /// What the program finds in a copy, from reading its files to the projection or, where asked, the written paper.
  func diagnose(_ copy: ModelCopy) throws -> DiagnosticList {
    func ifThere(_ name: String) -> URL? {
      let file = copy.root.appendingPathComponent(name)
      return FileManager.default.fileExists(atPath: file.path) ? file : nil
    }
    do {
      if !memory.request.isEmpty { return try memory.diagnose(copy) }
      if isSection106Import {
        let files = Section106Files(
          contributions: copy.root.appendingPathComponent("contributions.csv"),
          agreements: ifThere("agreements.csv"), transactions: ifThere("transactions.csv"))
        let register = try readSection106(files)
        return DiagnosticList(register.refusals.diagnostics + register.warnings.diagnostics)
      }
      if let published {
        guard let file = ifThere("import.csv") ?? ifThere("import.xlsx"),
          let day = CalendarDate(label: "2026-11-23")
        else {
          throw NotAPatch(description: "no file to import")
        }
        var request = ImportRequest(published.kind, files: [file], retrieved: day)
        request.authority = published.area
        let dataset = try importDataset(request)
        return DiagnosticList(dataset.refusals.diagnostics + dataset.warnings.diagnostics)
      }
      if let newName {
        _ = try NewModel(NewModelRequest(name: newName, authority: newName, code: "000", root: copy.root))
        return DiagnosticList()
      }
      if let exportKind {
        return try ModelExport(copy.request(scenario: scenario), kind: exportKind).warnings
      }
      let panel = PanelFiles(
        rolls: copy.root.appendingPathComponent("rolls.csv"), births: ifThere("births.csv"),
        official: ifThere("official.csv"))
      if let forecast {
        let run = try PanelForecast(panel, forecast)
        if let out { try run.write(to: copy.root.appendingPathComponent(out)) }
        return run.warnings
      }
      if let backtest { return try BacktestRun(panel, backtest).warnings }
      if let storedRun {
        _ = try StoredRun(copy.root.appendingPathComponent(storedRun))
        return DiagnosticList()
      }
      if !merged.isEmpty {
        let folders = merged.map { copy.root.appendingPathComponent($0) }
        return try SweepRun(merging: folders, to: copy.root.appendingPathComponent("merged")).warnings
      }
      let request = copy.request(scenario: scenario)
      if let sweep {
        let asked = SweepRequest(folder: request.folder, variations: [sweep])
        return try SweepRun(asked, to: copy.root.appendingPathComponent("sweep")).warnings
      }
      if isPrioritised { return try ProgrammeRun(request, ProgrammeRequest()).input.warnings }
      guard isWrittenWithoutRenderer else {
        let input = try check(request)
        _ = try project(input.model)
        return input.warnings
      }
      let run = try PlanningRun(request)
      let written = try run.write(
        to: copy.root.appendingPathComponent("Reports"), renderer: nil)
      return DiagnosticList(run.input.warnings.diagnostics + written.warnings.diagnostics)
    } catch let list as DiagnosticList {
      return list
    }
  }
}
