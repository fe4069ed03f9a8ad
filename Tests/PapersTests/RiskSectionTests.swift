import PlacePlanning
import Runs
import Testing

@testable import Papers

/// What may go wrong with the plan, in words and tables.
@Suite struct RiskSectionTests {
  private func table(_ id: String) throws -> Table {
    try SharedRun.county.get().papers[0].table(id)
  }

  @Test func `the chances are said to be measured or assumed as their marks have it`() throws {
    let risk = try #require(try SharedRun.county.get().papers[0].sections.first { $0.id == "risk" })
    // Five of Gloucestershire's 11 uncertainties are derived from counts, none of its chances of delay and cost.
    #expect(
      risk.blocks.flatMap(words(of:)).first?.hasSuffix(
        "all turn out differently, by chances that are partly measured and partly assumed; those for delays and costs are assumed."
      )
        == true)
    func said(_ marks: [(key: String, mark: EvidenceMark)]) -> String {
      PaperWriter.howChancesAreKnown(
        marks.map {
          Assumption(
            key: $0.key, title: "", unit: "ratio", value: 1, source: "", mark: $0.mark, quality: .green,
            impact: .green, place: "")
        })
    }
    let (births, late) = ("uncertainty.births", "delivery.roof.year_late")
    #expect(said([(births, .assumed), (late, .assumed), ("points.need", .given)]) == "assumed")
    #expect(said([(births, .given), (late, .derived)]) == "measured")
    #expect(
      said([(births, .assumed), (late, .derived)])
        == "partly measured and partly assumed; those for delays and costs are measured")
    #expect(
      said([(births, .derived), (late, .derived), ("delivery.roof.mean_overrun", .assumed)])
        == "partly measured and partly assumed")
    #expect(said([(births, .derived)]) == "measured")
  }

  @Test func `lateness is shown in the year in which it matters most`() throws {
    let (all, late) = (try table("place-risk"), try table("late-risk"))
    #expect(!TableLayout(all).isWide && !TableLayout(late).isWide)
    let school = try #require(late.rows.first { $0[0].shown == "Cheltenham secondary" })
    #expect(school[2].shown == "2023/24")
    #expect((Double(school[3].stored) ?? .nan) < (Double(school[4].stored) ?? .nan))
    // No scheme serves it.
    let (named, unserved) = (all.rows.map { $0[0].shown }, "Hucclecote / Barnwood")
    #expect(named.contains(unserved) && !late.rows.contains { $0[0].shown == unserved })
    let (moved, others) = (late.rows.count, all.rows.count - late.rows.count)
    #expect(
      words(of: try SharedRun.county.get().papers[0]).contains(
        "Late schemes add to the chance in \(moved) of these areas. In the other \(others) they move no chance by even half a "
          + "percentage point."))
  }

  /// Over all years together the chance is larger than in any one of them, and is not worked out.
  @Test func `the chance of a class short is that of one year`() throws {
    let start =
      "With the plan, \(try table("place-risk").rows.count) areas of 54 still have a chance of 1 in 20 or more of being a whole class "
      + "of 30 short in Reception or Year 7 in their worst year. The highest is in "
    #expect(words(of: try SharedRun.county.get().papers[0]).contains { $0.hasPrefix(start) })
  }

  @Test func `kinds of project begin with a capital`() throws {
    let kinds = try table("cost-risk").rows.map { $0[0].shown }
    #expect(kinds == ["Extension", "Maintenance", "New school", "Temporary", "Total"])
  }

  @Test func `a temporary block says what it holds and at which prices`() throws {
    let blocks = try table("blocks")
    #expect(blocks.rows.allSatisfy { $0[3].shown == "90" })
    let first = try #require(blocks.rows.first { $0[0].shown == "Gloucester secondary" })
    #expect(first[1...2].map(\.shown) == ["2019/20", "2021/22"])
    // Of words only the names of areas take more than a line.
    #expect(!TableLayout(blocks).isWide)
    let risk = try #require(try SharedRun.county.get().papers[0].sections.first { $0.id == "risk" })
    let said: [String] = risk.blocks.flatMap { words(of: $0) }
    #expect(
      said.contains(
        "A block of temporary classrooms can bridge a gap. One with 30 places for each intake, on top of the plan, would make good at "
          + "least 15 missing places a year in \(blocks.rows.count) areas. It would help most in Gloucester secondary, from 2019/20 to "
          + "2021/22: \(first[4].shown) a year, for £850,000 to set up, £180,000 of hire and £242,000 of growth fund."
      ))
    #expect(blocks.footnote.sentence.contains("(2018/19); later years are not raised for inflation."))
  }

  @Test func `a block without a price is not said to cost its hire alone`() {
    #expect(
      PaperWriter.costWords(setUp: nil, hire: 180_000, growthFund: 0)
        == "for £180,000 of hire. What setting it up would cost is not known: the model has no temporary scheme for such schools."
    )
  }

  /// Three intakes of a class are 1 + 2 + 3 classes for a year each, at £30,000; 90 places are added, at £2,683.33 or £1,925.
  @Test func `a temporary block says what hire and growth fund come to beside its cost`() throws {
    let blocks = try table("blocks")
    #expect(
      blocks.columns.suffix(3).map(\.heading) == ["Cost to set up", "Hire", "Growth fund"])
    for (area, growthFund) in [("Gloucester secondary", "£241,500"), ("Hucclecote / Barnwood", "£173,250")] {
      let row = try #require(blocks.rows.first { $0[0].shown == area })
      #expect(row.suffix(2).map(\.shown) == ["£180,000", growthFund])
    }
    #expect(
      blocks.footnote.sentence.hasSuffix(
        "Hire and growth fund come on top, out of revenue, at the rates in the assumptions log: hire for each class of 30 in each year "
          + "in which it is in use, growth fund for each place added."))
  }
}
