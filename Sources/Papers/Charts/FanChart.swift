internal import Foundation

/// What was counted, the middle of what may come, and how far it may miss: two shaded ranges between lines, plain for 8 in 10 and
/// dashed for 19 in 20, with places as a dotted line. Every part is labelled at its end, after a piece of its line; nothing is told by
/// colour alone.
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
  private static let countedLook = LineLook(colour: "#1b1b1f")
  private static let middleLook = LineLook(colour: "#12436d")
  private static let placesLook = LineLook(colour: "#8a3b00", dash: [3, 3])

  var specification: String {
    var layers: [[String: Any]] = []
    let (wide, narrow) = (ranges.map { ($0.year, $0.wide) }, ranges.map { ($0.year, $0.narrow) })
    layers += [area(wide, .wide), area(narrow, .narrow), edges(wide, .wide), edges(narrow, .narrow)]
    if !counted.isEmpty { layers.append(line(counted, Self.countedLook, isPoints: true)) }
    layers.append(line(middle, Self.middleLook))
    if !places.isEmpty { layers.append(line(places, Self.placesLook)) }
    layers += labels
    return vegaLite(["width": chartWidth, "height": Self.height, "layer": layers])
  }

  /// A piece of each line and what it is, beside its end.
  private var labels: [[String: Any]] {
    guard let last = middle.last else { return [] }
    var ends: [(name: String, value: Double, look: LineLook)] = [("Middle", last.value, Self.middleLook)]
    if let range = ranges.last {
      ends.append(("8 in 10 futures", range.narrow.upperBound, RangeLook.narrow.edge))
      ends.append(("19 in 20 futures", range.wide.upperBound, RangeLook.wide.edge))
    }
    if let end = places.last { ends.append(("Places", end.value, Self.placesLook)) }
    let domain = self.domain
    let shifts = EndLabels.shifts(
      ends.map(\.value), low: domain.lowerBound, high: domain.upperBound, height: Self.height)
    return zip(ends, shifts).flatMap { end, shift -> [[String: Any]] in
      let data = ["values": [["year": last.year, "value": end.value, "name": end.name] as [String: Any]]]
      let piece: [String: Any] = ["xOffset": 7, "x2Offset": 22, "yOffset": shift]
      return [
        [
          "data": data, "mark": end.look.mark("rule").merging(piece) { $1 },
          "encoding": ["x": year, "x2": ["field": "year"], "y": value("value")],
        ],
        [
          "data": data,
          "mark": [
            "type": "text", "align": "left", "baseline": "middle", "dx": 26, "dy": shift,
            "color": end.look.colour, "fontSize": 13,
          ],
          "encoding": ["x": year, "y": value("value"), "text": ["field": "name", "type": "nominal"]],
        ],
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

  private typealias Ranges = [(year: String, range: ClosedRange<Double>)]

  private func area(_ ranges: Ranges, _ look: RangeLook) -> [String: Any] {
    [
      "data": [
        "values": ranges.map { ["year": $0.year, "low": $0.range.lowerBound, "high": $0.range.upperBound] }
      ],
      "mark": ["type": "area", "color": look.fill],
      "encoding": ["x": year, "y": value("low"), "y2": ["field": "high"]],
    ]
  }

  /// The lower and the upper edge of a range.
  private func edges(_ ranges: Ranges, _ look: RangeLook) -> [String: Any] {
    let values = ranges.flatMap { point -> [[String: Any]] in
      [
        ["year": point.year, "edge": "low", "value": point.range.lowerBound],
        ["year": point.year, "edge": "high", "value": point.range.upperBound],
      ]
    }
    return [
      "data": ["values": values], "mark": look.edge.mark(),
      "encoding": ["x": year, "y": value("value"), "detail": ["field": "edge", "type": "nominal"]],
    ]
  }

  private func line(_ points: [Point], _ look: LineLook, isPoints: Bool = false) -> [String: Any] {
    var mark = look.mark()
    if isPoints { mark["point"] = ["color": look.colour, "size": 36] }
    return [
      "data": ["values": points.map { ["year": $0.year, "value": $0.value] }], "mark": mark,
      "encoding": ["x": year, "y": value("value")],
    ]
  }

  private var year: [String: Any] {
    [
      "field": "year", "type": "ordinal", "axis": ["title": NSNull(), "labelAngle": -45],
      "scale": ["type": "point", "padding": 0.2, "domain": years],
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
