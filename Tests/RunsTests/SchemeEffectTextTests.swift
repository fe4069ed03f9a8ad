import Foundation
import TestSupport
import Testing

/// What `prioritise` says of schemes that do little for what they cost.
@Suite struct SchemeEffectTextTests {
  /// A class that Riverside does not need, and a grant for it that must be spent by March 2024.
  @Test func `a scheme that nobody needs is not put down to the first aim`() throws {
    let copy = try ModelCopy()
    let spare =
      "spare,Spare class,bulge,S2,7,30,,200000,cash,0,one_year,2018/19,2020/21,no,,,20,building,4,,assumed,Invented,\n"
    try copy.replace(
      "Datasets/exampleton-schemes/data.csv", "boiler,Castle School boiler",
      with: spare + "boiler,Castle School boiler")
    try copy.replace(
      "Datasets/exampleton-funding-pots/data.csv", "north_grant,Grant",
      with: "dated,Dated grant,grant,bulge,,,spare,,yes,2023/24,cash,assumed,Invented\nnorth_grant,Grant")
    try copy.replace(
      "Datasets/exampleton-pot-receipts/data.csv", "north_grant,2018/19",
      with: "dated,2018/19,200000\nnorth_grant,2018/19")
    let answer = try withExtendedLifetime(copy) {
      try places("prioritise", copy.root.appendingPathComponent("Models/exampleton").path)
    }
    #expect(
      answer.output.contains(
        "No more places would be missing without Spare class (£200,000, chosen since £200,000 would otherwise lapse or go back, "
          + "which counts as a cost). What is done after 2023/24 is not counted."))
    #expect(!answer.output.contains("first aim"))
  }
}
