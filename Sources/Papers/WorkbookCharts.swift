internal import Foundation
internal import Spreadsheets

/// What Excel draws of a figure: columns of its table, where Excel has a chart of its kind.
struct NativeChart {
  let kind: ChartKind
  /// Columns of the table, which have numbers.
  let columns: [Int]
  private let figure: Figure
  /// Without a total.
  private let rows: ArraySlice<[Table.Cell]>

  /// Nil where the figure names no column, or nothing can be drawn of them.
  init?(_ figure: Figure) {
    let table = figure.table
    let rows = table.hasTotalRow ? table.rows.dropLast() : table.rows[...]
    guard let kind = ChartKind.of(figure.specification), rows.count > 1,
      rows.allSatisfy({ $0.count == table.columns.count })
    else { return nil }
    let columns = figure.charted.compactMap { name in table.columns.firstIndex { $0.name == name } }
      .filter { column in column > 0 && rows.contains { Double($0[column].stored) != nil } }
    guard !columns.isEmpty else { return nil }
    (self.kind, self.columns, self.figure, self.rows) = (kind, columns, figure, rows)
  }

  /// As a sheet has it.
  var chart: Sheet.Chart {
    // The two ends of a range look alike: their headings begin with the same words.
    let groups = columns.map { String(figure.table.columns[$0].heading.prefix { $0 != ":" }) }
    let looks = groups.indices.map { index in
      let first = groups.firstIndex(of: groups[index]) ?? index
      return Set(groups[..<first]).count
    }
    let colours: [UInt32] = [0x12436D, 0xA84A00, 0x1B1B1F, 0x5A5A66, 0x2A7F62, 0x6A3D8F]
    let dashes = Sheet.Chart.Dash.allCases
    return Sheet.Chart(
      kind: kind.kind, title: figure.title, valueTitle: kind.valueTitle, valueFormat: valueFormat,
      isFromNought: kind.isFromNought, alternative: alternative,
      series: zip(columns, looks).map { column, look in
        .init(column: column, colour: colours[look % colours.count], dash: dashes[look % dashes.count])
      })
  }

  /// The format of the numbers along the axis of values.
  private var valueFormat: String {
    let numbers = rows.flatMap { row in columns.map { row[$0] } }.filter { Double($0.stored) != nil }
    let most = numbers.compactMap { Double($0.stored) }.map { abs($0) }.max() ?? 0
    if kind.valueTitle == "£ million", numbers.allSatisfy({ $0.shown.contains("£") }) {
      return most < 2_000_000 ? "\"£\"0.00,," : "\"£\"0.0,,"
    }
    return numbers.first.map { PaperWorkbook.numberFormat($0.shown) } ?? "#,##0"
  }

  /// The words of the figure, or words of its own where the figure's picture shows more.
  var alternative: String {
    guard kind.hasRanges else { return figure.alternative }
    let columns = figure.table.columns
    let span = [rows.first, rows.last].compactMap { $0?.first?.shown }.joined(separator: " to ")
    let lines = self.columns.map { "“\(columns[$0].heading)” \(course($0))" }
    return "Line chart by \(columns[0].heading.lowercased()), \(span): \(lines.joined(separator: "; "))."
  }

  /// `goes from 2,200 to 2,594, highest in 2024/25 at 2,614`.
  private func course(_ column: Int) -> String {
    let points = rows.compactMap { row -> (year: String, shown: String, value: Double)? in
      Double(row[column].stored).map { (row[0].shown, row[column].shown, $0) }
    }
    guard let first = points.first, let last = points.last,
      let high = points.max(by: { $0.value < $1.value }), let low = points.min(by: { $0.value < $1.value })
    else { return "has no figures" }
    if points.count == 1 { return "is \(first.shown)" }
    if low.shown == high.shown { return "stays at \(first.shown)" }
    let ends = [first.shown, last.shown]
    return
      (first.shown == last.shown
      ? "begins and ends at \(first.shown)" : "goes from \(first.shown) to \(last.shown)")
      + (ends.contains(high.shown) ? "" : ", highest in \(high.year) at \(high.shown)")
      + (ends.contains(low.shown) ? "" : ", lowest in \(low.year) at \(low.shown)")
  }
}

/// What a Vega-Lite specification draws, as far as Excel can draw it too.
struct ChartKind {
  let kind: Sheet.Chart.Kind
  let valueTitle: String
  /// Whether the scale of values begins at nought.
  let isFromNought: Bool
  /// Whether it shades what lies between lines, which a native chart does not.
  let hasRanges: Bool

  /// Nil for charts of several panels, of points or of cells, and for what is no specification.
  static func of(_ specification: String) -> ChartKind? {
    guard let object = try? JSONSerialization.jsonObject(with: Data(specification.utf8)),
      let chart = object as? [String: Any]
    else { return nil }
    for key in ["facet", "repeat", "hconcat", "vconcat", "concat"] where chart[key] != nil { return nil }
    let layers = (chart["layer"] as? [[String: Any]]) ?? [chart]
    func mark(_ layer: [String: Any]) -> String? {
      (layer["mark"] as? String) ?? (layer["mark"] as? [String: Any])?["type"] as? String
    }
    func axis(_ layer: [String: Any], _ name: String) -> [String: Any]? {
      ((layer["encoding"] as? [String: Any]) ?? (chart["encoding"] as? [String: Any]))?[name]
        as? [String: Any]
    }
    let marks = Set(layers.compactMap(mark))
    if marks.isSubset(of: ["line", "text", "area", "rule"]),
      let line = layers.first(where: { mark($0) == "line" }),
      axis(line, "x")?["type"] as? String == "ordinal"
    {
      let y = axis(line, "y")
      return ChartKind(
        kind: .line, valueTitle: (y?["title"] as? String) ?? "",
        isFromNought: (y?["scale"] as? [String: Any])?["zero"] as? Bool != false,
        hasRanges: marks.contains("area"))
    }
    if marks.isSubset(of: ["bar", "text"]), let bar = layers.first(where: { mark($0) == "bar" }),
      axis(bar, "y")?["type"] as? String == "nominal"
    {
      return ChartKind(
        kind: .bar, valueTitle: (axis(bar, "x")?["title"] as? String) ?? "", isFromNought: true,
        hasRanges: false)
    }
    return nil
  }
}
