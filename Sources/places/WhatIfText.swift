import Foundation
import Papers
import PlacePlanning
import Runs
import Scenarios

// A what-if for people and for machines.

func whatIfText(_ run: WhatIfRun, of folder: URL) -> String {
  let model = run.model
  let how =
    run.draws > 0 ? "\(grouped(run.draws)) draws, seed \(run.request.seed)" : "central projection alone"
  let last = model.projectedYears.last?.label ?? ""
  return [
    "\(model.identity.authorityInWords), \(how); the last year is \(last)", changesText(run, folder),
    movesText(run), unmovedText(run), areasText(run), programmesText(run),
  ].compactMap(\.self).joined(separator: "\n\n")
}

/// Nil where no case changes anything.
private func changesText(_ run: WhatIfRun, _ folder: URL) -> String? {
  let changes = run.cases.filter { !$0.applied.isEmpty }.map { entry in
    "\(entry.name):\n"
      + entry.applied.map { change in
        "  \(change.key): \(shown(change.was)) -> \(shown(change.is)) \(change.unit) (\(change.place(in: folder)))"
      }.joined(separator: "\n")
  }
  return changes.isEmpty ? nil : changes.joined(separator: "\n")
}

extension AppliedOverride {
  /// Its place as the user can open it, of a change to the model in a folder: in a scenario's file, or in an option.
  func place(in folder: URL) -> String {
    place.hasPrefix("-") ? place : shownPath(folder.standardizedFileURL.appendingPathComponent(place))
  }
}

private func shown(_ value: Double) -> String { decimal(value, places: 9) }

private func movesText(_ run: WhatIfRun) -> String {
  let moved = run.comparison.rows.filter(\.moves)
  let still = run.comparison.rows.filter { !$0.moves }.map { $0.headline.title }
  let stillText = still.isEmpty ? nil : "Nothing changes in: " + still.joined(separator: "; ") + "."
  guard !moved.isEmpty else { return "Nothing moves.\n\n" + (stillText ?? "") }
  let rows = moved.map { row in
    [row.headline.title, row.headline.figure(row.figures[0])]
      + row.figures.indices.dropFirst().map { index in
        let change = row.change(index).map { row.headline.change($0) }
        return row.headline.figure(row.figures[index]) + (change.map { " (\($0))" } ?? "")
      }
  }
  let notes = moved.filter { $0.figures.contains { $0.note != nil } }.map { row in
    "  \(row.headline.title): "
      + zip(run.cases, row.figures).map { "\($0.name): \($1.note ?? "none")" }.joined(separator: "; ")
  }
  return [
    "What moves\n\n" + aligned([""] + run.cases.map(\.name), rows),
    notes.isEmpty ? nil : "Where, and when\n" + notes.joined(separator: "\n"), stillText,
  ].compactMap(\.self).joined(separator: "\n\n")
}

/// Cases that change something and move no headline, where choosing a programme might show it; nil where there are none.
private func unmovedText(_ run: WhatIfRun) -> String? {
  guard run.request.stage == .compare, run.model.capital != nil else { return nil }
  let still = run.cases.indices.dropFirst().filter { index in
    run.cases[index].applied.contains { $0.was != $0.is }
      && run.comparison.rows.allSatisfy { $0.figures[index] == $0.figures[0] }
  }
  if still.isEmpty { return nil }
  let names = listed(still.map { run.cases[$0].name })
  return "No headline moves under \(names): costs and money count only with --stage prioritise, "
    + "which chooses a programme in every case."
}

extension Headline {
  /// A figure as a table shows it.
  fileprivate func figure(_ figure: HeadlineFigure) -> String {
    guard let value = figure.value else { return "none" }
    return switch unit {
    case "year of September": AcademicYear(Int(value)).label
    case "probability": percent(value)
    case "GBP": poundsExact(Int(value.rounded()))
    default: fixed(value, places: decimals)
    }
  }

  /// A change, with its sign.
  fileprivate func change(_ change: Double) -> String {
    let text =
      switch unit {
      case "year of September": counted(Int(abs(change)), "year")
      case "probability": counted(Int((abs(change) * 100).rounded()), "percentage point")
      case "GBP": poundsExact(Int(abs(change).rounded()))
      default: fixed(abs(change), places: decimals)
      }
    if change == 0 { return "no change" }
    // What would be shown as a change by nought.
    if text.allSatisfy({ !$0.isNumber || $0 == "0" }) { return "about the same" }
    return (change < 0 ? "−" : "+") + text
  }

  private var decimals: Int {
    switch self {
    case .worstPrimary, .worstSecondary, .worstAfterPlanned: 2
    case .expectedAreasShortPrimary, .expectedAreasShortSecondary: 1
    default: 0
    }
  }
}

/// Nil where no area's worst need moves.
private func areasText(_ run: WhatIfRun) -> String? {
  let moved = run.comparison.movedAreas
  guard !moved.isEmpty else { return nil }
  let shown = moved.prefix(12)
  let rows = shown.map { row in
    ["\(row.figures[0].name) (\(row.figures[0].phase))"]
      + row.figures.map { area in
        fixed(area.worst, places: 2) + (area.chanceShort.map { ", \(percent($0))" } ?? "")
      }
  }
  let what =
    run.draws > 0
    ? "; after the comma, the chance that 1 FE or more is lacking in at least one year, whichever that is"
    : ""
  let rest =
    moved.count > shown.count ? "\n… and \(moved.count - shown.count) more: --format json has them all" : ""
  return
    "Areas whose worst need at entry moves: forms of entry in the worst year of the central path\(what)\n\n"
    + aligned(["Area"] + run.cases.map(\.name), rows) + rest
}

/// Nil where no programme is chosen.
private func programmesText(_ run: WhatIfRun) -> String? {
  guard let base = run.cases[0].figures.programme else { return nil }
  let lines = run.cases.dropFirst().map { entry -> String in
    guard let own = entry.figures.programme else { return "  \(entry.name): no programme" }
    let gone = base.filter { start in !own.contains { $0.scheme == start.scheme } }.map(\.scheme)
    let new = own.filter { start in !base.contains { $0.scheme == start.scheme } }
      .map { "\($0.scheme) in \($0.starts)" }
    let moved = own.compactMap { start -> String? in
      guard let before = base.first(where: { $0.scheme == start.scheme }), before.starts != start.starts
      else { return nil }
      return "\(start.scheme) in \(start.starts) instead of \(before.starts)"
    }
    let parts = [("without ", gone), ("with ", new), ("", moved)].filter { !$0.1.isEmpty }
      .map { $0.0 + $0.1.joined(separator: ", ") }
    return "  \(entry.name): "
      + (parts.isEmpty ? "the same schemes and starts" : parts.joined(separator: "; "))
  }
  return "The programme beside the central one\n" + lines.joined(separator: "\n")
}

struct WhatIfAnswer: Encodable {
  struct Case: Encodable {
    let name: String
    let appliedOverrides: [AppliedOverride]
    let headlines: [Figure]
    let areas: [CaseFigures.Area]
    let programme: [CaseFigures.ProgrammeStart]?
  }

  struct Figure: Encodable {
    let key: String
    let title: String
    let unit: String
    let value: Double?
    let note: String?
    /// Beside the central scenario; none where either has no value.
    let change: Double?
  }

  let format = "places-whatif/1"
  let model: String
  let authority: String
  let isSynthetic: Bool
  let baseYear: String
  let lastYear: String?
  let stage: ScenarioStage
  let draws: Int
  let seed: UInt64
  let cases: [Case]

  init(_ run: WhatIfRun) {
    model = run.model.identity.key
    authority = run.model.identity.authority
    isSynthetic = run.model.identity.isSynthetic
    baseYear = run.model.baseYear.label
    lastYear = run.model.projectedYears.last?.label
    stage = run.request.stage
    draws = run.draws
    seed = run.request.seed
    cases = run.cases.enumerated().map { index, entry in
      Case(
        name: entry.name, appliedOverrides: entry.applied,
        headlines: run.comparison.rows.map { row in
          Figure(
            key: row.headline.rawValue, title: row.headline.title, unit: row.headline.unit,
            value: row.figures[index].value, note: row.figures[index].note, change: row.change(index))
        },
        areas: entry.figures.areas, programme: entry.figures.programme)
    }
  }
}
