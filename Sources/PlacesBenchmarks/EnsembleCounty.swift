import NumericCore
import Projection

/// An authority of any size for the ensemble, every figure made by rule. Only for timing.
struct MadeCounty {
  let authority: String
  let primary: [String]
  let secondary: [String]
  let years = 10
  /// Pupils on roll in an average year group of each area.
  let cohorts: [Double]
  let sites = 20

  var input: EnsembleInput {
    let areas = primary + secondary
    func wave(_ index: Int, _ period: Int) -> Double { Double(index * 29 % period) / Double(period) - 0.5 }
    return EnsembleInput(
      authority: authority, primary: primary, secondary: secondary, firstYear: 2018,
      baseRolls: areas.indices.map { area in (0..<7).map { cohorts[area] * (1 + 0.1 * wave(area + $0, 11)) }
      },
      intake: primary.indices.map { area in
        (0..<years).map { cohorts[area] * (1 + 0.1 * wave(area + $0, 13)) }
      },
      uncountedBirths: (0..<years).map { $0 < 4 ? 0 : 1 },
      survival: areas.indices.map { area in (0..<7).map { 1 + 0.02 * wave(area + 3 * $0, 17) } },
      transferShares: secondary.indices.map { to in
        primary.indices.map { from in
          from % secondary.count == to ? 0.75 : (from + 1) % secondary.count == to ? 0.2 : 0.001
        }
      },
      imports: secondary.map { _ in 0.05 / Double(secondary.count) },
      sites: secondary.isEmpty ? [] : (0..<sites).map(site),
      spread: EnsembleSpread(
        births: 0.025, intakeArea: 0.02, intakeCounty: 0.01, survivalSampling: 0.3, survivalFloor: 0.0002,
        survivalCounty: 0.004, transfer: 0.03, yield: 0.2, primaryCorrelation: correlation(primary),
        secondaryCorrelation: correlation(secondary)))
  }

  private func site(_ number: Int) -> EnsembleSite {
    EnsembleSite(
      key: "site \(number)", primaryArea: number * 7 % primary.count,
      secondaryArea: number * 3 % secondary.count,
      variants: [0.5, 0.3, 0.2].enumerated().map { delay, probability in
        let table = (0..<7).map { group in
          (0..<years).map { Double(max(0, $0 - delay)) * (2 - 0.1 * Double(group)) }
        }
        return .init(probability: probability, primaryPupils: table, secondaryPupils: table)
      })
  }

  /// Half between neighbours in the list, fading to a tenth.
  private func correlation(_ labels: [String]) -> CorrelationFactor? {
    let axis = Axis("area", labels)
    return try? CorrelationFactor(
      LabelledMatrix(rows: axis, columns: axis) { row, column in
        row == column ? 1 : 0.1 + 0.4 / Double(1 + abs(row - column))
      })
  }
}

extension MadeCounty {
  init(primaryAreas: Int, secondaryAreas: Int) {
    self.init(
      authority: "000", primary: (0..<primaryAreas).map { "P\(1000 + $0)" },
      secondary: (0..<secondaryAreas).map { "S\(1000 + $0)" },
      cohorts: (0..<primaryAreas).map { 150 + Double($0 * 37 % 90) }
        + (0..<secondaryAreas).map { 900 + Double($0 * 53 % 300) })
  }
}
