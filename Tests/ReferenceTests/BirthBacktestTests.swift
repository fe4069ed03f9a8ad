import Foundation
import PlacePlanning
import Projection
import TestSupport
import Testing

private let realBirths = Repository.sharedData("england/births.csv")

/// Level, latest year and trend against births that came later, authority by authority, from every third year of its record;
/// and the deviation that draws give births, v h^0.7, against how far each was out.
///
/// Source: births by local authority in the year to 30 June, 1992 to 2022, Office for National Statistics.
@Suite(.enabled(if: realBirths != nil, "skipped: the real births are not beside this checkout"))
struct BirthBacktestTests {
  private struct Score {
    var errors: [Double] = []
    /// Over the deviation of draws.
    var scaled: [Double] = []

    /// Per cent.
    var meanAbsolute: Double { 100 * errors.reduce(0) { $0 + abs($1) } / Double(errors.count) }
    var scaledSize: Double { (scaled.reduce(0) { $0 + $1 * $1 } / Double(scaled.count)).squareRoot() }
    /// The part within the 80% interval.
    var covered: Double { Double(scaled.count { abs($0) <= 1.281_551_6 }) / Double(scaled.count) }
  }

  private func records() throws -> [[Int: Double]] {
    var records: [Substring: [Int: Double]] = [:]
    for line in try String(contentsOf: try #require(realBirths), encoding: .utf8)
      .split(whereSeparator: \.isNewline).dropFirst()
    {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      let end = cells.count
      records[cells[0], default: [:]][try #require(Int(cells[end - 2]))] = Double(cells[end - 1])
    }
    return records.sorted { $0.key < $1.key }.map(\.value)
  }

  /// v: the root mean square of the yearly changes of the log of births.
  private func yearlyDeviation(_ births: [Int: Double]) -> Double {
    let logs = births.sorted { $0.key < $1.key }.map { log($0.value) }
    let changes = zip(logs, logs.dropFirst()).map { $1 - $0 }
    return (changes.reduce(0) { $0 + $1 * $1 } / Double(changes.count)).squareRoot()
  }

  private func scores(_ method: BirthMethod, _ records: [[Int: Double]]) throws -> [Score] {
    var scores = [Score](repeating: Score(), count: 5)
    for record in records {
      let years = record.keys.sorted()
      for origin in stride(from: years[0] + 10, to: years[years.count - 1], by: 3) {
        let known = record.filter { $0.key <= origin }
        let yearly = yearlyDeviation(known)
        let series = try method.births(
          known: BirthTable(districts: ["A": known]), years: Array(origin + 1...origin + 5))
        for lead in 1...5 {
          guard let actual = record[origin + lead], let births = series.districts["A"]?[origin + lead]
          else { continue }
          let error = log(actual / births)
          scores[lead - 1].errors.append(error)
          scores[lead - 1].scaled.append(error / (yearly * BirthSpread.widening(years: Double(lead))))
        }
      }
    }
    return scores
  }

  @Test(
    "level, latest and trend one to five years ahead: draws spread as far as the errors, and latest beats level"
  )
  func backtest() throws {
    let records = try records()
    // Bounds of the scaled errors, 1 where draws spread as errors do, and of the part in the 80% interval. The level starts
    // behind the newest year, so that the first year ahead misses by more than draws allow for.
    let methods: [(String, BirthMethod, size: ClosedRange<Double>, covered: ClosedRange<Double>)] = [
      ("level", .level, 1...1.2, 0.73...0.81), ("latest", .latest, 0.9...1.03, 0.79...0.85),
      ("trend 0.8", .trend(.init()), 0.98...1.08, 0.77...0.83),
      ("trend 0.9", .trend(.init(damping: 0.9)), 1.01...1.16, 0.73...0.81),
    ]
    var found: [String: [Score]] = [:]
    for (name, method, size, covered) in methods {
      let scores = try scores(method, records)
      found[name] = scores
      for (lead, score) in zip(1..., scores) {
        print(
          "births, \(name), \(lead) ahead, \(records.count) authorities: ",
          String(
            format:
              "%d forecasts, mean absolute error %.2f%%, scaled errors %.2f, in the 80%% interval %.0f%%",
            score.errors.count, score.meanAbsolute, score.scaledSize, 100 * score.covered), separator: "")
        #expect(size.contains(score.scaledSize), "\(name) \(lead)")
        #expect(covered.contains(score.covered), "\(name) \(lead)")
      }
    }
    for lead in 0..<5 {
      let (latest, level) = (found["latest"]?[lead], found["level"]?[lead])
      #expect(try #require(latest).meanAbsolute < (try #require(level).meanAbsolute), "\(lead + 1) ahead")
      let (damped, less) = (found["trend 0.8"]?[lead], found["trend 0.9"]?[lead])
      #expect(try #require(damped).meanAbsolute < (try #require(less).meanAbsolute), "\(lead + 1) ahead")
    }
  }
}
