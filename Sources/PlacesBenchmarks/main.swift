import Foundation

// places' benchmarks: as JSON under Reports/benchmarks.
//
//   PlacesBenchmarks            every stage at three sizes, several repeats
//   PlacesBenchmarks ensemble   the draws: against NumPy, against the machine's roof, and for England
//   PlacesBenchmarks accuracy   forecasts against the councils' own and against simple methods, on data beside the checkout
//   PlacesBenchmarks capital    choosing a programme: against plain HiGHS, and against a variable for each draw
//   PlacesBenchmarks capital-small   its first step for four small counties, beside plain HiGHS
//   PlacesBenchmarks import     large published files: how fast, beside reading their bytes, and in how much memory
//   PlacesBenchmarks whatif     what-ifs and sweeps from the shell: time, processors, memory; 'places' must be built beside it
//   PlacesBenchmarks --smoke    all but accuracy at the smallest size once: does everything still run?

/// Writes a report and says where; of a small run only says that it ran.
func finish(
  _ report: some Encodable, as name: String, below folder: URL, isSmoke: Bool, _ whatRan: String
) throws {
  if isSmoke {
    print("smoke: \(whatRan)")
  } else {
    print("Written: \(try write(report, to: name, below: folder).relativePath)")
  }
}

/// Every stage of the line.
func runStages(isSmoke: Bool, folder: URL) throws {
  let sizes: [AuthoritySize] = isSmoke ? [.town] : [.town, .county, .region]
  let results = try sizes.flatMap { try benchmark($0, repeats: isSmoke ? 1 : 7) }
  for result in results { print(result.line) }
  try finish(
    StageReport(results: results), as: "stages.json", below: folder, isSmoke: isSmoke,
    "\(results.count) stages ran")
}

/// The ensemble.
func runEnsemble(isSmoke: Bool, folder: URL) throws {
  let report = try benchmarkEnsemble(isSmoke: isSmoke)
  for line in report.lines { print(line) }
  try finish(report, as: "ensemble.json", below: folder, isSmoke: isSmoke, "the ensemble ran")
  if let numpy = report.numpy, !numpy.agreement.agrees { throw PeerDisagreement() }
}

/// How good forecasts would have been.
func runAccuracy(folder: URL) throws {
  guard let report = try benchmarkAccuracy() else {
    print("skipped: the public data are not at ../shared/data")
    return
  }
  for line in report.lines { print(line.text) }
  print("\(report.reached) of \(report.aims) aims reached")
  print("Written: \(try write(report, to: "accuracy.json", below: folder).relativePath)")
}

/// The capital programme.
func runCapital(isSmoke: Bool, folder: URL) throws {
  try benchmarkCapital(isSmoke: isSmoke) {
    try finish(
      $0, as: "capital.json", below: folder, isSmoke: isSmoke, "\($0.programmes.count) programme was chosen")
  }
}

/// Several small counties of it.
func runSmallCapital(folder: URL) throws {
  try benchmarkSmallCapital { report in
    print("Written: \(try write(report, to: "capital-small.json", below: folder).relativePath)")
  }
}

/// Importing published files.
func runImport(isSmoke: Bool, folder: URL) throws {
  let report = try benchmarkImport(isSmoke: isSmoke)
  for line in report.lines { print(line.text) }
  try finish(report, as: "import.json", below: folder, isSmoke: isSmoke, "a register was imported")
}

/// What-ifs and sweeps.
func runWhatIf(isSmoke: Bool, folder: URL) throws {
  let report = try benchmarkWhatIf(isSmoke: isSmoke)
  for line in report.lines { print(line) }
  try finish(
    report, as: "whatif.json", below: folder, isSmoke: isSmoke,
    "a what-if and \(report.morePoints) points ran")
}

let folder = URL(fileURLWithPath: "Reports/benchmarks")
do {
  switch Array(CommandLine.arguments.dropFirst()) {
  case []: try runStages(isSmoke: false, folder: folder)
  case ["ensemble"]: try runEnsemble(isSmoke: false, folder: folder)
  case ["accuracy"]: try runAccuracy(folder: folder)
  case ["capital"]: try runCapital(isSmoke: false, folder: folder)
  case ["capital-small"]: try runSmallCapital(folder: folder)
  case ["import"]: try runImport(isSmoke: false, folder: folder)
  case ["whatif"]: try runWhatIf(isSmoke: false, folder: folder)
  case ["--smoke"]:
    try runStages(isSmoke: true, folder: folder)
    try runEnsemble(isSmoke: true, folder: folder)
    try runCapital(isSmoke: true, folder: folder)
    try runImport(isSmoke: true, folder: folder)
    try runWhatIf(isSmoke: true, folder: folder)
  default:
    FileHandle.standardError.write(
      Data(
        "usage: PlacesBenchmarks [ensemble | accuracy | capital | capital-small | import | whatif | --smoke]\n"
          .utf8))
    exit(64)
  }
} catch {
  FileHandle.standardError.write(Data("the benchmarks did not run: \(error)\n".utf8))
  exit(70)
}
