import PlacePlanning

/// What an expectation speaks of.
enum Subject {
  case cell(PlanningAreaCode, YearGroup)
  case allAreas([YearGroup])
  case summary(AreaPhase)
  case pressure(PlanningAreaCode)
  case births(PlanningAreaCode)
  case intake(PlanningAreaCode)
  case survival(PlanningAreaCode, YearGroup)
  case newcomers(PlanningAreaCode)
  case flow(from: PlanningAreaCode, to: PlanningAreaCode)
  case change(PlanningAreaCode, YearGroup)
  case programme(String)
  case monitor(String)

  /// Takes the keys that say it.
  init(_ fields: inout Fields) throws {
    func area(_ text: String) -> PlanningAreaCode { PlanningAreaCode(text) }
    func yearGroup(_ fields: inout Fields) throws -> YearGroup {
      let label = try fields.text("year_group")
      guard let group = YearGroup(label: label) else { throw fields.fault("'\(label)' is not a year group") }
      return group
    }
    if let kind = try fields.optionalText("rate") {
      let code = area(try fields.text("area"))
      switch kind {
      case "intake": self = .intake(code)
      case "survival": self = .survival(code, try yearGroup(&fields))
      case "newcomers": self = .newcomers(code)
      case "flow": self = .flow(from: code, to: area(try fields.text("to")))
      default: throw fields.fault("unknown rate '\(kind)'")
      }
    } else if let code = try fields.optionalText("area") {
      self = .cell(area(code), try yearGroup(&fields))
    } else if let text = try fields.optionalText("all_areas") {
      let ends = text.split(separator: " to ").map { YearGroup(label: $0) }
      guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1], first <= last
      else { throw fields.fault("'\(text)' is not a range of year groups") }
      self = .allAreas(YearGroup.all.filter { (first...last).contains($0) })
    } else if let text = try fields.optionalText("summary") {
      guard let phase = AreaPhase(rawValue: text) else { throw fields.fault("'\(text)' is not a phase") }
      self = .summary(phase)
    } else if let code = try fields.optionalText("pressure") {
      self = .pressure(area(code))
    } else if let code = try fields.optionalText("births") {
      self = .births(area(code))
    } else if let code = try fields.optionalText("change") {
      self = .change(area(code), try yearGroup(&fields))
    } else if let name = try fields.optionalText("programme") {
      self = .programme(name)
    } else if let name = try fields.optionalText("monitor") {
      self = .monitor(name)
    } else {
      throw fields.fault("an expectation says first what it speaks of")
    }
  }

  var isYearly: Bool {
    switch self {
    case .cell, .allAreas, .summary, .pressure, .births, .change: true
    case .intake, .survival, .newcomers, .flow, .programme, .monitor: false
    }
  }

  /// The figures that may be expected of it.
  var figures: [String] {
    switch self {
    case .cell: ["pupils", "pupils_without_housing", "places", "need", "surplus", "need_fe"]
    case .allAreas: ["pupils", "pupils_without_housing"]
    case .summary: ["pupils", "places", "need", "need_to_nearest_ten", "spare_share", "unfilled_share"]
    case .pressure: ["entry_fe", "all_year_groups_fe"]
    case .births: ["cohort"]
    case .intake, .survival, .newcomers, .flow: ["value"]
    case .change:
      [
        "opening", "intake", "survivors_change", "transfers_in", "imports", "leaving", "housing", "control",
        "closing",
      ]
    case .programme: ["budget", "total", "schemes"] + FundingSource.allCases.map(\.rawValue)
    case .monitor:
      [
        "revised", "spent", "expected", "variance", "variance_share", "unspent", "slipping", "approved",
        "outturn", "year_variance", "slippage", "acceleration", "cost", "scope", "carry_forward",
        "total_approved", "total_forecast", "at_risk",
      ]
    }
  }

  var text: String {
    switch self {
    case .cell(let area, let group): "\(area), \(group)"
    case .allAreas(let groups): "all areas, \(groups.map(\.label).joined(separator: " "))"
    case .summary(let phase): "summary of \(phase.rawValue)"
    case .pressure(let area): "pressure in \(area)"
    case .births(let area): "births of \(area)"
    case .intake(let area): "intake of \(area)"
    case .survival(let area, let group): "survival in \(area) to \(group)"
    case .newcomers(let area): "newcomers to \(area)"
    case .flow(let from, let to): "flow from \(from) to \(to)"
    case .change(let area, let group): "change in \(area), \(group)"
    case .programme(let name): "programme, \(name)"
    case .monitor(let name): "monitor, \(name)"
    }
  }
}
