import ModelFiles
import Papers
import PlacePlanning
import Runs
import TestSupport
import Testing

/// What a paper says of an earlier one: its sentences and its table, from changes made up by hand.
@Suite struct ChangesSectionTests {
  private typealias Kind = RunComparison.Kind

  private func section(
    _ changes: [RunComparison.Change] = [], steps: [[Kind]] = [], _ headlines: [RunComparison.Headline] = [],
    scenario: String = "central", before recommended: RecommendedProgramme? = nil, hasSchemes: Bool = false
  ) throws -> Section {
    func side(_ name: String) throws -> RunComparison.Side {
      RunComparison.Side(
        name: name, paperDate: try #require(CalendarDate(label: "2017-03-15")), scenario: scenario,
        version: "1", seed: 1, recorded: nil)
    }
    let comparison = RunComparison(
      before: try side("a"), after: try side("b"), changes: changes, steps: steps, headlines: headlines,
      labels: [], recommended: hasSchemes ? .asRecorded(before: recommended, after: nil) : .noSchemes)
    let run = try PlanningRun(
      ModelRequest(folder: Repository.file("Models/exampleton")), since: comparison)
    return try #require(run.papers.last?.sections.first { $0.id == "changes" })
  }

  private func change(_ kind: Kind) -> RunComparison.Change {
    RunComparison.Change(kind: kind, what: "something", was: "1", is: "2")
  }

  /// **Units** millionths.
  private func headline(
    _ unit: String, _ before: Int, _ after: Int, _ parts: [(Kind, Int)], name: String = "a figure"
  ) -> RunComparison.Headline {
    RunComparison.Headline(
      subject: .init(
        measure: "m", name: name, unit: unit, phase: nil, area: nil, year: nil),
      beforeMillionths: before, afterMillionths: after,
      parts: parts.map { .init(kinds: [$0.0], millionths: $0.1, aloneMillionths: nil) })
  }

  @Test func `nothing changed`() throws {
    #expect(
      try section().blocks.flatMap(words) == [
        "Nothing has changed since the paper of 15 March 2017: every input and every figure is the same."
      ])
  }

  @Test func `one change, several, and those that move nothing`() throws {
    let words = try section(
      [change(.data), change(.data), change(.assumptions), change(.seed), change(.method)],
      steps: [[.data], [.assumptions], [.seed], [.method]], scenario: "low"
    ).blocks.flatMap(words)
    #expect(words[0].hasPrefix("This paper is set beside the paper of 15 March 2017, scenario “low”. "))
    #expect(
      words[1...4] == [
        "Data: 2 changes.", "Assumptions: 1 change.",
        "Seed: the random numbers behind ranges and chances.", "Method: the program itself.",
      ])
    #expect(words[5] == "None of that moves a figure of the whole authority.")
  }

  /// What Exampleton's plan is, by hand from `places prioritise`: 3 schemes for £1.9 million, £300,000 of it borrowed.
  private func programme(
    cost: Int = 1_900_000, borrowed: Int = 300_000, starts: [String: String]
  ) -> RecommendedProgramme {
    func figure(_ measure: String, _ name: String, _ pounds: Int) -> (RunComparison.Subject, Int) {
      (
        .init(measure: measure, name: name, unit: "GBP", phase: nil, area: nil, year: nil),
        pounds * 1_000_000
      )
    }
    return RecommendedProgramme(
      figures: [
        figure("chosen_cost", "cost of the schemes chosen", cost),
        figure("chosen_borrowing", "borrowed for the schemes chosen", borrowed),
      ],
      starts: starts.map { (.init(startOf: $0.key, area: nil), $0.value) })
  }

  private let starts = ["north": "2018/19", "boiler": "2018/19", "south": "2019/20"]

  @Test func `a programme that has changed is said to have, and no word says that nothing moved`() throws {
    let before = programme(
      cost: 1_390_000, borrowed: 0,
      starts: ["north": "2019/20", "boiler": "2018/19", "south_bulge": "2020/21"])
    let section = try section([change(.data)], steps: [[.data]], before: before, hasSchemes: true)
    let words = section.blocks.flatMap(words)
    #expect(words[0].hasSuffix("and all but the best plan found was worked out again after each."))
    #expect(
      words[2] == "None of that moves a figure of the whole authority’s pupils, places or approved schemes.")
    #expect(
      words[3]
        == "The best plan found has changed. What each change did to it was not worked out. "
        + "New in it: South Primary expansion (2019/20). No longer in it: South Primary extra class (2020/21). "
        + "With another start: North Primary expansion (2018/19, was 2019/20).")
    let tables = section.blocks.compactMap { if case .table(let table) = $0 { table } else { nil } }
    #expect(
      try #require(tables.first).rows.map { $0.map(\.shown) } == [
        ["Cost of the schemes chosen (£)", "1,390,000", "1,900,000", "+510,000"],
        ["Borrowed for the schemes chosen (£)", "0", "300,000", "+300,000"],
      ])
  }

  @Test func `a programme that is the same, or not known, is said to be`() throws {
    func last(_ before: RecommendedProgramme?) throws -> String {
      let found = try section([change(.data)], steps: [[.data]], before: before, hasSchemes: true)
      return try #require(found.blocks.dropLast().flatMap(words).last)
    }
    #expect(try last(programme(starts: starts)).hasPrefix("The best plan found is the same in both"))
    #expect(
      try last(nil) == "The best plan found was not compared: the last has none on record.")
    let nothing = try section(hasSchemes: true).blocks.flatMap(words)
    #expect(nothing.first?.contains("every figure that was compared is the same") ?? false)
    #expect(nothing.last == "The best plan found was not compared: the last has none on record.")
    let dearer = programme(cost: 1, starts: starts)
    let another = try section(before: dearer, hasSchemes: true).blocks.flatMap(words)
    #expect(another.first == "This paper is set beside the paper of 15 March 2017. Every input is the same.")
  }

  @Test(arguments: [(12, nil), (13, "1 more change is in"), (15, "3 more changes are in")])
  func `changes beyond the twelfth are counted`(_ count: Int, _ rest: String?) throws {
    let text = try section(Array(repeating: change(.data), count: count), steps: [[.data]])
      .blocks.flatMap(words).joined(separator: " ")
    if let rest { #expect(text.contains(rest)) } else { #expect(!text.contains("more change")) }
  }

  /// 100.4 becomes 101.6, by 0.6 and 0.6: shown 100 and 102, so that the change is 2 and each part 1. Tenths of a form of entry are not
  /// lost, a fall has its sign, and a part of nought stays nought.
  @Test func `what is shown adds up`() throws {
    let section = try section(
      [change(.data), change(.assumptions)], steps: [[.data], [.assumptions]],
      [
        headline(
          "pupils", 100_400_000, 101_600_000, [(.data, 600_000), (.assumptions, 600_000)],
          name: "pupils, primary, 2024/25"),
        headline("FE", 6_840_000, 6_560_000, [(.data, -280_000), (.assumptions, 0)]),
        headline("GBP", 5_000_000_000, 5_000_000_000, [(.data, 300_000), (.assumptions, -300_000)]),
        headline("GBP", 5_000_300_000, 5_000_700_000, [(.data, 0), (.assumptions, 400_000)]),
      ])
    let tables = section.blocks.compactMap { if case .table(let table) = $0 { table } else { nil } }
    let table = try #require(tables.first)
    #expect(
      table.rows.map { $0.map(\.shown) } == [
        ["Pupils, primary, 2024/25", "100", "102", "+2", "+1", "+1"],
        ["A figure (FE)", "6.8", "6.6", "−0.2", "−0.2", "0.0"],
        ["A figure (£)", "5,000", "5,000", "0", "0", "0"],
        ["A figure (£)", "5,000", "5,001", "+1", "0", "+1"],
      ])
    #expect(table.rows[0].map(\.stored).dropFirst() == ["100.4", "101.6", "1.2", "0.6", "0.6"])
  }
}
