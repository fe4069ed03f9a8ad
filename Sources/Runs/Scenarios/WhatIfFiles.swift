public import Diagnostics
public import Foundation
public import Papers
internal import Scenarios

extension WhatIfRun {
  /// The chart of places short, by case.
  public var figure: Figure { whatIfFigure(comparison, hasDraws: draws > 0) }

  /// case, headline, unit, value, note, change.
  public var csv: String {
    let rows = cases.indices.flatMap { index in
      comparison.rows.map { row in
        [
          csvField(cases[index].name, isNumber: false), row.headline.rawValue, row.headline.unit,
          row.figures[index].value.map { "\($0)" } ?? "",
          csvField(row.figures[index].note ?? "", isNumber: false), row.change(index).map { "\($0)" } ?? "",
        ].joined(separator: ",")
      }
    }
    return (["case,headline,unit,value,note,change"] + rows).joined(separator: "\n") + "\n"
  }

  /// Writes the chart, drawn as SVG, or its Vega-Lite where the name ends in `.json`; and a folder of `whatif.json`, `whatif.csv`,
  /// `chart.json` and `chart.svg`: both or neither. Only an earlier what-if is replaced.
  ///
  /// Without a chart renderer there is no SVG, W306 says so, and `hasChart` tells whether the chart that was asked for is there.
  /// **Throws** E602 to E604; then nothing has changed.
  public func write(
    chart: URL?, folder: URL?, json: String, _ renderer: ChartRenderer?
  ) throws -> (warnings: DiagnosticList, hasChart: Bool) {
    var warnings = DiagnosticList()
    let specification = figure.specification + "\n"
    let isDrawn = chart.map { $0.pathExtension != "json" } ?? false
    let drawn = isDrawn || folder != nil ? drawnCharts([figure], renderer, &warnings)[figure.id] : nil
    func writeFolder() throws {
      guard let folder else { return }
      let files = [("whatif.json", json + "\n"), ("whatif.csv", csv), ("chart.json", specification)]
      let all = files + (drawn.map { [("chart.svg", $0)] } ?? [])
      let kind = OwnFolder(
        what: "what-if", known: Set(files.map(\.0) + ["chart.svg"]), marks: ["whatif.json": "places-whatif/"])
      try replaceOwnFolder(folder, kind, with: all.map { ($0.0, Data($0.1.utf8)) })
    }
    guard let chart, let text = isDrawn ? drawn : specification else {
      try writeFolder()
      return (warnings, chart == nil)
    }
    // What comes before the figures is the same in every chart of this kind.
    let heading = isDrawn ? "<svg " : specification.components(separatedBy: "\"data\"")[0]
    try writeOwnFile(
      Data(text.utf8), to: chart, OwnFile(heading: heading, text: "short in the last year"),
      first: writeFolder)
    return (warnings, true)
  }
}
