internal import Diagnostics
internal import PlacePlanning

// Assumptions that a model need not have: without one of them, what it would change is taken as the data sets state it. Scenarios change
// these most.

/// How homes that are not finished by the base year come: `housing.delivery_factor` and `housing.delivery_shift`. Those that are finished are
/// counted already.
struct HousingDelivery {
  private let baseYear: AcademicYear
  private let factor: Double
  private let shift: Int

  init(baseYear: AcademicYear, hasSites: Bool, _ values: inout AssumptionValues, _ list: inout DiagnosticList)
  {
    self.baseYear = baseYear
    guard hasSites else {
      (factor, shift) = (1, 0)
      return
    }
    factor = values.value("housing.delivery_factor", .ratio, in: 0...5, unlessDefined: 1, &list)
    shift = Int(
      values.value("housing.delivery_shift", .years, in: -10...30, whole: true, unlessDefined: 0, &list))
  }

  /// A site that has begun goes on later or at another pace, and no sooner: the first homes that are left come before the first
  /// projected September. One that has not begun comes no sooner either, since its homes would be taken for counted ones.
  func applied(to site: HousingSite) -> HousingSite {
    if site.firstCompletions > baseYear {
      return site.moved(to: max(baseYear + 1, site.firstCompletions + shift), paced: factor)
    }
    guard shift > 0 || factor != 1 else { return site }
    return site.remaining(after: baseYear, late: max(0, shift), paced: factor)
  }
}

/// Whether a scheme can be built, and how late its places open: `scheme.<key>.available` and `scheme.<key>.delay`.
struct SchemeSwitches {
  let isAvailable: Bool
  let yearsLate: Int

  init(_ key: String, _ values: inout AssumptionValues, _ list: inout DiagnosticList) {
    isAvailable =
      values.value(Self.available(key), .choice, in: 0...1, whole: true, unlessDefined: 1, &list) == 1
    yearsLate = Int(
      values.value("scheme.\(key).delay", .years, in: 0...5, whole: true, unlessDefined: 0, &list))
  }

  static func available(_ key: String) -> String { "scheme.\(key).available" }
}

extension ModelParts {
  /// The schemes as the assumptions make them: costs by `cost_factor.<reference class>`, places later by their delay, and without
  /// those that are switched off or require one that is. A committed scheme cannot be switched off (E040) and keeps its budget, which
  /// is agreed; what it may come to is for the stress test.
  func switched(
    _ stated: [Placed<Scheme>], _ values: inout AssumptionValues, _ list: inout DiagnosticList
  ) throws -> [Placed<Scheme>] {
    var off: Set<String> = []
    var late: [String: Int] = [:]
    var factors: [String: Double] = [:]
    // Of all rows, those with faults as well, so that one fault is not reported as many.
    for row in rows(.schemes) {
      let (key, referenceClass) = (try row.text("scheme_key"), try row.text("reference_class"))
      let switches = SchemeSwitches(key, &values, &list)
      if !switches.isAvailable { off.insert(key) }
      late[key] = switches.yearsLate
      factors[referenceClass] = values.value(
        "cost_factor.\(referenceClass)", .ratio, in: 0...5, unlessDefined: 1, &list)
    }
    let schemes = stated.map { scheme in
      Placed(
        value: scheme.value.with(
          costFactor: scheme.value.isCommitted ? 1 : factors[scheme.value.referenceClass] ?? 1,
          yearsLate: late[scheme.value.key] ?? 0),
        row: scheme.row)
    }
    let switchedOff = off
    while let next = schemes.first(where: {
      !off.contains($0.value.key) && !off.isDisjoint(with: $0.value.prerequisites)
    }) {
      off.insert(next.value.key)
    }
    for scheme in schemes where scheme.value.isCommitted && off.contains(scheme.value.key) {
      let key = scheme.value.key
      list.add(
        .committedSwitchedOff, at: scheme.row.place("committed"),
        what: switchedOff.contains(key)
          ? "'\(key)' is committed, and '\(SchemeSwitches.available(key))' is 0"
          : "'\(key)' is committed, and requires a scheme that is switched off",
        why: "a committed scheme is in every programme, so there would be none",
        fix: "leave the scheme available, or do not commit to it")
    }
    return schemes.filter { !off.contains($0.value.key) }
  }
}

extension Scheme {
  /// The same scheme at another cost, its places opening later.
  fileprivate func with(costFactor: Double, yearsLate: Int) -> Scheme {
    var scheme = self
    let pounds = nearestPound(Double(cost.pounds) * costFactor)
    scheme.cost = Money(pounds: pounds, priceBase: cost.priceBase)
    scheme.buildYears += yearsLate
    return scheme
  }
}
