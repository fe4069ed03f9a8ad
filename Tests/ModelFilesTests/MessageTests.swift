import Diagnostics
import TestSupport
import Testing

@testable import ModelFiles

/// What a planner is told of a slip: the figures, and what to look at.
@Suite("Messages")
struct MessageTests {
  private static let schemes = Slip.data("exampleton-schemes")

  /// The first diagnostic of a code after changes of file, text and new text.
  private func message(
    _ code: DiagnosticCode, in model: String = "exampleton", _ changes: [String]...
  ) throws -> Diagnostic {
    let copy = try ModelCopy(model)
    try copy.make(changes)
    return try #require(try copy.findings().sorted.diagnostics.first { $0.code == code })
  }

  /// 300 of net capacity less 0.167 are 249.9 places, in five year groups of 49.98 each.
  @Test func `places made from a net capacity are told to one decimal`() throws {
    #expect(tenths(248.00000000000006) == "248")
    #expect(tenths(43432.619999999995) == "43,432.6")
    let areas = Slip.data("gloucestershire-planning-areas-2015")
    let found = try message(
      .placesOutOfProportion, in: "gloucestershire", [areas, ",1,1036,1442", ",1,1036,300"])
    #expect(found.what.contains("has 249.9 places and "))
  }

  @Test func `what a model cannot hold is said with what to do instead`() throws {
    let junior = try message(.schemePlacesDisagree, [Self.schemes, "expansion,P2,R,15", "expansion,P2,3,15"])
    #expect(junior.fix == "write R; for a school that begins in Year 3, give its last_year_group too")
    // No junior school.
    let upper = try message(
      .outOfRange, [Slip.data("exampleton-capacity-changes"), "S2,closure,7,5", "S2,closure,9,5"])
    #expect(upper.fix == "write 7; for a school that begins in Year 9, give its last_year_group too")
    let model = "Models/exampleton/model.yaml"
    let alone = try message(.missingKey, [model, "  transfer_shares: exampleton-transfer\n", ""])
    #expect(
      alone.fix
        == "name the data set that fills this role; no model holds primary areas alone, but one secondary area may stand "
        + "for all")
    // A bulge class may start in Year 3, and so may an expansion that is decided.
    let copy = try ModelCopy()
    try copy.replace(
      Self.schemes, "South Primary extra class,bulge,P2,R", with: "South juniors' extra class,bulge,P2,3")
    try copy.replace(Slip.data("exampleton-capacity-changes"), "P1,expansion,R,", with: "P1,expansion,3,")
    _ = try copy.check()
  }

  /// An upper school has Years 9 to 13.
  @Test func `sixth forms are said to have no planned places`() throws {
    let changes = Slip.data("exampleton-capacity-changes")
    let upper = try message(.unknownCode, [changes, "S1,bulge,7,30", "S1,bulge,13,30"])
    #expect(
      upper.fix
        == "correct the area or the year group; sixth forms have no planned places: those of a school up to Year 13 end with "
        + "Year 11")
    let primary = try message(.unknownCode, [changes, "P1,expansion,R,15", "P1,expansion,13,15"])
    #expect(primary.fix == "correct the area or the year group")
  }

  @Test func `the year groups of a middle school are said to be in two areas`() throws {
    let places = Slip.data("exampleton-places")
    let plain = "correct the area or the year group"
    let upper = try message(.unknownCode, [places, "P1,6,60", "P1,7,60"])
    #expect(
      upper.fix
        == plain
        + "; a middle school has Years 5 and 6 in a primary area, and Years 7 and 8 in a secondary one")
    #expect(try message(.unknownCode, [places, "P1,6,60", "P1,9,60"]).fix == plain)
  }

  @Test func `a site that is not finished says what to check`() throws {
    let found = try message(
      .siteNotFinished, [Slip.data("exampleton-housing-sites"), "house,100", "house,24000"])
    #expect(found.what == "Mill Lane: 180 of 24,000 homes are finished by 2023/24")
    #expect(
      found.fix
        == "check how many homes it has, when the first are finished and how many a year; if it is built so slowly, leave it"
    )
  }

  @Test(
    arguments: [
      (0, "0"), (999.5, "999.5"), (1_000, "1,000"), (1_125, "1,125"), (12_345.5, "12,345.5"),
      (2_638_848, "2,638,848"),
    ] as [(Double, String)])
  func `thousands are grouped`(value: Double, shown: String) {
    #expect(grouped(value) == shown)
  }

  /// Half of a budget of 600,000 was expected by the sixth month.
  @Test(
    arguments: [
      ("150000", "has spent 150,000, more than 10% away from the 300,000 expected by now of"),
      ("4800000", "has spent 4,800,000, more than 10% away from the 300,000 expected by now of"),
      ("300000", "is forecast to end the year at 450,000, more than 10% away from"),
    ])
  func `a variance says how far`(spent: String, told: String) throws {
    let spending = Slip.data("exampleton-spending")
    let found = try message(
      .varianceWithoutReason, [spending, "Tender returned late", ""],
      [spending, "600000,150000,450000,1200000,1200000", "600000,\(spent),450000,1200000,5000000"])
    #expect(found.what == "'North Primary expansion' \(told) its budget of 600,000, without a reason")
  }

  @Test func `a variance says how far the whole cost has moved`() throws {
    let found = try message(
      .varianceWithoutReason, [Slip.data("exampleton-spending"), "Tender returned late", ""],
      [
        Slip.data("exampleton-spending"), "600000,150000,450000,1200000,1200000",
        "600000,300000,600000,1200000,1800000",
      ])
    #expect(
      found.what
        == "'North Primary expansion' is forecast to cost 1,800,000 in all, more than 10% away from the 1,200,000 "
        + "approved, without a reason")
  }

  @Test(
    arguments: [
      ("2020Q1", "2020-Q1"), ("2020 q1", "2020-Q1"), ("Q1 2020", "2020-Q1"), ("Cash", "cash"),
    ])
  func `a price base in another form is recognised`(label: String, meant: String) throws {
    let found = try message(.wrongForm, [Self.schemes, "600000,cash", "600000,\(label)"])
    #expect(found.fix == "did you mean '\(meant)'?")
  }

  @Test(arguments: ["2020-Q5", "20Q1", "pounds", "Q", "2020"])
  func `what is no price base is not guessed`(_ label: String) {
    #expect(nearPriceBase(label) == nil)
  }

  /// A share of a cost, whatever a schema says, is no more than all of it; a count may be more than was thought.
  @Test func `a schema is not to be widened for a share`() throws {
    let share = try message(
      .outOfRange, [Slip.data("exampleton-spend-profile"), "\n6,0.5", "\n6,50"])
    #expect(share.fix == "correct it; if it is in percent, write 0.5")
    let more = try message(.outOfRange, [Slip.data("exampleton-spend-profile"), "\n6,0.5", "\n6,101"])
    #expect(more.fix == "correct it")
    let percent = try message(.notANumber, [Slip.data("exampleton-transfer"), "P1,S1,0.8", "P1,S1,80%"])
    #expect(percent.fix == "write it as a share: 0.8")
    let count = try message(
      .outOfRange, [Slip.data("exampleton-births"), "Northgate,2011,75", "Northgate,2011,5000"])
    #expect(count.fix == "correct it, or widen the range in the schema if it is right")
    let many = try message(
      .outOfRange, [Slip.data("exampleton-births"), "Northgate,2011,75", "Northgate,2011,500000000"])
    #expect(many.fix == "correct it")
  }

  /// Who does what the message says has a sound model: a total goes, and names are written alike.
  @Test func `what is in no area or district is told where and what to do`() throws {
    let areas = Slip.data("exampleton-planning-areas")
    let total = try message(
      .unknownCode,
      [Slip.data("exampleton-area-rolls"), "number_on_roll\n", "number_on_roll\nTotal,2017/18,R,98\n"])
    #expect(total.fix == "add the area to planning_areas, or take the row out")
    let typo = try message(
      .birthsMissing, [areas, "P2,South,primary,Southgate", "P2,South,primary,Southgat"])
    #expect(typo.fix == "did you mean 'Southgate'?")
    #expect(typo.location.description.hasSuffix("\(areas):3:18"))
    let births = Slip.data("exampleton-births")
    let row = try message(.unknownCode, [births, "Northgate,2011", "North gate,2011"])
    #expect(row.fix == "did you mean 'Northgate'?")
    // Northgate has births of that year.
    let moved = try message(
      .unknownCode, [areas, "P2,South,primary,Southgate", "P2,South,primary,Northgate"])
    #expect(
      moved.fix
        == "take its rows out, or add its areas; if areas of it stand under another district, correct that")
  }

  /// From 2017-Q1 to the years of its two payments 1,200,000 has risen by 3% a year.
  @Test func `a cost that was raised from its price base says so`() throws {
    let raised = try message(.approvedCostDiffers, [Self.schemes, "1200000,cash", "1200000,2017-Q1"])
    #expect(
      raised.what.hasPrefix("the budget of 'North Primary expansion' is 1,200,000; its scheme costs 1,2"))
    #expect(raised.what.hasSuffix(" in the money of its years, from 1,200,000 in prices of 2017-Q1"))
    #expect(
      raised.fix == "give what the scheme costs in cash, as approved, or say in its note why they differ")
    let other = try message(.approvedCostDiffers, [Self.schemes, ",100000,cash", ",90000,cash"])
    #expect(other.what == "the budget of 'Castle School boiler' is 100,000; its scheme costs 90,000")
  }

  /// As births of Herefordshire stand under "Herefordshire, County of". They have seven rows.
  @Test func `births of a district under another name are told once, and the name is offered`() throws {
    let copy = try ModelCopy()
    let births = Slip.data("exampleton-births")
    try copy.write(
      births, Array(try copy.read(births).replacing("Southgate,", with: "\"Borough, Lower\",").utf8))
    let faults = try copy.faults().sorted.errors
    #expect(faults.map(\.code) == [.birthsMissing, .unknownCode])
    #expect(
      faults.map(\.fix) == [
        "add its rows, or write the name that births have: 'Borough, Lower'",
        "take its rows out, or add its areas; if areas of it stand under another district, correct that",
      ])
  }

  /// A deed's instalments are of one sum; of two deeds with one sum, one may be the other.
  @Test(arguments: [
    ("deed_1", "Second instalment", 0), ("deed_1", "first Instalment", 1), ("deed_2", "Second instalment", 1),
    ("", "Second instalment", 1),
  ])
  func `parts of one deed in equal sums are not one agreement`(
    _ deed: String, _ name: String, _ found: Int
  ) throws {
    let copy = try ModelCopy()
    let folder = "Datasets/exampleton-section-106"
    try copy.replace(
      "\(folder)/data.schema.yaml", "  site_key:",
      with: "  deed_key: { type: code, optional: yes }\n  site_key:")
    let terms = "mill_lane,20,100000,cash,,2017-06-01,5,,expansion,primary,P1,,assumed,Invented\n"
    try copy.replace("\(folder)/data.csv", "agreement,site_key", with: "agreement,deed_key,site_key")
    try copy.replace(
      "\(folder)/data.csv",
      "mill_lane,Mill Lane primary places,mill_lane,20,200000,cash,,2017-06-01,5,,expansion,primary,P1,,assumed,Invented\n",
      with: "one,First instalment,deed_1,\(terms)two,\(name),\(deed),\(terms)")
    #expect(try copy.check().warnings.diagnostics.count { $0.code == .schemeTwice } == found)
  }

  @Test func `the schema that new models copy allows what the reader does`() throws {
    let found = try message(
      .outOfRange, ["Datasets/exampleton-section-106/data.csv", "2017-06-01,5,", "2017-06-01,0,"])
    #expect(found.why == "the least that makes sense here is 1")
  }

  @Test func `a misspelt reference class is told once, at its scheme`() throws {
    let copy = try ModelCopy()
    try copy.replace(Self.schemes, "40,building,0,2018/19", with: "40,bulding,0,2018/19")
    try copy.replace(Self.schemes, "40,building,,,", with: "40,bulding,,,")
    let faults = try copy.faults().errors.filter { $0.code == .unknownCode || $0.code == .missingKey }
    #expect(faults.map(\.what) == ["there is no reference class 'bulding'"])
    #expect(faults.map(\.fix) == ["did you mean 'building'?"])
  }

  @Test func `a reference class that is like no other says what to define`() throws {
    let found = try message(.unknownCode, [Self.schemes, "40,building,0,2018/19", "40,tower,0,2018/19"])
    #expect(found.fix == "define 'delivery.tower.year_late' and the others of its class")
  }
}
