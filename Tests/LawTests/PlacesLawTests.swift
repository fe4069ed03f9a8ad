import PlacePlanning
import Projection
import Sufficiency
import TestSupport
import Testing

/// Pupils against places: no surplus pays for a need, and places age with their cohorts.
struct PlacesLawTests {
  private func balance(_ authority: RandomAuthority, _ pupils: TrajectorySet) -> PlacesBalance {
    compare(pupils, with: authority.model)
  }

  @Test("more places never raise a need, and leave every other cell alone", arguments: seeds)
  func morePlaces(seed: UInt64) throws {
    var authority = RandomAuthority(seed: seed)
    var random = SeededGenerator(seed: seed)
    let pupils = try project(authority.model)
    let before = balance(authority, pupils)
    let area = authority.areas.randomElement(using: &random)!
    let yearGroup = area.phase.plannedYearGroups.randomElement(using: &random)!
    authority.places[area.code]?[yearGroup]? += .random(in: 1...60, using: &random)
    let after = balance(authority, pupils)
    #expect(before.cells.count == after.cells.count && !before.cells.isEmpty)
    for (old, new) in zip(before.cells, after.cells) {
      if old.area == area && old.yearGroup == yearGroup {
        #expect(new.need <= old.need && new.surplus >= old.surplus && new.places > old.places)
      } else {
        #expect(new.need == old.need && new.surplus == old.surplus)
      }
    }
  }

  @Test("an expansion never raises a need; a reduction or closure never lowers one", arguments: seeds)
  func changes(seed: UInt64) throws {
    var authority = RandomAuthority(seed: seed)
    var random = SeededGenerator(seed: seed)
    let pupils = try project(authority.model)
    let before = balance(authority, pupils)
    let change = RandomAuthority.change(authority.areas.randomElement(using: &random)!, &random)
    authority.changes.append(change)
    let after = balance(authority, pupils)
    #expect(before.cells.count == after.cells.count && !before.cells.isEmpty)
    let adds = ![.reduction, .closure].contains(change.kind)
    for (old, new) in zip(before.cells, after.cells) {
      #expect(adds ? new.need <= old.need : new.need >= old.need, "\(change)")
      if old.year < change.from || old.area.code != change.area { #expect(new.need == old.need) }
    }
  }

  @Test("a surplus elsewhere never lowers a need, in its cell or in the summary", arguments: seeds)
  func noNetting(seed: UInt64) throws {
    var authority = RandomAuthority(seed: seed)
    var random = SeededGenerator(seed: seed)
    let area = authority.areas.randomElement(using: &random)!
    let yearGroup = area.phase.plannedYearGroups.randomElement(using: &random)!
    // One cell is short for certain; then every other one of the authority has room for all.
    authority.changes = []
    authority.places[area.code]?[yearGroup] = 0
    let pupils = try project(authority.model)
    let before = balance(authority, pupils)
    for other in authority.areas {
      for group in other.phase.plannedYearGroups where other != area || group != yearGroup {
        authority.places[other.code]?[group] = 1e6
      }
    }
    let after = balance(authority, pupils)
    for year in after.years {
      let (old, new) = (before[area.code, yearGroup, year], after[area.code, yearGroup, year])
      #expect(new?.need == old?.need && (new?.need ?? 0) > 0)
      #expect(after.summary(area.phase, year).need == new?.need)
      expectClose(
        before.summary(area.phase, year).need,
        before.cells.filter { $0.year == year && $0.area.phase == area.phase }.map(\.need).reduce(0, +),
        within: 1e-9)
    }
  }

  @Test("a wider margin never lowers a need and never touches the surplus", arguments: seeds)
  func margin(seed: UInt64) throws {
    let authority = RandomAuthority(seed: seed)
    let (model, path) = (authority.model, try project(authority.model).central)
    let narrow = compare(path, capacity: model.capacity, margin: authority.margin)
    let wide = compare(path, capacity: model.capacity, margin: authority.margin.mapValues { $0 + 0.05 })
    #expect(narrow.cells.count == wide.cells.count && !narrow.cells.isEmpty)
    for (old, new) in zip(narrow.cells, wide.cells) {
      #expect(new.need >= old.need && new.surplus == old.surplus)
      #expect(old.need == 0 || new.need > old.need || old.pupils == 0)
    }
  }

  /// From the year group in which a change begins to its last, or to the last of the phase.
  private static func reached(_ change: CapacityChange, _ phase: AreaPhase) -> [YearGroup] {
    let last = change.lastYearGroup ?? phase.plannedYearGroups[phase.plannedYearGroups.count - 1]
    return phase.plannedYearGroups.filter { (change.entryYearGroup.number...last.number).contains($0.number) }
  }

  /// Each cohort is followed from the year it passed the entry year group: it carries the places it was offered there.
  @Test("places made for a cohort go with it through its phase", arguments: seeds)
  func ageing(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for phase in AreaPhase.allCases {
      let area = PlanningArea(code: PlanningAreaCode("A"), name: "A", phase: phase, district: "D")
      for _ in 0..<10 {
        let change = RandomAuthority.change(area, &random)
        var wanted: [String: Double] = [:]
        for entered in 1995...2040 {
          // The cohort that is in the entry year group in the year `entered`, and each year of its way upward.
          let opened = entered - change.from.start
          let offered: Double =
            switch change.kind {
            case .expansion, .temporary: opened >= 0 ? 1 : 0
            case .reduction: opened >= 0 ? -1 : 0
            case .bulge: opened == 0 ? 1 : 0
            case .closure: 0
            }
          for (later, yearGroup) in Self.reached(change, phase).enumerated() {
            wanted["\(yearGroup) \(entered + later)"] = offered
          }
        }
        for start in 2005...2035 {
          let isOpen = start >= change.from.start && start < change.until?.start ?? .max
          for yearGroup in phase.plannedYearGroups {
            let cohort = wanted["\(yearGroup) \(start)"] ?? 0
            let closed: Double = Self.reached(change, phase).contains(yearGroup) ? -1 : 0
            let share = !isOpen ? 0 : change.kind == .closure ? closed : cohort
            #expect(
              change.places(in: yearGroup, year: AcademicYear(start)) == share * change.placesPerYearGroup,
              "\(change.kind) from \(change.from), \(yearGroup) in \(start)")
          }
          #expect(
            change.places(in: YearGroup(number: phase == .primary ? 7 : 6)!, year: AcademicYear(start)) == 0)
        }
      }
    }
  }

  @Test("a plan's places are its base and all of its changes", arguments: seeds)
  func plan(seed: UInt64) {
    let authority = RandomAuthority(seed: seed)
    let plan = authority.model.capacity
    for area in authority.areas {
      for yearGroup in area.phase.plannedYearGroups {
        for year in authority.model.projectedYears {
          var wanted = authority.places[area.code]?[yearGroup] ?? .nan
          for change in authority.changes where change.area == area.code {
            wanted += change.places(in: yearGroup, year: year)
          }
          expectClose(plan.places(area.code, yearGroup, year), wanted, within: 1e-9)
        }
      }
      #expect(plan.places(area.code, YearGroup(number: 13)!, authority.baseYear) == nil)
    }
  }
}
