/// What was counted, the middle of what may come, and how far it may miss: two shaded ranges between lines, plain for 8 in 10 and
/// dashed for 19 in 20, with places as a dotted line. Every part is labelled at its end, after a piece of its line; nothing is told by
/// colour alone.
struct FanChart {
  struct Range {
    let year: String
    /// In 19 of 20 draws.
    let wide: ClosedRange<Double>
    /// In 8 of 10.
    let narrow: ClosedRange<Double>
  }

  let valueTitle: String
  let counted: [YearPoint]
  let middle: [YearPoint]
  let ranges: [Range]
  var places: [YearPoint] = []

  private static let height = 185.0
  private static let countedLook = LineLook(colour: "#1b1b1f")
  private static let placesLook = LineLook(colour: "#8a3b00", dash: [3, 3])

  var specification: String {
    let domain = self.domain
    let make = YearLayers(
      valueTitle: valueTitle, yearScale: ["type": "point", "padding": 0.2, "domain": years],
      valueScale: ["domain": [domain.lowerBound, domain.upperBound], "nice": false, "zero": false])
    let (wide, narrow) = (ranges.map { ($0.year, $0.wide) }, ranges.map { ($0.year, $0.narrow) })
    var layers = [
      area(wide, .wide, make), area(narrow, .narrow, make), edges(wide, .wide, make),
      edges(narrow, .narrow, make),
    ]
    if !counted.isEmpty { layers.append(make.line(counted, Self.countedLook, hasPoints: true)) }
    layers.append(make.line(middle, .main))
    if !places.isEmpty { layers.append(make.line(places, Self.placesLook)) }
    return vegaLite(["width": chartWidth, "height": Self.height, "layer": layers + labels(domain, make)])
  }

  /// A piece of each line and what it is, beside its end.
  private func labels(_ domain: ClosedRange<Double>, _ make: YearLayers) -> [[String: Any]] {
    guard let last = middle.last else { return [] }
    var ends: [(name: String, value: Double, look: LineLook)] = [("Middle", last.value, .main)]
    if let range = ranges.last {
      ends.append(("8 in 10 futures", range.narrow.upperBound, RangeLook.narrow.edge))
      ends.append(("19 in 20 futures", range.wide.upperBound, RangeLook.wide.edge))
    }
    if let end = places.last { ends.append(("Places", end.value, Self.placesLook)) }
    let shifts = EndLabels.shifts(
      ends.map(\.value), low: domain.lowerBound, high: domain.upperBound, height: Self.height)
    return zip(ends, shifts).flatMap { end, shift -> [[String: Any]] in
      let label = make.label(
        end.name, at: (last.year, end.value), colour: end.look.colour, dx: 26, dy: shift)
      let place: [String: Any] = ["xOffset": 7, "x2Offset": 22, "yOffset": shift]
      let piece: [String: Any] = [
        "data": label["data"] ?? [:], "mark": end.look.mark("rule").merging(place) { $1 },
        "encoding": ["x": make.year, "x2": ["field": "year"], "y": make.value("value")],
      ]
      return [piece, label]
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

  private func area(_ ranges: Ranges, _ look: RangeLook, _ make: YearLayers) -> [String: Any] {
    make.area(ranges.map { ($0.year, $0.range.lowerBound, $0.range.upperBound) }, fill: look.fill)
  }

  /// The lower and the upper edge of a range.
  private func edges(_ ranges: Ranges, _ look: RangeLook, _ make: YearLayers) -> [String: Any] {
    let values = ranges.flatMap { point -> [[String: Any]] in
      [
        ["year": point.year, "edge": "low", "value": point.range.lowerBound],
        ["year": point.year, "edge": "high", "value": point.range.upperBound],
      ]
    }
    return [
      "data": ["values": values], "mark": look.edge.mark(),
      "encoding": [
        "x": make.year, "y": make.value("value"), "detail": ["field": "edge", "type": "nominal"],
      ],
    ]
  }

  private var years: [String] {
    var seen: Set<String> = []
    return (counted + middle + places).map(\.year).filter { seen.insert($0).inserted }.sorted()
  }
}
