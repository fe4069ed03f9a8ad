import PlacePlanning
import Runs
import Sufficiency
import TestSupport
import Testing

@testable import Papers

/// The demographic paper of the town, whose figures are worked in Models/exampleton/README.md, and of the county.
@Suite struct DemographicPaperTests {
  private func paper(_ run: PlanningRun) throws -> Paper {
    try #require(run.papers.first { $0.name == "demographic-paper" })
  }

  @Test func `births by district and in all`() throws {
    let births = try paper(SharedRun.town.get()).table("births-table")
    #expect(births.columns.map(\.heading) == ["Year to June", "Northgate", "Southgate", "All districts"])
    #expect(births.rows.last?.map(\.shown) == ["2017", "93", "50", "143"])
  }

  @Test func `births that rose, fell or stayed`() throws {
    let births = "Datasets/exampleton-births/data.csv"
    func brief(_ changes: [Change]) throws -> String {
      words(of: try #require(try papers(changes).last)).joined(separator: "\n")
    }
    // 143 births in each of the last three years: the latest is as high as any.
    #expect(
      try brief([]).contains(
        "Births in the year to June 2017 were as many as in any of the last 7 years, or more: 143."))
    #expect(
      try brief([(births, "Southgate,2017,50", "Southgate,2017,40")]).contains(
        "In the last 7 years births were highest in the year to June 2016, at 143, and were 133 in the year to June 2017, 7.0% fewer."
      ))
    #expect(try brief([]).contains("were up in Northgate; unchanged in Southgate."))
    #expect(
      try brief([(births, "Southgate,2017,50", "Southgate,2017,40")])
        .contains("were up in Northgate; down in Southgate."))
  }

  /// Section 8 of the working: P2 lacks 9.9 Reception places in 2020/21 and has 7 spare in 2018/19; S1 is full in 2018/19.
  @Test func `short, spare and full in words and shades`() throws {
    let paper = try paper(SharedRun.town.get())
    let primary = try paper.table("heat-primary")
    let south = try #require(primary.rows.first { $0[0].shown == "South" })
    #expect(south[1].shown == "spare 0.2" && south[1].shade == .none)
    #expect(south[3].shown == "short 0.3" && south[3].shade == .slight)
    expectClose(Double(south[3].stored) ?? .nan, 0.33)
    let castle = try #require(try paper.table("heat-secondary").rows.first { $0[0].shown == "Castle" })
    #expect(castle[1].shown == "full")
    // 90 places for 60.2 pupils.
    #expect(castle[2].shown == "spare 1.0" && castle[2].shade == .none)
  }

  @Test func `the middle path is highest in every year that shows the same`() throws {
    let writer = PaperWriter(try SharedRun.town.get().content)
    func peak(_ values: Double...) -> String {
      writer.peak(values.enumerated().map { (year: AcademicYear(2018) + $0, value: $1) })
    }
    #expect(peak(5.1, 4.9) == "The middle path stays at 5.")
    #expect(peak(5, 6) == "The middle path is highest in the last year, 2019/20, at 6.")
    #expect(peak(5, 7, 6) == "The middle path is highest in 2019/20, at 7, and is 6 in 2020/21.")
    #expect(peak(5, 7.2, 6.9) == "The middle path is highest in 2019/20 and 2020/21, at 7.")
    #expect(
      peak(7, 5, 7, 6) == "The middle path is highest in 2018/19 and 2020/21, at 7, and is 6 in 2021/22.")
    #expect(peak() == "")
  }

  @Test func `moves add up in every row`() throws {
    let arrivals = try paper(SharedRun.town.get()).table("arrivals")
    #expect(
      arrivals.rows.map { $0.map(\.shown) } == [
        ["Castle", "48", "8", "4", "60"], ["Riverside", "28", "6", "6", "40"],
      ])
    for table in [
      try paper(SharedRun.county.get()).table("arrivals"),
      try paper(SharedRun.county.get()).table("departures"),
    ] {
      for row in table.rows {
        let shown = row.dropFirst().map {
          Int($0.shown.replacing(",", with: "").replacing("−", with: "-")) ?? .min
        }
        #expect(shown.dropLast().reduce(0, +) == shown.last)
      }
    }
  }

  /// North sends 54 and South 12 of their Year 6 to Castle, whose Year 7 has 60; 6 come to Riverside from outside beside 6 and 28. Of
  /// these 106, 82 come from the same district.
  @Test func `flows that bring too many are no arrivals from outside below nought`() throws {
    let flows = "Datasets/exampleton-transfer/data.csv"
    let paper = try #require(
      try papers([(flows, "P1,S1,0.8", "P1,S1,0.9"), (flows, "P2,S1,0.2", "P2,S1,0.3")])
        .first { $0.name == "demographic-paper" })
    #expect(
      try paper.table("arrivals").rows.map { $0.map(\.shown) } == [
        ["Castle", "54", "12", "−6", "60"], ["Riverside", "28", "6", "6", "40"],
      ])
    let text = words(of: paper).joined(separator: "\n")
    #expect(
      text.contains(
        "About 77% come from primary schools in the same district. 6% come from outside the authority's state schools. The flows "
          + "from primary schools bring more pupils to Castle (6 more) than its Year 7 has by the counts of three years."
      ))
    let town = try words(of: self.paper(SharedRun.town.get())).joined(separator: "\n")
    #expect(town.contains("10% come from outside the authority's state schools."))
    #expect(!town.contains("bring more pupils"))
  }

  @Test func `without uncertainty no range is shown, with it every year has one`() throws {
    let town = try paper(SharedRun.town.get())
    #expect(words(of: town).contains { $0.contains("no ranges can be shown") })
    #expect(try town.table("intake-table-7").columns.count == 2)
    let county = try paper(SharedRun.county.get()).table("intake-table-7")
    #expect(county.columns.map(\.name) == ["academic_year", "pupils", "p10", "p90", "p2_5", "p97_5"])
    #expect(county.rows.count == 17)
    for row in county.rows.suffix(10) {
      let figures = row.dropFirst().compactMap { Double($0.stored) }
      #expect(figures[3] < figures[1] && figures[1] < figures[2] && figures[2] < figures[4])
    }
  }

  @Test func `a section for each area that runs short`() throws {
    let run = try SharedRun.county.get()
    let pages = try paper(run).sections.filter { $0.id.hasPrefix("area-") }
    let short = run.balance.pressures().filter { $0.firstYearShort() != nil }
    #expect(pages.count == short.count && pages.count > 5)
    #expect(pages.map(\.heading) == short.map { "Under pressure: \($0.area.name)" })
    let text = pages.flatMap { $0.blocks.flatMap(words) }.joined(separator: "\n")
    #expect(text.contains("that more than 30 children have no Year 7 place in"))
    #expect(try paper(SharedRun.town.get()).sections.allSatisfy { !$0.id.hasPrefix("area-") })
  }

  /// Ten years and twelve columns; the same table twice would be read twice. Of eleven areas the first five have charts.
  @Test func `the figures of an area stand once, behind its chart or folded away`() throws {
    let county = try paper(SharedRun.county.get())
    let charts = Dictionary(uniqueKeysWithValues: county.figures.map { ($0.id, "<svg/>") })
    let page = try PrintPage(charts: charts).render(county)
    let sections = county.sections.filter { $0.id.hasPrefix("area-") }
    for section in sections {
      let tables = section.blocks.compactMap { block -> Table? in
        switch block {
        case .figure(let figure): figure.table
        case .annex(let table), .table(let table): table
        case .heading, .paragraph, .bullets, .definitions: nil
        }
      }
      let code = section.id.dropFirst("area-".count)
      #expect(tables.map(\.id) == ["area-table-\(code)"] && tables.first?.columns.count == 12)
      #expect(!page.contains("id=\"area-table-\(code)-place\""))
    }
    let drawn = county.figures.map(\.id).filter { $0.hasPrefix("area-chart-") }
    #expect(drawn == sections.prefix(5).map { "area-chart-\($0.id.dropFirst("area-".count))" })
  }

  /// Who does not see the chart reads its ranges there.
  @Test func `what the chart of an area shades stands in its table`() throws {
    let county = try paper(SharedRun.county.get())
    let figure = try #require(county.figures.first { $0.id == "area-chart-9162600" })
    let ends = try ["p10", "p90", "p2_5", "p97_5"].map { name in
      let column = try #require(figure.table.columns.firstIndex { $0.name == name })
      return try #require(figure.table.rows.last?[column].shown)
    }
    #expect(
      figure.alternative.hasSuffix(
        "8 in 10 futures lie between \(ends[0]) and \(ends[1]), 19 in 20 between \(ends[2]) and \(ends[3])."))
  }

  @Test func `the table behind small charts has their last range and places`() throws {
    let table = try paper(SharedRun.county.get()).table("areas-chart-table-secondary")
    #expect(
      table.columns.suffix(3).map(\.heading) == [
        "8 in 10 futures: from, in 2027/28", "8 in 10 futures: to, in 2027/28", "Places in 2027/28",
      ])
    let row = try #require(table.rows.first { $0[0].shown == "Gloucester secondary" })
    #expect(row.suffix(4).map(\.shown) == ["2,594", "2,401", "2,771", "2,186"])
    #expect(table.rows.allSatisfy { $0.count == table.columns.count })
  }

  /// 30 places are missing in Hatherley in 2018/19 and never more than there.
  @Test func `a year that is worst and first is named once`() throws {
    let said = words(of: try paper(SharedRun.county.get()))
    #expect(
      said.contains {
        $0.contains(
          "The gap is widest in September 2018, the first in which a whole class of 30 is missing: 442 children for 403 places"
        )
      })
    #expect(
      said.contains {
        $0.contains(
          "A whole class of 30 is missing first in September 2019. The gap is widest in September 2024: 2,614 children for"
        )
      })
  }

  @Test func `large sites are counted with their homes`() throws {
    let text = try words(of: paper(SharedRun.town.get())).joined(separator: "\n")
    #expect(text.contains("1 large site with 100 homes is in the model"))
  }

  /// 1,342 to Year 6 and 249 in Years 7 to 11; the others are in sixth forms.
  @Test func `pupils in new homes are told with sixth forms and without`() throws {
    let county = try paper(SharedRun.county.get())
    #expect(
      prose(of: county).contains { $0.hasPrefix("New homes account for about 1,649 pupils of all year") })
    let homes = try county.table("homes-table")
    #expect(homes.rows.last?.map(\.shown) == ["2027/28", "47,175", "1,342", "37,312", "249"])
    #expect(homes.footnote.note?.contains("Sixth forms are not in this table.") == true)
    #expect(try county.table("county").rows.last?[6].shown == "1,649")
  }

  /// 20 homes by September 2016 and 40 more by 2017.
  @Test func `homes that are in the rolls are said to be`() throws {
    let changed = try papers([
      (file: "Models/exampleton/assumptions/all.yaml", text: "value: 2019", new: "value: 2016"),
      (file: "Models/exampleton/scenarios/late-homes.yaml", text: "was: 2019", new: "was: 2016"),
    ])
    let said =
      "Of all these homes 60 were finished by September 2017: their children are in the rolls already."
    #expect(prose(of: changed[1]).contains { $0.contains(said) })
    #expect(try !prose(of: paper(SharedRun.town.get())).contains { $0.contains("Of all these homes") })
  }

  /// 48 are the most of a year; all 100 are there before September 2022.
  @Test func `homes planned by year are said to be`() throws {
    let copy = try ModelCopy()
    try copy.giveHomesByYear([
      "mill_lane,2019/20,12,given,", "mill_lane,2020/21,48,given,", "mill_lane,2021/22,40,given,",
    ])
    try copy.removeAssumption("housing.mill_lane.homes_per_year")
    let planned = try paper(try withExtendedLifetime(copy) { try PlanningRun(copy.request()) })
    let sites = try planned.table("sites")
    #expect(sites.rows.first?[2...4].map(\.shown) == ["September 2019", "48", "100"])
    #expect(sites.footnote.sources.contains("Homes by year, Exampleton (synthetic)"))
    #expect(sites.footnote.note?.contains("Homes are planned by year from April to March") == true)
    #expect(
      try planned.table("homes-table").footnote.note?.contains(
        "New homes rest on homes planned by year and assumed pupil yields.") == true)
    let text = words(of: planned).joined(separator: "\n")
    let basis = "when they are built is planned, and the number of children in each new home is assumed"
    #expect(text.contains("Homes: \(basis). The figures with and without new homes"))
    #expect(text.contains("Homes can come later than planned, hardly sooner"))
    #expect(text.contains(" Without new homes, which are planned, it would "))

    // One year that is assumed makes the site's homes assumed.
    try copy.replace(
      "Datasets/exampleton-housing-completions/data.csv", "mill_lane,2021/22,40,given,",
      with: "mill_lane,2021/22,40,assumed,")
    let assumed = try paper(try withExtendedLifetime(copy) { try PlanningRun(copy.request()) })
    #expect(
      try assumed.table("sites").footnote.note?.contains(
        "When homes are finished, and which areas serve them, is assumed. Where they are given by year, homes a year are those of the "
          + "year with most.") == true)
    #expect(
      words(of: assumed).joined(separator: "\n").contains(" Without new homes, which are assumed, it would "))
    let rated = try paper(SharedRun.town.get()).table("sites")
    #expect(
      rated.footnote.note?.contains("When homes are finished, and which areas serve them, is assumed.")
        == true)
  }

  /// A trajectory of noughts: no September has first homes before it.
  @Test func `a site without homes has no first ones`() throws {
    let copy = try ModelCopy()
    try copy.giveHomesByYear(["mill_lane,2019/20,0,given,", "mill_lane,2020/21,0,given,"])
    try copy.removeAssumption("housing.mill_lane.homes_per_year")
    try copy.removeAssumption("housing.mill_lane.first_completions")
    try copy.remove("Models/exampleton/scenarios/late-homes.yaml")
    try copy.remove("Models/exampleton/scenarios/late-and-few.yaml")
    let none = try paper(try withExtendedLifetime(copy) { try PlanningRun(copy.request()) })
    #expect(try none.table("sites").rows.first?[2...4].map(\.shown) == ["none", "0", "0"])
  }

  /// Two origins of the town's four equal years could be judged by one count each; the county has seven years.
  @Test func `past forecasts are judged on what was known`() throws {
    let past = try paper(SharedRun.county.get()).table("past-table")
    #expect(past.rows.map { $0[1].shown } == ["1", "2", "3", "1", "2", "3"])
    // The county's rolls begin in 2011/12: the forecast of 2013/14 has the rates of two years.
    let text = try words(of: paper(SharedRun.county.get())).joined(separator: "\n")
    #expect(text.contains("Where counts did not go back so far"))
    // 2013/14 to 2016/17 one year ahead, one fewer for each further year.
    #expect(past.rows.map { $0[2].shown } == ["4", "3", "2", "4", "3", "2"])
  }

  @Test func `every table and figure has an id of its own`() throws {
    for run in [try SharedRun.town.get(), try SharedRun.county.get()] {
      for paper in run.papers {
        let ids =
          paper.tables.map(\.id) + paper.figures.map(\.id) + paper.sections.map(\.id)
        #expect(Set(ids).count == ids.count)
      }
      // Charts of both papers are drawn together.
      let figures = run.papers.flatMap(\.figures).map(\.id)
      #expect(Set(figures).count == figures.count)
    }
  }
}
