import Diagnostics
import Foundation
import Testing

@testable import ModelFiles

/// Files that spreadsheets of other countries write: one fault, and no others that follow from it.
@Suite struct OtherSeparatorTests {
  private static let rolls =
    "area_code,area_name,academic_year,year_group,number_on_roll\n000,X,2017/18,R,60\n"

  @Test(arguments: [(";", "semicolons"), ("\t", "tabs")])
  func `a panel is told its separator once`(_ separator: String, _ name: String) throws {
    let list = try faults { _ = try panel(rolls: Self.rolls.replacing(",", with: separator)) }
    #expect(codes(list) == ["E101 1:10"])
    #expect(list.diagnostics.first?.what == "the file is separated by \(name), not by commas")
  }

  @Test(arguments: [";", "\t"])
  func `so is a register`(_ separator: String) throws {
    let header = SmallRegister.contributionHeader.replacing(",", with: separator)
    let list = try faults { _ = try RegisterTable(.contributions, source(header + "\r\n")) }
    #expect(codes(list) == ["E101 1:7"])
  }

  @Test(arguments: [";", "\t"])
  func `so is a published file, below its titles, quoted or not`(_ separator: String) throws {
    let census = Self.rolls.replacing(",", with: separator)
    #expect(codes(try faults { _ = try importText(.census, census) }) == ["E101 1:10"])
    let heading = "\"Site\",\"Area, ha\",\"2018/19\",\"2019/20\"\n"
      .replacing("\",\"", with: "\"\(separator)\"")
    let sites = "Homes\n" + heading + "Hill\(separator)2,5\(separator)10\(separator)20\n"
    #expect(codes(try faults { _ = try importText(.housing, sites) }) == ["E101 2:7"])
  }

  @Test func `semicolons within cells are text`() throws {
    let text = "Site; ref,Site,2018/19\n1;2;3,Hill,5\n"
    _ = try importText(.housing, text)
    #expect(codes(try faults { _ = try importText(.housing, "a;b,c,d;e\n1,2,3\n") }) == ["E411 1:1"])
    // A title above a table of commas.
    let titled = "Trajectory; base date 1 April; source: council\na,b,c,d\n1,2,3,4\n"
    #expect(codes(try faults { _ = try importText(.housing, titled) }) == ["E411 1:1"])
    let quoted = SmallRegister.contributionHeader.replacing("amount", with: "\"a;m;o;u;n;t;x;y;z\"")
    #expect(
      codes(try faults { _ = try RegisterTable(.contributions, source(quoted + "\n")) })
        == ["E103 1:1", "E104 1:1"])
  }
}
