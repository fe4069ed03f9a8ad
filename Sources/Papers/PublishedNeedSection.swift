internal import PlacePlanning
internal import Projection
internal import Sufficiency

// Our need of an area beside the one that somebody has published.

extension PaperWriter {
  /// Our need beside the published one, and why they differ.
  func comparison(_ outlook: AreaOutlook, _ peak: AreaOutlook.Row) -> [Block] {
    guard let published = outlook.published, let reading = outlook.reading else { return [] }
    let range = "\(asPublished(published.lowest)) to \(asPublished(published.highest)) FE"
    let verdict =
      switch reading {
      case .below: "Our largest figure is below that range"
      case .within: "Our largest figure is within that range"
      case .above: "Our largest figure is above that range"
      }
    let years = outlook.yearsAtLeastLowest
    let duration =
      years.isEmpty
      ? "it reaches the low end of it in no year"
      : "it is at or above the low end of it in \(counted(years.count, "year")) (\(yearsInWords(years.map(\.start))))"
    var points = [
      "\(verdict), and \(duration). The published \(grouped(Int(published.places))) places are "
        + "\(outlook.publishedPlacesInForms.map(forms) ?? "") over the phase's year groups."
    ]
    if let by = published.lowestBy {
      let then = outlook.rows.first { $0.year == by }?.forms
      points.append(
        "The low end of \(asPublished(published.lowest)) FE was said to be missing by \(by)"
          + (then.map { ". Our figure for that year is \(forms($0))." } ?? ", which is not among our years."))
    }
    if hasSites(in: outlook.area) { points.append(partOfHomes(outlook, peak)) }
    if pupils.history.mark == .derived { points.append(derivedRolls(outlook)) }
    points.append(plannedOpening(published) + plannedEffect(outlook, published))
    return [
      .paragraph("The published need is \(range), and at the most \(grouped(Int(published.places))) places."),
      .bullets(points),
    ]
  }

  /// As the data set has it: a published figure is quoted, not rounded.
  private func asPublished(_ forms: FormsOfEntry) -> String { decimal(forms.forms, places: 4) }

  /// How much of our largest figure new homes make.
  func partOfHomes(_ outlook: AreaOutlook, _ peak: AreaOutlook.Row) -> String {
    guard homesCount(in: outlook) else { return "New homes add nothing to our figures." }
    if peak.need == 0 { return "With new homes, too, no place is short." }
    let without = outlook.peakWithoutHomes?.formsWithoutHomes.forms ?? 0
    let assumed =
      homesTiming == "assumed"
      ? "How many homes, how soon, and how many children in each are assumed."
      : "How many homes, and how soon, is \(homesTiming); how many children in each is assumed."
    return "New homes make \(fixed(peak.forms.forms - peak.formsWithoutHomes.forms, places: 1)) FE of our "
      + "figure in its worst year; without them it would reach \(fixed(without, places: 1)) FE"
      + "\(outlook.peakWithoutHomes.map { ", in \($0.year)" } ?? ""). \(assumed)"
  }

  /// What is to be kept in mind of rolls that are not counted by area and year group. The only area of a phase has the authority's counts.
  private func derivedRolls(_ outlook: AreaOutlook) -> String {
    let phase = outlook.area.phase
    let isOnlyOne = model.areas(phase).count == 1
    let basis =
      isOnlyOne
      ? "The authority's \(phase.rawValue) pupils are all in this one area, so its rolls by year group are those counted. "
      : "Rolls by year group in this area are not published. Ours are derived from the area's total in "
        + "one year, the authority's year groups and the district's births, so they follow demand; they "
        + "are not held down by the places that schools had. "
    let cause = isOnlyOne ? "places that the model lacks" : "the derivation"
    return basis
      + (outlook.baseGap.forms > 0
        ? "In \(model.baseYear) itself they are \(forms(outlook.baseGap)) above the places: that much of "
          + "the gap is there before anything is projected, and may come from \(cause)."
        : "In \(model.baseYear) itself they fit the places.")
  }

  /// What would be short had it opened as planned; empty where nothing is planned. Of years that are not projected nothing is said.
  private func plannedEffect(_ outlook: AreaOutlook, _ published: PublishedNeed) -> String {
    guard published.plannedPlacesPerYearGroup >= 0.5 else { return "" }
    let opened = outlook.rows.filter { $0.year >= published.plannedFrom }
    guard !opened.isEmpty else {
      return " No year from September \(published.plannedFrom.start) on is projected here."
    }
    let left = opened.filter { $0.needAfterPlanned > 0.5 }
    let start = " Opened in September \(published.plannedFrom.start), it would"
    guard let worst = left.max(by: { $0.needAfterPlanned < $1.needAfterPlanned }) else {
      return start + " leave no place short in any year from then on."
    }
    return start
      + " still leave places short in \(grouped(left.count)) of the \(counted(opened.count, "year")) from then on, by "
      + "up to \(counted(Int(worst.needAfterPlanned.rounded()), "place")) in \(worst.year)."
  }
}
