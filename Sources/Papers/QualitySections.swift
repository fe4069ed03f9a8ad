internal import CapitalProgramme
internal import Forecasting
internal import PlacePlanning
internal import Projection

// How the figures were assured.

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
        + Rating.allCases.map { .init($0.rawValue, "\($0.effect) effect (\($0.rawValue))") },
      rows: Rating.allCases.map { quality in
        [.text("\(quality.evidence) (\(quality.rawValue))")]
          + Rating.allCases.map { impact in
            .whole(count(quality, impact)).shaded(
              quality == .red && impact == .red && count(quality, impact) > 0 ? .marked : .none)
          }
      },
      footnote: Footnote(sources: ["the assumptions \(logs) at the end of \(place)"], mark: .derived))
  }
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
