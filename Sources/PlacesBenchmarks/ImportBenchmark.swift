import Foundation
import ModelFiles
import PlacePlanning

/// Importing large published files: how fast, beside reading their bytes and nothing more, and in how much memory.
struct ImportReport: Encodable {
  struct Line: Encodable {
    let file: String
    let megabytes: Double
    let rows: Int
    let kept: Int
    /// Best of several, of two passes: fingerprint and encoding, then the rows.
    let seconds: Double
    let megabytesPerSecond: Double
    /// Reading the bytes and nothing more.
    let plainReadingSeconds: Double
    /// What the import added to the most memory that the process ever held.
    let addedMegabytes: Double

    var text: String {
      func shown(_ value: Double, _ places: Int) -> String { String(format: "%.\(places)f", value) }
      return "\(file): \(shown(megabytes, 1)) MB, \(rows) rows, \(kept) kept in \(shown(seconds, 3)) s, "
        + "\(shown(megabytesPerSecond, 0)) MB/s; plain reading \(shown(plainReadingSeconds, 3)) s; "
        + "peak memory +\(shown(addedMegabytes, 1)) MB"
    }
  }

  var lines: [Line]
}

func benchmarkImport(isSmoke: Bool) throws -> ImportReport {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
    "places-import-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  let url = folder.appendingPathComponent("edubasealldata.csv")
  let register = try SyntheticRegister(rows: isSmoke ? 500 : 50_000, to: url)
  var lines = [
    try measured(.gias, url, "register of establishments (invented)", repeats: isSmoke ? 1 : 5) {
      $0.authority = isSmoke ? nil : SyntheticRegister.authority
    }
  ]
  if !isSmoke, lines[0].kept != register.open { throw ImportDisagreement() }
  let scap = URL(fileURLWithPath: "../shared/data/scap2015/schools.csv")
  if !isSmoke, FileManager.default.fileExists(atPath: scap.path) {
    lines.append(try measured(.scap, scap, "School Capacity survey 2015", repeats: 5) { _ in })
  }
  return ImportReport(lines: lines)
}

struct ImportDisagreement: Error {}

private func measured(
  _ kind: ImportKind, _ url: URL, _ name: String, repeats: Int, _ change: (inout ImportRequest) -> Void
) throws -> ImportReport.Line {
  guard let day = CalendarDate(label: "2026-11-23") else { throw ImportDisagreement() }
  var request = ImportRequest(kind, files: [url], retrieved: day)
  change(&request)
  let size = try FileManager.default.attributesOfItem(atPath: url.path)[.size] as? Int ?? 0
  let plain = try leastSeconds(repeats) { _ = try plainReading(url) }
  let before = peakMemory() ?? 0
  var dataset: ImportedDataset?
  let best = try leastSeconds(repeats) { dataset = try importDataset(request) }
  guard let dataset else { throw ImportDisagreement() }
  let megabytes = Double(size) / 1e6
  return ImportReport.Line(
    file: name, megabytes: megabytes, rows: dataset.accounts[0].rows, kept: dataset.accounts[0].kept,
    seconds: best,
    megabytesPerSecond: megabytes / best, plainReadingSeconds: plain,
    addedMegabytes: ((peakMemory() ?? before) - before) / 1e6)
}

/// The bytes of a file and their sum.
private func plainReading(_ url: URL) throws -> UInt64 {
  let handle = try FileHandle(forReadingFrom: url)
  var sum: UInt64 = 0
  while let block = try handle.read(upToCount: 1 << 18), !block.isEmpty {
    block.withUnsafeBytes { bytes in
      for byte in bytes { sum &+= UInt64(byte) }
    }
  }
  try handle.close()
  return sum
}
