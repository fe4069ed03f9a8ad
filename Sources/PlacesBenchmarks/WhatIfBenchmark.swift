import Foundation

/// What-ifs and sweeps as a shell sees them: the time from the call to the answer, how much of two processors a sweep keeps busy, and
/// the memory it takes as points grow.
struct WhatIfReport: Encodable {
  /// One program run to its end.
  struct Call: Encodable {
    let words: String
    let seconds: Double
    let processorSeconds: Double
    let peakMegabytes: Double

    /// Processor time over twice the elapsed time.
    var share: Double { processorSeconds / (2 * seconds) }
  }

  let format = "places-whatif-benchmark/1"
  let note = "Times of one machine that had other work; compare ratios, not seconds."
  let processors = ProcessInfo.processInfo.activeProcessorCount
  let draws: Int
  /// A change of one assumption, several times.
  let whatIfs: [Call]
  /// The same points by one job and by two, then as many again and more by two.
  let oneJob: Call
  let twoJobs: Call
  let moreByTwo: Call
  let points: Int
  let morePoints: Int

  var leastWhatIf: Double { whatIfs.map(\.seconds).min() ?? 0 }
  var medianWhatIf: Double { whatIfs.map(\.seconds).sorted()[whatIfs.count / 2] }

  /// The time of one job over twice that of two: 1 where two take half as long.
  var twoJobsShare: Double { oneJob.seconds / (2 * twoJobs.seconds) }

  var lines: [String] {
    func fixed(_ value: Double, _ places: Int = 2) -> String { String(format: "%.\(places)f", value) }
    return [
      "what-if on Gloucestershire, \(draws) draws: least \(fixed(leastWhatIf)) s, middle \(fixed(medianWhatIf)) s of \(whatIfs.count)",
      "sweep of \(points) points: one job \(fixed(oneJob.seconds)) s, two jobs \(fixed(twoJobs.seconds)) s; "
        + "\(fixed(twoJobsShare * 100, 0))% of twice as fast",
      "sweep of \(morePoints) points by two jobs: \(fixed(moreByTwo.seconds)) s; processors busy "
        + "\(fixed(moreByTwo.share * 100, 0))% of the time",
      "memory: \(fixed(twoJobs.peakMegabytes, 0)) MB at \(points) points, "
        + "\(fixed(moreByTwo.peakMegabytes, 0)) MB at \(morePoints)",
    ]
  }
}

struct CallFailed: Error, CustomStringConvertible {
  let description: String
}

/// Measures with the `places` that lies beside this program; `isSmoke` makes it small.
func benchmarkWhatIf(isSmoke: Bool) throws -> WhatIfReport {
  let places = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    .deletingLastPathComponent().appendingPathComponent("places").path
  guard FileManager.default.isExecutableFile(atPath: places) else {
    throw CallFailed(description: "build the product 'places' as well: it is not at \(places)")
  }
  let model = isSmoke ? "Models/exampleton" : "Models/gloucestershire"
  let draws = isSmoke ? 0 : 1000
  let (points, more) = isSmoke ? (4, 8) : (100, 1000)
  let scratch = FileManager.default.temporaryDirectory.appendingPathComponent(
    "places-bench-\(UUID().uuidString)")
  defer { try? FileManager.default.removeItem(at: scratch) }
  let whatIfs = try (0..<(isSmoke ? 1 : 9)).map { _ in
    try call(places, ["whatif", model, "--set", "births.future_factor=0.9", "--draws", "\(draws)"])
  }
  func sweep(_ points: Int, jobs: Int) throws -> WhatIfReport.Call {
    try call(
      places,
      [
        "sweep", model, "--vary", "births.future_factor=0.8:1.2", "--vary", "housing.delivery_factor=0.5:1.5",
        "--vary", "pupil_yield_factor.primary=0.7:1.3", "--design", "latin", "--points", "\(points)",
        "--draws",
        "\(draws)", "--jobs", "\(jobs)", "--out", scratch.appendingPathComponent("\(points)-\(jobs)").path,
      ])
  }
  return WhatIfReport(
    draws: draws, whatIfs: whatIfs, oneJob: try sweep(points, jobs: 1), twoJobs: try sweep(points, jobs: 2),
    moreByTwo: try sweep(more, jobs: 2), points: points, morePoints: more)
}

/// Runs a program with its output thrown away. **Throws** `CallFailed` unless it ends with 0.
private func call(_ program: String, _ arguments: [String]) throws -> WhatIfReport.Call {
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  for descriptor: Int32 in [1, 2] {
    posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_WRONLY, 0)
  }
  var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
  defer { for word in words { free(word) } }
  var process = pid_t()
  let start = ContinuousClock.now
  guard posix_spawn(&process, program, &actions, nil, &words, environ) == 0 else {
    throw CallFailed(description: "\(program) cannot be started")
  }
  var (status, usage) = (Int32(), rusage())
  guard wait4(process, &status, 0, &usage) == process, status == 0 else {
    throw CallFailed(
      description: "places \(arguments.joined(separator: " ")) failed with status \(status >> 8)")
  }
  let elapsed = ContinuousClock.now - start
  func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
  return WhatIfReport.Call(
    words: arguments.prefix { $0 != "--out" }.joined(separator: " "),
    seconds: elapsed / .seconds(1),
    processorSeconds: seconds(usage.ru_utime) + seconds(usage.ru_stime),
    peakMegabytes: Double(usage.ru_maxrss) / 1024)
}
