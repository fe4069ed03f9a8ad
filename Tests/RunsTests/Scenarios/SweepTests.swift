import Diagnostics
import Foundation
import ModelFiles
import Scenarios
import TestSupport
import Testing

@testable import Runs

private func request(
  _ vary: [String], _ kind: SweepDesign.Kind = .grid, points: Int = 0, shard: String = "1/1", jobs: Int = 2,
  stage: ScenarioStage = .compare, model: URL = Repository.file("Models/exampleton")
) throws -> SweepRequest {
  SweepRequest(
    folder: model, variations: try vary.map { try #require(Variation($0)) }, kind: kind, points: points,
    figures: CaseRequest(stage: stage), shard: try #require(SweepShard(shard)), jobs: jobs)
}

private let grid = [
  "births.future_factor=0.8:1.2:0.1", "housing.delivery_shift=0,1", "housing.delivery_factor=0,1",
]

@Suite struct SweepTests {
  @Test func `a row for each point and headline, in order of points`() throws {
    let folder = try TemporaryFolder()
    let run = try SweepRun(try request(["births.future_factor=0.9,1"]), to: folder("a"))
    #expect(run.computed == 2 && run.found == 0 && run.refused == 0)
    let lines = try folder.text("a/results.csv").split(separator: "\n").map(String.init)
    #expect(lines[0] == "point,id,status,births.future_factor,headline,unit,value,note")
    #expect(lines.count == 1 + 2 * 16)
    // The town's README: Reception in 2023/24 is 77.9 + 38, and with a tenth fewer births 0.8 x 83.7 + 3.5 + 34.2.
    let reception = lines.filter { $0.contains(",reception,") }.map { $0.split(separator: ",") }
    #expect(reception.map { $0[0] } == ["1", "2"])
    expectClose(Double(reception[0][6]), 66.96 + 3.5 + 34.2)
    expectClose(Double(reception[1][6]), 115.9)
    #expect(lines.contains { $0.contains(",first_short_primary,year of September,,") })
    let names = try FileManager.default.contentsOfDirectory(atPath: folder("a").path).sorted()
    #expect(names == ["journal.jsonl", "results.csv", "sweep.json"])
  }

  @Test func `a programme asked of a model without schemes is refused before anything is written`() throws {
    let folder = try TemporaryFolder()
    let sweep = try request(
      ["births.future_factor=0.9,1"], stage: .prioritise, model: Repository.file("Models/sampleford"))
    #expect(codes { _ = try SweepRun(sweep, to: folder("a")) } == [.noSchemes])
    #expect(!FileManager.default.fileExists(atPath: folder("a").path))
  }

  @Test func `draws of a model that says nothing of uncertainty are refused beforehand`() throws {
    let folder = try TemporaryFolder()
    var sweep = try request(["births.future_factor=0.9,1"])
    sweep.figures = CaseRequest(draws: 200)
    #expect(codes { _ = try SweepRun(sweep, to: folder("a")) } == [.missingKey])
    #expect(!FileManager.default.fileExists(atPath: folder("a").path))
    sweep.figures = CaseRequest(draws: 0)
    #expect(try SweepRun(sweep, to: folder("a")).refused == 0)
  }

  @Test func `jobs, shards and their order change no byte`() throws {
    let folder = try TemporaryFolder()
    let one = try SweepRun(try request(grid, jobs: 1), to: folder("one"))
    #expect(one.definition.count == 20)
    _ = try SweepRun(try request(grid, jobs: 4), to: folder("four"))
    let whole = try folder.text("one/results.csv")
    #expect(try folder.text("four/results.csv") == whole)
    #expect(try folder.text("four/sweep.json") == folder.text("one/sweep.json"))
    for shard in [3, 1, 2] {
      _ = try SweepRun(try request(grid, shard: "\(shard)/3"), to: folder("s\(shard)"))
    }
    #expect(try folder.text("s2/results.csv").split(separator: "\n").count == 1 + 7 * 16)
    _ = try SweepRun(merging: ["s2", "s3", "s1"].map { folder($0) }, to: folder("merged"))
    #expect(try folder.text("merged/results.csv") == whole)
    #expect(try folder.text("merged/sweep.json") == folder.text("one/sweep.json"))
  }

  @Test func `sensitivity of merged shards is that of one run`() throws {
    let folder = try TemporaryFolder()
    let keys = ["births.future_factor=0.8:1.2", "pupil_yield_factor.primary=0.5:1.5"]
    let whole = try SweepRun(try request(keys, .sobol, points: 40), to: folder("whole"))
    for shard in [1, 2] {
      _ = try SweepRun(try request(keys, .sobol, points: 40, shard: "\(shard)/2"), to: folder("\(shard)"))
    }
    let merged = try SweepRun(merging: [folder("1"), folder("2")], to: folder("merged"))
    #expect(try folder.text("merged/sobol.csv") == folder.text("whole/sobol.csv"))
    #expect(whole.sensitivity?.indices.map(\.headline) == merged.sensitivity?.indices.map(\.headline))
    // A shard alone has no indices.
    #expect(!FileManager.default.fileExists(atPath: folder("1").appendingPathComponent("sobol.csv").path))
    // Births not yet counted never reach Year 7 within the six years.
    #expect(whole.sensitivity?.indices.contains { $0.headline == .year7 } == false)
    #expect(whole.sensitivity?.indices.contains { $0.headline == .reception } == true)
  }

  @Test func `too few rows give no shares, and the table and the reason say so`() throws {
    let folder = try TemporaryFolder()
    let run = try SweepRun(
      try request(["births.future_factor=0.8:1.2"], .sobol, points: 8), to: folder("few"))
    let sensitivity = try #require(run.sensitivity)
    #expect(sensitivity.indices.isEmpty)
    #expect(sensitivity.refused.first?.reason == .fewRows(8))
    let lines = try folder.text("few/sobol.csv").split(separator: "\n")
    #expect(lines[0] == "headline,key,first,first_low,first_high,total,total_low,total_high,note")
    #expect(try unnamed(String(lines[0]), on: "Sources/Runs/Runs.docc/Sweeps.md") == [])
    #expect(lines[1] == "reception,,,,,,,,8 rows are too few: take 32 or more")
  }

  @Test func `a tornado has its table and its charts`() throws {
    let folder = try TemporaryFolder()
    let keys = [
      "births.future_factor=0.8:1.2", "pupil_yield_factor.primary=0.5:1.5", "housing.delivery_shift=-1,1",
    ]
    let run = try SweepRun(try request(keys, .tornado), to: folder("t"))
    #expect(run.definition.count == 7)
    let bars = try #require(run.sensitivity?.tornados.first { $0.headline == .reception }).bars
    // 0.2 x 93 x 0.8 + 0.2 x 50 x 0.76 either way; half of North's 3.5 pupils of new homes either way.
    #expect(bars.first?.key == "births.future_factor")
    expectClose(bars.first?.atLow, 115.9 - 0.2 * (93 * 0.8 + 50 * 0.76))
    expectClose(bars.first?.atHigh, 115.9 + 0.2 * (93 * 0.8 + 50 * 0.76))
    expectClose(bars.first { $0.key.hasPrefix("pupil") }?.swing, 3.5)
    let table = try folder.text("t/tornado.csv")
    #expect(try unnamed(String(table.prefix { $0 != "\n" }), on: "Sources/Runs/Runs.docc/Sweeps.md") == [])
    #expect(
      table.hasPrefix(
        "headline,unit,key,low,high,base,at_low,at_high,swing\nreception,pupils,births.future_factor,0.8,1.2,115.9"
      ))
    #expect(
      FileManager.default.fileExists(
        atPath: folder("t").appendingPathComponent("charts/tornado-reception.json").path))
  }

  @Test func `a programme at each point`() throws {
    let folder = try TemporaryFolder()
    let run = try SweepRun(
      try request(["borrowing.limit_factor=0,1", "scheme.south.available=0,1"], stage: .prioritise),
      to: folder("p"))
    #expect(run.refused == 0)
    let lines = try folder.text("p/results.csv").split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    func figures(_ headline: String) -> [Double?] { lines.filter { $0[5] == headline }.map { Double($0[7]) } }
    // The town's README, section 14: with borrowing and South's expansion 164.65 stay unmet and 300,000 are borrowed. Without one of
    // them South gets its extra class in 2020/21: 366.835 - 90.585 - 45.9.
    for (found, wanted) in zip(figures("unmet"), [230.35, 230.35, 230.35, 164.65]) {
      expectClose(found, wanted, within: 1e-6)
    }
    #expect(figures("borrowing") == [0, 0, 0, 300_000])
    #expect(figures("schemes") == [3, 3, 3, 3])
  }

  @Test func `a point at which the model does not hold is kept, with the reason`() throws {
    let copy = try ModelCopy()
    let file = "Models/exampleton/assumptions/programme.yaml"
    let key = """
      scheme.north.available:
        title: Can be built (1) or not (0), North Primary expansion
        unit: choice
        value: 1
        source: places-project
        mark: assumed
        quality: red
        impact: amber

      """
    try copy.write(file, Data((try copy.read(file) + key).utf8))
    let folder = try TemporaryFolder()
    let model = copy.request().folder
    // A committed scheme cannot be switched off.
    let run = try SweepRun(try request(["scheme.north.available=1,0"], model: model), to: folder("r"))
    #expect(run.refused == 1)
    let last = try #require(try folder.text("r/results.csv").split(separator: "\n").last)
    #expect(last.hasPrefix("2,") && last.contains(",refused,0,,,,") && last.contains("E040: "))
    let again = try SweepRun(try request(["scheme.north.available=1,0"], model: model), to: folder("r"))
    #expect(again.computed == 0 && again.found == 2 && again.refused == 1)
    let tornado = try SweepRun(
      try request(["scheme.north.available=1,0"], .tornado, model: model), to: folder("t"))
    #expect(tornado.refused == 1)
    let answer = try places(
      "sweep", model.path, "--vary", "scheme.north.available=1,0", "--design", "tornado", "--out",
      folder("t").path)
    #expect(answer.output.contains("\n\nNo tornado: the model must hold at every point. "))
  }

  @Test func `a tornado in which nothing moves says so`() throws {
    let folder = try TemporaryFolder()
    let answer = try places(
      "sweep", "Models/exampleton", "--vary", "births.future_factor=1", "--design", "tornado", "--out",
      folder("a").path)
    #expect(answer.output.contains("\n\nNo headline that has a value at every point moves.\n\nWritten: "))
  }

  /// Tables and charts of the one would stand beside results of the other.
  @Test func `results that were put together are not replaced by those of another sweep`() throws {
    let folder = try TemporaryFolder()
    let vary = ["births.future_factor=0.9,1"]
    _ = try SweepRun(try request(vary, .tornado), to: folder("tornado"))
    _ = try SweepRun(try request(vary), to: folder("grid"))
    _ = try SweepRun(merging: [folder("tornado")], to: folder("merged"))
    let names = try FileManager.default.contentsOfDirectory(atPath: folder("merged").path)
    #expect(codes { _ = try SweepRun(try request(vary), to: folder("merged")) } == [.sweepOfAnother])
    for target in ["merged", "tornado"] {
      #expect(
        codes { _ = try SweepRun(merging: [folder("grid")], to: folder(target)) } == [.sweepOfAnother])
      #expect(try folder.text("\(target)/results.csv") == folder.text("tornado/results.csv"))
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder("merged").path) == names)
    #expect(try SweepRun(try request(vary, .tornado), to: folder("merged")).computed == 3)
    try FileManager.default.removeItem(at: folder("merged").appendingPathComponent("journal.jsonl"))
    try Data("places-sweep-journal/1".utf8).write(to: folder("merged").appendingPathComponent("sweep.json"))
    let unread = try #require(throws: DiagnosticList.self) {
      _ = try SweepRun(try request(vary), to: folder("merged"))
    }
    #expect(unread.diagnostics.map(\.code) == [.sweepOfAnother])
    #expect(
      unread.diagnostics.map(\.what)
        == ["this file says of which sweep the results beside it are, and it cannot be read"])
  }
}

@Suite struct SweepRefusalTests {
  private func codes(_ vary: [String], _ kind: SweepDesign.Kind = .latin) throws -> [String] {
    do {
      let folder = try TemporaryFolder()
      _ = try SweepRun(try request(vary, kind, points: 4), to: folder("x"))
      return []
    } catch let list as DiagnosticList {
      return list.sorted.diagnostics.map { "\($0.code.rawValue) \($0.location)" }
    }
  }

  @Test func `what is varied is checked before anything is computed`() throws {
    #expect(try codes(["births.futur_factor=1:2"]) == ["E031 --vary:1"])
    #expect(try codes(["births.future_factor=0.5:9"]) == ["E014 --vary:1"])
    #expect(try codes(["births.future_factor=1:2", "births.future_factor=1:3"]) == ["E033 --vary:2"])
    // The first use of the option is named, not the second.
    let twice = try #require(throws: DiagnosticList.self) {
      let sweep = try request([
        "housing.delivery_factor=1", "births.future_factor=1", "births.future_factor=2",
      ])
      _ = try SweepRun(sweep, to: TemporaryFolder()("x"))
    }
    #expect(
      twice.diagnostics.map { "\($0.location): \($0.what)" }
        == ["--vary:3: 'births.future_factor' is changed twice; first at --vary:2"])
    // A shift in years is a whole number.
    #expect(try codes(["births.future_factor=1:2", "housing.delivery_shift=0:2"]) == ["E014 --vary:2"])
    #expect(try codes(["births.future_factor=1:2", "housing.delivery_shift=0:2:1"]) == [])
  }

  @Test func `goes on with its own sweep alone`() throws {
    let folder = try TemporaryFolder()
    let vary = ["births.future_factor=0.9,1"]
    _ = try SweepRun(try request(vary), to: folder("a"))
    let again = try SweepRun(try request(vary), to: folder("a"))
    #expect(again.computed == 0 && again.found == 2)
    for other in [
      try request(["births.future_factor=0.9,1.1"]), try request(vary, .tornado),
      try request(vary, shard: "1/2"),
    ] {
      let list = try #require(throws: DiagnosticList.self) { _ = try SweepRun(other, to: folder("a")) }
      #expect(list.diagnostics.map(\.code) == [.sweepOfAnother])
    }
    let copy = try ModelCopy()
    _ = try SweepRun(try request(vary, model: copy.request().folder), to: folder("copy"))
    try copy.replace("Datasets/exampleton-births/data.csv", "Northgate,2014,75", with: "Northgate,2014,76")
    let list = try #require(throws: DiagnosticList.self) {
      _ = try SweepRun(try request(vary, model: copy.request().folder), to: folder("copy"))
    }
    #expect(list.diagnostics.first?.what.contains("the model's files") == true)
  }

  @Test func `missing and foreign shards are not merged`() throws {
    let folder = try TemporaryFolder()
    _ = try SweepRun(try request(grid, shard: "1/2"), to: folder("1"))
    _ = try SweepRun(try request(["births.future_factor=0.9,1"], shard: "2/2"), to: folder("other"))
    for folders in [[folder("1")], [folder("1"), folder("other")], [folder("1"), folder("1")]] {
      let list = try #require(throws: DiagnosticList.self) {
        _ = try SweepRun(merging: folders, to: folder("merged"))
      }
      #expect(list.errors.allSatisfy { $0.code == .shardsDisagree })
    }
    #expect(!FileManager.default.fileExists(atPath: folder("merged").path))
    #expect(throws: DiagnosticList.self) { _ = try SweepRun(merging: [folder("none")], to: folder("merged")) }
  }
}

@Suite struct SweepShardTests {
  @Test func `shards part the points`() throws {
    for count in [1, 2, 3, 7] {
      for points in [0, 1, 5, 20] {
        let all = try (1...count).flatMap { number -> [Int] in
          let shard = try #require(SweepShard("\(number)/\(count)"))
          let own = (0..<shard.points(of: points)).map(shard.point)
          for (position, point) in own.enumerated() { #expect(shard.position(of: point) == position) }
          return own
        }
        #expect(all.sorted() == Array(0..<points))
      }
    }
  }

  @Test(arguments: ["0/2", "3/2", "1", "1/", "/2", "a/b", "1/2/3", "-1/2", "1/0"])
  func `refuses any other form`(_ text: String) { #expect(SweepShard(text) == nil) }
}
