import Foundation
import PlacePlanning
import TestSupport
import Testing

@testable import CapitalProgramme

/// Delays and costs by closed forms, and that nothing but its own key moves a scheme's numbers.
@Suite struct DeliveryDrawTests {
  private static let risk = DeliveryRisk(chanceOfYearLate: 0.3, meanOverrun: 0.2, overrunSpread: 0.25)
  private static let count = 40_000
  private static let draws = DeliveryDraws(risk, scheme: "school", draws: count, seed: 5)

  @Test(arguments: [(1, 0.3), (2, 0.09), (3, 0.027), (4, 0)])
  func `each further year has the same chance, up to three`(_ years: Int, _ chance: Double) {
    let share = Double(Self.draws.yearsLate.count { Int($0) >= years }) / Double(Self.count)
    expectClose(share, chance, within: 4 * (chance * (1 - chance) / Double(Self.count)).squareRoot())
  }

  @Test func `the mean cost factor is one and the mean overrun`() {
    let mean = Self.draws.costFactor.reduce(0, +) / Double(Self.count)
    // The variance of a lognormal number of mean m and log-sd s is m² (exp(s²) - 1).
    let deviation = 1.2 * (exp(0.25 * 0.25) - 1).squareRoot()
    expectClose(mean, 1.2, within: 4 * deviation / Double(Self.count).squareRoot())
  }

  @Test(arguments: [(0.5, 0.0), (0.8, 0.841621), (0.9, 1.281552)])
  func `quantiles of the cost factor are lognormal`(_ share: Double, _ normal: Double) {
    let sorted = Self.draws.costFactor.sorted()
    let found = sorted[Int(share * Double(Self.count))]
    let wanted = 1.2 * exp(0.25 * normal - 0.25 * 0.25 / 2)
    // The standard error of a quantile: sqrt(p (1 - p) / n) / density; the density of log x at z is exp(-z²/2) / (s sqrt(2 pi)).
    let density = exp(-normal * normal / 2) / (0.25 * (2 * Double.pi).squareRoot()) / wanted
    expectClose(
      found, wanted, within: 4 * (share * (1 - share) / Double(Self.count)).squareRoot() / density)
  }

  @Test func `no risk is on time and on budget, certain delay is three years`() {
    let none = DeliveryDraws(
      DeliveryRisk(chanceOfYearLate: 0, meanOverrun: 0, overrunSpread: 0), scheme: "a", draws: 100, seed: 1)
    #expect(none.yearsLate.allSatisfy { $0 == 0 } && none.costFactor.allSatisfy { $0 == 1 })
    let certain = DeliveryDraws(
      DeliveryRisk(chanceOfYearLate: 1, meanOverrun: 0.5, overrunSpread: 0), scheme: "a", draws: 100, seed: 1)
    #expect(certain.yearsLate.allSatisfy { $0 == 3 } && certain.costFactor.allSatisfy { $0 == 1.5 })
  }

  @Test func `a draw depends on its seed and key, not on how many there are`() {
    let few = DeliveryDraws(Self.risk, scheme: "school", draws: 100, seed: 5)
    #expect(few.yearsLate == Array(Self.draws.yearsLate.prefix(100)))
    #expect(few.costFactor == Array(Self.draws.costFactor.prefix(100)))
    let otherKey = DeliveryDraws(Self.risk, scheme: "block", draws: 100, seed: 5)
    let otherSeed = DeliveryDraws(Self.risk, scheme: "school", draws: 100, seed: 6)
    #expect(otherKey.costFactor != few.costFactor && otherSeed.costFactor != few.costFactor)
    #expect(otherKey.yearsLate != few.yearsLate && otherSeed.yearsLate != few.yearsLate)
  }

  @Test func `a higher chance never makes a scheme earlier in any draw`() {
    let higher = DeliveryDraws(
      DeliveryRisk(chanceOfYearLate: 0.5, meanOverrun: 0.2, overrunSpread: 0.25), scheme: "school",
      draws: Self.count, seed: 5)
    #expect(zip(Self.draws.yearsLate, higher.yearsLate).allSatisfy { $0 <= $1 })
  }

  @Test func `ways hold every draw once, under its own delays`() {
    let town = SmallTown(
      risks: [
        "building": DeliveryRisk(
          chanceOfYearLate: 0.3, chanceOfYearLonger: 0.2, meanOverrun: 0, overrunSpread: 0)
      ],
      schemes: ["a", "b", "c"].map { SmallTown.scheme($0) })
    let schemes = town.programme().drawn(town.problem, town.plan, draws: 500, seed: 3)
    let ways = DeliveryWays(schemes, draws: 500)
    #expect(ways.order.sorted() == (0..<500).map(Int32.init))
    #expect(Set(ways.delays).count == ways.delays.count)
    for (way, range) in ways.draws.enumerated() {
      for draw in ways.order[range] {
        #expect(schemes.map { $0.draws.yearsToOpening(Int(draw)) } == ways.delays[way])
      }
    }
  }
}
