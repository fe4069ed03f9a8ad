import Foundation
import PlacePlanning
import TestSupport
import Testing

@testable import ModelFiles

/// What the two models' capital files come to.
@Suite struct CapitalPlanTests {
  private func plan(_ name: String) throws -> (plan: CapitalPlan, model: PlanningModel) {
    let model = try Repository.model(name)
    return (try #require(model.capital), model)
  }

  @Test func `the years run from the one after the base year`() throws {
    let years = try plan("exampleton").plan.financialYears
    #expect(years.first?.label == "2018/19")
    #expect(years.last?.label == "2023/24")
    #expect(try plan("gloucestershire").plan.years == 10)
  }

  @Test func `Exampleton's schemes are read cell by cell`() throws {
    let schemes = try plan("exampleton").plan.schemes
    #expect(schemes.map(\.key) == ["boiler", "north", "south", "south_bulge"])
    let south = schemes[2]
    #expect(south.kind == .expansion)
    #expect(south.area == PlanningAreaCode("P2"))
    #expect(south.places == .init(entryYearGroup: .reception, perYearGroup: 15, yearsOfUse: nil))
    #expect(south.cost == Money(pounds: 600_000, priceBase: .cash))
    #expect(south.profile == [0.5, 0.5])
    #expect(south.window == FinancialYear(2019)...FinancialYear(2021))
    #expect(south.optionGroup == "south_primary")
    #expect(!south.isCommitted)
    #expect(south.approvedStart == nil)
    let boiler = schemes[0]
    #expect(boiler.places == nil)
    #expect(boiler.conditionScore == 4)
    #expect(boiler.isCommitted)
    #expect(boiler.approvedStart == FinancialYear(2018))
  }

  @Test func `Exampleton's money is read cell by cell`() throws {
    let (plan, model) = try plan("exampleton")
    #expect(plan.pots.map(\.key) == ["castle", "general", "north_grant"])
    let castle = plan.pots[0]
    #expect(castle.source == .schoolContribution)
    #expect(castle.rule == FundingRule(kinds: [.condition], scheme: "boiler", mostShare: 0.4))
    #expect(castle.received == [FinancialYear(2018): 40_000])
    #expect(!castle.carriesForward)
    #expect(
      plan.pots[2].rule == FundingRule(kinds: [.expansion], phase: .primary, area: PlanningAreaCode("P1")))
    let deed = try #require(plan.agreements.first)
    #expect(deed.arrival(from: model.housing.sites, by: FinancialYear(2023)) == FinancialYear(2019))
    #expect(deed.deadline(arrival: FinancialYear(2019)) == FinancialYear(2024))
    #expect(deed.pooledObligation == "mill_lane")
    #expect(plan.borrowing.limit == [FinancialYear(2019): 300_000])
    #expect(plan.borrowing.revenueCeiling.isEmpty)
    #expect(plan.borrowing.method == .equalInstalment)
    #expect(plan.borrowing.kinds == Set(SchemeKind.allCases))
    #expect(plan.rivals.map(\.schemes) == [["south_bulge"], ["south"], []])
    #expect(plan.delivery.keys.sorted() == ["building", "small"])
    // Nothing is said of small works that take longer.
    #expect(plan.delivery["building"]?.chanceOfYearLonger == 0.1)
    #expect(plan.delivery["small"]?.chanceOfYearLonger == 0)
  }

  @Test func `the chance of longer building is read where it is given`() throws {
    let copy = try ModelCopy()
    try copy.replace(
      CapitalFault.assumptions, "delivery.small.overrun_spread:\n", with: CapitalFault.longer("small", 0.25))
    let plan = try #require(try copy.check().model.capital)
    #expect(plan.delivery["small"]?.chanceOfYearLonger == 0.25)
    #expect(plan.delivery["small"]?.overrunSpread == 0.05)
  }

  /// The money of the approved year is that of the printed programme, source by source.
  @Test func `Gloucestershire's money of 2018/19 is the programme's`() throws {
    let (plan, model) = try plan("gloucestershire")
    let year = FinancialYear(2018)
    func approved(_ source: FundingSource) -> Int {
      model.schemes.reduce(0) { $0 + ($1.funding[source]?.pounds ?? 0) }
    }
    for source in [FundingSource.grant, .schoolContribution] {
      let received = plan.pots.filter { $0.source == source }.reduce(0) { $0 + ($1.received[year] ?? 0) }
      #expect(received == approved(source))
    }
    let contributions = plan.agreements.filter { $0.receivedIn == year }
    #expect(contributions.reduce(0) { $0 + $1.amount.pounds } == approved(.section106))
    for contribution in contributions {
      let scheme = plan.schemes.first { $0.key == contribution.rule.scheme }
      let line = model.schemes.first { $0.name == scheme?.name }
      #expect(line?.funding[.section106] == contribution.amount)
    }
    #expect(plan.borrowing.limit[year] == approved(.internalBorrowing))
    #expect(plan.borrowing.kinds == [.expansion, .newSchool])
  }

  @Test func `every approved scheme is there at its budget, all but the new school committed`() throws {
    let (plan, model) = try plan("gloucestershire")
    let approved = plan.schemes.filter { $0.approvedStart != nil }
    #expect(Set(approved.map(\.name)) == Set(model.schemes.map(\.name)))
    #expect(plan.schemes.filter(\.isCommitted).count == 12)
    for scheme in approved {
      #expect(scheme.isCommitted == (scheme.key != "new_secondary_cheltenham"))
      #expect(scheme.cost == model.schemes.first { $0.name == scheme.name }?.budget)
    }
  }

  /// Costs per place published in 2019, times the factor of the South West.
  @Test func `further schemes cost what was published for a place`() throws {
    let (plan, _) = try plan("gloucestershire")
    let base = PriceBase.quarter(year: 2018, quarter: 1)
    for scheme in plan.schemes where scheme.cost.priceBase == base {
      let places = try #require(scheme.places)
      let isPrimary = scheme.phase == .primary
      let temporary = isPrimary ? 8_196.0 : 23_775.0 * 10_609 / 27_492
      let (cost, years): (Double, Int) =
        switch scheme.kind {
        case .newSchool: (isPrimary ? 20_508 : 24_929, isPrimary ? 7 : 5)
        case .expansion: (isPrimary ? 17_268 : 23_775, isPrimary ? 7 : 5)
        case .temporary: (temporary, 5)
        default: (temporary, 1)
        }
      let pounds = cost * 1.01 * Double(places.perYearGroup * years)
      #expect(abs(Double(scheme.cost.pounds) - pounds) <= 0.5 + 1e-6, "\(scheme.key)")
    }
    #expect(plan.schemes.filter { $0.cost.priceBase == base }.count == 31)
  }

  @Test func `rival plans answer the need of Cheltenham`() throws {
    let rivals = try plan("gloucestershire").plan.rivals
    #expect(
      rivals.map(\.key) == [
        "bulge_and_temporary", "eight_fe", "expand_3", "expand_4", "six_fe", "six_fe_as_approved", "wait",
      ])
    #expect(rivals.allSatisfy { $0.area == PlanningAreaCode("9162500") })
    #expect(rivals.last?.schemes.isEmpty == true)
  }
}
