import PlacePlanning
import Runs
import Testing

@testable import Papers

/// Charts in words.
@Suite struct ChartWordsTests {
  @Test func `names that hold a comma or an and are set apart`() {
    #expect(listedApart([]) == "none")
    #expect(listedApart(["Dursley and Wotton"]) == "Dursley and Wotton")
    #expect(listedApart(["a", "b", "c"]) == "a, b and c")
    #expect(listedApart(["£1,000", "£2,000"]) == "£1,000 and £2,000")
    #expect(listedApart(["Dursley and Wotton", "Stroud"]) == "Dursley and Wotton; and Stroud")
    #expect(listedApart(["a", "b, c", "d"]) == "a; b, c; and d")
  }

  @Test(
    arguments: [
      ([], "in no year"), ([0, 0], "in no year"), ([1, 1], "in every year"), ([0, 1], "in 2019/20"),
      ([0, 1, 1], "from 2019/20 on"), ([1, 0, 1], "in 2018/19 and in 2020/21"),
      ([1, 1, 0, 1, 1, 1], "from 2018/19 to 2019/20 and from 2021/22 on"),
      ([0.4, 0.6], "in 2019/20"),
      ([1, 0, 1, 0, 1, 0, 1, 0], "in 4 of 8 years, first in 2018/19 and last in 2024/25"),
    ])
  func `years in which one line is above another`(_ more: [Double], words: String) {
    let pairs = more.enumerated().map { YearPair((AcademicYear(2018) + $0).label, 100 + $1, 100) }
    #expect(yearsAbove(pairs) == words)
  }

  /// Hester's Way of 2024/25, Hatherley of 2023/24, and two that only round apart.
  @Test func `above as the text beside the chart counts what is short`() {
    #expect(yearsAbove([("2024/25", 266.43, 265.71)]) == "in every year")
    #expect(yearsAbove([("2023/24", 403.15, 402.71)]) == "in no year")
    #expect(yearsAbove([("2023/24", 100.51, 100.49)]) == "in no year")
  }

  @Test func `what is above at the end comes first`() {
    func line(_ name: String, _ values: Double...) -> (name: String, points: [(year: String, value: Double)])
    {
      (name, values.enumerated().map { (year: (AcademicYear(2018) + $0).label, value: $1) })
    }
    #expect(whichIsAbove(line("A", 1, 2, 3), line("B", 3, 1, 1)) == "A is above B from 2019/20 on")
    #expect(whichIsAbove(line("A", 1, 1), line("B", 3, 3)) == "B is above A in every year")
    #expect(whichIsAbove(line("A", 1, 3), line("B", 3, 3)) == "B is above A in 2018/19")
    #expect(whichIsAbove(line("A", 3, 3), line("B", 3, 3)) == "A is above B in no year")
  }

  @Test func `ends and turns of a line`() {
    func words(_ values: Double...) -> String {
      endsAndTurns(values.enumerated().map { (year: 2006 + $0, value: $1) })
    }
    #expect(words(1152, 1431, 1270) == "1,152 to 1,270, at most 1,431 (2007)")
    #expect(words(3, 1, 2) == "3 to 2, at least 1 (2007)")
    #expect(words(2, 1, 3, 2) == "2 at both ends, between 1 (2007) and 3 (2008)")
    #expect(words(1, 2) == "1 to 2")
    #expect(words(7) == "7")
  }

  @Test func `counts of years past`() throws {
    let writer = PaperWriter(try SharedRun.town.get().content, for: .demographic)
    func line(_ name: String, _ counts: Double...) -> (
      name: String, points: [(year: AcademicYear, value: Double)]
    ) {
      (name, counts.enumerated().map { (year: AcademicYear(2015) + $0, value: $1) })
    }
    #expect(writer.countedInWords([line("", 98)]) == "")
    #expect(writer.countedInWords([line("", 90, 95)]) == " Counted: from 90 in 2015/16 to 95 in 2016/17.")
    #expect(
      writer.countedInWords([line("A", 98, 99, 98), line("B", 100, 110, 120), line("C", 7, 7, 7)])
        == " Counted: A 98 in both 2015/16 and 2017/18, at most 99 in 2016/17; B from 100 to 120; C 7 in both years."
    )
  }

  @Test func `alternative texts of the county say what the charts show`() throws {
    let papers = try SharedRun.county.get().papers
    let figures = Dictionary(uniqueKeysWithValues: papers.flatMap(\.figures).map { ($0.id, $0.alternative) })
    func text(_ id: String) throws -> String { try #require(figures[id]) }
    for (id, text) in figures {
      #expect(text.split(separator: " ").count <= 75, "\(id): \(text)")
    }
    #expect(
      try text("intake-chart-0").hasPrefix(
        "Line chart with shaded ranges. Counted: from 6,173 in 2011/12 to 6,786 in 2017/18, at most 6,941 in 2016/17. "
          + "From 2017/18 to 2027/28 the middle path of Reception goes from"))
    #expect(
      try text("intake-chart-0").hasSuffix(
        " In 2027/28, 8 in 10 futures lie between 5,609 and 7,981, 19 in 20 between 5,114 and 8,742."))
    #expect(try text("county-chart").contains("; Year 7 from 6,319 to 6,656. From 2017/18"))
    #expect(try text("county-chart").hasSuffix(" Year 7 is above Reception in 2011/12 and from 2018/19 on."))
    #expect(
      try text("areas-chart-secondary").contains("; Dursley and Wotton secondary; Cheltenham secondary; and ")
    )
    #expect(
      try text("pressure-chart-9162500").hasSuffix(" The published need reaches from 1,169 to 1,229 pupils."))
    #expect(
      try text("area-chart-9162500").contains(" Places stay at 989; pupils are above them in every year."))
    #expect(try text("programme-chart").contains("; and 7 more, from £1.2 million down to £265,000."))
    #expect(try text("funding-chart").contains("; nothing in 2027/28. Parts of each bar, from the foot"))
  }
}
