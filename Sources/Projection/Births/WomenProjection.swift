public import NumericCore

/// Women by age and district after each year, and the births of the year.
public struct WomenProjection: Hashable, Sendable {
  /// By year, on 30 June; the base year first. **Shape** age x district. **Units** women.
  public let women: [Int: LabelledMatrix]
  /// By district, then year. **Units** births of both sexes in the year to 30 June.
  public let births: [String: [Int: Double]]
}

extension CohortComponent {
  /// Carries the women forward from the base year to `lastYear`.
  ///
  /// Births of a year are fertility x the mean of the women at its start and at its end (Preston, Heuveline and Guillot 2001,
  /// chapter 6): women grow a year older while they are counted, and taking only those at the start would give each birth to
  /// an age half a year too young. With s survival, f fertility and S survival from birth, the Leslie matrix has `s[a]`
  /// below its diagonal and `S x girls x (f[a] + s[a] f[a + 1]) / 2` in its first row. Net migrants join at the end.
  /// **Throws** every fault at once; then the first year, if any, in which more women of an age leave than there are.
  public func projected(to lastYear: Int) throws(BirthFaults) -> WomenProjection {
    try ownFaults.throwIfAny()
    return try LeslieSteps(self).run(to: lastYear)
  }
}

/// The yearly step of all districts as one batched product. Below the women of each age the answer has a row of births.
private struct LeslieSteps {
  private let method: CohortComponent
  private let ages: Axis
  private let districts: Axis
  /// Age and births x district.
  private let migrants: LabelledMatrix
  private let step: LabelledBlocks

  init(_ method: CohortComponent) {
    self.method = method
    let names = method.districts
    let count = names.first.flatMap { method.women[$0]?.count } ?? 0
    let (ages, districts) = (Axis("age", (0..<count).map(String.init)), Axis("district", names))
    let answer = Axis("age", ages.labels + ["births"])
    let girls = method.girlsShare
    step = LabelledBlocks(blocks: districts, rows: answer, columns: ages) {
      method.schedules[names[$0]]?.element($1, $2, girlsShare: girls) ?? 0
    }
    migrants = LabelledMatrix(rows: answer, columns: districts) { row, column in
      guard let moving = method.migration[names[column]], let schedule = method.schedules[names[column]]
      else { return 0 }
      let births = zip(schedule.fertility, moving).reduce(0) { $0 + $1.0 * $1.1 } / 2
      if row == count { return births }
      return moving[row] + (row == 0 ? schedule.survivalFromBirth * girls * births : 0)
    }
    self.ages = ages
    self.districts = districts
  }

  func run(to lastYear: Int) throws(BirthFaults) -> WomenProjection {
    var now = LabelledMatrix(rows: ages, columns: districts) {
      method.women[districts.labels[$1]]?[$0] ?? 0
    }
    var women = [method.baseYear: now]
    var births = method.women.mapValues { _ in [Int: Double]() }
    var year = method.baseYear
    while year < lastYear {
      year += 1
      let grown = try grown(from: now)
      let next = LabelledMatrix(rows: grown.rows, columns: districts) { grown[$0, $1] + migrants[$0, $1] }
      try check(next, year).throwIfAny()
      now = LabelledMatrix(rows: ages, columns: districts) { next[$0, $1] }
      women[year] = now
      for (column, district) in districts.labels.enumerated() {
        births[district]?[year] = next[ages.count, column]
      }
    }
    return WomenProjection(women: women, births: births)
  }

  private func grown(from now: LabelledMatrix) throws(BirthFaults) -> LabelledMatrix {
    do throws(LabelMismatch) {
      return try step.timesColumns(now)
    } catch {
      throw BirthFaults(faults: [BirthFault(.labels(error.description))])
    }
  }

  /// Faults where fewer than no women of an age are left, or births fall below nought because half those of many leavers are taken off.
  private func check(_ next: LabelledMatrix, _ year: Int) -> [BirthFault] {
    districts.labels.enumerated().flatMap { column, district in
      (0...ages.count).filter { !isAmount(next[$0, column]) }.map { row in
        BirthFault(
          .badMigration(migrants[row, column]), district: district, year: year,
          age: row < ages.count ? row : nil)
      }
    }
  }
}

extension CohortComponent.Schedule {
  /// The Leslie matrix, and below it births of both sexes per woman at the start of the year.
  fileprivate func element(_ row: Int, _ column: Int, girlsShare: Double) -> Double {
    let last = survival.count - 1
    let births = (fertility[column] + survival[column] * fertility[min(column + 1, last)]) / 2
    if row > last { return births }
    let isSurvivor = row == column + 1 || (row == last && column == last)
    return (isSurvivor ? survival[column] : 0) + (row == 0 ? survivalFromBirth * girlsShare * births : 0)
  }
}
