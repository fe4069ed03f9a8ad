internal import Diagnostics
internal import PlacePlanning

// MARK: - Forecast accuracy

/// Forecasts, outcomes and their published error.
///
/// The error was published in percent, rounded to one decimal, in 2019; as a share in 2021 to 2023; and in percent again since. It is
/// therefore worked out again from both counts, and the published figure must agree in one unit throughout a file.
func readAccuracy(
  _ readers: [ImportReader], _ areas: inout ScorecardAreas
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
      guard let area = areas.area(reader) else { continue }
      var phases: [Phase] = [.primary, .secondary]
      if isLong {
        guard let phase = areas.phase(reader) else { continue }
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
        .kindsMixed, at: SourceLocation(file: reader.file.path),
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
      .text("area_name"), .word("phase", ["primary", "secondary"]), .count("actual", "pupils", 10_000_000),
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

  /// Each with the number of figures that it is of.
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

// MARK: - Places and need by authority

private let quantityRange = -10_000_000.0...20_000_000.0
private let needRange = -1_000_000.0...1_000_000.0

func readQuantities(
  _ readers: [ImportReader], _ areas: inout ScorecardAreas
) throws(DiagnosticList) -> ImportedTable {
  var rows = SingleRows<(name: String, value: Double)>()
  for reader in readers {
    let columns = reader.match.family.compactMap { member in
      QuantityColumn(member.member).map { (column: $0, index: member.column) }
    }
    let isLong = reader.column("phase") != nil
    while try reader.next() {
      guard let area = areas.area(reader) else { continue }
      guard let reporting = areas.reportingYear(reader) else { continue }
      var rowPhase: Phase?
      if isLong {
        guard let phase = areas.phase(reader) else { continue }
        rowPhase = phase
      }
      for (column, at) in columns {
        guard let measure = column.measure, let year = column.year, let phase = rowPhase ?? column.phase
        else {
          reader.account.setAside("a change, which follows from the counts")
          continue
        }
        let sign: FigureSign = measure.hasSuffix("percent") ? .percent : .none
        let fate = reader.amount(at, "'\(reader.heading(at))'", sign, within: quantityRange)
        guard let value = reader.kept(fate) else { continue }
        rows.add(
          [area.code, "\(reporting)", phase.rawValue, measure, year.label], (area.name, value), reader)
      }
    }
  }
  return ImportedTable(
    name: "scorecard-places", title: "Places, need and spare places by authority (scorecards)",
    columns: [
      .code("area_code"), .text("area_name"), .init(name: "reporting_year", type: .year),
      .word("phase", ["primary", "secondary"]), .word("measure", QuantityColumn.measures),
      .init(name: "academic_year", type: .academicYear),
      .decimal("value", "pupils, places or percent, by the measure", quantityRange),
    ], key: ["area_code", "reporting_year", "phase", "measure", "academic_year"],
    rows: rows.settle().map { entry in
      [entry.key[0], entry.value.name] + entry.key.dropFirst() + [dataNumber(entry.value.value)]
    },
    reading: [
      "**Measures** end in `_percent` where they are percent of 100; they stand as published. Of a span of years, `academic_year` is "
        + "the last; capacity at May 2025 is of 2024/25. Changes follow from the counts and are set aside.",
      "**Need** is rounded to 10 by its publisher in some years and not in others.",
    ])
}

// MARK: - Need by planning area

/// The estimate of one planning area, year and year group.
private struct NeedRow {
  let key: [String]
  let name: String
  /// In the order of the columns of `data.csv`; nil where one is withheld or blank.
  let cells: [Double?]
}

func readNeed(_ readers: [ImportReader], _ areas: inout ScorecardAreas) throws(DiagnosticList)
  -> ImportedTable
{
  var rows = SingleRows<NeedRow>()
  for reader in readers {
    while try reader.next() {
      if let row = needRow(reader, &areas) { rows.add(row.key, row, reader) }
    }
  }
  return ImportedTable(
    name: "planning-area-need",
    title: "Estimates of future need by planning area and year group (School capacity)",
    columns: [
      .code("planning_area_code"), .text("planning_area_name", optional: true),
      .init(name: "academic_year", type: .academicYear), .init(name: "year_group", type: .yearGroup),
      .word("phase", ["primary", "secondary"]),
    ]
      + [
        "pupil_forecast", "estimated_capacity", "la_planned_places", "central_programme_places",
        "need_minus_spare", "need",
      ].map {
        .decimal(
          $0, $0 == "pupil_forecast" ? "pupils" : "places", needRange, optional: $0 != "need",
          $0 == "need"
            ? "Additional places needed, spare places of other year groups and areas not set against them"
            : nil)
      }, key: ["planning_area_code", "academic_year", "year_group"],
    rows: rows.settle().map { entry in
      [
        entry.key[0], entry.value.name, entry.key[1],
        entry.key[2] == "00" ? "R" : "\(Int(entry.key[2]) ?? 0)", entry.key[3],
      ] + entry.value.cells.map { $0.map(dataNumber) ?? "" }
    },
    reading: [
      "**Planning areas only.** Rows of nation, regions and authorities are set aside: they are sums of these, with surplus and need "
        + "not set against each other. `need` is `additional_need_only` of the publication."
    ])
}

/// Nil where the row is set aside or refused.
private func needRow(_ reader: ImportReader, _ areas: inout ScorecardAreas) -> NeedRow? {
  func setAside(_ reason: String) -> NeedRow? {
    reader.account.setAside(reason)
    return nil
  }
  let code = reader.text("pa_code")
  guard reader.text("level") == "Planning area" || (!code.isEmpty && code != "z") else {
    return setAside("level: \(reader.text("level"))")
  }
  let authority = reader.text("old_code")
  areas.found.insert(authority)
  if let wanted = areas.request.authority, wanted != authority { return setAside("another area") }
  guard let phase = areas.phase(reader) else { return nil }
  let yearGroup: YearGroup
  switch CensusWords.year(reader.text("year_group")) {
  case .yearGroup(let known)?: yearGroup = known
  case .outside(let reason)?: return setAside(reason)
  case nil:
    reader.refuseUnknownWord(
      reader.column("year_group"), known: CensusWords.yearNames,
      why: "it is no known national curriculum year")
    return nil
  }
  var faults: [Diagnostic] = []
  if code.utf8.count != 7 || Int(code) == nil {
    reader.add(
      .wrongForm, reader.column("pa_code"), "the planning area is '\(code)'",
      why: "a planning area's code has seven digits", to: &faults)
  }
  let year = CensusWords.academicYear(reader.text("period"))
  if year == nil {
    reader.add(
      .wrongForm, reader.column("period"), "'time_period' is '\(reader.text("period"))'",
      why: "it is no academic year, such as 202526", to: &faults)
  }
  var cells: [Double?] = []
  for key in ["forecast", "capacity", "planned", "central", "net", "need"] {
    let column = reader.column(key)
    switch reader.amount(column, "'\(reader.heading(column))'", within: needRange) {
    case .kept(let value): cells.append(value)
    case .setAside: cells.append(nil)
    case .refused(let fault): faults.append(fault)
    }
  }
  guard faults.isEmpty, let year else {
    reader.refuse(faults)
    return nil
  }
  guard cells[5] != nil else { return setAside("no need stated") }
  let number = padded("\(yearGroup.number)", to: 2)
  return NeedRow(
    key: [code, year.label, number, phase.rawValue], name: reader.text("pa_name"), cells: cells)
}
