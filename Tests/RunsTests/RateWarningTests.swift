import Foundation
import TestSupport
import Testing

/// What a forecast says where its files hold nothing to measure a rate on (W308).
@Suite struct RateWarningTests {
  private let folder: TemporaryFolder
  private static let births = "no births of a cohort that was counted in Reception by 2017"

  init() throws { folder = try TemporaryFolder() }

  /// The answer for two areas of Reception to Year 3, counted in these years and forecast from the last.
  private func answer(counted years: [Int], births born: ClosedRange<Int>) throws -> String {
    func label(_ year: Int) -> String { "\(year)/\((year + 1) % 100)" }
    var rolls = "area_code,area_name,academic_year,year_group,number_on_roll\n"
    var births = "area_code,area_name,year_to_30_june,births\n"
    for area in 1...2 {
      for year in years {
        for (position, group) in ["R", "1", "2", "3"].enumerated() {
          rolls +=
            "A\(area),Area \(area),\(label(year)),\(group),\(40 * area + (7 * year + 3 * position) % 5)\n"
        }
      }
      for year in born { births += "A\(area),Area \(area),\(year),\(42 * area + year % 3)\n" }
    }
    let run = try places(
      "forecast", folder.write(rolls, to: "rolls.csv").path, "--births",
      folder.write(births, to: "births.csv").path, "--origin", label(try #require(years.last)), "--horizon",
      "2",
      "--draws", "10", "--format", "json", "--out", folder.path("F.csv"))
    #expect(run.status == 0, "\(run.output)")
    return run.output
  }

  @Test func `nothing, where neighbouring years are counted and births known`() throws {
    let answer = try answer(counted: Array(2010...2017), births: 2006...2017)
    #expect(!answer.contains("W308"), "\(answer)")
  }

  @Test func `that births are not used, where none is of a cohort counted in Reception`() throws {
    // Reception of 2017/18 was born in the years to June 2013 and 2014.
    let late = try answer(counted: Array(2010...2017), births: 2014...2017)
    #expect(late.contains(Self.births) && late.contains("those to 30 June 2013 and 2014 are of"), "\(late)")
    let enough = try answer(counted: Array(2010...2017), births: 2013...2017)
    #expect(!enough.contains(Self.births), "\(enough)")
  }

  @Test func `that cohorts are carried on as they are, where every second year is counted`() throws {
    let answer = try answer(counted: [2010, 2012, 2014, 2016, 2018], births: 2006...2018)
    #expect(answer.contains("no area has counts by 2018") && answer.contains("Years 1 to 3"), "\(answer)")
  }
}
