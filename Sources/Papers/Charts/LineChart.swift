internal import Foundation

/// Lines over years, labelled at their ends: no legend, told apart by dash and label as well as by colour.
struct LineChart {
  struct Series {
    let name: String
    let points: [(year: String, value: Double)]
    let style: LineLook
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
        "data": ["values": band.points.map { ["year": $0.year, "low": $0.low, "high": $0.high] }],
        "mark": ["type": "area", "color": RangeLook.published.fill],
        "encoding": ["x": year, "y": value("low"), "y2": ["field": "high"]],
      ])
      for edge in [band.points.map { ($0.year, $0.low) }, band.points.map { ($0.year, $0.high) }] {
        layers.append(line(edge, RangeLook.published.edge))
      }
      if let first = band.points.first {
        layers.append(label(band.name, at: (first.year, first.high), colour: "#1b1b1f", dx: 4, dy: 12))
      }
    }
    for (line, shift) in zip(series, labelShifts) {
      layers.append(self.line(line.points, line.style))
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
      "field": "year", "type": "ordinal", "axis": ["title": NSNull(), "labelAngle": -45],
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
