import Diagnostics
import TestSupport
import Testing

@testable import Runs

/// What `validate` says of the scenarios that it was not asked for.
@Suite struct ScenarioCheckTests {
  private static let deeds = "Datasets/exampleton-section-106/data.csv"

  @Test func `a model whose scenarios are sound has nothing more to say`() throws {
    let copy = try ModelCopy()
    #expect(try check(copy.request()).warningsOfOtherScenarios().diagnostics.isEmpty)
  }

  /// Both scenarios bring the homes of Mill Lane a year later.
  @Test func `a deed that other scenarios make late is named with each of them`() throws {
    let copy = try ModelCopy()
    try copy.replace(Self.deeds, "2017-06-01,5,,", with: "2017-06-01,5,2019/20,")
    let words = { (scenario: String) in
      "under scenario '\(scenario)', agreement 'mill_lane' must be spent by 2019/20; its money arrives in 2020/21"
    }
    let central = try check(copy.request())
    #expect(!central.warnings.diagnostics.contains { $0.code == .moneyReturned })
    let found = try central.warningsOfOtherScenarios().diagnostics
    #expect(found.map(\.code) == [.moneyReturned, .moneyReturned])
    #expect(found.map(\.what) == [words("late-and-few"), words("late-homes")])
    let late = try check(copy.request(scenario: "late-homes"))
    #expect(late.warnings.diagnostics.map(\.what).contains(words("late-homes")))
    #expect(try late.warningsOfOtherScenarios().diagnostics.map(\.what) == [words("late-and-few")])
  }

  @Test func `a committed scheme that another scenario leaves without money is a fault`() throws {
    let copy = try ModelCopy()
    try copy.replace("Datasets/exampleton-schemes/data.csv", "1200000,cash", with: "1800000,cash")
    try copy.write(
      "Models/exampleton/scenarios/no-homes.yaml",
      Array(
        "scenario: no-homes\ntitle: No home is built\noverrides:\n  - scale: housing.delivery_factor\n    by: 0\n    why: Invented\n"
          .utf8))
    let input = try check(copy.request())
    let faults = try #require(throws: DiagnosticList.self) { _ = try input.warningsOfOtherScenarios() }
    #expect(faults.diagnostics.map(\.code) == [.schemeNotFundable])
    #expect(
      faults.diagnostics.first?.what
        == "under scenario 'no-homes', 'north' is committed and costs 1,800,000 at the least, begun in 2018/19; "
        + "all that may pay for it comes to 1,660,000, and 140,000 is missing")
  }
}
