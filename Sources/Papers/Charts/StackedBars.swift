internal import Foundation

/// One bar a year, in parts that stand in the same order everywhere; white lines divide them, and a key names them in that order.
struct StackedBars {
  let valueTitle: String
  /// From the foot of the bars upwards.
  let parts: [(name: String, points: [(year: String, value: Double)])]

  /// Far apart in lightness, so that they differ in black and white too.
  private static let colours = ["#12436d", "#f4a261", "#28737d", "#d9dde5"]

  var specification: String {
    let values: [[String: Any]] = parts.enumerated().flatMap { order, part in
      part.points.map {
        ["year": $0.year, "value": $0.value, "part": part.name, "order": order] as [String: Any]
      }
    }
    return json([
      "$schema": vegaLite, "width": 560, "height": 300, "background": "#ffffff",
      "data": ["values": values],
      "mark": ["type": "bar", "stroke": "#ffffff", "strokeWidth": 1.5],
      "encoding": [
        "x": ["field": "year", "type": "ordinal", "axis": ["title": NSNull(), "labelAngle": -45]],
        "y": ["field": "value", "type": "quantitative", "title": valueTitle, "stack": "zero"],
        "order": ["field": "order", "type": "quantitative"],
        "color": [
          "field": "part", "type": "nominal",
          "scale": ["domain": parts.map(\.name), "range": Array(Self.colours.prefix(parts.count))],
          "legend": ["title": NSNull(), "labelFontSize": 13, "symbolType": "square", "orient": "top"],
        ],
      ],
      "config": chartConfiguration,
    ])
  }
}
