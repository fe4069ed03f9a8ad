import Diagnostics
import Foundation
import ModelFiles
import TestSupport
import Testing

/// Inputs that would give a wrong number that looks right, or none: each must be refused as a fault of the input, by the code that is its
/// own and by no other, lest a slip in the changes be what is refused.
struct Refusal: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let code: String
  /// File, text, new text.
  let changes: [[String]]

  init(_ what: String, _ code: String, _ changes: [String]...) {
    testDescription = what
    self.code = code
    self.changes = changes
  }

  func isRefused() throws -> Bool {
    let copy = try ModelCopy()
    try copy.make(changes)
    return Set(try copy.faults().errors.map(\.code.rawValue)) == [code]
  }

  private static let births = "Datasets/exampleton-births/data.csv"
  private static let birthsSchema = "Datasets/exampleton-births/data.schema.yaml"
  private static let transfer = "Datasets/exampleton-transfer/data.csv"
  private static let transferSchema = "Datasets/exampleton-transfer/data.schema.yaml"
  private static let areas = "Datasets/exampleton-planning-areas/data.csv"
  private static let areasSchema = "Datasets/exampleton-planning-areas/data.schema.yaml"
  private static let programmeSchema = "Datasets/exampleton-programme/data.schema.yaml"
  private static let assumptions = "Models/exampleton/assumptions/all.yaml"
  private static let lateHomes = "Models/exampleton/scenarios/late-homes.yaml"

  private static func years(_ district: String, _ births: Int) -> String {
    (2006...2011).map { "\(district),\($0),\(births)" }.joined(separator: "\n")
  }

  private static let leavers = """
    transfer.leavers:
      title: Share of Year 6 that leaves
      unit: share
      value: 0.1
      source: places-project
      mark: assumed
      quality: red
      impact: amber

    """

  private static let rolls = "Datasets/exampleton-area-rolls/data.csv"
  private static let rollsSchema = "Datasets/exampleton-area-rolls/data.schema.yaml"
  private static let model = "Models/exampleton/model.yaml"

  static let wrongNumbers = [
    Refusal(
      "an early year that one area alone has, whose count would stand as the authority's", "E204",
      [rolls, "number_on_roll\n", "number_on_roll\nP1,2010/11,R,60\n"]),
    Refusal(
      "a blank among rolls, though the schema allows it", "E116",
      [rollsSchema, "maximum: 1000", "maximum: 1000, optional: yes"],
      [rolls, "P1,2014/15,R,60", "P1,2014/15,R,"]),
    Refusal(
      "a year of totals beside rolls by area, which nothing would read", "E014",
      [model, "horizon_years: 6", "horizon_years: 6\narea_totals_year: 2017/18"]),
    Refusal(
      "a year of spending without spending, which nothing would read", "E013",
      [model, "  spending: exampleton-spending\n", ""], [model, "  slippage: exampleton-slippage\n", ""],
      [model, "  spend_profile: exampleton-spend-profile\n", ""]),
    Refusal(
      "an authority's code that is none, under which open data would be published", "E014",
      ["Models/exampleton/model.yaml", "code: \"000\"", "code: \"00\""]),
    Refusal(
      "a source that was retrieved on no day", "E014",
      ["Models/exampleton/sources.yaml", "retrieved: 2026-11-23", "retrieved: 2026-13-23"]),
    Refusal(
      "a last age missing in one year group's yield, which would stay level from the age before", "E204",
      ["Datasets/exampleton-pupil-yields/data.csv", "house,5,1,5\n", ""]),
    Refusal(
      "a year missing among the births to come, which would count as nought", "E209",
      [births, "Northgate,2016,93\n", ""]),
    Refusal(
      "a district that no area has, whose last year would end everybody's births", "E201",
      [births, "Southgate,2017,50\n", "Southgate,2017,50\nElsewhere,2000,10\n"]),
    Refusal(
      "a schema whose key lets one count overwrite another", "E116",
      [birthsSchema, "key: [district, year_to_30_june]", "key: []"],
      [births, "Northgate,2017,93\n", "Northgate,2017,93\nNorthgate,2017,1\n"]),
    Refusal(
      "a schema whose key lets an area stand twice", "E116",
      [areasSchema, "key: [planning_area_code]", "key: []"],
      [areas, "S1,Castle", "P2,South again,primary,Northgate\nS1,Castle"]),
    Refusal(
      "rolls by area given as the authority's, of which the last area alone would count", "E116",
      ["Models/exampleton/model.yaml", "  births:", "  county_rolls: exampleton-area-rolls\n  births:"],
      ["Models/exampleton/model.yaml", "  area_rolls: exampleton-area-rolls\n", ""],
      [
        "Models/exampleton/model.yaml", "transfer: observed",
        "area_totals_year: 2017/18\ntransfer: pattern",
      ],
      [assumptions, "# Invented.\n", leavers],
      [areasSchema, "key:", "  number_on_roll: { type: count }\nkey:"],
      [areas, "district\n", "district,number_on_roll\n"],
      [areas, "primary,Northgate", "primary,Northgate,420"],
      [areas, "primary,Southgate", "primary,Southgate,278"],
      [areas, "secondary,Northgate", "secondary,Northgate,357"],
      [areas, "secondary,Southgate", "secondary,Southgate,228"],
      [births, "Northgate,2011,75", years("Northgate", 75)],
      [births, "Southgate,2011,50", years("Southgate", 50)]),
    Refusal(
      "shares below nought and above one, which add to less than one", "E113",
      [transferSchema, ", minimum: 0, maximum: 1", ""], [transfer, "P1,S1,0.8", "P1,S1,1.2"],
      [transfer, "P1,S2,0.1", "P1,S2,-0.4"]),
    Refusal(
      "a blank where the program needs a number, though the schema allows it", "E116",
      [birthsSchema, "maximum: 1000", "maximum: 1000, optional: yes"],
      [births, "Southgate,2014,50", "Southgate,2014,"]),
    Refusal(
      "a net capacity that is a text", "E116",
      [areasSchema, "key:", "  net_capacity: { type: text }\nkey:"],
      [areas, "district\n", "district,net_capacity\n"],
      [areas, "primary,Northgate", "primary,Northgate,many"],
      [areas, "primary,Southgate", "primary,Southgate,many"],
      [areas, "secondary,Northgate", "secondary,Northgate,many"],
      [areas, "secondary,Southgate", "secondary,Southgate,many"]),
    Refusal(
      "a year with a fraction, which would be cut off", "E014",
      [assumptions, "value: 2019", "value: 2019.9"], [lateHomes, "was: 2019", "was: 2019.9"]),
    Refusal(
      "a scenario, not asked for, that sets a value outside its range", "E014",
      [lateHomes, "to: 2020", "to: 20200"]),
    Refusal(
      "more places closed than there are", "E113",
      ["Datasets/exampleton-capacity-changes/data.csv", "S2,closure,7,5,", "S2,closure,7,500,"]),
    Refusal(
      "a closure of some year groups alone, which would take the places of all", "E113",
      ["Datasets/exampleton-capacity-changes/data.csv", "S2,closure,7,5,", "S2,closure,8,5,"]),
    Refusal(
      "a blank reason for running late, though the schema allows it", "E116",
      [
        "Datasets/exampleton-slippage/data.schema.yaml", "reason: { type: text }",
        "reason: { type: text, optional: yes }",
      ],
      ["Datasets/exampleton-slippage/data.csv", "boiler,Asbestos found", "boiler,"]),
    Refusal(
      "a total over a column of text", "E015", [programmeSchema, "budget: [grant", "budget: [kind, grant"]),
  ]

  static let stops = [
    Refusal(
      "an amount too large to count", "E113",
      [programmeSchema, "  columns: { budget: 1300000, grant: 1060000,", "  columns: {"],
      [
        programmeSchema,
        "  rows:\n    budget: [grant, s106_contribution, school_contribution, internal_borrowing]\n", "",
      ],
      ["Datasets/exampleton-programme/data.csv", "1200000,1000000", "99999999999999999999,1000000"]),
    Refusal(
      "an age too large to count", "E113",
      ["Datasets/exampleton-pupil-yields/data.csv", "house,R,1,5", "house,R,99999999999999999999,5"]),
    Refusal("a least above the most", "E113", [birthsSchema, "maximum: 1000", "minimum: 10, maximum: 1"]),
    Refusal("a most below nought for a count", "E113", [birthsSchema, "maximum: 1000", "maximum: -1"]),
    Refusal(
      "a year too large to count", "E014", [assumptions, "value: 2019", "value: 99999999999999999999"],
      [lateHomes, "was: 2019", "was: 99999999999999999999"]),
  ]
}

@Suite struct RefusalTests {
  @Test(arguments: Refusal.wrongNumbers)
  func `a wrong number that looks right is refused`(_ refusal: Refusal) throws {
    #expect(try refusal.isRefused())
  }

  /// In a process of its own, which the input may not stop.
  @Test(arguments: Refusal.stops.indices)
  func `no input stops the program`(_ index: Int) async {
    await #expect(processExitsWith: .success) { [index = index as Int] in
      let isRefused = try Refusal.stops[index].isRefused()
      exit(isRefused ? EXIT_SUCCESS : EXIT_FAILURE)
    }
  }
}
