internal import Diagnostics
internal import PlacePlanning

/// A housing trajectory: a row a site, a column a year from April to March.
let trajectoryLayout = ImportLayout(
  name: "housing-trajectory",
  title: "Housing trajectory: a row a site, a column for each year such as 2018/19",
  columns: [
    .need("site", "site", "site_name", "site_address", "address", "name", "location", "site_location"),
    .may(
      "key", "site_key", "site_ref", "site_reference", "reference", "ref", "site_id", "site_code", "id",
      "shlaa_ref"),
    .may(
      "total", "total", "total_units", "total_dwellings", "dwellings", "net_dwellings", "units", "capacity"),
    .may("dwelling_type", "dwelling_type"),
    .may("primary_area", "primary_planning_area_code", "primary_planning_area"),
    .may("secondary_area", "secondary_planning_area_code", "secondary_planning_area"),
  ],
  family: { heading in
    let words = heading.split(separator: "_")
    guard words.count == 2, words[0].utf8.count == 4, [2, 4].contains(words[1].utf8.count) else { return nil }
    return CensusWords.academicYear("\(words[0])\(words[1])")?.label
  }, allowsOthers: true, resembles: looksLikeYear)

/// True for a folded heading that may be of a year, and is not headed as one.
@Sendable private func looksLikeYear(_ heading: String) -> Bool {
  // `2019/20 (proj)`, `est 2019-20`, `2019/21`, `2019` and `19/20`.
  if heading.contains(#/^(19|20)\d\d(_|$)|(19|20)\d\d_(\d\d|(19|20)\d\d)(_|$)|^\d\d_\d\d$/#) { return true }
  // `Year 1`, `Yr2`, `Years 6-10`, `0-5 years`, `FY19/20`, `Period 3`, `year to March 2019`.
  if heading.contains(#/^(years?|yrs?|y|fy|period)_?\d|^\d+(_\d+)?_(years?|yrs?)$|^(year|yr)_(to|end)/#) {
    return true
  }
  // `31/03/2019`, `Mar-19`.
  if heading.contains(#/^\d\d?_\d\d?_(19|20)\d\d$|^(mar|apr)[a-z]*_((19|20)\d\d|\d\d)$/#) { return true }
  // `post 2031`, `later years`.
  return heading.contains(#/^(post|after|beyond|before|pre|until)_(19|20)\d\d|^later(_years?)?$/#)
}

/// Reads completions of homes by site and year. Blank is missing, and 0 is none.
func readTrajectory(
  _ readers: [ImportReader], _ request: ImportRequest
) throws(DiagnosticList) -> ImportedTable {
  var reading = TrajectoryReading(isBySite: request.bySite)
  for reader in readers {
    while try reader.next() { reading.read(reader) }
    try reading.unnamed.check()
    try refuseHoles(reader)
  }
  return try reading.imported(readers)
}

/// E416, where a trajectory lacks a year between its first and its last. A site that lacks one is refused alone.
private func refuseHoles(_ reader: ImportReader) throws(DiagnosticList) {
  let years = reader.match.family.compactMap { AcademicYear(label: $0.member) }.sorted()
  for (year, next) in zip(years, years.dropFirst()) where next > year + 1 {
    throw DiagnosticList(
      .partMissing, at: reader.file.wholeFile,
      what: "there is a column for \(year) and one for \(next), and none for \(year + 1)",
      why: "the homes of a whole year would be left out",
      fix: "add the column, with 0 where no homes are built, or correct its heading")
  }
}

private struct TrajectoryReading {
  private struct Site {
    let key: String
    let name: String
    let total: Double?
    let type: String
    let primaryArea: String
    let secondaryArea: String
    let homes: [(year: String, homes: Double)]
    /// Years whose homes were refused or are withheld: without them the others would look like all of them.
    let lost: [String]
    /// True where a year is blank or a dash, which is neither nought nor lost.
    let hasBlanks: Bool
    let reader: Int
    let line: Int

    var sum: Double { homes.reduce(0) { $0 + $1.homes } }
  }

  private let isBySite: Bool
  private var sites = SingleRows<Site>()
  /// Totals rows, by file: what each year adds to.
  private var totals: [Int: [(line: Int, sums: [String: Double])]] = [:]
  /// E412 for columns right of the first year that have figures and no heading, and for those with figures and any other heading between
  /// two years, each once.
  var unnamed = DiagnosticList()
  private var unnamedColumns: Set<[Int]> = []

  init(isBySite: Bool) { self.isBySite = isBySite }

  mutating func read(_ reader: ImportReader) {
    noteUnnamed(reader)
    let units = reader.unitsPerRow
    let name = reader.text("site")
    // `Land at Mill Lane (Phase 2)` becomes `land_at_mill_lane_phase_2`.
    let key = folded(reader.text("key").isEmpty ? name : reader.text("key"))
    let words = (name + " " + reader.text(Optional(0))).lowercased().split { !$0.isLetter }
    if words.contains("total") || words.contains("totals") || words.contains("subtotal") {
      var sums: [String: Double] = [:]
      for (year, column) in reader.match.family {
        if case .number(let value) = reader.figure(column) { sums[year] = value }
      }
      totals[reader.index, default: []].append((reader.line, sums))
      return reader.account.setAside("a row of totals", units)
    }
    if name.isEmpty {
      return reader.refuse(
        .blankCell, reader.column("site"), "the row has figures and no site",
        why: "it may be a total, and its homes would be counted twice",
        fix: "name the site, or write 'Total' in its place", units: units)
    }
    var faults: [Diagnostic] = []
    let total = reader.optionalCount(reader.column("total"), "the total", &faults)
    if !faults.isEmpty { return reader.refuse(faults, units: units) }
    var homes: [(String, Double)] = []
    var lost: [String] = []
    var hasBlanks = false
    for (year, column) in reader.match.family {
      let count = reader.kept(reader.count(column, "homes of \(year)", most: 20_000))
      if let count {
        homes.append((year, count))
      } else if reader.isBlank(column) || reader.figure(column) == Figure("-") {
        // A spreadsheet shows nought as a dash.
        hasBlanks = true
      } else {
        lost.append(year)
      }
    }
    guard !homes.isEmpty else { return }
    let site = Site(
      key: key, name: name, total: total, type: reader.text("dwelling_type"),
      primaryArea: reader.text("primary_area"), secondaryArea: reader.text("secondary_area"),
      homes: homes.sorted { $0.0 < $1.0 }, lost: lost.sorted(), hasBlanks: hasBlanks, reader: reader.index,
      line: reader.line)
    sites.add([key], site, reader, units: homes.count)
  }

  private mutating func noteUnnamed(_ reader: ImportReader) {
    let match = reader.match
    let years = match.family.map(\.column)
    let (first, last) = (years.min() ?? 0, years.max() ?? 0)
    for column in match.headings.indices
    where column > first && !unnamedColumns.contains([reader.index, column]) {
      let isBetween = column < last && match.others.contains(column)
      guard isBetween || folded(match.headings[column]).isEmpty else { continue }
      guard case .number = reader.figure(column) else { continue }
      unnamedColumns.insert([reader.index, column])
      unnamed.add(match.missed(column, at: reader.place(column)))
    }
  }

  /// W412, where the years of a site are not the total that the file states of it: the first of them.
  private func checkSiteTotals(
    _ kept: [Site], _ reader: ImportReader, _ list: inout DiagnosticList
  ) {
    let wrong = kept.filter { $0.reader == reader.index && $0.total != nil && $0.total != $0.sum }
    guard let first = wrong.first, let total = first.total else { return }
    list.add(
      .totalsRowDiffers, at: SourceLocation(file: reader.file.path, line: first.line),
      what:
        "the total of '\(first.name)' is \(plain(total)) homes; its years add to \(plain(first.sum))"
        + (wrong.count > 1 ? " (and \(wrong.count - 1) more sites differ)" : ""),
      why: "a year is missing, refused or misread, or homes are built before or after the years of the file",
      fix: "see refused.csv; if the rest is built in other years, nothing")
  }

  /// W412, where a file's last row of totals is not what its sites add to.
  private func checkTotals(_ kept: [Site], _ reader: ImportReader, _ list: inout DiagnosticList) {
    guard let last = totals[reader.index]?.max(by: { $0.line < $1.line }) else { return }
    let sums = Self.homesByYear(kept.filter { $0.reader == reader.index })
    let wrong = last.sums.filter { $0.value != sums[$0.key] ?? 0 }.sorted { $0.key < $1.key }
    guard let first = wrong.first else { return }
    list.add(
      .totalsRowDiffers, at: SourceLocation(file: reader.file.path, line: last.line),
      what:
        "the row of totals says \(plain(first.value)) homes in \(first.key); the sites that were kept add to "
        + "\(plain(sums[first.key] ?? 0))"
        + (wrong.count > 1 ? " (and \(wrong.count - 1) more years differ)" : ""),
      why: "a site is missing, refused or counted twice, or the totals are out of date",
      fix: "see refused.csv; else correct the workbook")
  }

  /// W342, where the homes of a site are in every year those of all others: a row of totals that is not named so.
  private func checkSumOfOthers(
    _ built: [Site], _ reader: ImportReader, _ list: inout DiagnosticList
  ) {
    let own = built.filter { $0.reader == reader.index }
    let sums = Self.homesByYear(own)
    let total = own.first { site in
      let homes = Self.homesByYear([site])
      return sums.allSatisfy { $0.value == 2 * (homes[$0.key] ?? 0) }
    }
    guard own.count > 2, let total else { return }
    list.add(
      .sumOfOthers, at: SourceLocation(file: reader.file.path, line: total.line),
      what:
        "the homes of '\(total.name)' are in every year those of the \(own.count - 1) other sites together",
      why: "as a row of totals its homes count twice",
      fix: "write 'Total' in its place, or take it out; if it is a site, leave it")
  }

  /// Homes of sites together, by the label of the year.
  private static func homesByYear(_ sites: [Site]) -> [String: Double] {
    var sums: [String: Double] = [:]
    for site in sites {
      for entry in site.homes { sums[entry.year, default: 0] += entry.homes }
    }
    return sums
  }

  // MARK: - The data set

  func imported(_ readers: [ImportReader]) throws(DiagnosticList) -> ImportedTable {
    let kept = sites.settle(
      what: { "site '\($0.value.key)' stands" }, lines: "rows",
      why: "its homes would be counted twice", fix: "give each its own reference, or remove the others",
      cells: { "site: \($0.value.name)" }, trouble: { Self.trouble($0.value) }
    ).map(\.value)
    // Neither table has a site without a home: the model would know it from one of them alone.
    let built = kept.filter { $0.sum > 0 }
    noteLeftOut(kept, readers)
    var table = isBySite ? try siteTable(built, readers) : completionTable(built)
    for reader in readers {
      checkSiteTotals(kept, reader, &table.warnings)
      checkTotals(kept, reader, &table.warnings)
      checkSumOfOthers(built, reader, &table.warnings)
    }
    table.annex = (
      "Sites", ["Site", "Key", "Homes", "First year", "Last year", "Most in a year", "Total stated"],
      kept.map { site in
        let built = site.homes.filter { $0.homes > 0 }
        return [
          site.name, site.key, dataNumber(site.sum),
          built.first?.year ?? "", built.last?.year ?? "", built.map(\.homes).max().map(dataNumber) ?? "0",
          site.total.map(dataNumber) ?? "",
        ]
      }
    )
    return table
  }

  /// Why a site is refused; nil for one of which every year that is not blank was read.
  private static func trouble(_ site: Site) -> (what: String, why: String, fix: String)? {
    guard !site.lost.isEmpty else { return nil }
    return (
      what: "the homes of '\(site.name)' are not known for \(site.lost.joined(separator: ", "))",
      why: "those of its other years would look like all of its homes",
      fix: "correct those years at their source"
    )
  }

  /// Sites without a home, and with `--sites` those with blank years, in the accounts.
  private func noteLeftOut(_ kept: [Site], _ readers: [ImportReader]) {
    for reader in readers {
      let own = kept.filter { $0.reader == reader.index }
      let empty = own.filter { $0.sum == 0 }.map(\.key).sorted()
      if !empty.isEmpty {
        reader.account.note("sites left out, of which no year has a home: " + firstEight(empty))
      }
      let blank = own.count { $0.hasBlanks && $0.sum > 0 }
      if isBySite, blank > 0 {
        reader.account.note("sites with blank years, whose total is that of their other years: \(blank)")
      }
    }
  }

  private func completionTable(_ sites: [Site]) -> ImportedTable {
    ImportedTable(
      name: "housing-completions", title: "Homes to be completed, by site and year (housing trajectory)",
      columns: [
        .code("site_key"), .text("site"),
        .init(name: "year", type: .academicYear, description: "April to March, as the trajectory has it"),
        .count("dwellings", "dwellings", 20_000, "Completed in the year"),
        .word("mark", EvidenceMark.allCases.map(\.rawValue)), .text("note", optional: true),
      ], key: ["site_key", "year"],
      rows: sites.flatMap { site in
        site.homes.map { year, homes in
          [site.key, site.name, year, dataNumber(homes), EvidenceMark.given.rawValue, ""]
        }
      }, reading: Self.reading, use: (role: .housingCompletions, words: Self.useByYear))
  }

  /// The columns of the role `housing_sites`, where the workbook has them all.
  private func siteTable(
    _ sites: [Site], _ readers: [ImportReader]
  ) throws(DiagnosticList) -> ImportedTable {
    let needed = ["dwelling_type", "primary_area", "secondary_area"]
    let missing = needed.filter { key in readers.contains { $0.column(key) == nil } }
    guard missing.isEmpty,
      !sites.contains(where: { [$0.type, $0.primaryArea, $0.secondaryArea].contains("") })
    else {
      throw DiagnosticList(
        .notStated, at: readers.firstFile,
        what: "the trajectory does not say of every site its dwelling type and planning areas",
        why: "nothing tells which schools the children of a site would go to",
        fix:
          "add the columns dwelling_type, primary_planning_area_code and secondary_planning_area_code to the workbook"
      )
    }
    return ImportedTable(
      name: "housing-sites", title: "Housing sites (housing trajectory)",
      columns: [
        .code("site_key"), .text("site"), .code("dwelling_type"),
        ImportedTable.Column(name: "dwellings", type: .count, unit: "dwellings", range: 1...100_000),
        .code("primary_planning_area_code"), .code("secondary_planning_area_code"),
      ], key: ["site_key"],
      rows: sites.map { site in
        [site.key, site.name, site.type, dataNumber(site.sum), site.primaryArea, site.secondaryArea]
      },
      reading: Self.reading + ["**Homes of a site** are those of the years in the trajectory."],
      mark: .derived, use: (role: .housingSites, words: Self.useBySite))
  }

  private static let reading = [
    "**Blank is missing, 0 is none.** A year that is blank or a dash is set aside; an explicit 0 is kept. A word, a part of a home, an error, a formula "
      + "that was never calculated and a figure merged over several cells are refused.",
    "**Rows of totals** are set aside; where the last of them is not what the sites add to, or the years of a site not its own total, "
      + "a warning says so (W412). Titles and headings within the table are counted apart.",
    "**Sites** are told apart by their reference, or by their name where there is none; one that stands twice is refused (E114), and so is "
      + "one of which a year was refused or is withheld (E416): the homes of its other years would look like all of them. One without any "
      + "home is left out.",
    "**Years** run from April to March. A model counts homes finished by 31 August: five twelfths of a year's before the September in "
      + "it, the others before the next.",
  ]

  private static let useByYear = """
    `data.csv` is what the role `housing_completions` reads, as it stands: write `housing_completions:` and the name of this folder
    under `data` in `model.yaml`. Then:

    - Each site must stand in `housing_sites` under the same key, with as many `dwellings` as its years add to, or more; with fewer
      years than `dwellings` the rest counts as built after the forecast. `--sites` writes that table from a workbook that states types and
      areas. Take out the rows of sites that the model does not have.
    - Take `housing.<site>.homes_per_year` out of the assumptions. `housing.<site>.first_completions` may stay where it is the first year
      with homes; scenarios that change it move all years of the site.
    - Write 0 in the workbook for a year without homes: a blank or a dash between two years is not known to be nought, and a model refuses the gap.
      Blank years before a site's first year or after its last count as years without homes.
    - Years that are over by the base year stay in: their homes count towards the triggers of agreements.
    """

  private static let useBySite = """
    `data.csv` is what the role `housing_sites` reads. When the homes are finished is told by the same import without `--sites`, as the role
    `housing_completions`; or by `housing.<site>.first_completions` and `.homes_per_year`, which are yours to set.
    """
}
