import TestSupport
import Testing

@testable import NumericCore

struct RandomStreamTests {
  /// Source: kat_vectors of Random123 (D. E. Shaw Research), philox4x32 10.
  @Test("Philox gives Random123's known answers")
  func knownAnswers() {
    #expect(
      Philox.words(counter: .zero, key: 0) == [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8])
    #expect(
      Philox.words(counter: .init(repeating: .max), key: .max)
        == [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd])
    #expect(
      Philox.words(
        counter: [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], key: 0x299f_31d0_a409_3822)
        == [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1])
  }

  /// Source: SciPy 1.17.1, scipy.special.ndtri((word + 0.5) / 2^32), above a half by symmetry.
  @Test(
    "the normal quantile is SciPy's",
    arguments: [
      (0, -6.3379577545537895), (1, -6.166429517819751), (12345, -4.535422762090429),
      (2_147_483, -3.2905267508814533), (2_149_630, -3.2902456013487207), (858_993_459, -0.841621233323419),
      (2_147_483_647, -2.918099372916623e-10), (2_147_483_648, 2.918099372916623e-10),
      (3_221_225_472, 0.6744897505624251), (4_294_967_290, 5.957507662988573),
      (4_294_967_295, 6.3379577545537895),
    ] as [(UInt32, Double)])
  func quantile(word: UInt32, wanted: Double) {
    let found = StandardNormal.quantile(word: word)
    #expect(abs(found - wanted) <= 2e-15 * abs(wanted), "\(found)")
  }

  @Test("many numbers at once have the bits of one at a time", arguments: [0, 1, 2, 3, 28_254])
  func bulk(firstCell: Int) {
    let stream = RandomStream(seed: 42, source: .survivalArea, area: "9162500")
    let (cells, draws) = (firstCell..<firstCell + 7, 5..<2_505)
    let buffer = UnsafeMutableBufferPointer<Double>.allocate(capacity: cells.count * draws.count)
    defer { buffer.deallocate() }
    stream.normals(cells: cells, draws: draws, into: buffer)
    var different = 0
    for (row, cell) in cells.enumerated() {
      for (column, draw) in draws.enumerated()
      where buffer[row * draws.count + column] != stream.normal(cell: cell, draw: draw) {
        different += 1
      }
    }
    #expect(different == 0)
  }

  @Test("many uniform numbers at once have the bits of one at a time")
  func uniforms() {
    let stream = RandomStream(seed: 7, source: .siteDelivery, area: "site")
    let draws = 3..<603
    let buffer = UnsafeMutableBufferPointer<Double>.allocate(capacity: draws.count)
    defer { buffer.deallocate() }
    for cell in 0..<5 {
      stream.uniforms(cell: cell, draws: draws, into: buffer)
      #expect(Array(buffer) == draws.map { stream.uniform(cell: cell, draw: $0) })
    }
  }

  @Test("many factors at once have the bits of one at a time, and are exponentials")
  func factors() {
    let count = 4_001
    let buffer = UnsafeMutableBufferPointer<Double>.allocate(capacity: 4 * count)
    defer { buffer.deallocate() }
    let part = { (index: Int) in
      UnsafeMutableBufferPointer(rebasing: buffer[index * count..<(index + 1) * count])
    }
    let stream = RandomStream(seed: 1, source: .yield, area: "A")
    stream.normals(cells: 0..<2, draws: 0..<count, into: buffer)
    Shock.factors(scale: 3, z: part(0), common: part(1), into: part(2))
    Shock.survivors(ratio: 0.9, below: part(2), scale: 3, z: part(0), common: part(1), into: part(3))
    for index in 0..<count {
      let (z, common, factor) = (part(0)[index], part(1)[index], part(2)[index])
      #expect(factor == Shock.factor(scale: 3, z: z, common: common))
      #expect(part(3)[index] == 0.9 * factor * factor)
    }
    // Source: Python 3.11, math.exp.
    for (x, wanted) in [
      (0.0, 1.0), (1, 2.718281828459045), (-0.3, 0.7408182206817179), (10.5, 36315.502674246636),
      (-30, 9.357622968840175e-14), (600, 3.7730203009299397e260),
    ] {
      #expect(abs(Shock.factor(scale: 1, z: x, common: 0) / wanted - 1) <= 1e-15, "exp(\(x))")
    }
  }

  @Test("seed, source, area, cell and draw each give other numbers")
  func keys() {
    let base = RandomStream(seed: 1, source: .births, area: "A")
    let numbers = [
      base.normal(cell: 8, draw: 1), base.normal(cell: 9, draw: 1), base.normal(cell: 8, draw: 2),
      base.normal(cell: 12, draw: 1),
      RandomStream(seed: 2, source: .births, area: "A").normal(cell: 8, draw: 1),
      RandomStream(seed: 1 << 32, source: .births, area: "A").normal(cell: 8, draw: 1),
      RandomStream(seed: 1, source: .cost, area: "A").normal(cell: 8, draw: 1),
      RandomStream(seed: 1, source: .births, area: "B").normal(cell: 8, draw: 1),
    ]
    #expect(Set(numbers).count == numbers.count)
    #expect(base.normal(cell: 8, draw: 1) == numbers[0])
  }

  /// Standard errors over 100,000 numbers are 0.0032, 0.0045 and 0.0009.
  @Test("mean, variance and the uniform's mean are as they should be", arguments: RandomSource.allCases)
  func moments(source: RandomSource) {
    let stream = RandomStream(seed: 7, source: source, area: "9162500")
    let count = 100_000
    let buffer = UnsafeMutableBufferPointer<Double>.allocate(capacity: count)
    defer { buffer.deallocate() }
    stream.normals(cell: 3, draws: 1..<count + 1, into: buffer)
    expectClose(buffer.reduce(0, +) / Double(count), 0, within: 0.015)
    expectClose(buffer.reduce(0) { $0 + $1 * $1 } / Double(count), 1, within: 0.02)
    let uniforms = (1...10_000).map { stream.uniform(cell: 3, draw: $0) }
    #expect(uniforms.allSatisfy { $0 > 0 && $0 < 1 })
    expectClose(uniforms.reduce(0, +) / 10_000, 0.5, within: 0.015)
  }
}
