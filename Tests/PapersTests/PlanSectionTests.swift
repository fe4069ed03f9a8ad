import CapitalProgramme
import PlacePlanning
import Runs
import TestSupport
import Testing

@testable import CapitalProgramme
@testable import Papers

private let schemes = "Datasets/exampleton-schemes/data.csv"
private let agreements = "Datasets/exampleton-section-106/data.csv"

/// What is decided, given and assumed in the best plan found.
@Suite struct PlanSectionTests {
  private func writer(_ changes: [Change] = []) throws -> PaperWriter {
    PaperWriter(try changedRun(changes).content)
  }

  private func countyPaper(_ position: Int) throws -> Paper { try SharedRun.county.get().papers[position] }

  // MARK: What is decided

  @Test func `what is approved, changed and decided by nobody`() throws {
    let start = "Apart from what is approved, this plan is a calculation, not a decision. "
    func standing(_ changes: [Change]) throws -> String? {
      let writer = try writer(changes)
      return writer.standing(try #require(writer.chosen))
    }
    #expect(
      try standing([]) == start
        + "Of its 3 schemes, 2 are approved and unchanged; nobody has approved the other. Places, costs or dates of all of "
        + "them are assumed.")
    // The approved boiler costs 100,000.
    #expect(
      try standing([
        (schemes, "S1,,,,100000,cash", "S1,,,,90000,cash"),
        (schemes, "2018/19,assumed,Invented,", "2018/19,given,Invented,"),
      ]) == start
        + "Of its 3 schemes, 1 is approved and unchanged; 1 is approved, but with another start or other money; nobody has "
        + "approved the other. Places, costs or dates of 2 of them are assumed.")
    #expect(
      try standing([
        (schemes, ",4,2018/19,assumed", ",4,,assumed"), (schemes, ",0,2018/19,assumed", ",0,,assumed"),
      ])
        == "This plan is a calculation, not a decision: nobody has approved any of its 3 schemes. Places, costs or dates of all of "
        + "them are assumed.")
  }

  @Test func `approved schemes that change stand in a table, or it is said that none does`() throws {
    let same = try writer()
    let chosen = try #require(same.chosen)
    let said = same.approvedBlocks(chosen).flatMap(words(of:))
    #expect(said == ["Every approved scheme keeps its start and its money in the plan."])
    let other = try writer([(schemes, "S1,,,,100000,cash", "S1,,,,90000,cash")])
    let changed = try #require(other.chosen)
    guard case .table(let table) = try #require(other.approvedBlocks(changed).first) else {
      Issue.record("no table")
      return
    }
    #expect(table.rows.count == 1)
    #expect(
      table.rows[0].map(\.shown).prefix(5) == [
        "Castle School boiler", "2018/19", "2018/19", "£100,000", "£90,000",
      ])
    #expect(table.rows[0][5].shown == "grant £60,000, school contribution £40,000")
    let none = try writer([
      (schemes, ",4,2018/19,assumed", ",4,,assumed"), (schemes, ",0,2018/19,assumed", ",0,,assumed"),
    ])
    let nothing = try #require(none.chosen)
    #expect(none.approvedBlocks(nothing).isEmpty)
  }

  @Test func `the resources say what is decided`() throws {
    #expect(
      try writer().resources
        == "The programme is under “The capital programme”. Only the approved programme of £1.3 million is decided. The best plan found "
        + "would cost £1.9 million from 2018/19 to 2023/24, £300,000 of it borrowed. Running costs come on top: £135,000 (the growth "
        + "fund), and £76,000 for debt (repayment, called MRP, and interest), which the authority bears. The growth fund comes out "
        + "of the schools' budget (DSG, the dedicated schools grant)."
    )
    let county = try #require(countyPaper(0).header.last?.text)
    #expect(
      county.hasPrefix(
        "The programme for 2018/19 and its funding are under “The capital programme”. Only the approved programme of £51.2 million is "
          + "decided. The best plan found would cost £"
      ))
    #expect(
      county.hasSuffix(
        "The growth fund and starting up new schools come out of the schools' budget (DSG, the dedicated schools grant)."
      ))
  }

  // MARK: What is given

  @Test func `section 106 money that is assumed is not in hand`() throws {
    func promised(_ changes: [Change]) throws -> String? {
      let writer = try writer(changes)
      return writer.promised(try #require(writer.chosen), isUsed: true)
    }
    let all = "The plan uses £200,000 from developers (section 106), all of it assumed."
    #expect(try promised([]) == all)
    // The paper is of March 2018.
    #expect(
      try promised([(agreements, "2017-06-01", "2018-06-01")])
        == all
        + " What is assumed would come in 1 payment from 1 site, under an agreement that does not exist yet.")
    #expect(try promised([(agreements, ",,assumed,", ",,given,")]) == nil)
    let county = words(of: try countyPaper(0))
    #expect(
      county.contains(
        "The model expects £116.3 million from developers (section 106): £2.4 million is given and £113.9 million is assumed. What is "
          + "assumed would come in 17 payments from 7 sites, under agreements that do not exist yet."))
    // What repays borrowing is no part of what the schemes cost.
    #expect(
      county.contains {
        $0.hasPrefix(
          "The plan uses £91.6 million from developers (section 106): £2.4 million is given and £89.2 million is assumed. £57.8 "
            + "million pays for schemes and £33.8 million repays borrowing. What is assumed")
      })
    let sources = try countyPaper(0).table("sources-of-money")
    let column = try #require(sources.columns.firstIndex { $0.heading == "Section 106" })
    #expect(
      sources.rows.prefix(4).map { $0[column].shown } == [
        "£116,322,196", "£2,445,000", "£0", "£113,877,196",
      ])
  }

  // MARK: What is missing where

  @Test func `missing places by area add up to what the plan's sentence says`() throws {
    let writer = PaperWriter(try SharedRun.county.get().content)
    let chosen = try #require(writer.chosen)
    let table = writer.missingTable(chosen)
    let shown = table.rows.map { row in row.dropFirst().compactMap { Int($0.shown.replacing(",", with: "")) }
    }
    let total = try #require(shown.last)
    #expect(shown.dropLast().map { $0[0] }.reduce(0, +) == total[0])
    #expect(shown.dropLast().map { $0[1] }.reduce(0, +) == total[1])
    #expect(writer.effect(chosen).contains("about \(grouped(total[0])) places would be missing"))
    #expect(writer.effect(chosen).contains("with it, about \(grouped(total[1]))."))
    #expect(writer.effect(chosen).hasSuffix("Both are averages over 1,000 possible futures."))
    #expect(writer.middlePath(chosen).contains("shows the middle path alone: about 3,8"))
    // Rounded so that its columns add up; the other paper says the same of an area.
    let pages = prose(of: try countyPaper(1)).filter {
      $0.contains("would be missing here in an average year")
    }
    let listed = table.rows.dropLast().map { (with: $0[2].shown, without: $0[1].shown) }
    #expect(pages.count > 5)
    for page in pages {
      #expect(
        listed.contains {
          page.hasPrefix("With it, about \($0.with) place")
            && page.hasSuffix("without it, about \($0.without).")
        }, "\(page)")
    }
    let byYear = writer.missingByYear(chosen).rows
    for (column, whole) in [
      ([1, 3], chosen.unmetPlaceYears.without), ([2, 4], chosen.unmetPlaceYears.with),
    ] {
      let sum = byYear.reduce(0.0) { sum, row in column.reduce(sum) { $0 + (Double(row[$1].stored) ?? .nan) }
      }
      expectClose(sum, whole, within: 1e-4)
    }
    let town = try self.writer()
    let towns = try #require(town.chosen)
    // Without draws there is one path alone.
    #expect(town.middlePath(towns) == "" && !town.effect(towns).contains("averages"))
  }

  // MARK: Approved starts

  @Test func `what it would mean to start the approved school as approved`() throws {
    let writer = PaperWriter(try SharedRun.county.get().content)
    let chosen = try #require(writer.chosen)
    let kept = try #require(writer.findings?.approvedStarts)
    let other = try #require(kept.programme)
    #expect(kept.schemes.map(\.key) == ["hunts_grove", "new_secondary_cheltenham"])
    let starts = other.startYears
    for candidate in other.problem.candidates {
      guard let start = candidate.scheme.approvedStart, let year = other.problem.years.firstIndex(of: start),
        candidate.starts.contains(where: { $0.year == year })
      else { continue }
      #expect(starts[candidate.scheme.key] == year, "\(candidate.scheme.key)")
    }
    // What was proven best without that condition cannot be beaten with it.
    #expect(
      other.accounts.weightedUnmet
        >= chosen.accounts.weightedUnmet * (1 - ProgrammeOptions.comparisonGap))
    let words = try #require(writer.keptStarts(chosen))
    #expect(words.hasPrefix("If all approved schemes started as approved, about 2,"))
    #expect(words.contains(/be missing in an average year, not 2,\d+; in/))
    #expect(words.contains(/; in Cheltenham secondary \d+, not \d+\. In borrowing, running/))
    #expect(words.contains(/cost the authority £[^,]+ in today's money, not £/))
    let delays = "delays Hunts Grove Primary temporary accom and New Secondary School, Cheltenham. "
    #expect(words.contains("The first aim is as few missing places as can be, so the plan " + delays))
    let brief = try #require(writer.keptStarts(chosen, inBrief: true))
    #expect(brief.hasPrefix("It " + delays) && !brief.contains("The first aim"))
    #expect(words.hasPrefix(String(brief.dropFirst(3 + delays.count))))
    let rival = try #require(writer.findings?.rivals.first { $0.rival.startsAsApproved }?.figures)
    #expect(rival.openings == [AcademicYear(2019)])
  }

  // MARK: When schemes open

  @Test func `schemes that open late, and those that open before they are paid for`() throws {
    let county = words(of: try countyPaper(0))
    #expect(
      county.contains(
        "Schemes that open late are counted for few years: 5 that open in September 2026 cost £58.1 million and are counted "
          + "for 2 years. The first aim puts no limit on what one place may cost."))
    #expect(
      county.contains(
        "New Secondary School, Cheltenham opens in September 2023, but 50% of its cost falls in later years, by the pace of "
          + "spending that is assumed. Its places may come later than shown, or its costs sooner."))
    let town = try writer()
    let chosen = try #require(town.chosen)
    #expect(
      town.lateBlocks(chosen).flatMap(words(of:)) == [
        "The first aim puts no limit on what one place may cost."
      ])
  }

  @Test func `the table of the plan stands upright, and who pays in another`() throws {
    let table = try countyPaper(0).table("chosen")
    #expect(!TableLayout(table).isWide)
    let note = table.footnote.sentence
    #expect(note.contains("on average over all years of the plan, also those before it opens."))
    let opens = table.rows.map { $0[1].shown }
    #expect(opens.first == "Sept 2018" && opens.dropLast().last == "none")
    #expect(
      table.columns.map(\.name)
        == ["scheme", "opens", "until", "places_per_year_group", "children_a_year", "cost"])
    let payers = try countyPaper(0).table("chosen-payers")
    #expect(
      payers.columns.map(\.name) == ["scheme", "starts"] + FundingSource.allCases.map(\.rawValue) + ["cost"])
    #expect(payers.rows.map { $0[0] } == table.rows.map { $0[0] })
    for row in payers.rows {
      let pounds = row.dropFirst(2).compactMap { Int($0.stored) }
      #expect(pounds.count == FundingSource.allCases.count + 1)
      #expect(pounds.dropLast().reduce(0, +) == pounds.last)
    }
    #expect(payers.rows.last?.last == table.rows.last?.last)
    #expect(payers.rows.last?.last?.shown == "£209,371,118")
  }

  private func line(
    _ kind: SchemeKind, places: Int = 60, yearsOfUse: Int? = nil, entry: YearGroup = .year7,
    last: YearGroup? = nil, opening: Int = 2019
  ) -> ProgrammeLine {
    let scheme = Scheme(
      key: "k", name: "n", kind: kind, area: PlanningAreaCode("P"),
      places: .init(
        entryYearGroup: entry, lastYearGroup: last, perYearGroup: places, yearsOfUse: yearsOfUse),
      cost: Money(pounds: 1, priceBase: .cash), buildYears: 0, profile: [1],
      window: FinancialYear(opening)...FinancialYear(opening), isCommitted: false, optionGroup: nil,
      prerequisites: [], assetLifeYears: 1, referenceClass: "", conditionScore: 0, approvedStart: nil,
      mark: .assumed)
    return ProgrammeLine(
      scheme: scheme, candidate: 0, start: FinancialYear(opening), opening: AcademicYear(opening),
      closing: scheme.closing(startingIn: FinancialYear(opening)), shareAfterOpening: 0, cost: 1,
      funding: [:],
      unmetWithoutIt: 0)
  }

  @Test func `how places come and go, by kind`() throws {
    let writer = try writer()
    let bulge = line(.bulge)
    #expect(
      writer.placesWords(bulge) == "60 places, for the children who start Year 7 in September 2019 only")
    #expect(writer.untilWords(bulge) == "July 2024")
    #expect(writer.untilWords(line(.bulge, entry: .reception)) == "July 2026")
    let block = line(.temporary, yearsOfUse: 6)
    #expect(
      writer.placesWords(block)
        == "60 places a year group, filling year by year, from September 2019 to July 2025")
    #expect(writer.untilWords(block) == "July 2025")
    #expect(
      writer.placesWords(line(.temporary))
        == "60 places a year group, filling year by year, from September 2019")
    let one = line(.expansion, places: 1, entry: .reception, opening: 2022)
    #expect(writer.placesWords(one) == "1 place a year group, filling from Reception up from September 2022")
    #expect(writer.untilWords(one) == "they stay")
    let (year2, year3) = (try #require(YearGroup(number: 2)), try #require(YearGroup(number: 3)))
    #expect(
      writer.placesWords(line(.expansion, entry: year3, last: .year6, opening: 2022))
        == "60 places a year group, filling from Year 3 to Year 6 from September 2022")
    #expect(
      writer.placesWords(line(.temporary, yearsOfUse: 2, entry: .reception, last: year2))
        == "60 places a year group, filling year by year from Reception to Year 2, from September 2019 to July 2021"
    )
    let infants = line(.bulge, entry: .reception, last: year2)
    #expect(
      writer.placesWords(infants)
        == "60 places, for the children who start Reception in September 2019 only, up to Year 2")
    #expect(writer.untilWords(infants) == "July 2022")
    let parts = [infants, line(.bulge, entry: year3), line(.bulge, entry: .year6), one, bulge]
    #expect(
      parts.map(\.scheme.partOfPhase) == ["Reception to Year 2", "Year 3 to Year 6", "Year 6", nil, nil])
    #expect(
      writer.byOpening([line(.expansion, opening: 2022), one, bulge]).map { $0.opening?.start } == [
        2019, 2022, 2022,
      ])
  }

  /// North opens in September 2019, South in 2020; South's extra class is left out.
  @Test func `a published plan beside the best plan found`() throws {
    let writer = try writer()
    func said(_ scheme: String?, places: Double = 30, from: Int = 2019, late: Int = 0) -> String {
      writer.plannedOpening(
        PublishedNeed(
          area: PlanningAreaCode("P2"), yearGroup: .reception, lowest: FormsOfEntry(1),
          highest: FormsOfEntry(2),
          places: 210, plannedPlacesPerYearGroup: places, plannedFrom: AcademicYear(from),
          plannedName: "A school",
          plannedScheme: scheme, yearsLate: late))
    }
    let start = "A school would add 30 places a year group. The published plan was to open in September 2019."
    #expect(said(nil) == start)
    #expect(said("north") == start + " In the plan worked out here it opens then.")
    #expect(
      said("south") == start
        + " In the plan worked out here it opens in September 2020; until then these places are not there.")
    #expect(
      said("south_bulge") == start + " The plan worked out here leaves it out: these places are not there.")
    #expect(
      said("south", from: 2021).hasSuffix("it opens in September 2020; these places are there sooner."))
    #expect(
      said(nil, from: 2020, late: 1)
        == "A school would add 30 places a year group. The published plan was to open in September 2019, which this scenario "
        + "makes 1 year later.")
    #expect(said("north", places: 0) == "A school adds no places in this scenario.")
    let county = words(of: try countyPaper(0))
    #expect(
      county.contains {
        $0.contains(
          "was to open in September 2019. In the plan worked out here it opens in September 2023; until then")
      })
    #expect(county.contains("Short if planned places opened as published"))
  }

  // MARK: Risk, rivals and revenue

  @Test func `the plan itself stands beside its rivals`() throws {
    let rivals = try countyPaper(0).table("rivals-table-1")
    #expect(rivals.columns[1].heading == "Opens")
    #expect(rivals.rows.map { $0[0].shown }.last == "The best plan found")
    #expect(rivals.rows.first { $0[0].shown == "Wait" }?[1].shown == "nothing opens")
    // The other answer to the same question has more schemes in it, and other figures.
    #expect(
      rivals.footnote.sentence.contains(
        "adds no places here but its own and committed ones. All approved schemes"))
    // All of them are proven, so that it is said which leaves fewest missing.
    let texts = words(of: try countyPaper(0))
    #expect(!texts.contains { $0.contains("It is not proven that the programme around “") })
    #expect(texts.contains { $0.contains("fewest places are missing in Cheltenham secondary") })
  }

  @Test func `money that homes bring is said to come in the year after theirs`() throws {
    let said = "What homes finished from September to March bring is put in the financial year after theirs"
    for run in [try SharedRun.town.get(), try SharedRun.county.get()] {
      #expect(prose(of: run.papers[0]).contains { $0.contains(said) })
      #expect(!prose(of: run.papers[1]).contains { $0.contains(said) })
    }
  }

  @Test func `growth fund is told from the council's own money`() throws {
    // Growth fund of 15,000 in 2019/20 and 30,000 in each of the four years after it, at 3.5% to 2018/19: 120,959. See the town's README.
    let town = prose(of: try SharedRun.town.get().papers[0])
    #expect(
      town.contains {
        $0.hasSuffix("own money: of the plan's £444,000 in today's money they are £121,000.")
      })
    #expect(town.contains { $0.hasSuffix("It is highest in 2020/21, at £30,000; in 2018/19 it is nought.") })
    let county = prose(of: try countyPaper(0))
    #expect(
      county.contains {
        $0.hasSuffix("It is highest in 2023/24, at £2.7 million; in 2018/19 it is £116,000.")
      })
  }

  @Test func `MRP is the same in the tables of borrowing and of revenue`() throws {
    let (borrowing, revenue) = (
      try countyPaper(0).table("borrowing"), try countyPaper(0).table("revenue-table")
    )
    let years = revenue.rows.dropLast()
    #expect(borrowing.rows.map { $0[3].shown } == years.map { $0[4].shown })
    #expect(borrowing.rows.map { $0[4].shown } == years.map { $0[5].shown })
    func pounds(_ cell: Table.Cell) -> Int? { Int(cell.shown.filter(\.isNumber)) }
    for row in revenue.rows {
      let shown = row.dropFirst().compactMap(pounds)
      #expect(shown.dropLast().reduce(0, +) == shown.last)
    }
    let totals = try #require(revenue.rows.last)
    for column in 1..<7 {
      #expect(years.compactMap { pounds($0[column]) }.reduce(0, +) == pounds(totals[column]))
    }
  }

  @Test func `left-out options that money forbids are told from others`() throws {
    let out = try countyPaper(0).table("left-out")
    let reasons = Dictionary(uniqueKeysWithValues: out.rows.map { ($0[0].shown, $0[1].shown) })
    #expect(
      reasons["New secondary school of 8 forms, Gloucester"]
        == "it would make good more places, but the money is not there early enough; chosen instead: New secondary school of 6 "
        + "forms, Gloucester")
    let count = reasons.values.count { $0.hasPrefix("it would make good more places") }
    #expect(
      words(of: try countyPaper(0)).contains {
        $0.hasPrefix("\(out.rows.count) schemes are left out, \(count) of them because of money or time.")
      })
    #expect(
      words(of: try SharedRun.town.get().papers[0]).contains("1 scheme is left out. The table says why."))
  }
}
