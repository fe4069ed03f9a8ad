import Foundation
import NumericCore

/// Seconds of the fastest of several runs.
func leastSeconds(_ repeats: Int, _ body: () throws -> Void) rethrows -> Double {
  var least = Double.infinity
  for _ in 0..<repeats {
    let start = ContinuousClock.now
    try body()
    least = min(least, (ContinuousClock.now - start) / .seconds(1))
  }
  return least
}

/// Runs one piece of work on each of two threads.
func onTwoThreads(_ work: @Sendable (Int) -> Void) {
  DispatchQueue.concurrentPerform(iterations: 2, execute: work)
}

/// What this machine can do with both cores, measured in the same run as what it is held against.
struct Roofline: Encodable {
  /// Keyed normals with nothing done to them. **Units** a second.
  let normals: Double
  /// Exponentials of shocks that lie in the nearest cache. **Units** a second.
  let factors: Double
  /// a = b + s c over arrays larger than any cache, 24 bytes counted an element. **Units** bytes a second.
  let triadBytes: Double
  /// Product of two 512 x 512 matrices. **Units** floating-point operations a second.
  let flops: Double
  /// The Swift reference of the normals, one thread. **Units** a second.
  let referenceNormals: Double

  init(repeats: Int) {
    typealias Buffer = UnsafeMutableBufferPointer<Double>
    let stream = RandomStream(seed: 1, source: .survivalArea, area: "A")
    let rounds = 2_000
    normals =
      Double(2 * rounds * 8 * 256)
      / leastSeconds(repeats) {
        onTwoThreads { thread in
          let out = Buffer.allocate(capacity: 8 * 256)
          defer { out.deallocate() }
          for round in 0..<rounds {
            stream.normals(
              cells: 8 * round..<8 * round + 8, draws: thread * 256..<thread * 256 + 256, into: out)
          }
        }
      }
    factors =
      Double(2 * 8 * rounds * 256)
      / leastSeconds(repeats) {
        onTwoThreads { _ in
          let rows = Buffer.allocate(capacity: 3 * 256)
          defer { rows.deallocate() }
          rows.initialize(repeating: 0.01)
          let row = { Buffer(rebasing: rows[$0 * 256..<($0 + 1) * 256]) }
          for _ in 0..<8 * rounds { Shock.factors(scale: 1, z: row(0), common: row(1), into: row(2)) }
        }
      }
    var sum = 0.0
    referenceNormals =
      20_000 / leastSeconds(repeats) { for draw in 0..<20_000 { sum += stream.normal(cell: 5, draw: draw) } }
    let length = 1 << 23
    nonisolated(unsafe) let arrays = Buffer.allocate(capacity: 6 * length)
    arrays.initialize(repeating: sum.isNaN ? 0 : 1)
    triadBytes =
      Double(2 * 24 * length)
      / leastSeconds(repeats) {
        onTwoThreads { thread in
          let start = thread * 3 * length
          for index in start..<start + length {
            arrays[index] = arrays[index + length] + 3 * arrays[index + 2 * length]
          }
        }
      }
    arrays.deallocate()
    let axis = Axis("row", (0..<512).map(String.init))
    let matrix = LabelledMatrix(rows: axis, columns: axis) { Double($0 * $1 % 7) }
    flops =
      4 * 512 * 512 * 512
      / leastSeconds(repeats) {
        onTwoThreads { _ in
          let both = Buffer.allocate(capacity: 2 * 512 * 512)
          defer { both.deallocate() }
          both.initialize(repeating: 1)
          matrix.apply(
            to: Buffer(rebasing: both[..<(512 * 512)]), into: Buffer(rebasing: both[(512 * 512)...]),
            draws: 512)
        }
      }
  }
}

/// The most memory that this process has held at once. **Units** bytes; nil where the system does not say.
func peakMemory() -> Double? {
  let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)
  let line = status?.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
  return line?.split(separator: " ").dropFirst().first.flatMap { Double($0) }.map { $0 * 1_024 }
}
