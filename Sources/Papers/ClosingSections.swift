internal import Diagnostics
internal import PlacePlanning
internal import Projection

// What is uncertain, and where everything comes from.

extension PaperWriter {
  var uncertainty: Section {
    // Money depends on pupils, but pupils do not depend on money.
    let relevant = kind == .capital ? model.assumptions : ownAssumptions
    let weak = relevant.filter { $0.quality == .red && $0.impact == .red }
    var blocks: [Block] = [.bullets(uncertainPoints)]
    if weak.isEmpty {
      blocks.append(.paragraph("No assumption is both weakly evidenced and of great effect."))
    } else {
      blocks.append(
        .paragraph(
          "\(counted(weak.count, "assumption")) \(weak.count == 1 ? "is" : "are") both weakly "
            + "evidenced and of great effect (red for both in the \(whereLogsAre.logs)). Ask about "
            + (weak.count == 1 ? "this first:" : "these first:")))
      blocks.append(.bullets(weak.map(\.title)))
    }
    if !content.warnings.isEmpty {
      blocks.append(
        .paragraph(
          "The program's checks raised \(counted(content.warnings.count, "warning")). "
            + (content.warnings.count == 1
              ? "It does not stop the run, but is worth a look."
              : "None stops the run; each is worth a look.")))
      blocks.append(.annex(warningsTable))
    }
    return Section(id: "uncertain", heading: "What is uncertain", blocks: blocks)
  }

  /// What is uncertain about every figure, and in the capital paper about money.
  private var uncertainPoints: [String] {
    var points: [String] = []
    if let firstUnknown = pupils.years.first(where: { !pupils.births.isKnown(reachingReceptionIn: $0) }) {
      points.append(
        "Births: some children reaching Reception in \(firstUnknown)"
          + (firstUnknown == pupils.years.last ? "" : " and all in later years")
          + " had not been born or counted when this was written.")
    }
    if pupils.history.mark == .derived {
      points.append(
        "Year groups by planning area are derived, not counted. Figures of the whole authority are firmer than "
          + "those of any one area, and large areas firmer than small ones.")
    }
    if hasHomes {
      let basis =
        homesTiming == "assumed"
        ? "the pace of building and the number of children in each new home are assumed"
        : "when they are built is \(homesTiming), and the number of children in each new home is assumed"
      points.append(
        "Homes: \(basis). The "
          + "figures with and without new homes show how much rests on them. Homes can come later than \(homesTiming), hardly "
          + "sooner: where many are planned, the middle path is more likely too high than too low.")
    }
    let drawn = hasHomes ? "births, moves and homes" : "births and moves"
    points.append(
      content.ranges == nil
        ? "Figures here are the central path only, so treat each as the middle of a range. The model does not say how wide "
          + "those ranges are."
        : "Ranges and chances rest on the model's own assumptions of how uncertain \(drawn) are. A kind of "
          + "shock that nobody has thought of is not in them.")
    if kind == .capital, findings?.plan.agreements.contains(where: { $0.site != nil }) ?? false {
      points.append(
        "Section 106 money: homes are counted by years to August. What homes finished from September to March bring is put in the "
          + "financial year after theirs, so it may come up to a year sooner than shown.")
    }
    points += model.identity.dataNotes
    if kind == .capital { points += model.identity.programmeNotes }
    return points
  }

  private var warningsTable: Table {
    Table(
      id: "warnings", caption: "Warnings from the checks",
      columns: [.words("code", "Code"), .words("what", "What"), .words("fix", "What to do")],
      rows: content.warnings.map { [.text($0.code.rawValue), .text($0.what), .text($0.fix)] },
      footnote: Footnote(sources: ["this program's checks of its input"], mark: .derived))
  }

  var sources: Section {
    var blocks: [Block] = [
      .paragraph(whereAssumptionsAre),
      .bullets(
        model.sources.enumerated().map { index, source in
          "S\(index + 1). \(source.title). \(source.publisher)"
            + (source.page.map { ", \($0)" } ?? "")
            + ". Licence: \(source.licence). Retrieved \(longDay(source.retrieved))."
        }),
      .table(datasetsTable),
    ]
    if !ownAssumptions.isEmpty { blocks.append(.table(assumptionsTable)) }
    if !model.appliedOverrides.isEmpty { blocks.append(.table(overridesTable)) }
    return Section(id: "sources", heading: "Sources and assumptions", blocks: blocks)
  }

  private var datasetsTable: Table {
    Table(
      id: Paper.datasetsID,
      caption: "Data sets used, with the numbers by which they are named under tables and charts",
      columns: [
        .words("title", "Data set"), .words("mark", "Mark"), .words("quality", "Quality"),
        .words("licence", "Licence"), .words("retrieved", "Retrieved"),
      ],
      rows: listedDatasets.enumerated().map { index, dataset in
        let note = dataset.value
        let title =
          note.title + (note.isSynthetic && !note.title.hasSuffix("(synthetic)") ? " (synthetic)" : "")
        return [
          Table.Cell(stored: title, shown: "\(index + 1). \(title)"), .text(note.mark.rawValue),
          .text(note.quality.rawValue), .text(note.licence),
          Table.Cell(stored: note.retrieved, shown: longDay(note.retrieved)),
        ]
      },
      footnote: Footnote(sources: ["the schema beside each data file"], mark: nil))
  }

  /// `2018-03-15` of a data file as the papers write days: `15 March 2018`.
  func longDay(_ day: String) -> String { CalendarDate(label: day)?.longLabel ?? day }

  /// How the keys of assumptions about money, schemes and building begin. All others are about children, homes and places.
  private static let capitalKeys = [
    "borrowing.", "cost_factor.", "cost_per_place.", "delivery.", "points.", "programme.", "revenue.",
    "scheme.",
  ]

  /// Those that this paper's log holds. Each stands in the log of one paper.
  private var ownAssumptions: [Assumption] {
    model.assumptions.filter { assumption in
      Self.capitalKeys.contains(where: assumption.key.hasPrefix) == (kind == .capital)
    }
  }

  /// Where assumptions are listed: a paper without any of its own has no log.
  var whereLogsAre: (logs: String, place: String) {
    let here = ownAssumptions.count
    if here == model.assumptions.count { return ("log", "this paper") }
    if here == 0 { return ("log", "the \(kind == .capital ? "demographic" : "capital") paper") }
    return ("logs", "both papers")
  }

  private var whereAssumptionsAre: String {
    let (own, other) = ("money, schemes and building", "children, homes and places")
    let all = model.assumptions.count
    let here = ownAssumptions.count
    let (subject, rest, paper) = kind == .capital ? (own, other, "demographic") : (other, own, "capital")
    let there =
      here == all
      ? "" : " What is assumed about \(rest) (\(grouped(all - here))) is in the log of the \(paper) paper."
    return
      (here == 0
      ? "Nothing is assumed about \(subject)."
      : "What is assumed about \(subject) (\(counted(here, "assumption"))) is in the log below.") + there
  }

  /// With as many decimals as it has, its thousands grouped unless it is a year: `2,683.33`, `2020`.
  private func shown(_ value: Double, _ unit: String) -> String {
    let text = decimal(value, places: 6)
    if unit == "year" { return text }
    return fixed(value, places: text.split(separator: ".").dropFirst().first?.utf8.count ?? 0)
  }

  /// `pounds/place` for the `GBP/place` of files.
  private func inPounds(_ unit: String) -> String { unit.replacing("GBP", with: "pounds") }

  private var assumptionsTable: Table {
    let sources = Dictionary(
      model.sources.enumerated().map { ($1.key, Table.Cell(stored: $1.title, shown: "S\($0 + 1)")) }
    ) { first, _ in first }
    return Table(
      id: "assumptions",
      caption: kind == .capital
        ? "Assumptions log: money, schemes and building" : "Assumptions log: children, homes and places",
      columns: [
        .words("title", "Assumption"), .init("value", "Value"), .words("unit", "Unit"),
        .words("mark", "Mark"), .words("quality", "Quality of evidence"),
        .words("impact", "Effect on the answer"), .words("source", "Source"), .words("key", "Key"),
      ],
      rows: ownAssumptions.map { assumption in
        [
          .text(assumption.title),
          Table.Cell(storing: assumption.value, shown: shown(assumption.value, assumption.unit)),
          Table.Cell(stored: assumption.unit, shown: inPounds(assumption.unit)),
          .text(assumption.mark.rawValue),
          .text(assumption.quality.rawValue), .text(assumption.impact.rawValue),
          sources[assumption.source] ?? .text(assumption.source), .text(assumption.key),
        ]
      },
      footnote: Footnote(
        sources: ["the model's assumption files"], mark: nil,
        note: "S1, S2 and so on are in the list of sources above."))
  }

  private var overridesTable: Table {
    Table(
      id: "overrides", caption: "What this scenario changes",
      columns: [
        .words("key", "Assumption"), .init("was", "Was"), .init("is", "Is"), .words("unit", "Unit"),
        .words("why", "Why"), .words("place", "Where"),
      ],
      rows: model.appliedOverrides.map { change in
        [
          .text(change.key), Table.Cell(storing: change.was, shown: shown(change.was, change.unit)),
          Table.Cell(storing: change.is, shown: shown(change.is, change.unit)),
          Table.Cell(stored: change.unit, shown: inPounds(change.unit)), .text(change.why),
          .text(change.place),
        ]
      },
      footnote: Footnote(sources: ["the model's scenario file"], mark: .assumed))
  }
}
