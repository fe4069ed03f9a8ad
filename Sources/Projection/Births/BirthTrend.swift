internal import Foundation

/// Births as a damped trend of the log of all districts together, shared out by the districts' 3:2:1 means: what the births
/// method `trend` needs beside the births known.
///
/// With y the log, e its one-step error and phi the damping, level and trend run as
/// `l = l' + phi b' + alpha e`, `b = phi b' + beta e`, from the first year's log and no trend; h years on the log is
/// `l + (phi + ... + phi^h) b`. Source: Gardner and McKenzie (1985); Hyndman, Koehler, Ord and Snyder (2008), chapter 6,
/// ETS(A,Ad,N).
public struct BirthTrend: Hashable, Sendable {
  /// What is left of the yearly change a year later, above 0 and below 1.
  public let damping: Double

  /// 0.8 lies at the low end of what is usual (0.8 to 0.98): births turn within few years, and on those of 153 English
  /// authorities 0.8 errs less than 0.9 from one to five years ahead.
  public init(damping: Double = 0.8) {
    self.damping = damping
  }

  func faults(_ record: KnownBirths) -> [BirthFault] {
    let own = damping > 0 && damping < 1 ? [] : [BirthFault(.badDamping(damping))]
    return own + record.recentFaults + record.logFaults
  }

  func carried(_ record: KnownBirths, _ unknown: [Int]) -> [String: [Int: Double]] {
    let fit = FittedTrend(record.run.map { log(record.total($0)) }, damping: damping)
    let levels = record.districts.map(record.level)
    let all = levels.reduce(0, +)
    var births: [String: [Int: Double]] = [:]
    for (district, level) in zip(record.districts, levels) {
      for year in unknown {
        births[district, default: [:]][year] =
          ratio(level, all) * exp(fit.log(lead: year - record.lastKnownYear))
      }
    }
    return births
  }
}

/// A damped trend fitted to a series of logs.
struct FittedTrend {
  let damping: Double
  let level: Double
  let trend: Double
  /// The sum of squared one-step errors.
  let squares: Double

  /// The least squares of one-step errors over alpha = 1/20, 2/20 ... 1 and beta = alpha x (0, 1/20 ... 1); of equals, the
  /// first.
  init(_ logs: [Double], damping: Double) {
    var best = Self(logs, damping: damping, alpha: 1.0 / 20, beta: 0)
    for step in 1...20 {
      let alpha = Double(step) / 20
      for part in 0...20 {
        let candidate = Self(logs, damping: damping, alpha: alpha, beta: alpha * Double(part) / 20)
        if candidate.squares < best.squares { best = candidate }
      }
    }
    self = best
  }

  /// `alpha` smooths the level, `beta` the trend as a part of the level's error.
  private init(_ logs: [Double], damping: Double, alpha: Double, beta: Double) {
    var (level, trend, squares) = (logs.first ?? 0, 0.0, 0.0)
    for log in logs.dropFirst() {
      let forecast = level + damping * trend
      let error = log - forecast
      level = forecast + alpha * error
      trend = damping * trend + beta * error
      squares += error * error
    }
    self.damping = damping
    self.level = level
    self.trend = trend
    self.squares = squares
  }

  /// phi + ... + phi^lead.
  private func damped(_ lead: Int) -> Double {
    damping * (1 - pow(damping, Double(lead))) / (1 - damping)
  }

  func log(lead: Int) -> Double { level + damped(lead) * trend }
}
