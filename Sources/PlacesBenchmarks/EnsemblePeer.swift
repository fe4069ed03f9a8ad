import Foundation
import NumericCore
import Projection

/// What the NumPy peer answers.
struct PeerAnswer: Decodable {
  let numpy: String
  let seconds: Double
  let quantileSeconds: Double
  let central: [[Double]]
  let means: [[Double]]
  let quantiles: [[[Double]]]
}

/// Runs the peer on an authority. Nil where there is no Python with NumPy, or when not called from the package's folder.
func askNumPy(_ input: EnsembleInput, draws: Int, repeats: Int) throws -> PeerAnswer? {
  let script = "Sources/PlacesBenchmarks/Peers/ensemble_numpy.py"
  guard FileManager.default.fileExists(atPath: script), try python(["-c", "import numpy"]) != nil else {
    return nil
  }
  let file = FileManager.default.temporaryDirectory
    .appendingPathComponent("places-ensemble-\(UUID().uuidString).json")
  defer { try? FileManager.default.removeItem(at: file) }
  try peerText(input, draws: draws, repeats: repeats).write(to: file)
  return try pythonAnswer([script, file.path])
}

private func peerText(_ input: EnsembleInput, draws: Int, repeats: Int) throws -> Data {
  func rows(_ factor: CorrelationFactor?, _ count: Int) -> [[Double]] {
    (0..<count).map { row in
      (0..<count).map { factor?.lower[row, $0] ?? (row == $0 ? 1 : 0) }
    }
  }
  let spread = input.spread
  let sites: [[String: Any]] = input.sites.map { site in
    [
      "primary_area": site.primaryArea, "secondary_area": site.secondaryArea,
      "variants": site.variants.map {
        ["probability": $0.probability, "primary": $0.primaryPupils, "secondary": $0.secondaryPupils]
          as [String: Any]
      },
    ]
  }
  return try JSONSerialization.data(withJSONObject: [
    "draws": draws, "repeats": repeats, "base_rolls": input.baseRolls, "intake": input.intake,
    "uncounted_births": input.uncountedBirths, "survival": input.survival,
    "transfer_shares": input.transferShares, "imports": input.imports, "sites": sites,
    "primary_factor": rows(spread.primaryCorrelation, input.primary.count),
    "secondary_factor": rows(spread.secondaryCorrelation, input.secondary.count),
    "spread": [
      "births": spread.births, "intake_area": spread.intakeArea, "intake_county": spread.intakeCounty,
      "survival_sampling": spread.survivalSampling, "survival_floor": spread.survivalFloor,
      "survival_county": spread.survivalCounty, "transfer": spread.transfer, "yield": spread.yield,
    ],
  ])
}

/// How far our answer lies from the peer's, which has other random numbers.
struct PeerAgreement: Encodable {
  /// **Units** pupils.
  let centralDifference: Double
  /// Differences of means in standard errors, and of the median and the outer quantiles likewise: root mean square and the
  /// largest. About 1 and below 6 if both draw the same thing.
  let meanErrors: Double
  let largestMeanError: Double
  let quantileErrors: Double
  let largestQuantileError: Double

  var agrees: Bool {
    centralDifference <= 1e-9 && largestMeanError < 6 && largestQuantileError < 6 && meanErrors < 1.5
      && quantileErrors < 1.5
  }

  init(_ ours: EnsembleSummary, _ peer: PeerAnswer) {
    var central = 0.0
    var (means, quantiles): ([Double], [Double]) = ([], [])
    let count = Double(ours.draws)
    for year in 0..<ours.years {
      for row in 0..<ours.rows.count {
        central = max(central, abs(ours.central(year: year, row: row) - peer.central[year][row]))
        let (found, wanted) = (ours.quantiles(year: year, row: row), peer.quantiles[year][row])
        // A normal's 95% range is 3.92 standard deviations; the error of a quantile p is sqrt(p (1 - p) / n) / density.
        let deviation = (found[6] - found[0]) / 3.92
        guard deviation > 1e-9 else { continue }
        let error = deviation * (2 / count).squareRoot()
        means.append((ours.mean(year: year, row: row) - peer.means[year][row]) / error)
        for (index, ratio) in [(0, 2.67), (3, 1.253), (6, 2.67)] {
          quantiles.append((found[index] - wanted[index]) / (error * ratio))
        }
      }
    }
    func spread(_ errors: [Double]) -> Double {
      (errors.reduce(0) { $0 + $1 * $1 } / Double(max(1, errors.count))).squareRoot()
    }
    centralDifference = central
    (meanErrors, largestMeanError) = (spread(means), means.map(abs).max() ?? 0)
    (quantileErrors, largestQuantileError) = (spread(quantiles), quantiles.map(abs).max() ?? 0)
  }
}

/// Our answer and the peer's are not the same mathematics.
struct PeerDisagreement: Error, CustomStringConvertible {
  let description = "our answer and NumPy's differ by more than chance allows"
}
