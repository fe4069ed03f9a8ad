import Foundation

// places' benchmarks: every stage at three sizes, in one run, as JSON under Reports/benchmarks.
//
//   PlacesBenchmarks            all sizes, several repeats
//   PlacesBenchmarks --smoke    the smallest size once: does everything still run?

let isSmoke = CommandLine.arguments.dropFirst() == ["--smoke"]
if CommandLine.arguments.count > 1, !isSmoke {
  FileHandle.standardError.write(Data("usage: PlacesBenchmarks [--smoke]\n".utf8))
  exit(64)
}
let sizes: [AuthoritySize] = isSmoke ? [.town] : [.town, .county, .region]
do {
  let results = try sizes.flatMap { try benchmark($0, repeats: isSmoke ? 1 : 7) }
  for result in results { print(result.line) }
  if isSmoke {
    print("smoke: \(results.count) stages ran")
  } else {
    let file = try write(results, below: URL(fileURLWithPath: "Reports/benchmarks"))
    print("Written: \(file.relativePath)")
  }
} catch {
  FileHandle.standardError.write(Data("the benchmarks did not run: \(error)\n".utf8))
  exit(70)
}
