import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import ModelFiles

@Suite("Names of areas in the files of a panel")
struct AreaNameTests {
  @Test(
    "names that published files give one area agree",
    arguments: [
      ("Durham", "County Durham"), ("Herefordshire, County of", "Herefordshire"), ("St Helens", "St. Helens"),
      ("Kingston upon Hull City of", "Kingston upon Hull, City of"), ("City of London (5)", "City of London"),
      ("Isles Of Scilly (6)", "Isles of Scilly"), ("Bedford", "Bedford Borough"),
      ("Bath & North East Somerset", "Bath and North East Somerset"),
      ("Stockton-on-Tees", "Stockton on Tees"), ("King's Lynn", "Kings Lynn"),
    ])
  func agree(_ name: String, _ other: String) {
    #expect(mayBeOneArea(name, other) && mayBeOneArea(other, name))
  }

  @Test(
    "names of two areas do not",
    arguments: [
      ("Devon", "Gloucestershire"), ("Northgate", "Southgate"), ("NH 101", "NH 102"),
      ("East Sussex", "West Sussex"), ("Gloucestershire", "South Gloucestershire"),
      ("City of London", "City of Bristol"),
    ])
  func differ(_ name: String, _ other: String) {
    #expect(!mayBeOneArea(name, other) && !mayBeOneArea(other, name))
  }

  /// Five years of two areas, each with births as many as its pupils, and an official forecast of each.
  private func said(births: [(code: String, name: String)], official: [(code: String, name: String)]) throws
    -> [Diagnostic]
  {
    var rollText = "area_code,area_name,academic_year,year_group,number_on_roll\n"
    for (code, name) in [("878", "Devon"), ("916", "Gloucestershire")] {
      for year in 2010...2014 { rollText += "\(code),\(name),\(year)/\(year - 1999),R,300\n" }
    }
    var birthText = "area_code,area_name,year_to_30_june,births\n"
    for (code, name) in births {
      for year in 2006...2014 { birthText += "\(code),\(name),\(year),300\n" }
    }
    var officialText = "target_year,horizon,area_code,area_name,phase,actual,forecast,official_error\n"
    for (code, name) in official { officialText += "2014/15,1,\(code),\(name),primary,,,0.01\n" }
    return try panel(rolls: rollText, births: birthText, official: officialText).warnings.sorted.diagnostics
  }

  private let right = [(code: "878", name: "County of Devon"), (code: "916", name: "Gloucestershire")]

  @Test("other ways to write a name raise nothing")
  func sound() throws {
    #expect(try said(births: right, official: right).map(\.what) == [])
  }

  @Test("births and official forecasts under each other's codes are pointed at, once a file")
  func exchanged() throws {
    let wrong = [(code: "878", name: "Gloucestershire"), (code: "916", name: "Devon")]
    let wanted =
      "area '878' is 'Gloucestershire' here and 'Devon' in the rolls; "
      + "area '916' is 'Devon' here and 'Gloucestershire' in the rolls"
    let births = try said(births: wrong, official: right)
    #expect(births.map(\.code.rawValue) == ["W315"] && births.map(\.what) == [wanted])
    #expect(births.first?.location.line == 2 && births.first?.location.column == 5)
    let meant = "did you mean '916', which is 'Gloucestershire' in the rolls? Else "
    #expect(births.first?.fix.hasPrefix(meant) == true)
    let official = try said(births: right, official: wrong)
    #expect(official.map(\.code.rawValue) == ["W315"] && official.map(\.what) == [wanted])
    #expect(official.first?.location.line == 2)
  }

  @Test("births of an area that the rolls lack, under another's code, are pointed at")
  func stranger() throws {
    let found = try said(births: [right[0], (code: "916", name: "Somerset")], official: right)
    #expect(found.map(\.what) == ["area '916' is 'Somerset' here and 'Gloucestershire' in the rolls"])
    #expect(found.first?.fix == "give each area its own code, and one name in all files")
  }
}
