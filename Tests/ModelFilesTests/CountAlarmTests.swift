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

  @Test(
    "births of a year that is not over at the meeting are pointed at, once",
    arguments: [("2018-06-30", ["W349 9:11"]), ("2018-07-01", [])])
  func birthsToCome(_ meeting: String, _ wanted: [String]) throws {
    let copy = try ModelCopy()
    try copy.replace("Models/exampleton/model.yaml", "meeting: 2018-03-01", with: "meeting: \(meeting)")
    for (district, births) in [("Northgate", 93), ("Southgate", 50)] {
      try copy.replace(
        "Datasets/exampleton-births/data.csv", "\(district),2017,\(births)\n",
        with: "\(district),2017,\(births)\n\(district),2018,\(births)\n")
    }
    #expect(codes(try copy.check().warnings) == wanted)
  }

  /// Reception has 38 children in South, of 100 births, and 98 in the town, of 150.
  @Test("births of another district are pointed at, where those of the town are not")
  func districts() throws {
    let copy = try ModelCopy()
    let births = "Datasets/exampleton-births/data.csv"
    try copy.replace(births, "Northgate,2013,75\n", with: "Northgate,2013,45\n")
    try copy.replace(births, "Southgate,2013,50\n", with: "Southgate,2013,103\n")
    #expect(try copy.check().warnings.diagnostics.isEmpty)
    try copy.replace(births, "Southgate,2013,103\n", with: "Southgate,2013,110\n")
    #expect(
      try copy.check().warnings.diagnostics.map(\.what)
        == ["Reception of Southgate in 2017/18 is 0.380 of its births four years before"])
  }

  @Test("births of a panel are looked at too")
  func panel() throws {
    let years = 2010...2018
    var births = "area_code,area_name,year_to_30_june,births\n"
    for year in years { births += "1,Northgate,\(year),\(year == 2014 ? 3000 : 300)\n" }
    var rolls = "area_code,area_name,academic_year,year_group,number_on_roll\n"
    for year in years { rolls += "1,Northgate,\(year)/\(year - 1999),R,300\n" }
    #expect(alarms(try ModelFilesTests.panel(rolls: rolls, births: births).warnings) == ["W314 6:18"])
  }
}

/// What the files of a panel say together, of 20 areas with 300 pupils in each year group and as many births.
@Suite("Alarms of a panel as a whole")
struct PanelAlarmTests {
  /// The files are written with what `rolls` and `births` give for an area, a year and a year group; nil leaves the row out.
  private func read(
    rolls: (String, Int, Int) -> Double? = { _, _, _ in 300 },
    births: (String, Int) -> Double? = { _, _ in 300 }, moreRolls: String = "", moreBirths: String = ""
  ) throws -> PanelInput {
    var rollText = "area_code,area_name,academic_year,year_group,number_on_roll\n"
    var birthText = "area_code,area_name,year_to_30_june,births\n"
    for code in (10...29).map({ "A\($0)" }) {
      for year in 2010...2019 {
        for group in 0...11 {
          guard let count = rolls(code, year, group) else { continue }
          let label = group == 0 ? "R" : "\(group)"
          rollText += "\(code),Area \(code),\(year)/\(year - 1999),\(label),\(Int(count))\n"
        }
      }
      for year in 2006...2019 {
        guard let count = births(code, year) else { continue }
        birthText += "\(code),Area \(code),\(year),\(Int(count))\n"
      }
    }
    return try panel(rolls: rollText + moreRolls, births: birthText + moreBirths)
  }

  private func said(_ input: PanelInput) -> [String] {
    input.warnings.diagnostics.map { "\($0.code.rawValue) \($0.what)" }
  }

  @Test("a sound panel raises none")
  func sound() throws {
    #expect(said(try read()) == [])
  }

  @Test("a year group or a year that no area counts is named")
  func holes() throws {
    #expect(
      said(try read(rolls: { _, _, group in group == 3 ? nil : 300 }))
        == ["W323 no count in any year and area of year groups that must have pupils: Year 3"])
    #expect(
      said(try read(rolls: { _, year, _ in year == 2014 ? nil : 300 })) == ["W308 no rolls in 2014/15"])
  }

  /// 19 areas with 300 pupils in each year group, and one with 5,700; a pupil more in one count, and it is none of their total.
  @Test("an area that is the sum of all others is named")
  func total() throws {
    func found(_ odd: Double) throws -> [String] {
      said(
        try read(
          rolls: { code, year, group in
            code != "A12" ? 300 : year == 2013 && group == 3 ? odd : 5700
          }, births: { code, _ in code == "A12" ? 5700 : 300 }))
    }
    #expect(
      try found(5700) == [
        "W342 each count of Area A12 (A12) is the sum of all other areas' in its year and year group"
      ])
    #expect(try found(5701) == [])
  }

  @Test("a year that was counted twice is named")
  func doubled() throws {
    let wanted =
      "W314 rolls of all areas jump: 2.000 times those of 2013/14 in 2014/15; "
      + "0.500 times those of 2014/15 in 2015/16"
    #expect(said(try read(rolls: { _, year, _ in year == 2014 ? 600 : 300 })) == [wanted])
    #expect(said(try read(rolls: { _, year, _ in year == 2014 ? 315 : 300 })) == [])
    // No count is named beside the year, of the first year either.
    #expect(
      said(try read(rolls: { _, year, _ in year == 2010 ? 600 : 300 })) == [
        "W314 rolls of all areas jump: 0.500 times those of 2010/11 in 2011/12"
      ])
  }

  /// A quarter more than 300 are 375, a fifth fewer 240.
  @Test(
    "a large count a quarter above or a fifth below all beside it is named, of the last year too",
    arguments: [
      (2019, 0, 150.0, "150 in Reception"), (2019, 0, 241, nil), (2010, 0, 239, "239 in Reception"),
      (2019, 11, 600, "600 in Year 11"), (2014, 5, 376, "376 in Year 5"), (2014, 5, 375, nil),
    ])
  func alone(_ year: Int, _ group: Int, _ odd: Double, _ wanted: String?) throws {
    let input = try read(rolls: { code, its, other in
      code == "A12" && its == year && other == group ? odd : 300
    })
    let label = "\(year)/\(year - 1999)"
    let warning = wanted.map { "W314 \($0) of Area A12 in \(label) is unlike every count beside it" }
    #expect(said(input) == [warning].compactMap(\.self))
  }

  /// Its counts are then not named one by one, half or twice the others though they be.
  @Test(
    "an area whose counts of a year jump is named",
    arguments: [
      (2019, 315.0, nil), (2019, 345, "1.150 in 2019/20"), (2019, 600, "2.000 in 2019/20"),
      (2019, 150, "0.500 in 2019/20"), (2015, 240, "0.800 in 2015/16, Area A12 (A12) 1.250 in 2016/17"),
    ])
  func area(_ year: Int, _ odd: Double, _ wanted: String?) throws {
    let input = try read(rolls: { code, its, _ in code == "A12" && its == year ? odd : 300 })
    let warning = wanted.map { "W314 rolls of whole areas jump, in 1 of 20: Area A12 (A12) \($0)" }
    #expect(said(input) == [warning].compactMap(\.self))
  }

  /// From 2016/17 on, as where some schools are no longer counted.
  @Test(
    "an area whose counts of a phase jump is named",
    arguments: [(7, 180.0, "0.600 in 2016/17 in secondary"), (7, 255, nil), (10, 180, nil)])
  func phase(_ from: Int, _ odd: Double, _ wanted: String?) throws {
    let input = try read(rolls: { code, year, group in
      code == "A12" && year >= 2016 && group >= from ? odd : 300
    })
    let warning = wanted.map { "W314 rolls of whole areas jump, in 1 of 20: Area A12 (A12) \($0)" }
    #expect(said(input) == [warning].compactMap(\.self))
  }

  @Test("a count below 200 is left alone")
  func left() throws {
    #expect(
      said(
        try read(
          rolls: { code, year, _ in code == "A12" && year == 2014 ? 100 : 170 }, births: { _, _ in 200 }))
        == [])
  }

  /// Half more than 300 are 450, a third fewer 200.
  @Test(
    "a sixth form half more or a third fewer than in two years on either side is named",
    arguments: [
      (2019, 450, false), (2019, 451, true), (2018, 451, true), (2017, 200, false), (2017, 199, true),
    ])
  func sixthForms(_ odd: Int, _ count: Int, _ isNamed: Bool) throws {
    let rows = (2016...2019).map { "A12,Area A12,\($0)/\($0 - 1999),12,\($0 == odd ? count : 300)\n" }
    let label = "\(odd)/\(odd - 1999)"
    let warning = "W314 \(count) in Year 12 of Area A12 in \(label) is unlike every count beside it"
    #expect(said(try read(moreRolls: rows.joined())) == (isNamed ? [warning] : []))
  }

  @Test(
    "an area in another unit than its births is named",
    arguments: [(300.0, 30.0, "10.000"), (3, 300, "0.010"), (600, 300, "2.000"), (500, 300, nil)])
  func units(_ rolls: Double, _ births: Double, _ share: String?) throws {
    let input = try read(
      rolls: { code, _, _ in code == "A12" ? rolls : 300 },
      births: { code, _ in code == "A12" ? births : 300 })
    let wanted = share.map {
      "W302 Reception is another share of births than elsewhere, in 1 of 20 areas: Area A12 (A12) \($0)"
    }
    #expect(said(input) == [wanted].compactMap { $0 })
  }

  @Test("births of nought everywhere are named")
  func noBirths() throws {
    let found = try read(births: { _, _ in 0 }).warnings.diagnostics.filter { $0.code == .intakeOutsideAlarm }
    #expect(found.count == 1)
    #expect(found.first?.what.hasSuffix(" pupils, and the births of its children are 0") == true)
  }

  @Test("an area whose births are nought among others with births is named, at the file of births")
  func noBirthsOfOne() throws {
    let input = try read(births: { code, _ in code == "A12" ? 0 : 300 })
    let found = input.warnings.diagnostics.filter { $0.code == .intakeOutsideAlarm }
    #expect(found.count == 1)
    #expect(found.first?.location.file.hasSuffix("births.csv") == true)
    let words = "and the births of its children are 0 in all years, in 1 of 20 areas: Area A12 (A12) "
    #expect(found.first?.what.contains(words) == true, "\(said(input))")
  }

  @Test("an area without years of births that others have is named")
  func births() throws {
    let input = try read(births: { code, year in code == "A12" && [2013, 2019].contains(year) ? nil : 300 })
    let wanted =
      "W308 no births in years to 30 June that other areas have, in 1 of 20 areas: Area A12 (A12): 2013, 2019"
    #expect(said(input) == [wanted])
  }

  @Test("a hole in births says whether it is bridged", arguments: [([2013], true), ([2012, 2013], false)])
  func birthHoles(_ years: [Int], _ isBridged: Bool) throws {
    let labels = years.map(String.init).joined(separator: ", ")
    func why(_ what: String, _ births: (String, Int) -> Double?) throws -> String? {
      let found = try read(births: births).warnings.diagnostics
      return found.first { $0.code.rawValue == "W308" && $0.what == what }?.why
    }
    let all = try why("no births in years to 30 June \(labels) in any area") { _, year in
      years.contains(year) ? nil : 300
    }
    let lone = try why("no births in years to 30 June \(labels) of Area A12 (A12)") { code, year in
      code != "A12" || years.contains(year) ? nil : 300
    }
    let one = "no births in years to 30 June that other areas have, in 1 of 20 areas: Area A12 (A12): "
    let among = try why(one + labels) { code, year in code == "A12" && years.contains(year) ? nil : 300 }
    let wanted = isBridged ? "with the mean of the years before and after" : "is forecast by another method"
    for why in [all, lone, among] { #expect(why?.contains(wanted) == true, "\(why ?? "nothing said")") }
  }

  /// 280 to 299 pupils, carried on from year to year; no two areas have the same.
  private func cohort(_ code: String, _ year: Int, _ group: Int) -> Double {
    let number = Int(code.dropFirst()) ?? 0
    return Double(280 + ((year - group) * 7 + number * 3) % 20)
  }

  @Test("a year that is the year before's, count for count, is named", arguments: [0.0, 1])
  func copiedYear(_ more: Double) throws {
    let input = try read(rolls: { code, year, group in
      let isCopied = code == "A12" && year == 2019
      return cohort(code, isCopied ? 2018 : year, group) + (isCopied && group == 3 ? more : 0)
    })
    let wanted =
      "W347 a year's counts are those of the year before, in 1 of 20 areas: Area A12 (A12) 2019/20"
    #expect(said(input) == (more == 0 ? [wanted] : []))
  }

  @Test("areas with the same counts throughout are named", arguments: [0.0, 1])
  func twins(_ more: Double) throws {
    let input = try read(rolls: { code, year, group in
      let isLast = code == "A12" && year == 2019 && group == 3
      return cohort(code == "A12" ? "A11" : code, year, group) + (isLast ? more : 0)
    })
    let wanted = "W347 areas have the same counts throughout: Area A11 (A11) and Area A12 (A12)"
    #expect(said(input) == (more == 0 ? [wanted] : []))
  }

  /// A quarter fewer than 300 are 225.
  @Test(
    "a year group that is in all years out of proportion to the children below it is named",
    arguments: [
      (11, 165.0, "Year 11 0.550"), (11, 225, nil), (11, 224, "Year 11 0.747"), (8, 600, "Year 8 2.000"),
      (1, 401, "Year 1 1.337, Area A12 (A12) Year 2 0.748"), (7, 201, "Year 8 1.493"), (6, 150, nil),
    ])
  func yearGroups(_ odd: Int, _ count: Double, _ wanted: String?) throws {
    let input = try read(rolls: { code, _, group in code == "A12" && group == odd ? count : 300 })
    let warning = wanted.map {
      "W301 year groups are out of proportion to the same children a year before, in 1 of 20 areas: "
        + "Area A12 (A12) \($0)"
    }
    #expect(said(input) == [warning].compactMap(\.self))
  }

  /// Reception is nine tenths of its cohort's births, which vary; they stand so many years late in the file.
  @Test(
    "births of another year are named, from five areas on",
    arguments: [(0, 20, nil), (1, 20, "later"), (-1, 20, "earlier"), (1, 5, "later"), (1, 4, nil)])
  func birthYears(_ late: Int, _ areas: Int, _ wanted: String?) throws {
    func born(_ code: String, _ year: Int) -> Double {
      Double(300 + (year * year * 7 + (Int(code.dropFirst()) ?? 0) * 13) % 60)
    }
    let input = try read(
      rolls: { code, year, group in
        group > 0 ? 300 : 0.9 * (10 * born(code, year - 4) + 2 * born(code, year - 3)) / 12
      },
      births: { code, year in code < "A\(10 + areas)" ? born(code, year - late) : nil })
    let warning = wanted.map {
      "W348 Reception follows the births that stand a year \($0) in the file than its children's, over "
        + "\(areas) areas"
    }
    #expect(said(input).filter { !$0.hasPrefix("W308") } == [warning].compactMap(\.self))
  }

  /// Nine tenths of the births of the area's cohorts are in all its year groups. So few births as half of these may fit by chance.
  @Test(
    "an area whose births or rolls are of another year is named among few others",
    arguments: [(0, 1.0, nil), (1, 1, "later, 0.009"), (-1, 1, "earlier, 0.009"), (1, 0.5, nil)]
      as [(Int, Double, String?)])
  func birthYearsOfOne(_ late: Int, _ size: Double, _ wanted: String?) throws {
    func born(_ year: Int) -> Double { size * Double(300 + (year * year * 7 + 156) % 60) }
    let input = try read(
      rolls: { code, year, group in
        let first = year - group
        return code == "A12" ? 0.9 * (10 * born(first - 4) + 2 * born(first - 3)) / 12 : 300
      },
      births: { code, year in code > "A13" ? nil : code == "A12" ? born(year - late) : 300 })
    let warning = wanted.map {
      "W348 cohorts follow the births that stand a year later or earlier in the file than their own, in 1 of 20 areas: "
        + "Area A12 (A12) \($0)"
    }
    #expect(said(input).filter { !$0.hasPrefix("W308") } == [warning].compactMap(\.self))
  }

  @Test("an area without Reception wants no births, and has none to use", arguments: [true, false])
  func withoutReception(_ hasBirths: Bool) throws {
    let input = try read(
      rolls: { code, _, group in code == "A12" && group == 0 ? nil : 300 },
      births: { code, _ in code == "A12" && !hasBirths ? nil : 300 })
    #expect(
      said(input) == (hasBirths ? ["W308 births of areas whose rolls have no Reception: A12"] : []))
  }

  @Test(
    "a year far from all others is refused at its cell",
    arguments: [
      ("A10,Area A10,0001/02,R,300\n", "", "E115"), ("A10,Area A10,3011/12,R,300\n", "", "E115"),
      ("A10,Area A10,1960/61,R,300\n", "", "E113"), ("", "A10,Area A10,1906,300\n", "E113"),
      ("", "A10,Area A10,2060,300\n", "E113"),
    ])
  func farYears(_ rolls: String, _ births: String, _ code: String) throws {
    let found = try faults { _ = try read(moreRolls: rolls, moreBirths: births) }
    #expect(codes(found) == [rolls.isEmpty ? "\(code) 282:14" : "\(code) 2402:14"])
  }
}
