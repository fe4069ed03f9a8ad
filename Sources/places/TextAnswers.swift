import CapitalProgramme
import Foundation
import Papers
import PlacePlanning
import Projection
import Runs
import Sufficiency

// Short readable answers, one a verb.

func pupilsText(_ model: PlanningModel, _ pupils: TrajectorySet) -> String {
  let groups: [[YearGroup]] = [
    [.reception], Phase.primary.yearGroups, [.year7], Phase.secondary.yearGroups,
  ]
  let rows = pupils.years.map { year -> [String] in
    let without = pupils.centralWithoutHousing.total(YearGroup.all, year)
    return [year.label] + groups.map { whole(pupils.central.total($0, year)) }
      + [whole(pupils.central.total(YearGroup.all, year) - without)]
  }
  return "Pupils in \(model.identity.authority), scenario \(model.scenario)\n\n"
    + aligned(["Year", "Reception", "R-6", "Year 7", "7-11", "in new homes"], rows)
}

/// The authority's totals with the range that 80 in a hundred draws lie within.
func rangesText(_ ranges: PupilRanges) -> String {
  let rows = ranges.projectedYears.map { year in
    [year.label]
      + [Phase.primary, .secondary].flatMap { phase in
        let range = ranges.authority(phase, year)
        return [range?.quantiles[1], range?.quantiles[3], range?.quantiles[5]].map { $0.map(whole) ?? "" }
      }
  }
  return "Ranges from \(grouped(ranges.draws)) draws: one draw in ten lies below, one in ten above\n\n"
    + aligned(["Year", "R-6 low", "middle", "high", "7-11 low", "middle", "high"], rows)
}

func balanceText(_ balance: PlacesBalance) -> String {
  let years = balance.years.map { year in
    [year.label]
      + AreaPhase.allCases.flatMap { phase in
        let summary = balance.summary(phase, year)
        return [String(summary.needToNearestTen), percent(summary.spareShare, places: 1)]
      }
  }
  let header = ["Year", "Primary need", "spare", "Secondary need", "spare"]
  let short = balance.pressures().filter { $0.firstYearShort() != nil }.map { pressure in
    [
      pressure.area.name, pressure.firstYearShort()?.label ?? "",
      pressure.peak.map { forms($0.forms) } ?? "", pressure.peak?.year.label ?? "",
    ]
  }
  let areas =
    short.isEmpty
    ? "No area is short of a form of entry at entry in any year."
    : aligned(["Area short of 1 FE or more at entry", "from", "worst", "in"], short)
  return aligned(header, years) + "\n\n" + areas + spareText(balance)
}

/// The areas with most spare places in the last year, a class or more each; empty where none has so many.
private func spareText(_ balance: PlacesBalance) -> String {
  guard let last = balance.years.last else { return "" }
  let spare = balance.areas.map { (area: $0, spare: balance.spare(in: $0, last)) }
    .filter { $0.spare.places >= FormsOfEntry.placesPerForm }
    .sorted { ($1.spare.places, $0.area.code) < ($0.spare.places, $1.area.code) }
  if spare.isEmpty { return "" }
  let rows = spare.prefix(5).map { entry in
    [entry.area.name, whole(entry.spare.places), percent(entry.spare.share, places: 1)]
  }
  return "\n\n" + aligned(["Most spare places in \(last), all year groups", "places", "of all"], rows)
}

func approvedText(_ programme: ApprovedProgramme) -> String {
  let sources = FundingSource.allCases
  let rows =
    programme.lines.map { line in
      [line.scheme.name] + sources.map { grouped(line.pounds($0)) } + [grouped(line.total)]
    } + [
      ["Total"] + sources.map { grouped(programme.total($0)) } + [grouped(programme.total)]
    ]
  return "The approved programme, in pounds; every row and column adds up\n\n"
    + aligned(["Scheme"] + sources.map(\.name) + ["Total"], rows)
}

func runText(_ run: PlanningRun) -> String {
  let model = run.input.model
  let programme = run.programme
  return """
    \(model.identity.authorityInWords), position at \(model.identity.meeting.longLabel), scenario \(model.scenario)

    \(pupilsText(model, run.pupils))

    \(gapsText(run.balance))

    Approved programme: \(counted(programme.lines.count, "scheme")), \(poundsInWords(programme.total))
    \(chosenText(run))
    """
}

extension PlanningModel.Identity {
  /// The authority, and that it is invented where it is.
  var authorityInWords: String { authority + (isSynthetic ? " (synthetic)" : "") }
}

/// The areas that are short of most places at entry; none is named whose gap would be shown as nought.
private func gapsText(_ balance: PlacesBalance) -> String {
  let worst = balance.pressures().compactMap { pressure in
    pressure.peak.flatMap { $0.forms.forms >= 0.05 ? (name: pressure.area.name, peak: $0) : nil }
  }.prefix(3)
  if worst.isEmpty { return "No area is short of 0.1 FE or more at entry in any year." }
  return "Largest gaps at entry, in forms of entry:\n"
    + worst.map { "  \($0.name): \(forms($0.peak.forms)) in \($0.peak.year)" }.joined(separator: "\n")
}

private func chosenText(_ run: PlanningRun) -> String {
  guard let choice = run.choice else { return "No schemes to choose from." }
  guard let chosen = choice.outcome.chosen else {
    return "No programme was found among the schemes to choose from."
  }
  return
    "Best programme: \(counted(chosen.programme.choices.count, "scheme")) of \(choice.plan.schemes.count), "
    + "\(poundsInWords(chosen.cost)), \(chosen.isProven ? "proven" : "not proven")"
}

/// A table in plain text below a heading; see `aligned(_:numbers:)`.
func aligned(_ heading: [String], _ rows: [[String]], numbers: Set<Int>? = nil) -> String {
  aligned([heading] + rows, numbers: numbers)
}

/// A table in plain text: columns of `numbers` flush right, the others flush left. Unless columns are named, all but the first are numbers.
func aligned(_ rows: [[String]], numbers: Set<Int>? = nil) -> String {
  let widths = (0..<(rows.map(\.count).max() ?? 0)).map { column in
    rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
  }
  return rows.map { row in
    row.enumerated().map { column, text in
      let padding = String(repeating: " ", count: widths[column] - text.count)
      if numbers?.contains(column) ?? (column > 0) { return padding + text }
      return column == widths.count - 1 ? text : text + padding
    }.joined(separator: "  ")
  }.joined(separator: "\n")
}
