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
  private let request: BacktestRequest

  /// `request` holds no official forecasts: they come from the files. **Throws** every fault of the files at once, then E301
  /// to E303 for what the panel cannot give.
  public init(_ files: PanelFiles, _ request: BacktestRequest) throws(DiagnosticList) {
    input = try readPanel(files)
    self.request = request
    do {
      backtest = try Forecasting.backtest(
        input.panel,
        BacktestRequest(
          origins: request.origins, horizons: request.horizons, draws: request.draws, seed: request.seed,
          disturbed: request.disturbed,
          official: input.official.map {
            OfficialForecast(
              areaCode: $0.areaCode, phase: $0.phase, targetYear: $0.targetYear, horizon: $0.horizon,
              error: $0.error)
          }))
    } catch {
      let origins = request.origins.map(\.label).joined(separator: ", ")
      let horizons = request.horizons.map(String.init).joined(separator: ", ")
      throw DiagnosticList([diagnostic(error, input, asked: "origins \(origins); horizons \(horizons)")])
    }
    var warnings = input.warnings
    warnings.add(contentsOf: disturbedWarnings(request.disturbed, input))
    self.warnings = warnings
    report = BacktestPaper(backtest, sources: input.inputs.map(\.file))
  }

  /// Writes `report.html`, the tables as CSV and `backtest.json` into a folder, whole or not at all. **Throws** `WriteFailure`.
  public func write(to folder: URL, renderer: ChartRenderer?) throws -> DiagnosticList {
    var warnings = DiagnosticList()
    let charts = drawnCharts(report.paper.figures, renderer, &warnings)
    var files = [("report.html", Data(try HTMLRenderer(charts: charts).render(report.paper).utf8))]
    files += report.tables.map { ("\($0.id).csv", Data($0.csv.utf8)) }
    files.append(("backtest.json", try record))
    try replaceFolder(folder, with: files)
    return warnings
  }

  /// What was asked, and of which files.
  private var record: Data {
    get throws {
      struct Record: Encodable {
        let format = "places-backtest-record/1"
        let version = programVersion
        let inputs: [PanelInput.InputFile]
        let origins: [String]
        let horizons: [Int]
        let draws: Int
        let seed: UInt64
        let disturbed: [String]
      }
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      encoder.keyEncodingStrategy = .convertToSnakeCase
      return try encoder.encode(
        Record(
          inputs: input.inputs, origins: request.origins.map(\.label), horizons: request.horizons,
          draws: request.draws, seed: request.seed, disturbed: request.disturbed.map(\.label).sorted()))
        + Data("\n".utf8)
    }
  }
}
