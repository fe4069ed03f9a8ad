internal import Foundation

/// A value in a year, by the label of the year.
typealias YearPoint = (year: String, value: Double)

/// The axis of years, from left to right.
var yearAxis: [String: Any] {
  ["field": "year", "type": "ordinal", "axis": ["title": NSNull(), "labelAngle": -45]]
}

/// Layers of a chart over years, each with data of its own.
struct YearLayers {
  let year: [String: Any]
  private let valueTitle: String
  private let valueScale: [String: Any]

  /// The scales are those of Vega-Lite.
  init(valueTitle: String, yearScale: [String: Any], valueScale: [String: Any]) {
    year = yearAxis.merging(["scale": yearScale]) { $1 }
    self.valueTitle = valueTitle
    self.valueScale = valueScale
  }

  func value(_ field: String) -> [String: Any] {
    [
      "field": field, "type": "quantitative", "title": valueTitle, "scale": valueScale,
      "axis": ["format": ",d"],
    ]
  }

  func line(_ points: [YearPoint], _ look: LineLook, hasPoints: Bool = false) -> [String: Any] {
    var mark = look.mark()
    if hasPoints { mark["point"] = ["color": look.colour, "size": 36] as [String: Any] }
    return [
      "data": ["values": points.map { ["year": $0.year, "value": $0.value] as [String: Any] }], "mark": mark,
      "encoding": ["x": year, "y": value("value")],
    ]
  }

  /// What lies between two lines.
  func area(_ points: [(year: String, low: Double, high: Double)], fill: String) -> [String: Any] {
    let values: [[String: Any]] = points.map { ["year": $0.year, "low": $0.low, "high": $0.high] }
    return [
      "data": ["values": values], "mark": ["type": "area", "color": fill],
      "encoding": ["x": year, "y": value("low"), "y2": ["field": "high"]],
    ]
  }

  /// A name beside a point, so many pixels to its right and below it.
  func label(_ name: String, at point: YearPoint, colour: String, dx: Int, dy: Int) -> [String: Any] {
    [
      "data": ["values": [["year": point.year, "value": point.value, "name": name] as [String: Any]]],
      "mark": [
        "type": "text", "align": "left", "baseline": "middle", "dx": dx, "dy": dy, "color": colour,
        "fontSize": 13,
      ],
      "encoding": ["x": year, "y": value("value"), "text": ["field": "name", "type": "nominal"]],
    ]
  }
}
