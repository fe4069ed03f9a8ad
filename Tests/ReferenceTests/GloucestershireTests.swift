import PlacePlanning
import Projection
import Sufficiency
import TestSupport
import Testing

/// Gloucestershire against the NumPy computation: every figure on the way from the rolls to the places short.
struct GloucestershireTests {
  let projected: Projected
  let reference: NumPyReference.Gloucestershire

  init() throws {
    projected = try Projected.gloucestershire.get()
    reference = try NumPyReference.read.get().gloucestershire
  }

  private var primary: [PlanningArea] { projected.model.areas(.primary) }
  private var secondary: [PlanningArea] { projected.model.areas(.secondary) }

  @Test("the reference says where it comes from")
  func provenance() throws {
    let provenance = try NumPyReference.read.get().provenance
    #expect(!provenance.numpy.isEmpty && !provenance.scipy.isEmpty && !provenance.what.isEmpty)
    _ = try Repository.text(provenance.script)
  }

  @Test("rolls derived for 54 areas and seven year groups at the base year")
  func derivedRolls() {
    #expect(projected.pupils.history.mark == .derived)
    var worst = Worst()
    for area in projected.model.areas {
      for (group, yearGroup) in area.phase.yearGroups.enumerated() {
        worst.note(
          projected.pupils.history.tables[area.code]?[projected.model.baseYear, yearGroup],
          reference.central[area.code.text]?[group][0] ?? .infinity, "\(area.code) \(yearGroup)")
      }
    }
    worst.expect(within: 1e-6, of: 54 * 7)
  }

  @Test("births of each cohort by area, known and not yet known")
  func births() {
    var worst = Worst()
    for area in primary {
      for (index, year) in projected.pupils.years.enumerated() {
        worst.note(
          projected.pupils.births.cohorts[area.code]?[year],
          reference.cohorts[area.code.text]?[index] ?? .infinity, "\(area.code) \(year)")
      }
    }
    worst.expect(within: 1e-6, of: 44 * 11)
  }

  @Test("intake, survival and the county's step from Year 6 to Year 7")
  func rates() {
    let rates = projected.pupils.rates
    var worst = Worst()
    for area in primary {
      worst.note(
        rates.intake[area.code]?.value, reference.intake[area.code.text] ?? .infinity, "\(area.code)")
    }
    for area in projected.model.areas {
      for yearGroup in area.phase.yearGroups.dropFirst() {
        worst.note(
          rates.survival[area.code]?[yearGroup]?.value,
          reference.survival[yearGroup.label] ?? .infinity, "\(area.code) \(yearGroup)")
      }
    }
    worst.expect(within: 1e-9, of: 44 + 54 * 6)
    let arriving = 1 - projected.model.transfer.leavers + rates.transfer.imports.reduce(0, +)
    expectClose(arriving, reference.progression, within: 1e-9, "county progression")
  }

  @Test("the raked shares of Year 6, and newcomers")
  func transfer() {
    let transfer = projected.pupils.rates.transfer
    var worst = Worst()
    for from in primary {
      for to in secondary {
        worst.note(
          transfer.share(from: from.code, to: to.code),
          reference.shares[from.code.text]?[to.code.text] ?? .infinity, "\(from.code) to \(to.code)")
      }
    }
    for (code, share) in zip(transfer.secondary, transfer.imports) {
      worst.note(share, reference.newcomers[code.text] ?? .infinity, "newcomers to \(code)")
    }
    worst.expect(within: 1e-8, of: 44 * 10 + 10)
  }

  @Test("every cell of both paths: 54 areas, seven year groups, the base year and ten more")
  func cells() {
    worst(projected.pupils.central, reference.central).expect(within: 1e-6, of: 54 * 7 * 11)
    worst(projected.pupils.centralWithoutHousing, reference.withoutHousing)
      .expect(within: 1e-6, of: 54 * 7 * 11)
  }

  @Test("places short in every area, planned year group and year")
  func need() {
    var worst = Worst()
    for cell in projected.balance.cells {
      let group = cell.area.phase.yearGroups.firstIndex(of: cell.yearGroup) ?? 0
      worst.note(
        cell.need,
        reference.need[cell.area.code.text]?[group][cell.year - projected.model.baseYear - 1]
          ?? .infinity, "\(cell.area.code) \(cell.yearGroup) \(cell.year)")
    }
    worst.expect(within: 1e-6, of: (44 * 7 + 10 * 5) * 10)
  }
}
