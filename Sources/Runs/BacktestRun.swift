public import Diagnostics
public import Forecasting
public import Foundation
public import ModelFiles
public import Papers
internal import PlacePlanning

/// A backtest of a panel's files, with its report.
public struct BacktestRun: Sendable {
  public let input: PanelInput
  public let backtest: Backtest
  public let report: BacktestPaper
  public let warnings: DiagnosticList
  /// What was asked for and has no score, such as `4 years ahead from 2015/16; 5 years ahead from any origin`; nil where all has one.
  public let notScored: String?
  private let request: BacktestRequest
  private static let format = "places-backtest-record/1"

  /// The official forecasts are those of the files, not of `request`. **Throws** every fault of the files at once, then E301
  /// to E303 for what the panel cannot give.
  public init(_ files: PanelFiles, _ request: BacktestRequest) throws(DiagnosticList) {
    input = try readPanel(files)
    var request = request
    request.official = input.official
    self.request = request
    do {
      backtest = try Forecasting.backtest(input.panel, request)
    } catch {
      let origins = firstFive(request.origins.map(\.label))
      let horizons = numbersInWords(request.horizons)
      throw DiagnosticList([diagnostic(error, input, asked: "origins \(origins); horizons \(horizons)")])
    }
    var warnings = input.warnings
    warnOfAreasWithoutHistory(request.origins, input, &warnings)
    warnOfGaps(request.origins, input, &warnings)
    warnOfRanges(backtest, input, &warnings)
    warnOfDisturbed(request.disturbed, input, &warnings)
    notScored = Self.notScored(backtest, request)
    if let notScored {
      warnings.add(
        .notScored, at: input.rolls, what: "not scored: \(notScored)",
        why: "the rolls do not hold what came of these forecasts, so that averages are over the others alone",
        fix: "add the rolls of later years, or leave out the origins and horizons that cannot be scored")
    }
    if let left = backtest.notComparedWords {
      warnings.add(
        .notScored, at: input.officialFile ?? input.rolls,
        what: "not compared, \(counted(backtest.notComparedCount, "official forecast")): \(left)",
        why: "what is said of the councils' errors beside ours is of their other forecasts alone",
        fix: "ask for these origins and years ahead, and add the rolls that they need; or leave the rows out")
    }
    self.warnings = warnings
    report = BacktestPaper(backtest, sources: input.inputs.map(\.file))
  }

  private static func notScored(_ backtest: Backtest, _ request: BacktestRequest) -> String? {
    let lines = request.horizons.compactMap { horizon -> String? in
      let scored = Set(backtest.scores.filter { $0.horizon == horizon }.compactMap(\.origin))
      let missing = request.origins.filter { !scored.contains($0) }
      guard !missing.isEmpty else { return nil }
      return "\(counted(horizon, "year")) ahead from "
        + (scored.isEmpty ? "any origin" : listed(missing.map(\.label)))
    }
    return lines.isEmpty ? nil : lines.joined(separator: "; ")
  }

  /// Writes `report.html`, the tables as CSV and `backtest.json` into a folder, whole or not at all. Only a folder that is empty
  /// or an earlier backtest is replaced. **Throws** E602, E604; then nothing has changed.
  public func write(to folder: URL, renderer: ChartRenderer?) throws -> DiagnosticList {
    var warnings = DiagnosticList()
    let charts = drawnCharts(report.paper.figures, renderer, &warnings)
    var files = [("report.html", Data(try HTMLRenderer(charts: charts).render(report.paper).utf8))]
    files += report.tables.map { ("\($0.id).csv", Data($0.csv.utf8)) }
    files.append(("backtest.json", try record))
    let kind = OwnFolder(
      what: "backtest", known: Set(files.map(\.0)), marks: ["backtest.json": Self.format])
    try replaceOwnFolder(folder, kind, with: files)
    return warnings
  }

  /// What was asked, and of which files.
  private var record: Data {
    get throws {
      struct Record: Encodable {
        let format = BacktestRun.format
        let version = programVersion
        let inputs: [PanelInput.InputFile]
        let origins: [String]
        let horizons: [Int]
        let draws: Int
        let seed: UInt64
        let disturbed: [String]
      }
      return try prettyJSONFile(
        Record(
          inputs: input.inputs, origins: request.origins.map(\.label), horizons: request.horizons,
          draws: request.draws, seed: request.seed, disturbed: request.disturbed.map(\.label).sorted()))
    }
  }
}
