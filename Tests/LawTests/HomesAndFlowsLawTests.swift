import Foundation
import Projection
import TestSupport
import Testing

/// Sources that a law by area alone does not show: homes, whose pupils stand among all others, and flows, which share a cohort out.
struct HomesAndFlowsLawTests {
  private let ensemble = Ensemble(draws: 8_000, seed: 19)

  private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

  private func variance(_ values: [Double]) -> Double {
    let mean = mean(values)
    return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
  }

  /// A factor of mean 1 whose logarithm has a variance of 0.04: exp(0.04) - 1 is 0.0408, so that 8,000 draws have a mean within five
  /// standard errors, 0.0113, and the variance, whose standard error is 1.6 in 100 of it, within five of those.
  @Test("pupils per home spread as asked: one factor for all sites, year groups and years of an area")
  func yields() throws {
    var input = MadeUpEnsemble(spread: EnsembleSpread(yield: 0.2)).input
    for site in input.sites.indices {
      input.sites[site].variants.removeLast(2)
      input.sites[site].variants[0].probability = 1
    }
    let (sites, first) = (input.sites, input.primary.count)
    let without = try ensemble.explain(input, draw: 0).withoutHousing
    let draws = try ensemble.drawAll(input).draws
    func factors(_ area: Int, group: Int, year: Int) -> [Double] {
      let homes = sites.reduce(0.0) { sum, site in
        let way = site.variants[0]
        if site.primaryArea == area { return sum + way.primaryPupils[group][year] }
        return first + site.secondaryArea == area ? sum + way.secondaryPupils[group][year] : sum
      }
      let row = draws.rows.cell(area: area, group: group)
      return draws.figures(year: year, row: row).map { ($0 - without[area][group][year + 1]) / homes }
    }
    // Two sites stand in the third primary area, and two in the second secondary one.
    let found = [2, first + 1].map { factors($0, group: 3, year: 2) }
    for (area, found) in zip([2, first + 1], found) {
      expectClose(mean(found), 1, within: 0.0113, "area \(area)")
      expectClose(variance(found.map { log($0) }), 0.04, within: 0.08 * 0.04, "area \(area)")
      for (group, year) in [(0, 1), (6, 5)] {
        for (one, other) in zip(factors(area, group: group, year: year), found) {
          expectClose(one, other, within: 1e-6, "area \(area), \(group) \(year)")
        }
      }
    }
    // Areas are independent: five standard errors of a correlation of nought are 0.056.
    let product = mean(zip(found[0], found[1]).map { log($0) * log($1) }) - 0.02 * 0.02
    expectClose(product / 0.04, 0, within: 0.056)
  }

  /// The three ways have chances of 0.5, 0.3 and 0.2, and in the sixth year 5, 4 and 3 parts of a site's pupils. Four standard errors of
  /// 8,000 draws are at most 0.0224.
  @Test("homes come in each of their ways as often as it is likely")
  func ways() throws {
    let input = MadeUpEnsemble(spread: EnsembleSpread()).input
    let without = try ensemble.explain(input, draw: 0).withoutHousing
    let draws = try ensemble.drawAll(input).draws
    // One site alone stands in the first area.
    let planned = input.sites[0].variants[0].primaryPupils[0][5]
    let parts = draws.figures(year: 5, row: draws.rows.cell(area: 0, group: 0)).map {
      (5 * ($0 - without[0][0][6]) / planned).rounded()
    }
    for (part, chance) in [(5.0, 0.5), (4, 0.3), (3, 0.2)] {
      expectClose(Double(parts.count { $0 == part }) / 8_000, chance, within: 0.0224, "\(part) parts")
    }
  }

  /// Where every primary area sends the same shares and nobody comes from outside, two areas' Year 7 stand to each other as their shares
  /// times their attractions. The logarithm of each attraction takes a step of 0.1 a year: their difference has a variance of 0.02 a year.
  @Test("flows to secondary areas spread as asked, further each year")
  func flows() throws {
    var input = MadeUpEnsemble(spread: EnsembleSpread(transfer: 0.1), hasSites: false).input
    let primary = input.primary
    input.transferShares = [0.5, 0.3, 0.15].map { share in primary.map { _ in share } }
    input.imports = [0, 0, 0]
    let draws = try ensemble.drawAll(input).draws
    for year in [0, 3] {
      let year7 = [0, 1].map {
        draws.figures(year: year, row: draws.rows.cell(area: primary.count + $0, group: 0))
      }
      let logs = zip(year7[0], year7[1]).map { log($0 / $1) }
      let wanted = 0.02 * Double(year + 1)
      expectClose(variance(logs), wanted, within: 0.08 * wanted, "year \(year)")
      expectClose(mean(logs), log(0.5 / 0.3), within: 5 * (wanted / 8_000).squareRoot(), "year \(year)")
    }
  }
}
