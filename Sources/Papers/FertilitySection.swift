internal import PlacePlanning
internal import Projection

extension PaperWriter {
  /// Births per woman, where the model holds women by age; else that it does not.
  var fertilityBlocks: [Block] {
    guard let history = FertilityHistory(model), let first = history.years.first,
      let last = history.years.last
    else {
      return [
        .paragraph(
          "The model does not hold how many women of each age live in each district, so this paper shows births and not "
            + "birth rates.")
      ]
    }
    return [.paragraph(rateSentence(history, first, last)), .table(fertilityTable(history))]
  }

  private func rateSentence(_ history: FertilityHistory, _ first: Int, _ last: Int) -> String {
    func shown(_ year: Int) -> String { fixed(history.ratePerThousand(year), places: 1) }
    let now =
      "In the year to June \(last) there were \(shown(last)) births for every 1,000 women aged 15 to 44"
    guard first != last else { return now + "." }
    let change = history.ratePerThousand(last) - history.ratePerThousand(first)
    let then = "in the year to June \(first)"
    return shown(first) == shown(last)
      ? now + ", as many as \(then)."
      : now + ", \(change > 0 ? "more" : "fewer") than the \(shown(first)) \(then)."
  }

  private func fertilityTable(_ history: FertilityHistory) -> Table {
    let several = history.districts.count > 1
    var columns: [Table.Column] = [
      .words("year_to_30_june", "Year to June"), .init("women_15_to_44", "Women aged 15 to 44"),
    ]
    for district in several ? history.districts : [] {
      let name = district.lowercased().replacing(" ", with: "_")
      columns.append(.init("births_per_1000_\(name)", "\(district): births per 1,000"))
    }
    columns.append(.init("births_per_1000", several ? "All districts: births per 1,000" : "Births per 1,000"))
    let rows = history.years.suffix(12).map { year -> [Table.Cell] in
      let rates = (several ? history.districts : []).map { history.ratePerThousand(year, in: $0) }
      return [.text("\(year)"), .number(history.women(year))]
        + (rates + [history.ratePerThousand(year)]).map { .number($0, places: 1) }
    }
    return Table(
      id: "fertility-table", caption: "Births for every 1,000 women aged 15 to 44, years to 30 June",
      columns: columns, rows: rows,
      footnote: footnote(["births", "women_by_age"], .derived, note: "The general fertility rate."))
  }
}
