internal import Foundation

/// Lines over years, labelled at their ends: no legend, told apart by dash and label as well as by colour.
struct LineChart {
  struct Series {
    let name: String
    let points: [(year: String, value: Double)]
    let style: Style
  }

  enum Style {
    case main, second, capacity

    var colour: String {
      switch self {
      case .main: "#12436d"
      case .second: "#a84a00"
      case .capacity: "#1b1b1f"
      }
    }

    var dash: [Int] {
      switch self {
      case .main: [1, 0]
      case .second: [8, 4]
      case .capacity: [2, 3]
      }
    }
  }

  let valueTitle: String
  let series: [Series]
  /// A shaded range between lines, with its label.
  var band: (name: String, points: [(year: String, low: Double, high: Double)])?

  /// Vega-Lite, as JSON with sorted keys.
  var specification: String {
    var layers: [[String: Any]] = []
    if let band {
      layers.append([
        "data": [
          "values": band.points.map { ["year": $0.year, "low": $0.low, "high": $0.high] }
        ],
        "mark": ["type": "area", "color": RangeLook.published.fill],
        "encoding": [
          "x": year, "y": value("low"), "y2": ["field": "high"],
        ],
      ])
      for edge in [band.points.map { ($0.year, $0.low) }, band.points.map { ($0.year, $0.high) }] {
        layers.append(line(edge, RangeLook.published.edge))
      }
      if let first = band.points.first {
        layers.append(label(band.name, at: (first.year, first.high), colour: "#1b1b1f", dx: 4, dy: 12))
      }
    }
    for (line, shift) in zip(series, labelShifts) {
      layers.append(
        self.line(line.points, LineLook(colour: line.style.colour, dash: line.style.dash)))
      if let last = line.points.last {
        layers.append(label(line.name, at: last, colour: line.style.colour, dx: 8, dy: shift))
      }
    }
    return vegaLite(["width": chartWidth, "height": Self.height, "layer": layers])
  }

  private static let height = 240.0

  /// How far each line's label moves so that none covers another.
  private var labelShifts: [Int] {
    let values = series.flatMap(\.points).map(\.value) + (band?.points ?? []).flatMap { [$0.low, $0.high] }
    return EndLabels.shifts(
      series.map { $0.points.last?.value ?? 0 }, low: values.min() ?? 0, high: values.max() ?? 0,
      height: Self.height)
  }

  private var year: [String: Any] {
    [
      "field": "year", "type": "ordinal",
      "axis": ["title": NSNull(), "labelAngle": -45],
      "scale": ["padding": 0.2],
    ]
  }

  private func value(_ field: String) -> [String: Any] {
    [
      "field": field, "type": "quantitative", "title": valueTitle, "scale": ["zero": false],
      "axis": ["format": ",d"],
    ]
  }

  private func line(_ points: [(year: String, value: Double)], _ look: LineLook) -> [String: Any] {
    [
      "data": ["values": points.map { ["year": $0.year, "value": $0.value] as [String: Any] }],
      "mark": look.mark(), "encoding": ["x": year, "y": value("value")],
    ]
  }

  private func label(
    _ name: String, at point: (year: String, value: Double), colour: String, dx: Int, dy: Int
  ) -> [String: Any] {
    [
      "data": ["values": [["year": point.year, "value": point.value, "name": name] as [String: Any]]],
      "mark": [
        "type": "text", "align": "left", "baseline": "middle", "dx": dx, "dy": dy,
        "color": colour, "fontSize": 13,
      ],
      "encoding": [
        "x": year, "y": value("value"), "text": ["field": "name", "type": "nominal"],
      ],
    ]
  }
}

/// One bar a row, labelled with its value. Names are whole: one too long for a line beside the bars stands in several.
struct BarChart {
  let bars: [(name: String, value: Double, label: String)]
  let valueTitle: String

  /// Of a name. **Units** letters.
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
    let x: [String: Any] = [
      "field": "value", "type": "quantitative", "title": valueTitle,
    ]
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

/// Observed against promised shares, with the line on which they would be equal.
struct ReliabilityChart {
  let lines: [(name: String, points: [(promised: Double, observed: Double)])]

  var specification: String {
    let diagonal: [[String: Any]] = [["promised": 0, "observed": 0], ["promised": 1, "observed": 1]]
    var layers: [[String: Any]] = [
      [
        "data": ["values": diagonal],
        "mark": ["type": "line", "color": "#1b1b1f", "strokeDash": [2, 3]], "encoding": ["x": x, "y": y],
      ]
    ]
    for (line, style) in zip(lines, [LineChart.Style.main, .second]) {
      let values: [[String: Any]] = line.points.map { ["promised": $0.promised, "observed": $0.observed] }
      layers.append([
        "data": ["values": values],
        "mark": [
          "type": "line", "color": style.colour, "strokeWidth": 2.5, "strokeDash": style.dash,
          "point": ["color": style.colour, "size": 50],
        ],
        "encoding": ["x": x, "y": y],
      ])
    }
    for (index, line) in lines.enumerated() {
      let style = [LineChart.Style.main, .second][min(index, 1)]
      layers.append([
        "data": ["values": [["promised": 0.52, "observed": 0.14 - 0.08 * Double(index), "name": line.name]]],
        "mark": [
          "type": "text", "align": "left", "baseline": "middle", "fontSize": 13, "color": style.colour,
        ],
        "encoding": ["x": x, "y": y, "text": ["field": "name", "type": "nominal"]],
      ])
      let key: [[String: Any]] = [0.42, 0.5].map {
        ["promised": $0, "observed": 0.14 - 0.08 * Double(index)]
      }
      layers.append([
        "data": ["values": key],
        "mark": ["type": "line", "color": style.colour, "strokeWidth": 2.5, "strokeDash": style.dash],
        "encoding": ["x": x, "y": y],
      ])
    }
    return vegaLite(["width": 420, "height": 380, "layer": layers])
  }

  private var x: [String: Any] { axis("promised", "Point of the range") }
  private var y: [String: Any] { axis("observed", "Counts at or below it") }

  private func axis(_ field: String, _ title: String) -> [String: Any] {
    [
      "field": field, "type": "quantitative", "title": title, "axis": ["format": ".0%"],
      "scale": ["domain": [0, 1]],
    ]
  }
}

/// Of lines and bars over years. With labels at its side a chart fills a line of print, where its letters are 9 points high.
/// **Units** pixels.
let chartWidth = 480

var chartConfiguration: [String: Any] {
  [
    "font": "Liberation Sans, Arial, sans-serif",
    "axis": [
      "labelFontSize": 13, "titleFontSize": 13, "titleFontWeight": "normal",
      "labelColor": "#1b1b1f", "titleColor": "#1b1b1f", "gridColor": "#dddde3",
    ],
    "view": ["stroke": NSNull()],
  ]
}

/// The specification of a chart of these parts, on white and in the type of all charts: JSON with sorted keys.
func vegaLite(_ parts: [String: Any]) -> String {
  let frame: [String: Any] = [
    "$schema": "https://vega.github.io/schema/vega-lite/v6.json", "background": "#ffffff",
    "config": chartConfiguration,
  ]
  let data = try? JSONSerialization.data(withJSONObject: frame.merging(parts) { $1 }, options: [.sortedKeys])
  return data.map { String(decoding: $0, as: UTF8.self) } ?? "{}"
}

/// A text in lines, broken between words; a word that is longer than a line has one of its own.
func wrapped(_ text: String, at letters: Int) -> [String] {
  text.split(separator: " ").reduce(into: []) { lines, word in
    if let last = lines.last, last.count + 1 + word.count <= letters {
      lines[lines.count - 1] = last + " " + word
    } else {
      lines.append(String(word))
    }
  }
}
