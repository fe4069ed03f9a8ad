import Foundation
import PlacePlanning
import Projection
import TestSupport
import Testing

/// Years ahead, and the error of a plain cohort model in per cent.
private let known = [(1, 0.10), (3, 0.54), (5, 0.42)]

private let realRolls = Repository.sharedData("england/rolls.csv")

/// What was counted in Gloucestershire after the forecast's base year, which the forecast knows nothing of.
///
/// Source: Department for Education, Schools, pupils and their characteristics, January censuses of 2019 to 2023; the
/// errors that a plain cohort model makes are those of a separate computation on the same counts.
@Suite(.enabled(if: realRolls != nil, "skipped: the real rolls of later years are not beside this checkout"))
struct LaterActualsTests {
  let projected: Projected
  let actual: RollTable

  init() throws {
    projected = try Projected.gloucestershire.get()
    var table = RollTable()
    for line in try String(contentsOf: try #require(realRolls), encoding: .utf8).split(
      whereSeparator: \.isNewline)
    where line.hasPrefix("916,") {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      let year = try #require(AcademicYear(label: cells[2]))
      table[year, try #require(YearGroup(label: cells[3]))] = Double(cells[4])
    }
    actual = table
  }

  /// (forecast - actual) / actual, in per cent.
  private func error(
    _ path: Trajectory, _ yearGroups: [YearGroup], _ ahead: Int
  ) throws -> Double {
    let year = projected.model.baseYear + ahead
    let counted = try #require(actual.total(year, yearGroups))
    return (path.total(yearGroups, year) / counted - 1) * 100
  }

  private func written(_ errors: [Double]) -> String {
    errors.map { String(format: "%+.2f%%", $0) }.joined(separator: ", ")
  }

  @Test("the model starts from the counts")
  func base() throws {
    for yearGroup in YearGroup.all {
      let found = projected.pupils.central.total([yearGroup], projected.model.baseYear)
      expectClose(
        found, try #require(actual[projected.model.baseYear, yearGroup]), within: 1e-6, yearGroup.name)
    }
  }

  @Test("Years 7 to 11 of the central path, one to five years ahead")
  func secondary() throws {
    let errors = try (1...5).map { try error(projected.pupils.central, Phase.secondary.yearGroups, $0) }
    print("Years 7 to 11, 2018/19 to 2022/23, forecast of January 2018 against count: \(written(errors))")
    #expect(abs(errors[0]) <= 1)
    #expect(abs(errors[2]) <= 1.5)
    #expect(abs(errors[4]) <= 1.5)
  }

  /// Too high in every year: the share of births that reached Reception fell after 2017/18.
  @Test("Reception of the central path, one to five years ahead")
  func reception() throws {
    let errors = try (1...5).map { try error(projected.pupils.central, [.reception], $0) }
    print("Reception, 2018/19 to 2022/23, forecast of January 2018 against count: \(written(errors))")
    #expect(errors.allSatisfy { abs($0) <= 5 })
  }

  @Test("Reception to Year 6 of the central path, one to five years ahead")
  func primary() throws {
    let errors = try (1...5).map { try error(projected.pupils.central, Phase.primary.yearGroups, $0) }
    print(
      "Reception to Year 6, 2018/19 to 2022/23, forecast of January 2018 against count: \(written(errors))")
    #expect(errors.allSatisfy { abs($0) <= 4 })
  }

  /// Without new homes the areas add to a plain cohort model of the county, whose errors are known: +0.10% one year ahead,
  /// +0.54% three, +0.42% five.
  @Test("Years 7 to 11 without new homes", arguments: known)
  func withoutHomes(ahead: Int, known: Double) throws {
    let found = try error(
      projected.pupils.centralWithoutHousing, Phase.secondary.yearGroups, ahead)
    print(
      "Years 7 to 11 without new homes, \(ahead) years ahead: \(written([found])), known \(written([known]))")
    expectClose(found, known, within: 0.15, "\(ahead) years ahead")
  }

  @Test(
    "the same from the county's rolls alone, by plain 3:2:1 ratios",
    arguments: known)
  func plainRatios(ahead: Int, known: Double) throws {
    let base = projected.model.baseYear
    func ratio(_ yearGroup: YearGroup) throws -> Double {
      let previous = try #require(yearGroup.previous)
      return try zip([3.0, 2, 1], 0...).reduce(0) { sum, part in
        let above = try #require(actual[base - part.1, yearGroup])
        let below = try #require(actual[base - part.1 - 1, previous])
        return sum + part.0 / 6 * above / below
      }
    }
    var rolls = try YearGroup.all.map { try #require(actual[base, $0]) }
    let ratios = try YearGroup.all.dropFirst().map(ratio)
    for _ in 1...ahead { rolls = [rolls[0]] + zip(rolls, ratios).map { $0 * $1 } }
    let counted = try #require(actual.total(base + ahead, Phase.secondary.yearGroups))
    expectClose((rolls[7...11].reduce(0, +) / counted - 1) * 100, known, within: 0.15)
  }
}
