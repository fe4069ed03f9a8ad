internal import PlacePlanning

// What has changed since an earlier paper, split into data, assumptions, scheme dates, chance and method.

extension PaperWriter {
  /// Most changes that a paper lists one by one; the rest are counted.
  private static let mostListed = 12

  var changesSection: Section? {
    guard let comparison = content.changes else { return nil }
    let heading = "What has changed since the last paper"
    let before = comparison.before
    let since = "the paper of \(before.paperDate.longLabel)"
    if comparison.isEmpty {
      return Section(
        id: "changes", heading: heading,
        blocks: [.paragraph("Nothing has changed since \(since): every input and every figure is the same.")])
    }
    var blocks: [Block] = [
      .paragraph(
        "This paper is set beside \(since)\(before.scenario == model.scenario ? "" : ", scenario “\(before.scenario)”"). "
          + "To see what moved the figures, the old inputs were changed into the new ones one kind at a time, and "
          + "everything was worked out again after each.")
    ]
    blocks.append(.bullets(comparison.steps.flatMap { $0 }.map { kindSentence($0, comparison) }))
    let moved = comparison.headlines.filter { $0.hasChanged && $0.subject.area == nil }
    blocks.append(
      moved.isEmpty
        ? .paragraph("None of that moves a figure of the whole authority.")
        : .table(changesTable(moved, comparison)))
    blocks.append(.annex(changedInputs(comparison)))
    return Section(id: "changes", heading: heading, blocks: blocks)
  }

  private func kindSentence(_ kind: RunComparison.Kind, _ comparison: RunComparison) -> String {
    let count = comparison.changes.count { $0.kind == kind }
    let what = kind.name.capitalisedFirst
    switch kind {
    case .method: return "\(what): the program itself."
    case .seed: return "\(what): the random numbers behind ranges and chances."
    case .data, .assumptions, .schemeDates: return "\(what): \(counted(count, "change"))."
    }
  }

  /// Each figure before and after, and what every step moved it by. The change is that between the figures as they are shown, and the
  /// parts are rounded so that they add up to it.
  private func changesTable(_ moved: [RunComparison.Headline], _ comparison: RunComparison) -> Table {
    Table(
      id: "changes-table", caption: "Figures that have moved, and what moved them",
      columns: [
        .init("figure", "Figure", isNumber: false), .init("before", "Before"), .init("after", "Now"),
        .init("change", "Change"),
      ]
        + comparison.steps.map { kinds in
          .init(
            kinds.map(\.rawValue).joined(separator: "_"),
            "Of this, from " + listed(kinds.map { $0 == .seed ? "chance" : $0.name }))
        },
      rows: moved.map { headline in
        // Forms of entry are shown in tenths, all else as whole numbers.
        let places = headline.subject.unit == "FE" ? 1 : 0
        let scale = places == 1 ? 10.0 : 1
        func shown(_ value: Double) -> Int { Int((value * scale).rounded(.toNearestOrAwayFromZero)) }
        func cell(_ value: Double, _ steps: Int) -> Table.Cell {
          Table.Cell(
            storing: value,
            shown: (steps > 0 ? "+" : "") + fixed(Double(steps) / scale, places: places))
        }
        let parts = headline.parts.map(\.amount)
        let change = shown(headline.after) - shown(headline.before)
        let rounded = roundedKeepingTotal(parts.map { $0 * scale }, total: change) ?? []
        return [
          .text(named(headline.subject)),
          .number(headline.before, places: places), .number(headline.after, places: places),
          cell(headline.change, change),
        ] + zip(parts, rounded).map(cell)
      },
      footnote: Footnote(sources: ["this run", comparison.before.name], mark: .derived))
  }

  /// With its unit, unless the name begins with it.
  private func named(_ subject: RunComparison.Subject) -> String {
    let name = subject.name.capitalisedFirst
    if subject.name.hasPrefix(subject.unit) { return name }
    return "\(name) (\(subject.unit == "GBP" ? "£" : subject.unit))"
  }

  private func changedInputs(_ comparison: RunComparison) -> Table {
    let listed = comparison.changes.prefix(Self.mostListed)
    let rest = comparison.changes.count - listed.count
    return Table(
      id: "changed-inputs", caption: "What was changed, one by one",
      columns: [
        .init("kind", "Kind", isNumber: false), .init("what", "What", isNumber: false),
        .init("was", "Was", isNumber: false), .init("is", "Is", isNumber: false),
      ],
      rows: listed.map {
        [.text($0.kind.name), .text($0.what), .text($0.was ?? "not there"), .text($0.is ?? "not there")]
      },
      footnote: Footnote(
        sources: ["the inputs of both runs"], mark: .derived,
        note: rest > 0
          ? "\(counted(rest, "more change", "more changes")) \(rest == 1 ? "is" : "are") in the run’s tables."
          : nil))
  }
}
