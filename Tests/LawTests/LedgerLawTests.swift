import PlacePlanning
import Projection
import TestSupport
import Testing

/// Every change of every cohort is booked, and nobody appears or vanishes between the columns.
struct LedgerLawTests {
  @Test("every entry closes to 1e-9", arguments: seeds)
  func closes(seed: UInt64) throws {
    let model = RandomAuthority(seed: seed).model
    let pupils = try project(model)
    #expect(pupils.ledger.entries.count == model.areas.count * 8 * model.horizonYears)
    for entry in pupils.ledger.entries {
      #expect(abs(entry.residual) <= 1e-9, "\(entry)")
    }
    let worst = pupils.ledger.entries.map { abs($0.residual) }.max()
    #expect(pupils.ledger.worstResidual == worst)
  }

  @Test(
    "the closing column is the central path, the opening one the same cohort a year before", arguments: seeds)
  func columns(seed: UInt64) throws {
    let pupils = try project(RandomAuthority(seed: seed).model)
    for entry in pupils.ledger.entries {
      guard let yearGroup = entry.yearGroup else {
        let oldest = try #require(pupils.areas.first { $0.code == entry.area }?.phase.yearGroups.last)
        #expect(entry.opening == pupils.central[entry.area, oldest, entry.year - 1])
        #expect(entry.leaving == entry.opening && entry.closing == 0)
        continue
      }
      #expect(entry.closing == pupils.central[entry.area, yearGroup, entry.year])
      let before = yearGroup.previous.flatMap { pupils.central[entry.area, $0, entry.year - 1] }
      #expect(entry.opening == before ?? 0)
    }
  }

  @Test("by area, last year's total and the changes make this year's total", arguments: seeds)
  func areaSums(seed: UInt64) throws {
    let pupils = try project(RandomAuthority(seed: seed).model)
    for area in pupils.areas {
      for (before, year) in zip(pupils.years, pupils.years.dropFirst()) {
        let entries = pupils.ledger.entries.filter { $0.area == area.code && $0.year == year }
        func total(_ year: AcademicYear) -> Double {
          area.phase.yearGroups.reduce(0) { $0 + (pupils.central[area.code, $1, year] ?? .nan) }
        }
        func sum(_ column: KeyPath<ChangeLedger.Entry, Double>) -> Double {
          entries.reduce(0) { $0 + $1[keyPath: column] }
        }
        expectClose(sum(\.opening), total(before), "\(area.code) \(year) opening")
        expectClose(sum(\.closing), total(year), "\(area.code) \(year) closing")
        let changes =
          sum(\.intake) + sum(\.survivorsChange) + sum(\.transfersIn) + sum(\.imports) - sum(\.leaving)
          + sum(\.housing)
        expectClose(total(before) + changes, total(year), within: 1e-8, "\(area.code) \(year)")
      }
    }
  }

  @Test(
    "what secondary areas take in from the county is what primary areas send, share by share",
    arguments: seeds)
  func transfersMeet(seed: UInt64) throws {
    let pupils = try project(RandomAuthority(seed: seed).model)
    let flow = pupils.rates.transfer
    for year in pupils.years.dropFirst() {
      let entries = pupils.ledger.entries.filter { $0.year == year }
      for to in flow.secondary {
        let sent = flow.primary.reduce(0) { sum, from in
          let year6 = entries.first { $0.area == from && $0.yearGroup == nil }?.leaving ?? .nan
          return sum + flow.share(from: from, to: to) * year6
        }
        let entry = entries.first { $0.area == to && $0.yearGroup == .year7 }
        expectClose(entry?.transfersIn, sent, within: 1e-9, "\(to) in \(year)")
      }
    }
  }
}

/// Where every ratio is 1 and nobody moves, a cohort keeps its pupils.
struct ConservationLawTests {
  /// Rolls that cohorts carry along unchanged, flows that add to 1, no homes.
  private func still(_ seed: UInt64) -> RandomAuthority {
    var authority = RandomAuthority(seed: seed, .observed)
    var random = SeededGenerator(seed: seed &+ 1_000)
    authority.sites = []
    for (from, row) in authority.shares {
      let sum = row.values.reduce(0, +)
      authority.shares[from] = row.mapValues { $0 / sum }
    }
    let (primary, secondary) = (authority.areas(.primary), authority.areas(.secondary))
    // Each primary area's cohorts by the year of their Reception; a secondary area's come from them.
    var cohorts: [PlanningAreaCode: [Int: Double]] = [:]
    for area in primary {
      for start in 1995...2017 {
        cohorts[area.code, default: [:]][start] = Double.random(in: 20...90, using: &random).rounded()
      }
    }
    for area in secondary {
      for start in 1995...2017 {
        cohorts[area.code, default: [:]][start] = primary.reduce(0) {
          $0 + (authority.shares[$1.code]?[area.code] ?? 0) * (cohorts[$1.code]?[start] ?? 0)
        }
      }
    }
    for area in primary + secondary {
      var table = RollTable()
      for year in 2013...2017 {
        for yearGroup in area.phase.yearGroups {
          table[AcademicYear(year), yearGroup] = cohorts[area.code]?[year - yearGroup.number]
        }
      }
      authority.tables[area.code] = table
    }
    return authority
  }

  @Test("a cohort stays as large as it was, in its area and in the county", arguments: seeds)
  func conserved(seed: UInt64) throws {
    let pupils = try project(still(seed).model)
    for (before, year) in zip(pupils.years, pupils.years.dropFirst()) {
      for yearGroup in YearGroup.all.dropFirst() {
        let previous = try #require(yearGroup.previous)
        expectClose(
          pupils.central.total([yearGroup], year), pupils.central.total([previous], before),
          within: 1e-9, "\(yearGroup) in \(year)")
        for area in pupils.areas where area.phase.yearGroups.dropFirst().contains(yearGroup) {
          #expect(
            pupils.central[area.code, yearGroup, year] == pupils.central[area.code, previous, before],
            "\(area.code) \(yearGroup) \(year)")
        }
      }
    }
  }

  @Test("a flow that sends a share away loses that share and no more", arguments: seeds)
  func leavers(seed: UInt64) throws {
    var authority = still(seed)
    let whole = try project(authority.model)
    for (from, row) in authority.shares { authority.shares[from] = row.mapValues { $0 * 0.9 } }
    // Newcomers then make up for the tenth that leaves, as the counted rolls show them to.
    let pupils = try project(authority.model)
    let year = pupils.years[1]
    expectClose(
      pupils.rates.transfer.imports.reduce(0, +), 0.1, within: 1e-9, "newcomers per Year 6 pupil")
    expectClose(
      pupils.central.total([.year7], year), whole.central.total([.year7], year), within: 1e-9)
  }
}
