/// What a capital scheme does. `CapitalProgramme.md` says how a kind is added.
public enum SchemeKind: String, CaseIterable, Sendable, Codable {
  /// Permanent places at schools that are there.
  case expansion
  case newSchool = "new_school"
  /// A block that leaves again.
  case temporary
  /// One extra class in one cohort.
  case bulge
  /// New rooms for old: no more places than before.
  case replacement
  case condition
  case suitability
  /// Places for special educational needs, which no mainstream cell counts.
  case specialist

  /// How its places come and go; nil for kinds that add none to mainstream year groups.
  public var capacityChange: CapacityChange.Kind? {
    switch self {
    case .expansion, .newSchool: .expansion
    case .temporary: .temporary
    case .bulge: .bulge
    case .replacement, .condition, .suitability, .specialist: nil
    }
  }

  /// Whether it adds places to mainstream year groups.
  public var addsPlaces: Bool { capacityChange != nil }

  /// As a paper says it.
  public var name: String {
    switch self {
    case .newSchool: "new school"
    case .temporary: "temporary block"
    case .bulge: "bulge class"
    case .specialist: "specialist places"
    default: rawValue
    }
  }
}

/// A capital scheme that may be started, or must be.
public struct Scheme: Hashable, Sendable {
  /// Where and how many places a scheme adds.
  public struct Places: Hashable, Sendable {
    /// The lowest year group that gains places.
    public let entryYearGroup: YearGroup
    /// The highest that does, as Year 2 of an infant school; nil for the last of the phase.
    public let lastYearGroup: YearGroup?
    /// **Units** whole places.
    public let perYearGroup: Int
    /// For temporary places: how many years they stay.
    public let yearsOfUse: Int?

    /// Places in each year group from the entry one to the last. **Units** whole places; years of use, nil where they stay.
    public init(
      entryYearGroup: YearGroup, lastYearGroup: YearGroup? = nil, perYearGroup: Int, yearsOfUse: Int?
    ) {
      self.entryYearGroup = entryYearGroup
      self.lastYearGroup = lastYearGroup
      self.perYearGroup = perYearGroup
      self.yearsOfUse = yearsOfUse
    }
  }

  public var key: String
  public var name: String
  public var kind: SchemeKind
  /// Nil for a scheme of the whole authority.
  public var area: PlanningAreaCode?
  /// Nil where it names none; of its own area where it has one.
  public var school: School?
  /// Nil where it adds none to mainstream year groups.
  public var places: Places?
  public var cost: Money
  /// From the financial year in which work starts to the one in whose September the places open: 0 is the same year.
  public var buildYears: Int
  /// Shares of the cost by year from the start; they add to 1.
  public var profile: [Double]
  /// The years in which it may start.
  public var window: ClosedRange<FinancialYear>
  /// Exactly one start must be chosen.
  public var isCommitted: Bool
  /// Of the schemes that share a group at most one is chosen.
  public var optionGroup: String?
  /// Keys of schemes that must start no later than this one.
  public var prerequisites: [String]
  /// Years over which borrowing for it is repaid.
  public var assetLifeYears: Int
  /// The class of past projects that its delays and overruns are taken from.
  public var referenceClass: String
  /// 0 (good) to 4 (unusable): the state of what it would put right.
  public var conditionScore: Int
  /// Where it stands in the approved programme; nil where it does not.
  public var approvedStart: FinancialYear?
  public var mark: EvidenceMark

  /// A scheme as its row states it; nothing is checked here. **Shape** `profile`: year from the start. **Units** `cost` whole pounds at
  /// its price base; `buildYears` and `assetLifeYears` years.
  public init(
    key: String, name: String, kind: SchemeKind, area: PlanningAreaCode?, places: Places?, cost: Money,
    buildYears: Int, profile: [Double], window: ClosedRange<FinancialYear>, isCommitted: Bool,
    optionGroup: String?, prerequisites: [String], assetLifeYears: Int, referenceClass: String,
    conditionScore: Int, approvedStart: FinancialYear?, mark: EvidenceMark, school: School? = nil
  ) {
    self.key = key
    self.name = name
    self.kind = kind
    self.area = area
    self.school = school
    self.places = places
    self.cost = cost
    self.buildYears = buildYears
    self.profile = profile
    self.window = window
    self.isCommitted = isCommitted
    self.optionGroup = optionGroup
    self.prerequisites = prerequisites
    self.assetLifeYears = assetLifeYears
    self.referenceClass = referenceClass
    self.conditionScore = conditionScore
    self.approvedStart = approvedStart
    self.mark = mark
  }

  /// The phase of its places; nil without any.
  public var phase: AreaPhase? { places.map { AreaPhase($0.entryYearGroup.phase) } }

  /// The planned year groups that its places reach, from the entry one up; none without places.
  public var yearGroups: [YearGroup] {
    guard let places, let phase else { return [] }
    return phase.plannedYearGroups.filter {
      $0.isTaught(from: places.entryYearGroup, to: places.lastYearGroup)
    }
  }

  /// `Year 3 to Year 6`: the year groups of its places where they end, as those of an infant or a junior school, or start above the first
  /// of the phase, as an extra class of juniors; nil for others.
  public var partOfPhase: String? {
    guard let places, let first = yearGroups.first, let last = yearGroups.last,
      places.lastYearGroup != nil || first != phase?.entryYearGroup
    else { return nil }
    return first == last ? first.name : "\(first.name) to \(last.name)"
  }

  /// Its places in all year groups that they reach: one for an extra class, those from the joining year group up for a school, and no
  /// more than a temporary block's years. Nil for a scheme that adds none.
  public var placesWhenFull: Int? {
    guard let change = kind.capacityChange, let places else { return nil }
    let groups = change == .bulge ? 1 : yearGroups.count
    return places.perYearGroup * min(groups, places.yearsOfUse ?? groups)
  }

  /// The September in which a scheme started in `start` opens.
  public func opening(startingIn start: FinancialYear) -> AcademicYear { start.academicYear + buildYears }

  /// The first September without any of its places when started in `start`: of a temporary block the one in which it leaves, of an
  /// extra class the one after its children's last year. Nil where places stay, or there are none.
  public func closing(startingIn start: FinancialYear) -> AcademicYear? {
    guard let places else { return nil }
    let opening = opening(startingIn: start)
    switch kind.capacityChange {
    case .temporary: return places.yearsOfUse.map { opening + $0 }
    case .bulge: return opening + yearGroups.count
    default: return nil
    }
  }

  /// The change of places it makes when started in `start`; nil where it makes none.
  public func change(startingIn start: FinancialYear) -> CapacityChange? {
    guard let area, let places, let kind = kind.capacityChange else { return nil }
    let opening = opening(startingIn: start)
    return CapacityChange(
      area: area, kind: kind, entryYearGroup: places.entryYearGroup, lastYearGroup: places.lastYearGroup,
      placesPerYearGroup: Double(places.perYearGroup), from: opening,
      until: places.yearsOfUse.map { opening + $0 })
  }
}
