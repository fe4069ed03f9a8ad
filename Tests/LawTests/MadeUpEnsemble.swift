import NumericCore
import Projection
import TestSupport

/// An authority of any shape for the ensemble, every figure made by rule out of the areas' codes.
struct MadeUpEnsemble {
  var primary = ["P1", "P2", "P3", "P4", "P5"]
  var secondary = ["S1", "S2", "S3"]
  var years = 6
  var spread = EnsembleSpread(
    births: 0.03, intakeArea: 0.04, intakeCounty: 0.01, survivalSampling: 0.3, survivalFloor: 0.0004,
    survivalCounty: 0.005, transfer: 0.06, yield: 0.2)
  var hasSites = true
  /// Of every secondary area; nil: a little each. **Units** share of the county's Year 6.
  var netImports: Double?

  /// A number between 0 and 1 out of a key.
  private func made(_ key: String) -> Double {
    RandomStream(seed: 99, source: .cost, area: key).uniform(cell: 0, draw: 0)
  }

  var input: EnsembleInput {
    let areas = primary + secondary
    return EnsembleInput(
      authority: "916", primary: primary, secondary: secondary, firstYear: 2018,
      baseRolls: areas.map { area in
        (0..<7).map { (area.hasPrefix("P") ? 60 : 200) * (0.5 + made("roll \(area) \($0)")) }
      },
      intake: primary.map { area in (0..<years).map { 60 * (0.5 + made("intake \(area) \($0)")) } },
      uncountedBirths: (0..<years).map { $0 < 2 ? 0 : $0 == 2 ? 1.0 / 6 : 1 },
      survival: areas.map { area in (0..<7).map { 0.95 + 0.1 * made("survival \(area) \($0)") } },
      transferShares: secondary.map { to in
        primary.map { from in 0.9 / Double(secondary.count) * (0.5 + made("\(from) \(to)")) }
      },
      imports: secondary.map { netImports ?? 0.02 * made("imports \($0)") },
      sites: hasSites ? [site("north", 0, 1), site("south", 2, 0), site("east", 2, 1)] : [], spread: spread)
  }

  private func site(_ key: String, _ primaryArea: Int, _ secondaryArea: Int) -> EnsembleSite {
    EnsembleSite(
      key: key, primaryArea: primaryArea % primary.count, secondaryArea: secondaryArea % secondary.count,
      variants: [0.5, 0.3, 0.2].enumerated().map { index, probability in
        let table = (0..<7).map { group in
          (0..<years).map { year in Double(max(0, year - index)) * made("\(key) \(group)") * 3 }
        }
        return .init(probability: probability, primaryPupils: table, secondaryPupils: table)
      })
  }
}

/// Correlations that fall with the distance between two areas' places in the list.
func fadingCorrelation(_ areas: [String]) throws -> CorrelationFactor {
  let axis = Axis("area", areas)
  return try CorrelationFactor(
    LabelledMatrix(rows: axis, columns: axis) { row, column in
      (0..<abs(row - column)).reduce(1.0) { power, _ in power * 0.6 }
    })
}
