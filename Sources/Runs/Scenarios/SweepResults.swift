internal import Diagnostics
internal import Foundation
internal import ModelFiles
internal import Papers
internal import PlacePlanning
public import Scenarios

/// Which assumption moves which headline, and by how much: of a tornado, or of a Sobol' sample.
public struct SweepSensitivity: Sendable {
  /// By headline; those whose points all have a value.
  public let tornados: [(headline: Headline, bars: [TornadoBar])]
  public let indices: [(headline: Headline, indices: [SobolIndex])]
  /// Those of which a Sobol' sample tells no shares, and why.
  public let refused: [(headline: Headline, reason: SobolRefusal)]
}

extension SobolRefusal {
  /// Why, and what to do.
  public var words: String {
    switch self {
    case .fewRows(let rows):
      "\(counted(rows, "row")) \(rows == 1 ? "is" : "are") too few: take \(Self.leastRows) or more"
    case .fewValues(let carriers, let all):
      "its variance rests on \(carriers < 1 ? "almost none" : "about \(grouped(carriers))") of \(grouped(all)) values, too few to "
        + "say which key it comes from: take more rows"
    case .impossible(let key, let estimate):
      "\(key) comes to \(fixed(estimate.value, places: 2)) (\(fixed(estimate.low, places: 2)) to "
        + "\(fixed(estimate.high, places: 2))), which no share can be: take more rows"
    }
  }
}

/// The finished points of a sweep, to be written as tables.
struct SweepResults {
  let definition: SweepDefinition
  private let journals: [SweepJournal]

  init(_ definition: SweepDefinition, _ journals: [SweepJournal]) {
    self.definition = definition
    self.journals = journals
  }

  /// All shards of one sweep. **Throws** E043.
  init(merging journals: [SweepJournal]) throws {
    guard let first = journals.first else {
      throw DiagnosticList(
        .shardsDisagree, at: SourceLocation(file: "--merge"), what: "there is nothing to merge",
        why: "a sweep is put together from the folders of its shards",
        fix: "name the --out folder of each shard")
    }
    var list = DiagnosticList()
    func fault(_ journal: SweepJournal, _ what: String, _ fix: String) {
      list.add(
        .shardsDisagree, at: SourceLocation(file: journal.path, line: 1), what: what,
        why: "the result would not be that of one run", fix: fix)
    }
    for journal in journals.dropFirst() {
      let differences = journal.definition.differences(from: first.definition)
      guard !differences.isEmpty else { continue }
      fault(
        journal, "it differs from \(first.path) in \(differences.joined(separator: ", "))",
        "merge shards of one sweep")
    }
    try list.check()
    self.init(first.definition, journals)
    var missing: [Int] = []
    for point in 0..<definition.count {
      let lines = try journals.compactMap { journal in
        try journal.line(of: point).map { (journal: journal, line: $0) }
      }
      if lines.isEmpty { missing.append(point) }
      for other in lines.dropFirst() where other.line != lines[0].line {
        fault(
          other.journal, "point \(point + 1) is not that of \(lines[0].journal.path)",
          "one of the two is wrong: compute both shards again")
        break
      }
    }
    if let point = missing.first {
      fault(
        first, "of \(definition.count) points \(missing.count) are not there; the first is \(point + 1)",
        "run the shard that is missing, or the one that was stopped, to its end")
    }
    try list.check()
  }

  /// Writes `results.csv`, `sweep.json` and, where all points of a tornado or a Sobol' sample are there, their tables and charts.
  /// Each is written beside its place and renamed into it. **Throws** E602 where the folder is no sweep's, E604; finished points stay in
  /// the journal. **Returns** at how many points the model does not hold, and what the others say of the assumptions.
  func write(to folder: URL) throws -> (refused: Int, sensitivity: SweepSensitivity?) {
    try checkSweepFolder(folder)
    var refused = 0
    let isSensitivity = [.tornado, .sobol].contains(definition.design.kind)
    // One column a headline; only these designs need all points at once.
    var columns = [[Double?]](repeating: [], count: isSensitivity ? definition.headlines.count : 0)
    var isWhole = true
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let table = try GrowingFile(folder.appendingPathComponent("results.csv"))
      try table.write(header)
      for index in 0..<definition.count {
        guard let point = try point(index) else {
          isWhole = false
          continue
        }
        if point.refused != nil { refused += 1 }
        try table.write(rows(point))
        for column in columns.indices {
          columns[column].append(point.refused == nil ? point.figures[column].value : nil)
        }
      }
      try table.finish()
      try writeWhole(try prettyJSONFile(Description(definition), snakeCase: false), "sweep.json", folder)
      guard isSensitivity, isWhole else { return (refused, nil) }
      let sensitivity = SweepSensitivity(definition, columns)
      for (name, text) in sensitivity.files(definition) { try writeWhole(Data(text.utf8), name, folder) }
      return (refused, sensitivity)
    } catch let fault as DiagnosticList {
      throw fault
    } catch {
      throw notWritten(
        folder, systemWords(error), "the results were not written",
        fix: "make room, then run the same again: finished points are kept")
    }
  }

  private func point(_ index: Int) throws -> SweepPoint? {
    for journal in journals {
      if let line = try journal.line(of: index) {
        return try JSONDecoder().decode(SweepPoint.self, from: line)
      }
    }
    return nil
  }

  private var header: String {
    (["point", "id", "status"] + definition.design.variations.map(\.key)
      + ["headline", "unit", "value", "note"])
      .map { csvField($0, isNumber: false) }.joined(separator: ",") + "\n"
  }

  /// A row for each headline; one alone where the model was refused.
  private func rows(_ point: SweepPoint) -> String {
    let start =
      ["\(point.point + 1)", point.id, point.refused == nil ? "done" : "refused"]
      + point.at.map(number)
    func row(_ headline: String, _ unit: String, _ value: String, _ note: String) -> String {
      (start + [headline, unit, value, csvField(note, isNumber: false)]).joined(separator: ",") + "\n"
    }
    if let refused = point.refused { return row("", "", "", refused) }
    return zip(definition.headlines, point.figures).map { headline, figure in
      row(headline.rawValue, headline.unit, figure.value.map(number) ?? "", figure.note ?? "")
    }.joined()
  }

  /// What `sweep.json` says of the sweep, beside its definition.
  private struct Description: Encodable {
    struct HeadlineDescription: Encodable {
      let key: String
      let title: String
      let unit: String
    }

    let definition: SweepDefinition
    let points: Int
    let headlines: [HeadlineDescription]

    init(_ definition: SweepDefinition) {
      self.definition = definition
      points = definition.count
      headlines = definition.headlines.map { .init(key: $0.rawValue, title: $0.title, unit: $0.unit) }
    }
  }
}

extension SweepSensitivity {
  init(_ definition: SweepDefinition, _ columns: [[Double?]]) {
    let design = definition.design
    tornados = zip(definition.headlines, columns).compactMap { headline, values in
      tornado(design, values).map { (headline, $0) }
    }
    let shares = zip(definition.headlines, columns).compactMap { headline, values in
      sobolIndices(design, values).map { (headline: headline, shares: $0) }
    }
    indices = shares.compactMap { entry in
      guard case .told(let indices) = entry.shares else { return nil }
      return (headline: entry.headline, indices: indices)
    }
    refused = shares.compactMap { entry in
      guard case .refused(let reason) = entry.shares else { return nil }
      return (headline: entry.headline, reason: reason)
    }
  }

  /// Tables as CSV, and the charts' specifications.
  func files(_ definition: SweepDefinition) -> [(name: String, text: String)] {
    var files: [(String, String)] = []
    if definition.design.kind == .tornado {
      let rows = tornados.flatMap { headline, bars in
        bars.map { bar in
          [headline.rawValue, headline.unit, csvField(bar.key, isNumber: false)]
            + [bar.low, bar.high, bar.base, bar.atLow, bar.atHigh, bar.swing].map(number)
        }
      }
      files.append(
        ("tornado.csv", csv("headline,unit,key,low,high,base,at_low,at_high,swing", rows)))
      for (headline, bars) in tornados where bars.contains(where: { $0.swing > 0 }) {
        let figure = tornadoFigure(headline, bars)
        files.append(("charts/tornado-\(headline.rawValue).json", figure.specification + "\n"))
      }
    } else {
      let rows = indices.flatMap { headline, indices in
        indices.map { index in
          [headline.rawValue, csvField(index.key, isNumber: false)]
            + [index.first, index.total].flatMap { [$0.value, $0.low, $0.high] }.map(number) + [""]
        }
      }
      let without = refused.map { headline, reason in
        [headline.rawValue] + Array(repeating: "", count: 7) + [csvField(reason.words, isNumber: false)]
      }
      files.append(
        (
          "sobol.csv",
          csv("headline,key,first,first_low,first_high,total,total_low,total_high,note", rows + without)
        ))
    }
    return files
  }

  private func csv(_ header: String, _ rows: [[String]]) -> String {
    ([header] + rows.map { $0.joined(separator: ",") }).joined(separator: "\n") + "\n"
  }
}

/// A number as it is, in as few digits as tell it from every other.
private func number(_ value: Double) -> String {
  let text = "\(value)"
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}

/// A sweep's folder is gone on with, file by file, so that it must be new, empty or a sweep's. **Throws** E602.
func checkSweepFolder(_ folder: URL) throws(DiagnosticList) {
  // A link to a folder is not replaced, and may stand.
  guard let names = try entries(of: folder.resolvingSymlinksInPath()), !names.isEmpty,
    !names.contains(SweepJournal.name),
    !holds(folder.appendingPathComponent("sweep.json"), SweepDefinition.format)
  else { return }
  throw inTheWay(
    folder, "the folder holds '\(names[0])' and no sweep",
    fix: "name a folder that is new, empty or an earlier sweep")
}

/// Whether what a folder holds of a sweep is of this one. **Throws** E041 where its results or its journal are of another, or may be.
func checkResults(in folder: URL, of definition: SweepDefinition) throws(DiagnosticList) {
  struct Described: Decodable { let definition: SweepDefinition }
  if let journal = try? SweepJournal(reading: folder) {
    let differences = definition.differences(from: journal.definition)
    if !differences.isEmpty { throw sweepOfAnother(journal.path, line: 1, differences) }
  }
  let file = folder.appendingPathComponent("sweep.json")
  guard let data = try? Data(contentsOf: file) else { return }
  guard let found = try? JSONDecoder().decode(Described.self, from: data) else {
    throw DiagnosticList(
      .sweepOfAnother, at: SourceLocation(file: file.relativePath),
      what: "this file says of which sweep the results beside it are, and it cannot be read",
      why: "results of another sweep may stand here, and would be written over",
      fix: "give another --out, or remove the folder if its results are no longer wanted")
  }
  let differences = definition.differences(from: found.definition)
  if !differences.isEmpty { throw sweepOfAnother(file.relativePath, line: nil, differences) }
}

/// E041, with what two sweeps differ in.
func sweepOfAnother(_ path: String, line: Int?, _ differences: [String]) -> DiagnosticList {
  DiagnosticList(
    .sweepOfAnother, at: SourceLocation(file: path, line: line),
    what: "the folder holds another sweep; it differs in \(differences.joined(separator: ", "))",
    why: "points of two sweeps would stand side by side as if they were one",
    fix: "give another --out, or remove the folder if its points are no longer wanted")
}

private func writeWhole(_ data: Data, _ name: String, _ folder: URL) throws {
  let url = folder.appendingPathComponent(name)
  try FileManager.default.createDirectory(
    at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
  try data.write(to: url, options: .atomic)
}
