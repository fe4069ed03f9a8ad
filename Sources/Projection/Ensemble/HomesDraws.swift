internal import NumericCore
public import PlacePlanning

/// One way in which a site's homes may come: late by whole years, at the planned pace or slowly.
struct HomesWay {
  private static let longestDelay = 3
  /// A slow site takes half as long again.
  private static let slowPace = 1.5

  /// **Units** years.
  let delay: Int
  /// Years for each planned year.
  let pace: Double
  let probability: Double

  /// As planned first, then later by one, two and three years, each at the planned pace and slowly.
  static func all(_ plan: UncertaintyPlan) -> [HomesWay] {
    [1.0, slowPace].flatMap { pace in
      (0...longestDelay).map { delay in
        let goesOn = delay == longestDelay ? 1 : 1 - plan.siteDelay
        let late = (0..<delay).reduce(goesOn) { chance, _ in chance * plan.siteDelay }
        return HomesWay(
          delay: delay, pace: pace, probability: late * (pace == 1 ? 1 - plan.slowBuild : plan.slowBuild))
      }
    }
  }

  /// The position of the way that a uniform number stands for.
  static func position(of uniform: Double, among probabilities: some Collection<Double>) -> Int {
    var reached = 0.0
    for (index, probability) in probabilities.enumerated() {
      reached += probability
      if uniform < reached { return index }
    }
    return probabilities.count - 1
  }

  /// The position, among the projected years, of the one before which a site's next homes are to be finished: of a site that has begun and
  /// pauses, the end of the pause; 0 where none are to come.
  static func firstYear(of site: HousingSite, _ model: PlanningModel) -> Int {
    model.projectedYears.firstIndex { site.completions(before: $0) > 0 } ?? 0
  }

  /// Homes by projected year, as they come this way: a site that begins with year f has by the end of year t as many as planned by
  /// f + (t - delay - f) / pace. Being slow does not move its beginning.
  func shifted(_ homes: [Double], from first: Int) -> [Double] {
    let begin = Double(first)
    func planned(by time: Double) -> Double {
      let whole = max(0, min(Double(homes.count), time))
      let full = Int(whole)
      return homes.prefix(full).reduce(0, +) + (full < homes.count ? homes[full] * (whole - Double(full)) : 0)
    }
    return homes.indices.map { year in
      let end = begin + (Double(year + 1 - delay) - begin) / pace
      let start = begin + (Double(year - delay) - begin) / pace
      return planned(by: end) - planned(by: start)
    }
  }
}

/// When the homes of each site are finished, draw by draw: late or slow in the same draws as the pupils who live in them.
public struct HomesDraws: Sendable {
  /// The base year, then the projected years.
  private let years: [AcademicYear]
  private let sites: [String: Site]

  private struct Site {
    /// Homes finished before each of the years. **Shape** way, then year.
    let finished: [[Double]]
    /// The way that each draw takes. **Shape** draw 1, 2, ….
    let ways: [UInt8]
  }

  init(_ model: PlanningModel, _ plan: UncertaintyPlan, draws: Int, seed: UInt64) {
    years = [model.baseYear] + model.projectedYears
    let ways = HomesWay.all(plan)
    let keyed = model.housing.sites.map { site in
      let homes = model.projectedYears.map(site.completions(before:))
      let first = HomesWay.firstYear(of: site, model)
      let stream = RandomStream(seed: seed, source: .siteDelivery, area: site.key)
      return (
        site.key,
        Site(
          finished: ways.map { way in
            way.shifted(homes, from: first).reduce(into: [site.finished(by: model.baseYear)]) { sums, homes in
              sums.append((sums.last ?? 0) + homes)
            }
          },
          ways: (0..<draws).map { draw in
            let uniform = stream.uniform(cell: 0, draw: draw + 1)
            return UInt8(HomesWay.position(of: uniform, among: ways.lazy.map(\.probability)))
          })
      )
    }
    sites = Dictionary(keyed) { first, _ in first }
  }

  /// The first year before whose September that many homes of a site are finished: the base year where they were by then, nil in a
  /// draw where they are not by the last projected year. Nil for a site that the model does not have.
  ///
  /// **Shape** draw 1, 2, ….
  public func year(of homes: Double, on site: String) -> [AcademicYear?]? {
    guard let site = sites[site] else { return nil }
    // Sums of shares of a year may fall short of a whole home by rounding.
    let byWay = site.finished.map { finished in
      finished.firstIndex { $0 >= homes - 1e-6 }.map { years[$0] }
    }
    return site.ways.map { byWay[Int($0)] }
  }
}
