internal import Diagnostics
internal import PlacePlanning

extension ModelParts {
  /// What a programme is chosen from; nil where the model names no `schemes`, and then any other data set of capital is a
  /// fault (E013), as it would be silently ignored.
  func readCapital(
    _ known: KnownAreas, _ conditions: AssemblyConditions, sites: [HousingSite], approved: [ApprovedScheme],
    _ values: inout AssumptionValues, _ list: inout DiagnosticList
  ) throws -> CapitalPlan? {
    guard datasets[.schemes] != nil else {
      refuseRolesWithoutSchemes(&list)
      return nil
    }
    requireRolesBesideSchemes(&list)
    let context = try capitalContext(known, conditions, sites: sites, &list)
    let profiles = try readSchemeProfiles(&list)
    let stated = datasets[.schemeProfiles] == nil ? [] : try readSchemes(context, profiles, &list)
    let schemes = try switched(stated, &values, &list)
    let pots = datasets[.potReceipts] == nil ? [] : try readPots(context, &list)
    let agreements = try readAgreements(context, &list)
    let rivals = try readRivals(context, &list)
    let leftOut = Set(stated.map(\.value.key)).subtracting(schemes.map(\.value.key))
    let classes = try readClasses(values, &list)
    let assumed = CapitalAssumptions(classes: classes, &values, &list)
    let plan = CapitalPlan(
      firstYear: context.firstYear, years: context.years, schemes: schemes.map(\.value),
      pots: pots.map(\.value), agreements: agreements.map(\.value),
      borrowing: try readBorrowing(
        context, interest: assumed.interest, isAnnuity: assumed.isAnnuity, &values, &list),
      buildingInflation: assumed.buildingInflation, goals: assumed.goals, points: assumed.points,
      delivery: assumed.delivery, revenue: assumed.revenue,
      rivals: rivals.map(\.value).filter { leftOut.isDisjoint(with: $0.schemes) },
      neighbours: try readNeighbours(known, &list))
    checkWindows(stated, context, &list)
    checkPrerequisites(stated, &list)
    checkOptionGroups(stated, &list)
    for rival in rivals { checkRival(rival.value, rival.row, stated, &list) }
    checkAgreements(agreements, context, &list)
    checkMoneyInAll(schemes, agreements, plan, context, &list)
    // What a scheme or money with a fault would have cost or paid for is not known.
    guard stated.count == rows(.schemes).count else { return plan }
    let lines = zip(approved, rows(.programme)).map { Placed(value: $0, row: $1) }
    warnOfLoneOptions(stated, &list)
    warnOfPlaceCosts(stated, &list)
    warnOfLateOpenings(stated, context, &list)
    warnOfPastOpenings(stated, &list)
    warnOfDisagreement(stated, &list)
    try warnOfTwins(&list)
    warnOfUnusableMoney(pots, agreements, stated, &list)
    if pots.count == rows(.fundingPots).count, agreements.count == rows(.section106).count,
      (datasets[.fundingPots] == nil) == (datasets[.potReceipts] == nil)
    {
      checkFundable(schemes, plan, context, &list)
      try warnOfMissingYears(&list)
      try warnOfCeilingsOfNought(plan.borrowing, &list)
      try warnOfMoney(pots.map(\.value), agreements, stated.map(\.value), context, values, &list)
      // What is refused says enough.
      if !list.hasErrors {
        warnOfIdlePots(pots, stated, plan, context, &list)
        warnOfMissingApprovedMoney(lines, stated.map(\.value), plan, context, &list)
      }
    }
    warnOfUnmatchedApproval(lines, stated, plan, &list)
    return plan
  }

  private func capitalContext(
    _ known: KnownAreas, _ conditions: AssemblyConditions, sites: [HousingSite],
    _ list: inout DiagnosticList
  ) throws -> CapitalContext {
    func keys(_ role: DatasetRole, _ column: String) throws -> Set<String> {
      Set(try rows(role).map { try $0.text(column) })
    }
    return CapitalContext(
      known: known, firstYear: FinancialYear(header.baseYear.start + 1), years: header.horizonYears,
      sites: sites, conditions: conditions,
      siteKeys: try keys(.housingSites, "site_key"), schemeKeys: try keys(.schemes, "scheme_key"),
      potKeys: try keys(.fundingPots, "pot_key"), schoolCodes: try keys(.schools, "school_code"),
      schools: try readSchools(known, &list))
  }

  /// Roles that would be ignored without schemes (E013).
  private func refuseRolesWithoutSchemes(_ list: inout DiagnosticList) {
    for role in DatasetRole.besideSchemes where datasets[role] != nil {
      list.add(
        .missingKey, at: header.dataPlace, what: "'data' has '\(role.rawValue)' but no 'schemes'",
        why: "it would be silently ignored", fix: "name a data set of schemes, or take this one out")
    }
    refuseBorrowingKinds(without: .schemes, &list)
  }

  /// Roles that schemes need beside them, and that need each other (E013).
  private func requireRolesBesideSchemes(_ list: inout DiagnosticList) {
    var needed: [DatasetRole] = [.schemeProfiles]
    if datasets[.fundingPots] != nil { needed.append(.potReceipts) }
    if datasets[.potReceipts] != nil { needed.append(.fundingPots) }
    for role in needed where datasets[role] == nil {
      list.add(
        .missingKey, at: header.dataPlace, what: "'data' has no '\(role.rawValue)'",
        why: role == .schemeProfiles
          ? "schemes are paid for as their profiles say" : "pots and what they receive go together",
        fix: "name the data set that fills this role")
    }
    if datasets[.borrowing] == nil { refuseBorrowingKinds(without: .borrowing, &list) }
  }

  private func refuseBorrowingKinds(without role: DatasetRole, _ list: inout DiagnosticList) {
    guard let kinds = header.borrowingPaysFor else { return }
    list.add(
      .missingKey, at: kinds.place,
      what: "model.yaml has 'borrowing_pays_for', but 'data' has no '\(role.rawValue)'",
      why: "it would be silently ignored", fix: "name a data set of \(role.rawValue), or take this key out")
  }

  /// The reference classes of the schemes. One of which no assumption speaks is a fault (E201), once, and in its place stands the one that
  /// is most likely meant, so that what is said of it counts as read.
  private func readClasses(
    _ values: AssumptionValues, _ list: inout DiagnosticList
  ) throws -> Set<String> {
    let known = values.deliveryClasses
    var (classes, unknown): (Set<String>, Set<String>) = ([], [])
    for row in rows(.schemes) {
      let name = try row.text("reference_class")
      if known.contains(name) {
        classes.insert(name)
      } else if unknown.insert(name).inserted {
        list.add(
          .unknownCode, at: row.place("reference_class"), what: "there is no reference class '\(name)'",
          why: "it is not known how late and how dear schemes of the class are",
          fix: didYouMean(
            name, among: known, else: "define 'delivery.\(name).year_late' and the others of its class"))
        if let near = nearMiss(of: name, among: known) { classes.insert(near) }
      }
    }
    return classes
  }

  private func readRivals(
    _ context: CapitalContext, _ list: inout DiagnosticList
  ) throws -> [Placed<RivalPlan>] {
    try rows(.rivalPlans).compactMap { row -> Placed<RivalPlan>? in
      let area = try context.known.area(row, "planning_area_code", &list)
      let schemes = try row.items("schemes", &list).compactMap {
        row.reference(
          $0, "schemes", to: "scheme", in: "schemes", among: context.schemeKeys,
          why: "the plan would be answered without it", &list)
      }
      let starts = try row.wordIfAny("starts", RivalStarts.self, &list)
      guard let area else { return nil }
      let plan = RivalPlan(
        key: try row.text("plan_key"), name: try row.text("plan"), area: area.code, schemes: schemes,
        startsAsApproved: starts == .asApproved)
      return Placed(value: plan, row: row)
    }.sorted { $0.value.key < $1.value.key }
  }

  private func readNeighbours(_ known: KnownAreas, _ list: inout DiagnosticList) throws -> [NeighbourLink] {
    try rows(.neighbours).compactMap { row in
      let from = try known.area(row, "from_planning_area_code", &list)
      let to = try known.area(row, "to_planning_area_code", phase: from?.phase, &list)
      let cost = try row.poundsFromNought(
        "transport_cost", upTo: 100_000, why: "transport costs something, or nothing", &list)
      guard let from, let to else { return nil }
      if from.code == to.code {
        list.add(
          .wrongForm, at: row.place("to_planning_area_code"),
          what: "'\(to.code)' is named as its own neighbour",
          why: "a code of another area is wanted here", fix: "write a code of another area")
      }
      return NeighbourLink(from: from.code, to: to.code, transportCost: Double(cost ?? 0))
    }.sorted { ($0.from, $0.to) < ($1.from, $1.to) }
  }
}

/// When the schemes of a rival plan start.
private enum RivalStarts: String, CaseIterable {
  case best
  case asApproved = "as_approved"
}
