import Diagnostics
import Foundation
import PlacePlanning
import TestSupport
import Testing

@testable import ModelFiles

private let file = Repository.sharedData("scap2015/schools.csv")

/// The School Capacity survey of 2015 as it was published, all 20,115 rows.
///
/// Every expectation was counted apart in Python: `csv.reader` over the file, the one row whose last column is filled and the one whose planning area is 0 left out, sums of
/// `int(MAYNOR)` and `int(Netcapacity)`, and a dictionary by planning area with schools that have two areas kept apart. The two rows left
/// out name the areas 8840001 and 8300104, each secondary alone, which are taken out of the sums by area.
@Suite(.enabled(if: file != nil, "skipped: ../shared/data/scap2015 is not beside this checkout"))
struct SchoolCapacity2015Tests {
  private static func imported(_ change: (inout ImportRequest) -> Void = { _ in }) throws -> (
    ImportedDataset, [[String]]
  ) {
    let day = try #require(CalendarDate(label: "2026-11-23"))
    var request = ImportRequest(.scap, files: [try #require(file)], retrieved: day)
    change(&request)
    let dataset = try importDataset(request)
    return (dataset, Array(try csvRecords(dataset.text("data.csv")).dropFirst()))
  }

  private static func sum(_ rows: [[String]], _ column: Int) -> Int {
    rows.reduce(0) { $0 + (Int($1[column]) ?? 0) }
  }

  @Test func `all schools but one whose cells have moved and one whose planning area is nought`() throws {
    let (dataset, rows) = try Self.imported()
    let account = dataset.accounts[0]
    #expect(account.rows == 20_115 && account.kept == 20_113 && account.refused == 2 && account.closes)
    #expect(rows.count == 20_113)
    #expect(Self.sum(rows, 5) == 7_371_954)
    #expect(Self.sum(rows, 6) == 8_387_440)
    #expect(
      Dictionary(grouping: rows) { $0[4] }.mapValues(\.count)
        == ["PS": 16_743, "SS": 3085, "MS": 151, "AT": 118, "MP": 16])
    #expect(
      account.refusals.map { $0.diagnostics.map(\.code) } == [[.wrongForm], [.spellingUnknown, .wrongForm]])
    #expect(account.refusals[0].diagnostics[0].what == "the planning area is '0.0'")
    #expect(account.refusals[1].cells.contains("High School and Specialist Sports College"))
  }

  @Test func `planning areas add up to their schools`() throws {
    let (dataset, rows) = try Self.imported { $0.byPlanningArea = true }
    #expect(rows.count == 3477)
    #expect(Self.sum(rows, 4) == 19_807)
    #expect(Self.sum(rows, 5) == 7_165_888)
    #expect(Self.sum(rows, 6) == 573)
    #expect(Self.sum(rows, 7) == 386_866)
    #expect(Self.sum(rows, 8) == 8_370_996)
    #expect(rows.count { $0[8].isEmpty } == 4)
    #expect(rows.filter { $0[5].isEmpty }.map { $0[0] } == ["8300104", "8840001"])
    let notes = dataset.accounts[0].notes
    #expect(notes.count == 4)
    #expect(
      notes[0]
        == "287 of the schools lie in areas of both phases; their 193,586 pupils stand in roll_of_both_phases alone: 2055400, "
        + "2066905, 2085207, 2085402, 2094323, 2094636, 2095201, 2096905 and 279 more")
    #expect(notes[1].hasSuffix("so that their areas have no net_capacity: 8782230, 8782248"))
    #expect(dataset.accounts[0].notes.last?.hasSuffix("lines 8744") == true)
    #expect(rows.first { $0[0] == "9161100" }.map { Array($0[4...]) } == ["4", "671", "0", "0", "749"])
  }

  @Test func `one authority`() throws {
    let (dataset, rows) = try Self.imported { $0.authority = "916" }
    #expect(dataset.accounts[0].setAside == ["another authority": 20_115 - 286])
    #expect(rows.count == 286 && Self.sum(rows, 5) == 82_368 && Self.sum(rows, 6) == 90_756)
    let list = try faults { _ = try Self.imported { $0.authority = "961" } }
    #expect(list.diagnostics.map(\.code) == [.authorityNotFound])
  }
}
