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
    scenario: String = "central"
  ) throws -> Section {
    func side(_ name: String) throws -> RunComparison.Side {
      RunComparison.Side(
        name: name, paperDate: try #require(CalendarDate(label: "2017-03-15")), scenario: scenario,
        version: "1", seed: 1, recorded: nil)
    }
    let comparison = RunComparison(
      before: try side("a"), after: try side("b"), changes: changes, steps: steps, headlines: headlines,
      labels: [])
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
