import CapitalProgramme
import ModelFiles
import PlacePlanning
import Projection
import Sufficiency
import TestSupport

/// What the program answers to a case's given part.
struct Answers {
  let model: PlanningModel
  let pupils: TrajectorySet
  let balance: PlacesBalance
  let programme: ApprovedProgramme
  let monitor: ProgrammeMonitor?

  /// Runs the model, in a throw-away copy when the case changes its input.
  init(_ given: CaseFile) throws {
    let copy = given.replacements.isEmpty ? nil : try ModelCopy(given.model)
    for change in given.replacements {
      try copy?.replace(change.file, change.text, with: change.new)
    }
    let request =
      copy?.request(scenario: given.scenario)
      ?? ModelRequest(folder: Repository.file("Models/\(given.model)"), scenario: given.scenario)
    model = try validate(try load(request)).model
    pupils = try project(model)
    balance = compare(pupils, with: model)
    programme = reconcile(model.schemes, for: balance)
    monitor = model.spending.map { CapitalProgramme.monitor($0) }
  }

  /// What the case expects and the program does not say, one line each; empty when all is as expected.
  func failures(_ wanted: CaseFile) -> [String] {
    wanted.expectations.compactMap { expectation in
      guard let found = self.found(expectation) else {
        return "\(expectation.description) is \(expectation.wanted) in the case; the program has none"
      }
      guard abs(found - expectation.wanted) > wanted.tolerance else { return nil }
      return "\(expectation.description) is \(expectation.wanted) in the case, \(found) in the program"
    }
  }

  /// Nil where the program has no such figure.
  func found(_ expectation: CaseFile.Expectation) -> Double? {
    guard let year = expectation.year else { return timeless(expectation.subject, expectation.figure) }
    switch expectation.subject {
    case .cell(let area, let group): return cell(area, group, year, expectation.figure)
    case .allAreas(let groups):
      guard pupils.years.contains(year) else { return nil }
      return expectation.figure == "pupils"
        ? pupils.central.total(groups, year) : pupils.centralWithoutHousing.total(groups, year)
    case .summary(let phase):
      return balance.years.contains(year) ? summary(balance.summary(phase, year), expectation.figure) : nil
    case .pressure(let code):
      guard let area = model.areas.first(where: { $0.code == code }) else { return nil }
      let pressure = balance.pressure(area)
      let needs = expectation.figure == "entry_fe" ? pressure.entryNeed : pressure.allYearGroupsNeed
      return needs.first { $0.year == year }?.forms.forms
    case .births(let area): return pupils.births.cohorts[area]?[year]
    case .change(let area, let group):
      return pupils.ledger.entries.first {
        $0.area == area && $0.year == year && $0.yearGroup == group
      }.flatMap { change($0, expectation.figure) }
    default: return nil
    }
  }

  private func cell(
    _ area: PlanningAreaCode, _ group: YearGroup, _ year: AcademicYear, _ figure: String
  ) -> Double? {
    switch figure {
    case "pupils": return pupils.central[area, group, year]
    case "pupils_without_housing": return pupils.centralWithoutHousing[area, group, year]
    default:
      let cell = balance[area, group, year]
      return switch figure {
      case "places": cell?.places
      case "need": cell?.need
      case "surplus": cell?.surplus
      case "need_fe": cell?.needInForms.forms
      default: nil
      }
    }
  }

  private func summary(_ summary: SufficiencySummary, _ figure: String) -> Double? {
    switch figure {
    case "pupils": summary.pupils
    case "places": summary.places
    case "need": summary.need
    case "need_to_nearest_ten": Double(summary.needToNearestTen)
    case "spare_share": summary.spareShare
    case "unfilled_share": summary.unfilledShare
    default: nil
    }
  }

  private func change(_ entry: ChangeLedger.Entry, _ figure: String) -> Double? {
    switch figure {
    case "opening": entry.opening
    case "intake": entry.intake
    case "survivors_change": entry.survivorsChange
    case "transfers_in": entry.transfersIn
    case "imports": entry.imports
    case "leaving": entry.leaving
    case "housing": entry.housing
    case "control": entry.control
    case "closing": entry.closing
    default: nil
    }
  }

  private func timeless(_ subject: Subject, _ figure: String) -> Double? {
    switch subject {
    case .intake(let area): return pupils.rates.intake[area]?.value
    case .survival(let area, let group): return pupils.rates.survival[area]?[group]?.value
    case .newcomers(let area):
      let transfer = pupils.rates.transfer
      return transfer.secondary.firstIndex(of: area).map { transfer.imports[$0] }
    case .flow(let from, let to):
      let transfer = pupils.rates.transfer
      guard transfer.primary.contains(from), transfer.secondary.contains(to) else { return nil }
      return transfer.share(from: from, to: to)
    case .programme(let name): return programme(name, figure).map(Double.init)
    case .monitor(let name): return monitor(name, figure)
    default: return nil
    }
  }

  private func programme(_ name: String, _ figure: String) -> Int? {
    let source = FundingSource(rawValue: figure)
    if name == "total" {
      if let source { return programme.total(source) }
      return switch figure {
      case "budget": programme.budget
      case "total": programme.total
      case "schemes": programme.lines.count
      default: nil
      }
    }
    guard let line = programme.lines.first(where: { $0.scheme.name == name }) else { return nil }
    if let source { return line.pounds(source) }
    return switch figure {
    case "budget": line.scheme.budget.pounds
    case "total": line.total
    default: nil
    }
  }

  private func monitor(_ name: String, _ figure: String) -> Double? {
    guard let monitor else { return nil }
    if name == "total", figure == "slipping" { return Double(monitor.slipping.count) }
    guard let line = name == "total" ? monitor.total : monitor.lines.first(where: { $0.name == name })
    else { return nil }
    return switch figure {
    case "revised": Double(line.revised)
    case "spent": Double(line.spent)
    case "expected": Double(line.expected)
    case "variance": Double(line.variance)
    case "variance_share": line.varianceShare
    case "unspent": Double(line.unspent)
    default: yearsEnd(line, name == "total" ? monitor.split : line.split, figure).map(Double.init)
    }
  }

  private func yearsEnd(
    _ line: ProgrammeMonitor.Line, _ split: VarianceSplit?, _ figure: String
  ) -> Int? {
    switch figure {
    case "approved": line.approved
    case "outturn": line.outturn
    case "year_variance": line.yearVariance
    case "slippage": split?.slippage
    case "acceleration": split?.acceleration
    case "cost": split?.cost
    case "scope": split?.scope
    case "carry_forward": split.map { -$0.slippage }
    case "total_approved": line.approvedTotal
    case "total_forecast": line.forecastTotal
    case "at_risk":
      monitor?.datesAtRisk.filter { $0.line == line.name || line.name == "Total" }.reduce(0) {
        $0 + $1.pounds
      }
    default: nil
    }
  }
}
