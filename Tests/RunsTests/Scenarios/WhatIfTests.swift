import Diagnostics
import Foundation
import ModelFiles
import PlacePlanning
import Scenarios
import TestSupport
import Testing

@testable import Runs

private let townFolder = "Models/exampleton"

@Suite struct WhatIfTests {
  /// Section 13 of the town's README: late homes and a tenth fewer births, once as a scenario and once from the command line.
  @Test func `changes of the command line are worth a scenario's`() throws {
    let text = try places(
      "whatif", townFolder, "--scenario", "late-and-few", "--set", "housing.mill_lane.first_completions=2020",
      "--scale",
      "births.future_factor=0.9", "--format", "json")
    #expect(text.status == 0 && text.talk.isEmpty)
    let answer = try json(text.output)
    #expect(answer["format"] as? String == "places-whatif/1")
    #expect(answer["draws"] as? Int == 0)
    let cases = try #require(answer["cases"] as? [[String: Any]])
    #expect(cases.map { $0["name"] as? String } == ["central", "late-and-few", "your changes"])
    let headlines = try cases.map { try #require($0["headlines"] as? [[String: Any]]) }
    for (one, other) in zip(headlines[1], headlines[2]) {
      #expect(one["value"] as? Double == other["value"] as? Double)
      #expect(one["note"] as? String == other["note"] as? String)
    }
    let reception = try #require(headlines[2].first { $0["key"] as? String == "reception" })
    expectClose(reception["change"] as? Double, 70.46 + 34.2 - 115.9)
    let applied = try #require(cases[2]["applied_overrides"] as? [[String: Any]])
    #expect(applied.map { $0["place"] as? String } == ["--set:1", "--scale:1"])
    #expect(applied.map { $0["is"] as? Double } == [2020, 0.9])
    #expect((cases[0]["applied_overrides"] as? [[String: Any]])?.isEmpty == true)
  }

  @Test func `people read what moves, and what does not`() throws {
    let text = try places("whatif", townFolder, "--set", "births.future_factor=1.1").output
    #expect(text.contains("births.future_factor: 1 -> 1.1 ratio (--set:1)"))
    #expect(text.contains("Reception, last year"))
    #expect(text.contains("116"))
    #expect(text.contains("Nothing changes in: Year 7, last year;"))
    // A ten-thousandth more births are not shown as a change by nought.
    let hardly = try places("whatif", townFolder, "--set", "births.future_factor=1.0001").output
    #expect(hardly.contains("116 (about the same)") && !hardly.contains("+0)"), "\(hardly)")
    let same = try places("whatif", townFolder, "--set", "births.future_factor=1").output
    #expect(same.contains("Nothing moves."))
  }

  @Test func `people read where a scenario's change stands, as they can open it`() throws {
    let text = try places("whatif", townFolder, "--scenario", "late-homes").output
    #expect(text.contains("2019 -> 2020 year (Models/exampleton/scenarios/late-homes.yaml:4:10)"))
  }

  @Test func `that costs move nothing before a programme is chosen is said once`() throws {
    let words = "No headline moves under your changes: costs and money count only with --stage prioritise"
    let money = ["whatif", townFolder, "--set", "borrowing.limit_factor=0"]
    let compared = try command(placesPath, money)
    #expect(compared.output.components(separatedBy: words).count == 2, "\(compared.output)")
    #expect(try !command(placesPath, money + ["--stage", "prioritise"]).output.contains("No headline"))
    // A case that moves something, and one that changes nothing, have nothing to learn from it.
    for set in ["births.future_factor=1.1", "borrowing.limit_factor=1"] {
      #expect(try !places("whatif", townFolder, "--set", set).output.contains("No headline"), "\(set)")
    }
  }

  @Test func `a programme under each case`() throws {
    let text = try places(
      "whatif", townFolder, "--set", "borrowing.limit_factor=0", "--stage", "prioritise")
    #expect(text.status == 0)
    // Section 14: without borrowing South gets its extra class.
    #expect(text.output.contains("your changes: without south; with south_bulge in 2020/21"))
  }

  @Test func `every change and scenario is checked, and all faults come at once`() throws {
    let text = try places(
      "whatif", townFolder, "--set", "births.futur_factor=1", "--set", "operating_margin.primary=0.9",
      "--scale",
      "operating_margin.secondary=2", "--scale", "operating_margin.primary=2")
    #expect(text.status == 65 && text.output.isEmpty)
    #expect(text.talk.contains("--set:1: error[E031]: unknown assumption 'births.futur_factor'"))
    #expect(text.talk.contains("fix: did you mean 'births.future_factor'?"))
    #expect(
      text.talk.contains(
        "--scale:2: error[E033]: 'operating_margin.primary' is changed twice; first at --set:2"))
    #expect(text.talk.contains("--set:2: error[E014]: the change makes 'operating_margin.primary' 0.9 share"))
    let unknown = try places("whatif", townFolder, "--scenario", "late")
    #expect(unknown.status == 65 && unknown.talk.contains("E034"))
  }

  @Test(arguments: [
    ["whatif", townFolder], ["whatif", townFolder, "--set", "births.future_factor"],
    ["whatif", townFolder, "--set", "births.future_factor=1e3"],
    ["whatif", townFolder, "--set", "a=1", "--chart", "a.png"],
    ["whatif", townFolder, "--set", "a=1", "--draws", "1"], ["sweep", townFolder, "--out", "x"],
    ["sweep", "--out", "x"],
    ["sweep", townFolder, "--vary", "a=1:2", "--out", "x"],
    ["sweep", townFolder, "--vary", "a=1,2", "--design", "latin", "--out", "x"],
    ["sweep", townFolder, "--vary", "a=1,2", "--points", "4", "--out", "x"],
    ["sweep", townFolder, "--vary", "a=1,2", "--shard", "3/2", "--out", "x"],
    ["sweep", townFolder, "--merge", "x", "--out", "y"],
    ["sweep", "--design", "latin", "--out", "y", "--merge", "x"],
    ["sweep", "--jobs", "4", "--out", "y", "--merge", "x"],
    ["sweep", townFolder, "--vary", "a=0.8:1.2:0.7", "--out", "x"],
    ["sweep", townFolder, "--vary", "a=0:1:0.4", "--out", "x"],
    ["whatif", townFolder, "--set", "a=1", "--out", "x", "--chart", "x/c.json"],
    ["sweep", townFolder, "--vary", "a=1,2", "--jobs", "0", "--out", "x"],
    ["whatif", townFolder, "--set", "births.future_factor=0.9", "--seed", "2"],
    ["sweep", townFolder, "--vary", "a=1,2", "--draws", "0", "--seed", "2", "--out", "x"],
    ["sweep", townFolder, "--vary", "births.future_factor=0.9,1.1", "--seed", "2", "--out", "x"],
    [
      "sweep", townFolder, "--vary", "births.future_factor=0.9:1.1", "--design", "tornado", "--seed", "2",
      "--out", "x",
    ],
  ])
  func `exit status 64 for a wrong word`(_ words: [String]) throws {
    #expect(try command(placesPath, words).status == 64)
  }

  /// A sample of points is drawn from the seed, with draws of demand or without.
  @Test func `a sample without draws takes a seed`() throws {
    let folder = try TemporaryFolder()
    let samples = try ["1", "2"].map { seed in
      let run = try places(
        "sweep", townFolder, "--vary", "births.future_factor=0.8:1.2", "--design", "latin", "--points", "3",
        "--draws", "0", "--seed", seed, "--out", folder(seed).path)
      #expect(run.status == 0, "\(run.talk)")
      return try folder.text("\(seed)/results.csv")
    }
    #expect(samples[0] != samples[1])
  }

  @Test func `the folder and the chart hold the same figures`() throws {
    let folder = try TemporaryFolder()
    let words = [
      "whatif", townFolder, "--set", "births.future_factor=1.1", "--out", folder("w").path, "--chart",
      folder("c.json").path,
    ]
    #expect(try command(placesPath, words).status == 0)
    #expect(try command(placesPath, words).status == 0, "an earlier answer is replaced")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder("w").path).sorted()
    #expect(names.filter { $0 != "chart.svg" } == ["chart.json", "whatif.csv", "whatif.json"])
    #expect(try folder.text("w/chart.json") == folder.text("c.json"))
    #expect(
      try json(folder.text("c.json"))["$schema"] as? String
        == "https://vega.github.io/schema/vega-lite/v6.json")
    let rows = try folder.text("w/whatif.csv").split(separator: "\n")
    #expect(rows[0] == "case,headline,unit,value,note,change")
    #expect(rows.count == 1 + 2 * 16)
  }

  @Test func `a folder of one's own is left alone, a model among them`() throws {
    let (copy, folder) = (try ModelCopy(), try TemporaryFolder())
    let model = copy.request().folder
    let before = try FileManager.default.subpathsOfDirectory(atPath: model.path).sorted()
    let words = ["whatif", model.path, "--set", "births.future_factor=0.9", "--out"]
    let refused = try command(placesPath, words + [model.path, "--format", "json"])
    #expect(refused.status == 65)
    let faults = try json(refused.output)["diagnostics"] as? [[String: Any]]
    #expect(faults?.map { $0["code"] as? String } == ["E602"])
    #expect(try FileManager.default.subpathsOfDirectory(atPath: model.path).sorted() == before)
    // A name alone does not make a file ours.
    try FileManager.default.createDirectory(at: folder("w"), withIntermediateDirectories: true)
    try Data("mine".utf8).write(to: folder("w").appendingPathComponent("whatif.json"))
    #expect(try command(placesPath, words + [folder("w").path]).status == 65)
    #expect(try folder.text("w/whatif.json") == "mine")
    try FileManager.default.createSymbolicLink(at: folder("link"), withDestinationURL: folder("w"))
    let link = try command(placesPath, words + [folder("link").path])
    #expect(link.status == 65 && link.talk.contains("a symbolic link"), "\(link.talk)")
  }

  @Test func `a chart replaces a chart alone, and is not written where the folder cannot be`() throws {
    let folder = try TemporaryFolder()
    let words = ["whatif", townFolder, "--set", "births.future_factor=0.9", "--chart"]
    try Data(#"{"$schema":"https://vega.github.io/schema/vega-lite/v6.json"}"#.utf8).write(
      to: folder("mine.json"))
    let mine = try command(placesPath, words + [folder("mine.json").path])
    #expect(mine.status == 65 && mine.talk.contains("error[E602]"), "\(mine.talk)")
    try Data("mine".utf8).write(to: folder("file"))
    let half = try command(
      placesPath, words + [folder("c.json").path, "--out", folder("file").appendingPathComponent("x").path])
    #expect(half.status == 65 && half.talk.contains("error[E604]"), "\(half.talk)")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted() == ["file", "mine.json"])
    let nowhere = try command(placesPath, words + [folder("no/c.json").path])
    #expect(nowhere.status == 66 && nowhere.talk.contains("error[E603]"), "\(nowhere.talk)")
  }

  @Test func `a chart that cannot be drawn is said, and is no success`() throws {
    let folder = try TemporaryFolder()
    let answer = try command(
      placesPath,
      ["whatif", townFolder, "--set", "births.future_factor=0.9", "--chart", folder("c.svg").path],
      adding: ["PLACES_WHEELS": "/nowhere"])
    #expect(answer.status == 66 && answer.talk.contains("warning[W306]"), "\(answer.talk)")
    #expect(!answer.output.contains("Written:"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == [])
  }

  /// Random numbers are shared: what no change touches is the same to the bit in every case.
  @Test func `cases share their draws`() throws {
    let run = try WhatIfRun(
      Repository.file("Models/gloucestershire"), scenarios: ["costs-up"],
      changes: [
        AssumptionChange(
          key: "housing.delivery_factor", change: .set(0), place: SourceLocation(file: "--set", line: 1))
      ], CaseRequest(draws: 40, seed: 5))
    for headline in Headline.of(.compare, hasDraws: true) {
      #expect(run.cases[1].figures.figures[headline] == run.cases[0].figures.figures[headline], "\(headline)")
    }
    let (central, none) = (run.cases[0].figures.areas, run.cases[2].figures.areas)
    let fed = Set(run.model.housing.sites.flatMap { [$0.primaryArea.text, $0.secondaryArea.text] })
    for (one, other) in zip(central, none) where one.phase == "primary" && !fed.contains(one.code) {
      #expect(one == other)
    }
    #expect(zip(central, none).contains { $0 != $1 })
    // And the whole is that of the verbs on their own.
    let alone = try workOut(
      check(ModelRequest(folder: Repository.file("Models/gloucestershire"))),
      CaseRequest(draws: 40, seed: 5), threads: 2)
    #expect(alone.figures == run.cases[0].figures.figures)
  }
}

@Suite struct KeysTests {
  private func keys(_ words: String...) throws -> [[String: Any]] {
    let text = try command(
      placesPath,
      ["keys", townFolder] + words + ["--format", "json"])
    return try #require(JSONSerialization.jsonObject(with: Data(text.output.utf8)) as? [[String: Any]])
  }

  @Test func `lists every assumption with its evidence`() throws {
    let all = try keys()
    let model = try check(ModelRequest(folder: Repository.file(townFolder))).model
    #expect(all.map { $0["key"] as? String } == model.assumptions.map(\.key))
    let births = try #require(all.first { $0["key"] as? String == "births.future_factor" })
    #expect(births["unit"] as? String == "ratio" && births["value"] as? Double == 1)
    #expect(
      Set(births.keys) == ["key", "title", "unit", "value", "source", "mark", "quality", "impact", "place"])
    #expect((births["place"] as? String)?.hasSuffix("assumptions/all.yaml:2:1") == true)
  }

  @Test func `a place is where the user finds it, in a scenario as well`() throws {
    #expect(
      try keys("mill_lane", "--scenario", "late-homes").map { $0["place"] as? String } == [
        "Models/exampleton/scenarios/late-homes.yaml:4:10", "Models/exampleton/assumptions/all.yaml:34:1",
      ])
  }

  @Test func `searches keys and titles`() throws {
    #expect(
      try keys("MILL").map { $0["key"] as? String } == [
        "housing.mill_lane.first_completions", "housing.mill_lane.homes_per_year",
      ])
    #expect(try keys("kept free").count == 2)
    let text = try places("keys", townFolder, "delivry_factor")
    #expect(text.status == 0)
    #expect(text.talk.contains("No key or title holds 'delivry_factor'. Did you mean 'delivery_factor'?"))
  }
}
