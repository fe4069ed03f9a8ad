import CHiGHS
import Foundation
import TestSupport
import Testing

@testable import MixedInteger

/// The objective that HiGHS's own reader and solver find for a text; nil unless HiGHS calls it optimal.
func objective(of text: String) throws -> Double? {
  let file = FileManager.default.temporaryDirectory.appendingPathComponent("places-\(UUID().uuidString).lp")
  try Data(text.utf8).write(to: file)
  defer { try? FileManager.default.removeItem(at: file) }
  let highs = try #require(Highs_create())
  defer { Highs_destroy(highs) }
  Highs_setBoolOptionValue(highs, "output_flag", 0)
  for option in ["primal", "dual", "mip"] {
    Highs_setDoubleOptionValue(highs, option + "_feasibility_tolerance", FeasibilityReport.tolerance / 10)
  }
  Highs_setDoubleOptionValue(highs, "mip_rel_gap", 0)
  Highs_setIntOptionValue(highs, "threads", 1)
  Highs_resetGlobalScheduler(1)
  defer { Highs_resetGlobalScheduler(1) }
  guard Highs_readModel(highs, file.path) == kHighsStatusOk, Highs_run(highs) == kHighsStatusOk,
    Highs_getModelStatus(highs) == kHighsModelStatusOptimal
  else { return nil }
  return Highs_getObjectiveValue(highs)
}

@Suite struct LPTextTests {
  @Test func `every kind of variable and constraint`() throws {
    var model = LinearModel(name: "two schools\nand a free variable")
    let build = model.variable("build.north(2026)", .binary)
    let classes = model.variable("classes", .integer(1, 4))
    let spaces = model.variable("spaces", .continuous(0, .infinity))
    let drift = model.variable("drift", .free)
    let low = model.variable("low", .continuous(-.infinity, -0.5))
    let fixed = model.variable("fixed", .continuous(3, 3))
    let unused = model.variable("unused", .continuous(0, .infinity))
    _ = model.variable("count", .integer(0, .infinity))
    model.objective = 1200.5 * build - 1 * spaces + 1e-5 * drift + LinearExpression(-40)
    model.constrain("room", 30 * classes - 1 * spaces + LinearExpression(2), .atLeast, 12)
    model.constrain("tie", 1 * drift + 1 * low - 1 * fixed, .equals, 1 / 3)
    model.constrain("switch", 1 * spaces - 60 * build, .atMost, 0)
    model.constrain("empty", 1 * unused - 1 * unused, .atMost, 5)
    #expect(
      lpText(model) == #"""
        \ two schools
        \ and a free variable
        \ 8 variables, 3 of them integer; 4 constraints
        Minimize
         obj: 1200.5 build.north(2026) - spaces + 1e-05 drift - 40
        Subject To
         room: 30 classes - spaces >= 10
         tie: drift + low - fixed = 0.3333333333333333
         switch: spaces - 60 build.north(2026) <= 0
         empty: 0 build.north(2026) <= 5
        Bounds
         1 <= classes <= 4
         drift free
         -inf <= low <= -0.5
         fixed = 3
         unused >= 0
         count >= 0
        General
         classes count
        Binary
         build.north(2026)
        End

        """#)
    let solution = try #require(try solve(model).solution)
    expectClose(try objective(of: lpText(model)), solution.objective, within: 1e-6)
    expectClose(solution.objective, -40 + 1e-5 * (1 / 3 + 3 + 0.5))
  }

  @Test func `held binaries are read back held`() throws {
    var model = LinearModel(name: "held")
    let x = model.variable("x", .binary)
    model.objective = -1 * x + LinearExpression(2.5)
    model.setBounds(x, 0, 0)
    #expect(lpText(model).contains("General\n x\n"))
    expectClose(try objective(of: lpText(model)), 2.5)
    model.setBounds(x, 0, 1)
    expectClose(try objective(of: lpText(model)), 1.5)
  }

  @Test func `an objective of nothing`() throws {
    var model = LinearModel(name: "none")
    let x = model.variable("x", .continuous(1, 2))
    model.constrain("row", 1 * x, .atLeast, 0)
    #expect(lpText(model).contains(" obj: 0\n"))
    expectClose(try objective(of: lpText(model)), 0)
  }

  @Test func `long lines are broken between words`() throws {
    let model = randomKnapsack(seed: 5, items: 80, rows: 2)
    let text = lpText(model)
    #expect(text.split(separator: "\n").allSatisfy { $0.utf8.count <= 110 })
    expectClose(
      try objective(of: text),
      try #require(try solve(model, SolveOptions(relativeGap: 0, absoluteGap: 0)).solution?.objective))
  }
}
