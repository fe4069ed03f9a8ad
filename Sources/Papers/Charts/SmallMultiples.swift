internal import Foundation

/// The same small chart for many areas, in rows: each on a scale of its own, since shapes are compared, not sizes.
struct SmallMultiples {
  struct Panel {
    let name: String
    /// By calendar year of the September.
    let points: [Point]
  }

  struct Point {
    let year: Int
    let value: Double
    /// In 8 of 10 draws; nil where there are none.
    var range: ClosedRange<Double>?
    var places: Double?
  }

  /// More panels than this are too small to read on one page.
  static let mostPanels = 24

  let panels: [Panel]
  var columns = 4

  /// The gap from one plot to the next, in which the numbers of its scale stand. **Units** pixels.
  private static let columnGap = 58
  /// A longer name is written in several lines. **Units** letters.
  private static let lineLength = 20
  /// The height of one line of a name. **Units** pixels.
  private static let lineHeight = 14

  /// Such that a row of panels, with its axis, is as wide as other charts. **Units** pixels.
  private var panelWidth: Int { 590 / across - 40 }

  /// How many panels stand in a row: a few fill it, else a page would blow them up.
  private var across: Int { min(max(1, columns), max(1, panels.count)) }

  /// Room for the longest name above each row. **Units** pixels.
  private var rowGap: Int {
    26 + Self.lineHeight * (panels.map { wrapped($0.name, at: Self.lineLength).count }.max() ?? 1)
  }

  /// The items in their order, in parts of two dozen at most, as even as can be.
  static func parts<Item>(_ items: [Item]) -> [[Item]] {
    guard !items.isEmpty else { return [] }
    let count = (items.count + mostPanels - 1) / mostPanels
    return (0..<count).map { part in
      Array(items[(items.count * part / count)..<(items.count * (part + 1) / count)])
    }
  }

  var specification: String {
    vegaLite([
      "concat": panels.indices.map(panel), "columns": across,
      // Plots stand in line with each other, whatever is written around them.
      "align": "all", "bounds": "flush", "spacing": ["row": rowGap, "column": Self.columnGap],
    ])
  }

  private func panel(_ index: Int) -> [String: Any] {
    let panel = panels[index]
    let values = panel.points.map { point -> [String: Any] in
      var row: [String: Any] = ["year": point.year, "value": point.value]
      if let range = point.range { (row["low"], row["high"]) = (range.lowerBound, range.upperBound) }
      if let places = point.places { row["places"] = places }
      return row
    }
    let x = years(areShown: index + across >= panels.count)
    func line(_ field: String, _ look: LineLook) -> [String: Any] {
      ["mark": look.mark(), "encoding": ["x": x, "y": scale(field)]]
    }
    var layers: [[String: Any]] = []
    if panel.points.contains(where: { $0.range != nil }) {
      layers.append([
        "mark": ["type": "area", "color": RangeLook.narrow.fill],
        "encoding": ["x": x, "y": scale("low"), "y2": ["field": "high"]],
      ])
      layers += ["low", "high"].map { line($0, RangeLook.narrow.edge) }
    }
    layers.append(line("value", LineLook(colour: "#12436d", width: 2)))
    if panel.points.contains(where: { $0.places != nil }) {
      layers.append(line("places", LineLook(colour: "#8a3b00", dash: [3, 3], width: 2)))
    }
    return [
      "width": panelWidth, "height": panelWidth * 3 / 5, "data": ["values": values],
      "layer": layers + heading(panel.name),
    ]
  }

  /// The lines of a name, the last of them right above the plot: all names of a row stand in line.
  private func heading(_ name: String) -> [[String: Any]] {
    let lines = wrapped(name, at: Self.lineLength)
    return lines.enumerated().map { index, line in
      [
        "data": ["values": [[String: Any]()]],
        "mark": [
          "type": "text", "text": line, "align": "left", "baseline": "bottom", "fontSize": 12,
          "fontWeight": "bold", "color": "#1b1b1f",
        ],
        "encoding": [
          "x": ["value": 0], "y": ["value": -8 - Self.lineHeight * (lines.count - 1 - index)],
        ],
      ]
    }
  }

  /// The axis of years, alike in all panels; written under the last panel of each column.
  private func years(areShown: Bool) -> [String: Any] {
    let years = panels.flatMap(\.points).map(\.year)
    let ends = [years.min() ?? 0, years.max() ?? 0]
    return [
      "field": "year", "type": "quantitative", "scale": ["domain": ends, "nice": false],
      "axis": areShown
        ? ["title": NSNull(), "values": ends, "format": "d", "labelFlush": true, "grid": false] : NSNull(),
    ]
  }

  private func scale(_ field: String) -> [String: Any] {
    [
      "field": field, "type": "quantitative", "title": NSNull(), "scale": ["zero": false],
      "axis": ["tickCount": 3, "format": ",d"],
    ]
  }
}
