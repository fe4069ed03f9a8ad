import Foundation
import PlacePlanning
import Runs
import Testing

@testable import Papers

@Suite struct PaperWorkbookTests {
  @Test(
    arguments: [
      ("1203", "1,203", "#,##0"), ("0.27", "27%", "0%"), ("-0.0022", "−0.22%", "0.00%"),
      ("-6656850", "−£6,656,850", "\"£\"#,##0"), ("2.25", "2.3", "#,##0.0"), ("3", "", "#,##0"),
      // Rounded so that a total keeps: the paper's figure is another.
      ("12.4", "13", "#,##0"),
      ("0.998", "over 99%", ##""over 99%";"over 99%";"over 99%""##),
      ("0.995", "over 99%", ##""over 99%";"over 99%";"over 99%""##),
      ("0", "under 1%", ##""under 1%";"under 1%";"under 1%""##),
      ("0.03", "less than 0.1 FE", ##""less than 0.1 FE";"less than 0.1 FE";"less than 0.1 FE""##),
      ("-0.02", "full", ##""full";"full";"full""##),
      ("-0.44", "spare 0.4", ##""spare "#,##0.0;"spare "#,##0.0;"spare "#,##0.0"##),
      ("13.6", "short 13.6", ##""short "#,##0.0;"short "-#,##0.0;"short "#,##0.0"##),
      ("0.00013", "+0.01%", "+0.00%;-0.00%;0.00%"), ("250", "+£250", ##"+"£"#,##0;-"£"#,##0;"£"#,##0"##),
      ("6.3", "6.3 FE", ##"#,##0.0" FE";-#,##0.0" FE";#,##0.0" FE""##),
    ])
  func `a number is shown as the paper shows it`(_ stored: String, _ shown: String, _ format: String) {
    #expect(PaperWorkbook.numberFormat(of: Table.Cell(stored: stored, shown: shown)) == format)
  }

  /// As a whole number a chance of 4% would be 0, and one of 60% would be 1.
  @Test func `data sheets show chances, forms of entry and money as what they are`() throws {
    let tables = DataTables(try SharedRun.county.get().content).all
    func formats(_ id: String, _ column: String) throws -> Set<String> {
      let table = try #require(tables.first { $0.id == id })
      let position = try #require(table.columns.firstIndex { $0.name == column })
      return Set(table.rows.map { PaperWorkbook.numberFormat(of: $0[position]) })
    }
    for column in ["chance_without_place", "chance_more_than_30_without_place", "chance_short_by_form"] {
      #expect(try formats("risk", column) == ["0.0%"])
    }
    #expect(try formats("balance", "need_fe") == ["#,##0.0"])
    for column in ["mrp", "interest", "cfr"] {
      #expect(try formats("chosen_programme_years", column) == [##""£"#,##0"##])
    }
  }

  private func table(_ id: String, _ caption: String, short: String? = nil) -> Table {
    Table(
      id: id, caption: caption, short: short, columns: [], rows: [],
      footnote: Footnote(sources: [], mark: .given))
  }

  @Test func `a sheet is called what its table is called, where that fits`() {
    #expect(PaperWorkbook.title(table("left-out", "Schemes left out and why")) == "Schemes left out and why")
    #expect(PaperWorkbook.title(table("heat-table-primary-1", "Places: short or spare")) == "Heat primary 1")
    #expect(PaperWorkbook.title(table("table", "a/b")) == "Table")
    #expect(
      PaperWorkbook.title(table("t-1", "A caption", short: "Chart, Hester's Way")) == "Chart, Hesters Way")
    #expect(
      PaperWorkbook.title(table("t-1", "A: b", short: "Chart, Tewkesbury, Bishops Cleeve and Winchcombe"))
        == "Chart, Tewkesbury, Bishops")
    #expect(
      PaperWorkbook.title(table("t-1", "A: b", short: "Chart, Churchdown / Innsworth"))
        == "Chart, Churchdown Innsworth")
  }

  private func figure(_ charted: [String], specification: String) -> Figure {
    let columns: [Table.Column] = [
      .init("year", "Year", isNumber: false), .init("pupils", "Pupils"), .init("low", "8 in 10: from"),
      .init("high", "8 in 10: to"), .init("word", "Word"),
    ]
    func row(_ year: String, _ pupils: Int, _ range: (Int, Int)?) -> [Table.Cell] {
      let ends =
        range.map { [Table.Cell.whole($0.0), .whole($0.1)] } ?? [.text("counted"), .text("counted")]
      return [.text(year), .whole(pupils)] + ends + [.text("none")]
    }
    return Figure(
      id: "f", title: "Pupils", alternative: "Line chart with shaded ranges", specification: specification,
      table: Table(
        id: "t", caption: "c", columns: columns,
        rows: [
          row("2018/19", 1200, nil), row("2019/20", 1300, (1250, 1350)), row("2020/21", 1250, (1100, 1400)),
        ],
        footnote: Footnote(sources: [], mark: .given)), charted: charted)
  }

  private func specification(marks: [String], zero: Bool) -> String {
    let layers = marks.map { mark in
      #"{"mark": "\#(mark)", "encoding": {"x": {"type": "ordinal"}, "y": {"title": "Pupils", "scale": {"zero": \#(zero)}}}}"#
    }
    return #"{"layer": [\#(layers.joined(separator: ", "))]}"#
  }

  @Test func `a native chart draws what the figure names, and says so`() throws {
    let ranged = specification(marks: ["area", "line", "text"], zero: false)
    let words = try #require(NativeChart(figure(["pupils", "low", "high", "word"], specification: ranged)))
    #expect(words.columns == [1, 2, 3] && !words.kind.isFromNought)
    #expect(
      words.alternative
        == "Line chart by year, 2018/19 to 2020/21: “Pupils” goes from 1,200 to 1,250, highest in 2019/20 at 1,300; "
        + "“8 in 10: from” goes from 1,250 to 1,100; “8 in 10: to” goes from 1,350 to 1,400.")
    let plain = specification(marks: ["line"], zero: true)
    let own = try #require(NativeChart(figure(["pupils"], specification: plain)))
    #expect(own.alternative == "Line chart with shaded ranges" && own.kind.isFromNought)
    #expect(NativeChart(figure([], specification: plain)) == nil)
    #expect(NativeChart(figure(["word", "nothing"], specification: plain)) == nil)
    #expect(NativeChart(figure(["pupils"], specification: "{}")) == nil)
  }

  @Test func `a figure of an earlier version has no native chart`() throws {
    let paper = Paper(
      name: "p", title: "P", header: [], notices: [],
      sections: [Section(id: "s", heading: "S", blocks: [.figure(figure(["pupils"], specification: "{}"))])])
    let json = try paper.json()
    #expect(try Paper(json: json).figures.first?.charted == ["pupils"])
    let text = String(decoding: json, as: UTF8.self)
    let start = try #require(text.range(of: #""charted" : ["#)?.lowerBound)
    let end = try #require(text[start...].range(of: "],")?.upperBound)
    let earlier = text.replacingCharacters(in: start..<end, with: "")
    #expect(try Paper(json: Data(earlier.utf8)).figures.first?.charted == [])
  }
}
