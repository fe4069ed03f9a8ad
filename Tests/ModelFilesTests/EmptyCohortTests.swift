import Diagnostics
import PlacePlanning
import TestSupport
import Testing

@testable import ModelFiles

/// Loneham has two pupils in Years 12 and 13 of every year from 2014/15 to the base year, 2017/18.
@Suite struct EmptyCohortTests {
  private let file = "Datasets/loneham-area-rolls/data.csv"
  private static let years = ["2014/15", "2015/16", "2016/17", "2017/18"]

  private func found(empty cells: [(String, String)]) throws -> [String] {
    let copy = try ModelCopy("loneham")
    for (year, group) in cells {
      try copy.replace(file, "S1,\(year),\(group),2\n", with: "S1,\(year),\(group),0\n")
    }
    return try copy.faults().errors.filter { $0.code == .emptyCohort }.map(\.what)
  }

  @Test func `an authority without sixth forms is a model, and so is one without a Year 13`() throws {
    #expect(try found(empty: Self.years.map { ($0, "13") }) == [])
    #expect(try found(empty: Self.years.flatMap { [($0, "12"), ($0, "13")] }) == [])
  }

  @Test(arguments: ["12", "13"])
  func `a year group that came or went within the years of the ratios is refused`(_ group: String) throws {
    for empty in [Self.years.prefix(1), Self.years.suffix(3), Self.years[1...1]] {
      #expect(
        try found(empty: empty.map { ($0, group) })
          == empty.map { "Year \(group) has no pupils at all in \($0)" })
    }
  }

  @Test func `a Year 13 that nobody was in Year 12 before is refused`() throws {
    #expect(
      try found(empty: Self.years.map { ($0, "12") })
        == Self.years.dropLast().enumerated().map {
          "Year 12 has no pupils at all in \($1), and Year 13 has 2 a year later"
        })
  }

  @Test func `an authority without a Year 11 is led to forecasts without a model`() throws {
    let copy = try ModelCopy("loneham")
    for year in Self.years { try copy.replace(file, "S1,\(year),11,3\n", with: "S1,\(year),11,0\n") }
    let errors = try copy.faults().errors.filter { $0.code == .emptyCohort }
    #expect(errors.count == 4)
    #expect(errors.first?.fix.contains("use 'places forecast'") == true)
  }

  /// Rates of 2017/18 reach back to 2014/15, and derived rolls to 2013/14: a Year 13 since 2014/15 has none before.
  @Test func `a year group that had not come yet before those years is no fault`() throws {
    let copy = try ModelCopy("gloucestershire")
    try copy.replace(
      "Datasets/gloucestershire-county-rolls/data.schema.yaml", "minimum: 1", with: "minimum: 0")
    let rolls = "Datasets/gloucestershire-county-rolls/data.csv"
    let lines = try copy.read(rolls).split(separator: "\n").map {
      $0.hasPrefix("2013/14,13,") ? "2013/14,13,0" : $0
    }
    try copy.write(rolls, Array((lines.joined(separator: "\n") + "\n").utf8))
    #expect(try copy.faults().errors.isEmpty)
  }
}
