internal import PlacePlanning

// What the words mean. A paper explains the terms that it uses.

extension PaperWriter {
  /// The sections of a paper with a glossary before the last of them: the terms that these sections or the header use, in alphabetical
  /// order.
  func withGlossary(_ sections: [Section], _ terms: [Definition], _ header: [Paper.Particular]) -> [Section] {
    let text = (header.map(\.text) + sections.map(\.text)).joined(separator: "\n").lowercased()
    let used = terms.filter { $0.isUsed(in: text) }.sorted { $0.term < $1.term }
    let glossary = Section(id: "glossary", heading: "What the words mean", blocks: [.definitions(used)])
    return Array(sections.dropLast()) + [glossary] + Array(sections.suffix(1))
  }

  /// Said where a paper first speaks of forms of entry.
  static let formOfEntry = "A form of entry (FE) is a class of 30 in each year group."

  /// The terms of both papers.
  var demographicTerms: [Definition] {
    pupilTerms + (chosen == nil ? [] : [Self.bestPlan])
  }

  private static let bestPlan = Definition(
    "Best plan found",
    "The schemes, dates and money that this program works out as best by the stated aims. Nobody has decided it."
  )

  private var pupilTerms: [Definition] {
    // Schemes turn out late or dear in the stress test alone, of which the capital paper speaks.
    let areSchemesDrawn = kind == .capital && findings?.stress != nil
    let drawn = ["births", "moves"] + (hasHomes ? ["homes"] : []) + (areSchemesDrawn ? ["buildings"] : [])
    let futures = Definition(
      "Possible futures",
      "Ways in which \(listed(drawn)) may turn out, drawn at random by stated chances, so that ranges and chances can be counted."
    )
    let terms: [Definition] = [
      .init(
        "Central projection, middle path",
        "The path on which \(hasHomes ? "births, moves and homes" : "births and moves") go as assumed."),
      .init("Cohort", "The children who start school in the same September and go through it together."),
      .init(
        "Form of entry (FE)", "A class of 30 in each year group. A school of 6 FE takes 180 children a year."),
      .init(
        "Given, derived, assumed",
        "Published by somebody; worked out by this program from published figures; our own judgement."),
      .init(
        "Planning area",
        "A group of schools near enough to each other that a child could go to any of them. Places are "
          + "planned by these areas."),
      .init(
        "Reception, Year 7", "The first year of primary school, at age 4, and of secondary school, at age 11."
      ),
      .init(
        "Missing, short",
        "Said of places that an area lacks in a year group. Spare places in other areas or year groups do not make up for them."
          + (marginNote == nil ? "" : " Places that are to be kept free count as well.")),
      .init("Roll", "The number of pupils at a school or in an area, counted in January."),
    ]
    let homes = Definition("Pupil yield", "The number of pupils who live in a new home, on average.")
    return terms + (hasHomes ? [homes] : []) + (content.ranges == nil ? [] : [futures])
  }

  static let capitalTerms: [Definition] = [
    .init(
      "Capital, revenue", "Money for buildings and land; money for running things, year by year."),
    .init(
      "Capital financing requirement (CFR)",
      "What has been spent on buildings, has not been paid for yet, and is owed to lenders or to the authority's own cash."
    ),
    .init(
      "Committed",
      "Said of a scheme that must be in any plan, which chooses only when it starts and who pays for it."),
    .init(
      "Cost to the authority",
      "What the council and the schools' budget bear of a plan, in today's money: borrowing, running costs, money lost or used up by dearer "
        + "prices, places that stand empty, and the debt left at the end. What grants and developers pay for is not in it."
    ),
    .init(
      "Grant",
      "Money from the government: most of it is Basic Need, for new places, and condition, for repairs."),
    .init(
      "Growth fund",
      "Money that the Schools Forum sets aside from the schools' budget (DSG) for schools that take extra classes, and for new ones."
    ),
    .init(
      "Internal borrowing",
      "The authority's own cash, used for a building in place of a loan. It costs the interest that the cash would have earned."
    ),
    .init(
      "Minimum revenue provision (MRP)",
      "What the authority must set aside from its revenue each year to repay what it has "
        + "borrowed."),
    .init(
      "Money of the day, today's money",
      "Pounds as they will be paid, rising prices and all; and the same pounds counted for less the later they are paid, so that costs "
        + "of different years can be set side by side: a present value, not constant prices."),
    .init("Outturn", "What a scheme or a year costs in the end."),
    .init(
      "Section 106",
      "An agreement in which a developer pays towards the school places that its new homes need."),
    .init("Slippage", "Spending that happens later than planned."),
  ]
}

extension Definition {
  /// What a reader meets in a paper: `Capital financing requirement` or `CFR`.
  private var names: [String] {
    term.replacing(" (", with: ", ").replacing(")", with: "").split(separator: ", ").map(String.init)
  }

  /// Whether a text, in small letters, holds one of its names, be it as a part of a longer word.
  func isUsed(in text: String) -> Bool { names.contains { text.contains($0.lowercased()) } }
}

extension Section {
  /// All its words; of charts, their alternatives.
  var text: String {
    ([heading] + blocks.flatMap(\.texts)).joined(separator: "\n")
  }
}

extension Block {
  fileprivate var texts: [String] {
    switch self {
    case .heading(let text), .paragraph(let text): [text]
    case .bullets(let items): items
    case .definitions(let terms): terms.flatMap { [$0.term, $0.meaning] }
    case .table(let table), .annex(let table): table.texts
    case .figure(let figure): [figure.title, figure.alternative] + figure.table.texts
    }
  }
}

extension Table {
  /// Its sources are named by their numbers.
  fileprivate var texts: [String] {
    [caption, footnote.standing] + columns.map(\.heading) + rows.flatMap { $0.map(\.shown) }
  }
}
