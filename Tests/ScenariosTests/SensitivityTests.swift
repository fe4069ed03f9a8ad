import Foundation
import TestSupport
import Testing

@testable import Scenarios

/// A function of known indices, sampled as a sweep would.
private func indices(
  _ variations: [Variation], rows: Int, seed: UInt64 = 1, _ function: ([Double]) -> Double?
) -> [SobolIndex]? {
  guard case .told(let found) = shares(variations, rows: rows, seed: seed, function) else { return nil }
  return found
}

private func shares(
  _ variations: [Variation], rows: Int, seed: UInt64 = 1, _ function: ([Double]) -> Double?
) -> SobolShares? {
  let design = SweepDesign(kind: .sobol, variations: variations, points: rows, seed: seed, base: [])
  return sobolIndices(design, (0..<(design.count ?? 0)).map { function(design.point($0)) })
}

private func ranges(_ count: Int, _ low: Double, _ high: Double) -> [Variation] {
  (0..<count).map { Variation(key: "x\($0 + 1)", values: .range(low, high)) }
}

@Suite struct SobolTests {
  /// Ishigami and Homma (1990): sin x1 + a sin^2 x2 + b x3^4 sin x1 on [-pi, pi]^3, a = 7, b = 0.1. Its parts of variance in closed
  /// form: D1 = b pi^4/5 + b^2 pi^8/50 + 1/2, D2 = a^2/8, D13 = b^2 pi^8 8/225.
  @Test(arguments: [UInt64(1), 2, 3])
  func `the Ishigami function`(_ seed: UInt64) throws {
    let (a, b, pi) = (7.0, 0.1, Double.pi)
    let d1 = b * pow(pi, 4) / 5 + b * b * pow(pi, 8) / 50 + 0.5
    let (d2, d13) = (a * a / 8, b * b * pow(pi, 8) * 8 / 225)
    let all = d1 + d2 + d13
    expectClose(d1 / all, 0.3139, within: 1e-4)
    expectClose(d2 / all, 0.4424, within: 1e-4)
    let found = try #require(
      indices(ranges(3, -pi, pi), rows: 8192, seed: seed) { x in
        sin(x[0]) + a * sin(x[1]) * sin(x[1]) + b * pow(x[2], 4) * sin(x[0])
      })
    let first = [d1 / all, d2 / all, 0]
    let total = [(d1 + d13) / all, d2 / all, d13 / all]
    for index in 0..<3 {
      expectClose(found[index].first.value, first[index], within: 0.03, "first order of x\(index + 1)")
      expectClose(found[index].total.value, total[index], within: 0.03, "total order of x\(index + 1)")
      #expect(found[index].key == "x\(index + 1)")
    }
  }

  /// Sobol' (1993): the product of (|4 x - 2| + a) / (1 + a) on [0, 1]; V_i = 1 / (3 (1 + a)^2).
  @Test func `the G function`() throws {
    let a = [0.0, 1, 4.5, 9]
    let parts = a.map { 1 / (3 * ($0 + 1) * ($0 + 1)) }
    let all = parts.reduce(1) { $0 * (1 + $1) } - 1
    let found = try #require(
      indices(ranges(4, 0, 1), rows: 8192) { x in
        zip(x, a).reduce(1) { $0 * (abs(4 * $1.0 - 2) + $1.1) / (1 + $1.1) }
      })
    for index in 0..<4 {
      let others = parts.indices.filter { $0 != index }.reduce(1) { $0 * (1 + parts[$1]) }
      expectClose(found[index].first.value, parts[index] / all, within: 0.02)
      expectClose(found[index].total.value, parts[index] * others / all, within: 0.02)
    }
  }

  /// A sum has no interactions: both orders are the share of each term's variance, whatever constant is added.
  @Test(arguments: [0.0, 1e6])
  func `a sum, near nought and far from it`(_ constant: Double) throws {
    let found = try #require(
      indices(ranges(2, 0, 1), rows: 4096) { x in constant + 3 * x[0] + x[1] })
    for (index, share) in [0.9, 0.1].enumerated() {
      expectClose(found[index].first.value, share, within: 0.03)
      expectClose(found[index].total.value, share, within: 0.03)
    }
  }

  /// Of 40 samples of a sum, about 38 have the true index within their ranges; 33 or more but for one time in ten thousand.
  @Test func `ranges hold the truth as often as they say`() throws {
    let held = try (1...40).count { seed in
      let found = try #require(
        indices(ranges(2, 0, 1), rows: 128, seed: UInt64(seed)) { x in x[0] * x[1] + x[0] })
      // x y + x: D1 = (3/2)^2 / 12, D2 = (1/2)^2 / 12, D12 = 1/144.
      let all = 2.25 / 12 + 0.25 / 12 + 1 / 144.0
      let total = found[0].total
      return total.low <= (2.25 / 12 + 1 / 144.0) / all && total.high >= (2.25 / 12 + 1 / 144.0) / all
    }
    #expect(held >= 33)
  }

  @Test func `nothing where a point has no value, or all are alike`() {
    for rows in [16, 64] {
      #expect(shares(ranges(2, 0, 1), rows: rows) { $0[0] > 0.9 ? nil : 1 + $0[1] } == nil)
      #expect(shares(ranges(2, 0, 1), rows: rows) { _ in 5 } == nil)
      #expect(shares(ranges(2, 0, 1), rows: rows) { _ in 0.1 } == nil)
    }
  }

  /// One key alone: its shares are 1, those of the other nought. Both are told, with ranges that reach what a share can be.
  @Test(arguments: [UInt64(1), 2, 3, 4, 5, 6, 7, 8])
  func `one key alone is told, and no range lies beyond what a share can be`(_ seed: UInt64) throws {
    for threshold in [0.5, 0.9] {
      let found = try #require(
        indices(ranges(2, 0, 1), rows: 256, seed: seed) { x in x[0] > threshold ? 1 : 0 })
      expectClose(found[0].first.value, 1, within: 0.5)
      expectClose(found[0].total.value, 1, within: 0.5)
      #expect(found[1].total == SobolIndex.Estimate(value: 0, low: 0, high: 0))
      for index in found {
        #expect(index.first.low <= 1 && index.first.high >= 0 && index.total.low <= 1)
        #expect(index.first.low <= index.total.high)
      }
    }
  }

  @Test func `fewer rows than 32 tell nothing`() {
    for rows in [2, 8, 31] {
      #expect(shares(ranges(2, 0, 1), rows: rows) { $0[0] } == .refused(.fewRows(rows)))
    }
    #expect(indices(ranges(2, 0, 1), rows: 32) { $0[0] } != nil)
  }

  /// Each sample of 64 rows takes each 64th part of a key once: with x1 beyond 63/64 there is one such value in each of the two, so
  /// that 2 of 128 values carry the variance: 2 q / (q^3 + p^3) with p = 1/64 and q = 1 - p is 2.06.
  @Test func `a few values that differ from all others tell nothing`() {
    #expect(
      shares(ranges(2, 0, 1), rows: 64) { $0[0] > 63.0 / 64 ? 1 : 0 } == .refused(.fewValues(2, of: 128)))
    // Where only the crossings differ, none of the values does.
    let crossing = SweepDesign(kind: .sobol, variations: ranges(2, 0, 1), points: 64, seed: 1, base: [])
    let values = (0..<256).map { Double($0 % 4 == 3 ? $0 : 5) as Double? }
    #expect(sobolIndices(crossing, values) == .refused(.fewValues(0, of: 128)))
  }

  /// Values that no model gives: the first sample is nought, the second -1 or 1 by turns, and the first key's crossing three times the
  /// second. V = 1/2, and the first order 3 / V = 6.
  @Test func `a share that none can be is refused`() {
    let design = SweepDesign(kind: .sobol, variations: ranges(1, 0, 1), points: 64, seed: 1, base: [])
    let values = (0..<64).flatMap { row -> [Double?] in
      let sign = row % 2 == 0 ? 1.0 : -1
      return [0, sign, 3 * sign]
    }
    guard case .refused(.impossible(let key, let estimate)) = sobolIndices(design, values) else {
      Issue.record("it is told")
      return
    }
    #expect(key == "x1")
    expectClose(estimate.value, 6, within: 1e-9)
  }
}

@Suite struct TornadoTests {
  private let design = SweepDesign(
    kind: .tornado,
    variations: [
      Variation(key: "a", values: .range(0, 2)), Variation(key: "b", values: .levels([1, 5])),
      Variation(key: "c", values: .range(0, 1)),
    ], points: 0, seed: 1, base: [1, 2, 0.5])

  @Test func `the widest bar comes first`() throws {
    let bars = try #require(tornado(design, [10, 9, 12, 4, 11, 10, 10]))
    #expect(bars.map(\.key) == ["b", "a", "c"])
    #expect(bars.map(\.swing) == [7, 3, 0])
    #expect(bars[1].atLow == 9 && bars[1].atHigh == 12 && bars[1].base == 10)
    #expect(bars[1].low == 0 && bars[1].high == 2)
  }

  /// A key that moves the figure one way from both ends still spans to the base.
  @Test func `a bar reaches the base`() throws {
    #expect(try #require(tornado(design, [10, 12, 13, 10, 10, 10, 10])).first?.swing == 3)
  }

  @Test func `none where a point has no value`() {
    #expect(tornado(design, [10, nil, 12, 4, 11, 10, 10]) == nil)
    #expect(tornado(design, [10]) == nil)
  }
}
