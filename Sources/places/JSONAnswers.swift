import CapitalProgramme
import Diagnostics
import Foundation
import PlacePlanning
import Projection
import Runs
import Sufficiency

// The same answers for machines. Keys are written in snake case; numbers are unrounded.

struct ValidationAnswer: Encodable {
  let model: String
  let areas: Int
  let assumptions: Int
  let inputs: [RunRecord.Input]
  let warnings: [Diagnostic]

  init(_ input: CheckedInput) {
    model = input.model.identity.key
    areas = input.model.areas.count
    assumptions = input.model.assumptions.count
    inputs = input.inputs
    warnings = input.warnings.diagnostics
  }
}

struct PupilsAnswer: Encodable {
  struct Row: Encodable {
    let academicYear: String
    let planningAreaCode: String
    let yearGroup: String
    let pupils: Double
    let pupilsWithoutHousing: Double
    /// With draws only: their mean, and quantiles at 2.5, 10, 25, 50, 75, 90 and 97.5 in a hundred.
    let mean: Double?
    let quantiles: [Double]?
  }

  let model: String
  let scenario: String
  let draws: Int
  let worstLedgerResidual: Double
  let pupils: [Row]

  init(_ model: PlanningModel, _ pupils: TrajectorySet, _ ranges: PupilRanges?) {
    self.model = model.identity.key
    scenario = model.scenario
    draws = ranges?.draws ?? 0
    worstLedgerResidual = pupils.ledger.worstResidual
    self.pupils = pupils.years.flatMap { year in
      pupils.areas.flatMap { area in
        area.phase.yearGroups.map { yearGroup in
          let range = ranges?[area.code, yearGroup, year]
          return Row(
            academicYear: year.label, planningAreaCode: area.code.text, yearGroup: yearGroup.label,
            pupils: pupils.central[area.code, yearGroup, year] ?? 0,
            pupilsWithoutHousing: pupils.centralWithoutHousing[area.code, yearGroup, year] ?? 0,
            mean: range?.mean, quantiles: range?.quantiles)
        }
      }
    }
  }
}

struct BalanceAnswer: Encodable {
  struct Row: Encodable {
    let academicYear: String
    let planningAreaCode: String
    let yearGroup: String
    let pupils: Double
    let places: Double
    let need: Double
    let surplus: Double
    let needFe: Double
  }

  let balance: [Row]

  init(_ balance: PlacesBalance) {
    self.balance = balance.cells.map {
      Row(
        academicYear: $0.year.label, planningAreaCode: $0.area.code.text,
        yearGroup: $0.yearGroup.label, pupils: $0.pupils, places: $0.places, need: $0.need,
        surplus: $0.surplus, needFe: $0.needInForms.forms)
    }
  }
}

struct ProgrammeAnswer: Encodable {
  struct Row: Encodable {
    let scheme: String
    let budget: Int
    let grant: Int
    let s106Contribution: Int
    let schoolContribution: Int
    let internalBorrowing: Int
    let total: Int
  }

  let programme: [Row]
  let totals: Row

  init(_ programme: ApprovedProgramme) {
    self.programme = programme.lines.map { line in
      Row(
        scheme: line.scheme.name, budget: line.scheme.budget.pounds, grant: line.pounds(.grant),
        s106Contribution: line.pounds(.section106),
        schoolContribution: line.pounds(.schoolContribution),
        internalBorrowing: line.pounds(.internalBorrowing), total: line.total)
    }
    totals = Row(
      scheme: "Total", budget: programme.budget, grant: programme.total(.grant),
      s106Contribution: programme.total(.section106),
      schoolContribution: programme.total(.schoolContribution),
      internalBorrowing: programme.total(.internalBorrowing), total: programme.total)
  }
}

struct RunAnswer: Encodable {
  let folder: String
  let record: RunRecord

  init(_ written: WrittenRun) {
    folder = written.folder.path
    record = written.record
  }
}
