import Diagnostics
import Foundation
import ModelFiles
import Runs
import TestSupport
import Testing

@Suite struct ImpossibleTests {
  /// Riverside takes all of South, whose Year 6 is 40, but counts 15 in Year 7: 25 fewer than arrive, a quarter of the town's
  /// Year 6. When South's cohorts shrink to 4, a quarter of the town's Year 6 is more than arrives.
  @Test func `fewer than no pupils are refused`() throws {
    let copy = try ModelCopy()
    let rolls = "Datasets/exampleton-area-rolls/data.csv"
    for year in ["2014/15", "2015/16", "2016/17", "2017/18"] {
      try copy.replace(rolls, "S2,\(year),7,40", with: "S2,\(year),7,15")
    }
    for group in ["R,38", "1,40", "2,40", "3,40", "4,40", "5,40"] {
      try copy.replace(rolls, "P2,2017/18,\(group)", with: "P2,2017/18,\(group.prefix { $0 != "," }),4")
    }
    let shares = "Datasets/exampleton-transfer/data.csv"
    for (row, new) in [
      ("P1,S1,0.8", "P1,S1,1"), ("P1,S2,0.1", "P1,S2,0"), ("P2,S1,0.2", "P2,S1,0"), ("P2,S2,0.7", "P2,S2,1"),
    ] {
      try copy.replace(shares, row, with: new)
    }
    #expect {
      try PlanningRun(copy.request())
    } throws: { error in
      (error as? DiagnosticList)?.errors.map(\.code) == [.transferImpossible]
    }
  }
}

@Suite struct ExampleTests {
  /// The committed paper must be that of the committed inputs. Its page holds charts, which another machine's fonts may draw
  /// otherwise; its tables and its name must not differ.
  @Test func `the example's paper is up to date`() throws {
    let reports = Reports()
    let request = ModelRequest(folder: Repository.file("Models/gloucestershire"))
    let written = try PlanningRun(request).write(to: reports.url, renderer: nil)
    let folder = "Reports/gloucestershire/\(written.folder.lastPathComponent)"
    for table in ["forecast", "balance", "programme"] {
      let fresh = try String(
        contentsOf: written.folder.appendingPathComponent("tables/\(table).csv"), encoding: .utf8)
      #expect(try Repository.text("\(folder)/tables/\(table).csv") == fresh)
    }
    let page = try Repository.text("\(folder)/capital-paper.html")
    #expect(page.contains("£51.195 million"))
    #expect(page.contains("<img src=\"data:image/svg+xml;base64,"))
  }
}
