internal import Diagnostics
internal import PlacePlanning

/// The years that a model's files may speak of, counted from its base year.
///
/// One rule for every date and year. Births in the files reach back some 25 years before the base year, and a projection ends at most
/// 30 after it: 40 leave room for both, and a slip of a century (`1918`) or of two digits far ahead (`2081`) falls outside.
struct PlausibleYears {
  /// For what is counted, agreed, retrieved or planned. **Units** years before or after the base year.
  static let most = 40
  /// For the paper itself: its meeting, and the year whose spending it reports. A paper speaks of the newest rolls. **Units** years
  /// before or after the base year.
  static let ofThePaper = 5
  /// For counts of a panel, which has no base year: from the Education Act to what births of today can reach. **Units** calendar years
  static let ofPanels = 1945...2100
  /// Years of a panel further than this from all others are taken for a slip of a century: no cohort reaches across such a gap at school age.
  /// **Units** years
  static let mostGap = 15

  let baseYear: AcademicYear

  /// The calendar years within a span of the base year's September.
  func range(within span: Int = Self.most) -> ClosedRange<Int> {
    baseYear.start - span...baseYear.start + span
  }

  /// Refuses a year outside the span: of a data set as E113, of a `.yaml` file as E014. `what` is the cell or key as it is written.
  func check(
    _ year: Int, within span: Int = Self.most, _ code: DiagnosticCode, at place: SourceLocation,
    _ what: String, _ list: inout DiagnosticList
  ) {
    guard !range(within: span).contains(year) else { return }
    list.add(
      code, at: place, what: what, why: "that is more than \(span) years from the base year, \(baseYear)",
      fix: "correct it, or base_year if that is wrong")
  }

  /// Refuses a meeting before the base year began (E014), whose pupils nobody had counted by then. One that is further away than a paper may
  /// be has its own fault.
  func checkMeeting(_ meeting: CalendarDate, at place: SourceLocation, _ list: inout DiagnosticList) {
    let september = baseYear.start
    guard range(within: Self.ofThePaper).contains(meeting.year),
      (meeting.year, meeting.month) < (september, 9)
    else { return }
    list.add(
      .wrongValue, at: place, what: "'meeting' is \(meeting.label), before the base year, \(baseYear), began",
      why: "the paper would give the meeting rolls that nobody had counted by then",
      fix: "correct it, or base_year if that is wrong")
  }

  /// Refuses spending to the end of a month that begins after the meeting's (E014). Of a year or a meeting that is refused by itself nothing
  /// more is said.
  func checkSpending(
    _ year: AcademicYear, _ months: Int, at place: SourceLocation, meeting: CalendarDate,
    _ list: inout DiagnosticList
  ) {
    let span = range(within: Self.ofThePaper)
    let (last, month) = months <= 9 ? (year.start, months + 3) : (year.start + 1, months - 9)
    guard span.contains(year.start), span.contains(meeting.year),
      (meeting.year, meeting.month) >= (baseYear.start, 9), (last, month) > (meeting.year, meeting.month)
    else { return }
    list.add(
      .wrongValue, at: place,
      what:
        "'months_elapsed' is \(months) of the financial year \(year), and the meeting is on \(meeting.longLabel)",
      why: "the paper would give the meeting spending of months that were still to come",
      fix: "correct it, financial_year or meeting")
  }
}

extension YAMLMapping {
  /// A date; a fault (E014) for any other text, and for one far from the base year where `years` knows that.
  func date(
    _ key: String, _ years: PlausibleYears?, within span: Int = PlausibleYears.most,
    _ list: inout DiagnosticList
  ) -> CalendarDate? {
    let date = parsed(key, wanted: "a date such as 2018-03-15", &list) { CalendarDate(label: $0) }
    if let date, let place = optional(key)?.value.location {
      years?.check(date.year, within: span, .wrongValue, at: place, "'\(key)' is \(date.label)", &list)
    }
    return date
  }
}

extension Dataset {
  /// Refuses the years and dates of the columns that a role reads where they are far from the base year (E113): the first of each
  /// column, which stands for those like it.
  func check(_ years: PlausibleYears, of role: DatasetRole, _ list: inout DiagnosticList) {
    for column in schema.columns where role.reads(column.name) {
      let far = dated(column).filter { !years.range().contains($0.year) }
      guard let first = far.first else { continue }
      years.check(
        first.year, .outOfRange, at: first.row.place(column.name),
        told(first.row, of: far.count, column.name),
        &list)
    }
  }

  /// Rows with a year in a column, and the calendar year that it is or begins in.
  private func dated(_ column: DatasetSchema.Column) -> [(row: DatasetRow, year: Int)] {
    rows.compactMap { row in row.calendarYear(column).map { (row: row, year: $0) } }
  }

  /// What is said of a row's year that is too far away, with a count of the rows like it.
  private func told(_ row: DatasetRow, of count: Int, _ column: String) -> String {
    "'\(column)' is \(row.raw(column))" + (count > 1 ? ", and \(count - 1) more rows are as far" : "")
  }

  /// Refuses years of a panel's column that are out of `PlausibleYears.ofPanels` or that a gap of more than `PlausibleYears.mostGap` years
  /// parts from where most rows are (E113): of each kind the first cell, which stands for those like it.
  func checkPanelYears(_ name: String, _ list: inout DiagnosticList) {
    guard let column = schema.columns.first(where: { $0.name == name }) else { return }
    let dated = dated(column)
    func refuse(_ faulty: [(row: DatasetRow, year: Int)], _ why: String) {
      guard let first = faulty.first?.row else { return }
      list.add(
        .outOfRange, at: first.place(name), what: told(first, of: faulty.count, name), why: why,
        fix: "correct the year, or leave the rows out")
    }
    let span = PlausibleYears.ofPanels
    refuse(
      dated.filter { !span.contains($0.year) },
      "the years that a forecast can use lie from \(span.lowerBound) to \(span.upperBound)")
    let rowsOfYears = Dictionary(grouping: dated.map(\.year).filter(span.contains)) { $0 }
      .mapValues(\.count)
    var clusters: [(years: ClosedRange<Int>, rows: Int)] = []
    for (year, rows) in rowsOfYears.sorted(by: { $0.key < $1.key }) {
      if let last = clusters.last, year - last.years.upperBound <= PlausibleYears.mostGap {
        clusters[clusters.count - 1] = (last.years.lowerBound...year, last.rows + rows)
      } else {
        clusters.append((year...year, rows))
      }
    }
    guard clusters.count > 1, let main = clusters.max(by: { $0.rows < $1.rows })?.years else { return }
    refuse(
      dated.filter { span.contains($0.year) && !main.contains($0.year) },
      "that is more than \(PlausibleYears.mostGap) years from where most rows are, "
        + "\(main.lowerBound) to \(main.upperBound)")
  }
}

extension DatasetRow {
  /// The calendar year of a year or date, of an academic or financial year that of its start; nil for any other cell.
  fileprivate func calendarYear(_ column: DatasetSchema.Column) -> Int? {
    switch cells[column.name] {
    case .academicYear(let year): year.start
    case .number(let year) where column.type == .year: Int(year)
    case .text(let text) where column.type == .date: CalendarDate(label: text)?.year
    default: nil
    }
  }
}
