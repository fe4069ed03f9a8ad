import Diagnostics
import Foundation
import PlacePlanning
import TestSupport
import Testing

@testable import ModelFiles

/// An input that passes every check of form and would give a wrong number that looks right.
struct Slip: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let model: String
  /// File, text, new text.
  let changes: [[String]]
  /// `E113 2:19`; none where the input is right at the edge of what is refused.
  let wanted: [String]

  init(_ what: String, in model: String = "exampleton", _ changes: [String]..., finds wanted: String...) {
    testDescription = what
    self.model = model
    self.changes = changes
    self.wanted = wanted
  }

  init(_ what: String, changes: [[String]], finds wanted: String...) {
    testDescription = what
    model = "exampleton"
    self.changes = changes
    self.wanted = wanted
  }

  /// The faults, or where there are none the warnings.
  func found() throws -> [String] {
    let copy = try ModelCopy(model)
    try copy.make(changes)
    let list = try copy.findings()
    return codes(list.hasErrors ? DiagnosticList(list.errors) : list)
  }

  static func data(_ name: String) -> String { "Datasets/\(name)/data.csv" }
  static func schema(_ name: String) -> String { "Datasets/\(name)/data.schema.yaml" }

  private static let model = "Models/exampleton/model.yaml"
  private static let assumptions = "Models/exampleton/assumptions/all.yaml"
  private static let programme = "Models/exampleton/assumptions/programme.yaml"
  static let changes = data("exampleton-capacity-changes")
  static let schemes = data("exampleton-schemes")
  static let deeds = data("exampleton-section-106")
  private static let pots = data("exampleton-funding-pots")
  static let receipts = data("exampleton-pot-receipts")
  private static let sites = data("exampleton-housing-sites")
  private static let yields = data("exampleton-pupil-yields")
  static let need = data("gloucestershire-published-need")
  private static let totals = data("sampleford-control-totals")
  /// An agreement whose homes bring its money.
  private static let deed = "mill_lane,20,200000,cash,,2017-06-01,5,,"

  /// Ten homes a year rather than 40, and as much to borrow as the money that they no longer bring in time.
  private static let slowHomes = [
    [assumptions, "value: 40\n", "value: 11\n"],
    [data("exampleton-borrowing"), "300000", "500000"],
  ]

  /// Yields of secondary pupils in new homes and in those of a year.
  private static func secondary(_ new: String, _ older: String) -> String {
    (7...11).map { "house,\($0),0,\(new)\nhouse,\($0),1,\(older)\n" }.joined()
  }

  static let ofYears = [
    // North, which is committed, opens in September 2019.
    Slip(
      "an extra class for a September that has come", [model, "meeting: 2018-03-01", "meeting: 2018-09-01"],
      [schemes, "one_year,2020/21,2022/23", "one_year,2018/19,2022/23"], finds: "W350 5:76"),
    Slip(
      "an extra class for the September to come", [model, "meeting: 2018-03-01", "meeting: 2018-08-31"],
      [schemes, "one_year,2020/21,2022/23", "one_year,2018/19,2022/23"]),
    Slip(
      "places that come after the last projected year",
      [changes, "P1,expansion,R,15,2019/20", "P1,expansion,R,15,2024/25"], finds: "E113 2:19"),
    Slip("interest next to nothing", [programme, "value: 0.04", "value: 0.000001"], finds: "E014 10:1"),
    Slip("no interest", [programme, "value: 0.04", "value: 0"]),
    Slip(
      "a hired block that has gone by the base year", [changes, "2020/21,2022/23", "2015/16,2017/18"],
      finds: "E113 5:27"),
    Slip(
      "prices of more than 15 years before the base year", [schemes, "600000,cash", "600000,2001-Q4"],
      finds: "E113 4:57"),
    Slip(
      "prices of more than 5 years after the base year", [schemes, "600000,cash", "600000,2023-Q1"],
      finds: "E113 4:57"),
    Slip("prices of 15 years before the base year", [schemes, "600000,cash", "600000,2002-Q1"]),
    Slip("prices of 5 years after the base year", [schemes, "600000,cash", "600000,2022-Q4"]),
    Slip("an agreement of another century", [deeds, "2017-06-01", "1917-06-01"], finds: "E113 2:62"),
    Slip("an agreement of 40 years before the base year", [deeds, "2017-06-01", "1977-06-01"]),
    Slip(
      "births of another century", [data("exampleton-births"), "Northgate,2011", "Northgate,1911"],
      finds: "E113 2:11"),
    Slip("two digits of a year changed round", [changes, "15,2019/20", "15,2091/92"], finds: "E113 2:19"),
    Slip(
      "a meeting of ten years before", [model, "meeting: 2018-03-01", "meeting: 2008-03-01"],
      finds: "E014 9:12"),
    Slip(
      "spending of another year", [model, "financial_year: 2017/18", "financial_year: 2071/72"],
      finds: "E014 20:19"),
    Slip(
      "a source of the next century", ["Models/exampleton/sources.yaml", "2026-11-23", "2126-11-23"],
      finds: "E014 5:14"),
    Slip(
      "a data set of the next century", [schema("exampleton-births"), "2026-11-23", "2126-11-23"],
      finds: "E014 5:12"),
    Slip(
      "homes of the next century", [assumptions, "value: 2019", "value: 2091"],
      ["Models/exampleton/scenarios/late-homes.yaml", "was: 2019", "was: 2091"], finds: "E014 26:1"),
    Slip(
      "a published need of a year group without planned places", in: "gloucestershire",
      [need, "9162500,7,6", "9162500,R,6"], finds: "E201 2:9"),
  ]

  static let ofMoney = [
    Slip(
      "money received whose years to spend it in have passed",
      [deeds, deed, ",,200000,cash,2010/11,2009-06-01,5,,"], finds: "E219 2:69"),
    Slip(
      "money that homes bring after the programme, and that must be spent in its last year",
      changes: slowHomes + [[deeds, deed, "mill_lane,100,200000,cash,,2017-06-01,5,2023/24,"]],
      finds: "E219 2:76"),
    Slip(
      "money that homes bring after the programme, and that may be spent after it",
      changes: slowHomes + [[deeds, deed, "mill_lane,100,200000,cash,,2017-06-01,5,2024/25,"]],
      finds: "W304 2:27", "W310 2:46"),
    Slip(
      "a pot that receives money after its last year", [pots, "P1,,,yes,,cash", "P1,,,yes,2018/19,cash"],
      finds: "E219 4:72"),
    Slip(
      "a pot to be spent before the programme begins", [pots, "P1,,,yes,,cash", "P1,,,yes,2017/18,cash"],
      [receipts, "north_grant,2018/19", "north_grant,2016/17"],
      [receipts, "north_grant,2019/20", "north_grant,2017/18"], finds: "E219 4:72"),
    Slip(
      "an option group that is spelt in two ways", [schemes, "no,south_primary,,40", "no,south_prmary,,40"],
      finds: "W318 4:94", "W318 5:95"),
    Slip(
      "a pot that receives nought after its last year", [pots, "P1,,,yes,,cash", "P1,,,yes,2019/20,cash"],
      [receipts, "north_grant,2019/20", "north_grant,2020/21,0\nnorth_grant,2019/20"]),
    Slip("a lone option group", [schemes, "no,south_primary,,40", "no,other,,40"]),
    Slip(
      "one scheme twice",
      [
        schemes, "south_bulge,South",
        "south_2,South Primary expansion,expansion,P2,R,15,,600000,cash,1,two_halves,2019/20,2021/22,no,"
          + "south_primary,,40,building,,,assumed,Invented,south_primary\nsouth_bulge,South",
      ], finds: "W319 5:1"),
    Slip(
      "one scheme twice in other letters",
      [
        schemes, "south_bulge,South",
        "south_2,South primary  expansion,expansion,P2,R,15,,600000,cash,1,two_halves,2019/20,2021/22,no,"
          + "south_primary,,40,building,,,assumed,Invented,south_primary\nsouth_bulge,South",
      ], finds: "W319 5:1"),
    Slip(
      "one agreement under two keys",
      [
        deeds, "mill_lane,Mill Lane primary",
        "again,Places at Mill Lane,mill_lane,20,200000,cash,,2017-06-01,5,,expansion,primary,P1,,assumed,Invented\n"
          + "mill_lane,Mill Lane primary",
      ], finds: "W319 3:1"),
    Slip(
      "one pot under two keys",
      [
        pots, "north_grant,",
        "grant_north,Grant of North,grant,expansion,primary,P1,,,yes,,cash,assumed,Invented\nnorth_grant,",
      ],
      [
        receipts, "north_grant,2018/19",
        "grant_north,2018/19,300000\ngrant_north,2019/20,700000\nnorth_grant,2018/19",
      ],
      finds: "W319 5:1"),
    Slip("an extra class in thousands", [schemes, ",30,,90000,", ",30,,90,"], finds: "W320 5:54"),
    Slip("a nought too few in a cost", [schemes, ",600000,", ",60000,"], finds: "W320 4:50"),
    Slip("two noughts too many in a cost", [schemes, ",600000,", ",60000000,"], finds: "W320 4:50"),
    Slip(
      "a published plan that had opened by the base year", in: "gloucestershire",
      [need, ",2019/20,new_secondary", ",2017/18,new_secondary"], finds: "E113 2:67"),
    Slip(
      "a published plan of the first projected year", in: "gloucestershire",
      [need, ",2019/20,new_secondary", ",2018/19,new_secondary"],
      finds: "W304 3:65", "W304 4:55", "W304 5:55", "W304 6:57", "W304 7:56"),
    Slip(
      "a published plan of other places than its scheme", in: "gloucestershire",
      [need, ",180,2019/20", ",150,2019/20"],
      finds: "W326 2:63", "W304 3:65", "W304 4:55", "W304 5:55", "W304 6:57", "W304 7:56"),
    Slip(
      "a published need of a year group that nobody joins in", in: "gloucestershire",
      [need, "9162500,7,", "9162500,8,"], finds: "E113 2:9"),
    Slip(
      "two areas of one name", [data("exampleton-planning-areas"), "P2,South", "P2,North"], finds: "W327 3:4"),
    Slip(
      "two areas of one name in other letters", [data("exampleton-planning-areas"), "P2,South", "P2,NORTH."],
      finds: "W327 3:4"),
  ]

  static let ofFigures = [
    Slip(
      "a control total with a nought too many", in: "sampleford", [totals, "R,60", "R,600"],
      finds: "W317 2:20"),
    Slip("a control total of nought", in: "sampleford", [totals, "280", "0"], finds: "W317 3:21"),
    Slip(
      "a control total of an area with a nought too few", in: "sampleford", [totals, ",270", ",27"],
      finds: "W317 4:21"),
    Slip(
      "a control total of a hundred times the roll", in: "sampleford", [totals, "R,60", "R,5401"],
      finds: "E113 2:20"),
    Slip(
      "more pupils than there are people", [schema("exampleton-area-rolls"), "maximum: 1000", "minimum: 0"],
      [data("exampleton-area-rolls"), "P1,2014/15,R,60", "P1,2014/15,R,100000001"], finds: "E113 2:14"),
    Slip("a control total of twice the roll", in: "sampleford", [totals, "R,60", "R,120"]),
    Slip("a yield with a nought too many", [yields, "house,R,1,5\n", "house,R,1,150\n"], finds: "W321 3:11"),
    Slip(
      "a yield below nought, in a schema without a least",
      [schema("exampleton-pupil-yields"), "minimum: 0, maximum: 200", "maximum: 200"],
      [yields, "house,R,1,5\n", "house,R,1,-5\n"], finds: "E113 3:11"),
    Slip(
      "a yield of more than ten children of one age a home, in a schema without a most",
      [schema("exampleton-pupil-yields"), "minimum: 0, maximum: 200", "minimum: 0"],
      [yields, "house,R,1,5\n", "house,R,1,1001\n"], finds: "E113 3:11"),
    Slip(
      "a year that begins with less spent than nothing, in a schema without a least",
      [schema("exampleton-spend-profile"), "minimum: 0, maximum: 1 }", "maximum: 1 }"],
      [data("exampleton-spend-profile"), "\n1,0.05", "\n1,-0.05"], finds: "E211 -"),
    Slip(
      "a site at a rate above all of its homes", [sites, "house,100", "house,120"],
      [assumptions, "value: 40\n", "value: 150\n"], finds: "W321 2:27"),
    Slip(
      "a site whose homes are taken for those of a year", [sites, "house,100", "house,201"],
      [assumptions, "value: 40\n", "value: 201\n"], finds: "W321 2:27"),
    Slip(
      "a site of 200 homes in two years", [sites, "house,100", "house,200"],
      [assumptions, "value: 40\n", "value: 200\n"]),
    // The other six year groups of the phase have 5 each.
    Slip("yields of a child a home in a phase", [yields, "house,R,1,5\n", "house,R,1,70\n"]),
    // 83 pupils of the phase come from new homes and 90 from those of a year; the highest of each year group would be 156.
    Slip(
      "yields that are highest at different ages", [yields, "house,R,0,2\n", "house,R,0,71\n"],
      [yields, "house,1,1,5\n", "house,1,1,60\n"]),
    Slip("yields of more", [yields, "house,R,1,5\n", "house,R,1,71\n"], finds: "W321 2:11"),
    Slip(
      "yields of a home for those of 100",
      [yields, secondary("1", "3"), secondary("0.01", "0.03")], finds: "W321 16:11"),
    Slip(
      "a row of transfer shares that was lost", [data("exampleton-transfer"), "P1,S1,0.8\n", ""],
      finds: "W301 2:7"),
    Slip(
      "a district misspelt",
      [data("exampleton-planning-areas"), "secondary,Northgate", "secondary,Nothgate"],
      finds: "W308 4:21"),
  ]

  static let ofWords = [
    Slip(
      "an invented town that passes for a real one", [model, "synthetic: yes", "synthetic: no"],
      finds: "E224 6:14", "E014 48:16"),
    Slip(
      "one invented data set of a real authority", in: "gloucestershire",
      [schema("gloucestershire-district-births"), "synthetic: no", "synthetic: yes"], finds: "E224 6:14"),
    Slip(
      "a limit in thousands as finance writes them",
      [schema("exampleton-borrowing"), "unit: GBP", "unit: £'000"], finds: "E225 11:3"),
    Slip(
      "units in other words", [assumptions, "unit: share\n", "unit: Share of the pupils\n"],
      [assumptions, "unit: dwellings/year", "unit: homes a year"],
      [programme, "unit: GBP/place\n", "unit: pounds per place\n"],
      [schema("exampleton-borrowing"), "unit: GBP", "unit: £"],
      [schema("exampleton-pupil-yields"), "unit: pupils per 100 dwellings", "unit: Pupils per 100 homes"]),
    Slip(
      "pounds that are thousands", [programme, "unit: GBP/place\n", "unit: GBPk/place\n"], finds: "E225 108:9"
    ),
    Slip(
      "homes a month", [assumptions, "unit: dwellings/year", "unit: dwellings/month"], finds: "E225 36:9"),
    Slip("a word that is no unit", [assumptions, "unit: share\n", "unit: abc\n"], finds: "E225 12:9"),
    Slip(
      "pupils per home",
      [schema("exampleton-pupil-yields"), "unit: pupils per 100 dwellings", "unit: pupils per dwelling"],
      finds: "E225 13:3"),
    Slip(
      "births by the hundred", [schema("exampleton-births"), "unit: births", "unit: hundreds of births"],
      finds: "E225 12:3"),
    Slip(
      "transport by the day", [schema("exampleton-neighbours"), "GBP/pupil/year", "GBP/pupil/day"],
      finds: "E225 12:3"),
    Slip(
      "an assumption in per cent", [assumptions, "unit: share\n", "unit: per cent\n"], finds: "E225 12:9"),
    Slip(
      "a limit in thousands", [schema("exampleton-borrowing"), "unit: GBP", "unit: thousand GBP"],
      finds: "E225 11:3"),
    Slip(
      "the code of a region for that of an authority", in: "gloucestershire",
      ["Models/gloucestershire/model.yaml", "ons_code: E10000013", "ons_code: E12000009"], finds: "E014 99:23"
    ),
    Slip(
      "the name of another region", in: "gloucestershire",
      ["Models/gloucestershire/model.yaml", "region_name: South West", "region_name: London"],
      finds: "E014 101:16"),
    Slip(
      "a region of the invented town that the model was made from", in: "gloucestershire",
      ["Models/gloucestershire/model.yaml", "region_code: E12000009", "region_code: E12999999"],
      finds: "E014 100:16"),
    Slip(
      "a schema copied from another data set",
      [schema("exampleton-births"), "dataset: exampleton-births", "dataset: exampleton-places"],
      finds: "E015 1:10"),
    Slip(
      "a schema with a name of its own",
      [schema("exampleton-births"), "dataset: exampleton-births", "dataset: births-of-june"]),
    Slip(
      "a column that need not be there, misspelt in schema and data alike",
      [schema("exampleton-schemes"), "  school: {", "  schol: {"], [schemes, ",note,school", ",note,schol"],
      finds: "E116 32:3"),
  ]
}

@Suite("Inputs that are well formed and implausible")
struct InputPlausibilityTests {
  @Test(arguments: Slip.ofYears)
  func `years that nothing would be counted in`(_ slip: Slip) throws {
    #expect(try slip.found() == slip.wanted)
  }

  @Test(arguments: Slip.ofMoney)
  func `schemes and money that are most often mistyped`(_ slip: Slip) throws {
    #expect(try slip.found() == slip.wanted)
  }

  @Test(arguments: Slip.ofFigures)
  func `figures out of all proportion`(_ slip: Slip) throws {
    #expect(try slip.found() == slip.wanted)
  }

  @Test(arguments: Slip.ofWords)
  func `words that say something else than the figures`(_ slip: Slip) throws {
    #expect(try slip.found() == slip.wanted)
  }

  @Test func `no scenario may take the place of the model as it stands`() throws {
    let copy = try ModelCopy()
    try copy.write(
      "Models/exampleton/scenarios/base.yaml",
      """
      scenario: central
      title: Another base
      overrides:
        - scale: births.future_factor
          by: 0.5
          why: To be taken for the central figures
      """.utf8)
    #expect(codes(try copy.faults()) == ["E016 1:1"])
  }

  @Test(arguments: ["exampleton", "gloucestershire", "loneham", "sampleford"])
  func `the models as they are shipped give none of these alarms`(_ model: String) throws {
    let alarms: Set<DiagnosticCode> = [
      .controlOutOfProportion, .optionGroupAlone, .schemeTwice, .costOutOfProportion, .housingOutOfProportion,
      .laterRollsNotUsed, .birthsUnmatched,
    ]
    let warnings = try ModelCopy(model).check().warnings.diagnostics
    #expect(warnings.allSatisfy { !alarms.contains($0.code) })
  }
}
