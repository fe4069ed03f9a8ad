import Foundation
import TestSupport
import Testing

/// What `prioritise --stress` says in words.
@Suite struct StressTextTests {
  /// Exampleton has no temporary scheme; Sampleford's assumptions say how uncertain its pupils are.
  @Test func `a temporary block without a price says why it has none`() throws {
    let copy = try ModelCopy()
    let sampleford = try String(
      contentsOf: Repository.file("Models/sampleford/assumptions/all.yaml"), encoding: .utf8)
    let start = try #require(sampleford.range(of: "uncertainty.births:")).lowerBound
    try copy.write("Models/exampleton/assumptions/uncertainty.yaml", sampleford[start...].utf8)
    let answer = try withExtendedLifetime(copy) {
      try places(
        "prioritise", copy.root.appendingPathComponent("Models/exampleton").path, "--stress", "--draws", "50")
    }
    let lines = answer.output.split(separator: "\n")
    let north = try #require(lines.last { $0.hasPrefix("North ") })
    #expect(north.components(separatedBy: "no price").count == 3, "\(north)")
    #expect(
      lines.contains(
        "No price: a block costs what temporary schemes of the model cost, and none is primary or secondary."),
      "\(answer.talk)")
  }
}
