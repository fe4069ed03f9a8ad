import Foundation
import Papers
import Runs
import TestSupport
import Testing

/// The paper's HTML after some changes to the town's files; no charts.
private func html(_ changes: [String]...) throws -> String {
  let run = try changedRun(changes.map { (file: $0[0], text: $0[1], new: $0[2]) })
  return try HTMLRenderer(charts: [:]).render(run.papers[0])
}

private let programme = "Datasets/exampleton-programme/data.csv"
private let programmeSchema = "Datasets/exampleton-programme/data.schema.yaml"
private let statedTotals =
  "  columns: { budget: 1300000, grant: 1060000, s106_contribution: 200000, school_contribution: 40000, "
  + "internal_borrowing: 0 }\n"
private let model = "Models/exampleton/model.yaml"

@Suite struct CapitalPaperTests {
  /// A roof that adds no places is left out; the town as it is leaves out a class, and nothing is said of roofs.
  @Test func `schemes that no aim asks for are said to be weighed by none`() throws {
    let sentence = "The plan does not weigh schemes that add no mainstream places, however urgent they are."
    #expect(try !html().contains(sentence))
    let roof =
      "roof,Unsafe roof,condition,P2,,,,500000,cash,0,one_year,2018/19,2020/21,no,,,20,building,4,,assumed,Invented,"
    let boiler = "boiler,Castle School boiler"
    #expect(
      try html(["Datasets/exampleton-schemes/data.csv", boiler, roof + "\n" + boiler]).contains(sentence))
  }

  @Test func `a page has one title, a caption for each table, no script and no id twice`() throws {
    let text = try html()
    #expect(text.hasPrefix("<!DOCTYPE html>\n<html lang=\"en-GB\">"))
    #expect(text.ranges(of: "<h1>").count == 1)
    #expect(text.ranges(of: "<table>").count == text.ranges(of: "<caption").count)
    #expect(text.ranges(of: "<table>").count > 8)
    #expect(!text.contains("<script"))
    #expect(text.contains("This authority is invented."))
    let ids = text.split(separator: " id=\"").dropFirst().map { $0.prefix { $0 != "\"" } }
    #expect(Set(ids).count == ids.count)
  }

  @Test func `a notice of the model stands above all else`() throws {
    let text = try html([
      "Models/exampleton/model.yaml", "  decision:", "  notice: This is an example.\n  decision:",
    ])
    let notice = try #require(text.range(of: "<p class=\"notice\">This is an example.</p>"))
    #expect(text[notice.upperBound...].contains("<p class=\"notice\">This authority is invented."))
  }

  /// As `places new` makes a model, after the first import.
  @Test func `a paper with some figures of a real place does not call all of them invented`() throws {
    let text = try html(["Datasets/exampleton-births/data.schema.yaml", "synthetic: yes", "synthetic: no"])
    let words =
      "Some of the figures behind this paper are synthetic, so what it finds describes no real place."
    #expect(text.contains(words))
    #expect(!text.contains("This authority is invented."))
  }

  @Test func `the programme's totals stand in the table`() throws {
    let text = try html()
    // The two totals of spending stand before it.
    let row = try #require(text.split(separator: "<tr class=\"total\">").dropFirst(3).first)
    for total in ["£1,300,000", "£1,060,000", "£200,000", "£40,000", "£0"] { #expect(row.contains(total)) }
  }

  @Test func `one scheme or several`() throws {
    #expect(try html().contains("The approved programme is £1.3 million for 2 schemes."))
    let one = try html(
      [programme, "Castle School boiler,condition,100000,60000,0,40000,0\n", ""],
      [programmeSchema, statedTotals, ""])
    #expect(one.contains("The approved programme is £1.2 million for 1 scheme."))
  }

  @Test func `no programme and no spending`() throws {
    let none = try html(
      [model, "  programme: exampleton-programme\n", ""], [model, "  spending: exampleton-spending\n", ""],
      [model, "  slippage: exampleton-slippage\n", ""],
      [model, "  spend_profile: exampleton-spend-profile\n", ""],
      [model, "spending:\n  financial_year: 2017/18\n  months_elapsed: 6\n", ""])
    #expect(none.contains("There is no capital programme to report."))
    #expect(!none.contains("Capital spending in"))
  }

  @Test func `nothing runs late, or one scheme does`() throws {
    let one = try html()
    #expect(one.contains("1 scheme is reported as running late. By"))
    let slippage = "Datasets/exampleton-slippage/data.csv"
    let other = try html([slippage, "Castle School boiler", "A school"])
    #expect(other.contains("running late. Its own budget was not published, so none is shown."))
    let two = try html([slippage, "Castle School boiler", "A school,Fire\nA college"])
    #expect(two.contains("2 schemes are reported as running late. Their own budgets were not published,"))
    let mixed = try html([slippage, "Castle School boiler", "A school,Fire\nCastle School boiler"])
    #expect(mixed.contains("running late. No budget of A school was published, so none is shown."))
    // The approved programme has its budget, whatever the lines of the year are called.
    let approved = try html(["Datasets/exampleton-spending/data.csv", "Castle School boiler", "Boilers"])
    #expect(approved.contains("1 scheme is reported as running late. By"))
    let none = try html([model, "  slippage: exampleton-slippage\n", ""])
    #expect(none.contains("No scheme is reported as running late."))
    // North leaves 150,000 of its year, and its whole cost has not changed; the boiler and the roof spend more than their budgets.
    let slips = "By the table of how the year is expected to end, 1 budget line slips."
    #expect(one.contains("running late. \(slips)") && none.contains("running late. \(slips)"))
    #expect(one.contains("; 1 scheme is reported late and 1 budget line slips."))
    #expect(none.contains("; 1 budget line slips."))
    // Without its totals North's 150,000 may be saved.
    let untold = try html(["Datasets/exampleton-spending/data.csv", "450000,1200000,1200000", "450000,,"])
    let rest = "What is carried forward of North Primary expansion (£150,000 at most) is not known."
    #expect(untold.contains(rest))
    #expect(!untold.contains("budget line slips"))
  }

  @Test func `spending behind, ahead and on its pattern`() throws {
    let spending = "Datasets/exampleton-spending/data.csv"
    #expect(try html().contains("so spending was about £100,000 behind it."))
    let ahead = try html([spending, "600000,150000,", "600000,450000,"])
    #expect(ahead.contains("about £200,000 ahead of it."))
    // £520,000 expected of a budget of £1,040,000, and £550,000 spent.
    let near = try html([spending, "600000,150000,", "640000,300000,"])
    #expect(
      near.contains(
        "about £520,000 would have been spent by then, so spending was about £30,000 ahead of it."))
    #expect(near.contains("At an even pace it would have been about £520,000, £30,000 less than was spent."))
    let level = try html([spending, "600000,150000,", "600000,250000,"])
    #expect(level.contains("That is what the monthly pattern"))
  }

  /// A row of the year-end table as it is shown.
  private func yearEnd(_ line: String, in text: String) throws -> [String] {
    let caption = "How the year is expected to end, and why</span>"
    let table = try #require(text.components(separatedBy: caption).dropFirst().first)
    let row = try #require(table.components(separatedBy: ">\(line)</th>").dropFirst().first)
    return try #require(row.components(separatedBy: "</tr>").first)
      .components(separatedBy: "</td>").dropLast().map { String($0.split(separator: ">").last ?? "") }
  }

  /// The working is in the town's README, section 12.
  @Test func `the year's end, what is carried forward and what misses its date`() throws {
    let text = try html()
    #expect(
      try yearEnd("Castle School boiler", in: text) == [
        "£100,000", "£100,000", "£120,000", "£20,000", "£0", "£0", "£13,333", "£6,667",
      ])
    #expect(
      try yearEnd("Total", in: text) == [
        "£850,000", "£1,000,000", "£920,000", "−£80,000", "−£150,000", "£50,000", "£13,333", "£6,667",
      ])
    #expect(text.contains("so carried forward to 2018/19: £150,000 (Section 106)."))
    let missed = "£150,000 misses the date by which it must be spent, and may have to be paid back"
    #expect(text.ranges(of: missed).count == 2)
    #expect(
      text.contains(
        "North Primary expansion (Section 106): £150,000 to be spent by March 2018, now expected in 2018/19."
      ))
    #expect(
      text.contains(
        "Castle School boiler: £130,000 in all, £30,000 more than approved (more work: £10,000)."))
    #expect(!text.contains("not known: "))
  }

  @Test func `what the year's end does not tell is said`() throws {
    let spending = "Datasets/exampleton-spending/data.csv"
    let text = try html([spending, "350000,400000,400000,,grant,,", ",400000,400000,,grant,2017/18,"])
    #expect(
      try yearEnd("South Primary roof", in: text) == [
        "£250,000", "£300,000", "not published", "not known",  // each once, across its columns
      ])
    #expect(text.contains("Why South Primary roof differs is not known: "))
    #expect(text.contains("What is carried forward of South Primary roof is not known."))
    #expect(
      text.contains(
        "The money of South Primary roof must be spent by the end of 2017/18. How much of it will be is not known"
      ))
    // All of the year's 600,000 is spent: nothing misses its date or is carried forward.
    let level = try html([spending, "600000,150000,450000,", "600000,150000,600000,"])
    #expect(level.contains("No money is carried forward to 2018/19."))
    #expect(level.contains("No money is expected to miss the date by which it must be spent."))
    #expect(!level.contains("misses the date"))
  }

  @Test func `no homes, and no shortage`() throws {
    let noHomes = try html(
      [model, "  housing_sites: exampleton-housing-sites\n", ""],
      [model, "  pupil_yields: exampleton-pupil-yields\n", ""],
      [model, "  section_106: exampleton-section-106\n", ""],
      ["Models/exampleton/assumptions/all.yaml", try housingAssumptions(), ""],
      [
        "Models/exampleton/scenarios/late-homes.yaml", "set: housing.mill_lane.first_completions",
        "set: births.future_factor",
      ],
      ["Models/exampleton/scenarios/late-homes.yaml", "was: 2019", "was: 1"],
      ["Models/exampleton/scenarios/late-homes.yaml", "to: 2020", "to: 1.1"])
    #expect(noHomes.contains("No new housing site is in the model."))
    // Of older year groups it says nothing: they may be.
    #expect(
      noHomes.contains(
        "No planning area is short of a whole form of entry in the first year group (Reception or Year 7) in any year."
      ))
  }

  /// The plan's first year is 2018/19; what came before is spent from then on, by five years after it came.
  @Test func `money in hand shows the year in which it came`() throws {
    func shown(_ changes: [Change]) throws -> [String]? {
      let tables = try papers(changes).flatMap(\.tables).filter { $0.id == "section-106" }
      return tables.first?.rows.first?[1...3].map(\.shown)
    }
    let deeds = "Datasets/exampleton-section-106/data.csv"
    #expect(
      try shown([
        (
          file: deeds, text: "places,mill_lane,20,200000,cash,,2017",
          new: "places,,,200000,cash,2017/18,2017"
        )
      ]) == ["in hand", "2017/18", "2022/23"])
    // 20 homes are finished by September 2016.
    #expect(
      try shown([
        (file: "Models/exampleton/assumptions/all.yaml", text: "value: 2019", new: "value: 2016"),
        (file: "Models/exampleton/scenarios/late-homes.yaml", text: "was: 2019", new: "was: 2016"),
      ]) == ["20 homes", "2016/17", "2021/22"])
  }

  @Test func `an area without places in Year 7 leads the paper`() throws {
    let text = try html(
      ["Datasets/exampleton-places/data.csv", "S1,7,60", "S1,7,0"],
      [
        "Datasets/exampleton-capacity-changes/data.csv", "S1,bulge,7,30,2019/20,,assumed,one extra class\n",
        "",
      ])
    #expect(text.contains("1 planning area of 4 is short of at least one form of entry"))
    #expect(text.contains("years, before any new scheme."))
    #expect(text.contains("The area under greatest pressure: Castle"))
    #expect(text.contains("<li>Before any new scheme, places run short: Castle, up to "))
    #expect(text.contains("<p>Before any new scheme, Year 7 has "))
  }

  /// Two secondary areas have sections of their own; of the primary areas the one with the largest gap stands in brief.
  @Test func `the brief names an area of each phase`() throws {
    let brief = try #require(try SharedRun.county.get().papers[0].sections.first { $0.id == "in-brief" })
    #expect(
      brief.blocks.flatMap(words(of:)).contains(
        "Before any new scheme, 11 of 54 planning areas are at least a class of 30 short in Reception or Year 7 in some year. Areas that "
          + "run short include Gloucester secondary, up to 427 in Year 7 (14.2 FE) in 2024/25; Cheltenham secondary, "
          + "up to 205 in Year 7 (6.8 FE) in 2025/26; and Churchdown / Innsworth, up to 64 in Reception (2.1 FE) in 2027/28. "
          + "A form of entry (FE) is a class of 30 in each year group."
      ))
  }

  @Test func `a scenario says so`() throws {
    let run = try changedRun(scenario: "late-homes")
    let text = try HTMLRenderer(charts: [:]).render(run.papers[0])
    #expect(text.contains("This is the scenario “late-homes”: 1 change to the central assumptions"))
    #expect(text.contains("What this scenario changes"))
  }

  private func housingAssumptions() throws -> String {
    let all = try Repository.text("Models/exampleton/assumptions/all.yaml")
    let start = try #require(all.range(of: "housing.mill_lane.first_completions")).lowerBound
    return String(all[start...])
  }
}

@Suite struct ChartTests {
  @Test func `charts go in with their words`() throws {
    let run = try SharedRun.town.get()
    let charts = Dictionary(uniqueKeysWithValues: run.papers[0].figures.map { ($0.id, "<svg/>") })
    let text = try HTMLRenderer(charts: charts).render(run.papers[0])
    #expect(run.papers[0].figures.count == 4)
    for figure in run.papers[0].figures {
      #expect(figure.alternative.count > 40)
      #expect(text.contains(escaped(figure.alternative)))
      let chart = try JSONSerialization.jsonObject(with: Data(figure.specification.utf8))
      let parts = try #require(chart as? [String: Any])
      #expect(parts["layer"] != nil || parts["mark"] != nil)
    }
  }

  @Test func `a renderer that is not there fails with a reason`() throws {
    let run = try SharedRun.town.get()
    let renderer = ChartRenderer(wheels: URL(fileURLWithPath: "/nowhere"))
    #expect {
      try renderer.render(run.papers[0].figures)
    } throws: { error in
      "\(error)".contains("vl_convert")
    }
  }

  @Test(.enabled(if: findChartRenderer() != nil, "skipped: the chart renderer is not installed"))
  func `charts are drawn`() throws {
    let run = try SharedRun.town.get()
    let charts = try #require(findChartRenderer()).render(run.papers[0].figures)
    #expect(charts.count == 4)
    #expect(charts.values.allSatisfy { $0.hasPrefix("<svg") })
    #expect(try #require(charts["programme-chart"]).contains("North Primary expansion"))
  }
}
