import PlacePlanning
import Testing

@testable import Papers

/// How missing places go over the years, and what of that comes without the plan.
@Suite struct MissingCourseTests {
  private func said(without: [Int], with missing: [Int]) -> String {
    PaperWriter.missingCourse(
      .primary, without: without, with: missing, missing.indices.map { AcademicYear(2018 + $0) })
  }

  @Test func `a fall that comes without the plan is not put down to it`() {
    #expect(
      said(without: [286, 100, 0], with: [286, 100, 0])
        == "missing primary places fall from 286 to 0, as they would without it")
    // By 286 without the plan, by 200 with it.
    #expect(
      said(without: [286, 100, 0], with: [200, 50, 0])
        == "missing primary places fall from 200 to 0 (without it too, from 286 to 0)")
    // By 36 only.
    #expect(
      said(without: [286, 300, 250], with: [286, 100, 0]) == "missing primary places fall from 286 to 0")
    #expect(
      said(without: [20, 40, 10], with: [20, 30, 10])
        == "missing primary places fall from 20 to 10, as they would without it, and are most in 2019/20, 30")
  }

  @Test func `a rise and no change`() {
    #expect(
      said(without: [10, 30, 20], with: [10, 30, 20])
        == "missing primary places rise from 10 to 20, and are most in 2019/20, 30")
    // As many as at the end are not the most.
    #expect(said(without: [0, 20, 20], with: [0, 12, 12]) == "missing primary places rise from 0 to 12")
    #expect(said(without: [9, 9], with: [5, 5]) == "missing primary places stay at 5")
  }
}
