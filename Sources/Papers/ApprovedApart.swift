internal import CapitalProgramme
internal import PlacePlanning

// Approved schemes that are not among those from which the plan is chosen.

extension PaperWriter {
  /// Approved schemes that the plan cannot hold, since a scenario or the model leaves them out: who reads what becomes of the approved
  /// schemes is not to count them in. ` North Primary expansion is approved too, but not …`; empty where there are none.
  func approvedApart(_ chosen: ChosenProgramme) -> String {
    let names = approvedWithoutScheme(chosen)
    if names.isEmpty { return "" }
    let which = names.count > 3 ? "\(grouped(names.count)) others" : listed(names)
    let (verb, them) = names.count == 1 ? ("is", "it") : ("are", "them")
    return
      " \(which) \(verb) approved too, but not among the schemes from which the plan is chosen: neither the plan nor what it is "
      + "compared with holds \(them)."
  }

  /// ` where possible`, behind what is said of all approved schemes started as approved; empty where each of them can be. Some cannot: a
  /// scenario leaves them out or makes them late, or the model holds no scheme of that name.
  func wherePossible(_ chosen: ChosenProgramme) -> String {
    let years = chosen.problem.years
    let isSomeTooLate = chosen.problem.candidates.contains { candidate in
      guard let approved = candidate.scheme.approvedStart else { return false }
      let year = years.firstIndex(of: approved)
      return !candidate.starts.contains { $0.year == year }
    }
    return isSomeTooLate || !approvedWithoutScheme(chosen).isEmpty ? " where possible" : ""
  }

  /// Names in the approved programme that no scheme bears from which the plan is chosen.
  func approvedWithoutScheme(_ chosen: ChosenProgramme) -> [String] {
    let held = Set(chosen.problem.candidates.map(\.scheme.name))
    return content.programme.lines.map(\.scheme.name).filter { !held.contains($0) }
  }
}
