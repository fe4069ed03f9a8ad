import CapitalProgramme
import PlacePlanning
import Sufficiency
import TestSupport
import Testing

/// Figures that Gloucestershire's Schools Forum had before it on 15 March 2018.
///
/// Source: Gloucestershire County Council, Education Capital, paper to the Schools Forum, 15 March 2018.
struct PublishedPaperTests {
  let projected: Projected
  let programme: ApprovedProgramme

  init() throws {
    projected = try Projected.gloucestershire.get()
    programme = reconcile(projected.model.schemes, for: projected.balance)
  }

  @Test("the programme's totals, to the pound")
  func totals() {
    #expect(programme.budget == 51_195_000)
    #expect(programme.total == 51_195_000)
    #expect(programme.total(.grant) == 33_320_000)
    #expect(programme.total(.section106) == 2_445_000)
    #expect(programme.total(.schoolContribution) == 430_000)
    #expect(programme.total(.internalBorrowing) == 15_000_000)
  }

  static let budgets: [(String, Int)] = [
    ("Capital Maintenance Programme", 1_680_000), ("Health & Safety/accessibility etc.", 800_000),
    ("Suitability bid programme", 1_650_000), ("Basic Need provision", 6_500_000),
    ("Ashchurch Primary replace temporary classrooms", 600_000),
    ("Tredington Primary additional classroom", 265_000),
    ("New Secondary School, Cheltenham", 30_000_000),
    ("Cheltenham area additional primary places", 4_000_000), ("Fairford Primary expansion", 2_800_000),
    ("Hunts Grove Primary temporary accom", 400_000),
    ("High Needs Programme Specialist Provision", 1_000_000),
    ("Innsworth Infant new reception classroom", 300_000),
    ("The John Moore Primary expansion", 1_200_000),
  ]

  @Test("each scheme's budget, which its sources pay exactly")
  func schemes() {
    #expect(programme.lines.map(\.scheme.name) == Self.budgets.map(\.0))
    #expect(programme.lines.map(\.scheme.budget.pounds) == Self.budgets.map(\.1))
    #expect(programme.lines.map(\.total) == Self.budgets.map(\.1))
    #expect(programme.lines.allSatisfy { $0.scheme.budget.priceBase == .cash })
    let school = programme.lines.first { $0.scheme.name == "New Secondary School, Cheltenham" }
    #expect(school?.pounds(.grant) == 15_000_000)
    #expect(school?.pounds(.internalBorrowing) == 15_000_000)
  }

  @Test("20.637m of 29.475m spent at the end of January, 8.838m not; four schemes slip, with reasons")
  func spending() throws {
    let result = monitor(try #require(projected.model.spending))
    #expect(result.financialYear == "2017/18")
    #expect(result.lastMonth == "January")
    #expect(result.total.revised == 29_475_000)
    #expect(result.total.spent == 20_637_000)
    #expect(result.total.unspent == 8_838_000)
    #expect(
      result.slipping.map { "\($0.name): \($0.reason)" } == [
        "IRIS: No property secured", "Paternoster School: Utilities and archaeology",
        "Cleeve School: Planning permission", "Beaufort Academy: Planning permission",
      ])
  }
}

/// Cheltenham's secondary schools: what was published, and what the model gives from its inputs alone.
///
/// Sources: Gloucestershire County Council, Strategic review of secondary education planning for Cheltenham, January and
/// November 2017; the forecast is checked against `numpy_reference.json`.
struct CheltenhamTests {
  let projected: Projected
  let cheltenham: PlanningArea

  init() throws {
    projected = try Projected.gloucestershire.get()
    cheltenham = try #require(projected.model.areas.first { $0.code.text == "9162500" })
  }

  @Test("929 Year 7 places; 60 more from September 2018, which fill upward a year at a time")
  func places() {
    for start in 2017...2027 {
      for (step, yearGroup) in cheltenham.phase.plannedYearGroups.enumerated() {
        let wanted: Double = start - 2018 >= step ? 989 : 929
        #expect(
          projected.model.capacity.places(cheltenham.code, yearGroup, AcademicYear(start)) == wanted,
          "\(yearGroup) in \(AcademicYear(start))")
      }
    }
  }

  @Test("the council saw a need of 6 to 8 forms of entry; 1,200 places are 8 over five year groups")
  func published() throws {
    let outlook = outlook(cheltenham, projected.pupils, projected.model)
    let published = try #require(outlook.published)
    #expect(published.lowest == FormsOfEntry(6))
    #expect(published.highest == FormsOfEntry(8))
    #expect(published.places == 1200)
    #expect(outlook.publishedPlacesInForms == FormsOfEntry(8))
    #expect(published.plannedPlacesPerYearGroup == 180)
  }

  /// Places short in Year 7 in forms of entry, 2018/19 to 2027/28, as NumPy computed them in November 2026.
  static let forms = [1.89, 3.88, 3.38, 5.31, 5.01, 6.55, 5.12, 6.84, 5.04, 4.46]

  @Test("Year 7 shortfall by year, from inputs alone: never past 10 forms of entry")
  func shortfall() throws {
    let reference = try NumPyReference.read.get().gloucestershire.need
    let years = projected.model.projectedYears
    #expect(years.count == Self.forms.count)
    for (index, year) in years.enumerated() {
      let cell = try #require(projected.balance[cheltenham.code, .year7, year])
      let forms = cell.needInForms.forms
      expectClose(forms * 30, reference["9162500"]?[0][index] ?? .nan, within: 1e-6, year.label)
      expectClose(forms, Self.forms[index], within: 0.005_001, year.label)
      #expect((0...10).contains(forms), "\(forms) in \(year)")
    }
  }

  @Test("the largest Year 7 shortfall falls inside the range that the council published")
  func reading() {
    let outlook = outlook(cheltenham, projected.pupils, projected.model)
    #expect(outlook.peak?.year == AcademicYear(2025))
    #expect(outlook.reading == .within)
    #expect(outlook.yearsAtLeastLowest == [AcademicYear(2023), AcademicYear(2025)])
  }
}
