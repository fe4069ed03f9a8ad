import Projection
import Sufficiency
import TestSupport
import Testing

@testable import PlacePlanning

extension PlanningModel {
  /// The same model with other published needs.
  fileprivate func with(_ needs: [PublishedNeed]) -> PlanningModel {
    var model = self
    model.publishedNeeds = needs
    return model
  }
}

/// Reception in the North of Exampleton, by hand.
///
/// Intake 60 / 75 = 0.8. Cohorts: 78 births in 2018/19 (10/12 of 75, 2/12 of 93), then 93. Homes that count: 10, 30, 30 before
/// 2019/20, 2020/21, 2021/22 (20, 40, 40 less 10 a year), each with 0.02 pupils in the first year and 0.05 later. Places: 60,
/// from 2019/20 75. Margin: 5 per cent.
struct OutlookTests {
  let model: PlanningModel
  let pupils: TrajectorySet
  let north: PlanningArea

  init() throws {
    model = try Repository.model("exampleton")
    pupils = try project(model)
    north = try #require(model.areas.first { $0.code.text == "P1" })
  }

  private func published(_ lowest: Double, _ highest: Double) -> PublishedNeed {
    PublishedNeed(
      area: north.code, yearGroup: .reception, lowest: FormsOfEntry(lowest), highest: FormsOfEntry(highest),
      places: 105, plannedPlacesPerYearGroup: 4, plannedFrom: AcademicYear(2021), plannedName: "New school")
  }

  private func expectColumn(
    _ found: [Double], _ wanted: [Double], _ sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(found.count == wanted.count, sourceLocation: sourceLocation)
    for (found, wanted) in zip(found, wanted) {
      expectClose(found, wanted, within: 1e-9, sourceLocation: sourceLocation)
    }
  }

  @Test("pupils, places and what is short, year by year")
  func rows() {
    let rows = outlook(north, pupils, model).rows
    #expect(rows.map(\.year) == model.projectedYears)
    expectColumn(rows.map(\.pupilsWithoutHomes), [62.4, 74.4, 74.4, 74.4, 74.4, 74.4])
    // 10 x 0.02; 30 x 0.02 + 10 x 0.05; 30 x 0.02 + 40 x 0.05; 70 x 0.05.
    expectColumn(rows.map { $0.pupils - $0.pupilsWithoutHomes }, [0, 0.2, 1.1, 2.6, 3.5, 3.5])
    #expect(rows.map(\.places) == [60, 75, 75, 75, 75, 75])
    expectColumn(rows.map(\.need), [5.52, 3.33, 4.275, 5.85, 6.795, 6.795])
    expectColumn(rows.map(\.needWithoutHomes), [5.52, 3.12, 3.12, 3.12, 3.12, 3.12])
    expectColumn(rows.map(\.needAfterPlanned), rows.map(\.need))
    expectColumn(rows.map(\.forms.forms), rows.map { $0.need / 30 })
    expectColumn(rows.map(\.formsWithoutHomes.forms), rows.map { $0.needWithoutHomes / 30 })
  }

  @Test("births are counted only where all of the cohort's were")
  func births() throws {
    let found = outlook(north, pupils, model).rows.map(\.districtBirths)
    #expect(found.count == 6)
    expectClose(found[0], 78, within: 1e-9)
    for index in 1...2 { expectClose(found[index], 93, within: 1e-9) }
    #expect(found[3...].allSatisfy { $0 == nil }, "2021/22 draws on the year to June 2018")
    // Year 7 of 2018/19 reached Reception in 2011/12: births to June 2007 and 2008, of which none are given.
    let castle = try #require(model.areas.first { $0.code.text == "S1" })
    #expect(outlook(castle, pupils, model).rows.first?.districtBirths == nil)
  }

  @Test("the peak is the first of the largest years, with and without homes")
  func peaks() {
    let outlook = outlook(north, pupils, model)
    #expect(outlook.peak?.year == AcademicYear(2022))
    #expect(outlook.peakWithoutHomes?.year == AcademicYear(2018))
    #expect(outlook.published == nil && outlook.reading == nil && outlook.yearsAtLeastLowest.isEmpty)
    #expect(outlook.publishedPlacesInForms == nil)
  }

  @Test("what is planned counts from its year on")
  func planned() {
    let outlook = outlook(north, pupils, model.with([published(0.19, 0.25)]))
    expectColumn(outlook.rows.map(\.needAfterPlanned), [5.52, 3.33, 4.275, 1.85, 2.795, 2.795])
    #expect(outlook.yearsAtLeastLowest.map(\.start) == [2021, 2022, 2023], "5.7 places are 0.19 forms")
    expectClose(outlook.publishedPlacesInForms?.forms, 0.5, within: 1e-12, "105 over seven year groups")
  }

  /// Our peak is 6.795 places, 0.2265 forms.
  @Test("our peak stands below, within or above the published range")
  func reading() {
    #expect(outlook(north, pupils, model.with([published(0.23, 0.3)])).reading == .below)
    #expect(outlook(north, pupils, model.with([published(0.2, 0.3)])).reading == .within)
    #expect(outlook(north, pupils, model.with([published(0.1, 0.22)])).reading == .above)
  }

  @Test("another area's or another year group's range is not ours")
  func otherNeeds() throws {
    let south = try #require(model.areas.first { $0.code.text == "P2" })
    #expect(outlook(south, pupils, model.with([published(1, 2)])).published == nil)
    let later = PublishedNeed(
      area: north.code, yearGroup: .year6, lowest: FormsOfEntry(1), highest: FormsOfEntry(2), places: 1,
      plannedPlacesPerYearGroup: 1, plannedFrom: AcademicYear(2018), plannedName: "")
    #expect(outlook(north, pupils, model.with([later])).published == nil)
  }
}
