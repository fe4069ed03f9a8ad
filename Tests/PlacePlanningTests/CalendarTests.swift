import PlacePlanning
import TestSupport
import Testing

struct AcademicYearTests {
  @Test(
    "reads its own form",
    arguments: [
      ("2017/18", 2017), ("1999/00", 1999), ("2009/10", 2009), ("2099/00", 2099), ("1900/01", 1900),
      ("2199/00", 2199),
    ])
  func reads(label: String, start: Int) {
    let year = AcademicYear(label: label)
    #expect(year == AcademicYear(start))
    #expect(year?.label == label && year?.description == label)
  }

  @Test(
    "reads nothing else",
    arguments: [
      "", "2017", "2017/", "/18", "2017/19", "2017/17", "2017/2018", "17/18", "2017-18", "2017/18 ",
      " 2017/18", "2017/1８", "+017/18", "2017/+8", "2017/18/19", "2017//18", "20a7/18", "1999/100",
      "0000/01", "1899/00", "2200/01", "9999/00",
    ])
  func refuses(label: String) {
    #expect(AcademicYear(label: label) == nil)
  }

  @Test("counts in years")
  func arithmetic() {
    let year = AcademicYear(2017)
    #expect(year + 3 == AcademicYear(2020) && year - 3 == AcademicYear(2014))
    #expect(AcademicYear(2020) - year == 3 && year - AcademicYear(2020) == -3)
    #expect(year < AcademicYear(2018) && !(year < year))
  }
}

struct CalendarDateTests {
  @Test(
    "reads its own form",
    arguments: [
      ("2018-03-15", "15 March 2018"), ("2016-02-29", "29 February 2016"),
      ("2000-02-29", "29 February 2000"), ("2018-12-31", "31 December 2018"),
      ("2018-01-01", "1 January 2018"),
    ])
  func reads(label: String, long: String) {
    #expect(CalendarDate(label: label)?.label == label)
    #expect(CalendarDate(label: label)?.longLabel == long)
  }

  @Test(
    "reads no day that does not exist, and no other form",
    arguments: [
      "2017-02-29", "1900-02-29", "2018-04-31", "2018-06-31", "2018-09-31", "2018-11-31", "2018-13-01",
      "2018-00-10", "2018-01-00", "2018-01-32", "2018-1-1", "18-01-01", "2018/01/01", "2018-01-01T00", "",
      "2018-01", "-2018-01-01", "2018--1-01", "15 March 2018",
    ])
  func refuses(label: String) {
    #expect(CalendarDate(label: label) == nil)
  }

  @Test("earlier dates come first")
  func order() throws {
    let dates = ["2017-12-31", "2018-01-01", "2018-01-02", "2018-02-01"]
    let read = dates.compactMap { CalendarDate(label: $0) }
    #expect(read.reversed().sorted().map(\.label) == dates)
  }
}

struct YearGroupTests {
  @Test("R and 1 to 13, exactly")
  func labels() {
    #expect(YearGroup.all.map(\.label) == ["R"] + (1...13).map(String.init))
    for yearGroup in YearGroup.all { #expect(YearGroup(label: yearGroup.label) == yearGroup) }
    for label in ["", "r", "0", "00", "01", "14", "-1", "+7", " 7", "7 ", "Year 7", "N1", "Reception", "７"] {
      #expect(YearGroup(label: label) == nil, "\(label)")
    }
    #expect(YearGroup(number: -1) == nil && YearGroup(number: 14) == nil)
  }

  @Test("names, order and the year group before")
  func neighbours() {
    #expect(YearGroup.reception.name == "Reception" && YearGroup.year7.name == "Year 7")
    #expect(YearGroup.reception.previous == nil && YearGroup.year7.previous == .year6)
    #expect(YearGroup.all.sorted() == YearGroup.all && YearGroup.year6 < .year7)
  }

  @Test("phases and areas hold their year groups")
  func phases() {
    #expect(Phase.primary.yearGroups.map(\.number) == Array(0...6))
    #expect(Phase.secondary.yearGroups.map(\.number) == Array(7...11))
    #expect(Phase.sixthForm.yearGroups.map(\.number) == [12, 13])
    #expect(Phase.allCases.map(\.entryYearGroup.number) == [0, 7, 12])
    #expect(AreaPhase.primary.yearGroups.map(\.number) == Array(0...6))
    #expect(AreaPhase.secondary.yearGroups.map(\.number) == Array(7...13))
    #expect(AreaPhase.secondary.plannedYearGroups.map(\.number) == Array(7...11))
    #expect(AreaPhase.primary.plannedYearGroups.map(\.number) == Array(0...6))
    #expect(AreaPhase.allCases.map(\.entryYearGroup) == [.reception, .year7])
  }

  @Test("thirty places are a form of entry")
  func forms() {
    #expect(FormsOfEntry(places: 45).forms == 1.5)
    #expect(FormsOfEntry(places: 30) == FormsOfEntry(1) && FormsOfEntry(places: 29) < FormsOfEntry(1))
  }

  @Test(
    "a financial year begins in April",
    arguments: [
      ("2018-03-31", "2017/18"), ("2018-04-01", "2018/19"), ("2018-12-31", "2018/19"),
      ("2019-01-01", "2018/19"),
    ])
  func financialYear(_ day: String, _ label: String) throws {
    #expect(FinancialYear(of: try #require(CalendarDate(label: day))).label == label)
  }
}
