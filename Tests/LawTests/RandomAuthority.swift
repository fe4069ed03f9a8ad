import PlacePlanning
import TestSupport

/// How a random authority's rolls and flows are known.
enum RandomKind: CaseIterable, Sendable {
  /// Rolls counted by area; flows counted.
  case observed
  /// Rolls counted by area; flows raked from a pattern.
  case pattern
  /// Only totals by area, in an earlier year; everything else is raked.
  case totals
}

/// The seeds that every law is tried with.
let seeds = [UInt64](1...60)

/// A small invented authority, the same for the same seed: a few areas with rolls, births, flows, places and homes.
///
/// Its parts can be changed before `model` puts them together; `model` sorts areas and sites, as checked models are.
struct RandomAuthority {
  var baseYear = AcademicYear(2017)
  var horizonYears = 8
  var areas: [PlanningArea] = []
  var countyRolls = RollTable()
  var tables: [PlanningAreaCode: RollTable] = [:]
  var totals: (counts: [PlanningAreaCode: Double], year: AcademicYear)?
  var births: [String: [Int: Double]] = [:]
  var birthShares: [PlanningAreaCode: Double] = [:]
  var futureBirthsFactor = 1.0
  var shares: [PlanningAreaCode: [PlanningAreaCode: Double]] = [:]
  var basis = TransferPlan.Basis.observed
  var leavers = 0.0
  var places: [PlanningAreaCode: [YearGroup: Double]] = [:]
  var changes: [CapacityChange] = []
  var sites: [HousingSite] = []
  var yields: [String: PupilYield] = [:]
  var background: [PlanningAreaCode: Double] = [:]
  var margin: [AreaPhase: Double] = [:]
  var control = ControlPlan()
  var uncertainty: UncertaintyPlan?

  init(seed: UInt64, _ kind: RandomKind) {
    var random = SeededGenerator(seed: seed)
    horizonYears = .random(in: 3...9, using: &random)
    drawAreas(&random)
    drawRolls(kind, &random)
    drawBirths(&random)
    drawFlows(kind, &random)
    drawPlaces(&random)
    drawHomes(&random)
  }

  /// One of each kind in turn, as the seed runs.
  init(seed: UInt64) {
    self.init(seed: seed, RandomKind.allCases[Int(seed % 3)])
  }

  func areas(_ phase: AreaPhase) -> [PlanningArea] { areas.filter { $0.phase == phase } }

  var model: PlanningModel {
    PlanningModel(
      identity: .init(
        key: "random", authority: "Random", authorityCode: "000", isSynthetic: true, forum: "Forum",
        meeting: CalendarDate(label: "2018-01-01")!, decision: "", purpose: "", recommendation: "",
        resources: "", dataNotes: []),
      scenario: "central", baseYear: baseYear, horizonYears: horizonYears,
      areas: areas.sorted { $0.code < $1.code }, countyRolls: countyRolls,
      areaRolls: totals.map { .totals($0.counts, year: $0.year) } ?? .counted(tables),
      births: BirthTable(districts: births), birthShares: birthShares,
      futureBirthsFactor: futureBirthsFactor,
      transfer: TransferPlan(shares: shares, basis: basis, leavers: leavers),
      capacity: CapacityPlan(base: places, changes: changes),
      housing: HousingPlan(
        sites: sites.sorted { $0.key < $1.key }, yields: yields, backgroundHomesPerYear: background),
      operatingMargin: margin, schemes: [], spending: nil, publishedNeeds: [], assumptions: [],
      appliedOverrides: [], datasets: [:], sources: [], uncertainty: uncertainty, control: control)
  }

  // MARK: - Drawing

  private mutating func drawAreas(_ random: inout SeededGenerator) {
    for phase in AreaPhase.allCases {
      for number in 0..<Int.random(in: phase == .primary ? 2...6 : 1...4, using: &random) {
        let code = PlanningAreaCode("\(phase == .primary ? "P" : "S")\(number)")
        areas.append(
          PlanningArea(
            code: code, name: "Area \(code)", phase: phase,
            district: ["North", "South"][Int.random(in: 0...1, using: &random)]))
      }
    }
  }

  private mutating func drawRolls(_ kind: RandomKind, _ random: inout SeededGenerator) {
    let years = (2013...2017).map { AcademicYear($0) }
    // Secondary areas are together about as large as primary ones, so that Year 6 can go on to Year 7.
    var sizes = areas.map { _ in Double.random(in: 20...200, using: &random) }
    let old = areas.indices.filter { areas[$0].phase == .secondary }
    let wanted = areas.indices.filter { !old.contains($0) }.reduce(0) { $0 + sizes[$1] }
    let found = old.reduce(0) { $0 + sizes[$1] }
    for index in old { sizes[index] *= wanted / found }
    for (area, size) in zip(areas, sizes) {
      var table = RollTable()
      for year in years {
        for yearGroup in area.phase.yearGroups {
          let stays = yearGroup.phase == .sixthForm ? 0.5 : 1
          let count = (size * stays * .random(in: 0.85...1.15, using: &random)).rounded()
          table[year, yearGroup] = count
          countyRolls[year, yearGroup] = (countyRolls[year, yearGroup] ?? 0) + count
        }
      }
      tables[area.code] = table
    }
    if kind == .totals {
      let year = AcademicYear(.random(in: 2014...2017, using: &random))
      totals = (
        areas.reduce(into: [:]) { counts, area in
          let total = tables[area.code]?.total(year, area.phase.yearGroups) ?? 0
          counts[area.code] = (total * .random(in: 0.9...1.1, using: &random)).rounded()
        }, year
      )
    } else if Int.random(in: 0...3, using: &random) == 0, let area = areas.first {
      tables[area.code]?[AcademicYear(2016), YearGroup(number: 2)!] = 0
    }
  }

  private mutating func drawBirths(_ random: inout SeededGenerator) {
    for district in ["North", "South"] {
      let level = Double.random(in: 100...600, using: &random)
      for year in 2000...2016 {
        births[district, default: [:]][year] =
          (level * .random(in: 0.9...1.1, using: &random)).rounded()
      }
      let within = areas(.primary).filter { $0.district == district }
      let parts = within.map { _ in Double.random(in: 0.2...1, using: &random) }
      for (area, part) in zip(within, parts) { birthShares[area.code] = part / parts.reduce(0, +) }
    }
    futureBirthsFactor = .random(in: 0.7...1.3, using: &random)
  }

  private mutating func drawFlows(_ kind: RandomKind, _ random: inout SeededGenerator) {
    for from in areas(.primary) {
      let parts = areas(.secondary).map { _ in Double.random(in: 0.05...1, using: &random) }
      let leaving = Double.random(in: 0...0.2, using: &random)
      for (to, part) in zip(areas(.secondary), parts) {
        shares[from.code, default: [:]][to.code] = part / parts.reduce(0, +) * (1 - leaving)
      }
    }
    basis = kind == .observed ? .observed : .pattern
    leavers = kind == .observed ? 0 : 0.45
  }

  private mutating func drawPlaces(_ random: inout SeededGenerator) {
    for area in areas {
      let level = tables[area.code]?[baseYear, area.phase.entryYearGroup] ?? 0
      for yearGroup in area.phase.plannedYearGroups {
        places[area.code, default: [:]][yearGroup] =
          (level * .random(in: 0.9...1.2, using: &random)).rounded() + 60
      }
    }
    for _ in 0..<Int.random(in: 0...6, using: &random) {
      changes.append(Self.change(areas.randomElement(using: &random)!, &random))
    }
    margin = [
      .primary: .random(in: 0...0.1, using: &random), .secondary: .random(in: 0...0.1, using: &random),
    ]
  }

  static func change(_ area: PlanningArea, _ random: inout SeededGenerator) -> CapacityChange {
    let from = AcademicYear(.random(in: 2015...2024, using: &random))
    let kind = CapacityChange.Kind.allCases.randomElement(using: &random)!
    let hasEnd = kind == .temporary || Int.random(in: 0...3, using: &random) == 0
    let entry = area.phase.plannedYearGroups.randomElement(using: &random)!
    let last = area.phase.plannedYearGroups.filter { $0 >= entry }.randomElement(using: &random)
    return CapacityChange(
      area: area.code, kind: kind, entryYearGroup: entry,
      lastYearGroup: Int.random(in: 0...1, using: &random) == 0 ? last : nil,
      placesPerYearGroup: Double.random(in: 1...10, using: &random).rounded(), from: from,
      until: hasEnd ? from + .random(in: 1...6, using: &random) : nil)
  }

  private mutating func drawHomes(_ random: inout SeededGenerator) {
    for type in ["flat", "house"] {
      let ages = Int.random(in: 1...6, using: &random)
      yields[type] = PupilYield(
        byAge: YearGroup.all.reduce(into: [:]) { curves, yearGroup in
          curves[yearGroup] = (0..<ages).map { _ in .random(in: 0...0.06, using: &random) }
        })
    }
    for number in 0..<Int.random(in: 0...5, using: &random) {
      sites.append(
        HousingSite(
          key: "site\(number)", name: "Site \(number)",
          dwellingType: ["flat", "house"][Int.random(in: 0...1, using: &random)],
          dwellings: Double.random(in: 10...900, using: &random).rounded(),
          primaryArea: areas(.primary).randomElement(using: &random)!.code,
          secondaryArea: areas(.secondary).randomElement(using: &random)!.code,
          firstCompletions: AcademicYear(.random(in: 2015...2024, using: &random)),
          homesPerYear: Double.random(in: 5...150, using: &random).rounded()))
    }
    for area in areas {
      background[area.code] = Double.random(in: -20...60, using: &random).rounded()
    }
    background = background.mapValues { max(0, $0) }
  }
}
