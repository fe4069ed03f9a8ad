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
    for (line, look) in zip(lines, [LineLook.main, .second]) {
      let values: [[String: Any]] = line.points.map { ["promised": $0.promised, "observed": $0.observed] }
      var mark = look.mark()
      mark["point"] = ["color": look.colour, "size": 50]
      layers.append(["data": ["values": values], "mark": mark, "encoding": ["x": x, "y": y]])
    }
    for (index, line) in lines.enumerated() {
      let look = [LineLook.main, .second][min(index, 1)]
      layers.append([
        "data": ["values": [["promised": 0.52, "observed": 0.14 - 0.08 * Double(index), "name": line.name]]],
        "mark": [
          "type": "text", "align": "left", "baseline": "middle", "fontSize": 13, "color": look.colour,
        ],
        "encoding": ["x": x, "y": y, "text": ["field": "name", "type": "nominal"]],
      ])
      let key: [[String: Any]] = [0.42, 0.5].map {
        ["promised": $0, "observed": 0.14 - 0.08 * Double(index)]
      }
      layers.append(["data": ["values": key], "mark": look.mark(), "encoding": ["x": x, "y": y]])
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
