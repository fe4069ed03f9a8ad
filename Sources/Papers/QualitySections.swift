internal import CapitalProgramme
internal import Forecasting
internal import PlacePlanning
internal import Projection

// How the figures were assured, and what the words mean.

extension PaperWriter {
  /// A statement of quality assurance, in the order of the Aqua Book: what was asked, what was done, what was checked, what was not,
  /// and what the figures may be used for.
  ///
  /// **Source** HM Treasury, The Aqua Book: guidance on producing quality analysis for government.
  var quality: Section {
    var checks = [
      "Every file of the model was checked before anything was calculated; faults would have stopped the run. "
        + (content.warnings.isEmpty
          ? "There was no warning."
          : "There \(content.warnings.count == 1 ? "was" : "were") \(counted(content.warnings.count, "warning")); "
            + "“What is uncertain” says where to find \(content.warnings.count == 1 ? "it" : "them")."),
      "Every change in the number of pupils is booked, and " + unexplained,
    ]
    if kind == .capital, content.programme.total > 0 {
      checks.append("The approved programme adds up to the pound, by scheme and by source.")
    }
    if let outcome = findings?.outcome, let chosen {
      checks.append(
        "The best plan found was checked a second time by separate code, in whole pounds and whole places: no rule is "
          + "broken. " + proofInShort(outcome, chosen.steps.map(\.gap).max() ?? 0))
    }
    if let past = content.pastForecasts, !past.scores.isEmpty {
      checks.append(
        "The method was tried on earlier years, whose outcome is known ("
          + (kind == .capital ? "see the demographic paper" : "see “\(Self.pastHeading)”") + ").")
    }
    let red = model.assumptions.filter { $0.quality == .red }.count
    return Section(
      id: "quality", heading: "How far these figures have been checked",
      blocks: [
        .definitions([
          .init("What was asked", asked),
          .init(
            "What was done",
            "Published figures and stated assumptions were turned into forecasts, and these into this paper, by a program "
              + "whose rules and working are published."),
        ]),
        .paragraph("Checked by the program in this run:"), .bullets(checks),
        .paragraph("Not checked by anybody yet, as far as this paper knows:"),
        .bullets([
          "No analyst outside the team has reviewed the assumptions. The authority should name one, and record who "
            + "signed off the figures, before they support a decision.",
          red == 0
            ? "No assumption is marked as weakly evidenced."
            : "\(counted(red, "assumption").capitalisedFirst) of \(grouped(model.assumptions.count)) "
              + "\(red == 1 ? "rests" : "rest") on weak evidence (red in the \(whereLogsAre.logs)); nobody has tested "
              + "\(red == 1 ? "it" : "them") against local knowledge.",
        ]),
        .paragraph(
          "Fit for: showing where places may run short or stand empty, and comparing answers to that. Not fit for: admissions to a single "
            + "school, or any decision about a single child."),
        .table(ratingTable),
      ])
  }

  /// What this paper is for: the capital paper's purpose is the model's own.
  var purpose: String {
    switch kind {
    case .capital: model.identity.purpose
    case .demographic:
      "To report how many children are expected in schools, where places may run short or stand empty, and how sure these figures are."
    }
  }

  /// The same as a sentence: `This paper is to report …`.
  private var asked: String {
    purpose.hasPrefix("To ") ? "This paper is to \(purpose.dropFirst(3))" : purpose
  }

  /// Gaps that would be shown as 0.00% are none.
  func proofInShort(_ outcome: ProgrammeOutcome, _ gap: Double) -> String {
    guard case .proven = outcome else { return "It is not proven best." }
    return gap < 0.00005
      ? "It is proven best." : "It is proven best to within \(percent(gap, places: 2))."
  }

  private var unexplained: String {
    let worst = pupils.ledger.worstResidual
    return worst < 1e-6
      ? "the books leave nothing unexplained."
      : "what the books leave unexplained is at most \(decimal(worst, places: 6)) of a pupil."
  }

  /// How many assumptions there are of each quality and effect.
  private var ratingTable: Table {
    func count(_ quality: Rating, _ impact: Rating) -> Int {
      model.assumptions.count { $0.quality == quality && $0.impact == impact }
    }
    let (logs, place) = whereLogsAre
    return Table(
      id: "ratings", caption: "Assumptions by quality of evidence and effect on the answer",
      columns: [.words("quality", "Quality of evidence")]
        + Rating.allCases.map { .init($0.rawValue, "\($0.effect) effect") },
      rows: Rating.allCases.map { quality in
        [.text("\(quality.evidence) (\(quality.rawValue))")]
          + Rating.allCases.map { impact in
            .whole(count(quality, impact)).shaded(
              quality == .red && impact == .red && count(quality, impact) > 0 ? .marked : .none)
          }
      },
      footnote: Footnote(sources: ["the assumptions \(logs) at the end of \(place)"], mark: .derived))
  }

  /// The sections of a paper and, before the last of them, what those terms mean that these sections or its header use, by the
  /// alphabet.
  func explained(_ sections: [Section], _ terms: [Definition], _ header: [Paper.Particular]) -> [Section] {
    let text = (header.map(\.text) + sections.map(\.text)).joined(separator: "\n").lowercased()
    let used = terms.filter { $0.isUsed(in: text) }.sorted { $0.term < $1.term }
    let glossary = Section(id: "glossary", heading: "What the words mean", blocks: [.definitions(used)])
    return Array(sections.dropLast()) + [glossary] + Array(sections.suffix(1))
  }

  /// What both papers speak of.
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

extension Rating {
  fileprivate var evidence: String {
    switch self {
    case .green: "Good"
    case .amber: "Fair"
    case .red: "Weak"
    }
  }

  fileprivate var effect: String {
    switch self {
    case .green: "Small"
    case .amber: "Medium"
    case .red: "Large"
    }
  }
}
