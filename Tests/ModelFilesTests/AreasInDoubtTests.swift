import Diagnostics
import Testing

@testable import ModelFiles

/// Schools added up by planning area, when not all of them can be.
@Suite struct AreasInDoubtTests {
  private static let header =
    "LAEstab,LA1,estab1,LAname,Schoolname,Phase,MAYNOR,Netcapacity (1),PrimaryCapacity (2),SecondaryCapacity (2),"
    + "Primary PA code (2),Secondary PA code (2),Main Phase,Unnamed: 13\n"
  private static let sound =
    header + """
      9992001,999,2001,Shire,North,PS,203,210,,,9990001.0,,PRI,
      9992002,999,2002,Shire,South,PS,190,210,,,9990001.0,,PRI,
      9992003,999,2003,Shire,West,PS,100,105,,,9990002.0,,PRI,
      9994001,999,4001,Shire,Castle,SS,600,650,,,,9990011.0,SEC,

      """
  /// 203 + 190 pupils and 210 + 210 places.
  private static let first = "9990001,primary,999,Shire,2,393,0,0,420"
  private static let firstBlank = "9990001,primary,999,Shire,,,,,"
  private static let others = [
    "9990002,primary,999,Shire,1,100,0,0,105", "9990011,secondary,999,Shire,1,600,0,0,650",
  ]

  private func imported(
    _ rows: String, second: String? = nil, authority: String? = nil
  ) throws -> ImportedDataset {
    func change(_ request: inout ImportRequest) {
      request.byPlanningArea = true
      request.authority = authority
    }
    guard let second else { return try importTexts(.scap, ["s.csv": Self.sound + rows], change) }
    return try importTexts(.scap, ["s.csv": Self.sound + rows, "t.csv": Self.header + second], change)
  }

  @Test func `areas whose schools are all kept have their sums`() throws {
    let dataset = try imported("")
    #expect(try dataset.lines() == [Self.first] + Self.others)
    #expect(dataset.accounts[0].notes.isEmpty)
  }

  @Test func `schools of both phases, whose pupils no area counts, are told`() throws {
    let parted = "9996901,999,6901,Shire,Hill,AT,900,1000,420,580,9990001.0,9990011.0,SEC,\n"
    let whole = "9996902,999,6902,Shire,Vale,PS,50,60,,,9990002.0,9990011.0,PRI,\n"
    let notes = try imported(parted + whole).accounts[0].notes
    #expect(
      notes == [
        "2 of the schools lie in areas of both phases; their 950 pupils stand in roll_of_both_phases alone: 9996901, 9996902",
        "schools of both phases without the two parts of their capacity, so that their areas have no net_capacity: 9996902",
      ])
    #expect(try imported(parted).accounts[0].notes.count == 1)
  }

  /// One school more of the first area, or the same twice, that cannot be kept.
  @Test(arguments: [
    "999 2009,999,2009,Shire,Lane,PS,100,105,,,9990001.0,,PRI,\n",
    "9992009,999,2009,Shire,Lane,PS,100,105,,,9990001.0,,PRI,\n9992009,999,2009,Shire,Lane,PS,90,105,,,9990001.0,,PRI,\n",
    // A comma in the name has moved the planning area to the next column.
    "9992009,999,2009,Shire,Lane,Upper,PS,100,105,,,9990001.0,,PRI\n",
    "9992009,999,2009,Shire,Lane,PS,many,105,,,9990001.0,,PRI,\n",
    "9992009,999,2009,Shire,Lane,PS,,105,,,9990001.0,,PRI,\n",
    "9992009,999,2009,Shire,Lane,PS,100,105,,,9990001.0\n",
    "9992009,99 9,2009,Shire,Lane,PS,100,105,,,9990001.0,,PRI,\n",
  ])
  func `an area of which a school is left out has no sums`(_ row: String) throws {
    for authority in [nil, "999"] {
      let dataset = try imported(row, authority: authority)
      #expect(try dataset.lines() == [Self.firstBlank] + Self.others)
      #expect(
        dataset.accounts[0].notes == [
          "planning areas without sums, of which a school was refused or left out: 9990001"
        ])
      #expect(dataset.accounts[0].closes)
      #expect(try dataset.text("README.md").contains("school is left has no row. 9990001."))
    }
  }

  @Test func `a refused school that does not say its area is named`() throws {
    let dataset = try imported("9992009,999,2009,Shire,Lane,PS,100,105,,,99,,PRI,\n")
    #expect(try dataset.lines() == [Self.first] + Self.others)
    #expect(
      dataset.accounts[0].notes == [
        "refused schools that do not say their planning area, so that any sum may lack them: lines 6"
      ])
  }

  @Test func `an area that two authorities share has no sums for one of them alone`() throws {
    let text =
      "8882001,888,2001,Next,Far,PS,50,60,,,9990001.0,,PRI,\n9992009,999,2009,Shire,Lane,PS,100,105,,,8880001.0,,PRI,\n"
    #expect(
      try imported(text, authority: "999").lines() == ["8880001,primary,888,,,,,,", Self.firstBlank]
        + Self.others)
    // Both authorities together: 203 + 190 + 50 pupils.
    #expect(
      try imported(text).lines() == [
        "8880001,primary,888,Next,1,100,0,0,105", "9990001,primary,999,Shire,3,443,0,0,480",
      ] + Self.others)
  }

  @Test func `an area is named under the file that has its school`() throws {
    let next = "9992009,999,2009,Shire,Lane,PS,100,105,,,8880001.0,,PRI,\n"
    let dataset = try imported("", second: next, authority: "999")
    #expect(dataset.accounts.map(\.file.file) == ["s.csv", "t.csv"])
    #expect(
      dataset.accounts.map(\.notes) == [
        [], ["planning areas without sums, of which a school was refused or left out: 8880001"],
      ])
    // A school of the area in both files: named once, under the first.
    let both = try imported(
      "9992008,999,2008,Shire,Mill,PS,50,60,,,8880001.0,,PRI,\n", second: next, authority: "999")
    #expect(both.accounts.map(\.notes.count) == [1, 0])
  }
}
