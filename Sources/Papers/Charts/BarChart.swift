internal import Foundation

/// One bar a row, labelled with its value. Names are whole: one too long for a line beside the bars stands in several.
struct BarChart {
  let bars: [(name: String, value: Double, label: String)]
  let valueTitle: String

  /// The longest line of a name. **Units** letters.
  private static let lineLength = 48

  var specification: String {
    let names = bars.map { wrapped($0.name, at: Self.lineLength) }
    let values: [[String: Any]] = zip(bars, names).map { bar, name in
      ["name": name.joined(separator: "\n"), "value": bar.value, "label": bar.label]
    }
    let mostLines = names.map(\.count).max() ?? 1
    let y: [String: Any] = [
      "field": "name", "type": "nominal", "sort": NSNull(),
      "axis": ["title": NSNull(), "labelLimit": 0],
    ]
    let x: [String: Any] = ["field": "value", "type": "quantitative", "title": valueTitle]
    return vegaLite([
      "width": 300, "height": ["step": 8 + 16 * mostLines], "data": ["values": values],
      "layer": [
        ["mark": ["type": "bar", "color": "#12436d", "height": 21], "encoding": ["x": x, "y": y]],
        [
          "mark": ["type": "text", "align": "left", "dx": 5, "fontSize": 13, "color": "#1b1b1f"],
          "encoding": ["x": x, "y": y, "text": ["field": "label", "type": "nominal"]],
        ],
      ],
      "config": chartConfiguration.merging(["lineBreak": "\n"]) { $1 },
    ])
  }
}
