internal import Diagnostics
internal import PlacePlanning

// Schemes that are more often mistyped than meant. They are used as they stand.

/// What a permanent place costs at the least and at the most. Assumed: national averages of the scorecards of 2019 and 2025, new or in an
/// expansion, lie from 17,268 to 25,089, and a single scheme further off than twenty times is more often in thousands, or for the places
/// of another year group. **Units** pounds, in the prices of the scheme.
private let plausiblePlaceCost = 1_000.0...500_000.0

/// Warns of an option group of one scheme whose name is nearly that of another in the same area (W318): of the two groups, one of each
/// could be chosen.
func warnOfLoneOptions(_ schemes: [Placed<Scheme>], _ list: inout DiagnosticList) {
  let groups = Dictionary(grouping: schemes.filter { $0.value.optionGroup != nil }) {
    $0.value.optionGroup ?? ""
  }
  for (name, members) in groups.sorted(by: { $0.key < $1.key }) where members.count == 1 {
    let others = groups.filter { other in
      other.key != name && other.value.contains { $0.value.area == members[0].value.area }
    }
    guard let near = nearMiss(of: name, among: others.keys) else { continue }
    list.add(
      .optionGroupAlone, at: members[0].row.place("option_group"),
      what: "'\(members[0].value.key)' is alone in option group '\(name)'; there is a group '\(near)'",
      why: "if the two are one group, a programme could hold schemes that exclude each other",
      fix: "write '\(near)' if that is meant; otherwise leave it")
  }
}

/// Warns of permanent places that cost next to nothing or a fortune (W320).
func warnOfPlaceCosts(_ schemes: [Placed<Scheme>], _ known: KnownAreas, _ list: inout DiagnosticList) {
  // What somebody else pays for costs the authority nothing, and is no slip.
  for scheme in schemes
  where [.expansion, .newSchool].contains(scheme.value.kind) && scheme.value.cost.pounds > 0 {
    guard let places = scheme.value.places, let area = scheme.value.area.flatMap({ known.byCode[$0] })
    else { continue }
    let all = places.perYearGroup * area.phase.plannedYearGroups.count
    let cost = Double(scheme.value.cost.pounds) / Double(all)
    guard !plausiblePlaceCost.contains(cost) else { continue }
    list.add(
      .costOutOfProportion, at: scheme.row.place("cost"),
      what: "'\(scheme.value.key)' costs \(scheme.value.cost.pounds) for \(all) places, "
        + "\(plain(cost.rounded())) a place",
      why: "from \(plain(plausiblePlaceCost.lowerBound)) to \(plain(plausiblePlaceCost.upperBound)) is usual",
      fix: "check the cost and the places; if both are right, leave them")
  }
}

/// Warns of schemes whose places come after the last year that is counted, however early they start (W325).
func warnOfLateOpenings(
  _ schemes: [Placed<Scheme>], _ context: CapitalContext, _ list: inout DiagnosticList
) {
  let last = context.lastYear.academicYear
  for scheme in schemes where scheme.value.kind.capacityChange != nil {
    let opening = (scheme.value.window.lowerBound + scheme.value.buildYears).academicYear
    guard opening > last else { continue }
    list.add(
      .opensTooLate, at: scheme.row.place("first_start"),
      what: "'\(scheme.value.key)' opens in September \(opening.start) at the earliest; the last year "
        + "counted is \(last)",
      why: "none of its places would count, so it looks as if it were of no use",
      fix: "let it start sooner, or lengthen the model's horizon_years")
  }
}

extension ModelParts {
  /// Warns of two schemes with the same cells in every column but the key (W319).
  func warnOfTwins(_ list: inout DiagnosticList) throws {
    let columns = (datasets[.schemes]?.schema.columns ?? []).map(\.name).filter { $0 != "scheme_key" }
    var seen: [[String]: String] = [:]
    for row in rows(.schemes) {
      let (cells, key) = (columns.map { row.raw($0) }, try row.text("scheme_key"))
      if let first = seen[cells] {
        list.add(
          .schemeTwice, at: row.place("scheme_key"),
          what: "'\(key)' is the same as '\(first)' in every column but the key",
          why: "if it is one scheme, its places and its cost count twice",
          fix: "take one of the two out, or give them names of their own")
      }
      seen[cells] = seen[cells] ?? key
    }
  }
}
