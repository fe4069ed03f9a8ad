import Diagnostics
import Foundation
import PlacePlanning
import TestSupport
import Testing

@testable import ModelFiles

/// A file of `Tests/Fixtures/import` and what it must give, worked by hand from its cells.
struct ImportFixture: Sendable, CustomTestStringConvertible {
  let file: String
  let kind: ImportKind
  let layout: String
  let kept: Int
  var setAside: [String: Int] = [:]
  var refused: [DiagnosticCode: Int] = [:]
  let data: String
  var others: [String: Int]?
  var change: @Sendable (inout ImportRequest) -> Void = { _ in }

  var testDescription: String { file }

  func imported() throws -> ImportedDataset {
    try importFixture(file, kind, change)
  }
}

func importFixture(
  _ file: String, _ kind: ImportKind, _ change: (inout ImportRequest) -> Void = { _ in }
) throws -> ImportedDataset {
  let day = try #require(CalendarDate(label: "2026-11-23"))
  var request = ImportRequest(kind, files: [Repository.file("Tests/Fixtures/import/\(file)")], retrieved: day)
  change(&request)
  return try importDataset(request)
}

@Suite struct ImportFixtureTests {
  @Test(arguments: ImportFixture.all)
  func `a file gives what was worked by hand`(_ fixture: ImportFixture) throws {
    let dataset = try fixture.imported()
    let account = try #require(dataset.accounts.first)
    #expect(account.layout == fixture.layout)
    #expect(account.kept == fixture.kept)
    #expect(account.setAside == fixture.setAside)
    #expect(account.refusedByCode == fixture.refused)
    #expect(account.closes)
    if let others = fixture.others { #expect(account.otherLines == others) }
    #expect(
      try dataset.lines().joined(separator: "\n")
        == fixture.data.replacing("EX", with: "Exampleton (synthetic)"))
  }

  @Test(arguments: ImportFixture.all)
  func `what is written is a sound data set, and every refusal is in refused csv`(_ fixture: ImportFixture)
    throws
  {
    let dataset = try fixture.imported()
    #expect(try dataset.readBack().rows.count == dataset.rows)
    #expect(try csvRecords(dataset.text("refused.csv")).count == dataset.refusals.diagnostics.count + 1)
    #expect(try dataset.text("README.md").contains(try #require(dataset.accounts.first).file.sha256))
  }

  @Test(arguments: ImportFixture.all)
  func `importing twice gives the same bytes`(_ fixture: ImportFixture) throws {
    #expect(try fixture.imported().files.map(\.data) == fixture.imported().files.map(\.data))
  }

  @Test func `every layout has a fixture, and every fixture a test`() throws {
    let layouts =
      CensusLayouts.all + BirthLayouts.all + CapacityLayouts.all + ScorecardLayouts.all + [
        giasLayout, trajectoryLayout,
      ]
    #expect(Set(ImportFixture.all.map(\.layout)) == Set(layouts.map(\.name)))
    let files = try FileManager.default.contentsOfDirectory(
      atPath: Repository.file("Tests/Fixtures/import").path
    ).filter { $0 != "README.md" }
    let refused: Set = ["births-mid-bad.csv", "births-bare.csv", "housing-two.xlsx"]
    #expect(Set(files) == Set(ImportFixture.all.map(\.file)).union(refused))
  }

  @Test(arguments: [
    ("births-mid-bad.csv", ImportKind.births, "E413"), ("births-bare.csv", .births, "E414"),
    ("births-gla.csv", .births, "E413"), ("scorecard-cost-2019.csv", .scorecards, "E414"),
    ("census-sex-columns.csv", .census, "E414"), ("housing-two.xlsx", .housing, "E417"),
    ("births-mid.csv", .census, "E411"), ("census-plain.csv", .births, "E411"),
    ("housing.xlsx", .scap, "E410"),
  ])
  func `what a file does not say is not guessed`(_ file: String, _ kind: ImportKind, _ code: String) throws {
    let list = try faults { _ = try importFixture(file, kind) }
    #expect(list.diagnostics.map(\.code.rawValue) == [code])
  }

  @Test func `bare years are what the reader says they are`() throws {
    let calendar = try importFixture("births-bare.csv", .births) { $0.birthYear = .calendar }
    #expect(calendar.columns == ["area_code", "area_name", "calendar_year", "births"])
    let midYear = try importFixture("births-bare.csv", .births) { $0.birthYear = .midYear }
    #expect(midYear.columns == ["area_code", "area_name", "year_to_30_june", "births"])
    let list = try faults {
      _ = try importFixture("births-components.csv", .births) { $0.birthYear = .calendar }
    }
    #expect(list.diagnostics.map(\.code) == [.kindsMixed])
  }

  @Test func `a year that ends on the first of January is the calendar year before`() throws {
    let calendar = try importFixture("births-gla.csv", .births) { $0.birthYear = .calendar }
    #expect(
      try calendar.text("data.csv")
        == "area_code,area_name,calendar_year,births\nE06999999,Exampleton (synthetic),2013,77\n")
  }

  @Test func `a sheet is chosen by name`() throws {
    let dataset = try importFixture("housing-two.xlsx", .housing) { $0.sheet = "2019" }
    #expect(dataset.accounts[0].file.file == "housing-two.xlsx[2019]")
    let list = try faults { _ = try importFixture("housing-two.xlsx", .housing) { $0.sheet = "2091" } }
    #expect(list.diagnostics.first?.fix == "did you mean '2019'?")
  }

  /// It may be of the area that is asked for.
  @Test func `a roll without its area is no other area's`() throws {
    let rows = "000,X,2017/18,R,60\n,X,2017/18,1,61\n001,Y,2017/18,R,62\n"
    let account = try importText(
      .census, "area_code,area_name,academic_year,year_group,number_on_roll\n" + rows
    ) { $0.authority = "000" }.accounts[0]
    #expect(account.kept == 1 && account.setAside == ["another area": 1])
    #expect(account.refusedByCode == [.blankCell: 1] && account.closes)
  }

  /// Each with one heading of a year that cannot be read, and what is found at it.
  @Test(arguments: [
    ("Site,2018/19,2019/20 (proj),2020/21\nMill Lane,10,20,30\n", "E412 1:14"),
    ("Site,2018/19,2019-20 est,2020/21\nMill Lane,10,20,30\n", "E412 1:14"),
    ("Site,2018/19,2019/21,2020/21\nMill Lane,10,20,30\n", "E412 1:14"),
    ("Site,2018/19,2019,2020/21\nMill Lane,10,20,30\n", "E412 1:14"),
    ("Site,2018/19,,2020/21\nMill Lane,10,20,30\n", "E412 2:14"),
    ("Site,2018/19,2019/20,\nMill Lane,10,20,30\nHill,10,20,30\n", "E412 2:17"),
    ("Site,2018/19,2020/21\nMill Lane,10,30\n", "E416 -"),
  ])
  func `no year of a trajectory is left out in silence`(_ text: String, _ wanted: String) throws {
    #expect(codes(try faults { _ = try importText(.housing, text) }) == [wanted])
  }

  @Test func `other columns of a trajectory, and births of a provisional year`() throws {
    let text = "No,Site,Ward,Area (ha),2018/19,2019/20,\n1,Mill Lane,North,2.5,10,20,agreed\n"
    #expect(try importText(.housing, text).rows == 2)
    let births = "ladcode23,laname23,births_2012,births_2013p,deaths_2012\nE06999999,Exampleton,75,77,300\n"
    #expect(codes(try faults { _ = try importText(.births, births) }) == ["E412 1:32"])
  }

  /// Two names of one code, of which one may be the other's longer form.
  @Test(arguments: [
    ("Southgate", ["area 'E06999999' is 'Northgate' in some rows and 'Southgate' in others"]),
    ("Northgate, City of", []), ("NORTHGATE", []),
  ])
  func `a code with two names is named`(_ name: String, _ wanted: [String]) throws {
    let births =
      "area_code,area_name,year_to_30_june,births\nE06999999,Northgate,2013,77\nE06999999,\"\(name)\",2014,78\n"
    let rolls =
      "area_code,area_name,academic_year,year_group,number_on_roll\nE06999999,Northgate,2016/17,R,60\n"
      + "E06999999,\"\(name)\",2017/18,R,61\n"
    for (text, kind) in [(births, ImportKind.births), (rolls, .census)] {
      let dataset = try importText(kind, text)
      #expect(dataset.warnings.diagnostics.map(\.code) == wanted.map { _ in DiagnosticCode.areaNamesDiffer })
      #expect(dataset.warnings.diagnostics.map(\.what) == wanted && dataset.rows == 2)
    }
  }

  @Test func `the total of a site is compared with its years`() throws {
    let text = "Site,Total,2018/19,2019/20\nHill,30,10,20\nMill Lane,100,20,40\n"
    let dataset = try importText(.housing, text)
    #expect(codes(dataset.warnings) == ["W412 3"] && dataset.rows == 4)
  }

  /// Dorset is 835 up to 2018/19 and 838 since, and a district of a model has no code.
  @Test func `births of two areas of one name are no model's, unless one is chosen`() throws {
    let text = """
      area_code,area_name,year_to_30_june,births
      838,Dorset,2015,3105
      835,Dorset,2015,3105
      837,Bournemouth,2015,2300

      """
    let list = try faults { _ = try importText(.births, text) { $0.isForModel = true } }
    #expect(list.diagnostics.map(\.code) == [.repeatedKey])
    #expect(list.diagnostics.first?.what == "'Dorset' is the name of 835 and of 838")
    let one = try importText(.births, text) {
      $0.isForModel = true
      $0.authority = "838"
    }
    #expect(one.rows == 1)
    #expect(try importText(.births, text).rows == 3)
  }

  @Test(arguments: ["births-nomis-table.csv", "births-plain-calendar.csv"])
  func `births of calendar years are no model's`(_ file: String) throws {
    let list = try faults { _ = try importFixture(file, .births) { $0.isForModel = true } }
    #expect(list.diagnostics.map(\.code) == [.kindsMixed])
    #expect(list.diagnostics.first?.what.hasPrefix("the births are of calendar years") == true)
  }

  @Test func `the shapes of a model's roles`() throws {
    let rolls = try importFixture("census-ees.csv", .census) { $0.isForModel = true }
    #expect(rolls.columns == ["academic_year", "year_group", "number_on_roll"])
    let births = try importFixture("births-mid.csv", .births) { $0.isForModel = true }
    #expect(births.columns == ["district", "year_to_30_june", "births"])
    let schools = try faults {
      _ = try importFixture("census-sex-columns.csv", .census) {
        $0.isForModel = true
        $0.academicYear = AcademicYear(2013)
      }
    }
    #expect(schools.diagnostics.map(\.code) == [.notStated])
    let homes = try importFixture("housing.csv", .housing)
    #expect(homes.columns == ["site_key", "site", "year", "dwellings", "mark", "note"])
    for (dataset, role) in [
      (rolls, DatasetRole.countyRolls), (births, .births), (homes, .housingCompletions),
    ] {
      var list = DiagnosticList()
      role.check(try dataset.readBack().schema, &list)
      #expect(list.diagnostics.isEmpty)
    }
  }
}
