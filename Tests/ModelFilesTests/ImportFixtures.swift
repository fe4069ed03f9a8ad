import Diagnostics
import PlacePlanning

@testable import ModelFiles

private let year2013: @Sendable (inout ImportRequest) -> Void = { $0.academicYear = AcademicYear(2013) }
private let prices2018: @Sendable (inout ImportRequest) -> Void = { $0.priceBase = "2018-Q1" }
private let withheld = "withheld or blank, in itself or in a part of its sum"

extension ImportFixture {
  static let all = census + births + capacity + scorecards + others

  private static let census = [
    // Reception: primary 29 + 31, special 1 + 2. Year 1 by its total. Year 8 with a comma.
    ImportFixture(
      file: "census-ees.csv", kind: .census, layout: "ees-year-group", kept: 6,
      setAside: [
        "level: National": 1, "school type: Independent school": 1, "all school types together": 1,
        "a part of a total that is counted": 2, "before Reception": 1,
        "follows no national curriculum year": 1, withheld: 1,
        "all year groups together": 1,
      ], data: "000,EX,2016/17,R,63\n000,EX,2017/18,1,64\n000,EX,2017/18,8,1050"),
    ImportFixture(
      file: "census-ees-bad.csv", kind: .census, layout: "ees-year-group", kept: 1,
      refused: [
        .repeatedKey: 2, .partMissing: 1, .spellingUnknown: 3, .wrongForm: 1, .notANumber: 3, .outOfRange: 1,
        .notWhole: 1,
        .wrongCellCount: 1,
      ], data: "000,EX,2017/18,12,31"),
    // North: Reception 1 + 0 part-time, 14 + 15 full-time; Year 1 15 + 16. South: Reception 10 + 11; its Year 1 has an x.
    ImportFixture(
      file: "census-sex-columns.csv", kind: .census, layout: "spc-sex-columns", kept: 12,
      setAside: [
        "before Reception or beyond Year 13": 8, withheld: 4, "school type: Independent school": 12,
      ],
      data:
        "0002001,North Primary,2013/14,R,30\n0002001,North Primary,2013/14,1,31\n0002002,South Primary,2013/14,R,21",
      change: year2013),
    // One cell of Reception is a word, so the other three are no sum.
    ImportFixture(
      file: "census-sex-columns-bad.csv", kind: .census, layout: "spc-sex-columns", kept: 4,
      setAside: ["before Reception or beyond Year 13": 4],
      refused: [.notANumber: 1, .partMissing: 3, .blankCell: 12],
      data: "0002001,North Primary,2013/14,1,31", change: year2013),
    ImportFixture(
      file: "census-wide.csv", kind: .census, layout: "authority-wide", kept: 4,
      setAside: [withheld: 2, "a total of areas": 3],
      data: "000,EX,2016/17,R,60\n000,EX,2016/17,1,1061\n000,EX,2016/17,2,62\n000,EX,2017/18,R,60",
      others: ["titles above the heading": 1, "blank lines": 2, "notes and headings within the table": 1]),
    ImportFixture(
      file: "census-wide-bad.csv", kind: .census, layout: "authority-wide", kept: 1,
      refused: [.totalDisagrees: 2, .wrongForm: 2, .notANumber: 1], data: "000,EX,2017/18,1,61"),
    ImportFixture(
      file: "census-plain.csv", kind: .census, layout: "plain-rolls", kept: 2,
      data: "000,EX,2017/18,R,60\n000,EX,2017/18,1,61"),
    ImportFixture(
      file: "census-plain-bad.csv", kind: .census, layout: "plain-rolls", kept: 1, setAside: [withheld: 1],
      refused: [.repeatedKey: 2, .blankCell: 1], data: "000,EX,2017/18,3,33"),
  ]

  private static let births = [
    ImportFixture(
      file: "births-components.csv", kind: .births, layout: "ons-components", kept: 3,
      setAside: ["withheld (c)": 1, "a region or country": 2, "outside England": 2],
      data: "E06999999,EX,2012,75\nE06999999,EX,2013,1077\nE07999999,Northgate (synthetic),2012,40"),
    ImportFixture(
      file: "births-components-bad.csv", kind: .births, layout: "ons-components", kept: 1,
      refused: [.repeatedKey: 4, .wrongForm: 2, .notANumber: 1],
      data: "E07999999,Northgate (synthetic),2013,41"),
    ImportFixture(
      file: "births-nomis-table.csv", kind: .births, layout: "nomis-table", kept: 3,
      setAside: ["none or not shown (-)": 1],
      data: "E06999999,EX,2013,75\nE06999999,EX,2014,76\nE07999999,Northgate (synthetic),2013,40",
      others: ["titles above the heading": 1, "blank lines": 2, "notes and headings within the table": 1]),
    ImportFixture(
      file: "births-nomis-table-bad.csv", kind: .births, layout: "nomis-table", kept: 1,
      refused: [.notWhole: 1, .blankCell: 2], data: "E06999999,EX,2014,76"),
    ImportFixture(
      file: "births-nomis-long.csv", kind: .births, layout: "nomis-long", kept: 1,
      setAside: ["a part: Male": 1, "a part: Percent": 1], data: "E06999999,EX,2013,75"),
    ImportFixture(
      file: "births-nomis-long-bad.csv", kind: .births, layout: "nomis-long", kept: 1,
      refused: [.wrongForm: 1], data: "E06999999,EX,2014,76"),
    ImportFixture(
      file: "births-mid.csv", kind: .births, layout: "area-wide", kept: 2,
      data: "E06999999,EX,2012,75\nE06999999,EX,2013,76"),
    ImportFixture(
      file: "births-gla.csv", kind: .births, layout: "gla-births", kept: 2,
      setAside: [
        "calendar years": 1, "a region or country": 1, "a year that ends in another month": 1,
        "measure: monthly_births": 1, "a part: sex female": 1,
      ], data: "E06999999,EX,2012,75\nE06999999,EX,2013,76", change: { $0.birthYear = .midYear }
    ),
    ImportFixture(
      file: "births-gla-bad.csv", kind: .births, layout: "gla-births", kept: 1,
      refused: [.repeatedKey: 2, .dateImpossible: 1, .wrongForm: 1], data: "E06999999,EX,2013,74"),
    ImportFixture(
      file: "births-plain-mid.csv", kind: .births, layout: "plain-births-mid-year", kept: 1,
      data: "000,EX,2012,75"),
    ImportFixture(
      file: "births-plain-mid-bad.csv", kind: .births, layout: "plain-births-mid-year", kept: 1,
      setAside: ["blank, which is not nought": 1], refused: [.wrongForm: 1], data: "000,EX,2014,75"),
    ImportFixture(
      file: "births-plain-calendar.csv", kind: .births, layout: "plain-births-calendar", kept: 1,
      data: "000,EX,2012,75"),
  ]

  private static let capacity = [
    ImportFixture(
      file: "scap-2015.csv", kind: .scap, layout: "scap-2015", kept: 4,
      data: """
        9992001,"North, Primary",999,EX,PS,203,210,,,9990001,
        9992002,South Primary,999,EX,PS,190,210,,,9990001,
        9994001,Castle School,999,EX,SS,600,650,,,,9990011
        9996901,Hill Academy,999,EX,AT,900,1000,420,580,9990001,9990011
        """),
    // 203 + 190 pupils and 210 + 210 + 420 places; the academy's 900 pupils beside them.
    ImportFixture(
      file: "scap-2015.csv", kind: .scap, layout: "scap-2015", kept: 4,
      data: "9990001,primary,999,EX,2,393,1,900,840\n9990011,secondary,999,EX,1,600,1,900,1230",
      change: { $0.byPlanningArea = true }),
    ImportFixture(
      file: "scap-2015-bad.csv", kind: .scap, layout: "scap-2015", kept: 1,
      refused: [.spellingUnknown: 2, .wrongForm: 2, .totalDisagrees: 1, .notANumber: 1, .repeatedKey: 2],
      data: "9992006,Lane Primary,999,EX,PS,100,105,,,9990001,"),
    ImportFixture(
      file: "scap-ees.csv", kind: .scap, layout: "ees-school-capacity", kept: 1,
      setAside: ["level: National": 1], data: "9992001,North Primary,999,EX,PS,200,210,,,9990001,"),
    ImportFixture(
      file: "scap-ees-bad.csv", kind: .scap, layout: "ees-school-capacity", kept: 1,
      refused: [.wrongForm: 1, .outOfRange: 1], data: "9992003,West Primary,999,EX,PS,205,210,,,9990001,"),
  ]

  private static let scorecards = [
    ImportFixture(
      file: "scorecard-cost-2019.csv", kind: .scorecards, layout: "scorecard-cost", kept: 2,
      setAside: ["a single project": 1],
      data: "E92000001,England,2019,primary,new_school,2018-Q1,20508,70,23763\n"
        + "E92000001,England,2019,secondary,permanent_expansion,2018-Q1,23775,144,29815", change: prices2018),
    ImportFixture(
      file: "scorecard-cost-2019-bad.csv", kind: .scorecards, layout: "scorecard-cost", kept: 1,
      refused: [.outOfRange: 1, .spellingUnknown: 1],
      data: "E92000001,England,2019,secondary,permanent_expansion,2018-Q1,23775,144,29815", change: prices2018
    ),
    ImportFixture(
      file: "scorecard-cost-2025.csv", kind: .scorecards, layout: "scorecard-cost", kept: 2,
      data: "999,EX,2025,primary,new_school,2026-Q1,25339.61145,,\n"
        + "E92000001,England,2025,primary,new_school,2026-Q1,25088.72421,70,23763"),
    // The errors of England are test vectors: 58,422 and 79,141 pupils of 4,277,093.
    ImportFixture(
      file: "scorecard-accuracy.csv", kind: .scorecards, layout: "scorecard-accuracy", kept: 5,
      setAside: ["not applicable (z)": 5],
      data: "2025/26,1,E92000001,England,primary,4277093,4335515,\(58_422.0 / 4_277_093)\n"
        + "2025/26,3,E92000001,England,primary,4277093,4356234,\(79_141.0 / 4_277_093)"),
    ImportFixture(
      file: "scorecard-accuracy-bad.csv", kind: .scorecards, layout: "scorecard-accuracy", kept: 3,
      refused: [.totalDisagrees: 2],
      data: "2025/26,1,E92000001,England,primary,4277093,4335515,\(58_422.0 / 4_277_093)"),
    ImportFixture(
      file: "scorecard-accuracy-2019.csv", kind: .scorecards, layout: "scorecard-accuracy-wide", kept: 15,
      setAside: ["not applicable (z)": 5],
      data: """
        2018/19,1,999,EX,primary,205,210,\(5.0 / 205)
        2018/19,1,E92000001,England,primary,4517464,4561554,\(44_090.0 / 4_517_464)
        2018/19,1,E92000001,England,secondary,2839889,2880425,\(40_536.0 / 2_839_889)
        2018/19,3,999,EX,primary,205,210,\(5.0 / 205)
        2018/19,3,E92000001,England,primary,4517464,4637791,\(120_327.0 / 4_517_464)
        2018/19,3,E92000001,England,secondary,2839889,2931623,\(91_734.0 / 2_839_889)
        """),
    // An error of 0.027 is neither 2.66 percent nor, to its last decimal, a share of 0.02664.
    ImportFixture(
      file: "scorecard-accuracy-2019-bad.csv", kind: .scorecards, layout: "scorecard-accuracy-wide", kept: 8,
      refused: [.totalDisagrees: 2],
      data: """
        2018/19,1,E92000001,England,primary,4517464,4561554,\(44_090.0 / 4_517_464)
        2018/19,1,E92000001,England,secondary,2839889,2880425,\(40_536.0 / 2_839_889)
        2018/19,3,E92000001,England,secondary,2839889,2931623,\(91_734.0 / 2_839_889)
        """),
    ImportFixture(
      file: "scorecard-quantity.csv", kind: .scorecards, layout: "scorecard-quantity", kept: 5,
      setAside: ["a change, which follows from the counts": 1, "both phases together": 6],
      data: """
        E92000001,England,2025,primary,actual_pupils,2009/10,3854572
        E92000001,England,2025,primary,capacity,2024/25,4951383
        E92000001,England,2025,primary,need,2027/28,20108
        E92000001,England,2025,primary,spare_percent,2027/28,16.4068
        E92000001,England,2025,primary,spare_places,2027/28,828662.701
        """),
    ImportFixture(
      file: "scorecard-quantity-bad.csv", kind: .scorecards, layout: "scorecard-quantity", kept: 1,
      refused: [.notANumber: 1, .spellingUnknown: 2], data: "999,EX,2025,primary,capacity,2024/25,100"),
    ImportFixture(
      file: "scorecard-quantity-2022.csv", kind: .scorecards, layout: "scorecard-quantity-wide", kept: 2,
      setAside: ["not available (x)": 1, "a change, which follows from the counts": 1],
      data: "999,EX,2022,primary,actual_pupils,2009/10,4000\n999,EX,2022,secondary,actual_pupils,2009/10,3000"
    ),
    ImportFixture(
      file: "need.csv", kind: .scorecards, layout: "ees-place-need", kept: 2,
      setAside: ["level: National": 1, "all year groups together": 1],
      data: "9990001,North,2025/26,R,primary,66,60,0,0,6,6\n9990001,North,2025/26,1,primary,50,60,0,0,-10,0"),
    ImportFixture(
      file: "need-bad.csv", kind: .scorecards, layout: "ees-place-need", kept: 1,
      refused: [.wrongForm: 1, .notANumber: 1], data: "9990001,North,2025/26,2,primary,,,,,6,6"),
  ]

  private static let others = [
    ImportFixture(
      file: "gias.csv", kind: .gias, layout: "gias-establishments", kept: 2,
      setAside: ["not open: Closed": 1, "another authority": 1],
      data:
        "100001,9992001,\"Café, Primary\",999,EX,Community school,Local authority maintained schools,Primary,Open,"
        + "1950-09-01,,210,203,400000,200000\n"
        + "100002,9990007,South Nursery,999,EX,Local authority nursery school,Local authority maintained schools,Nursery,"
        + "\"Open, but proposed to close\",,2019-08-31,,,,", change: { $0.authority = "999" }),
    ImportFixture(
      file: "gias-bad.csv", kind: .gias, layout: "gias-establishments", kept: 1,
      refused: [.wrongForm: 1, .dateImpossible: 2, .spellingUnknown: 1, .outOfRange: 1, .repeatedKey: 2],
      data: "100006,9992006,Good Primary,999,EX,T,G,Primary,Open,,,210,203,,"),
    ImportFixture(
      file: "housing.csv", kind: .housing, layout: "housing-trajectory", kept: 5,
      setAside: ["blank, which is not nought": 1, "a row of totals": 3],
      data: """
        a1,Mill Lane,2018/19,20,given,
        a1,Mill Lane,2019/20,40,given,
        a1,Mill Lane,2020/21,40,given,
        a2,"Land at Hill, Phase 2",2018/19,0,given,
        a2,"Land at Hill, Phase 2",2019/20,30,given,
        """,
      others: ["titles above the heading": 1, "blank lines": 1, "notes and headings within the table": 1]),
    ImportFixture(
      file: "housing-bad.csv", kind: .housing, layout: "housing-trajectory", kept: 3,
      setAside: ["a row of totals": 3],
      refused: [
        .notANumber: 1, .notWhole: 1, .outOfRange: 1, .repeatedKey: 5, .blankCell: 3, .partMissing: 1,
      ],
      data: "a4,Lane End,2018/19,10,given,\na4,Lane End,2019/20,0,given,\na4,Lane End,2020/21,0,given,"),
    // A formula with its value, a blank, an explicit nought, a merged title, a totals row; a sheet of notes before it.
    ImportFixture(
      file: "housing.xlsx", kind: .housing, layout: "housing-trajectory", kept: 5,
      setAside: ["blank, which is not nought": 1, "a row of totals": 3],
      data: """
        a1,Mill Lane,2018/19,20,given,
        a1,Mill Lane,2019/20,40,given,
        a1,Mill Lane,2020/21,40,given,
        a2,"Hill, North",2018/19,0,given,
        a2,"Hill, North",2020/21,30,given,
        """),
    // A formula that was never calculated, an error, and 60 homes merged over three years.
    ImportFixture(
      file: "housing-bad.xlsx", kind: .housing, layout: "housing-trajectory", kept: 3,
      refused: [.notANumber: 5, .partMissing: 1],
      data: "a3,Lane End,2018/19,10,given,\na3,Lane End,2019/20,0,given,\na3,Lane End,2020/21,0,given,"),
  ]
}
