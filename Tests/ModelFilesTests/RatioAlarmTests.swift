import Diagnostics
import TestSupport
import Testing

@testable import ModelFiles

/// Year 7 against the Year 6 before it, and money that no scheme may use.
@Suite struct RatioAlarmTests {
  /// What is said of Year 7 where every Year 6 of the county counts `year6` times as many, and the Year 7 of 2015/16 `more` times.
  private func alarms(year6: Double = 0.8, more: Double = 1) throws -> [String] {
    let file = "Datasets/gloucestershire-county-rolls/data.csv"
    let copy = try ModelCopy("gloucestershire")
    let lines = try copy.read(file).split(separator: "\n").map { line -> String in
      let cells = line.split(separator: ",").map(String.init)
      guard cells.count == 3, let count = Double(cells[2]) else { return String(line) }
      let factor = cells[1] == "6" ? year6 : cells[0] == "2015/16" && cells[1] == "7" ? more : 1
      return "\(cells[0]),\(cells[1]),\(Int(count * factor))"
    }
    try copy.write(file, Array((lines.joined(separator: "\n") + "\n").utf8))
    return try copy.check().warnings.diagnostics.filter { $0.code == .survivalOutsideAlarm }.map(\.what)
      .filter { $0.hasPrefix("Year 7 of the authority") }
  }

  /// Year 7 is 1.311, 1.335, 1.322, 1.324, 1.332 and 1.343 of Year 6, all above 1.149: pupils come from outside every year. A tenth more
  /// in 2015/16 is 1.456.
  @Test func `a Year 7 that is far from Year 6 every year is no slip, one unlike the others may be`() throws {
    #expect(try alarms(more: 1).isEmpty)
    let found = try alarms(more: 1.1)
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("Year 7 of the authority in 2015/16 is 7,021, 1.456 of") == true)
  }

  /// Of half of Year 6 the six shares are 2.097 and more, more than any English authority has.
  @Test func `a Year 6 of which half is counted every year is not what is usual`() throws {
    #expect(try alarms(year6: 0.5).count == 6)
  }

  /// Multiplies the pupils of every area of a phase.
  private func multiplyAreas(_ phase: String, by factor: Double, in copy: ModelCopy) throws {
    let file = "Datasets/gloucestershire-planning-areas-2015/data.csv"
    let lines = try copy.read(file).split(separator: "\n").map { line -> String in
      var cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      guard cells.count == 7, cells[2] == phase, let pupils = Double(cells[5]) else { return String(line) }
      cells[5] = "\(Int(pupils * factor))"
      return cells.joined(separator: ",")
    }
    try copy.write(file, Array((lines.joined(separator: "\n") + "\n").utf8))
  }

  /// What is said of Year 12 where it is `factor` times Gloucestershire's, about 0.53 of Year 11, and that of 2015/16 `then` times.
  private func sixthForms(_ factor: Double, then: Double? = nil) throws -> [String] {
    let file = "Datasets/gloucestershire-county-rolls/data.csv"
    let copy = try ModelCopy("gloucestershire")
    let lines = try copy.read(file).split(separator: "\n").map { line -> String in
      let cells = line.split(separator: ",").map(String.init)
      guard cells.count == 3, let count = Double(cells[2]), ["12", "13"].contains(cells[1]) else {
        return String(line)
      }
      let times = cells[0] == "2015/16" ? then ?? factor : factor
      return "\(cells[0]),\(cells[1]),\(Int(count * times))"
    }
    try copy.write(file, Array((lines.joined(separator: "\n") + "\n").utf8))
    try copy.replace(
      "Datasets/gloucestershire-county-rolls/data.schema.yaml", "minimum: 1", with: "minimum: 0")
    // The areas' pupils in all, which sixth forms are part of, would lie too far above the authority's.
    try multiplyAreas("secondary", by: 0.85, in: copy)
    return try copy.check().warnings.diagnostics.filter { $0.code == .survivalOutsideAlarm }.map(\.what)
      .filter { $0.hasPrefix("Year 12 of the authority") }
  }

  @Test func `a Year 12 that is far below Year 11 every year is no slip, one unlike the others may be`()
    throws
  {
    #expect(try sixthForms(0.05) == [])
    let found = try sixthForms(0.05, then: 1.6)
    #expect(found.count == 1 && found.first?.contains("in 2015/16") == true)
  }

  @Test func `an authority without a Year 12 is told so once`() throws {
    let found = try sixthForms(0)
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("Year 12 of the authority in 2017/18 is 0, 0.000 of") == true)
  }

  /// Of 3 pupils, 8 may become 3.09 and three times the square root of 3, which is 8.29; 9 may not.
  @Test(arguments: [("8", 0), ("9", 1)])
  func `a small cohort of a whole authority wanders`(_ pupils: String, _ alarms: Int) throws {
    let copy = try ModelCopy("loneham")
    try copy.replace(
      "Datasets/loneham-area-rolls/data.csv", "P1,2017/18,1,3\n", with: "P1,2017/18,1,\(pupils)\n")
    let found = try copy.check().warnings.diagnostics.filter {
      $0.code == .survivalOutsideAlarm && $0.what.hasPrefix("Year 1 of the authority")
    }
    #expect(found.count == alarms)
  }

  /// Nothing is taken from the counts of 2018/19, which W328 says.
  @Test func `counts after the base year are not judged`() throws {
    let file = "Datasets/gloucestershire-county-rolls/data.csv"
    let copy = try ModelCopy("gloucestershire")
    func ratios() throws -> [String] {
      try copy.check().warnings.diagnostics
        .filter { $0.code == .survivalOutsideAlarm || $0.code == .intakeOutsideAlarm }.map(\.what)
    }
    let before = try ratios()
    try copy.write(file, Array((try copy.read(file) + "2018/19,R,3000\n2018/19,1,3000\n").utf8))
    #expect(try ratios() == before)
  }

  /// The areas of either phase add to the authority's count within 2%.
  @Test(arguments: [
    (0.8, "E424", "add the schools that are missing; "), (0.9, "W303", "check that both count the same"),
    (1.1, "W303", "check that both count the same"),
    (1.25, "E424", "take out what the count does not hold; "),
  ])
  func `areas' totals far from the authority's count say which way`(
    _ factor: Double, _ code: String, _ fix: String
  ) throws {
    let copy = try ModelCopy("gloucestershire")
    try multiplyAreas("primary", by: factor, in: copy)
    let faults = try copy.faults()
    let list = try faults.hasErrors ? faults : copy.check().warnings
    let found = list.diagnostics
      .filter { [.totalsFarApart, .totalsDiffer].contains($0.code) }
    #expect(found.map(\.code.rawValue) == [code])
    #expect(found.first?.fix.hasPrefix(fix) == true, "\(found)")
  }

  /// 0.8 and 0.1 go from North; raking takes no notice of what they add to, counted flows do.
  @Test(arguments: [("0.902", "pattern", 0), ("0.92", "pattern", 1), ("0.902", "observed", 1)])
  func `shares of a pattern may add to a little more than 1`(
    _ share: String, _ transfer: String, _ faults: Int
  ) throws {
    let copy = try ModelCopy()
    try copy.replace("Datasets/exampleton-transfer/data.csv", "P1,S1,0.8", with: "P1,S1,\(share)")
    if transfer == "pattern" {
      try copy.replace("Models/exampleton/model.yaml", "transfer: observed", with: "transfer: pattern")
    }
    #expect(try copy.faults().errors.count { $0.code == .sharesExceedOne } == faults)
  }

  /// The boiler adds no places: money for secondary schemes never pays for it, though it stands in a secondary area.
  @Test func `money of a phase for a scheme without places says why it lies idle`() throws {
    func why(_ old: String, _ new: String) throws -> String? {
      let copy = try ModelCopy()
      try copy.replace("Datasets/exampleton-funding-pots/data.csv", old, with: new)
      return try copy.check().warnings.diagnostics.first { $0.code == .potWithoutScheme }?.why
    }
    let phased = try why("school_contribution,condition,,", "school_contribution,condition,secondary,")
    #expect(
      phased
        == "its money would lie idle, or be returned; a scheme without places has no phase, so money of a phase never pays for it"
    )
    #expect(
      try why("school_contribution,condition,,", "school_contribution,suitability,,")
        == "its money would lie idle, or be returned")
  }

  /// The county's own births: from cohort to cohort they fit its pupils 2.1 and 1.9 times as near as those of the years beside them.
  @Test(
    "a real authority's births that are filed a year late or early are named, and as published they are not",
    arguments: [(0, []), (1, ["later 0.469"]), (-1, ["earlier 0.525"])] as [(Int, [String])])
  func birthYears(_ late: Int, _ wanted: [String]) throws {
    let copy = try ModelCopy("gloucestershire")
    let births = "Datasets/gloucestershire-district-births/data.csv"
    let rows = try copy.read(births).split(separator: "\n").map { row in
      var cells = row.split(separator: ",").map(String.init)
      if let year = Int(cells[2]) { cells[2] = String(year + late) }
      return cells.joined(separator: ",") + "\n"
    }
    try copy.write(births, rows.joined().utf8)
    let found = try copy.check().warnings.diagnostics.filter { $0.code == .birthsOfAnotherYear }
    #expect(found.count == wanted.count)
    for (warning, words) in zip(found, wanted) {
      let parts = words.split(separator: " ")
      #expect(
        warning.what
          == "cohorts follow the births that stand a year \(parts[0]) in the file than their own")
      #expect(warning.why.contains(" differ \(parts[1]) times as much with those"))
      #expect(warning.location.file.hasSuffix(births))
    }
  }
}
