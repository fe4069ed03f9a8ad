internal import PlacePlanning
internal import Projection

// Births by district, and births per woman.

extension PaperWriter {
  private var birthDistricts: [String] { model.births.districts.keys.sorted() }

  /// Nought where the model does not know them.
  private func births(_ year: Int, in district: String) -> Double {
    model.births.districts[district]?[year] ?? 0
  }

  /// Years to 30 June that every district has, oldest first.
  private var birthYears: [Int] {
    let districts = model.births.districts.values
    guard let first = districts.first else { return [] }
    return first.keys.filter { year in districts.allSatisfy { $0[year] != nil } }.sorted()
  }

  private func births(_ year: Int) -> Double {
    model.births.districts.values.reduce(0) { $0 + ($1[year] ?? 0) }
  }

  var birthsChange: String? {
    let years = Array(birthYears.suffix(12))
    guard let last = years.last, let top = years.max(by: { (births($0), $0) < (births($1), $1) }) else {
      return nil
    }
    if top == last {
      return years.count == 1
        ? "There were \(grouped(Int(births(last)))) births in the year to June \(last)."
        : "Births in the year to June \(last) were as many as in any of the last \(grouped(years.count)) years, or more: "
          + "\(grouped(Int(births(last))))."
    }
    let fall = (1 - births(last) / births(top)) * 100
    return
      "In the last \(grouped(years.count)) years births were highest in the year to June \(top), at \(grouped(Int(births(top)))), and were "
      + "\(grouped(Int(births(last)))) in the year to June \(last), \(fixed(fall, places: 1))% fewer."
  }

  var birthsSection: Section { Section(id: "births", heading: "Births", blocks: birthsBlocks) }

  private var birthsBlocks: [Block] {
    let years = Array(birthYears.suffix(12))
    guard let last = years.last else {
      return [.paragraph("The model holds no births that every district has.")]
    }
    let born =
      lastKnownBirths.map {
        " All children who will start by September \($0.start) are already born and counted."
      } ?? ""
    return [
      .paragraph("Children start Reception in the September after they turn four." + born + laterBirths)
    ] + fertilityBlocks + (model.births.districts.count > 1 ? birthsFigures(years) : []) + [
      .table(birthsTable(years)), .paragraph(districtsSentence(years, last)),
    ]
  }

  private func districtsSentence(_ years: [Int], _ last: Int) -> String {
    guard let first = years.first, first != last else { return "Only one year of births is known." }
    let changes = birthDistricts.map {
      (name: $0, change: births(last, in: $0) - births(first, in: $0))
    }
    let (up, down) = (changes.filter { $0.change > 0 }, changes.filter { $0.change < 0 })
    let same = changes.filter { $0.change == 0 }
    let words = [
      up.isEmpty ? nil : "up in \(listed(up.map(\.name)))",
      down.isEmpty ? nil : "down in \(listed(down.map(\.name)))",
      same.isEmpty ? nil : "unchanged in \(listed(same.map(\.name)))",
    ].compactMap { $0 }
    return up.isEmpty && down.isEmpty
      ? "In every district there were as many births in the year to June \(last) as in the year to June \(first)."
      : "Compared with the year to June \(first), births in the year to June \(last) were \(words.joined(separator: "; "))."
  }

  /// One figure, or several where the districts are too many for one.
  private func birthsFigures(_ years: [Int]) -> [Block] {
    let parts = SmallMultiples.parts(birthDistricts)
    return parts.enumerated().map { .figure(birthsFigure(years, $1, number: $0 + 1, of: parts.count)) }
  }

  private func birthsFigure(_ years: [Int], _ districts: [String], number: Int, of count: Int) -> Figure {
    let (ending, part) = count == 1 ? ("", "") : ("-\(number)", "\(number) of \(count)")
    let words = districts.map { district in
      "\(district) " + endsAndTurns(years.map { (year: $0, value: births($0, in: district)) })
    }
    let panels = districts.map { district in
      SmallMultiples.Panel(
        name: district, points: years.map { .init(year: $0, value: births($0, in: district)) })
    }
    let span = years.count > 1 ? ", years to June \(years[0]) to \(years[years.count - 1])" : ""
    return Figure(
      id: "births-chart\(ending)",
      title: "Births by district, years to 30 June (each on a scale of its own)"
        + (part.isEmpty ? "" : ", \(part)"),
      alternative: "Small line charts of births\(span): \(listedApart(words)).",
      specification: SmallMultiples(panels: panels, columns: 3).specification,
      table: birthsTable(years).behindChart(
        id: "births-chart-table\(ending)", part: part.isEmpty ? "" : " (\(part))"))
  }

  private func birthsTable(_ years: [Int]) -> Table {
    let districts = birthDistricts
    return Table(
      id: "births-table", caption: "Live births in years to 30 June, by district of residence",
      columns: [.words("year_to_30_june", "Year to June")]
        + districts.map { .init($0.lowercased().replacing(" ", with: "_"), $0) }
        + (districts.count > 1 ? [.init("total", "All districts")] : []),
      rows: years.map { year in
        [.text(String(year))] + districts.map { .number(births(year, in: $0)) }
          + (districts.count > 1 ? [.number(births(year))] : [])
      },
      footnote: footnote(of: "births"))
  }

  // MARK: Births per woman

  /// Births per woman, where the model holds women by age; else that it does not.
  private var fertilityBlocks: [Block] {
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
