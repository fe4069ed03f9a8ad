internal import CapitalProgramme
internal import PlacePlanning
internal import Projection
internal import Sufficiency

// The places that are missing with the best plan and without it: by area, by year, and how much of that was there before.

extension PaperWriter {
  /// How much of a gap the same count finds before anything is projected; nil where it finds none. In brief it leaves out where.
  func alreadyShort(inBrief: Bool = false) -> String? {
    let short = shortInBaseYear(pupils, model)
    let (all, above) = (Int(short.all.rounded()), Int(short.above.rounded()))
    guard all > 0 else { return nil }
    if inBrief {
      return
        "Part of that need not be real: the same count finds \(counted(all, "place")) missing in \(model.baseYear), though "
        + "every child is at a school."
    }
    let share = above == 0 ? "None of them is" : above == 1 ? "1 of them is" : "\(grouped(above)) of them are"
    return
      "For comparison: the same count for \(model.baseYear) itself finds \(counted(all, "place")) short, though every child is at a "
      + "school. \(share) in year groups above Reception and Year 7."
      + (pupils.history.mark == .derived
        ? " About as many places in any year's figure may be missing on paper only, from the way in which an area's year groups and "
          + "places are derived."
        : "")
  }

  /// Where the missing places are once the plan is carried out.
  func remaining(_ chosen: ChosenProgramme) -> String? {
    let years = chosen.yearsInAll
    let phases = AreaPhase.allCases.map { phase in
      chosen.unmetByYear(phase).reduce(0) { $0 + $1.with } / years
    }
    guard let parts = roundedKeepingTotal(phases), parts.reduce(0, +) > 0 else { return nil }
    let without = chosen.unmetByArea.filter { $0.reason == .noScheme }
    let theirs = Int((without.reduce(0) { $0 + $1.unmet } / years).rounded())
    let phase = AreaPhase.allCases.map(\.rawValue)
    // An average over the rows of the table by year may give one place more or less for a phase.
    let adding = parts == phases.map { Int($0.rounded()) } ? "" : ", rounded so that they add up"
    let split =
      parts.contains(0)
      ? "Nearly all places still missing with the plan are \(parts[0] == 0 ? phase[1] : phase[0])."
      : "Of the places still missing with the plan, about \(grouped(parts[0])) are primary and \(grouped(parts[1])) secondary\(adding)."
    return split
      + (theirs > 0
        ? " About \(grouped(theirs)) are in \(counted(without.count, "area")) for which the model holds no scheme. The plan is the "
          + "best of the schemes in the model; whether others would serve better, it cannot tell."
        : "") + (missingOverYears(chosen).map { " " + $0 } ?? "")
  }

  /// How missing places go over the years, by phase, with the plan; fewer than a class have no course to speak of. Nil for a plan of one
  /// year, and where none is missing.
  func missingOverYears(_ chosen: ChosenProgramme) -> String? {
    let years = chosen.problem.years
    guard years.count > 1, let first = years.first, let last = years.last else { return nil }
    let missing = AreaPhase.allCases.map(chosen.unmetByYear)
    let most = years.indices.map { year -> Double in
      missing.reduce(0) { $0 + max($1[year].with, $1[year].without) }
    }.max()
    if let most, most < FormsOfEntry.placesPerForm {
      // That none is missing is said already.
      if most < 0.5 { return nil }
      return
        "From \(first.academicYear) to \(last.academicYear) fewer than \(whole(FormsOfEntry.placesPerForm)) places are "
        + "missing in any year, all areas and year groups together, with the plan or without it."
    }
    let phases = zip(AreaPhase.allCases, missing).map { phase, places -> String in
      Self.missingCourse(
        phase, without: places.map { Int($0.without.rounded()) },
        with: places.map { Int($0.with.rounded()) }, years.map(\.academicYear))
    }
    return "With the plan, from \(first.academicYear) to \(last.academicYear), "
      + phases.joined(separator: "; ") + "."
  }

  /// `missing primary places fall from 286 to 0, as they would without it`: a fall that does not come from the plan is not put down to
  /// it. **Shape** year, one or more.
  static func missingCourse(_ phase: AreaPhase, without: [Int], with missing: [Int], _ years: [AcademicYear])
    -> String
  {
    guard let from = missing.first, let to = missing.last, let start = without.first, let end = without.last
    else { return "missing \(phase.rawValue) places are not known" }
    let ends =
      from == to
      ? "stay at \(grouped(from))"
      : "\(from < to ? "rise" : "fall") from \(grouped(from)) to \(grouped(to))"
    let anyway =
      from <= to || start - end < from - to
      ? ""
      : (start, end) == (from, to)
        ? ", as they would without it"
        : " (without it too, from \(grouped(start)) to \(grouped(end)))"
    let most = missing.indices.max { (missing[$0], $1) < (missing[$1], $0) } ?? 0
    return "missing \(phase.rawValue) places \(ends)\(anyway)"
      + (missing[most] > max(from, to)
        ? ", and are most in \(years[most]), \(grouped(missing[most]))" : "")
  }

  /// What the table of missing places lists: areas, and last all others together, without a code. **Units** places.
  private typealias MissingRow = (area: PlanningAreaCode?, name: String, without: Double, with: Double)

  private func missingRows(_ chosen: ChosenProgramme) -> [MissingRow] {
    let (areas, others) = chosen.missingByArea
    let isListed = { (without: Double, with: Double) in
      with >= FormsOfEntry.placesPerForm || without.rounded() != with.rounded()
    }
    var rows: [MissingRow] = areas.filter { isListed($0.without, $0.with) }.map {
      (area: $0.area, name: model.areaName($0.area), without: $0.without, with: $0.with)
    }
    let rest = areas.filter { !isListed($0.without, $0.with) }
    if rest.count + others.areas > 0 {
      rows.append(
        (
          area: nil, name: counted(rest.count + others.areas, "other area"),
          without: rest.reduce(others.without) { $0 + $1.without },
          with: rest.reduce(others.with) { $0 + $1.with }
        ))
    }
    return rows
  }

  /// Missing places by area and by year. Where the plan moves no area's figure and none lacks a class, areas are not listed.
  func missingBlocks(_ chosen: ChosenProgramme) -> [Block] {
    let byArea: Block =
      missingRows(chosen).contains { $0.area != nil }
      ? .table(missingTable(chosen))
      : .paragraph(
        "In no area does the plan change how many places are missing in an average year, to the nearest place; none lacks a class of "
          + "\(whole(FormsOfEntry.placesPerForm)) with it.")
    return [byArea, .table(missingByYear(chosen))]
  }

  /// What is missing in one area in an average year, as the table of missing places shows it; rounded by itself where the table does
  /// not list the area. Nil for an area that lacks next to nothing.
  func missing(_ chosen: ChosenProgramme, in area: PlanningAreaCode) -> (without: Int, with: Int)? {
    let rows = missingRows(chosen)
    if let row = rows.firstIndex(where: { $0.area == area }),
      let without = roundedKeepingTotal(rows.map(\.without)), let with = roundedKeepingTotal(rows.map(\.with))
    {
      return (without[row], with[row])
    }
    return chosen.missingByArea.areas.first { $0.area == area }.map {
      (Int($0.without.rounded()), Int($0.with.rounded()))
    }
  }

  /// `, on average over 1,000 possible futures`, of figures that come from draws; empty without them.
  var overFutures: String {
    content.ranges.map { ", on average over \(grouped($0.draws)) possible futures" } ?? ""
  }

  /// Missing places by area; its columns add up to what `effect` says.
  func missingTable(_ chosen: ChosenProgramme) -> Table {
    let rows = missingRows(chosen)
    let (without, with) = (sharedOut(rows.map(\.without)), sharedOut(rows.map(\.with)))
    return Table(
      id: "missing-by-area",
      caption: "Places missing in an average year, by area, without the plan and with it",
      columns: [
        .words("area", "Area"), .init("without", "Without the plan"), .init("with", "With the plan"),
      ],
      rows: zip(rows.map(\.name) + ["Total"], zip(without, with)).map { [.text($0), $1.0, $1.1] },
      hasTotalRow: true,
      footnote: footnote(
        pupilRoles() + Self.placeRoles + ["schemes"], .derived,
        note:
          "All year groups and years of the plan\(overFutures). Rounded so that each column adds up; most missing with the plan first. "
          + "An area is listed where the plan changes its figure, or where a class of 30 or more is missing with it."
      ))
  }

  /// Places short in the base year, as `alreadyShort` says them; nothing where none are.
  func alreadyShortTable() -> [Block] {
    let short = shortInBaseYear(pupils, model)
    guard Int(short.all.rounded()) > 0 else { return [] }
    let rows = [
      ("Reception and Year 7", short.entry), ("Year groups above them", short.above), ("Total", short.all),
    ]
    return [
      .annex(
        Table(
          id: "missing-now", caption: "Places short in \(model.baseYear) by the same count",
          columns: [.words("year_groups", "Year groups"), .init("short", "Places short")],
          rows: rows.map { [.text($0.0), .number($0.1)] }, hasTotalRow: true,
          footnote: footnote(
            Self.rollRoles + Self.placeRoles, .derived,
            note: "All areas. Every child counted here is at a school.")))
    ]
  }

  /// Missing places by September, so that a year in which places go again can be seen.
  func missingByYear(_ chosen: ChosenProgramme) -> Table {
    let years = chosen.problem.years
    let missing = AreaPhase.allCases.map(chosen.unmetByYear)
    let hasBlocks = chosen.lines.contains { $0.scheme.kind == .temporary }
    return Table(
      id: "missing-by-year", caption: "Places missing by year, without the plan and with it",
      columns: [.words("academic_year", "Academic year")]
        + AreaPhase.allCases.flatMap { phase -> [Table.Column] in
          let name = phase.rawValue.capitalisedFirst
          return [
            .init("\(phase.rawValue)_without", "\(name), without the plan"),
            .init("\(phase.rawValue)_with", "\(name), with the plan"),
          ]
        },
      rows: years.indices.map { year in
        [.text(years[year].academicYear.label)]
          + missing.flatMap { [.number($0[year].without), .number($0[year].with)] }
      },
      footnote: footnote(
        pupilRoles() + Self.placeRoles + ["schemes"], .derived,
        note: "All areas and year groups\(overFutures)"
          + (hasBlocks
            ? ". A temporary block is taken away on its date. If year groups still sit in it then, their places are missing from then on."
            : ".")))
  }
}
