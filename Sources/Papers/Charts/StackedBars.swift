internal import Foundation

/// One bar a year, in parts that stand in the same order everywhere. Each part bears a number that the key names, has a dark outline,
/// and stands out from white by at least 3 to 1, so that nothing is told by colour alone.
struct StackedBars {
  let valueTitle: String
  /// From the foot of the bars upwards.
  let parts: [(name: String, points: [YearPoint])]

  /// Far apart in lightness, so that they differ in black and white too; the ink of the numbers on them stands out by 4.5 to 1.
  static let fills: [(fill: String, ink: String)] = [
    ("#0b2545", "#ffffff"), ("#8a3b00", "#ffffff"), ("#2a7f86", "#ffffff"), ("#d07f2a", "#1b1b1f"),
  ]

  private static let height = 300.0
  /// A part of less height has no room for its number. **Units** pixels.
  private static let leastHeight = 15.0

  /// `1 Grant`, as the key names a part.
  private func name(_ part: Int) -> String { "\(part + 1) \(parts[part].name)" }

  var specification: String {
    let values: [[String: Any]] = parts.enumerated().flatMap { order, part in
      part.points.map {
        ["year": $0.year, "value": $0.value, "part": name(order), "order": order] as [String: Any]
      }
    }
    let fills = parts.indices.map { Self.fills[$0 % Self.fills.count].fill }
    let bars: [String: Any] = [
      "data": ["values": values], "mark": ["type": "bar", "stroke": "#1b1b1f", "strokeWidth": 1],
      "encoding": [
        "x": yearAxis, "y": height("value").merging(["stack": "zero"]) { $1 },
        "order": ["field": "order", "type": "quantitative"],
        "color": [
          "field": "part", "type": "nominal",
          "scale": ["domain": parts.indices.map(name), "range": fills],
          "legend": [
            "title": NSNull(), "labelFontSize": 13, "symbolType": "square", "orient": "top",
            "symbolStrokeColor": "#1b1b1f",
          ],
        ],
      ],
    ]
    return vegaLite([
      "width": chartWidth, "height": Self.height,
      "layer": [bars] + parts.indices.map(numbers).filter { !$0.isEmpty },
    ])
  }

  /// The number of a part in the middle of each of its pieces that has room for it.
  private func numbers(_ part: Int) -> [String: Any] {
    let sums = totals
    let most = sums.values.max() ?? 0
    let values = parts[part].points.enumerated().compactMap { index, point -> [String: Any]? in
      guard most > 0, point.value / most * Self.height >= Self.leastHeight else { return nil }
      let below = parts[..<part].reduce(0) {
        $0 + ($1.points.indices.contains(index) ? $1.points[index].value : 0)
      }
      return ["year": point.year, "middle": below + point.value / 2, "number": String(part + 1)]
    }
    if values.isEmpty { return [:] }
    return [
      "data": ["values": values],
      "mark": [
        "type": "text", "fontSize": 12, "fontWeight": "bold",
        "color": Self.fills[part % Self.fills.count].ink,
      ],
      "encoding": ["x": yearAxis, "y": height("middle"), "text": ["field": "number", "type": "nominal"]],
    ]
  }

  private var totals: [String: Double] {
    parts.flatMap(\.points).reduce(into: [:]) { $0[$1.year, default: 0] += $1.value }
  }

  private func height(_ field: String) -> [String: Any] {
    ["field": field, "type": "quantitative", "title": valueTitle]
  }
}
