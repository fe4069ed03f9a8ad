import PlacePlanning
import Runs
import Testing

@testable import CapitalProgramme
@testable import Papers
@testable import Sufficiency

/// Sentences at the edges: many years in a row, one year, one area, none, all.
@Suite struct EdgeWordsTests {
  @Test func `a change that rounds to nothing is said to be small`() {
    #expect(changeInWords(from: 9_142, to: 9_140) == "falls from 9,142 to 9,140 pupils (less than 0.1%)")
    #expect(changeInWords(from: 2_000, to: 2_002) == "rises from 2,000 to 2,002 pupils (0.1%)")
    #expect(changeInWords(from: 0, to: 1) == "rises from 0 to 1 pupil")
    #expect(changeInWords(from: 0, to: 0) == "stays at no pupils")
  }

  @Test func `years in a row are named by their ends`() throws {
    #expect(yearsInWords([2019]) == "2019/20")
    #expect(yearsInWords([2019, 2020]) == "2019/20 and 2020/21")
    #expect(yearsInWords([2017, 2019, 2020, 2021]) == "2017/18 and 2019/20 to 2021/22")
    let writer = PaperWriter(try SharedRun.town.get().content)
    let held = [98.0, 112, 112, 112, 112].enumerated().map { (year: AcademicYear(2017) + $0, value: $1) }
    #expect(writer.peak(held) == "The middle path is highest in 2018/19 to 2021/22, at 112.")
    let figures = try SharedRun.town.get().papers[0].figures
    let chart = try #require(figures.first { $0.id == "funding-chart" }).alternative
    #expect(chart.contains("; nothing in 2021/22 to 2023/24. Parts of each bar"))
  }

  /// Castle School boiler keeps its start; North Primary cannot be built, though it is approved.
  @Test func `all approved schemes are not said to start where one of them cannot`() throws {
    let town = PaperWriter(try SharedRun.town.get().content)
    #expect(town.wherePossible(try #require(town.chosen)) == "")
    let assumptions = "Models/exampleton/assumptions/programme.yaml"
    let switched = "title: Can be built (1) or not (0), South Primary expansion\n  unit: choice\n  value: "
    let without = PaperWriter(
      try changedRun([
        ("Datasets/exampleton-schemes/data.csv", "yes,,,40,building,0", "no,,,40,building,0"),
        (assumptions, "scheme.south.available:", "scheme.north.available:"),
        (assumptions, switched + "1", switched + "0"),
      ]).content)
    #expect(without.wherePossible(try #require(without.chosen)) == " where possible")
  }

  @Test func `nothing is said of places that a scenario does not plan`() throws {
    let writer = PaperWriter(try SharedRun.town.get().content)
    let area = try #require(writer.model.areas.first)
    func columns(planned: Double) -> [String] {
      let need = PublishedNeed(
        area: area.code, yearGroup: .reception, lowest: FormsOfEntry(1), highest: FormsOfEntry(2),
        places: 210,
        plannedPlacesPerYearGroup: planned, plannedFrom: AcademicYear(2019), plannedName: "A school",
        plannedScheme: nil, yearsLate: 0)
      let outlook = AreaOutlook(
        area: area, yearGroup: .reception,
        rows: [
          AreaOutlook.Row(
            year: AcademicYear(2019), districtBirths: nil, pupils: 110, pupilsWithoutHomes: 110, places: 100,
            need: 10, needWithoutHomes: 10, needAfterPlanned: 10)
        ], basePupils: 0, basePlaces: 0, published: need)
      return writer.outlookTable(outlook).columns.map(\.name)
    }
    #expect(columns(planned: 30).last == "need_after_planned")
    #expect(columns(planned: 0).last == "need_fe")
  }

  @Test func `a published need is quoted as it was published`() throws {
    let writer = PaperWriter(try SharedRun.town.get().content)
    let area = try #require(writer.model.areas.first)
    let need = PublishedNeed(
      area: area.code, yearGroup: .reception, lowest: FormsOfEntry(0.25), highest: FormsOfEntry(2),
      places: 210, lowestBy: AcademicYear(2019), plannedPlacesPerYearGroup: 0,
      plannedFrom: AcademicYear(2019), plannedName: "A school", plannedScheme: nil, yearsLate: 0)
    let row = AreaOutlook.Row(
      year: AcademicYear(2019), districtBirths: nil, pupils: 110, pupilsWithoutHomes: 110, places: 100,
      need: 10, needWithoutHomes: 10, needAfterPlanned: 10)
    let outlook = AreaOutlook(
      area: area, yearGroup: .reception, rows: [row], basePupils: 0, basePlaces: 0, published: need)
    let said = writer.comparison(outlook, row).flatMap(words(of:))
    #expect(said.contains("The published need is 0.25 to 2 FE, and at the most 210 places."))
    #expect(said.contains { $0.hasPrefix("The low end of 0.25 FE was said to be missing by 2019/20.") })
  }

  /// 8.03 forms are shown as 8.0, and 5.96 as 6.0.
  @Test(arguments: [
    (240.9, "within that range, and it is at or above"), (243.0, "above that range, and it is at or above"),
    (178.8, "within that range, and it is at or above the low end of it in 1 year (2019/20)"),
    (177.0, "below that range, and it reaches the low end of it in no year"),
  ])
  func `a figure that is shown as an end of a published range is within it`(
    _ places: Double, _ wanted: String
  ) throws {
    let writer = PaperWriter(try SharedRun.town.get().content)
    let area = try #require(writer.model.areas.first)
    let need = PublishedNeed(
      area: area.code, yearGroup: .reception, lowest: FormsOfEntry(6), highest: FormsOfEntry(8), places: 1200,
      plannedPlacesPerYearGroup: 0, plannedFrom: AcademicYear(2019), plannedName: "A school")
    let row = AreaOutlook.Row(
      year: AcademicYear(2019), districtBirths: nil, pupils: 100 + places, pupilsWithoutHomes: 100 + places,
      places: 100, need: places, needWithoutHomes: places, needAfterPlanned: places)
    let outlook = AreaOutlook(
      area: area, yearGroup: .reception, rows: [row], basePupils: 0, basePlaces: 0, published: need)
    let said = writer.comparison(outlook, row).flatMap(words(of:))
    #expect(said.contains { $0.hasPrefix("Our largest figure is \(wanted)") }, "\(said)")
  }

  @Test func `a school planned for after the last year is not said to leave no place short`() throws {
    let writer = PaperWriter(try SharedRun.town.get().content)
    let area = try #require(writer.model.areas.first)
    func said(from year: Int) throws -> [String] {
      let need = PublishedNeed(
        area: area.code, yearGroup: .reception, lowest: FormsOfEntry(1), highest: FormsOfEntry(2),
        places: 210,
        plannedPlacesPerYearGroup: 30, plannedFrom: AcademicYear(year), plannedName: "A school",
        plannedScheme: nil, yearsLate: 0)
      let row = AreaOutlook.Row(
        year: AcademicYear(2019), districtBirths: nil, pupils: 110, pupilsWithoutHomes: 110, places: 100,
        need: 10, needWithoutHomes: 10, needAfterPlanned: year > 2019 ? 10 : 0)
      let outlook = AreaOutlook(
        area: area, yearGroup: .reception, rows: [row], basePupils: 0, basePlaces: 0, published: need)
      return writer.comparison(outlook, row).flatMap(words(of:))
    }
    #expect(
      try said(from: 2019).contains {
        $0.hasSuffix(" it would leave no place short in any year from then on.")
      })
    #expect(
      try said(from: 2020).contains { $0.hasSuffix(" No year from September 2020 on is projected here.") })
  }

  /// All 100 homes of Mill Lane are finished by 2021/22. The island's Year 7 comes from its own primary schools.
  @Test func `all is said where it is all`() throws {
    let town = try SharedRun.town.get().papers
    for paper in town {
      #expect(
        prose(of: paper).contains { $0.contains("; all of these are expected to be finished by 2023/24.") })
    }
    let few = try papers([
      (
        "Models/exampleton/assumptions/all.yaml", "unit: dwellings/year\n  value: 40",
        "unit: dwellings/year\n  value: 10"
      )
    ])
    #expect(
      prose(of: few[0]).contains { $0.contains("; 45 of these are expected to be finished by 2023/24.") })
    let island = try SharedRun.island.get().papers[1]
    #expect(
      prose(of: island).contains {
        $0.hasPrefix(
          "3 pupils are expected in Year 7 in September 2018. All come from primary schools in the same district."
        )
      })
  }

  /// The births of the Reception of 2020/21 are the last to be counted.
  @Test func `nothing is said of years after the last`() throws {
    func writer(to year: Int) throws -> PaperWriter {
      let run = try changedRun(
        [("Models/loneham/model.yaml", "horizon_years: 6", "horizon_years: \(year - 2017)")], of: "loneham")
      return PaperWriter(run.content)
    }
    func said(_ section: Section, _ text: String) -> Bool {
      let read: [String] = section.blocks.flatMap(words(of:))
      return read.contains { $0.contains(text) }
    }
    let (whole, most, more) = (try writer(to: 2020), try writer(to: 2021), try writer(to: 2022))
    #expect(!said(whole.pupilPlaces, "For later years") && !said(whole.birthsSection, "For later years"))
    #expect(said(most.pupilPlaces, "For later years") && said(most.birthsSection, "For later years"))
    #expect(said(most.uncertainty, "Births: some children reaching Reception in 2021/22 had not been born"))
    #expect(
      said(more.uncertainty, "Births: some children reaching Reception in 2021/22 and all in later years had")
    )
  }

  @Test func `one projected year is named once`() throws {
    let run = try changedRun(
      [("Models/loneham/model.yaml", "horizon_years: 6", "horizon_years: 1")], of: "loneham")
    let said = run.papers.flatMap(words(of:)) + run.papers.flatMap { $0.figures.map(\.alternative) }
    let twice = said.filter { text in
      text.matches(of: /([0-9]{4}\/[0-9]{2}) to ([0-9]{4}\/[0-9]{2})/).contains { $0.1 == $0.2 }
    }
    #expect(twice == [])
    #expect(said.contains { $0.hasPrefix("Small line chart of Island, in 2018/19. ") })
    let writer = PaperWriter(try SharedRun.town.get().content)
    let area = try #require(writer.model.areas.first)
    let row = AreaOutlook.Row(
      year: AcademicYear(2018), districtBirths: nil, pupils: 110, pupilsWithoutHomes: 110, places: 100,
      need: 10, needWithoutHomes: 10, needAfterPlanned: 10)
    let outlook = AreaOutlook(
      area: area, yearGroup: .reception, rows: [row], basePupils: 0, basePlaces: 0, published: nil)
    let chart = writer.pressureFigure(outlook, row).alternative
    #expect(chart.hasPrefix("Line chart. In 2018/19 Reception in \(area.name) is 110. Places are 100; "))
    #expect(fromTo(AcademicYear(2018), AcademicYear(2018)) == "in 2018/19")
    #expect(fromTo(AcademicYear(2018), AcademicYear(2019)) == "from 2018/19 to 2019/20")
  }

  /// Without a margin, and with 50 places for the 60 children of North's Reception.
  @Test func `none is said where it is none`() throws {
    let said = prose(
      of: try papers([
        ("Models/exampleton/assumptions/all.yaml", "value: 0.05", "value: 0"),
        ("Datasets/exampleton-places/data.csv", "P1,R,60", "P1,R,50"),
      ])[0])
    #expect(
      said.contains(
        "For comparison: the same count for 2017/18 itself finds 10 places short, though every child is at a school. "
          + "None of them is in year groups above Reception and Year 7."))
    let spare = try changedRun([("Datasets/loneham-places/data.csv", "P1,R,4", "P1,R,60")], of: "loneham")
    #expect(
      prose(of: spare.papers[0]).contains { $0.hasSuffix("in any year. Both areas have been compared.") })
  }

  /// A programme that may not be the best with these starts says how many places are missing at most, and of single areas nothing.
  @Test func `what is not proven is not told area by area`() throws {
    let county = PaperWriter(try SharedRun.county.get().content)
    let (chosen, kept) = (try #require(county.chosen), try #require(county.findings?.approvedStarts))
    let other = try #require(kept.programme)
    let unproven = ApprovedStarts(
      schemes: kept.schemes, programme: other,
      comparison: .found(Alternative(other, .bounded, bound: nil, beside: chosen)), missing: [])
    #expect(county.areasMoved(kept, other, chosen).map(\.area.name) == ["Cheltenham secondary"])
    #expect(county.areasMoved(unproven, other, chosen).isEmpty)
  }
}
