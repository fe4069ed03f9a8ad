internal import NumericCore
public import PlacePlanning

/// How Year 6 becomes Year 7: a matrix of shares, and newcomers from outside the county's state schools.
///
/// `Y7[b, t+1] = sum over a of F[b, a] x Y6[a, t] + imports[b] x county Y6[t]`
public struct TransferFlow: Sendable {
  public let primary: [PlanningAreaCode]
  public let secondary: [PlanningAreaCode]
  /// **Shape** secondary x primary; a column adds to 1 less those who leave the county's state schools.
  private let shares: LabelledMatrix
  /// Newcomers to Year 7 by secondary area, as a share of the county's Year 6. Observed flows make it net of what they
  /// overstate, so that it can then be negative.
  public let imports: [Double]

  /// The share of one primary area's Year 6 that goes to one secondary area.
  public func share(from: PlanningAreaCode, to: PlanningAreaCode) -> Double {
    guard let row = secondary.firstIndex(of: to), let column = primary.firstIndex(of: from)
    else { return 0 }
    return shares[row, column]
  }

  /// A flow that meets both ends of one September: the pattern is raked so that each primary area sends its Year 6, less
  /// leavers, and each secondary area receives its Year 7, less newcomers; newcomers are the same share of every area's
  /// Year 7 in `year`, so many that the county has as many in Year 7 per Year 6 pupil as in its last years.
  ///
  /// **Throws** `RakingFailure` when no flow in the pattern does so, or when the county's Year 7 is smaller than the Year 6
  /// that is left after leavers.
  init(_ model: PlanningModel, year6: [Double], year7: [Double], in year: AcademicYear) throws {
    let retained = 1 - model.transfer.leavers
    let progression = Self.countyProgression(model)
    let (sent, arrived) = (year6.reduce(0, +) * retained, year7.reduce(0, +))
    guard arrived >= sent else {
      throw Self.tooFew(model, year7: arrived, year6: year6.reduce(0, +), in: year)
    }
    guard progression >= retained else { throw Self.tooFewOverYears(model) }
    let pattern = Self.matrix(model)
    let flows: LabelledMatrix
    do throws(RakingFailure) {
      flows = try pattern.raked(
        rowTotals: year7.map { $0 * ratio(sent, arrived) },
        columnTotals: year6.map { $0 * retained }, tolerance: 1e-7)
    } catch {
      throw Self.named(error, model, in: year)
    }
    shares = LabelledMatrix(rows: pattern.rows, columns: pattern.columns) {
      ratio(flows[$0, $1], year6[$1])
    }
    imports = year7.map { ratio($0, arrived) * (progression - retained) }
    (primary, secondary) = Self.codes(model)
  }

  /// Counted flows, with newcomers as counted Year 7 rolls show them: the 3:2:1 mean of what the flows do not explain.
  init(observed model: PlanningModel, history: RollHistory) throws {
    shares = Self.matrix(model)
    (primary, secondary) = Self.codes(model)
    var means = [Double](repeating: 0, count: secondary.count)
    let window = RatioWindow(base: model.baseYear, disturbed: model.disturbedYears)
    for (weight, age) in zip(window.weights, 0...) {
      let year = model.baseYear - age
      let year6 = history.rolls(model.areas(.primary), .year6, year - 1)
      let year7 = history.rolls(model.areas(.secondary), .year7, year)
      let flowed = try Self.flowed([year6], shares)[0]
      for index in means.indices {
        means[index] += weight * ratio(year7[index] - flowed[index], year6.reduce(0, +))
      }
    }
    imports = means
  }

  /// Year 7 a year after the given Year 6. **Shape** primary areas in, secondary areas out. **Units** pupils.
  func year7(from year6: [Double]) throws(LabelMismatch) -> [Double] {
    let county = year6.reduce(0, +)
    return zip(try flowed([year6])[0], imports).map { $0 + $1 * county }
  }

  /// What flows within the county, for several Year 6 columns in one product.
  func flowed(_ year6: [[Double]]) throws(LabelMismatch) -> [[Double]] { try Self.flowed(year6, shares) }

  private static func flowed(
    _ year6: [[Double]], _ shares: LabelledMatrix
  ) throws(LabelMismatch) -> [[Double]] {
    let columns = LabelledMatrix(
      rows: shares.columns, columns: Axis("path", year6.indices.map(String.init))
    ) { year6[$1][$0] }
    let product = try shares.times(columns)
    return year6.indices.map { path in (0..<product.rows.count).map { product[$0, path] } }
  }

  /// The same failure in words of the model: which areas, and what their rolls and the pattern say.
  private static func named(
    _ failure: RakingFailure, _ model: PlanningModel, in year: AcademicYear
  ) -> RakingFailure {
    guard let last = failure.rows.last else { return failure }
    func name(_ row: RakingFailure.Row) -> String {
      let area = model.areas.first { $0.code.text == row.label }
      return area.map { "\($0.name) (\($0.code))" } ?? "'\(row.label)'"
    }
    func tenths(_ values: [Double]) -> Double { (values.reduce(0, +) * 10).rounded() / 10 }
    let others = failure.rows.dropLast().map(name).joined(separator: ", ")
    let (names, their) =
      others.isEmpty ? (name(last), "its") : ("\(others) and \(name(last)) together", "their")
    return RakingFailure(
      description:
        "the pattern brings \(tenths(failure.rows.map(\.sum))) of the Year 6 of \(year - 1) to \(names), and "
        + "\(their) Year 7 of \(year) has \(tenths(failure.rows.map(\.margin))) without newcomers",
      rows: failure.rows)
  }

  /// The failure where more pupils of a Year 6 stay than the Year 7 after it has.
  private static func tooFew(
    _ model: PlanningModel, year7: Double, year6: Double, in year: AcademicYear
  ) -> RakingFailure {
    // Rounded up, so that a planner who writes it down is not refused for the same two counts again.
    let leavers = ((1 - ratio(year7, year6)) * 1000).rounded(.up) / 1000
    return RakingFailure(
      description: "the authority's Year 7 of \(year) has \(Int(year7.rounded())) pupils, and its Year 6 of "
        + "\(year - 1) had \(Int(year6.rounded())), too many for leavers of \(model.transfer.leavers): "
        + "one of the two counts is wrong, or that share is too small; of these counts at least \(leavers) leave"
    )
  }

  /// The same over the years that ratios are taken from; it names the year that stands out most.
  private static func tooFewOverYears(_ model: PlanningModel) -> RakingFailure {
    let counts = recencyWeights.indices.map { age -> (year: AcademicYear, year7: Double, year6: Double) in
      let year = model.baseYear - age
      return (year, model.countyRolls[year, .year7] ?? 0, model.countyRolls[year - 1, .year6] ?? 0)
    }
    guard let least = counts.min(by: { ratio($0.year7, $0.year6) < ratio($1.year7, $1.year6) }) else {
      return RakingFailure(description: "there are no years to take the step to Year 7 from")
    }
    return tooFew(model, year7: least.year7, year6: least.year6, in: least.year)
  }

  private static func codes(_ model: PlanningModel) -> ([PlanningAreaCode], [PlanningAreaCode]) {
    (model.areas(.primary).map(\.code), model.areas(.secondary).map(\.code))
  }

  private static func matrix(_ model: PlanningModel) -> LabelledMatrix {
    let (primary, secondary) = codes(model)
    return LabelledMatrix(
      rows: Axis("secondary area", secondary.map(\.text)),
      columns: Axis("primary area", primary.map(\.text))
    ) { model.transfer.shares[primary[$1]]?[secondary[$0]] ?? 0 }
  }

  /// The county's Year 7 per Year 6 pupil of the year before: 3:2:1 mean on the log scale.
  private static func countyProgression(_ model: PlanningModel) -> Double {
    weightedRatio(base: model.baseYear, disturbed: model.disturbedYears) { year in
      (model.countyRolls[year, .year7] ?? 0, model.countyRolls[year - 1, .year6] ?? 0)
    } ?? 0
  }
}
