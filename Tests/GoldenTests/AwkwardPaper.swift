import Papers
import PlacePlanning

/// A paper of all that is awkward to set: invented, and true of nobody.
enum AwkwardPaper {
  static let hostile = "St “Mary’s” & <b>All</b> 'Souls' 🏫 =SUM(A1:A9)"
  static let unbroken = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch-cum-Withington-secondary"
  static let source = Footnote(sources: ["An invented source"], mark: .assumed, note: "Of \(hostile).")

  static let paper = Paper(
    name: "awkward-paper", title: "All that is awkward: \(hostile)",
    header: [
      .init("Forum", "The Invented Forum"), .init("Date", "1 April 2018"),
      .init("Purpose", String(repeating: "To show that a long purpose is set well. ", count: 6)),
    ],
    notices: [
      "This authority is invented. Every figure in this paper is synthetic and describes no real place."
    ],
    sections: [
      Section(
        id: "nothing", heading: "Nothing to report",
        blocks: [
          .paragraph("There is no capital programme to report."),
          .table(table("no-rows", "Schemes: there are none", numbers: ["cost"], rows: [])),
        ]),
      Section(
        id: "one-area", heading: "One area, and a very large shortfall", startsPage: true,
        blocks: [
          .heading("A heading under a heading"),
          .bullets(["One & only <item>", hostile]),
          .definitions([
            Definition("FE", "A form of entry: 30 places in a year group."), Definition(hostile, hostile),
          ]),
          .table(
            table(
              "one-area-table", "One area, with cells shaded", numbers: ["short", "spare"],
              rows: [
                [
                  .text(hostile), Table.Cell.whole(1_234_567).shaded(.severe),
                  Table.Cell.whole(0).shaded(.spare),
                ],
                [
                  .text(unbroken), Table.Cell.number(-0.04, places: 1).shaded(.slight),
                  .number(12.345, places: 2),
                ],
                [
                  .text("An area with a name of several ordinary words, as long as any"), .whole(-30),
                  .whole(7),
                ],
                [.text("Total"), .number(1_234_536.96, places: 0), .number(19.345, places: 2)],
              ], hasTotal: true)),
          .table(
            table(
              "hidden", "All figures suppressed", numbers: ["pupils", "share"],
              rows: ["A", "B"].map { [.text($0), .text("c"), .text("not shown")] })),
        ]),
      Section(id: "charts", heading: "Charts", blocks: [.figure(line), .figure(bars), .figure(cells)]),
      Section(
        id: "wide", heading: "Thirty columns",
        blocks: [
          .paragraph("This table is wider than any page."),
          .table(
            table(
              "thirty-columns", "Pupils in thirty years", numbers: (2018...2046).map { "Year \($0)" },
              rows: (1...3).map { area in
                [.text("Area \(area)")] + (2018...2046).map { .whole($0 * area * 7) }
              })),
          .table(
            table(
              "wide-only", "Nine columns of large sums",
              numbers: (1...8).map { "Source of funding number \($0)" },
              rows: (1...2).map { row in
                [.text("Scheme \(row)")] + (1...8).map { .pounds($0 * 12_345_678 * row) }
              })),
        ]),
      Section(
        id: "long", heading: "A long table",
        blocks: [
          .table(
            table(
              "long-table", "Sixty rows", numbers: ["value", "percent"],
              rows: (1...60).map { [.text("Row \($0)"), .whole($0 * 1000), .percent(Double($0) / 61)] })),
          .annex(
            table(
              "skipped", "What most readers may skip", numbers: ["value"],
              rows: (1...3).map { [.text("Line \($0)"), .whole($0)] })),
        ]),
      Section(id: "end", heading: "The end", blocks: []),
    ])

  private static func table(
    _ id: String, _ caption: String, numbers: [String], rows: [[Table.Cell]], hasTotal: Bool = false
  ) -> Table {
    Table(
      id: id, caption: caption,
      columns: [.init("name", "Name", isNumber: false)]
        + numbers.map {
          .init($0.lowercased().replacing(" ", with: "_"), $0.prefix(1).uppercased() + $0.dropFirst())
        },
      rows: rows, hasTotalRow: hasTotal, footnote: source)
  }

  private static let years = ["2018/19", "2019/20", "2020/21"]

  private static let line = Figure(
    id: "awkward-line", title: "Pupils of \(hostile)",
    alternative: "Line chart of three years: 100, 90 and 120 pupils of \(hostile).",
    specification:
      ##"{"$schema":"https://vega.github.io/schema/vega-lite/v6.json","background":"#ffffff","data":{"values":[{"year":"2018/19","value":100},{"year":"2019/20","value":90},{"year":"2020/21","value":120}]},"encoding":{"x":{"field":"year","type":"ordinal"},"y":{"field":"value","title":"Pupils","type":"quantitative"}},"height":200,"mark":"line","width":500}"##,
    table: table(
      "awkward-line-table", "Pupils of three years", numbers: ["pupils"],
      rows: zip(years, [100, 90, 120]).map { [.text($0), .whole($1)] }), charted: ["pupils"])

  private static let bars = Figure(
    id: "awkward-bars", title: "Places",
    alternative: "Bar chart of two areas: 30 places in the first and 60 in the second.",
    specification:
      ##"{"$schema":"https://vega.github.io/schema/vega-lite/v6.json","background":"#ffffff","data":{"values":[{"name":"First","value":30},{"name":"Second","value":60}]},"encoding":{"x":{"field":"value","title":"Places","type":"quantitative"},"y":{"field":"name","type":"nominal"}},"mark":"bar","width":500}"##,
    table: table(
      "awkward-bars-table", "Places of two areas", numbers: ["places"],
      rows: [[.text("First"), .whole(30)], [.text("Second"), .whole(60)], [.text("Total"), .whole(90)]],
      hasTotal: true), charted: ["places"])

  /// No native chart of Excel's draws it.
  private static let cells = Figure(
    id: "awkward-cells", title: "A map of heat",
    alternative: "Heat map of two areas and two years, darkest in the first area.",
    specification:
      ##"{"$schema":"https://vega.github.io/schema/vega-lite/v6.json","background":"#ffffff","data":{"values":[{"a":"First","y":"2018/19","v":3},{"a":"Second","y":"2018/19","v":1}]},"encoding":{"color":{"field":"v","type":"quantitative"},"x":{"field":"y","type":"ordinal"},"y":{"field":"a","type":"nominal"}},"mark":"rect","width":300}"##,
    table: table(
      "awkward-cells-table", "The map in figures", numbers: ["shortfall"],
      rows: [[.text("First"), .whole(3)], [.text("Second"), .whole(1)]]))
}
