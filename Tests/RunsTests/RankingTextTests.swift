import Foundation
import TestSupport
import Testing

/// What `prioritise` says of the ranking by points.
@Suite struct RankingTextTests {
  /// Without points for being committed the boiler has 4, fewer than a class that nobody has committed to.
  @Test func `a committed scheme stands above one with more points, and that is said`() throws {
    let copy = try ModelCopy()
    let assumptions = "Models/exampleton/assumptions/programme.yaml"
    try copy.replace(assumptions, "unit: points\n  value: 100\n", with: "unit: points\n  value: 0\n")
    try copy.replace(assumptions, "unit: points\n  value: 10\n", with: "unit: points\n  value: 1\n")
    let answer = try withExtendedLifetime(copy) {
      try places("prioritise", copy.root.appendingPathComponent("Models/exampleton").path)
    }
    #expect(
      answer.output.contains(
        "Committed schemes come first, whatever their points. Points: 0 for a committed scheme; 30 for each form"
      ))
    let lines = answer.output.split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix("2. Castle School boiler *  ") && $0.contains(" 4.0  ") })
    #expect(lines.contains { $0.hasPrefix("3. South Primary extra class  ") && $0.contains(" 39.4  ") })
  }
}
