import Diagnostics
import TestSupport
import Testing

@testable import ModelFiles

private let townAssumptions = "Models/exampleton/assumptions/all.yaml"
private let townAreas = Slip.data("exampleton-planning-areas")
private let townPlaces = Slip.data("exampleton-places")

extension Slip {
  /// Places of Castle's oldest year group from its net capacity of 500, less sixth forms: 60 of them are left at a share of 0.4.
  private static func sixthForms(_ share: String) -> [[String]] {
    [
      [
        schema("exampleton-planning-areas"), "key:",
        "  net_capacity: { type: count, unit: places }\nkey:",
      ],
      [townAreas, "district\n", "district,net_capacity\n"],
      [townAreas, "primary,Northgate", "primary,Northgate,420"],
      [townAreas, "primary,Southgate", "primary,Southgate,315"],
      [townAreas, "secondary,Northgate", "secondary,Northgate,500"],
      [townAreas, "secondary,Southgate", "secondary,Southgate,225"],
      [
        townAssumptions, "# Invented.\n",
        "capacity.sixth_form_share:\n  title: Sixth forms\n  unit: share\n  value: \(share)\n"
          + "  source: places-project\n  mark: assumed\n  quality: red\n  impact: amber\n",
      ],
    ]
  }

  /// Without it the places of the year group come from the net capacity.
  private static let lastYearGroup = [townPlaces, "S1,11,60,assumed\n", ""]

  /// Sixth forms are 85 of 585 pupils, 0.1453: from 0.0727 to 0.2179 of the places are near enough.
  static let ofSixthForms = [
    Slip(
      "a share of another authority", changes: sixthForms("0.4") + [lastYearGroup], finds: "W346 16:1",
      "W332 1:1"),
    Slip("sixth forms forgotten", changes: sixthForms("0") + [lastYearGroup], finds: "W346 16:1", "W332 1:1"),
    Slip(
      "a share just too small", changes: sixthForms("0.072") + [lastYearGroup], finds: "W346 16:1", "W332 1:1"
    ),
    Slip("a small share", changes: sixthForms("0.073") + [lastYearGroup], finds: "W346 16:1"),
    Slip("a large share", changes: sixthForms("0.217") + [lastYearGroup], finds: "W346 16:1"),
    Slip(
      "a share just too large", changes: sixthForms("0.219") + [lastYearGroup], finds: "W346 16:1", "W332 1:1"
    ),
    Slip("a share that no area uses", changes: sixthForms("0.4")),
  ]

  private static func places(_ area: String, _ groups: ClosedRange<Int>, _ old: Int, _ new: String)
    -> [[String]]
  {
    groups.map { group in
      let row = "\(area),\(group == 0 ? "R" : "\(group)"),"
      return [townPlaces, row + "\(old),", row + new + ","]
    }
  }

  private static let countyAreas = data("gloucestershire-planning-areas-2015")

  /// North has 420 pupils, 735 at 1.75 places for each and 323 at 1.3 pupils for a place; South has 278, Castle 300 up to Year 11, and Coleford
  /// 1,020 in 1,176 places.
  static let ofWholeAreas = [
    Slip("places of an area doubled", changes: places("P1", 0...6, 60, "120"), finds: "W313 2:6"),
    Slip("places just too many", changes: places("P1", 0...6, 60, "106"), finds: "W313 2:6"),
    Slip("many places", changes: places("P1", 0...6, 60, "105")),
    Slip("places just too few", changes: places("P1", 0...6, 60, "46"), finds: "W313 2:6"),
    Slip("few places", changes: places("P1", 0...6, 60, "47")),
    Slip("many places of a small area", changes: places("P2", 0...6, 45, "90")),
    Slip("many places of a secondary area", changes: places("S1", 7...11, 60, "120")),
    Slip("too few of a secondary area", changes: places("S1", 7...11, 60, "46"), finds: "W313 16:6"),
    Slip(
      "a net capacity doubled", in: "gloucestershire", [countyAreas, ",1020,1176", ",1020,2352"],
      finds: "W313 4:48"),
  ]

  private static let countyChanges = data("gloucestershire-capacity-changes")

  /// Net capacities are of 2014/15; Cheltenham's secondary places are given by year group, of no year that the model knows.
  static let ofCountedChanges = [
    Slip(
      "a change that the net capacity holds", in: "gloucestershire",
      [countyChanges, "9161910,expansion,R,45,2017/18", "9161910,expansion,R,45,2014/15"],
      finds: "E113 3:24"),
    Slip(
      "a class from years before it", in: "gloucestershire",
      [countyChanges, "9161931,bulge,R,30,2017/18", "9161931,bulge,R,30,2012/13"], finds: "E113 6:20"),
    Slip(
      "a change of the year after it", in: "gloucestershire",
      [countyChanges, "9161910,expansion,R,45,2017/18", "9161910,expansion,R,45,2015/16"],
      finds: "W304 3:65", "W304 4:55", "W304 5:55", "W304 6:57", "W304 7:56"),
    Slip(
      "a change beside places by year group", in: "gloucestershire",
      [countyChanges, "9162500,expansion,7,60,2018/19", "9162500,expansion,7,60,2014/15"],
      finds: "W304 3:65", "W304 4:55", "W304 5:55", "W304 6:57", "W304 7:56"),
  ]

  private static let town = "Models/exampleton/assumptions/programme.yaml"

  /// The general grant of so many pounds in two years; the town's schemes cost 90,000, 100,000, 600,000 and 1,200,000.
  private static func grant(_ first: String, _ second: String) -> [[String]] {
    [
      [receipts, "general,2018/19,60000", "general,2018/19,\(first)"],
      [receipts, "general,2020/21,300000", "general,2020/21,\(second)"],
    ]
  }

  /// The boiler takes 60,000 of the general grant, and 40,000 of the school (W335).
  /// A thousandth of all schemes, 1,990, is less than a tenth of the cheapest and more than a hundredth, 900.
  static let ofThousands = [
    Slip("a grant in thousands", changes: grant("60", "300"), finds: "W333 3:17", "W335 3:39"),
    Slip("a grant just too small", changes: grant("1000", "989"), finds: "W333 3:17", "W335 3:39"),
    Slip("a small grant", changes: grant("1000", "990"), finds: "W335 3:39"),
    Slip(
      "a small contribution of a school", [receipts, "castle,2018/19,40000", "castle,2018/19,400"],
      finds: "W335 3:47"),
    Slip("a limit in thousands", [limits, ",300000,", ",300,"], finds: "W333 2:9"),
    Slip("a limit just too small", [limits, ",300000,", ",1989,"], finds: "W333 2:9"),
    Slip("a small limit", [limits, ",300000,", ",1990,"]),
    Slip("nothing to borrow", [limits, ",300000,", ",0,"]),
    Slip("a ceiling in thousands", [limits, ",300000,", ",300000,899"], finds: "W333 2:16"),
    Slip("a low ceiling", [limits, ",300000,", ",300000,900"]),
    Slip("a ceiling of nought", [limits, ",300000,", ",300000,0"], finds: "W351 2:16"),
    Slip("a growth fund of a few pounds", [town, "value: 1000\n", "value: 99\n"], finds: "W333 106:1"),
    Slip("a low growth fund", [town, "value: 1000\n", "value: 100\n"]),
    Slip("no growth fund", [town, "value: 1000\n", "value: 0\n"]),
    Slip("a hire in thousands", [town, "value: 30000\n", "value: 30\n"], finds: "W333 154:1"),
    Slip("a low hire", [town, "value: 30000\n", "value: 1000\n"]),
    Slip("a year group in thousands", [town, "value: 20000\n", "value: 999\n"], finds: "W333 146:1"),
    Slip("a start in thousands", [town, "value: 50000\n", "value: 50\n"], finds: "W333 122:1"),
    Slip(
      "the council's revenue in thousands", [town, "value: 10000000\n", "value: 410000\n"],
      finds: "W333 162:1"),
    Slip("revenue just too small", [town, "value: 10000000\n", "value: 599999\n"], finds: "W333 162:1"),
    Slip("a small council", [town, "value: 10000000\n", "value: 600000\n"]),
  ]

  /// 15 places in each of seven year groups are 105, from 525,000 to 12,600,000 pounds. The budget of North is 1,200,000.
  static let ofPlaces = [
    Slip(
      "places of all year groups for those of one", [schemes, "P2,R,15,,600000", "P2,R,105,,600000"],
      finds: "W320 4:51"),
    Slip(
      "forms of entry for places", [schemes, "P2,R,15,,600000", "P2,R,1,,900000"], finds: "W320 4:49"),
    Slip("places just too cheap", [schemes, ",600000,", ",524999,"], finds: "W320 4:50"),
    Slip("cheap places", [schemes, ",600000,", ",525000,"]),
    Slip("dear places", [schemes, ",600000,", ",12600000,"]),
    Slip("places just too dear", [schemes, ",600000,", ",12600001,"], finds: "W320 4:50"),
    Slip("an extra class in spare rooms", [schemes, ",30,,90000,", ",30,,3000,"]),
  ]

  /// North and the boiler have a line each; `south` may start from 2019/20 to 2021/22.
  static let ofApproval = [
    Slip(
      "an approved start without a line",
      [schemes, "40,building,,,assumed", "40,building,,2019/20,assumed"], finds: "W311 4:122"),
    Slip(
      "a line with another name than its scheme",
      [schemes, "Castle School boiler", "Castle school boilers"], finds: "W311 3:1"),
    Slip(
      "a line and a scheme without `School` in its name",
      [schemes, "Castle School boiler", "Castle boiler"], finds: "W311 3:1"),
    Slip(
      "a line and a scheme that have nothing in common", [schemes, "Castle School boiler", "Heating"],
      finds: "W311 3:1", "W311 2:88"),
  ]

  private static let header = "Models/exampleton/model.yaml"

  /// The base year, 2017/18, begins on 1 September 2017.
  static let ofMeetings = [
    Slip(
      "a meeting before the rolls were counted", [header, "meeting: 2018-03-01", "meeting: 2017-08-31"],
      finds: "E014 9:12"),
    Slip("a meeting as the year begins", [header, "meeting: 2018-03-01", "meeting: 2017-09-01"]),
    Slip(
      "spending of a month after the meeting's",
      [header, "meeting: 2018-03-01\n", "meeting: 2018-02-28\n"],
      [header, "months_elapsed: 6", "months_elapsed: 12"],
      finds: "E014 21:19"),
    Slip(
      "spending of the next financial year", [header, "financial_year: 2017/18", "financial_year: 2018/19"],
      finds: "E014 21:19"),
    Slip("spending to the meeting's month", [header, "months_elapsed: 6", "months_elapsed: 12"]),
  ]

  /// Mill Lane's money as received in 2018/19, under a deed of some day.
  private static func received(_ agreed: String) -> [[String]] {
    [[deeds, "mill_lane,20,200000,cash,,2017-06-01,5,,", ",,200000,cash,2018/19,\(agreed),5,,"]]
  }

  static let ofDeeds = [
    Slip("money of the year before its deed", changes: received("2019-04-01"), finds: "E113 2:58"),
    Slip("money of the year of its deed", changes: received("2019-03-31")),
  ]

  /// North is paid for by a quarter in its first year, `south` by a half.
  static let ofSchemes = [
    Slip(
      "a scheme that opens as it starts", [schemes, "1200000,cash,1,", "1200000,cash,0,"],
      finds: "W334 3:63"),
    Slip("a scheme that opens half paid for", [schemes, "600000,cash,1,", "600000,cash,0,"]),
    Slip(
      "a school for a few years", [schemes, "south_primary,,40,building", "south_primary,,9,building"],
      finds: "W334 4:109"),
    Slip(
      "a light building", [schemes, "south_primary,,40,building", "south_primary,,10,building"]),
    Slip(
      "an extra class in a hut", [schemes, "south_primary,,10,small", "south_primary,,4,small"]),
  ]
}

extension Slip {
  fileprivate static let townFlows = data("exampleton-transfer")
  fileprivate static let townRolls = data("exampleton-area-rolls")

  /// Castle's Year 7 of 60 receives 54 of North, and of South's Year 6 of 40 what the share says.
  private static func flows(_ south: String) -> [[String]] {
    [[townFlows, "P1,S1,0.8", "P1,S1,0.9"], [townFlows, "P2,S1,0.2", "P2,S1,\(south)"]]
  }

  static let ofFlows = [
    Slip("flows of 66 into a year group of 60", changes: flows("0.3"), finds: "W337 2:7"),
    Slip("flows of 65 into a year group of 60", changes: flows("0.275"), finds: "W337 2:7"),
    Slip("flows of 64.96 into a year group of 60", changes: flows("0.274")),
    // The flows of the two years before are the same: only the base year's count, which is disturbed, contradicts them.
    Slip(
      "flows that bring too many in a year that is disturbed",
      changes: flows("0.3") + [
        [header, "base_year: 2017/18", "base_year: 2017/18\ndisturbed_years: [2017/18]"],
        [townRolls, "S1,2016/17,7,60", "S1,2016/17,7,66"],
        [townRolls, "S1,2015/16,7,60", "S1,2015/16,7,66"],
      ]),
    // By 12% of the count two years before the newest: 56 pupils, for 50 and for 49.
    Slip(
      "flows of 56 into 49 of long ago", [townRolls, "S1,2015/16,7,60", "S1,2015/16,7,49"], finds: "W337 2:7"),
    Slip("flows of 56 into 50 of long ago", [townRolls, "S1,2015/16,7,60", "S1,2015/16,7,50"]),
    Slip("flows of 56 into 49 before the three years", [townRolls, "S1,2014/15,7,60", "S1,2014/15,7,49"]),
  ]
}

@Suite("Figures that contradict each other")
struct ProportionTests {
  @Test(arguments: Slip.ofFlows)
  func `counted flows bring no more than was counted`(_ slip: Slip) throws {
    #expect(try slip.found().filter { $0.hasPrefix("W337") } == slip.wanted)
  }

  /// North sends 54 and South 12 in each of the three years; in 2016/17 66 are counted, and in 2015/16 58.
  @Test func `each year with flows beyond its count is named`() throws {
    let copy = try ModelCopy()
    try copy.make([
      [Slip.townFlows, "P1,S1,0.8", "P1,S1,0.9"], [Slip.townFlows, "P2,S1,0.2", "P2,S1,0.3"],
      [Slip.townRolls, "S1,2016/17,7,60", "S1,2016/17,7,66"],
      [Slip.townRolls, "S1,2015/16,7,60", "S1,2015/16,7,58"],
    ])
    let warnings = try copy.check().warnings.diagnostics.filter { $0.code == .flowsExceedCount }
    #expect(
      warnings.map(\.what) == [
        "transfer shares bring 66 pupils into Year 7 of Castle (S1) in 2017/18, where 60 were counted; "
          + "66 in 2015/16, where 58 were. In 2017/18 they are 0.9 of North (P1), 54; 0.3 of South (P2), 12"
      ])
  }

  /// More than 4% of the count, and 5 pupils at least; 8% the year before, and 12% two years before.
  @Test(
    arguments: [
      (0, 312, 300, false), (0, 312.1, 300, true), (0, 65, 60, true), (0, 64.9, 60, false), (0, 5, 0, true),
      (1, 324, 300, false), (1, 324.1, 300, true), (2, 336, 300, false), (2, 336.1, 300, true),
    ] as [(Int, Double, Double, Bool)])
  func `a few pupils too many are no contradiction, and in older years more`(
    years: Int, brought: Double, counted: Double, isTooMany: Bool
  ) {
    #expect(isBeyondCount(brought, counted: counted, yearsBefore: years) == isTooMany)
  }

  @Test(arguments: Slip.ofSixthForms)
  func `sixth forms use about the part of the places that they are of the pupils`(_ slip: Slip) throws {
    #expect(try slip.found() == slip.wanted)
  }

  @Test(arguments: Slip.ofWholeAreas)
  func `an area has about as many places as pupils`(_ slip: Slip) throws {
    #expect(try slip.found().filter { $0.hasPrefix("W313") } == slip.wanted)
  }

  /// With half of 1,442 less 0.167, 600.6 places: of 1,036 pupils 863.2 are in Years 7 to 11, as 0.8332 of the county's are.
  @Test func `sixth forms are no pupils of planned places`() throws {
    let copy = try ModelCopy("gloucestershire")
    try copy.replace(Slip.data("gloucestershire-planning-areas-2015"), ",1036,1442", with: ",1036,721")
    let found = try copy.check().warnings.diagnostics.filter { $0.code == .placesOutOfProportion }
    #expect(
      found.map(\.what) == [
        "Newent secondary (9162100) has 600.6 places and 863.2 pupils of Years 7 to 11 in 2014/15"
      ])
  }

  @Test(arguments: Slip.ofCountedChanges)
  func `what the net capacity holds is not added to it`(_ slip: Slip) throws {
    #expect(try slip.found() == slip.wanted)
  }

  @Test(arguments: Slip.ofPlaces)
  func `a permanent place costs about what places cost`(_ slip: Slip) throws {
    #expect(try slip.found() == slip.wanted)
  }

  @Test(arguments: Slip.ofApproval)
  func `schemes and lines of the approved programme meet`(_ slip: Slip) throws {
    #expect(try slip.found() == slip.wanted)
  }

  @Test(arguments: Slip.ofMeetings)
  func `no meeting comes before what it is told of`(_ slip: Slip) throws {
    #expect(try slip.found() == slip.wanted)
  }

  @Test(arguments: Slip.ofDeeds)
  func `a deed is made before it is paid for`(_ slip: Slip) throws {
    #expect(try slip.found() == slip.wanted)
  }

  @Test(arguments: Slip.ofSchemes)
  func `a scheme is built, paid for and used as its kind is`(_ slip: Slip) throws {
    #expect(try slip.found() == slip.wanted)
  }

  @Test(arguments: Slip.ofThousands)
  func `money is not next to nothing`(_ slip: Slip) throws {
    #expect(try slip.found() == slip.wanted)
  }

  /// A grant of 10,000 and a limit of 2,000 in thousands, for schemes that cost 150,000 and more and 43 million together; a gift of
  /// 500,000 for a school of 10 million.
  @Test func `one cheap scheme does not hide what is in thousands`() throws {
    let many = try #require(CostsToPay([150_000, 42_850_000]))
    #expect(many.isNextToNothing(10_000) && many.isNextToNothing(2_000) && !many.isNextToNothing(15_000))
    #expect(many.isUnderAHundredth(1_499) && !many.isUnderAHundredth(1_500))
    let one = try #require(CostsToPay([10_000_000]))
    #expect(!one.isNextToNothing(500_000) && one.isNextToNothing(99_999))
    #expect(CostsToPay([0]) == nil)
  }

  /// Where few stay on, a share may be 0.05 away: North Lincolnshire has 0.0248 of its pupils in Years 12 and 13.
  @Test(
    arguments: [
      (0.167, 0.0248, true), (0.07, 0.0248, false), (0.08, 0.0248, true), (0.0, 0.0248, false),
      (0.167, 0.1635, false), (0.215, 0.1635, false), (0.0248, 0.1635, true),
    ])
  func `the room of sixth forms may differ by half, or by 0.05`(share: Double, rolls: Double, isOdd: Bool) {
    #expect(isUnlikeRolls(sixthForms: share, rolls) == isOdd)
  }

  @Test(arguments: ["exampleton", "gloucestershire", "loneham", "sampleford"])
  func `the models as they are shipped give none of these alarms`(_ model: String) throws {
    let alarms: Set<DiagnosticCode> = [
      .sixthFormsUnlikeRolls, .moneyOutOfProportion, .costOutOfProportion, .schemeFiguresDisagree,
      .approvedMoneyMissing, .flowsExceedCount,
    ]
    let warnings = try ModelCopy(model).check().warnings.diagnostics
    #expect(warnings.allSatisfy { !alarms.contains($0.code) })
  }
}
