import Diagnostics
import PlacePlanning
import TestSupport
import Testing

@testable import ModelFiles

/// Two assumptions, at lines of their own.
private let base = [
  "site.first": Assumption(
    key: "site.first", title: "First homes", unit: "year", value: 2019, source: "s", mark: .assumed,
    quality: .red, impact: .red, place: "all.yaml:1:1"),
  "site.rate": Assumption(
    key: "site.rate", title: "Homes a year", unit: "dwellings/year", value: 40, source: "s", mark: .assumed,
    quality: .red, impact: .red, place: "all.yaml:9:1"),
]

private struct Applied {
  let values: [String: Double]
  let changes: [AppliedOverride]
  let list: DiagnosticList
}

/// Applies one of several scenarios, each a YAML text.
private func apply(_ name: String, _ texts: [String]) throws -> Applied {
  var list = DiagnosticList()
  let scenarios = try texts.compactMap { Scenario(try yaml($0), sources: ["s"], &list) }
  let library = ScenarioLibrary(scenarios, &list)
  let answer = library.applied(to: base, &list)[name]
  return Applied(
    values: (answer?.assumptions ?? base).mapValues(\.value), changes: (answer?.changes ?? []).map(\.applied),
    list: list)
}

private func scenario(_ name: String, extends parent: String? = nil, _ overrides: String = "") -> String {
  "scenario: \(name)\ntitle: It\n" + (parent.map { "extends: \($0)\n" } ?? "")
    + (overrides.isEmpty ? "" : "overrides:\n\(overrides)")
}

private func set(_ key: String, _ was: String, _ to: String) -> String {
  "  - set: \(key)\n    was: \(was)\n    to: \(to)\n    why: because\n"
}

private func scale(_ key: String, _ by: String) -> String {
  "  - scale: \(key)\n    by: \(by)\n    why: because\n"
}

@Suite struct ScenarioTests {
  @Test func `sets a value, and says so`() throws {
    let answer = try apply("late", [scenario("late", set("site.first", "2019", "2021"))])
    #expect(answer.list.diagnostics.isEmpty)
    #expect(answer.values == ["site.first": 2021, "site.rate": 40])
    #expect(
      answer.changes == [
        AppliedOverride(
          key: "site.first", was: 2019, is: 2021, unit: "year", why: "because", place: "file.yaml:4:10")
      ])
  }

  @Test func `scales a value`() throws {
    // 40 x 0.75 = 30
    let answer = try apply("slow", [scenario("slow", scale("site.rate", "0.75"))])
    #expect(answer.list.diagnostics.isEmpty)
    #expect(answer.values == ["site.first": 2019, "site.rate": 30])
  }

  @Test(arguments: ["central", "other"])
  func `changes nothing unless it is asked for`(_ name: String) throws {
    let answer = try apply(
      name, [scenario("late", set("site.first", "2019", "2021")), scenario("other")])
    #expect(answer.values == base.mapValues(\.value))
    #expect(answer.changes.isEmpty)
    #expect(answer.list.diagnostics.isEmpty)
  }

  @Test func `starts from what its parents have made of it`() throws {
    let texts = [
      scenario("grandchild", extends: "child", scale("site.rate", "0.5")),
      scenario("child", extends: "parent", set("site.first", "2021", "2022")),
      scenario("parent", extends: "central", set("site.first", "2019", "2021") + scale("site.rate", "2")),
    ]
    let answer = try apply("grandchild", texts)
    #expect(answer.list.diagnostics.isEmpty)
    // 40 x 2 x 0.5
    #expect(answer.values == ["site.first": 2022, "site.rate": 40])
    #expect(answer.changes.map(\.key) == ["site.first", "site.rate", "site.first", "site.rate"])
    #expect(try apply("parent", texts).values == ["site.first": 2021, "site.rate": 80])
    // Nor does the order of the files matter.
    #expect(try apply("grandchild", texts.reversed()).values == answer.values)
  }

  @Test func `the order of overrides does not matter`() throws {
    let (one, other) = (set("site.first", "2019", "2021"), scale("site.rate", "0.5"))
    #expect(
      try apply("it", [scenario("it", one + other)]).values
        == apply("it", [scenario("it", other + one)]).values)
  }

  @Test(
    arguments: [
      (set("site.frist", "2019", "2021"), ["E031 4:10"]), (scale("nothing.like.it", "2"), ["E031 4:12"]),
      (set("site.first", "2018", "2021"), ["E032 4:10"]),
      (scale("site.rate", "2") + scale("site.rate", "3"), ["E033 7:12"]),
      (set("site.first", "2019", "2021") + scale("site.first", "1"), ["E033 8:12"]),
      ("  - set: site.first\n    was: 2019\n    to: 2021\n", ["E013 4:5"]),
      ("  - set: site.first\n    to: 2021\n    why: b\n", ["E013 4:5"]),
      ("  - set: site.first\n    was: 2019\n    why: b\n", ["E013 4:5"]),
      ("  - scale: site.rate\n    why: b\n", ["E013 4:5"]),
      ("  - set: site.first\n    was: soon\n    to: later\n    why: b\n", ["E014 5:10", "E014 6:9"]),
      ("  - set: site.rate\n    scale: site.rate\n    by: 2\n    why: b\n", ["E014 4:5"]),
      ("  - by: 2\n    why: b\n", ["E014 4:5"]),
      ("  - set: site.rate\n    by: 2\n    why: b\n", ["E012 5:5"]),
      ("  - scale: site.rate\n    by: 2\n    was: 40\n    why: b\n", ["E012 6:5"]),
      ("  - scale: site.rate\n    by: 2\n    way: b\n    why: b\n", ["E012 6:5"]),
      ("  - scale: site.rate\n    by: 2\n    why: b\n    source: t\n", ["E015 7:13"]),
      ("  - scale: site.rate\n    by: 2\n    why: b\n    unit: year\n", ["E036 4:12"]),
      ("  - scale: site.rate\n    by: 2\n    why: b\n    unit: dwellings/year\n", []),
      ("  set: site.rate\n", ["E014 4:3"]),
      (set("site.first", "2019", "2019"), ["W344 4:10"]), (scale("site.rate", "1"), ["W344 4:12"]),
    ])
  func `is refused where it is wrong, asked for or not`(_ overrides: String, _ wanted: [String]) throws {
    #expect(codes(try apply("central", [scenario("it", overrides)]).list) == wanted)
    #expect(codes(try apply("it", [scenario("it", overrides)]).list) == wanted)
  }

  @Test func `a misspelt assumption gets the right one back, with its place`() throws {
    let list = try apply("it", [scenario("it", scale("site.frist", "2") + scale("zzz", "2"))]).list
    #expect(
      list.diagnostics.map(\.fix) == [
        "did you mean 'site.first' (all.yaml:1:1)?", "define it in assumptions/ first",
      ])
  }

  @Test func `a stale scenario changes nothing`() throws {
    let answer = try apply("it", [scenario("it", set("site.first", "2018", "2021"))])
    #expect(answer.values == base.mapValues(\.value))
    #expect(
      answer.list.diagnostics.map(\.what) == ["'site.first' was 2018 for this scenario; it is 2019"])
  }

  @Test(
    arguments: [
      ([("a", "a")], 1), ([("a", "b"), ("b", "a")], 2), ([("a", "b"), ("b", "c"), ("c", "a")], 3),
      // Off the circle, but leading into it.
      ([("a", "b"), ("b", "b")], 1),
    ] as [([(String, String)], Int)])
  func `a circle of parents ends, and is refused`(_ parents: [(String, String)], _ count: Int) throws {
    let list = try apply("a", parents.map { scenario($0.0, extends: $0.1) }).list.sorted
    #expect(list.diagnostics.map(\.code) == Array(repeating: .parentCycle, count: list.diagnostics.count))
    #expect((1...count).contains(list.diagnostics.count))
  }

  @Test func `an unknown parent is refused, with the near miss`() throws {
    let list = try apply("central", [scenario("it", extends: "lates"), scenario("late")]).list
    #expect(codes(list) == ["E034 3:10"])
    #expect(list.diagnostics.map(\.fix) == ["did you mean 'late'?"])
  }

  @Test func `two scenarios of one name are refused`() throws {
    #expect(codes(try apply("it", [scenario("it"), scenario("it")]).list) == ["E016 1:1"])
  }

  @Test func `a name is part of a path`() throws {
    for name in ["Late", "late homes", "../late", "late_homes"] {
      #expect(codes(try apply("central", [scenario(name)]).list) == ["E014 1:11"])
    }
  }

  @Test func `what the model states must be allowed, whatever a scenario makes of it`() throws {
    let copy = try ModelCopy()
    try copy.replace("Models/exampleton/assumptions/all.yaml", "value: 0.05", with: "value: 0.9")
    try copy.write(
      "Models/exampleton/scenarios/fix.yaml",
      scenario("fix", set("operating_margin.primary", "0.9", "0.05")).utf8)
    for name in ["central", "fix"] {
      let list = try copy.faults(scenario: name)
      #expect(codes(list) == ["E014 10:1"])
      #expect(list.diagnostics.first?.what == "'operating_margin.primary' is 0.9 share")
    }
  }

  @Test func `the town's scenarios`() throws {
    let copy = try ModelCopy()
    func values(_ scenario: String) throws -> [Double?] {
      let model = try copy.check(scenario: scenario).model
      #expect(model.scenario == scenario)
      return ["housing.mill_lane.first_completions", "births.future_factor"].map { key in
        model.assumptions.first { $0.key == key }?.value
      }
    }
    #expect(try values("central") == [2019, 1])
    #expect(try values("late-homes") == [2020, 1])
    #expect(try values("late-and-few") == [2020, 0.9])
  }
}
