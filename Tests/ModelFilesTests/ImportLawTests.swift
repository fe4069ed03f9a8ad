import Diagnostics
import Foundation
import PlacePlanning
import TestSupport
import Testing

@testable import ModelFiles

/// Truths that hold for any published file, however spoilt.
@Suite struct ImportLawTests {
  /// Those that are text; a workbook is no rows of cells to be spoilt.
  private static let texts = ImportFixture.all.filter { $0.file.hasSuffix(".csv") }

  /// A fixture as rows of cells below its heading.
  fileprivate struct Spoilt {
    let fixture: ImportFixture
    let above: [[String]]
    var rows: [[String]]

    init(_ fixture: ImportFixture) throws {
      let file = try ImportFile(Repository.file("Tests/Fixtures/import/\(fixture.file)"))
      let reader = try RecordReader(file)
      var all: [[String]] = []
      while try reader.next() { all.append((0..<reader.count).map { reader.text($0) }) }
      // Titles and notes fill one cell.
      let heading = try #require(all.firstIndex { $0.filter { !$0.isEmpty }.count > 2 })
      let width = all[heading].count
      self.fixture = fixture
      above = Array(all[...heading])
      rows = all[(heading + 1)...].filter { $0.count == width && $0.filter { !$0.isEmpty }.count > 1 }
    }

    func imported() throws -> ImportedDataset {
      try importText(fixture.kind, (above + rows).map(CSVText.line).joined(), fixture.change)
    }

    mutating func spoil(_ random: inout SeededGenerator) {
      for _ in 0..<Int.random(in: 1...8, using: &random) where !rows.isEmpty {
        let row = Int.random(in: rows.indices, using: &random)
        switch Int.random(in: 0...9, using: &random) {
        case 0: rows.append(rows[row])
        case 1 where rows.count > 2: rows.remove(at: row)
        case 2: rows[row].append("more")
        case 3 where rows[row].count > 2: rows[row].removeLast()
        default:
          let cell = Int.random(in: rows[row].indices, using: &random)
          rows[row][cell] =
            ImportLawTests.awkward[Int.random(in: ImportLawTests.awkward.indices, using: &random)]
        }
      }
    }
  }

  fileprivate static let awkward = [
    "", " ", "0", "-1", "1.5", "1e9", "£5", "5%", "=1+1", "@x", "c", "z", "..", "low", "999999999999",
    "201718", "2017/18",
    "Total", "Reception", "Year 7", "Female", "Local authority", "National", "Primary", "E06999999", "999",
    "9992001",
    "a,b", "a\"b", "two\nlines", "naïve", "+44", "-", "Open", "01-09-2011", "9990001.0",
  ]

  @Test(arguments: texts, 0..<5 as Range<UInt64>)
  func `every row is kept, set aside or refused, and none twice`(_ fixture: ImportFixture, _ seed: UInt64)
    throws
  {
    var spoilt = try Spoilt(fixture)
    var random = SeededGenerator(seed: seed)
    spoilt.spoil(&random)
    do {
      let dataset = try spoilt.imported()
      for account in dataset.accounts {
        #expect(account.closes, "\(fixture.file) \(seed): \(account)")
        #expect(account.refusals.allSatisfy { !$0.diagnostics.isEmpty })
      }
      #expect(try dataset.readBack().rows.count == dataset.rows)
      for line in try dataset.text("data.csv").split(separator: "\n") {
        #expect(!"=@+".contains(line.prefix(1)), "\(line)")
      }
    } catch let list as DiagnosticList {
      // What cannot be imported at all says why; nothing else may come of a spoilt file.
      #expect(list.hasErrors)
    }
  }

  /// The fixture as it stands, then spoilt twice; so spoilt that nothing can be imported it has no order.
  @Test(arguments: texts, 0..<3 as Range<UInt64>)
  func `the order of rows changes nothing`(_ fixture: ImportFixture, _ seed: UInt64) throws {
    var spoilt = try Spoilt(fixture)
    var random = SeededGenerator(seed: seed)
    if seed > 0 { spoilt.spoil(&random) }
    let before: ImportedDataset
    do {
      before = try spoilt.imported()
    } catch let list as DiagnosticList {
      #expect(seed > 0 && list.hasErrors, "\(list)")
      return
    }
    spoilt.rows.shuffle(using: &random)
    let after = try spoilt.imported()
    #expect(try after.text("data.csv") == before.text("data.csv"), "\(fixture.file) \(seed)")
    for (one, other) in zip(before.accounts, after.accounts) {
      #expect(
        one.kept == other.kept && one.setAside == other.setAside && one.refusedByCode == other.refusedByCode)
    }
  }

  /// A housing trajectory has none: its notes are known by their first cell.
  @Test(arguments: texts.filter { $0.kind != .housing })
  func `the order of columns changes nothing`(_ fixture: ImportFixture) throws {
    let spoilt = try Spoilt(fixture)
    let heading = try #require(spoilt.above.last)
    var random = SeededGenerator(seed: 5)
    let order = heading.indices.shuffled(using: &random)
    var other = Spoilt(spoilt, above: [order.map { heading[$0] }])
    other.rows = spoilt.rows.map { row in order.map { row[$0] } }
    #expect(try other.imported().text("data.csv") == spoilt.imported().text("data.csv"), "\(fixture.file)")
  }

  @Test func `figures of two files are those of one`() throws {
    let header = "area_code,area_name,academic_year,year_group,number_on_roll\n"
    let rows = ["000,X,2016/17,R,60\n", "000,X,2017/18,R,61\n"]
    let one = try importText(.census, header + rows[0] + rows[1])
    let two = try importTexts(.census, ["b": header + rows[1], "c": header + rows[0]])
    #expect(try one.text("data.csv") == two.text("data.csv"))
    // A figure that both hold is refused in both.
    let list = try faults {
      _ = try importTexts(.census, ["d": header + rows[0], "e": header + rows[0]])
    }
    #expect(list.diagnostics.map(\.code) == [.nothingKept, .repeatedKey, .nothingKept, .repeatedKey])
  }
}

extension ImportLawTests.Spoilt {
  fileprivate init(_ other: Self, above: [[String]]) {
    fixture = other.fixture
    self.above = above
    rows = other.rows
  }
}
