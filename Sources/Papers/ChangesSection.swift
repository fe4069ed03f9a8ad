internal import PlacePlanning

// What has changed since an earlier paper, split into data, assumptions, scheme dates, chance and method.

extension PaperWriter {
  /// Most changes that a paper lists one by one; the rest are counted.
  private static let mostListed = 12

  private static let beforeAndNow: [Table.Column] = [
    .words("figure", "Figure"), .init("before", "Before"), .init("after", "Now"), .init("change", "Change"),
  ]

  var changesSection: Section? {
    content.changes.map {
      Section(id: "changes", heading: "What has changed since the last paper", blocks: changesBlocks($0))
    }
  }

  private func changesBlocks(_ comparison: RunComparison) -> [Block] {
    let before = comparison.before
    let since = "the paper of \(before.paperDate.longLabel)"
    // The best plan found takes a solver's time: it is not chosen again after each change.
    let isApart = if case .asRecorded = comparison.recommended { true } else { false }
    if comparison.isEmpty {
      let all = isApart && comparison.recorded == nil ? "every figure that was compared" : "every figure"
      let sentence = "Nothing has changed since \(since): every input and \(all) is the same."
      return [.paragraph(sentence)] + (all == "every figure" ? [] : recommendedBlocks(comparison))
    }
    let scenario = before.scenario == model.scenario ? "" : ", scenario “\(before.scenario)”"
    let beside = "This paper is set beside \(since)\(scenario). "
    if comparison.steps.isEmpty {
      return [.paragraph(beside + "Every input is the same.")] + recommendedBlocks(comparison)
    }
    let again = isApart ? "all but the best plan found" : "everything"
    var blocks: [Block] = [
      .paragraph(
        beside
          + "To see what moved the figures, the old inputs were changed into the new ones one kind at a time, "
          + "and \(again) was worked out again after each.")
    ]
    blocks.append(.bullets(comparison.steps.flatMap { $0 }.map { kindSentence($0, comparison) }))
    let moved = comparison.headlines.filter { $0.hasChanged && $0.subject.area == nil }
    let whose = isApart ? "the whole authority’s pupils, places or approved schemes" : "the whole authority"
    blocks.append(
      moved.isEmpty
        ? .paragraph("None of that moves a figure of \(whose).") : .table(changesTable(moved, comparison)))
    return blocks + recommendedBlocks(comparison) + [.annex(changedInputs(comparison))]
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
      columns: Self.beforeAndNow
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
          .text(named(headline.subject)), .number(headline.before, places: places),
          .number(headline.after, places: places), cell(headline.change, change),
        ] + zip(parts, rounded).map(cell)
      },
      footnote: comparison.footnote)
  }

  /// What the recommended programme was and is; nothing where none is chosen, or where it is in the table above.
  private func recommendedBlocks(_ comparison: RunComparison) -> [Block] {
    guard case .asRecorded(let before, let after) = comparison.recommended else { return [] }
    guard let (figures, starts) = comparison.recorded else {
      let without =
        switch (before, after) {
        case (nil, nil): "neither paper has one on record"
        case (nil, _): "the last has none on record"
        default: "this paper has none"
        }
      return [.paragraph("The best plan found was not compared: \(without).")]
    }
    guard comparison.recommendsAnother else {
      return [
        .paragraph(
          "The best plan found is the same in both: the same schemes and starts, at the same cost, and as many places left "
            + "missing.")
      ]
    }
    let names = Dictionary((findings?.plan.schemes ?? []).map { ($0.key, $0.name) }) { first, _ in first }
    func list(_ words: String, _ line: (RunComparison.Label) -> String?) -> String? {
      let found = starts.compactMap { label in
        line(label).map { "\(names[label.subject.scheme ?? ""] ?? label.subject.scheme ?? "") \($0)" }
      }
      return found.isEmpty ? nil : "\(words): \(listedApart(found))."
    }
    let sentences = [
      "The best plan found has changed. What each change did to it was not worked out.",
      list("New in it") { $0.before == nil ? $0.after.map { "(\($0))" } : nil },
      list("No longer in it") { $0.after == nil ? $0.before.map { "(\($0))" } : nil },
      list("With another start") { label in
        guard let was = label.before, let year = label.after, was != year else { return nil }
        return "(\(year), was \(was))"
      },
    ]
    let moved = figures.filter(\.hasChanged)
    return [.paragraph(sentences.compactMap { $0 }.joined(separator: " "))]
      + (moved.isEmpty ? [] : [.table(recommendedTable(moved, comparison))])
  }

  private func recommendedTable(
    _ moved: [RunComparison.Headline], _ comparison: RunComparison
  ) -> Table {
    Table(
      id: "recommended-changes", caption: "The best plan found, before and now",
      columns: Self.beforeAndNow,
      rows: moved.map { headline in
        let change = headline.after.rounded() - headline.before.rounded()
        return [
          .text(named(headline.subject)), .number(headline.before), .number(headline.after),
          Table.Cell(storing: headline.change, shown: (change > 0 ? "+" : "") + whole(change)),
        ]
      },
      footnote: comparison.footnote)
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
      columns: [.words("kind", "Kind"), .words("what", "What"), .words("was", "Was"), .words("is", "Is")],
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

extension RunComparison {
  /// For tables that compare both runs.
  var footnote: Footnote { Footnote(sources: ["this run", before.name], mark: .derived) }
}
