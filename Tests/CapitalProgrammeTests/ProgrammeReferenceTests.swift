import Foundation
import PlacePlanning
import TestSupport
import Testing

@testable import CapitalProgramme

/// Programmes of medium size against those that `Reference/programme_reference.py` finds with SciPy by a formulation of its own.
@Suite struct ProgrammeReference {
  struct Row: Decodable, Sendable, CustomStringConvertible {
    let seed: UInt64
    let hash: String
    let unmet: Double
    /// **Units** pounds.
    let presentCost: Double
    /// Years between the starts and the approved ones, all years for a scheme dropped or added.
    let yearsFromApproved: Int
    /// Rules without which another answer is best; `distance` where programmes as good lie further from the approved one.
    let decides: [String]

    var description: String { "\(seed)" }
  }

  static let folder = "Tests/CapitalProgrammeTests/Reference"
  static let rows: [Row] =
    (try? JSONDecoder().decode(
      [Row].self, from: Data(contentsOf: Repository.file("\(folder)/programme_reference.json")))) ?? []

  static func random(_ seed: UInt64) -> RandomProgramme {
    RandomProgramme(seed: seed, schemes: 20...40, size: .medium)
  }

  @Test func `there are a dozen programmes`() {
    #expect(Self.rows.count == 12)
  }

  @Test(arguments: ["requires", "options", "removal", "repayment", "worst", "beyond", "distance"])
  func `a model that forgot a rule would be found out`(_ rule: String) {
    #expect(Self.rows.count { $0.decides.contains(rule) } >= 2)
  }

  @Test(arguments: rows)
  func `another formulation finds the same optimum`(_ row: Row) throws {
    let random = Self.random(row.seed)
    try #require(ProgrammeJSON(random).hash == row.hash, "the problem is not the one that was solved")
    let options = ProgrammeOptions(gap: 1e-7, timeLimit: .seconds(120), threads: 1)
    guard case .proven(let chosen) = prioritise(random.problem, options) else {
      Issue.record("\(row.seed) was not proven")
      return
    }
    let accounts = chosen.accounts
    expectClose(accounts.weightedUnmet, row.unmet, within: 2e-6 * max(1, row.unmet), "unmet")
    // Whole pounds beside parts of a pound.
    expectClose(accounts.presentCost, row.presentCost, within: 10, "present cost")
    // Its part of a year that puts schemes in order is below one half, so that the years are the fewest too.
    #expect(accounts.distanceFromApproved == row.yearsFromApproved)
  }

  /// For the reference: `PROGRAMME_PROBLEMS=<folder>` writes the problems there.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["PROGRAMME_PROBLEMS"] != nil))
  func `problems are written`() throws {
    let folder = URL(fileURLWithPath: ProcessInfo.processInfo.environment["PROGRAMME_PROBLEMS"] ?? ".")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for seed in UInt64(0)..<40 {
      try Data(ProgrammeJSON(Self.random(seed)).text.utf8).write(
        to: folder.appendingPathComponent("\(seed).json"))
    }
  }
}
