import CapitalProgramme
import Papers
import PlacePlanning
import Projection
import Runs
import Testing

@testable import Papers
@testable import Sufficiency

/// Sentences on areas, homes and births, on outlooks set by hand.
@Suite struct AreaWordsTests {
  private func writer(_ kind: PaperWriter.Kind = .demographic) throws -> PaperWriter {
    PaperWriter(try SharedRun.town.get().content, for: kind)
  }

  /// From September 2018, `short` places short of 100 in each year; births of each cohort where they are counted.
  private func outlook(
    _ short: [Double], births: [Double?] = [], entry: YearGroup = .year7, inHomes: Double = 0
  ) throws -> AreaOutlook {
    let area = try #require(
      writer().model.areas.first { $0.phase == (entry == .year7 ? .secondary : .primary) })
    return AreaOutlook(
      area: area, yearGroup: entry,
      rows: short.enumerated().map { index, need in
        AreaOutlook.Row(
          year: AcademicYear(2018 + index), districtBirths: index < births.count ? births[index] : nil,
          pupils: 100 + need, pupilsWithoutHomes: 100 + need - inHomes, places: 100, need: max(0, need),
          needWithoutHomes: max(0, need - inHomes), needAfterPlanned: 0)
      }, basePupils: 0, basePlaces: 0, published: nil)
  }

  @Test(arguments: [
    ([1.0, 2, 3], "more children than Year 7 places in all 3 years"),
    ([0, 2, 3], "more children than Year 7 places in every year from September 2019"),
    ([1, 0, 3], "more children than Year 7 places in 2 of the 3 years, first in September 2018"),
    ([0, 3, 0], "more children than Year 7 places in one of the 3 years, September 2019"),
    ([0, 0, 3], "more children than Year 7 places in one of the 3 years, September 2020"),
    ([4], "more children than Year 7 places in the one year, September 2018"),
    ([0, 0.3, 0], "more children than Year 7 places in September 2019, by less than one"),
  ])
  func `every year only where it is true`(short: [Double], wanted: String) throws {
    let outlook = try outlook(short)
    #expect(try writer().tooMany(outlook, try #require(outlook.peak)) == wanted)
  }

  /// The town's births run from the year to June 2011: the Year 7 of September 2018 draws on those to June 2007 and 2008, the
  /// Reception of September 2022 on those to June 2018 and 2019.
  @Test func `births before the first in the data are not said to be to come`() throws {
    let writer = try writer()
    let older = try outlook([0])
    #expect(writer.births(behind: older.rows[0], of: older).shown == "not in the data")
    let younger = try outlook([0, 0, 0, 0, 0], entry: .reception)
    #expect(writer.births(behind: younger.rows[4], of: younger).shown == "not yet counted")
    let counted = try outlook([0], births: [120])
    #expect(writer.births(behind: counted.rows[0], of: counted).shown == "120")
  }

  @Test func `a whole class is 30 and not 29`() throws {
    #expect(try outlook([29.9, 30]).firstYearShortByClass == AcademicYear(2019))
    #expect(try outlook([29.9, 20]).firstYearShortByClass == nil)
  }

  @Test func `the wave passes only where pupils fall as well`() throws {
    func wave(_ outlook: AreaOutlook) throws -> String {
      try writer().birthsWave(outlook).flatMap(words(of:)).joined()
    }
    let births: [Double?] = [120, 110, 100]
    #expect(try wave(outlook([30, 20, 10], births: births)).hasPrefix("The wave passes. Births in "))
    #expect(try wave(outlook([10, 20, 30], births: births)) == "", "pupils rise with homes")
    #expect(try wave(outlook([30, 20, 10], births: [100, 99, 98])) == "", "births hardly fall")
    #expect(try wave(outlook([-100, -100, -100], births: births)) == "", "there are no pupils to fall")
    let reception = try wave(outlook([30, 20, 10], births: [120, 100, nil], entry: .reception))
    #expect(reception.hasPrefix("Births counted so far say that the wave passes: those in "))
    #expect(
      reception.contains(
        "highest for the Reception of 2018/19, at 120, and 100 for that of 2019/20, 17% fewer."))
  }

  @Test func `births behind an area with rival plans stand once in the capital paper`() throws {
    let papers = try SharedRun.county.get().papers
    let said = prose(of: papers[0]).filter { $0.contains("Births in Cheltenham behind ") }
    #expect(said.count == 1)
    #expect(said.first?.hasSuffix("The column of empty places shows what that means for each plan.") == true)
    #expect(prose(of: papers[1]).contains { $0.hasPrefix("The wave passes. Births in Cheltenham behind ") })
  }

  /// The first cohort was born before the first births of the model: it may have been larger.
  @Test func `of the births that the model holds, where it does not hold all`() throws {
    let held = try writer().birthsWave(outlook([30, 20, 10], births: [nil, 120, 100])).flatMap(words(of:))
      .joined()
    #expect(held.hasPrefix("Of the births that the model holds, those in "))
    #expect(
      held.contains("highest for the Year 7 of 2019/20, at 120, and 100 for that of 2020/21, 17% fewer."))
    #expect(try outlook([1, 1, 1], births: [nil, 120, 100]).lacksEarlierBirths)
    #expect(try outlook([1, 1, 1], births: [120, nil, 100]).lacksEarlierBirths)
    #expect(try !outlook([1, 1, 1], births: [120, 100, nil]).lacksEarlierBirths)
    #expect(try !outlook([1, 1], births: [nil, nil]).lacksEarlierBirths)
  }

  /// The town has no uncertainty, the county 1,000 draws.
  @Test func `rival plans are averages only where there are futures to average over`() throws {
    func note(_ run: PlanningRun) throws -> String {
      try run.papers[0].table("rivals-table-1").footnote.sentence
    }
    let (town, county) = (try note(SharedRun.town.get()), try note(SharedRun.county.get()))
    #expect(town.contains("over all year groups, on the middle path.") && !town.contains("futures"))
    #expect(county.contains("over all year groups, on average over 1,000 possible futures."))
  }

  /// 112 in Reception and 100 in Year 7 at the end without homes.
  @Test func `without homes it rises, falls, stays or is the same`() throws {
    let writer = try writer()
    let last = try #require(writer.pupils.years.last)
    let start = " Without new homes, which are assumed, it would "
    #expect(writer.withoutHomes(.reception, from: 98, to: 116, last) == start + "rise to 112.")
    #expect(writer.withoutHomes(.reception, from: 120, to: 116, last) == start + "fall to 112.")
    #expect(writer.withoutHomes(.year7, from: 100, to: 103, last) == start + "stay at 100.")
    #expect(writer.withoutHomes(.reception, from: 98, to: 112, last) == "")
    let county = words(of: try SharedRun.county.get().papers[1])
    #expect(county.contains { $0.hasPrefix("Reception rises") && $0.contains("it would fall to 6,641.") })
    #expect(county.contains("Reception without new homes"))
  }

  /// One place is 0.03 FE, which the tables by area call full; two are 0.07 FE. The outlooks are of Castle, which serves Mill Lane.
  @Test func `a gap that the tables call full is not called short`() throws {
    let writer = try writer()
    func first(_ short: [Double]) throws -> String? {
      try writer.pressureBlocks(outlook(short)).flatMap(words(of:)).first
    }
    #expect(
      try first([0.4, 1]) == "Year 7 is full at the most: in 2019/20 it has 101 pupils and 100 places.")
    #expect(
      try first([2, 1])
        == "Before any new scheme, Year 7 has 102 pupils in 2018/19 and 100 places: it is about 2 places short, or 0.1 FE."
    )
    #expect(try first([0, 0]) == "Year 7 has a place for every child in every year projected.")
    #expect(writer.isShort(FormsOfEntry(places: 1.6)) && !writer.isShort(FormsOfEntry(places: 1.4)))
  }

  /// The outlooks are of Castle, which serves Mill Lane.
  @Test func `homes that bring nobody are not compared with`() throws {
    let writer = try writer()
    let (some, none) = (try outlook([3, 36], inHomes: 3), try outlook([3, 36]))
    #expect(writer.gapWithoutHomes(some) == " Without new homes the largest gap would be 1.1 FE, in 2019/20.")
    #expect(writer.gapWithoutHomes(none) == "")
    func part(_ outlook: AreaOutlook) throws -> String {
      writer.partOfHomes(outlook, try #require(outlook.peak))
    }
    #expect(
      try part(some).hasPrefix(
        "New homes make 0.1 FE of our figure in its worst year; without them it would reach 1.1 FE, in 2019/20."
      ))
    #expect(try part(none) == "New homes add nothing to our figures.")
    #expect(try part(outlook([-9, -5], inHomes: 3)) == "With new homes, too, no place is short.")
    let births: [Double?] = [120, 110, 100]
    func wave(_ homes: Double) throws -> String {
      try writer.birthsWave(outlook([30, 20, 10], births: births, inHomes: homes)).flatMap(words(of:))
        .joined()
    }
    #expect(try wave(3).contains("Pupils, those in new homes among them, fall"))
    #expect(try wave(0).contains("Pupils fall from their peak too."))
  }

  /// Mill Lane is served by North and Castle; the county's sites by four primary areas and those of Gloucester and Cheltenham.
  @Test func `an area without sites is not compared with itself without new homes`() throws {
    let writer = try writer()
    #expect(writer.model.areas.filter { writer.hasSites(in: $0) }.map(\.name) == ["North", "Castle"])
    let pages = try SharedRun.county.get().papers[1].sections.filter { $0.id.hasPrefix("area-") }
    let compared = pages.filter { page in
      let said: [String] = page.blocks.flatMap { words(of: $0) }
      return said.contains { $0.contains("Without new homes") }
    }
    #expect(
      compared.map(\.heading) == [
        "Under pressure: Gloucester secondary", "Under pressure: Cheltenham secondary",
        "Under pressure: Churchdown / Innsworth", "Under pressure: Hester's Way",
        "Under pressure: Brockworth", "Under pressure: Hatherley",
      ])
    // Both papers say it in the same words.
    let said = " Without new homes the largest gap would be 14.0 FE, in 2024/25."
    for paper in try SharedRun.county.get().papers {
      #expect(words(of: paper).contains { $0.contains(said) })
    }
  }

  @Test func `a course that stays, turns and comes back`() throws {
    let writer = try writer()
    func course(_ values: Double...) -> String {
      writer.course(values.enumerated().map { (AcademicYear(2018) + $0, $1) })
    }
    #expect(course(2186.2, 2185.9) == "stays at 2,186")
    #expect(course(100, 99) == "goes from 100 to 99")
    let places = [100.0, 120, 100].enumerated().map { (year: AcademicYear(2018) + $0, value: $1) }
    #expect(
      writer.course(places, isPlural: true) == "begin and end at 100, and are highest in 2019/20, at 120")
    #expect(course(100, 120, 110) == "goes from 100 to 110, and is highest in 2019/20, at 120")
    #expect(course(100, 90, 100) == "begins and ends at 100, and is lowest in 2019/20, at 90")
    #expect(
      course(100, 120, 90, 110)
        == "goes from 100 to 110, and is highest in 2019/20, at 120, and lowest in 2020/21, at 90")
  }

  @Test func `numbers of data sets in words`() {
    #expect(numbersInWords([3]) == "3")
    #expect(numbersInWords([1, 2, 4, 5, 6, 9]) == "1, 2, 4 to 6 and 9")
  }

  @Test func `a proof that would show as 0,00 per cent is none to speak of`() throws {
    let writer = try writer(.capital)
    let outcome = try #require(writer.findings).outcome
    #expect(writer.proofInShort(outcome, 0) == "It is proven best.")
    #expect(writer.proofInShort(outcome, 0.00004) == "It is proven best.")
    #expect(writer.proofInShort(outcome, 0.0001) == "It is proven best to within 0.01%.")
    #expect(writer.proofInShort(.incompatible, 0) == "It is not proven best.")
  }

  @Test func `each paper has its own purpose, notes and cross-references`() throws {
    let papers = try SharedRun.county.get().papers
    let (capital, demographic) = (words(of: papers[0]), words(of: papers[1]))
    // The model has it as "To report …".
    let purpose = "This paper is to " + (try SharedRun.county.get().input.model.identity.purpose.dropFirst(3))
    #expect(capital.contains(purpose) && !demographic.contains(purpose))
    #expect(capital.contains { $0.hasPrefix("The programme's printed table") })
    #expect(!demographic.contains { $0.hasPrefix("The programme's printed table") })
    #expect(capital.contains { $0.hasSuffix("(see the demographic paper).") })
    #expect(demographic.contains { $0.hasSuffix("(see “How good such forecasts have been”).") })
    #expect(!demographic.contains { $0.contains("see the demographic paper") })
  }

  @Test func `homes that are taken off stand by area`() throws {
    let paper = try SharedRun.county.get().papers[1]
    let table = try paper.table("homes-background")
    #expect(
      table.rows.first { $0[0].shown == "Gloucester secondary" }?.map(\.shown)
        == ["Gloucester secondary", "secondary", "500", "350"])
  }

  /// A cell that is full to the nearest tenth is not nought in the data.
  @Test func `full is shown, and the rest is stored`() throws {
    let paper = try SharedRun.county.get().papers[1]
    let full = paper.tables.filter { $0.id.hasPrefix("heat-") }.flatMap(\.rows).flatMap { $0.dropFirst() }
      .filter { $0.shown == "full" }.compactMap { Double($0.stored) }
    #expect(!full.isEmpty && full.allSatisfy { abs($0) < 0.05 })
    #expect(full.contains { $0 != 0 })
    // The words of the charts count every place, so that an area may be above its places and full.
    let said = "“Full”: at most one place, to the nearest, is missing or spare."
    #expect(
      paper.tables.filter { $0.id.hasPrefix("heat-") }.allSatisfy { $0.footnote.sentence.contains(said) })
  }
}
