internal import PlacePlanning
internal import Projection

// Where Year 7 pupils come from, and where Year 6 pupils go.

extension PaperWriter {
  var movementSection: Section? {
    guard let movement = content.movement, !movement.arrivals.isEmpty else { return nil }
    let total = movement.arrivals.reduce(0) { $0 + $1.total }
    let own = movement.arrivals.reduce(0) { $0 + $1.fromOwnDistrict }
    // What flows bring too many to one area takes nothing from those who come to another from outside.
    let outside = movement.arrivals.reduce(0) { $0 + max(0, $1.fromOutside) }
    let arriving = movement.arrivals.reduce(0) { $0 + max($1.total, $1.total - $1.fromOutside) }
    let outsideShare = percent(outside / arriving)
    let fromOwn = arriving - own < 0.05 ? "All" : "About \(percent(own / arriving))"
    let fromOutside =
      outside < 0.5 ? "" : " \(outsideShare) come from outside the authority's state schools."
    let sentence =
      total > 0
      ? "\(counted(Int(total.rounded()), "pupil")) are expected in Year 7 in September \(movement.year.start)"
        + (hasHomes ? ", without new homes" : "")
        + ". \(fromOwn) come from primary schools in the same district."
        + fromOutside + excessFlows(movement)
        + (model.transfer.basis == .observed
          ? ""
          : " These shares are an illustration: they are derived from an assumed pattern of moves, not counted.")
      : "No pupil is expected in Year 7 in September \(movement.year.start)."
    return Section(
      id: "movement", heading: "Moves between primary and secondary school",
      blocks: [.paragraph(sentence), .table(arrivalsTable(movement)), .table(departuresTable(movement))])
  }

  /// The areas to which flows bring more pupils than Year 7 has, in the table's own figures; empty where there are none.
  private func excessFlows(_ movement: Movement) -> String {
    let excess = movement.arrivals.compactMap { row -> String? in
      guard let shown = roundedKeepingTotal(arrivalParts(row))?.last, shown < 0 else { return nil }
      return "\(row.area.name) (\(grouped(-shown)) more)"
    }
    if excess.isEmpty { return "" }
    let its = excess.count == 1 ? "its" : "their"
    return " The flows from primary schools bring more pupils to \(listed(excess)) than "
      + "\(its) Year 7 has by the counts "
      + (model.control.isEmpty ? "of three years" : "and the published totals")
      + ". The table takes the difference off, as a number below 0 from outside."
  }

  /// A secondary area's Year 7 in the order of the table's columns, those from outside last.
  private func arrivalParts(_ row: Movement.Arrival) -> [Double] {
    [row.fromOwnDistrict] + (otherDistricts.isEmpty ? [] : [row.fromOtherDistricts]) + [row.fromOutside]
  }

  private func arrivalsTable(_ movement: Movement) -> Table {
    Table(
      id: "arrivals", caption: "Where Year 7 pupils of September \(movement.year.start) come from",
      columns: [
        .words("secondary_area", "Secondary area"), .init("own_district", "From the same district"),
      ] + otherDistricts + [
        .init("outside", "Outside the authority's state schools"),
        .init("total", "All"),
      ],
      rows: movement.arrivals.map { [.text($0.area.name)] + sharedOut(arrivalParts($0)) },
      footnote: movementFootnote)
  }

  private func departuresTable(_ movement: Movement) -> Table {
    Table(
      id: "departures", caption: "Where Year 6 pupils of July \(movement.year.start) go",
      columns: [
        .words("district", "District of the primary school"), .init("own_district", "To the same district"),
      ] + otherDistricts + [
        .init("leaving", "Leave the authority's state schools"),
        .init("total", "All"),
      ],
      rows: movement.departures.map { row in
        [.text(row.district)]
          + sharedOut(
            [row.toOwnDistrict] + (otherDistricts.isEmpty ? [] : [row.toOtherDistricts]) + [row.leaving])
      }, footnote: movementFootnote)
  }

  /// Nobody comes from other districts where there is only one.
  private var otherDistricts: [Table.Column] {
    model.births.districts.count > 1 ? [.init("other_districts", "Other districts")] : []
  }

  /// Parts rounded so that they add up to the rounded total, which comes last.
  func sharedOut(_ parts: [Double]) -> [Table.Cell] {
    let rounded = roundedKeepingTotal(parts) ?? []
    let cells = zip(parts, rounded).map { part, shown in
      Table.Cell(storing: part, shown: grouped(shown))
    }
    let total = parts.reduce(0, +)
    return cells + [Table.Cell(storing: total, shown: grouped(rounded.reduce(0, +)))]
  }

  private var movementFootnote: Footnote {
    footnote(
      Self.rollRoles + ["transfer_shares", "control_totals"], .derived,
      note:
        "Pupils by where their primary school is, not by where they live: home addresses are not published. Rounded so that each row "
        + "adds up: a figure may differ by 1 from the same one in the other table.")
  }
}
