internal import Foundation

/// What was counted, the middle of what may come, and how far it may miss: two shaded ranges, with places as a dotted line.
/// Every part is labelled at its end; nothing is told by colour alone.
struct FanChart {
  struct Point {
    let year: String
    let value: Double
  }

  struct Range {
    let year: String
    /// In 19 of 20 draws.
    let wide: ClosedRange<Double>
    /// In 8 of 10.
    let narrow: ClosedRange<Double>
  }

  let valueTitle: String
  let counted: [Point]
  let middle: [Point]
  let ranges: [Range]
  var places: [Point] = []

  private static let height = 185.0

  var specification: String {
    var layers: [[String: Any]] = []
    layers.append(area(ranges.map { ($0.year, $0.wide) }, "#dde3ec"))
    layers.append(area(ranges.map { ($0.year, $0.narrow) }, "#aebdd2"))
    if !counted.isEmpty { layers.append(line(counted, "#1b1b1f", [1, 0], isPoints: true)) }
    layers.append(line(middle, "#12436d", [1, 0]))
    if !places.isEmpty { layers.append(line(places, "#8a3b00", [3, 3])) }
    layers += labels
    return json([
      "$schema": vegaLite, "width": chartWidth, "height": Self.height, "background": "#ffffff",
      "layer": layers,
      "config": chartConfiguration,
    ])
  }

  private var labels: [[String: Any]] {
    guard let last = middle.last else { return [] }
    var ends: [(name: String, value: Double, colour: String)] = [("Middle", last.value, "#12436d")]
    if let range = ranges.last {
      ends.append(("8 in 10 between", range.narrow.upperBound, "#3d5573"))
      ends.append(("19 in 20 between", range.wide.upperBound, "#55606f"))
    }
    if let end = places.last { ends.append(("Places", end.value, "#8a3b00")) }
    let domain = self.domain
    let shifts = EndLabels.shifts(
      ends.map(\.value), low: domain.lowerBound, high: domain.upperBound, height: Self.height)
    return zip(ends, shifts).map { end, shift in
      [
        "data": ["values": [["year": last.year, "value": end.value, "name": end.name]]],
        "mark": [
          "type": "text", "align": "left", "baseline": "middle", "dx": 8, "dy": shift, "color": end.colour,
          "fontSize": 13,
        ],
        "encoding": ["x": year, "y": value("value"), "text": ["field": "name", "type": "nominal"]],
      ]
    }
  }

  /// All that is drawn, with a twentieth of room at both ends.
  private var domain: ClosedRange<Double> {
    let values =
      (counted + middle + places).map(\.value)
      + ranges.flatMap { [$0.wide.lowerBound, $0.wide.upperBound] }
    let (low, high) = (values.min() ?? 0, values.max() ?? 1)
    let room = max(1, (high - low) / 20)
    return max(0, low - room)...(high + room)
  }

  private func area(_ ranges: [(year: String, range: ClosedRange<Double>)], _ colour: String) -> [String: Any]
  {
    [
      "data": [
        "values": ranges.map { ["year": $0.year, "low": $0.range.lowerBound, "high": $0.range.upperBound] }
      ],
      "mark": ["type": "area", "color": colour],
      "encoding": ["x": year, "y": value("low"), "y2": ["field": "high"]],
    ]
  }

  private func line(_ points: [Point], _ colour: String, _ dash: [Int], isPoints: Bool = false)
    -> [String: Any]
  {
    var mark: [String: Any] = ["type": "line", "color": colour, "strokeWidth": 2.5, "strokeDash": dash]
    if isPoints { mark["point"] = ["color": colour, "size": 36] }
    return [
      "data": ["values": points.map { ["year": $0.year, "value": $0.value] }], "mark": mark,
      "encoding": ["x": year, "y": value("value")],
    ]
  }

  private var year: [String: Any] {
    [
      "field": "year", "type": "ordinal", "axis": ["title": NSNull(), "labelAngle": -45],
      "scale": ["padding": 0.2, "domain": years],
    ]
  }

  private var years: [String] {
    var seen: Set<String> = []
    return (counted + middle + places).map(\.year).filter { seen.insert($0).inserted }.sorted()
  }

  private func value(_ field: String) -> [String: Any] {
    [
      "field": field, "type": "quantitative", "title": valueTitle,
      "scale": ["domain": [domain.lowerBound, domain.upperBound], "nice": false, "zero": false],
      "axis": ["format": ",d"],
    ]
  }
}
