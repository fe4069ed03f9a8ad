import PlacePlanning
import Projection
import Sufficiency
import TestSupport
import Testing

/// Authorities whose areas are counted by year group, against the NumPy computation: shrinkage, observed and raked flows.
struct CountedAuthorityTests {
  @Test("Exampleton: rates, both paths and places short")
  func exampleton() throws {
    let projected = try Projected.exampleton.get()
    let reference = try NumPyReference.read.get().exampleton
    expectRates(projected.pupils, reference)
    worst(projected.pupils.central, reference.central).expect(within: 1e-6, of: 4 * 7 * 7)
    worst(projected.pupils.centralWithoutHousing, reference.withoutHousing)
      .expect(within: 1e-6, of: 4 * 7 * 7)
    var worstNeed = Worst()
    for cell in projected.balance.cells {
      let group = cell.area.phase.yearGroups.firstIndex(of: cell.yearGroup) ?? 0
      worstNeed.note(
        cell.need,
        reference.need?[cell.area.code.text]?[group][cell.year - projected.model.baseYear - 1]
          ?? .infinity, "\(cell.area.code) \(cell.yearGroup) \(cell.year)")
    }
    worstNeed.expect(within: 1e-6, of: (2 * 7 + 2 * 5) * 6)
  }

  @Test("rolls that scatter, an empty cohort, two kinds of homes; flows counted, then raked")
  func small() throws {
    let reference = try NumPyReference.read.get().small
    for (basis, wanted) in [
      (TransferPlan.Basis.observed, reference.observed), (.pattern, reference.pattern),
    ] {
      let model = try smallAuthority(reference.inputs, basis)
      let pupils = try project(model)
      expectRates(pupils, wanted)
      worst(pupils.central, wanted.central).expect(within: 1e-6, of: 7 * 7 * 9)
      worst(pupils.centralWithoutHousing, wanted.withoutHousing).expect(within: 1e-6, of: 7 * 7 * 9)
    }
  }

  @Test(
    "the scatter of the small authority exercises shrinkage: weights at nought, at one half and in between")
  func weightsVary() throws {
    let weights = try NumPyReference.read.get().small.observed.weight.values.flatMap(\.values)
    #expect(weights.contains(0) && weights.contains { $0 > 0.5 } && weights.contains { $0 > 0 && $0 < 0.3 })
  }

  private func expectRates(
    _ pupils: TrajectorySet, _ reference: NumPyReference.Counted,
    _ sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var worst = Worst()
    let rates = pupils.rates
    for area in pupils.areas {
      if area.phase == .primary {
        let ratio = rates.intake[area.code]
        worst.note(ratio?.value, reference.intake[area.code.text] ?? .infinity, "\(area.code) intake")
        worst.note(
          ratio?.weight, reference.weight["R"]?[area.code.text] ?? .infinity, "\(area.code) weight")
      }
      for yearGroup in area.phase.yearGroups.dropFirst() {
        let ratio = rates.survival[area.code]?[yearGroup]
        worst.note(
          ratio?.value, reference.survival[yearGroup.label]?[area.code.text] ?? .infinity,
          "\(area.code) \(yearGroup)")
        worst.note(
          ratio?.weight, reference.weight[yearGroup.label]?[area.code.text] ?? .infinity,
          "\(area.code) \(yearGroup) weight")
      }
    }
    for (code, share) in zip(rates.transfer.secondary, rates.transfer.imports) {
      worst.note(share, reference.newcomers[code.text] ?? .infinity, "newcomers to \(code)")
      for from in rates.transfer.primary {
        worst.note(
          rates.transfer.share(from: from, to: code),
          reference.shares[from.text]?[code.text] ?? .infinity, "\(from) to \(code)")
      }
    }
    let (p, s) = (rates.transfer.primary.count, rates.transfer.secondary.count)
    worst.expect(within: 1e-8, of: 2 * p + 2 * 6 * (p + s) + s * (1 + p), sourceLocation)
  }
}

/// The small authority that the script drew, as a checked model.
private func smallAuthority(
  _ inputs: NumPyReference.SmallInputs, _ basis: TransferPlan.Basis
) throws -> PlanningModel {
  var county = RollTable()
  var tables: [PlanningAreaCode: RollTable] = [:]
  for (area, groups) in inputs.rolls {
    var table = RollTable()
    for (label, years) in groups {
      let yearGroup = try #require(YearGroup(label: label))
      for (text, count) in years {
        let year = AcademicYear(try #require(Int(text)))
        table[year, yearGroup] = count
        county[year, yearGroup] = (county[year, yearGroup] ?? 0) + count
      }
    }
    tables[PlanningAreaCode(area)] = table
  }
  let births = try Dictionary(
    uniqueKeysWithValues: inputs.births.map { (try #require(Int($0.key)), $0.value) })
  let areas = PlanningAreaCode.sorted(inputs.rolls.keys).map { code in
    PlanningArea(
      code: code, name: code.text, phase: inputs.birthShares[code.text] == nil ? .secondary : .primary,
      district: "whole")
  }
  func coded<Value>(_ values: [String: Value]) -> [PlanningAreaCode: Value] {
    Dictionary(uniqueKeysWithValues: values.map { (PlanningAreaCode($0.key), $0.value) })
  }
  let base = AcademicYear(inputs.base)
  return PlanningModel(
    identity: .init(
      key: "small", authority: "Small", authorityCode: "000", isSynthetic: true, forum: "",
      meeting: try #require(CalendarDate(label: "2018-01-01")), decision: "", purpose: "",
      recommendation: "", resources: "", dataNotes: []),
    scenario: "central", baseYear: base, horizonYears: inputs.horizon, areas: areas,
    countyRolls: county, areaRolls: .counted(tables), births: BirthTable(districts: ["whole": births]),
    birthShares: coded(inputs.birthShares), futureBirthsFactor: inputs.futureFactor,
    transfer: TransferPlan(
      shares: coded(inputs.shares).mapValues(coded), basis: basis, leavers: inputs.leavers),
    capacity: CapacityPlan(base: [:], changes: []),
    housing: HousingPlan(
      sites: inputs.sites.enumerated().map { index, site in
        HousingSite(
          key: "site\(index)", name: "Site \(index)", dwellingType: site.type,
          dwellings: site.dwellings, primaryArea: PlanningAreaCode(site.primary),
          secondaryArea: PlanningAreaCode(site.secondary), firstCompletions: AcademicYear(site.first),
          homesPerYear: site.rate)
      },
      yields: try inputs.yields.mapValues { curves in
        PupilYield(
          byAge: try Dictionary(
            uniqueKeysWithValues: curves.map { (try #require(YearGroup(label: $0.key)), $0.value) }))
      },
      backgroundHomesPerYear: coded(inputs.background)),
    operatingMargin: [:], schemes: [], spending: nil, publishedNeeds: [], assumptions: [],
    appliedOverrides: [], datasets: [:], sources: [], futureBirths: .level)
}
