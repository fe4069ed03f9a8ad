import CapitalProgramme
import Diagnostics
import Foundation
import Papers
import PlacePlanning
import Projection
import Runs
import Sufficiency

// The same answers for machines. Keys are written in snake case; numbers are unrounded.

struct ValidationAnswer: Encodable {
  let format = "places-validate/1"
  let model: String
  let areas: Int
  let assumptions: Int
  let inputs: [RunRecord.File]

  init(_ input: CheckedInput) {
    model = input.model.identity.key
    areas = input.model.areas.count
    assumptions = input.model.assumptions.count
    inputs = input.inputs
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

  let format = "places-project/1"
  let model: String
  let scenario: String
  let areas: [AreaAnswer]
  let draws: Int
  let worstLedgerResidual: Double
  let pupils: [Row]

  init(_ model: PlanningModel, _ pupils: TrajectorySet, _ ranges: PupilRanges?) {
    self.model = model.identity.key
    scenario = model.scenario
    areas = model.areas.map(AreaAnswer.init)
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

  /// What somebody else has published, as the scenario has it: of what it does not plan the places are 0.
  struct Published: Encodable {
    let planningAreaCode: String
    let yearGroup: String
    let lowestFe: Double
    let highestFe: Double
    let places: Double
    let lowestFeBy: String?
    let plannedName: String
    let plannedPlacesPerYearGroup: Double
    let plannedFrom: String
    let plannedScheme: String?

    init(_ need: PublishedNeed) {
      planningAreaCode = need.area.text
      yearGroup = need.yearGroup.label
      lowestFe = need.lowest.forms
      highestFe = need.highest.forms
      places = need.places
      lowestFeBy = need.lowestBy?.label
      plannedName = need.plannedName
      plannedPlacesPerYearGroup = need.plannedPlacesPerYearGroup
      plannedFrom = need.plannedFrom.label
      plannedScheme = need.plannedScheme
    }
  }

  let format = "places-compare/1"
  let model: String
  let scenario: String
  let areas: [AreaAnswer]
  let balance: [Row]
  /// Left out where the model has none.
  let publishedNeed: [Published]?

  init(_ model: PlanningModel, _ balance: PlacesBalance) {
    self.model = model.identity.key
    scenario = model.scenario
    areas = model.areas.map(AreaAnswer.init)
    self.balance = balance.cells.map {
      Row(
        academicYear: $0.year.label, planningAreaCode: $0.area.code.text,
        yearGroup: $0.yearGroup.label, pupils: $0.pupils, places: $0.places, need: $0.need,
        surplus: $0.surplus, needFe: $0.needInForms.forms)
    }
    publishedNeed = model.publishedNeeds.isEmpty ? nil : model.publishedNeeds.map(Published.init)
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

  let format = "places-prioritise/1"
  let outcome = "approved"
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

/// A planning area, by the code that the rows of an answer have.
struct AreaAnswer: Encodable {
  let planningAreaCode: String
  let planningAreaName: String
  let phase: AreaPhase

  init(_ area: PlanningArea) {
    planningAreaCode = area.code.text
    planningAreaName = area.name
    phase = area.phase
  }
}

struct RunAnswer: Encodable {
  let format: String
  let folder: String
  let record: RunRecord
  /// What has changed since the run that was named; left out where none was.
  let since: ComparisonAnswer?

  /// `run` is nil where papers were written again and nothing was computed.
  init(_ format: String, _ written: WrittenRun, _ run: PlanningRun? = nil) {
    self.format = format
    folder = written.folder.path
    record = written.record
    since = run?.content.changes.map(ComparisonAnswer.init)
  }
}

struct ExplainAnswer: Encodable {
  let format = "places-explain/1"
  let code: String
  let severity: Severity
  let title: String
  /// Markdown.
  let page: String

  init(_ code: DiagnosticCode, _ page: String) {
    self.code = code.rawValue
    severity = code.severity
    let heading = page.prefix { $0 != "\n" }
    title = String(heading.drop { $0 != ":" }.drop { $0 == ":" || $0 == " " })
    self.page = page
  }
}
