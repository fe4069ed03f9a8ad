internal import Diagnostics
internal import PlacePlanning

// Schemes that are more often mistyped than meant. They are used as they stand.

/// What a permanent place costs at the least and at the most. Assumed: national averages of the scorecards of 2019 to 2026, new or in an
/// expansion, lie from 17,268 to 30,394, and regions from 0.91 to 1.29 of them; a third of the least and three times the most leave room
/// for single schemes, and none for the places of all year groups, or for forms of entry, where those of one year group are wanted.
/// **Units** pounds, in the prices of the scheme.
private let plausiblePlaceCost = 5_000.0...120_000.0

/// Warns of an option group of one scheme whose name is nearly that of another group in the same area (W318): a scheme of each group could
/// be chosen.
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

/// What a place in a bulge class or a temporary block costs at the least and at the most. Assumed: the national averages of temporary
/// places in 2026 are 9,935 and 11,153; a spare room costs little, and twenty times as much is more often a slip. **Units** pounds, in the
/// prices of the scheme.
private let plausiblePassingCost = 100.0...200_000.0

/// Warns of places that cost next to nothing or a fortune (W320).
func warnOfPlaceCosts(_ schemes: [Placed<Scheme>], _ list: inout DiagnosticList) {
  // What somebody else pays for costs the authority nothing, and is no slip.
  for scheme in schemes where scheme.value.cost.pounds > 0 {
    guard let all = scheme.value.placesWhenFull else { continue }
    let usual =
      scheme.value.kind.capacityChange == .expansion ? plausiblePlaceCost : plausiblePassingCost
    let cost = Double(scheme.value.cost.pounds) / Double(all)
    guard !usual.contains(cost) else { continue }
    list.add(
      .costOutOfProportion, at: scheme.row.place("cost"),
      what: "'\(scheme.value.key)' costs \(grouped(scheme.value.cost.pounds)) for \(grouped(all)) places, "
        + "\(grouped(cost.rounded())) a place",
      why: "from \(grouped(usual.lowerBound)) to \(grouped(usual.upperBound)) is usual",
      fix: "check the cost and the places; if both are right, leave them")
  }
}

/// The least of a scheme that is paid for by the end of the financial year in which it opens. Assumed: half, as of Gloucestershire's dearest
/// scheme, whose last payments come three years after its opening.
private let leastPaidAtOpening = 0.5

/// How long a permanent building is used, at the least. Assumed: shorter lives are those of temporary blocks, 10 years in Gloucestershire.
/// **Units** years.
private let shortestBuildingLife = 10

/// Warns of schemes that open before they are half paid for, and of permanent places in what is written off in a few years (W334).
func warnOfDisagreement(_ schemes: [Placed<Scheme>], _ list: inout DiagnosticList) {
  for scheme in schemes where scheme.value.kind.addsPlaces {
    let (value, row) = (scheme.value, scheme.row)
    let paid = value.profile.prefix(value.buildYears + 1).reduce(0, +)
    if !value.profile.isEmpty, paid < leastPaidAtOpening - 1e-9 {
      list.add(
        .schemeFiguresDisagree, at: row.place("build_years"),
        what: "'\(value.key)' opens with build_years \(value.buildYears), when "
          + "\(plain((paid * 1000).rounded() / 1000)) of it is paid for",
        why: "less than half by the end of the year in which it opens is more often a wrong year or profile",
        fix: "check build_years and the profile; if both are right, leave them")
    }
    if value.kind.capacityChange == .expansion, value.assetLifeYears < shortestBuildingLife {
      list.add(
        .schemeFiguresDisagree, at: row.place("asset_life_years"),
        what: "'\(value.key)' is \(aOrAn(value.kind.name)) that is used for \(value.assetLifeYears) years",
        why: "its places stay, and what is borrowed for it would be paid back in so few years",
        fix: "check asset_life_years; if it is right, leave it")
    }
  }
}

/// Warns of schemes whose places come after the last year that is counted, however early they start (W325).
func warnOfLateOpenings(
  _ schemes: [Placed<Scheme>], _ context: CapitalContext, _ list: inout DiagnosticList
) {
  let last = context.lastYear.academicYear
  for scheme in schemes where scheme.value.kind.addsPlaces {
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
  /// Warns of schemes still to be chosen that would open, at their first start, in a September that has come by the meeting (W350).
  func warnOfPastOpenings(_ schemes: [Placed<Scheme>], _ list: inout DiagnosticList) {
    let meeting = header.identity.meeting
    let lastSeptember = meeting.month >= 9 ? meeting.year : meeting.year - 1
    for scheme in schemes where scheme.value.kind.addsPlaces && !scheme.value.isCommitted {
      let first = scheme.value.window.lowerBound
      let opening = scheme.value.opening(startingIn: first)
      guard opening.start <= lastSeptember else { continue }
      list.add(
        .opensBeforeMeeting, at: scheme.row.place("first_start"),
        what:
          "'\(scheme.value.key)' started in \(first) opens in September \(opening.start), and the meeting is on "
          + meeting.longLabel,
        why:
          "it is still to be chosen, and its places would count from a September in which they can no longer come",
        fix:
          "write a later first_start; if it is open or being built, commit it or give its places in capacity_changes"
      )
    }
  }

  /// Warns of the same scheme, agreement or pot under two keys (W319).
  func warnOfTwins(_ list: inout DiagnosticList) throws {
    let columns = (datasets[.schemes]?.schema.columns ?? []).map(\.name).filter { $0 != "scheme_key" }
    try warnOfTwins(
      .schemes, key: "scheme_key",
      alike: { row in columns.map { $0 == "scheme" ? folded(row.raw($0)) : row.raw($0) } },
      says: { "is the same as '\($0)' in every column but the key" },
      why: "if it is one scheme, its places and its cost count twice",
      fix: "take one of the two out, or give them names of their own", &list)
    let purposes = ["pays_for", "phase", "planning_area_code", "scheme_key"]
    let terms = ["site_key", "trigger_homes", "received_in", "amount", "price_base"]
    try warnOfTwins(
      .section106, key: "agreement_key", alike: { row in (terms + purposes).map(row.raw) },
      apart: {
        !$0.raw("deed_key").isEmpty && $0.raw("deed_key") == $1.raw("deed_key")
          && folded($0.raw("agreement")) != folded($1.raw("agreement"))
      },
      says: { "has the site, the date, the amount and the purposes of '\($0)'" },
      why: "if it is one agreement, its money counts twice", &list)
    let receipts = Dictionary(grouping: rows(.potReceipts)) { $0.raw("pot_key") }.mapValues { rows in
      rows.map { "\($0.raw("financial_year")) \($0.raw("pounds"))" }.sorted()
    }
    try warnOfTwins(
      .fundingPots, key: "pot_key",
      alike: { row in
        receipts[row.raw("pot_key")].map { received in (["source"] + purposes).map(row.raw) + received }
      }, says: { "has the source, the purposes and the receipts of '\($0)'" },
      why: "if it is one pot, its money counts twice", &list)
  }

  /// Warns of rows that are alike under two keys (W319). `alike` gives the cells that are compared, nil for a row to leave out; `apart` is
  /// true of two rows that are alike and not the same thing, such as parts of one deed that are paid in equal sums.
  func warnOfTwins(
    _ role: DatasetRole, key: String, alike: (DatasetRow) throws -> [String]?,
    apart: (DatasetRow, DatasetRow) -> Bool = { _, _ in false }, says: (String) -> String, why: String,
    fix: String = "take one of the two out; if there really are two, leave them", _ list: inout DiagnosticList
  ) throws {
    var seen: [[String]: [DatasetRow]] = [:]
    for row in rows(role) {
      guard let cells = try alike(row) else { continue }
      if let first = seen[cells]?.first(where: { !apart($0, row) }) {
        list.add(
          .schemeTwice, at: row.place(key), what: "'\(try row.text(key))' \(says(try first.text(key)))",
          why: why, fix: fix)
      }
      seen[cells, default: []].append(row)
    }
  }
}
