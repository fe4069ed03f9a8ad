internal import Diagnostics
internal import PlacePlanning

/// Forecasts, outcomes and their published error.
///
/// The error was published in percent, rounded to one decimal, in 2019; as a share in 2021 to 2023; and in percent again since. It is
/// therefore worked out again from both counts, and the published figure must agree in one unit throughout a file.
func readAccuracy(
  _ readers: [ImportReader], _ request: ImportRequest
) throws(DiagnosticList) -> ImportedTable {
  var rows = SingleRows<AccuracyRow>()
  for reader in readers {
    let columns = reader.match.family.compactMap { member in
      AccuracyColumn(member.member).map { (column: $0, index: member.column) }
    }
    let isLong = reader.column("phase") != nil
    // Rows whose published error is a share, in percent, or either: too near to nought to tell.
    var units: Set<AccuracyUnit> = []
    while try reader.next() {
      guard let area = reader.scorecardArea(request) else { continue }
      var phases: [Phase] = [.primary, .secondary]
      if isLong {
        guard let phase = reader.scorecardPhase() else { continue }
        phases = [phase]
      }
      for phase in phases {
        let mine = columns.filter { isLong || $0.column.phase == phase }
        let figures = AccuracyFigures(reader, mine)
        for (horizon, outcome, count) in figures.outcomes {
          switch outcome {
          case .kept(let year, let actual, let forecast, let unit):
            if let unit { units.insert(unit) }
            rows.add(
              [year.label, "\(horizon)", area.code, phase.rawValue],
              AccuracyRow(name: area.name, actual: actual, forecast: forecast), reader, units: count)
          case .setAside(let reason): reader.account.setAside(reason, count)
          case .refused(let faults): reader.refuse(faults, units: count)
          }
        }
      }
    }
    if units.count > 1 {
      throw DiagnosticList(
        .kindsMixed, at: reader.file.wholeFile,
        what: "some errors are in percent and others are shares of one",
        why: "one of the two is a hundred times too large",
        fix: "fetch the file again, or import its parts apart")
    }
  }
  return accuracyTable(rows)
}

private struct AccuracyRow {
  let name: String
  let actual: Double
  let forecast: Double
}

private func accuracyTable(_ rows: SingleRows<AccuracyRow>) -> ImportedTable {
  ImportedTable(
    name: "scorecard-accuracy", title: "Councils' own forecasts and their error (scorecards)",
    columns: [
      .init(name: "target_year", type: .academicYear), .count("horizon", "years", 10), .code("area_code"),
      .text("area_name"), .phase, .count("actual", "pupils", 10_000_000),
      .count("forecast", "pupils", 10_000_000),
      .init(
        name: "official_error", type: .scientific, unit: "share",
        description: "(forecast - actual) / actual, from both counts"),
    ], key: ["target_year", "horizon", "area_code", "phase"],
    rows: rows.settle(what: { "the forecast for \($0.key.joined(separator: ", ")) stands" }).map {
      let (key, row) = ($0.key, $0.value)
      return [key[0], key[1], key[2], row.name, key[3], dataNumber(row.actual), dataNumber(row.forecast)]
        + [String((row.forecast - row.actual) / row.actual)]
    },
    reading: [
      "**The error** is worked out from forecast and outcome, as a share. The published one must agree with it, in percent or as a "
        + "share, in one unit throughout a file; else the row is refused (E415).",
      "**Horizon.** The survey of year Y forecasts Y/(Y+1) one year ahead, and Y+2 three years ahead, as the columns say.",
      "The columns are those that `places backtest --official` reads.",
    ], mark: .derived)
}

enum AccuracyUnit { case share, percent }

/// The figures of one area and phase: an outcome for each horizon.
struct AccuracyFigures {
  enum Outcome {
    case kept(AcademicYear, actual: Double, forecast: Double, unit: AccuracyUnit?)
    case setAside(String)
    case refused([Diagnostic])
  }

  /// Each with the number of figures that it accounts for.
  private(set) var outcomes: [(horizon: Int, outcome: Outcome, count: Int)] = []

  init(_ reader: ImportReader, _ columns: [(column: AccuracyColumn, index: Int)]) {
    // Columns that a horizon has taken: an outcome that both share is a figure of the first, so that each is counted once.
    var taken: Set<Int> = []
    for horizon in [1, 3] {
      let error = columns.first { $0.column.measure == .accuracy(horizon: horizon) }
      let forecast = columns.first { entry in
        guard case .forecast(let survey) = entry.column.measure, let year = entry.column.year else {
          return false
        }
        return year.start - (2000 + survey) + 1 == horizon
      }
      let actual = columns.first {
        $0.column.measure == .actual && $0.column.year == forecast?.column.year
      }
      let count = [error, forecast, actual].compactMap { $0?.index }.count { taken.insert($0).inserted }
      guard count > 0 else { continue }
      outcomes.append((horizon, Self.outcome(reader, actual?.index, forecast, error?.index), count))
    }
    let rest = columns.filter { !taken.contains($0.index) }
    let actuals = rest.count { $0.column.measure == .actual }
    if actuals > 0 { outcomes.append((0, .setAside("no forecast for it"), actuals)) }
    if rest.count > actuals {
      outcomes.append((0, .setAside("a forecast of another horizon"), rest.count - actuals))
    }
  }

  private static func outcome(
    _ reader: ImportReader, _ actual: Int?, _ forecast: (column: AccuracyColumn, index: Int)?, _ error: Int?
  ) -> Outcome {
    guard let forecast, let year = forecast.column.year else { return .setAside("no forecast for it") }
    guard let actual else { return .setAside("no outcome for it") }
    let counts = [
      reader.count(actual, "the actual number"), reader.count(forecast.index, "the forecast"),
    ]
    var faults: [Diagnostic] = []
    for case .refused(let fault) in counts { faults.append(fault) }
    if !faults.isEmpty { return .refused(faults) }
    for case .setAside(let reason) in counts { return .setAside(reason) }
    guard case .kept(let outcome) = counts[0], case .kept(let foreseen) = counts[1], outcome > 0
    else { return .setAside("no pupils") }
    let worked = (foreseen - outcome) / outcome
    switch reader.amount(error, "the error", .percent, within: -1000...1000) {
    case .refused(let fault): return .refused([fault])
    case .setAside: return .kept(year, actual: outcome, forecast: foreseen, unit: nil)
    case .kept(let published):
      // Published counts are whole, the error is of whole counts too: 1 in 100,000 is left for rounding, or half a tenth of a percent.
      let isShare = abs(published - worked) < 1e-5
      let isPercent = abs(published - worked * 100) <= 0.0501
      guard isShare || isPercent else {
        let fault = reader.fault(
          .totalDisagrees, error,
          "the error is \(reader.text(error)), but \(plain(foreseen)) against \(plain(outcome)) is "
            + "\(dataNumber((worked * 1e8).rounded() / 1e6)) percent",
          why: "one of the three is wrong")
        return .refused([fault])
      }
      let unit: AccuracyUnit? = isShare && isPercent ? nil : isShare ? .share : .percent
      return .kept(year, actual: outcome, forecast: foreseen, unit: unit)
    }
  }
}
