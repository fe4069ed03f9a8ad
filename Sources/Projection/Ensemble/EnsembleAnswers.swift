/// Mean and quantiles over the draws of every figure. Draw 0, the central path, belongs to none of them.
public struct EnsembleSummary: Sendable {
  /// The shares at which quantiles are taken.
  public static let probabilities = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975]

  public let rows: EnsembleRows
  public let years: Int
  public let draws: Int
  /// **Shape** year x row. **Units** pupils.
  public private(set) var central: [Double]
  /// **Shape** year x row. **Units** pupils.
  public private(set) var means: [Double]
  /// **Shape** year x row x probability. **Units** pupils.
  public private(set) var quantiles: [Double]

  init(_ input: EnsembleInput, _ rows: EnsembleRows, draws: Int) {
    self.rows = rows
    years = input.years
    self.draws = draws
    central = [Double](repeating: .nan, count: input.years * rows.count)
    means = central
    quantiles = [Double](repeating: .nan, count: central.count * Self.probabilities.count)
  }

  /// The figures of the central path, which come in year groups of areas, with their totals.
  mutating func setCentral(_ path: EnsemblePath) {
    for year in 0..<years {
      let start = year * rows.count
      for row in rows.areas * 7..<rows.count { central[start + row] = 0 }
      for area in 0..<rows.areas {
        for group in 0..<7 {
          let pupils = path.pupils[area][group][year + 1]
          let number = area < rows.primaryAreas ? group : group + 7
          central[start + rows.cell(area: area, group: group)] = pupils
          central[start + rows.totals(area: area).lowerBound + (number < 12 ? 0 : 1)] += pupils
          central[start + rows.authorityRows + number] += pupils
          central[start + rows.authorityRows + 14 + rows.phase(yearGroup: number)] += pupils
        }
      }
    }
  }

  /// Gives the means and quantiles of one year, row by row, to be written.
  mutating func set(
    year: Int, _ body: (UnsafeMutableBufferPointer<Double>, UnsafeMutableBufferPointer<Double>) -> Void
  ) {
    let (count, width) = (rows.count, Self.probabilities.count)
    means.withUnsafeMutableBufferPointer { means in
      quantiles.withUnsafeMutableBufferPointer { quantiles in
        body(
          UnsafeMutableBufferPointer(rebasing: means[year * count..<(year + 1) * count]),
          UnsafeMutableBufferPointer(rebasing: quantiles[year * count * width..<(year + 1) * count * width]))
      }
    }
  }

  /// By position of the projected year and of the row. **Units** pupils.
  public func central(year: Int, row: Int) -> Double { central[year * rows.count + row] }

  /// The mean over the draws. **Units** pupils.
  public func mean(year: Int, row: Int) -> Double { means[year * rows.count + row] }

  /// In the order of ``probabilities``. **Units** pupils.
  public func quantiles(year: Int, row: Int) -> [Double] {
    let width = Self.probabilities.count
    let start = (year * rows.count + row) * width
    return Array(quantiles[start..<start + width])
  }
}

/// Every draw of every figure.
public struct EnsembleDraws: Sendable {
  public let rows: EnsembleRows
  public let draws: Int
  let store: DrawStore

  /// Draws 1, 2, … of one figure. **Units** pupils.
  public func figures(year: Int, row: Int) -> [Double] {
    withExtendedLifetime(store) { Array(store.part(year * rows.count + row, 0, draws)) }
  }
}
