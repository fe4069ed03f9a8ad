import CapitalProgramme
import Diagnostics
import Forecasting
import Foundation
import ModelFiles
import PlacePlanning
import Projection
import Runs
import Sufficiency

// One thing from each library: OtherPackage MODEL
guard CommandLine.arguments.count == 2 else { exit(64) }
let request = ModelRequest(folder: URL(fileURLWithPath: CommandLine.arguments[1], isDirectory: true))

// Projection and Sufficiency, by hand: which areas are short, and from when.
let input = try check(request)
let pupils = try project(input.model)
let balance = compare(pupils, with: input.model)
for pressure in balance.pressures() {
  print(pressure.area.name, pressure.firstYearShort()?.label ?? "never short", separator: ": ")
}

// CapitalProgramme: the approved programme.
print("Programme: \(reconcile(input.model.schemes, for: balance).total) pounds")

// Runs: the whole line in one, and a comparison with a scenario.
let run = try PlanningRun(request)
var warnings = DiagnosticList()
let changed = try compareRuns(
  try RunSubject(request, name: "central", seed: 1),
  try RunSubject(
    ModelRequest(folder: request.folder, scenario: input.scenarios.last ?? "central"), name: "scenario",
    seed: 1),
  &warnings)
print("Areas: \(run.input.model.areas.count); steps: \(changed.steps.map { $0.map(\.rawValue) })")

// Forecasting: no model needed.
do {
  _ = try forecast(
    RollPanel(areas: [], rolls: [:], births: [:]),
    ForecastRequest(origin: AcademicYear(2017), horizon: 1, draws: 10))
} catch {
  print("Forecast refused, as it should be: \(error)")
}
