import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import ModelFiles

@Suite("Counts unlike every count beside them")
struct CountAlarmTests {
  private func alarms(_ list: DiagnosticList) -> [String] {
    codes(list).filter { $0.hasPrefix("W314") }
  }

  @Test(
    "a model's births and rolls with a digit too many or too few are pointed at",
    arguments: [
      ("exampleton-births", "Northgate,2012,75", "Northgate,2012,750", ["W314 3:16"]),
      // The last year has two before it.
      ("exampleton-births", "Northgate,2017,93", "Northgate,2017,9", ["W314 8:16"]),
      ("exampleton-births", "Northgate,2012,75", "Northgate,2012,290", []),
      ("exampleton-area-rolls", "P1,2014/15,1,60", "P1,2014/15,1,600", ["W314 3:14"]),
    ])
  func models(_ dataset: String, _ old: String, _ new: String, _ wanted: [String]) throws {
    let copy = try ModelCopy()
    try copy.replace("Datasets/\(dataset)/data.csv", old + "\n", with: new + "\n")
    #expect(alarms(try copy.check().warnings) == wanted)
  }

  @Test("a real authority's births with a digit too few are pointed at, and as published none is")
  func gloucestershire() throws {
    let copy = try ModelCopy("gloucestershire")
    #expect(alarms(try copy.check().warnings).isEmpty)
    try copy.replace(
      "Datasets/gloucestershire-district-births/data.csv", "Cheltenham,2000,1144\n",
      with: "Cheltenham,2000,114\n")
    #expect(alarms(try copy.check().warnings) == ["W314 10:27"])
    let last = try ModelCopy("gloucestershire")
    try last.replace(
      "Datasets/gloucestershire-district-births/data.csv", "Cheltenham,2017,1270\n",
      with: "Cheltenham,2017,970\n")
    #expect(alarms(try last.check().warnings).count == 1)
  }

  @Test("births of a panel are looked at too")
  func panel() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let years = 2010...2018
    var births = "area_code,area_name,year_to_30_june,births\n"
    for year in years { births += "1,Northgate,\(year),\(year == 2014 ? 3000 : 300)\n" }
    var rolls = "area_code,area_name,academic_year,year_group,number_on_roll\n"
    for year in years { rolls += "1,Northgate,\(year)/\(year - 1999),R,300\n" }
    for (name, text) in [("births.csv", births), ("rolls.csv", rolls)] {
      try Data(text.utf8).write(to: folder.appendingPathComponent(name))
    }
    let input = try readPanel(
      PanelFiles(
        rolls: folder.appendingPathComponent("rolls.csv"), births: folder.appendingPathComponent("births.csv")
      ))
    #expect(alarms(input.warnings) == ["W314 6:18"])
  }
}
