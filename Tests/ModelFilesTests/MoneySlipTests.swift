import TestSupport
import Testing

@testable import ModelFiles

extension Slip {
  static let limits = data("exampleton-borrowing")
  private static let spending = data("exampleton-spending")
  private static let places = data("exampleton-places")

  /// The town's schemes cost 90,000, 100,000, 600,000 and 1,200,000: five times all is 9,950,000. The other sums of `north_grant` are 300,000
  /// and those of `general` 360,000.
  static let ofTooMuch = [
    Slip(
      "a grant with noughts too many", [receipts, "2019/20,700000", "2019/20,9650001"], finds: "W333 6:21"),
    Slip("a large grant", [receipts, "2019/20,700000", "2019/20,9650000"]),
    Slip("a limit with noughts too many", [limits, ",300000,", ",9950001,"], finds: "W333 2:9"),
    Slip("a large limit", [limits, ",300000,", ",9950000,"]),
    Slip(
      "a ceiling above what all schemes cost", [limits, ",300000,", ",300000,1990001"], finds: "W333 2:16"),
    Slip("a high ceiling", [limits, ",300000,", ",300000,1990000"]),
    // The approved programme takes 200,000 of it.
    Slip(
      "a deed that brings the sum for two homes", [deeds, "mill_lane,20,200000", "mill_lane,20,4999"],
      finds: "W335 2:52", "W333 2:49"),
    Slip(
      "a deed of 50 pounds a home", [deeds, "mill_lane,20,200000", "mill_lane,20,5000"], finds: "W335 2:52"),
    Slip("a deed of 50,000 pounds a home", [deeds, "mill_lane,20,200000", "mill_lane,20,5000000"]),
    Slip(
      "a deed of more for each of 100 homes", [deeds, "mill_lane,20,200000", "mill_lane,20,5000001"],
      finds: "W333 2:49"),
    // It may pay for `north`, which costs 1,200,000.
    Slip(
      "a deed without a site of more than ten times its schemes",
      [deeds, "mill_lane,20,200000,cash,,2017-06-01", ",,12000001,cash,2018/19,2017-06-01"],
      finds: "W333 2:38"),
    Slip(
      "a large deed without a site",
      [deeds, "mill_lane,20,200000,cash,,2017-06-01", ",,12000000,cash,2018/19,2017-06-01"]),
    Slip(
      "money to be spent within no year", [deeds, "2017-06-01,5,", "2017-06-01,0,"], finds: "E113 2:73"),
    Slip(
      "a pot that pays for no part", [data("exampleton-funding-pots"), "boiler,0.4", "boiler,0"],
      finds: "E113 2:74"),
  ]

  /// The town's lines together, with so much spent.
  private static func totals(_ spent: String) -> String {
    "Total,850000,1000000,\(spent),920000,1700000,1730000,,,,Of all\n"
  }

  /// The approved programme is 1,300,000 in all. North's budget is 600,000, revised from 500,000, with 450,000 expected in the year.
  static let ofSpending = [
    Slip("a budget above ten programmes", [spending, ",600000,", ",13000001,"], finds: "W333 2:32"),
    Slip("a budget above its scheme", [spending, ",600000,", ",13000000,"], finds: "W343 2:32"),
    Slip(
      "more than ten budgets spent", [spending, "600000,150000,450000", "14999,150000,450000"],
      finds: "W333 2:38"),
    Slip("a final account", [spending, "600000,150000,450000", "9999,99999,450000"]),
    Slip("an approved budget in thousands", [spending, ",500000,", ",500,"], finds: "W333 2:29"),
    Slip(
      "an outturn in thousands", [spending, "600000,150000,450000", "600000,300,2000"],
      finds: "W333 2:43"),
    Slip("a scheme put off", [spending, "600000,150000,450000", "600000,300,2001"]),
    Slip(
      "a change of scope above its scheme", [spending, ",10000,", ",130001,"], finds: "W333 3:63"),
    Slip("a large change of scope", [spending, ",10000,", ",-130000,"]),
    Slip(
      "a row of totals", [spending, "in the spring\n", "in the spring\n" + totals("400000")],
      finds: "W342 5:1"),
    Slip("a line of other money", [spending, "in the spring\n", "in the spring\n" + totals("400001")]),
    Slip(
      "a total in thousands", [spending, "1200000,1200000", "1200,1200000"], finds: "W338 2:53", "W333 2:58"),
  ]

  static let ofGaps = [
    Slip(
      "a year without borrowing", [limits, "2019/20,300000,", "2019/20,300000,\n2021/22,300000,"],
      finds: "W345 3:1"),
    Slip("years in a row", [limits, "2019/20,300000,", "2019/20,300000,\n2020/21,300000,"]),
    Slip("one year with borrowing", [limits, "2019/20,300000,", "2021/22,300000,"]),
    Slip(
      "a year without a ceiling",
      [limits, "2019/20,300000,", "2019/20,300000,900\n2020/21,300000,\n2021/22,300000,900"],
      finds: "W345 4:16"),
    Slip(
      "a year without a row has no ceiling either",
      [limits, "2019/20,300000,", "2019/20,300000,900\n2021/22,300000,900"], finds: "W345 3:1"),
    Slip(
      "a ceiling of nought where money may be borrowed",
      [limits, "2019/20,300000,", "2019/20,300000,0\n2020/21,300000,900"], finds: "W351 2:16"),
    Slip(
      "a ceiling of nought after it",
      [limits, "2019/20,300000,", "2019/20,300000,900\n2020/21,0,0"], finds: "W351 3:11"),
    Slip(
      "a ceiling of nought before it", [limits, "2019/20,300000,", "2018/19,0,0\n2019/20,300000,900"]),
    Slip(
      "ceilings from some year on",
      [limits, "2019/20,300000,", "2019/20,300000,\n2020/21,300000,900\n2021/22,300000,900"]),
    Slip(
      "a year without a grant between three with one",
      [receipts, "general,2018/19,60000\n", "general,2018/19,60000\ngeneral,2021/22,1\n"], finds: "W345 5:9"),
    Slip(
      "a grant in four years in a row",
      [
        receipts, "general,2018/19,60000\n",
        "general,2018/19,60000\ngeneral,2019/20,0\ngeneral,2021/22,1\n",
      ]),
  ]

  private static let net = [
    [
      schema("exampleton-planning-areas"), "key:",
      "  net_capacity: { type: count, unit: places, optional: yes }\nkey:",
    ],
    [data("exampleton-planning-areas"), "district\n", "district,net_capacity\n"],
    [data("exampleton-planning-areas"), "primary,Northgate", "primary,Northgate,420"],
    [data("exampleton-planning-areas"), "primary,Southgate", "primary,Southgate,"],
    [data("exampleton-planning-areas"), "secondary,Northgate", "secondary,Northgate,"],
    [data("exampleton-planning-areas"), "secondary,Southgate", "secondary,Southgate,"],
    [
      "Models/exampleton/assumptions/all.yaml", "# Invented.\n",
      "capacity.sixth_form_share:\n  title: Sixth forms\n  unit: share\n  value: 0.15\n"
        + "  source: places-project\n  mark: assumed\n  quality: red\n  impact: amber\n",
    ],
  ]

  /// Reception of North has 60 places.
  static let ofAreas = [
    Slip(
      "a lost row beside a net capacity", changes: net + [[places, "P1,6,60,assumed\n", ""]],
      finds: "W346 2:1"),
    Slip("a net capacity that nothing needs", changes: net),
    Slip(
      "an admission number beside a net capacity",
      changes: net + [[places, (1...6).map { "P1,\($0),60,assumed\n" }.joined(), ""]]),
    Slip(
      "a change of more than a school has", [changes, "R,15,2019/20", "R,121,2019/20"], finds: "W313 2:16"),
    Slip("a new school of more places than there are", [changes, "R,15,2019/20", "R,120,2019/20"]),
  ]

  private static let all = "Models/exampleton/assumptions/all.yaml"

  private static func background(_ homes: String) -> [String] {
    [
      all, "North\n  unit: dwellings/year\n  value: 10",
      "North\n  unit: dwellings/year\n  value: \(homes)",
    ]
  }

  /// Mill Lane finishes 40 homes in a year at the most.
  static let ofRates = [
    Slip("a background of all new homes", background("40"), finds: "W321 42:1"),
    Slip("a high background", background("39")),
    Slip("half of all places to be kept free", [all, "value: 0.05", "value: 0.31"], finds: "E014 10:1"),
  ]

  /// 6 forms are 180 places in one year group; 8 forms in five are 1,200, and in seven 1,680.
  static let ofNeed = [
    Slip("places of 8 forms in five years", in: "gloucestershire", [need, ",1200,2021/22", ",1200,2021/22"]),
    Slip(
      "places with sixth forms", in: "gloucestershire", [need, ",1200,2021/22", ",1680,2021/22"]),
    Slip(
      "places of more", in: "gloucestershire", [need, ",1200,2021/22", ",1681,2021/22"], finds: "W313 2:15"),
    Slip("places of 6 forms in one year", in: "gloucestershire", [need, ",1200,2021/22", ",180,2021/22"]),
    Slip(
      "places of fewer", in: "gloucestershire", [need, ",1200,2021/22", ",179,2021/22"], finds: "W313 2:15"),
  ]
}

@Suite("Money and places that are slips")
struct MoneySlipTests {
  @Test(arguments: Slip.ofTooMuch)
  func `money is not many times what schemes cost`(_ slip: Slip) throws {
    #expect(try slip.found() == slip.wanted)
  }

  @Test(arguments: Slip.ofSpending)
  func `the figures of a line of spending are all in pounds`(_ slip: Slip) throws {
    // Whether a reason is given beside them is another matter.
    #expect(try slip.found().filter { !$0.hasPrefix("W305") } == slip.wanted)
  }

  @Test(arguments: Slip.ofGaps)
  func `a series passes over no year`(_ slip: Slip) throws {
    #expect(try slip.found() == slip.wanted)
  }

  @Test(arguments: Slip.ofAreas)
  func `places are those of one year group, from one source`(_ slip: Slip) throws {
    #expect(try slip.found() == slip.wanted)
  }

  @Test(arguments: Slip.ofRates)
  func `rates leave something`(_ slip: Slip) throws {
    #expect(try slip.found() == slip.wanted)
  }

  @Test(arguments: Slip.ofNeed)
  func `a published need agrees with its forms of entry`(_ slip: Slip) throws {
    #expect(try slip.found().filter { $0.hasPrefix("W313") } == slip.wanted)
  }
}
