internal import CapitalProgramme
internal import PlacePlanning
internal import Sufficiency

// Places that are spare, and schemes that help few children or none: what is asked first where rolls fall.

extension PaperWriter {
  /// `Before any new scheme, 5.0% of primary places are spare in 2018/19 and 2.0% (15 places) in 2023/24; of secondary places it is 4.8%
  /// and 5.1% (27 places).` Nil where no place is known.
  var spareInBrief: String? {
    guard let first = balance.years.first, let last = balance.years.last else { return nil }
    let phases = AreaPhase.allCases.filter { balance.summary($0, last).places > 0 }
    let parts = phases.map { phase -> String in
      let (now, then) = (balance.summary(phase, first), balance.summary(phase, last))
      let end =
        "\(percent(then.spareShare, places: 1)) (\(counted(Int(then.spare.rounded()), "place")))"
      let start = percent(now.spareShare, places: 1)
      if first == last { return "\(end) of \(phase.rawValue) places are spare in \(last)" }
      return phase == phases.first
        ? "\(start) of \(phase.rawValue) places are spare in \(first) and \(end) in \(last)"
        : "of \(phase.rawValue) places it is \(start) and \(end)"
    }
    return parts.isEmpty ? nil : "Before any new scheme, \(parts.joined(separator: "; "))."
  }

  /// Spare places of every area as a share of its places, year by year, and how many they are in the last year.
  var spareTable: Table {
    let years = balance.years
    let shares: [Table.Column] = years.map { Table.Column("y\($0.start)", $0.label) }
    let count: [Table.Column] = years.suffix(1).map { Table.Column("places_spare", "Places spare in \($0)") }
    let rows = AreaPhase.allCases.flatMap { model.areas($0) }.map { area -> [Table.Cell] in
      let spare = years.map { balance.spare(in: area, $0) }
      let cells: [Table.Cell] = spare.map { Table.Cell.percent($0.share) }
      let places: [Table.Cell] = spare.suffix(1).map { Table.Cell.number($0.places) }
      return [.text(area.name), .text(area.phase.rawValue)] + cells + places
    }
    return Table(
      id: "spare-by-area", caption: "Spare places as a share of all places, by area",
      short: "Spare places by area",
      columns: [.words("planning_area", "Planning area"), .words("phase", "Phase")] + shares + count,
      rows: rows,
      footnote: footnote(
        pupilRoles() + Self.placeRoles, .derived,
        note:
          "All year groups, each by itself: what is short in one takes nothing off another. The middle path"
          + (hasHomes ? ", with new homes." : ".")))
  }

  /// The plan's schemes that make little difference to missing places for what they cost, or none, in brief; nil where there is no such one.
  func littleHelp(_ chosen: ChosenProgramme) -> String? {
    let effects = chosen.schemeEffects
    let none = effects.filter(\.keepsNone)
    let dear = effects.filter { $0.isDear && !$0.keepsNone }
    let last = chosen.problem.years.last?.label ?? "the last year"
    let parts = [
      none.isEmpty
        ? nil
        : "\(someSchemes(none)) \(none.count == 1 ? "makes" : "make") no difference to missing places up to \(last).",
      dear.isEmpty
        ? nil
        : "\(someSchemes(dear)) "
          + (dear.count == 1
            ? "makes little difference for its cost." : "make little difference for their cost."),
    ].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: " ")
  }

  /// Up to three schemes by name, more by their number.
  private func someSchemes(_ effects: [SchemeEffect]) -> String {
    if effects.count > 3 { return "\(grouped(effects.count)) of its schemes" }
    return listed(
      effects.map { $0.line.scheme.name + ($0.line.scheme.isCommitted ? " (committed)" : "") })
  }
}
