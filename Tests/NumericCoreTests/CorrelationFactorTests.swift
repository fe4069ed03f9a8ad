import NumericCore
import TestSupport
import Testing

struct CorrelationFactorTests {
  private func matrix(_ values: [[Double]]) -> LabelledMatrix {
    let axis = Axis("area", values.indices.map { "a\($0)" })
    return LabelledMatrix(rows: axis, columns: axis) { values[$0][$1] }
  }

  /// Source: NumPy 2.4.6, numpy.linalg.cholesky.
  @Test("the factor is NumPy's")
  func factor() throws {
    let factor = try CorrelationFactor(matrix([[1, 0.5, 0.25], [0.5, 1, -0.3], [0.25, -0.3, 1]]))
    let wanted = [1, 0, 0, 0.5, 0.8660254037844386, 0, 0.25, -0.49074772881118195, 0.8346656017032609]
    for (found, wanted) in zip(factor.lower.values, wanted) { expectClose(found, wanted, within: 1e-15) }
    let shocks = UnsafeMutableBufferPointer<Double>.allocate(capacity: 6)
    defer { shocks.deallocate() }
    for (index, value) in [1.0, 2, 3, 4, 5, 6].enumerated() { shocks[index] = value }
    factor.correlate(shocks, draws: 2)
    expectClose(shocks[1], 2)
    expectClose(shocks[2], 0.5 * 1 + 0.8660254037844386 * 3)
    expectClose(shocks[5], 0.25 * 2 - 0.49074772881118195 * 4 + 0.8346656017032609 * 6)
  }

  @Test(
    "what no shocks can have is refused",
    arguments: [
      ([[1, 0.9, -0.9], [0.9, 1, 0.9], [-0.9, 0.9, 1]], "not positive definite from 'a2' on"),
      ([[1, 1], [1, 1]], "not positive definite from 'a1' on"),
      ([[1, 0.2], [0.3, 1]], "'a1' and 'a0' have correlation 0.3 one way round, 0.2 the other"),
      ([[1, 0.2], [0.2, 1.1]], "'a1' has correlation 1.1 with itself, not 1"),
      ([[1, .nan], [.nan, 1]], "correlation nan"),
    ])
  func refused(values: [[Double]], words: String) {
    let refusal = #expect(throws: CorrelationRefusal.self) { try CorrelationFactor(matrix(values)) }
    #expect(refusal?.description.contains(words) == true, "\(refusal?.description ?? "")")
  }

  @Test("other labels on the other side are refused")
  func labels() {
    let odd = LabelledMatrix(rows: Axis("area", ["a"]), columns: Axis("area", ["b"])) { _, _ in 1 }
    #expect(throws: CorrelationRefusal.self) { try CorrelationFactor(odd) }
  }
}
