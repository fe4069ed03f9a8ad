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
