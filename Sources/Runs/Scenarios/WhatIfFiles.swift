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

  /// Writes the chart: drawn as SVG, or its Vega-Lite where the name ends in `.json`. **Throws** `WriteFailure`, also
  /// where there is nothing to draw it with.
  public func writeChart(to file: URL, _ renderer: ChartRenderer?) throws {
    var text = figure.specification + "\n"
    if file.pathExtension != "json" {
      guard let renderer, let drawn = try renderer.render([figure])[figure.id] else {
        throw WriteFailure(
          description:
            "\(file.relativePath) was not written: the chart renderer is not installed. Run 'make run', or ask "
            + "for a file that ends in .json.")
      }
      text = drawn
    }
    do {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file, options: .atomic)
    } catch {
      throw WriteFailure(
        description: "\(file.relativePath) was not written. The system says: \(error.localizedDescription)")
    }
  }

  /// Writes `whatif.json`, `whatif.csv`, `chart.json` and `chart.svg` into a folder, which is replaced. Without a chart renderer there
  /// is no SVG, and W306 says so. **Throws** `WriteFailure`; then nothing has changed.
  public func write(to folder: URL, json: String, _ renderer: ChartRenderer?) throws -> DiagnosticList {
    var warnings = DiagnosticList()
    var files = [
      ("whatif.json", json + "\n"), ("whatif.csv", csv), ("chart.json", figure.specification + "\n"),
    ]
    if let drawn = drawnCharts([figure], renderer, &warnings)[figure.id] {
      files.append(("chart.svg", drawn))
    }
    try replaceFolder(folder, with: files.map { ($0.0, Data($0.1.utf8)) })
    return warnings
  }
}
