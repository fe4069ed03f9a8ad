import Foundation
import PlacePlanning
import Projection
import TestSupport
import Testing

/// Draws of Gloucestershire against `draws_reference.py`, which has random numbers, walks, flows and late homes of its own.
struct DrawsReferenceTests {
  private struct Reference: Decodable {
    let seed: UInt64
    let draws: Int
    /// Which draws and projected years `figures` has.
    let shown: [Int]
    let years: [Int]
    /// Area, year group, year, draw. **Units** pupils.
    let figures: [String: [[[Double]]]]
    /// Area: of its entry year group in the last year the mean, then the quantiles.
    let ranges: [String: [Double]]
  }

  @Test func `single draws, means and quantiles are those of NumPy`() throws {
    let reference = try JSONDecoder().decode(
      Reference.self, from: Data(contentsOf: Repository.file("Tests/ReferenceTests/draws_reference.json")))
    let projected = try Projected.gloucestershire.get()
    let (model, projectedYears) = (projected.model, projected.model.projectedYears)
    let (ranges, draws) = try simulateKeepingDraws(
      model, projected.pupils, draws: reference.draws, seed: reference.seed)
    let last = try #require(projectedYears.last)
    var (single, summary) = (Worst(), Worst())
    for area in model.areas {
      for (group, yearGroup) in area.phase.yearGroups.enumerated() {
        for (index, year) in reference.years.enumerated() {
          let found = draws[area.code, yearGroup, projectedYears[year - 1]]
          let wanted = reference.figures[area.code.text]?[group][index] ?? []
          for (draw, figure) in zip(reference.shown, wanted) {
            single.note(found?[draw - 1], figure, "\(area.code) \(yearGroup) in year \(year), draw \(draw)")
          }
        }
      }
      let found = ranges[area.code, area.phase.yearGroups[0], last]
      for (index, figure) in (reference.ranges[area.code.text] ?? []).enumerated() {
        let figures = found.map { [$0.mean] + $0.quantiles }
        summary.note(figures?[index], figure, "\(area.code), figure \(index)")
      }
    }
    single.expect(within: 1e-6, of: 54 * 7 * 3 * 2)
    summary.expect(within: 1e-6, of: 54 * 8)
  }
}
