import Forecasting
import Foundation
import ModelFiles
import PlacePlanning
import Runs

/// How good forecasts would have been on the public data that stand beside a checkout, against the project's own aims.
struct AccuracyReport: Encodable {
  /// One figure with what it should be.
  struct Line: Encodable {
    let data: String
    let figure: String
    let value: Double
    /// What the figure should lie in; nil where it stands for comparison only.
    let least: Double?
    let most: Double?
    var isReached: Bool { value >= least ?? -.infinity && value <= most ?? .infinity }

    var text: String {
      let aim =
        switch (least, most) {
        case (nil, nil): ""
        case (let least?, let most?): String(format: "aim %.3f to %.3f", least, most)
        case (nil, let most?): String(format: "aim at most %.3f", most)
        case (let least?, nil): String(format: "aim at least %.3f", least)
        }
      let name = "\(data) \(figure)".padding(toLength: 84, withPad: " ", startingAt: 0)
      return name + String(format: "%8.3f   ", value) + aim + (isReached ? "" : "   NOT REACHED")
    }
  }

  let format = "places-accuracy/1"
  let version = programVersion
  let note =
    "Shares and ratios; data: Department for Education and ONS (OGL v3.0), state departments of education."
  let lines: [Line]
  let aims: Int
  let reached: Int

  init(_ lines: [Line]) {
    self.lines = lines
    aims = lines.count { $0.least != nil || $0.most != nil }
    reached = lines.count { ($0.least != nil || $0.most != nil) && $0.isReached }
  }
}

/// Nil where the data are not there.
func benchmarkAccuracy() throws -> AccuracyReport? {
  let data = URL(fileURLWithPath: "../shared/data")
  guard FileManager.default.fileExists(atPath: data.appendingPathComponent("england/rolls.csv").path) else {
    return nil
  }
  func file(_ path: String) -> URL { data.appendingPathComponent(path) }
  func origins(_ first: Int, _ last: Int) -> BacktestRequest {
    BacktestRequest(origins: (first...last).map { AcademicYear($0) }, horizons: Array(1...5))
  }
  let england = try BacktestRun(
    PanelFiles(
      rolls: file("england/rolls.csv"), births: file("england/births.csv"),
      official: file("england/official_forecasts.csv")), origins(2014, 2021)
  ).backtest
  var lines = officialLines(england) + coverageLines(england, "England", horizons: [1, 2, 3, 5])
  for (name, path, years) in [
    ("Connecticut", "us/connecticut_rolls.csv", (2010, 2014)),
    ("New Hampshire", "us/new_hampshire_rolls.csv", (2014, 2024)),
  ] {
    let states = try BacktestRun(PanelFiles(rolls: file(path)), origins(years.0, years.1)).backtest
    lines += rivalLines(states, name) + coverageLines(states, name, horizons: [1, 3, 5])
  }
  return AccuracyReport(lines)
}

private func officialLines(_ backtest: Backtest) -> [AccuracyReport.Line] {
  [(Phase.primary, 0.6), (.secondary, 0.5)].flatMap { phase, aim in
    let compared = backtest.official.filter { $0.phase == phase }
    func mean(_ error: (Backtest.OfficialComparison) -> Double) -> Double {
      compared.reduce(0) { $0 + error($1) } / Double(compared.count)
    }
    return [
      AccuracyReport.Line(
        data: "England", figure: "\(phase.rawValue): error over the councils' own",
        value: mean(\.ours) / mean(\.official),
        least: nil, most: aim),
      .init(
        data: "England", figure: "\(phase.rawValue): largest such ratio of a target",
        value: compared.compactMap(\.ratio?.value).max() ?? .nan, least: nil, most: 1),
      .init(
        data: "England", figure: "\(phase.rawValue): error over that of 3:2:1",
        value: mean(\.ours) / mean(\.plain321),
        least: nil, most: 1),
    ]
  }
}

private func coverageLines(
  _ backtest: Backtest, _ name: String, horizons: [Int]
) -> [AccuracyReport.Line] {
  backtest.scores.filter {
    $0.origin == nil && horizons.contains($0.horizon)
      && $0.measure == (name == "England" ? .total : .yearGroups)
  }.flatMap { score -> [AccuracyReport.Line] in
    guard let coverage = score.coverage else { return [] }
    let place = "\(score.phase.rawValue), \(score.horizon) ahead"
    return [
      .init(
        data: name, figure: "\(place): within the 80% range", value: coverage.within80, least: 0.75,
        most: 0.85),
      .init(
        data: name, figure: "\(place): within the 95% range", value: coverage.within95,
        least: name == "England" ? 0.92 : nil, most: name == "England" ? 0.98 : nil),
    ]
  }
}

/// Errors over those of "no change", in mean and median, of year groups and of totals.
private func rivalLines(_ backtest: Backtest, _ name: String) -> [AccuracyReport.Line] {
  backtest.scores.filter { $0.origin == nil && [1, 3, 5].contains($0.horizon) && $0.forecaster == .places }
    .flatMap { ours -> [AccuracyReport.Line] in
      guard
        let rival = backtest.scores.first(where: {
          $0.origin == nil && $0.horizon == ours.horizon && $0.phase == ours.phase
            && $0.measure == ours.measure
            && $0.forecaster == .method(.noChange)
        })
      else { return [] }
      let place =
        "\(ours.phase.rawValue) \(ours.measure.rawValue), \(ours.horizon) ahead: error over no change,"
      return [
        .init(
          data: name, figure: "\(place) mean", value: ours.meanAbsoluteError / rival.meanAbsoluteError,
          least: nil,
          most: 1),
        .init(
          data: name, figure: "\(place) median", value: ours.medianAbsoluteError / rival.medianAbsoluteError,
          least: nil, most: 1),
      ]
    }
}
