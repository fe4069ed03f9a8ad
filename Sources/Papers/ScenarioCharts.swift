public import Scenarios

/// Places short by case: expected over the draws, or on the central path where there are none.
public func whatIfFigure(_ comparison: CaseComparison, hasDraws: Bool) -> Figure {
  let headlines: [(Headline, String)] =
    hasDraws
    ? [(.expectedNeedPrimary, "Primary"), (.expectedNeedSecondary, "Secondary")]
    : [(.needPrimary, "Primary"), (.needSecondary, "Secondary")]
  let title = hasDraws ? "Expected places short in the last year" : "Places short in the last year"
  var values: [[String: Any]] = []
  var rows: [[Table.Cell]] = []
  for entry in comparison.cases {
    let needs = headlines.map { entry.figures.figures[$0.0]?.value ?? 0 }
    rows.append([.text(entry.name)] + needs.map { .number($0) })
    for (need, headline) in zip(needs, headlines) {
      values.append(["case": entry.name, "phase": headline.1, "value": need, "label": whole(need)])
    }
  }
  let y: [String: Any] = [
    "field": "case", "type": "nominal", "sort": comparison.cases.map(\.name),
    "axis": ["title": "", "labelLimit": 320],
  ]
  let x: [String: Any] = [
    "field": "value", "type": "quantitative", "title": "places", "axis": ["format": ",d"],
  ]
  let layer: [[String: Any]] = [
    ["mark": ["type": "bar", "color": "#12436d"], "encoding": ["x": x, "y": y]],
    [
      "mark": ["type": "text", "align": "left", "dx": 5, "fontSize": 12, "color": "#1b1b1f"],
      "encoding": ["x": x, "y": y, "text": ["field": "label", "type": "nominal"]],
    ],
  ]
  let words = rows.map { $0.map(\.shown).joined(separator: ", ") }.joined(separator: "; ")
  return Figure(
    id: "whatif", title: title, alternative: "\(title), primary and secondary: \(words).",
    specification: vegaLite([
      "title": title, "data": ["values": values],
      "facet": ["row": ["field": "phase", "type": "nominal", "header": ["title": ""]]],
      "spec": ["width": 420, "height": ["step": 24], "layer": layer],
    ]),
    table: Table(
      id: "whatif", caption: title,
      columns: [.words("case", "Case"), .init("primary", "Primary"), .init("secondary", "Secondary")],
      rows: rows, footnote: .thisRun))
}

/// How far each key moves a headline, one at a time: from its value at the key's low end to that at its high end.
public func tornadoFigure(_ headline: Headline, _ bars: [TornadoBar]) -> Figure {
  let values: [[String: Any]] = bars.flatMap { bar -> [[String: Any]] in
    [
      ["key": bar.key, "from": bar.base, "to": bar.atLow, "end": "low"],
      ["key": bar.key, "from": bar.base, "to": bar.atHigh, "end": "high"],
    ]
  }
  let y: [String: Any] = [
    "field": "key", "type": "nominal", "sort": bars.map(\.key), "axis": ["title": "", "labelLimit": 360],
  ]
  let x: [String: Any] = [
    "field": "from", "type": "quantitative", "title": headline.unit, "scale": ["zero": false],
  ]
  let colour: [String: Any] = [
    "field": "end", "type": "nominal", "title": "key at its",
    "scale": ["domain": ["low", "high"], "range": ["#a84a00", "#12436d"]],
  ]
  let base = bars.first?.base ?? 0
  let layer: [[String: Any]] = [
    [
      "mark": ["type": "bar", "height": 14],
      "encoding": ["x": x, "x2": ["field": "to"], "y": y, "color": colour],
    ],
    [
      "data": ["values": [["base": base]]],
      "mark": ["type": "rule", "color": "#1b1b1f", "strokeDash": [2, 3]],
      "encoding": ["x": ["field": "base", "type": "quantitative"]],
    ],
  ]
  let words = bars.map { "\($0.key) from \(fixed($0.atLow, places: 2)) to \(fixed($0.atHigh, places: 2))" }
  return Figure(
    id: "tornado-\(headline.rawValue)", title: headline.title,
    alternative:
      "\(headline.title), \(fixed(base, places: 2)) as the model stands: \(words.joined(separator: "; ")).",
    specification: vegaLite([
      "title": headline.title, "width": 420, "height": ["step": 24], "data": ["values": values],
      "layer": layer,
    ]),
    table: Table(
      id: "tornado", caption: headline.title,
      columns: [.words("key", "Key"), .init("at_low", "At its low"), .init("at_high", "At its high")],
      rows: bars.map { [.text($0.key), .number($0.atLow, places: 2), .number($0.atHigh, places: 2)] },
      footnote: .thisRun))
}
