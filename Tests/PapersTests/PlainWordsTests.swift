import Papers
import Runs
import Testing

private let schemes = "Datasets/exampleton-schemes/data.csv"
private let assumptions = "Models/exampleton/assumptions/programme.yaml"

/// Sentences that would mislead where a model is other than most.
@Suite struct PlainWordsTests {
  /// £60 million is more than all of the town's money, whatever else is done with it. The cost is the one warning.
  @Test func `what no money could pay for is not said to lose to other schemes, and one warning is one`()
    throws
  {
    let paper = try papers([
      (schemes, "P2,R,15,,600000", "P2,R,15,,60000000"), (schemes, "no,south_primary,,40", "no,,,40"),
      (schemes, "no,south_primary,,10", "no,,,10"),
    ])[0]
    let row = try #require(try paper.table("left-out").rows.first)
    #expect(
      row.prefix(2).map(\.shown) == [
        "South Primary expansion",
        "its places would be filled, but the money is not there, comes too late or does more elsewhere",
      ])
    let said = prose(of: paper)
    #expect(said.contains("1 scheme is left out, because of money or time. The table says more."))
    #expect(
      said.contains("The program's checks raised 1 warning. It does not stop the run, but is worth a look."))
    #expect(said.contains { $0.hasSuffix("There was 1 warning; “What is uncertain” says where to find it.") })
  }

  /// A missing primary place counts nothing, so the plan builds none but what is committed.
  @Test func `places without a weight do not want for money`() throws {
    let title = "title: What an unmet primary place counts\n  unit: weight\n  value: "
    let paper = try papers([(assumptions, title + "1", title + "0")])[0]
    let reasons = try paper.table("left-out").rows.map { $0[1].shown }
    #expect(
      reasons.contains("its places would be filled, but missing places there are given no weight"),
      "\(reasons)")
    #expect(!prose(of: paper).contains { $0.contains("because of money or time") })
  }

  /// North Primary is approved, but in this model it cannot be built.
  @Test func `an approved scheme that the model leaves out is named`() throws {
    let switched = "title: Can be built (1) or not (0), South Primary expansion\n  unit: choice\n  value: "
    let said = prose(
      of: try papers([
        (schemes, "yes,,,40,building,0", "no,,,40,building,0"),
        (assumptions, "scheme.south.available:", "scheme.north.available:"),
        (assumptions, switched + "1", switched + "0"),
      ])[0])
    let apart =
      "North Primary expansion is approved too, but not among the schemes from which the plan is chosen: neither the plan nor what it "
      + "is compared with holds it."
    // In brief, and beside the plan.
    #expect(said.count(where: { $0.hasSuffix(apart) }) == 2)
    #expect(said.contains("Every other approved scheme keeps its start and its money in the plan."))
    let town = prose(of: try SharedRun.town.get().papers[0])
    #expect(!town.contains { $0.contains("is approved too") })
  }

  /// South lacks 10 places in Reception, North up to 7, and Castle 3 in Year 7.
  @Test func `areas that lack less than a class are counted where one is named`() throws {
    let said = prose(of: try SharedRun.town.get().papers[0])
    #expect(
      said.contains(
        "Before any new scheme, places run short: South, up to 10 in Reception (0.3 FE) in 2020/21. 2 other areas run short too, by "
          + "less than a class of 30. A form of entry (FE) is a class of 30 in each year group."))
  }
}
