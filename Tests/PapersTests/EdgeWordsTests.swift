import PlacePlanning
import Runs
import Testing

@testable import Papers
@testable import Sufficiency

/// Sentences at the edges: many years in a row, one year, one area, none, all.
@Suite struct EdgeWordsTests {
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
        area: area.code, yearGroup: .reception, lowest: FormsOfEntry(1), highest: FormsOfEntry(2), places: 210,
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
}
