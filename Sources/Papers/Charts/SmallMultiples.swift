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

  /// With its axis a row of panels is as wide as other charts. **Units** pixels.
  private var panelWidth: Int { 590 / max(1, columns) - 40 }

  /// What is drawn in parts of two dozen at most, as even as can be, in order.
  static func parts<Item>(_ items: [Item]) -> [[Item]] {
    guard !items.isEmpty else { return [] }
    let count = (items.count + mostPanels - 1) / mostPanels
    return (0..<count).map { part in
      Array(items[(items.count * part / count)..<(items.count * (part + 1) / count)])
    }
  }

  var specification: String {
    let values: [[String: Any]] = panels.flatMap { panel in
      panel.points.map { point -> [String: Any] in
        var row: [String: Any] = ["panel": panel.name, "year": point.year, "value": point.value]
        if let range = point.range { (row["low"], row["high"]) = (range.lowerBound, range.upperBound) }
        if let places = point.places { row["places"] = places }
        return row
      }
    }
    let years = panels.flatMap(\.points).map(\.year)
    let ends = [years.min() ?? 0, years.max() ?? 0]
    let x: [String: Any] = [
      "field": "year", "type": "quantitative", "scale": ["domain": ends, "nice": false],
      "axis": ["title": NSNull(), "values": ends, "format": "d", "labelFlush": true, "grid": false],
    ]
    func y(_ field: String) -> [String: Any] {
      [
        "field": field, "type": "quantitative", "title": NSNull(), "scale": ["zero": false],
        "axis": ["tickCount": 3, "format": ",d"],
      ]
    }
    var layers: [[String: Any]] = []
    if panels.contains(where: { $0.points.contains { $0.range != nil } }) {
      layers.append([
        "mark": ["type": "area", "color": "#aebdd2"],
        "encoding": ["x": x, "y": y("low"), "y2": ["field": "high"]],
      ])
    }
    layers.append([
      "mark": ["type": "line", "color": "#12436d", "strokeWidth": 2], "encoding": ["x": x, "y": y("value")],
    ])
    if panels.contains(where: { $0.points.contains { $0.places != nil } }) {
      layers.append([
        "mark": ["type": "line", "color": "#8a3b00", "strokeWidth": 2, "strokeDash": [3, 3]],
        "encoding": ["x": x, "y": y("places")],
      ])
    }
    return json([
      "$schema": vegaLite, "background": "#ffffff", "data": ["values": values],
      "facet": [
        "field": "panel", "type": "nominal", "sort": panels.map(\.name),
        "header": ["title": NSNull(), "labelFontSize": 12, "labelFontWeight": "bold", "labelLimit": 150],
      ],
      "columns": columns, "spacing": 14,
      "spec": ["width": panelWidth, "height": panelWidth * 3 / 5, "layer": layers],
      "resolve": ["scale": ["y": "independent"]], "config": chartConfiguration,
    ])
  }
}
