import PlacePlanning
import Runs
import Testing

@testable import CapitalProgramme
@testable import Papers

/// What the capital paper says of schemes that do little for what they cost.
@Suite struct SchemeEffectWordsTests {
  private static let schemes = "Datasets/exampleton-schemes/data.csv"

  private func points(_ changes: [[String]]) throws -> [String] {
    let run = try changedRun(changes.map { (file: $0[0], text: $0[1], new: $0[2]) })
    let writer = PaperWriter(run.content)
    return writer.lateBlocks(try #require(writer.chosen)).flatMap(words(of:))
  }

  /// Riverside has room for all. Its growth fund of 30,000 is less than what 200,000 that go back in 2023/24 count for.
  @Test func `a class that nobody needs is there for money that would go back`() throws {
    let points = try points([
      [
        Self.schemes, "boiler,Castle School boiler",
        "spare,Spare class,bulge,S2,7,30,,200000,cash,0,one_year,2018/19,2020/21,no,,,20,building,4,,assumed,Invented,\n"
          + "boiler,Castle School boiler",
      ],
      [
        "Datasets/exampleton-funding-pots/data.csv", "north_grant,Grant",
        "dated,Dated grant,grant,bulge,,,spare,,yes,2023/24,cash,assumed,Invented\nnorth_grant,Grant",
      ],
      [
        "Datasets/exampleton-pot-receipts/data.csv", "north_grant,2018/19",
        "dated,2018/19,200000\nnorth_grant,2018/19",
      ],
    ])
    #expect(
      points == [
        "The first aim puts no limit on what one place may cost.",
        "Spare class (£200,000) makes no difference to missing places up to 2023/24. It is in the plan since £200,000 would otherwise "
          + "lapse or go back, which counts as a cost.",
      ])
  }

  @Test func `an approved scheme that does not start as approved is late, early or left out`() throws {
    let writer = PaperWriter(try SharedRun.town.get().content)
    let chosen = try #require(writer.chosen)
    func approved(_ scheme: Scheme, _ start: Int) -> Scheme {
      var scheme = scheme
      scheme.approvedStart = FinancialYear(start)
      return scheme
    }
    let (one, other) = (chosen.lines[0].scheme, chosen.lines[1].scheme)
    let out = try #require(chosen.leftOut.first).scheme
    #expect(
      writer.moves([approved(one, 2000), approved(other, 2050), approved(out, 2018)], chosen)
        == "delays \(one.name), starts \(other.name) sooner and leaves \(out.name) out")
  }
}
