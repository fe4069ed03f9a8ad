/// How a line is drawn.
struct LineLook {
  let colour: String
  var dash = [1, 0]
  /// In pixels.
  var width = 2.5

  static let main = LineLook(colour: "#12436d")
  static let second = LineLook(colour: "#a84a00", dash: [8, 4])
  static let capacity = LineLook(colour: "#1b1b1f", dash: [2, 3])

  /// As the mark of a layer, which may be a `line` or a `rule`.
  func mark(_ type: String = "line") -> [String: Any] {
    ["type": type, "color": colour, "strokeWidth": width, "strokeDash": dash]
  }
}

/// How a shaded range is drawn. Fills that let lines be read across them are too faint for many eyes and printers: what marks a range
/// is the line at both its edges, which stands out from white and from every fill by at least 3 to 1.
struct RangeLook {
  let fill: String
  let edge: LineLook

  static let edgeColour = "#55606f"

  /// Holds 19 in 20.
  static let wide = RangeLook(fill: "#dde3ec", edge: LineLook(colour: edgeColour, dash: [4, 2], width: 1))
  /// Holds 8 in 10.
  static let narrow = RangeLook(fill: "#aebdd2", edge: LineLook(colour: edgeColour, width: 1))
  /// Was published by somebody.
  static let published = RangeLook(fill: "#d6dae2", edge: LineLook(colour: edgeColour, width: 1))
}
