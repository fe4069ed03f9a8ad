import Foundation
import NumericCore
import Projection

/// The ensemble: a county against NumPy and against the machine's roof, then England, as one report.
struct EnsembleReport: Encodable {
  let format = "places-ensemble/1"
  let note =
    "Times of one run on one machine; compare shares and ratios, not milliseconds. Counties are synthetic."
  let processors = ProcessInfo.processInfo.activeProcessorCount
  let roofline: Roofline
  let county: County
  let numpy: NumPy?
  let linearity: [Linearity]
  let england: England?

  struct County: Encodable {
    let areas: Int
    let years: Int
    let draws: Int
    let seconds: Double
    let secondsOnOneThread: Double
    /// Means and quantiles of as many rows, alone.
    let quantileSeconds: Double
    let normals: Double
    let factors: Double
    let flops: Double
    let bytes: Double
    /// The least time of the draws by each roof. **Units** seconds.
    let normalsRoof: Double
    let factorsRoof: Double
    let flopsRoof: Double
    let bytesRoof: Double
    /// Normals and products use the same arithmetic units one after the other: this is the roof that binds.
    let bindingRoof: Double
    /// The same with the exponentials, which every shock needs too.
    let arithmeticRoof: Double
    let drawSeconds: Double
    /// The binding roof over the time of the draws, and over the whole time with quantiles.
    let shareOfRoof: Double
    let shareOfArithmeticRoof: Double
    let shareOfRoofWithQuantiles: Double
  }

  struct NumPy: Encodable {
    let version: String
    let seconds: Double
    let quantileSeconds: Double
    /// NumPy's time over ours, whole runs.
    let ratio: Double
    let agreement: PeerAgreement
  }

  struct Linearity: Encodable {
    let authorities: Int
    let areas: Int
    let draws: Int
    let seconds: Double
    let nanosecondsPerAreaAndDraw: Double
  }

  struct England: Encodable {
    let authorities: Int
    let primaryAreas: Int
    let secondaryAreas: Int
    let draws: Int
    let seconds: Double
    let peakMemoryBytes: Double?
  }
}

/// Measures all of it; `isSmoke` makes it small.
func benchmarkEnsemble(isSmoke: Bool) throws -> EnsembleReport {
  let repeats = isSmoke ? 1 : 25
  let made =
    isSmoke
    ? MadeCounty(primaryAreas: 4, secondaryAreas: 2) : MadeCounty(primaryAreas: 44, secondaryAreas: 10)
  let draws = isSmoke ? 500 : 10_000
  // England first: the peak of memory is the process's.
  let england = try isSmoke ? nil : englandReport()
  let linearity = try isSmoke ? [] : linearityTable()
  let input = made.input
  let roofline = Roofline(repeats: repeats)
  let ensemble = Ensemble(draws: draws, seed: 1)
  let summary = try ensemble.summarise(input)
  let seconds = try leastSeconds(repeats) { _ = try ensemble.summarise(input) }
  let alone = try leastSeconds(repeats) {
    _ = try Ensemble(draws: draws, seed: 1, threads: 1).summarise(input)
  }
  let county = countyReport(made, input, summary, roofline, repeats, seconds, alone)
  let peer = try askNumPy(input, draws: draws, repeats: isSmoke ? 1 : 3)
  let numpy = peer.map {
    EnsembleReport.NumPy(
      version: $0.numpy, seconds: $0.seconds, quantileSeconds: $0.quantileSeconds,
      ratio: $0.seconds / seconds,
      agreement: PeerAgreement(summary, $0))
  }
  return EnsembleReport(
    roofline: roofline, county: county, numpy: numpy, linearity: linearity, england: england)
}

private func countyReport(
  _ made: MadeCounty, _ input: EnsembleInput, _ summary: EnsembleSummary, _ roof: Roofline, _ repeats: Int,
  _ seconds: Double, _ alone: Double
) -> EnsembleReport.County {
  let (p, s, t) = (Double(made.primary.count), Double(made.secondary.count), Double(made.years))
  let n = Double(summary.draws)
  let uncounted = Double(input.uncountedBirths.count { $0 > 0 })
  let walks = p * t
  let normals = n * (walks + t + uncounted + 12 * t + 6 * (p + s) * t + s * t)
  // Every shock is an exponential but for births and intake, which share one.
  let factors = n * (p * t + t + 6 * (p + s) * t + s * t)
  // Triangular products of the correlations: a multiplication and an addition for each place below the diagonal and on it.
  let flops =
    n * (walks * (p + 1) + 6 * t * (p * (p + 1) + s * (s + 1)) + 4 * t * p * s)
  // Rolls, walks and attractiveness are read and written each year; the year's figures written, and read for the quantiles.
  let bytes = n * t * 8 * (2 * ((p + s) * 7 + p + 1 + s) + 2 * Double(summary.rows.count))
  let quantiles = quantileSeconds(rows: summary.rows.count, draws: summary.draws, repeats) * t
  let (normalsRoof, factorsRoof) = (normals / roof.normals, factors / roof.factors)
  let (flopsRoof, bytesRoof) = (flops / roof.flops, bytes / roof.triadBytes)
  let binding = max(normalsRoof + flopsRoof, bytesRoof)
  let arithmetic = max(normalsRoof + factorsRoof + flopsRoof, bytesRoof)
  let drawSeconds = max(0, seconds - quantiles)
  return .init(
    areas: made.primary.count + made.secondary.count, years: made.years, draws: summary.draws,
    seconds: seconds,
    secondsOnOneThread: alone, quantileSeconds: quantiles, normals: normals, factors: factors, flops: flops,
    bytes: bytes, normalsRoof: normalsRoof, factorsRoof: factorsRoof, flopsRoof: flopsRoof,
    bytesRoof: bytesRoof,
    bindingRoof: binding, arithmeticRoof: arithmetic, drawSeconds: drawSeconds,
    shareOfRoof: binding / drawSeconds, shareOfArithmeticRoof: arithmetic / drawSeconds,
    shareOfRoofWithQuantiles: binding / seconds)
}

/// Means and quantiles of one year's rows on two threads, alone.
private func quantileSeconds(rows: Int, draws: Int, _ repeats: Int) -> Double {
  let stream = RandomStream(seed: 1, source: .cost, area: "A")
  nonisolated(unsafe) let buffer = UnsafeMutableBufferPointer<Double>.allocate(capacity: rows * draws)
  defer { buffer.deallocate() }
  for row in 0..<rows {
    stream.normals(
      cell: row, draws: 0..<draws, into: .init(rebasing: buffer[row * draws..<(row + 1) * draws]))
  }
  return leastSeconds(repeats) {
    onTwoThreads { thread in
      var finder = QuantileFinder(probabilities: EnsembleSummary.probabilities)
      for row in stride(from: thread, to: rows, by: 2) {
        _ = finder.summarise(.init(rebasing: buffer[row * draws..<(row + 1) * draws]))
      }
    }
  }
}

/// Time against draws, and against areas, on one thread: few draws make too few tiles for two.
private func linearityTable() throws -> [EnsembleReport.Linearity] {
  var table: [EnsembleReport.Linearity] = []
  func add(_ authorities: Int, _ draws: Int) throws {
    let inputs = (0..<authorities).map { _ in MadeCounty(primaryAreas: 16, secondaryAreas: 7).input }
    let ensemble = Ensemble(draws: draws, seed: 1, threads: 1)
    let seconds = try leastSeconds(3) {
      for input in inputs { _ = try ensemble.summarise(input) }
    }
    let areas = authorities * 23
    table.append(
      .init(
        authorities: authorities, areas: areas, draws: draws, seconds: seconds,
        nanosecondsPerAreaAndDraw: seconds * 1e9 / Double(areas * draws)))
  }
  for draws in [250, 500, 1_000, 2_000] { try add(151, draws) }
  for authorities in [19, 38, 75, 151, 302] { try add(authorities, 1_000) }
  return table
}

/// Every authority of England with its planning areas and their rolls as the School Capacity survey of 2015 has them.
/// Nil where that table is not at hand.
private func englandReport() throws -> EnsembleReport.England? {
  guard let authorities = englandAuthorities() else { return nil }
  let draws = 1_000
  let ensemble = Ensemble(draws: draws, seed: 1)
  let seconds = try leastSeconds(3) {
    for authority in authorities { _ = try ensemble.summarise(authority.input) }
  }
  return .init(
    authorities: authorities.count, primaryAreas: authorities.reduce(0) { $0 + $1.primary.count },
    secondaryAreas: authorities.reduce(0) { $0 + $1.secondary.count }, draws: draws, seconds: seconds,
    peakMemoryBytes: peakMemory())
}

private func englandAuthorities() -> [MadeCounty]? {
  guard let text = try? String(contentsOfFile: "../shared/data/scap2015/schools.csv", encoding: .utf8) else {
    return nil
  }
  // A school's roll counts in its primary or in its secondary planning area, spread evenly over seven year groups.
  var rolls: [String: [Bool: [String: Double]]] = [:]
  for line in text.split(whereSeparator: \.isNewline).dropFirst() {
    let fields = csvFields(line)
    guard fields.count >= 12, let roll = Double(fields[6]) else { continue }
    for (isPrimary, code) in [(true, fields[10]), (false, fields[11])] where !code.isEmpty {
      rolls[fields[1], default: [:]][isPrimary, default: [:]][code, default: 0] += roll / 7
    }
  }
  return rolls.sorted { $0.key < $1.key }.compactMap { authority, phases in
    let (primary, secondary) = (phases[true] ?? [:], phases[false] ?? [:])
    guard !primary.isEmpty else { return nil }
    let (first, second) = (primary.sorted { $0.key < $1.key }, secondary.sorted { $0.key < $1.key })
    return MadeCounty(
      authority: authority, primary: first.map(\.key), secondary: second.map { "S" + $0.key },
      cohorts: (first + second).map { max(1, $0.value) })
  }
}

private func csvFields(_ line: Substring) -> [String] {
  var fields = [""]
  var isQuoted = false
  for character in line {
    if character == "\"" {
      isQuoted.toggle()
    } else if character == ",", !isQuoted {
      fields.append("")
    } else {
      fields[fields.count - 1].append(character)
    }
  }
  return fields
}
