import ArgumentParser
import ModelFiles
import Papers
import PlacePlanning
import Runs

struct ExportVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write a model's results as files for other programs.",
    discussion: """
      scap: forecasts and need by planning area and year group, with the column names of the published School Capacity files, five \
      years ahead in primary areas and seven in secondary ones. plain: one tidy table each of forecast, balance, ranges and chances, of \
      the approved programme and of the chosen one with its years, for R and pandas.
      """)
  @OptionGroup var options: ModelOptions

  @Option(help: "In which form: scap or plain.")
  var kind: ExportKind

  @Option(help: "The folder to write; an earlier export there is replaced.")
  var out: String

  @Option(help: "The seed of the draws behind ranges.csv.")
  var seed: UInt64 = 1

  func validate() throws {
    try checkOutput(out, "--out")
    if kind == .scap { try refuseGiven(["--seed": seed != 1], "is for ranges.csv, which --kind plain has.") }
  }

  func run() throws {
    try answering(options.answer.format, nothingWas: "written") {
      let export = try ModelExport(options.request, kind: kind, seed: seed)
      try export.write(to: url(out))
      let rows = export.tables.map { [$0.file, grouped($0.rows)] }
      return Answer(
        text: aligned(["Table", "rows"], rows) + "\n\nWritten: \(out)",
        json: ExportAnswer(export, folder: out), warnings: export.warnings)
    }
  }
}

private struct ExportAnswer: Encodable {
  let format = "places-export/1"
  let kind: ExportKind
  let scenario: String
  let folder: String
  let files: [ModelExport.File]

  init(_ export: ModelExport, folder: String) {
    kind = export.kind
    scenario = export.scenario
    self.folder = folder
    files = export.tables
  }
}
