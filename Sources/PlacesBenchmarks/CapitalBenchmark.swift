import CapitalProgramme
import Foundation
import PlacePlanning

/// Choosing a programme: how long it takes, how far it comes, and what others need for the same.
struct CapitalReport: Encodable {
  let format = "places-capital/1"
  let note =
    "Times of one run on one machine that had other work; compare ratios, not seconds. Counties are made up."
  let processors = ProcessInfo.processInfo.activeProcessorCount
  let gapAsked = CapitalRun.gap
  var programmes: [CapitalRun] = []
  /// The first step of all counties, where that is asked for.
  var together: Together?

  struct Together: Encodable {
    let seconds: Double
    let byHighsSeconds: Double
    let oneDrawByHighsSeconds: Double
    let toHighs: Double
    let toOneDrawByHighs: Double

    /// Nil where HiGHS alone could not be asked.
    init?(_ runs: [CapitalRun]) {
      let peers = runs.compactMap { run in
        run.byHighs.flatMap { all in run.oneDrawByHighs.map { (all: all.seconds, one: $0.seconds) } }
      }
      guard !runs.isEmpty, peers.count == runs.count else { return nil }
      seconds = runs.reduce(0) { $0 + ($1.steps.first?.seconds ?? 0) }
      byHighsSeconds = peers.reduce(0) { $0 + $1.all }
      oneDrawByHighsSeconds = peers.reduce(0) { $0 + $1.one }
      (toHighs, toOneDrawByHighs) = (seconds / byHighsSeconds, seconds / oneDrawByHighsSeconds)
    }
  }
}

/// One county and what it took.
struct CapitalRun: Encodable {
  static let gap = 1e-3

  struct Step: Encodable {
    let aim: String
    let seconds: Double
    let objective: Double
    let bound: Double?
    let gap: Double?
    let isProven: Bool
  }

  /// What HiGHS made of some LP text.
  struct Peer: Codable {
    let columns: Int
    let rows: Int
    let seconds: Double
    let processorSeconds: Double
    let objective: Double?
    let bound: Double?
    let gap: Double?
    let isProven: Bool
  }

  let seed: Int
  let schemes: Int
  let pots: Int
  let areas: Int
  let draws: Int
  let money: Double
  /// The draws as cells and curves.
  let cellSeconds: Double
  let unmetWithout: Double
  let steps: [Step]
  /// The first step with one draw, by the same code and by HiGHS from the text of that step.
  let oneDraw: Step?
  let oneDrawByHighs: Peer?
  /// The first step's own text by HiGHS.
  let byHighs: Peer?
  /// With a variable for each cell and draw.
  let byScenarios: Peer?
  let scenarios: Int
}

/// Measures counties of two sizes, and hands the report over after each; `isSmoke` makes it small.
func benchmarkCapital(isSmoke: Bool, _ save: (CapitalReport) throws -> Void) throws {
  var report = CapitalReport()
  func add(_ size: CapitalSize, seed: Int, seconds: Double = 60, onlyFirst: Bool = true, scenarios: Int = 0)
    throws
  {
    try report.add(capitalRun(size, seed: seed, seconds: seconds, onlyFirst: onlyFirst, scenarios: scenarios))
    try save(report)
  }
  if isSmoke {
    var small = CapitalSize(schemes: 12, pots: 5, areas: 3)
    (small.startYears, small.draws) = (4, 50)
    return try add(small, seed: 1, seconds: 20, onlyFirst: false, scenarios: small.draws)
  }
  var scarce = CapitalSize()
  scarce.money = 0.4
  try add(CapitalSize(), seed: 1, onlyFirst: false, scenarios: 200)
  try add(CapitalSize(), seed: 2)
  try add(scarce, seed: 1)
  try add(CapitalSize(schemes: 30, pots: 10, areas: 6), seed: 1, onlyFirst: false, scenarios: 200)
  try add(CapitalSize(schemes: 60, pots: 16, areas: 12), seed: 1)
  try add(CapitalSize(), seed: 3)
}

/// Measures the first step of several small counties: how long HiGHS takes for one alone is a matter of luck.
func benchmarkSmallCapital(_ save: (CapitalReport) throws -> Void) throws {
  var report = CapitalReport()
  for seed in 1...4 {
    let size = CapitalSize(schemes: 30, pots: 10, areas: 6)
    try report.add(capitalRun(size, seed: seed, seconds: 120, onlyFirst: true, scenarios: 0))
  }
  report.together = CapitalReport.Together(report.programmes)
  if let together = report.together {
    print(
      "together: \(String(format: "%.2f", together.toHighs)) times HiGHS alone on the same text, "
        + "\(String(format: "%.2f", together.toOneDrawByHighs)) times with one draw")
  }
  try save(report)
}

extension CapitalReport {
  fileprivate mutating func add(_ run: CapitalRun) {
    for line in run.lines { print(line) }
    programmes.append(run)
  }
}

extension CapitalRun {
  var lines: [String] {
    func words(_ what: String, _ seconds: Double, _ objective: Double?, _ bound: Double?, _ gap: Double?)
      -> String
    {
      func number(_ value: Double?) -> String { value.map { String(format: "%.1f", $0) } ?? "none" }
      let share = gap.map { String(format: "%.2f%%", 100 * $0) } ?? "unknown"
      return "  \(what): \(number(seconds)) s, \(number(objective)), bound \(number(bound)), gap \(share)"
    }
    let peers = [
      ("by HiGHS", byHighs), ("one draw, by HiGHS", oneDrawByHighs), ("\(scenarios) scenarios", byScenarios),
    ]
    return ["\(schemes) schemes, \(areas) areas, \(pots) pots, \(draws) draws, money \(money), seed \(seed)"]
      + (steps.map { ($0.aim, $0) } + (oneDraw.map { [("one draw", $0)] } ?? [])).map {
        words($0.0, $0.1.seconds, $0.1.objective, $0.1.bound, $0.1.gap)
      }
      + peers.compactMap { name, peer in
        peer.map { words("\(name), \($0.columns) x \($0.rows)", $0.seconds, $0.objective, $0.bound, $0.gap) }
      }
  }
}

private func capitalRun(_ size: CapitalSize, seed: Int, seconds: Double, onlyFirst: Bool, scenarios: Int)
  throws -> CapitalRun
{
  var county: CapitalCounty?
  let cellSeconds = leastSeconds(1) { county = CapitalCounty(size, seed: UInt64(seed)) }
  guard let problem = county?.problem else { throw CapitalFailure(what: "there is no county") }
  // The first step gets three fifths of the time.
  let (steps, text) = try timedSteps(problem, seconds: seconds / 0.6, onlyFirst: onlyFirst)
  var single = size
  single.draws = 1
  let (oneDraw, oneText) = try timedSteps(
    CapitalCounty(single, seed: UInt64(seed)).problem, seconds: seconds / 0.6, onlyFirst: true)
  var byScenarios: CapitalRun.Peer?
  if scenarios > 0 {
    single.draws = scenarios
    let few = CapitalCounty(single, seed: UInt64(seed))
    byScenarios = try askHighs(try scenarioText(few, like: text), seconds: seconds)
    if scenarios == size.draws, let peer = byScenarios, let ours = steps.first, peer.isProven, ours.isProven {
      let (one, other) = (ours.objective, peer.objective ?? .nan)
      guard abs(one - other) <= 1.1 * CapitalRun.gap * max(one, other) else {
        throw CapitalFailure(what: "with curves the least is \(one), with a variable for each draw \(other)")
      }
    }
  }
  return CapitalRun(
    seed: seed, schemes: size.schemes, pots: size.pots, areas: size.areas, draws: size.draws,
    money: size.money,
    cellSeconds: cellSeconds,
    unmetWithout: problem.cells.reduce(0) { $0 + $1.weight * $1.curve.unmet(adding: 0) },
    steps: onlyFirst ? Array(steps.prefix(1)) : steps,
    oneDraw: oneDraw.first, oneDrawByHighs: try askHighs(oneText, seconds: seconds),
    byHighs: try askHighs(text, seconds: seconds), byScenarios: byScenarios, scenarios: scenarios)
}

struct CapitalFailure: Error {
  let what: String
}

/// When each step began, and the first one's text.
private final class StepClock: @unchecked Sendable {
  private let lock = NSLock()
  private var held: (began: [ContinuousClock.Instant], text: String) = ([], "")

  func begin(_ step: Int, _ text: String) {
    lock.withLock {
      held.began.append(.now)
      if step == 1 { held.text = text }
    }
  }

  var began: [ContinuousClock.Instant] { lock.withLock { held.began } }
  var text: String { lock.withLock { held.text } }
}

private func timedSteps(
  _ problem: ProgrammeProblem, seconds: Double, onlyFirst: Bool
) throws -> ([CapitalRun.Step], String) {
  let clock = StepClock()
  let outcome = prioritise(
    problem,
    ProgrammeOptions(
      gap: CapitalRun.gap, timeLimit: .seconds(seconds),
      writesText: { step, text in clock.begin(step, text) },
      isCancelled: { onlyFirst && clock.began.count > 1 }
    ))
  let end = ContinuousClock.now
  guard let chosen = outcome.chosen else { throw CapitalFailure(what: "\(outcome)") }
  let began = clock.began
  let steps = chosen.steps.enumerated().map { index, step in
    let next = began.indices.contains(index + 1) ? began[index + 1] : end
    return CapitalRun.Step(
      aim: step.aim.rawValue, seconds: (next - began[index]) / .seconds(1), objective: step.objective,
      bound: step.bound.isFinite ? step.bound : nil, gap: step.gap.isFinite ? step.gap : nil,
      isProven: step.isProven)
  }
  return (steps, clock.text)
}

/// Nil where there is no Python, or when not called from the package's folder.
private func askHighs(_ text: String, seconds: Double) throws -> CapitalRun.Peer? {
  let (script, library) = ("Sources/PlacesBenchmarks/Peers/capital_highs.py", ".deps/highs/lib/libhighs.so")
  guard [script, library].allSatisfy(FileManager.default.fileExists) else { return nil }
  let file = FileManager.default.temporaryDirectory.appendingPathComponent("places-\(UUID().uuidString).lp")
  defer { try? FileManager.default.removeItem(at: file) }
  try text.write(to: file, atomically: false, encoding: .utf8)
  return try pythonAnswer([script, library, file.path, "\(CapitalRun.gap)", "\(seconds)", "2"])
}

/// The first step with a variable for each cell and draw that can be short, in place of curves: the choices and the money of its
/// text as they are.
private func scenarioText(_ county: CapitalCounty, like text: String) throws -> String {
  guard let rows = text.range(of: "Subject To\n"), let bounds = text.range(of: "Bounds\n") else {
    throw CapitalFailure(what: "the text has no rows")
  }
  let problem = county.problem
  var (objective, extra) = ("", "")
  for (index, cell) in problem.cells.enumerated() {
    var supply = ""
    for candidate in problem.candidates {
      for start in candidate.starts {
        guard let change = start.change, change.area == cell.area else { continue }
        let places = change.places(in: cell.yearGroup, year: problem.years[cell.year].academicYear)
        guard places > 0 else { continue }
        supply += " - \(places) start.\(candidate.scheme.key).\(problem.years[start.year].start)\n"
      }
    }
    let draws = county.pupils[index]
    let shorts = draws.enumerated().filter { $0.element > cell.curve.places }
    guard !shorts.isEmpty else { continue }
    if !supply.isEmpty { extra += " sup\(index): s\(index).\n\(supply) = 0\n" }
    for (draw, pupils) in shorts {
      objective += " + \(cell.weight / Double(draws.count)) u\(index).\(draw)\n"
      extra +=
        " d\(index).\(draw): u\(index).\(draw)\(supply.isEmpty ? "" : " + s\(index).") >= \(pupils - cell.curve.places)\n"
    }
  }
  return "Minimize\n obj:\n\(objective)Subject To\n\(text[rows.upperBound..<bounds.lowerBound])\(extra)"
    + String(text[bounds.lowerBound...])
}
