internal import Foundation

/// The width of charts with lines or bars over years. With labels at its side such a chart fills a printed line, its letters 9 points
/// high. **Units** pixels.
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
