import Runs
import Testing

@testable import Papers

/// What a paper says in figures, its tables hold, so that it can be checked.
@Suite struct FiguresInTablesTests {
  private func capital() throws -> Paper { try SharedRun.county.get().papers[0] }

  private func table(_ id: String) throws -> Table {
    try capital().table(id)
  }

  private func shown(_ id: String) throws -> [[String]] { try table(id).rows.map { $0.map(\.shown) } }

  /// Sums as sentences round them and numbers with thousands; 1,000 is that of possible futures.
  @Test func `large figures of the first page stand in a table`() throws {
    for paper in try SharedRun.county.get().papers {
      let cells = paper.tables.flatMap(\.rows).flatMap(\.self)
      let pounds = cells.filter { $0.shown.hasPrefix("£") }.compactMap { Double($0.stored) }
      let known = Set(cells.map(\.shown)).union(pounds.map(poundsRoughly))
        .union(pounds.map { poundsInWords(Int($0.rounded())) })
      let opening = try #require(paper.opening)
      let brief = (paper.header.map(\.text) + opening.blocks.flatMap(words(of:))).joined(separator: " ")
      let said =
        brief.matches(of: /£[0-9.,]+ million/).map { String($0.output) }
        + brief.matches(of: /[0-9]+,[0-9]{3}/).map { String($0.output) }
      #expect(said.count > 10)
      for figure in said where figure != "1,000" {
        #expect(known.contains(figure), "\(figure) of \(paper.name)")
      }
    }
  }

  @Test func `what costs come on top, and what the schemes rest on, stand in tables`() throws {
    #expect(
      try shown("revenue-sums") == [
        ["Running costs (growth fund, new-school start-up and temporary hire)", "£21,242,731"],
        ["Debt (MRP and interest)", "£10,905,506"], ["Total", "£32,148,237"],
      ])
    #expect(try table("revenue-sums").rows.last?.last == table("revenue-table").rows.last?.last)
    // The workbook has 32,148,239: 21,242,731 and 10,905,508.003558.
    #expect(try table("revenue-sums").footnote.note?.hasSuffix("all together is £32,148,239.") == true)
    let rows = try shown("standing")
    #expect(rows.map { $0[1] } == ["9", "4", "26", "39"])
    let assumed = rows.compactMap { Int($0[2]) }
    #expect(assumed.count == 4 && assumed.dropLast().reduce(0, +) == assumed.last)
    #expect(
      words(of: try capital()).contains {
        $0.contains(
          "Of its \(rows[3][1]) schemes, \(rows[0][1]) are approved and unchanged; \(rows[1][1]) are approved, but"
        )
          && $0.contains(
            "the other \(rows[2][1]). Places, costs or dates of \(rows[3][2]) of them are assumed.")
      })
    // The island has no schemes, and its papers none of these tables.
    let island = try SharedRun.island.get().papers[0].tables.map(\.id)
    #expect(!island.contains("standing") && !island.contains("revenue-sums"))
  }

  @Test func `the approved programme is one sum on the first page`() throws {
    let paper = try capital()
    let opening = try #require(paper.opening)
    let said = (paper.header.map(\.text) + opening.blocks.flatMap(words(of:))).joined(separator: " ")
    #expect(said.ranges(of: "£51.2 million").count == 2 && !said.contains("£51.195"))
  }

  /// 427.2 places are 14.2 FE, 63.9 are 2.1.
  @Test func `gaps stand in places too`() throws {
    let areas = try table("areas-table")
    #expect(areas.columns.map(\.name)[4...5] == ["peak_places", "peak_fe"])
    let rows = try shown("areas-table")
    #expect(rows.first?[4...5] == ["427", "14.2"])
    #expect(rows.first { $0[0] == "Churchdown / Innsworth" }?[4...5] == ["64", "2.1"])
  }

  @Test func `Reception and Year 7 without homes stand beside those with them`() throws {
    let chart = try table("county-chart-table")
    #expect(
      chart.columns.map(\.name) == [
        "academic_year", "reception", "year_7", "reception_without", "year_7_without",
      ])
    let rows = try shown("county-chart-table")
    #expect(rows.first?.suffix(2) == ["counted", "counted"])
    #expect(rows.last == ["2027/28", "6,833", "7,586", "6,641", "7,536"])
    let island = try SharedRun.island.get().papers[0].tables.first { $0.id == "county-chart-table" }
    #expect(island?.columns.count == 3)
  }

  @Test func `the homes of several sites are added up`() throws {
    let paper = try SharedRun.county.get().papers[1]
    let sites = try paper.table("sites")
    let total = try #require(sites.rows.last).map(\.shown)
    #expect(total == ["Total", "11,275", "", "", "6,420", "", ""])
    #expect(
      words(of: paper).contains {
        $0.contains("7 large sites with \(total[1]) homes are in the model; \(total[4]) of")
      })
    let one = try SharedRun.town.get().papers[1].table("sites")
    #expect(one.rows.count == 1 && !one.hasTotalRow)
  }

  @Test func `places short today stand by year group`() throws {
    let rows = try shown("missing-now")
    let said = words(of: try capital())
    #expect(rows.map { $0[0] } == ["Reception and Year 7", "Year groups above them", "Total"])
    #expect(
      said.contains {
        $0.contains("finds \(rows[2][1]) places short, though")
          && $0.contains("\(rows[1][1]) of them are in year groups above")
      })
    // Without schemes there is no plan to hold it against.
    #expect(try SharedRun.island.get().papers[0].tables.allSatisfy { $0.id != "missing-now" })
  }

  @Test func `the plan stands beside the approved starts`() throws {
    let table = try table("approved-starts")
    #expect(table.columns.map(\.name) == ["plan", "missing", "missing_9162500", "present_cost"])
    let rows = try shown("approved-starts")
    let cost = table.rows.map { poundsRoughly(Double($0[3].stored) ?? 0) }
    #expect(
      words(of: try capital()).contains {
        $0.hasSuffix(
          "If all approved schemes started as approved, about \(rows[1][1]) places would be missing in an average year, not "
            + "\(rows[0][1]); in Cheltenham secondary \(rows[1][2]), not \(rows[0][2]). In borrowing, running costs and the like it "
            + "would cost the authority \(cost[1]) in today's money, not \(cost[0]).")
      })
  }

  /// Births that do not fall say nothing of places beyond them.
  @Test func `level births promise no school that is full`() throws {
    #expect(
      words(of: try SharedRun.town.get().papers[0]).contains(
        "Births in Southgate do not fall behind any Reception whose children are born and counted: nothing known today says that "
          + "fewer children would come to a permanent school later. How many of its places they fill, the column of empty places "
          + "shows."))
  }

  /// Rows add up, and what the plan uses is what pays for schemes and what repays borrowing.
  @Test func `section 106 money adds up by mark and by payment`() throws {
    func pounds(_ id: String, from column: Int) throws -> [[Int]] {
      try table(id).rows.map { $0[column...].compactMap { Int($0.stored) } }
    }
    let marks = try pounds("section-106-marks", from: 1)
    #expect(try shown("section-106-marks").map { $0[0] } == ["Given", "Assumed", "Total"])
    for column in 0..<6 { #expect(marks[0][column] + marks[1][column] == marks[2][column]) }
    #expect(marks.allSatisfy { $0[1] + $0[2] == $0[3] && $0[0] == $0[3] + $0[4] + $0[5] })
    #expect(marks[2][0] == 116_322_196)
    let payments = try pounds("section-106", from: 5)
    let total = try #require(payments.last)
    #expect(total[0...2] == marks[2][0...2] && total[3] == marks[2][5])
    let parts = payments.dropLast()
    for column in 0..<4 { #expect(parts.reduce(0) { $0 + $1[column] } == total[column]) }
  }

  /// A column for each source and their total; given, derived and assumed money is what comes in, and so is what becomes of it.
  @Test func `what each source brings in adds up along and down`() throws {
    let table = try table("sources-of-money")
    #expect(!TableLayout(table).isWide)
    #expect(
      table.columns.map(\.heading) == ["Money", "Grant", "Section 106", "School contribution", "Total"])
    #expect(
      table.rows.map { $0[0].shown } == [
        "Expected to come in", "Of this, given", "Of this, derived", "Of this, assumed", "Spent on schemes",
        "Used to repay borrowing", "Returned or lost", "Left at the end",
      ])
    let pounds = table.rows.map { $0.dropFirst().compactMap { Int($0.stored) } }
    for row in pounds { #expect(row.count == 4 && row[0...2].reduce(0, +) == row[3]) }
    for column in 0..<4 {
      let sums = pounds.map { $0[column] }
      #expect(sums[0] == sums[1...3].reduce(0, +) && sums[0] == sums[4...7].reduce(0, +))
    }
    #expect(pounds[0][1] == 116_322_196)
  }

  /// What nobody expects to be needed together does not add up; budgets and averages do.
  @Test func `what the whole plan may cost stands under its kinds`() throws {
    let rows = try table("cost-risk").rows
    let total = try #require(rows.last)
    #expect(try !TableLayout(table("cost-risk")).isWide)
    #expect(total.map(\.shown).prefix(4) == ["Total", "39", "", "£209,371,118"])
    let means = rows.dropLast().compactMap { Double($0[4].stored) }
    #expect(abs(means.reduce(0, +) - (Double(total[4].stored) ?? 0)) < 1)
    let risk = words(of: try capital()).joined(separator: " ")
    let shown = rows.map { Int($0[4].shown.filter(\.isNumber)) ?? 0 }
    #expect(shown.dropLast().reduce(0, +) == shown.last)
    let (half, fifth) = (total[5], total[6])
    #expect(
      risk.contains(
        "In half of the futures it costs \(poundsRoughly(Double(half.stored) ?? 0)) or less; in 1 of 5 it costs more than "
          + "\(poundsRoughly(Double(fifth.stored) ?? 0))."))
    // The first page says beside the budget what the plan is likely to cost, and says it once.
    let brief = try #require(try capital().opening).blocks.flatMap(words(of:))
    #expect(brief.contains { $0.hasSuffix("more than its budget of £209.4 million is more than 99 in 100.") })
    let resources = try #require(try capital().header.last).text
    #expect(
      resources.contains(
        "of it borrowed. In half of the possible futures it would cost more than "
          + "\(poundsRoughly(Double(half.stored) ?? 0)). Running costs come on top"))
  }
}
