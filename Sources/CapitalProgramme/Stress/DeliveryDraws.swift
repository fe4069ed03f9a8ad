internal import Foundation
internal import NumericCore
public import PlacePlanning

/// How one scheme is delivered in each draw: how many years late it begins, how many years longer it is built, and at what share of
/// its budget.
///
/// All three are functions of the seed, the scheme's key and the draw alone, so that no scheme beside it moves them.
///
/// **Shape** draw 1, 2, ….
public struct DeliveryDraws: Sendable {
  /// The longest delay of a start that is drawn.
  static let mostYearsLate = 3
  /// The most years that building may take beyond those planned.
  static let mostYearsLonger = 3
  /// The latest that places may open.
  static let mostYearsToOpening = mostYearsLate + mostYearsLonger

  /// Years that the start is late, 0 to 3.
  public let yearsLate: [UInt8]
  /// Years that building takes longer once it has begun, 0 to 3.
  public let yearsLonger: [UInt8]
  /// Outturn over budget in the prices of the planned dates: what a delay adds is not in it.
  public let costFactor: [Double]

  /// The chance of each further year late is `chanceOfYearLate`, of each further year of building `chanceOfYearLonger`; the factor is
  /// lognormal with the mean `1 + meanOverrun`.
  public init(_ risk: DeliveryRisk, scheme key: String, draws: Int, seed: UInt64) {
    func years(_ source: RandomSource, most: Int, chance: Double) -> [UInt8] {
      let stream = RandomStream(seed: seed, source: source, area: key)
      let chances = (1...most).map { years in (0..<years).reduce(1.0) { product, _ in product * chance } }
      return (0..<draws).map { draw in
        let u = stream.uniform(cell: 0, draw: draw + 1)
        return UInt8(chances.count { u < $0 })
      }
    }
    yearsLate = years(.schemeDelay, most: Self.mostYearsLate, chance: risk.chanceOfYearLate)
    yearsLonger = years(.schemeDuration, most: Self.mostYearsLonger, chance: risk.chanceOfYearLonger)
    let cost = RandomStream(seed: seed, source: .cost, area: key)
    let spread = risk.overrunSpread
    let centre = log(1 + risk.meanOverrun) - spread * spread / 2
    costFactor =
      spread == 0
      ? [Double](repeating: 1 + risk.meanOverrun, count: draws)
      : (0..<draws).map { draw in
        Shock.factor(scale: spread, z: cost.normal(cell: 0, draw: draw + 1), common: centre)
      }
  }

  /// As planned in every draw.
  init(asPlanned draws: Int) {
    yearsLate = [UInt8](repeating: 0, count: draws)
    yearsLonger = yearsLate
    costFactor = [Double](repeating: 1, count: draws)
  }

  /// Years that the places open late in one draw, 0 to 6: the start's delay and what building takes longer.
  func yearsToOpening(_ draw: Int) -> Int { Int(yearsLate[draw]) + Int(yearsLonger[draw]) }
}

/// A scheme of a programme with its planned start and its draws.
struct DrawnScheme: Sendable {
  let scheme: Scheme
  /// Its position among the problem's candidates.
  let candidate: Int
  let start: FinancialYear
  /// As planned where the plan says nothing of its reference class.
  let draws: DeliveryDraws

  /// The places it makes when they open `yearsLate`.
  func change(yearsLate: Int) -> CapacityChange? { scheme.change(startingIn: start + yearsLate) }
}

extension Programme {
  /// The chosen schemes in the order of their keys, so that the order of the candidates moves no sum.
  func drawn(_ problem: ProgrammeProblem, _ plan: CapitalPlan, draws: Int, seed: UInt64) -> [DrawnScheme] {
    choices.compactMap { choice -> DrawnScheme? in
      guard problem.has(choice) else { return nil }
      let candidate = problem.candidates[choice.scheme]
      let scheme = candidate.scheme
      return DrawnScheme(
        scheme: scheme, candidate: choice.scheme, start: problem.years[candidate.starts[choice.start].year],
        draws: plan.delivery[scheme.referenceClass].map {
          DeliveryDraws($0, scheme: scheme.key, draws: draws, seed: seed)
        } ?? DeliveryDraws(asPlanned: draws))
    }.sorted { $0.scheme.key < $1.scheme.key }
  }
}
