import CapitalProgramme
import PlacePlanning

/// A stress test for machines. Chances are shares of the draws; money is pounds of each year.
struct StressAnswer: Encodable {
  struct Cell: Encodable {
    let planningAreaCode: String
    let yearGroup: String
    let academicYear: String
    let chanceWithoutPlaceOnTime: Double
    let chanceWithoutPlace: Double
    let chanceMoreThan30Short: Double
    let expectedUnmetOnTime: Double
    let expectedUnmet: Double
  }

  struct Class: Encodable {
    let referenceClass: String
    let budget: Int
    let outturn: StressTest.Spread
    let overBudgetAtP80: Double?
    let meanOverrunPutIn: Double?
    /// Of each further year of building; missing where the model gives none.
    let chanceOfYearLongerPutIn: Double?
  }

  struct Dated: Encodable {
    let pot: String
    let deadline: String
    let planned: Int
    let chanceTooLate: Double
    let expectedTooLate: Double
  }

  /// Money that homes bring.
  struct Forward: Encodable {
    let agreement: String
    let planned: Int
    let spentFrom: String
    let due: String
    let chanceTooLate: Double
    let chanceNotInYears: Double
    let expectedToWaitFor: Double
  }

  /// What is spent of it and has not come at the year's end.
  struct ForwardYear: Encodable {
    let financialYear: String
    let chance: Double
    let outstanding: StressTest.Spread
  }

  struct Block: Encodable {
    let planningAreaCode: String
    let from: String
    let until: String
    /// Missing where the model has no temporary scheme of the phase to take a price from.
    let cost: Double?
    let chanceBefore: Double
    let chanceAfter: Double
    let unmetAvoided: Double
  }

  let draws: Int
  let seed: UInt64
  let approved: Int
  let outturn: StressTest.Spread
  let chanceOverspend: Double
  let chanceOverspendByTenth: Double
  let cells: [Cell]
  let classes: [Class]
  let datedMoney: [Dated]
  let forwardFunding: [Forward]
  let forwardFundingYears: [ForwardYear]
  let expectedForwardInterest: Double
  let temporaryBlocks: [Block]

  init(_ test: StressTest) {
    draws = test.draws
    seed = test.seed
    approved = test.approved
    outturn = test.outturn
    chanceOverspend = test.chanceOverspend
    chanceOverspendByTenth = test.chanceOverspendByTenth
    cells = test.cells.map {
      Cell(
        planningAreaCode: $0.area.text, yearGroup: $0.yearGroup.label, academicYear: $0.year.label,
        chanceWithoutPlaceOnTime: $0.chanceWithoutPlace.asPlanned,
        chanceWithoutPlace: $0.chanceWithoutPlace.delivered,
        chanceMoreThan30Short: $0.chanceShortByForm.delivered,
        expectedUnmetOnTime: $0.expectedUnmet.asPlanned, expectedUnmet: $0.expectedUnmet.delivered)
    }
    classes = test.classes.map {
      Class(
        referenceClass: $0.referenceClass, budget: $0.budget, outturn: $0.outturn,
        overBudgetAtP80: $0.biasAtP80, meanOverrunPutIn: $0.input?.meanOverrun,
        chanceOfYearLongerPutIn: $0.input.flatMap { $0.chanceOfYearLonger > 0 ? $0.chanceOfYearLonger : nil })
    }
    datedMoney = test.datedMoney.map {
      Dated(
        pot: $0.pot, deadline: $0.deadline.label, planned: $0.planned, chanceTooLate: $0.chance,
        expectedTooLate: $0.expectedPounds)
    }
    forwardFunding = test.forwardFunding.map {
      Forward(
        agreement: $0.agreement, planned: $0.planned, spentFrom: $0.wanted.label, due: $0.due.label,
        chanceTooLate: $0.chance, chanceNotInYears: $0.chanceBeyond, expectedToWaitFor: $0.expectedPounds)
    }
    forwardFundingYears = test.forwardFundingYears.map {
      ForwardYear(financialYear: $0.year.label, chance: $0.chance, outstanding: $0.spread)
    }
    expectedForwardInterest = test.expectedForwardInterest
    temporaryBlocks = test.areas.compactMap { area in
      area.block.map {
        Block(
          planningAreaCode: area.area.text, from: $0.from.label, until: $0.until.label, cost: $0.cost,
          chanceBefore: $0.chanceBefore, chanceAfter: $0.chanceAfter, unmetAvoided: $0.avoided)
      }
    }
  }
}
