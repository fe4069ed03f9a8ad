import Diagnostics
import Testing

@testable import ModelFiles

/// Sites and their homes, when a year cannot be read.
@Suite struct TrajectoryTests {
  private func imported(_ text: String, bySite: Bool) throws -> ImportedDataset {
    try importText(.housing, text) { $0.bySite = bySite }
  }

  private static func text(_ cell: String) -> String {
    """
    Ref,Site,dwelling_type,primary_planning_area_code,secondary_planning_area_code,2018/19,2019/20
    A1,Mill Lane,all,P1,S1,20,40
    A2,Hill,all,P1,S1,10,\(cell)

    """
  }

  /// The last cell of the second site, the codes of its refusals, and figures set aside.
  @Test(arguments: [
    ("-50", "E113 E416", 0), ("fifty", "E110 E416", 0), ("12.5", "E111 E416", 0), ("c", "E416", 1),
  ])
  func `a site without one of its years has no total`(_ cell: String, _ codes: String, _ aside: Int) throws {
    let dataset = try imported(Self.text(cell), bySite: true)
    #expect(try dataset.lines() == ["a1,Mill Lane,all,60,P1,S1"])
    let account = dataset.accounts[0]
    #expect(account.closes && account.all == 4 && account.kept == 2)
    #expect(account.refusedInOrder.map(\.code.rawValue).joined(separator: " ") == codes)
    #expect(account.setAside.values.reduce(0, +) == aside)
    let last = dataset.refusals.diagnostics.first { $0.code == .partMissing }
    #expect(last?.what == "the homes of 'Hill' are not known for 2019/20")
  }

  /// Hill's last year: a model would see no gap, and ten homes for all.
  @Test(arguments: ["-50", "fifty", "12.5", "c"])
  func `nor does it come by year`(_ cell: String) throws {
    let dataset = try imported(Self.text(cell), bySite: false)
    #expect(try dataset.lines() == ["a1,Mill Lane,2018/19,20,given,", "a1,Mill Lane,2019/20,40,given,"])
    let account = dataset.accounts[0]
    #expect(account.closes && account.kept == 2 && account.refusedByCode[.partMissing] == 1)
  }

  /// As a spreadsheet shows nought.
  @Test(arguments: ["-", " - "])
  func `a dash is a year without a figure, and refuses no site`(_ cell: String) throws {
    let dataset = try imported(Self.text(cell), bySite: false)
    #expect(try dataset.lines().last == "a2,Hill,2018/19,10,given,")
    #expect(dataset.refusals.diagnostics.isEmpty)
    let account = dataset.accounts[0]
    #expect(account.closes && account.kept == 3 && account.setAside.values.reduce(0, +) == 1)
    #expect(try imported(Self.text(cell), bySite: true).lines().last == "a2,Hill,all,10,P1,S1")
  }

  /// A site without a home is in neither table, and both say so; its stated total is still compared.
  @Test(arguments: [false, true])
  func `a site without a home is left out by site and by year`(_ bySite: Bool) throws {
    let text = """
      Ref,Site,Total,dwelling_type,primary_planning_area_code,secondary_planning_area_code,2018/19,2019/20
      A1,Mill Lane,60,all,P1,S1,20,40
      A2,Hill,50,all,P1,S1,0,0
      A3,Dale,0,all,P1,S1,0,

      """
    let dataset = try imported(text, bySite: bySite)
    #expect(try dataset.lines().allSatisfy { $0.hasPrefix("a1,Mill Lane,") })
    #expect(dataset.rows == (bySite ? 1 : 2))
    let account = dataset.accounts[0]
    #expect(account.closes && account.notes == ["sites left out, of which no year has a home: a2, a3"])
    #expect(codes(dataset.warnings) == ["W412 3"])
  }

  @Test func `a blank year is named, an explicit nought is not`() throws {
    let blank = try imported(Self.text(""), bySite: true)
    #expect(try blank.lines() == ["a1,Mill Lane,all,60,P1,S1", "a2,Hill,all,10,P1,S1"])
    #expect(
      blank.accounts[0].notes == ["sites with blank years, whose total is that of their other years: 1"])
    let nought = try imported(Self.text("0"), bySite: true)
    #expect(try nought.lines() == blank.lines())
    #expect(nought.accounts[0].notes.isEmpty)
  }

  /// 20, 10 and 5 homes; 30 and 15 in the next year.
  @Test(arguments: [
    ("All,35,45", ["W342 5"]), ("All,35,44", []), ("All,35,", []), ("Total,35,45", []),
  ])
  func `a site that is the sum of all others`(_ row: String, _ wanted: [String]) throws {
    let text = "Site,2018/19,2019/20\nMill Lane,20,30\nHill,10,15\nDale,5,\n\(row)\n"
    #expect(codes(try imported(text, bySite: false).warnings) == wanted)
    let two = "Site,2018/19,2019/20\nMill Lane,20,30\nHill,20,30\n"
    #expect(try imported(two, bySite: false).warnings.diagnostics.isEmpty)
  }

  @Test func `a trajectory without a home is no data set`() throws {
    let list = try faults { _ = try imported("Site,2018/19,2019/20\nHill,0,0\n", bySite: false) }
    #expect(list.diagnostics.map(\.code) == [.nothingKept])
  }

  /// Headings behind the first year, which no year has; each is refused at its place.
  @Test(arguments: [
    "Year 1", "Yr2", "Y3", "Years 6-10", "0-5 years", "FY19/20", "FY 2019", "Period 3", "year to March 2019",
    "31/03/2019", "Mar-19", "post 2031", "later years", "Later", "2019/20+", "2019/20 onwards",
  ])
  func `a heading that may be a year's is refused`(_ heading: String) throws {
    let text = "Site,2018/19,\(heading)\nMill Lane,10,20\n"
    let list = try faults { _ = try imported(text, bySite: false) }
    #expect(codes(list) == ["E412 1:14"])
  }

  /// Headings that planning registers use of a site, not of a year.
  @Test(arguments: [
    "Deliverable in 5 years", "Deliverable within 5 years", "Later living units", "From 2018",
  ])
  func `a heading that describes a site is left out`(_ heading: String) throws {
    let text = "Site,\(heading),2018/19\nMill Lane,yes,20\n"
    _ = try imported(text, bySite: false)
  }

  @Test func `figures between two years are refused whatever their heading, words are not`() throws {
    let figures = "Site,2018/19,Next,2019/20\nHill,5,,6\nMill Lane,10,20,30\n"
    let list = try faults { _ = try imported(figures, bySite: false) }
    #expect(codes(list) == ["E412 3:14"])
    let words = "Site,Year granted,2018/19,Status,2019/20,Ward,Remaining\nHill,2016,5,agreed,6,North,0\n"
    let kept = try imported(words, bySite: false).lines()
    #expect(kept == ["hill,Hill,2018/19,5,given,", "hill,Hill,2019/20,6,given,"])
  }

  @Test func `a site that stands twice is refused twice, one of them spoilt or not`() throws {
    let text = Self.text("fifty") + "A2,Hill,all,P1,S1,10,50\n"
    let dataset = try imported(text, bySite: true)
    #expect(try dataset.lines() == ["a1,Mill Lane,all,60,P1,S1"])
    #expect(dataset.accounts[0].refusedByCode == [.notANumber: 1, .repeatedKey: 3])
  }
}
