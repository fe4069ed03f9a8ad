/// Lines over years, labelled at their ends: no legend, told apart by dash and label as well as by colour.
struct LineChart {
  struct Series {
    let name: String
    let points: [YearPoint]
    let style: LineLook
    /// How many of the first points were counted: a dot stands on each of them.
    var counted = 0
  }

  let valueTitle: String
  let series: [Series]
  /// A shaded range between lines, with its label.
  var band: (name: String, points: [(year: String, low: Double, high: Double)])?

  /// Vega-Lite, as JSON with sorted keys.
  var specification: String {
    let make = YearLayers(valueTitle: valueTitle, yearScale: ["padding": 0.2], valueScale: ["zero": false])
    var layers: [[String: Any]] = []
    if let band {
      layers.append(make.area(band.points, fill: RangeLook.published.fill))
      for edge in [band.points.map { ($0.year, $0.low) }, band.points.map { ($0.year, $0.high) }] {
        layers.append(make.line(edge, RangeLook.published.edge))
      }
      if let first = band.points.first {
        layers.append(make.label(band.name, at: (first.year, first.high), colour: "#1b1b1f", dx: 4, dy: 12))
      }
    }
    for (line, shift) in zip(series, labelShifts) {
      layers.append(make.line(line.points, line.style))
      if line.counted > 0 {
        layers.append(make.line(Array(line.points.prefix(line.counted)), line.style, hasPoints: true))
      }
      if let last = line.points.last {
        layers.append(make.label(line.name, at: last, colour: line.style.colour, dx: 8, dy: shift))
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
}
