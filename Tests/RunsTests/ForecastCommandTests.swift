import Foundation
import TestSupport
import Testing

/// The verbs that need no model, as an analyst runs them.
@Suite struct ForecastCommandTests {
  private let folder: TemporaryFolder
  private static let header = "area_code,area_name,academic_year,year_group,number_on_roll\n"
  private static let page = "Sources/Forecasting/Forecasting.docc/Forecasting.md"

  init() throws { folder = try TemporaryFolder() }

  private func path(_ name: String) -> String { folder.path(name) }

  /// Invented rolls of two areas, Reception to Year 11, 2010/11 to 2017/18.
  private func writeRolls(_ change: (String) -> String = { $0 }) throws -> String {
    var random = SeededGenerator(seed: 4)
    var text = Self.header
    for (code, size) in [("A1", 60), ("A2", 240)] {
      for year in 2010...2017 {
        for group in ["R"] + (1...11).map(String.init) {
          let label = "\(year)/\((year + 1) % 100)"
          text += "\(code),Area \(code),\(label),\(group),\(size + Int.random(in: -5...5, using: &random))\n"
        }
      }
    }
    return try folder.write(change(text), to: "rolls.csv").path
  }

  /// Councils' own forecasts, a line each.
  private func writeOfficial(_ rows: String) throws -> String {
    let header = "target_year,horizon,area_code,area_name,phase,actual,forecast,official_error\n"
    return try folder.write(header + rows, to: "official.csv").path
  }

  private func lines(_ name: String) throws -> [String] {
    try folder.text(name).split(separator: "\n").map(String.init)
  }

  @Test func `a forecast has a row for each year group, phase total and year ahead`() throws {
    let rolls = try writeRolls()
    let run = try places(
      "forecast", rolls, "--origin", "2016/17", "--horizon", "2", "--draws", "100", "--out", path("F.csv"))
    #expect(run.status == 0)
    #expect(run.output.contains("2 areas forecast from 2016/17, 56 rows."))
    let rows = try lines("F.csv")
    #expect(
      rows[0]
        == "origin,horizon,target_year,area_code,phase,year_group,central,mean,p2_5,p10,p25,p50,p75,p90,p97_5"
    )
    #expect(try unnamed(rows[0], on: Self.page) == [])
    // Two areas, twelve year groups and two totals, two years.
    #expect(rows.count == 1 + 2 * 14 * 2)
    #expect(rows.contains { $0.hasPrefix("2016/17,2,2018/19,A2,secondary,total,") })
    let before = try folder.data("F.csv")
    _ = try places(
      "forecast", rolls, "--origin", "2016/17", "--horizon", "2", "--draws", "100", "--out", path("F.csv"))
    #expect(try folder.data("F.csv") == before, "the same bytes")
  }

  @Test(arguments: [
    (["--origin", "2019/20", "--horizon", "1"], "error[E301]", Int32(65)),
    (["--origin", "2016/17", "--horizon", "11"], "error[E302]", 65),
    (["--origin", "2016/17", "--horizon", "0"], "--horizon is '0': a forecast is of a later year", 64),
    (["--origin", "2016/17", "--horizon=-1"], "--horizon is '-1': a forecast is of a later year", 64),
    (["--origin", "2011/12", "--horizon", "1"], "error[E303]", 65),
    (["--origin", "2016", "--horizon", "1"], "--origin is '2016'", 64),
    (["--origin", "2016/17", "--horizon", "1", "--draws", "1"], "--draws must lie", 64),
    (["--origin", "2016/17", "--horizon", "1", "--draws", "100001"], "--draws must lie", 64),
    (["--origin", "2016/17", "--horizon", "1", "--disturbed", "soon"], "--disturbed is 'soon'", 64),
  ])
  func `what cannot be forecast is refused and nothing is written`(
    _ options: [String], _ words: String, _ status: Int32
  ) throws {
    let run = try command(placesPath, ["forecast", try writeRolls(), "--out", path("F.csv")] + options)
    #expect(run.status == status)
    #expect(run.talk.contains(words), "\(run.talk)")
    #expect(!FileManager.default.fileExists(atPath: path("F.csv")))
  }

  @Test func `a backtest of no year ahead is refused as a wrong option`() throws {
    let run = try places(
      "backtest", try writeRolls(), "--origins", "2014/15", "--horizons", "0..2", "--out", path("report"))
    #expect(run.status == 64)
    #expect(run.talk.contains("--horizons is '0..2': a forecast is of a later year"), "\(run.talk)")
    #expect(!FileManager.default.fileExists(atPath: path("report")))
  }

  @Test func `rolls of nobody are refused for want of a range, not of areas`() throws {
    let rolls = (2010...2013).map { "A1,Area A1,\($0)/\(($0 + 1) % 100),R,0\n" }.joined()
    try folder.write(Self.header + rolls, to: "rolls.csv")
    let run = try places(
      "forecast", path("rolls.csv"), "--origin", "2013/14", "--horizon", "1", "--out", path("F.csv"))
    #expect(run.status == 65)
    #expect(run.talk.contains("error[E303]: no earlier forecast that found pupils"), "\(run.talk)")
  }

  @Test(arguments: [
    (",R,", ",R,-", "error[E113]"), ("Area A1,2012/13,3,", "Area A1,2012/13,3,0.", "error[E111]"),
    ("A1,2012/13,3", "A1,2012/14,3", "error[E115]"), ("area_name", "area", "error[E104]"),
  ])
  func `faulty cells are refused with their place`(_ old: String, _ new: String, _ code: String) throws {
    let rolls = try writeRolls { text in
      text.range(of: old).map { text.replacingCharacters(in: $0, with: new) } ?? text
    }
    let run = try places("forecast", rolls, "--origin", "2016/17", "--horizon", "1", "--out", path("F.csv"))
    #expect(run.status == 65)
    #expect(run.talk.contains(code), "\(run.talk)")
    #expect(!FileManager.default.fileExists(atPath: path("F.csv")))
  }

  @Test func `a missing file is exit status 66, and so is a folder that is not there`() throws {
    let missing = try places(
      "forecast", path("none.csv"), "--origin", "2016/17", "--horizon", "1", "--out", path("F.csv"))
    #expect(missing.status == 66)
    let nowhere = try places(
      "forecast", try writeRolls(), "--origin", "2016/17", "--horizon", "1", "--out", path("no/such/F.csv"))
    #expect(nowhere.status == 66)
    #expect(nowhere.talk.contains("error[E603]: nothing was written: there is no folder"))
  }

  @Test func `a forecast replaces a forecast alone`() throws {
    let rolls = try writeRolls()
    let before = try Data(contentsOf: URL(fileURLWithPath: rolls))
    try folder.write("mine", to: "mine.csv")
    try folder.write("", to: "empty.csv")
    let manager = FileManager.default
    try manager.createDirectory(atPath: path("folder"), withIntermediateDirectories: false)
    try manager.createSymbolicLink(atPath: path("link.csv"), withDestinationPath: path("empty.csv"))
    try manager.createSymbolicLink(atPath: path("rolls-link.csv"), withDestinationPath: rolls)
    let names = try manager.contentsOfDirectory(atPath: folder.url.path).sorted()
    func forecast(_ out: String) throws -> CommandResult {
      try places(
        "forecast", rolls, "--origin", "2016/17", "--horizon", "1", "--draws", "10", "--out", out, "--format",
        "json")
    }
    for (out, words) in [
      (rolls, "one of those that are read"), (path("rolls-link.csv"), "one of those that are read"),
      (path("mine.csv"), "none that this program wrote"), (path("folder"), "is a folder"),
      (path("link.csv"), "is a symbolic link"), ("/dev/null", "is no plain file"),
    ] {
      let refused = try forecast(out)
      #expect(refused.status == 65, "\(out)")
      #expect(refused.output.contains("E602") && refused.output.contains(words), "\(refused.output)")
    }
    let full = try forecast(path("mine.csv/F.csv"))
    #expect(full.status == 65 && full.output.contains("E604"), "\(full.output)")
    #expect(try manager.contentsOfDirectory(atPath: folder.url.path).sorted() == names)
    #expect(try Data(contentsOf: URL(fileURLWithPath: rolls)) == before)
    #expect(try forecast(path("empty.csv")).status == 0, "an empty file holds nothing")
  }

  @Test func `a backtest replaces a backtest alone, and says what it could not score`() throws {
    let rolls = try writeRolls()
    func backtest(_ out: String) throws -> CommandResult {
      try places(
        "backtest", rolls, "--origins", "2014/15..2016/17", "--horizons", "1..5", "--draws", "10", "--out",
        out)
    }
    for _ in 1...2 {
      let run = try backtest(path("report"))
      #expect(run.status == 0, "\(run.talk)")
      let words =
        "2 years ahead from 2016/17; 3 years ahead from 2015/16 and 2016/17; 4 years ahead from any origin; "
        + "5 years ahead from any origin"
      #expect(run.output.contains("Not scored: \(words)."), "\(run.output)")
      #expect(run.talk.contains("warning[W604]: not scored: \(words)"), "\(run.talk)")
    }
    let stranger = try backtest(folder.url.path)
    #expect(stranger.status == 65 && stranger.talk.contains("holds 'report', which no backtest wrote"))
    #expect(try lines("rolls.csv").count > 1)
  }

  @Test func `a backtest writes a report with its tables, and leaves an older one alone when it fails`()
    throws
  {
    let rolls = try writeRolls()
    let official = try writeOfficial(
      "2016/17,1,A1,Area A1,primary,420,440,0.047\n2016/17,1,A2,Area A2,primary,,,9.4e-03\n")
    let run = try places(
      "backtest", rolls, "--official", official, "--origins", "2013/14..2015/16", "--horizons", "1,2",
      "--draws", "50", "--out", path("report"))
    #expect(run.status == 0, "\(run.talk)")
    #expect(run.output.contains("2016/17      1"))
    for name in [
      "report.html", "scores.csv", "official.csv", "choices.csv", "reliability.csv", "backtest.json",
    ] {
      #expect(FileManager.default.fileExists(atPath: path("report/\(name)")), "\(name)")
    }
    for table in ["scores", "official", "choices", "reliability"] {
      #expect(try unnamed(lines("report/\(table).csv")[0], on: Self.page) == [], "\(table).csv")
    }
    let scores = try lines("report/scores.csv")
    // Three origins and all of them, two horizons, two phases, two measures, seven forecasters.
    #expect(scores.count == 1 + 4 * 2 * 2 * 2 * 7)
    #expect(try lines("report/official.csv").count == 2)
    #expect(try places("backtest", "--help").output.contains("official_error"))

    let failed = try places(
      "backtest", rolls, "--origins", "2017/18", "--horizons", "5", "--out", path("report"))
    #expect(failed.status == 65)
    #expect(failed.talk.contains("error[E302]"))
    #expect(try lines("report/scores.csv") == scores)
  }

  /// Area A2 has about 1,680 pupils in primary schools, and 1,200 in secondary schools.
  @Test(arguments: [("primary", false), ("secondary", true)])
  func `an official forecast of other pupils than the rolls' is pointed at`(_ phase: String, _ isOdd: Bool)
    throws
  {
    let rolls = try writeRolls()
    let official = try writeOfficial(
      "2016/17,1,A1,Area A1,primary,420,440,0.047\n2016/17,1,A2,Area A2,\(phase),1680,1697,0.010\n")
    let run = try places(
      "backtest", rolls, "--official", official, "--origins", "2015/16", "--horizons", "1",
      "--draws", "10", "--out", path("report"))
    #expect(run.status == 0, "\(run.talk)")
    #expect(run.talk.contains("W303") == isOdd)
    #expect(
      run.talk.contains(
        "official.csv:3:32: warning[W303]: 'actual' is another number of pupils than the rolls', in 1 of 2 rows: "
          + "1,680 beside 1,") == isOdd, "\(run.talk)")
  }

  @Test func `a backtest compares at the origins and horizons asked for, and says what it left out`() throws {
    let rolls = try writeRolls()
    func backtest(_ rows: [String]) throws -> CommandResult {
      try places(
        "backtest", rolls, "--official", try writeOfficial(rows.map { "\($0),,,0.02\n" }.joined()),
        "--origins", "2013/14,2014/15", "--horizons",
        "1", "--draws", "10", "--out", path("report"))
    }
    let some = try backtest([
      "2015/16,1,A1,Area A1,primary", "2016/17,1,A1,Area A1,primary", "2016/17,1,A2,Area A2,primary",
      "2016/17,1,A1,Area A1,secondary", "2015/16,2,A1,Area A1,primary",
    ])
    #expect(some.status == 0, "\(some.talk)")
    #expect(try lines("report/official.csv").count == 2)
    let words =
      "origin not asked for: 2016/17 from 2015/16 (2 primary, 1 secondary); years ahead not asked for: "
      + "2015/16 from 2013/14 (1 primary)"
    #expect(some.talk.contains("warning[W604]: not compared, 4 official forecasts: \(words)"), "\(some.talk)")
    #expect(some.output.contains("Not compared with the councils' own: \(words)."), "\(some.output)")

    let none = try backtest(["2004/05,1,A1,Area A1,primary"])
    #expect(none.status == 0, "\(none.talk)")
    #expect(try lines("report/official.csv").count == 1)
    #expect(
      none.talk.contains(
        "official.csv: warning[W604]: not compared, 1 official forecast: no forecast can start from that origin: "
          + "2004/05 from 2003/04 (1 primary)"), "\(none.talk)")
    let report = try folder.text("report/report.html")
    #expect(report.contains("Not compared, 1 of the councils"))
  }

  @Test func `a backtest names areas that have no year before an origin`() throws {
    let rolls = try writeRolls { text in
      text + (2015...2017).map { "A3,Area A3,\($0)/\(($0 + 1) % 100),R,30\n" }.joined()
    }
    let run = try places(
      "backtest", rolls, "--origins", "2014/15..2016/17", "--horizons", "1", "--draws", "10", "--out",
      path("report"))
    #expect(run.status == 0, "\(run.talk)")
    #expect(
      run.talk.contains(
        "warning[W307]: 1 area counted at an origin and in no year before: Area A3 (A3), first in 2015/16"),
      "\(run.talk)")
  }

  /// As authorities that were made out of others, whose figures begin with the change.
  @Test func `a forecast names areas that are counted only after its origin`() throws {
    let rolls = try writeRolls { text in
      text + "A3,Area A3,2016/17,R,30\nA3,Area A3,2017/18,R,30\nA4,Area A4,2017/18,R,30\n"
    }
    let run = try places(
      "forecast", rolls, "--origin", "2016/17", "--horizon", "1", "--draws", "10", "--out", path("F.csv"))
    #expect(run.status == 0, "\(run.talk)")
    for words in [
      "area 'A3' (Area A3) is counted in 2016/17 and in no year before",
      "warning[W307]: 1 area counted only after 2016/17: Area A4 (A4), first in 2017/18",
    ] {
      #expect(run.talk.contains(words), "\(run.talk)")
    }
  }

  @Test func `a backtest names ranges that no past error measures, by origin`() throws {
    let rolls = try writeRolls { text in
      text.split(separator: "\n").filter { line in
        !(line.contains(",R,") && (2010...2013).contains { line.contains(",\($0)/") })
      }.joined(separator: "\n") + "\n"
    }
    let run = try places(
      "backtest", rolls, "--origins", "2012/13..2014/15", "--horizons", "1..3", "--draws", "10", "--out",
      path("report"))
    #expect(run.status == 0, "\(run.talk)")
    // From 2012/13 on, a forecast one year ahead has come true; each year later one a year further ahead.
    #expect(
      run.talk.contains(
        "warning[W330]: no earlier forecast has an outcome by the origin: from 2012/13 2 and 3 years ahead; "
          + "from 2013/14 3 years ahead"), "\(run.talk)")
    #expect(
      run.talk.contains(
        "warning[W329]: no earlier forecast of these can be held against a count: "
          + "from 2014/15 Reception 1 to 3 years ahead (the errors of Year 1 stand in)"), "\(run.talk)")
  }

  @Test(arguments: [0, 11])
  func `an official forecast of no year ahead, or of too many, is refused at its row`(_ horizon: Int) throws {
    let rolls = try writeRolls()
    let official = try writeOfficial(
      "2016/17,1,A1,Area A1,primary,420,440,0.047\n2016/17,\(horizon),A2,Area A2,primary,420,440,0.047\n")
    let run = try places(
      "backtest", rolls, "--official", official, "--origins", "2013/14..2015/16", "--horizons", "1",
      "--draws", "50", "--out", path("report"))
    #expect(run.status == 65)
    #expect(run.talk.contains("official.csv:3:9: error[E113]"), "\(run.talk)")
    #expect(!FileManager.default.fileExists(atPath: path("report")))
  }

  @Test func `a backtest names the origin that is not counted, and the years that the file lacks`() throws {
    let rolls = try writeRolls { text in
      text.split(separator: "\n").filter { !$0.contains(",2014/15,") }.joined(separator: "\n") + "\n"
    }
    let run = try places(
      "backtest", rolls, "--origins", "2013/14..2016/17", "--horizons", "1", "--draws", "10", "--out",
      path("report"))
    #expect(run.status == 65)
    #expect(
      run.talk.contains(
        "error[E301]: an origin has no count in the rolls: 2014/15\n  why: a forecast starts from the rolls of its "
          + "origin; the file holds 2010/11 to 2017/18 without 2014/15\n"), "\(run.talk)")
  }

  /// Beside a steady school others that opened with a Reception at the origin, of 11 pupils, 12, and so on.
  @Test(arguments: [1, 5, 6])
  func `young schools are named one by one, and many together with the largest first`(_ schools: Int) throws {
    let rolls = try writeRolls { _ in
      var text = Self.header
      for school in 0...schools {
        for year in 2010...2012 {
          let pupils = school == 0 ? [60, 60] : [year == 2012 ? 10 + school : 0, 0]
          for (group, count) in zip(["R", "1"], pupils) {
            text += "B\(school),School \(school),\(year)/\(year - 1999),\(group),\(count)\n"
          }
        }
      }
      return text
    }
    let run = try places(
      "forecast", rolls, "--origin", "2012/13", "--horizon", "1", "--draws", "10", "--format", "json",
      "--out", path("F.csv"))
    #expect(run.status == 0, "\(run.talk)")
    let count = run.output.components(separatedBy: "\"W341\"").count - 1
    #expect(count == (schools > 5 ? 1 : schools), "\(run.output)")
    let words =
      schools > 5
      ? "that the forecast has pupils in, in 6 areas: School 6 (B6): Year 1, 16 pupils there in 20"
      : "nobody has yet attended Year 1 of School 1 (B1), and the forecast has 11 pupils there in 20"
    #expect(run.output.contains(words), "\(run.output)")
  }

  @Test func `both verbs name the areas, year groups and births that an origin lacks`() throws {
    let rolls = try writeRolls { text in
      text.split(separator: "\n").filter { line in
        let isLate = (2015...2017).contains { line.contains(",\($0)/") }
        return !(line.hasPrefix("A1,") && line.contains(",3,")) && !(line.hasPrefix("A2,") && isLate)
      }.joined(separator: "\n") + "\n"
    }
    let births = (2006...2010).map { "A1,Area A1,\($0),60\n" }.joined()
    try folder.write("area_code,area_name,year_to_30_june,births\n" + births, to: "births.csv")
    let common = [rolls, "--births", path("births.csv"), "--draws", "10", "--format", "json"]
    for verb in [
      ["forecast", "--origin", "2016/17", "--horizon", "1", "--out", path("F.csv")],
      ["backtest", "--origins", "2015/16,2016/17", "--horizons", "1", "--out", path("report")],
    ] {
      let run = try command(placesPath, [verb[0]] + common + verb.dropFirst())
      #expect(run.status == 0, "\(run.output)")
      for (code, words) in [
        ("W322", "Area A2 (A2), last in 2014"), ("W323", "Area A1 (A1): Year 3"),
        ("W323", "so that none is forecast or scored"), ("W308", "births end with the year to 30 June 2010"),
      ] {
        #expect(run.output.contains(code) && run.output.contains(words), "\(verb[0]): \(run.output)")
      }
    }
    let totals = try lines("F.csv").filter { $0.contains(",total,") }
    #expect(totals.count == 1 && totals[0].contains(",secondary,"), "\(totals)")
  }

  @Test func `the verbs answer machines too`() throws {
    let rolls = try writeRolls()
    let run = try places(
      "forecast", rolls, "--origin", "2016/17", "--horizon", "1", "--format", "json", "--out", path("F.csv"))
    let answer = try json(run.output)
    #expect(answer["areas"] as? Int == 2)
    #expect(answer["rows"] as? Int == 28)
  }
}
