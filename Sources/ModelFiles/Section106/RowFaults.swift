internal import Diagnostics
internal import PlacePlanning

/// Everything wrong with one row, gathered cell by cell.
struct RowFaults {
  let table: RegisterTable
  let row: RegisterTable.Row
  private(set) var list: [Diagnostic] = []

  init(_ table: RegisterTable, _ row: RegisterTable.Row) {
    self.table = table
    self.row = row
  }

  var isEmpty: Bool { list.isEmpty }
  var refusal: RefusedRow { RefusedRow(diagnostics: list, line: row.line, cells: table.cells(row)) }

  func text(_ column: RegisterColumn) -> String { table.text(row, column) }

  /// Whether the row names an organisation, and another than the one that is asked for, case ignored.
  func isOfOther(than organisation: String?) -> Bool {
    guard let organisation else { return false }
    let own = text(.organisation)
    return !own.isEmpty && own.lowercased() != organisation.lowercased()
  }

  mutating func add(
    _ code: DiagnosticCode, _ column: RegisterColumn?, _ what: String, why: String, fix: String
  ) {
    list.append(Diagnostic(code, at: table.place(row, column), what: what, why: why, fix: fix))
  }

  /// E102: cells cannot be told apart.
  mutating func checkCount() {
    guard !table.isWhole(row) else { return }
    let isBlank = row.cells.count == 1 && row.cells[0].text.isEmpty
    add(
      .wrongCellCount, nil,
      isBlank ? "this line is blank" : "this row has \(row.cells.count) cells, not as many as the heading",
      why: "it is not certain which cell belongs to which column",
      fix: "add or remove cells; put a text that holds a comma in quotation marks")
  }

  /// A name that other rows may point to: E112 blank, E115 with spaces at its ends or on several lines.
  mutating func name(_ column: RegisterColumn) -> String? {
    let value = text(column)
    if value.isEmpty {
      add(
        .blankCell, column, "'\(column.rawValue)' is blank",
        why: "the row cannot be told from others, or joined to them",
        fix: "enter it, as the council's own register has it")
      return nil
    }
    if value.first == " " || value.last == " " || value.contains(where: \.isNewline) {
      add(
        .wrongForm, column, "'\(column.rawValue)' has spaces at its ends, or goes over a line",
        why: "it would match no other row", fix: "remove them")
      return nil
    }
    return value
  }

  /// The word that a cell must have, as `meaning` reads it with the name that the account notes beside another spelling: E112 blank, E401
  /// unknown, with the word of `words` that may have been meant.
  mutating func word<Word>(
    _ column: RegisterColumn, among words: [String], noting account: inout RegisterAccount,
    ifBlank why: String, fix: String, _ meaning: (String) -> (String, Word)?
  ) -> Word? {
    let value = text(column)
    if value.isEmpty {
      add(.blankCell, column, "'\(column.rawValue)' is blank", why: why, fix: fix)
      return nil
    }
    guard let (name, word) = meaning(value) else {
      add(
        .spellingUnknown, column, "'\(column.rawValue)' is '\(value)'",
        why: "it is none of the spellings that are known, and a likeness is not enough to move money by",
        fix: didYouMean(
          RegisterWords.fold(value), among: words, else: "write one of: \(words.joined(separator: ", "))"))
      return nil
    }
    account.read(column, value, as: name)
    return word
  }

  /// E405 for a row of another file that is not there, and then `isRefused` is nil; E406 for one that was refused. `others` are the
  /// references of that file.
  mutating func checkParent(
    _ column: RegisterColumn, _ key: String, isRefused: Bool?, _ parent: String, of child: String,
    among others: NearReferences?, why: String
  ) {
    guard let isRefused else {
      let near = others?.near(key, of: text(.organisation))
      add(
        .referenceUnknown, column, "there is no \(parent) '\(key)' in the file of \(parent)s", why: why,
        fix: near.map { "did you mean '\($0)'? Else add the \(parent)" }
          ?? "add the \(parent), or correct the reference")
      return
    }
    guard isRefused else { return }
    add(
      .parentRefused, column, "its \(parent) '\(key)' was refused",
      why: "the \(child) is no more certain than the \(parent)", fix: "correct the row of the \(parent)")
  }

  /// E402 for what is not money; nil for that and for a blank, which is not nought.
  mutating func amount() -> Pence? {
    let value = text(.amount)
    if value.isEmpty { return nil }
    if let amount = Pence(label: value), amount <= .most { return amount }
    let isNegative = value.first == "-" && Pence(label: String(value.dropFirst())) != nil
    add(
      .amountUnreadable, .amount, "'amount' is \(isNegative ? value : "'\(value)'")",
      why: isNegative
        ? "money is never less than nought; a refund, a correction and a slip look alike"
        : "it is not an amount in pounds, or is larger than any agreement",
      fix: isNegative
        ? "give a refund the status 'returned'; else enter the amount that it should be"
        : "write digits, with pence behind a point: no pound sign, thousands comma or third decimal")
    return nil
  }

  /// The row's dates: E112 for an entry date left blank, E403 for dates that cannot be. Starts are held against the entry, so that one
  /// too far ahead would let any start pass.
  mutating func dates() -> (start: CalendarDate?, isEnded: Bool) {
    let entry = date(.entryDate)
    let start = date(.startDate)
    let end = date(.endDate)
    if text(.entryDate).isEmpty {
      add(
        .blankCell, .entryDate, "'entry-date' is blank", why: "nothing tells how old the row is",
        fix: "enter the day on which the row was written")
    }
    if let entry, table.retrieved.map({ entry > $0 }) ?? (entry.year > AcademicYear.written.upperBound) {
      add(
        .dateImpossible, .entryDate, "'entry-date' is \(entry.label), a day that was still to come",
        why: "no row is entered after its file was fetched",
        fix: "enter the day on which the row was written; or correct --retrieved, if that is wrong")
    }
    if let start, let entry, let limit = entry.oneYearOn, start > limit {
      add(
        .dateImpossible, .startDate,
        "'start-date' is \(start.label), more than a year after the row was entered",
        why: "the row was entered on \(entry.label), and nobody records what is that far ahead",
        fix: "correct the year")
    }
    if let start, let end, end < start {
      add(
        .dateImpossible, .endDate, "'end-date' is \(end.label), before the start on \(start.label)",
        why: "one of the two is wrong, and with it whether the row still counts", fix: "correct the wrong one"
      )
    }
    // A day after the file was fetched is an end that was still to come; without that day, none is taken for one.
    let isEnded = end.map { end in table.retrieved.map { end <= $0 } ?? true } ?? false
    return (start, isEnded)
  }

  /// The first year whose dates are believed: agreements of this kind come from the Planning Acts of 1971 and 1990. Before it
  /// stand the days that programs write for "unknown": 1900-01-01 and 1970-01-01.
  static let firstYear = 1971

  /// What is wrong with a date that is none, and what to write. A day above 12 tells day and month apart; else nothing does.
  private static func misreading(of value: String) -> (why: String, fix: String) {
    let parts = value.split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "." || $0 == "-" }
    let numbers = parts.filter(\.isDigits).compactMap { Int($0) }
    let anyDate = "write a date such as 2018-03-15, or leave it blank"
    guard parts.count == 3, numbers.count == 3 else {
      return ("it is not written as year-month-day", anyDate)
    }
    if parts.map(\.utf8.count) == [4, 2, 2], !value.contains("/"), !value.contains(".") {
      return ("there is no such day in the calendar", anyDate)
    }
    func label(_ year: Int, _ month: Int, _ day: Int) -> String? {
      CalendarDate(label: "\(year)-\(padded("\(month)", to: 2))-\(padded("\(day)", to: 2))")?.label
    }
    if let date = label(numbers[0], numbers[1], numbers[2]) {
      return ("it is not written with two digits each and hyphens", "write \(date)")
    }
    if numbers[0] > 12, let date = label(numbers[2], numbers[1], numbers[0]) {
      return ("it is written day/month/year", "write \(date)")
    }
    if numbers[1] > 12, let date = label(numbers[2], numbers[0], numbers[1]) {
      return ("it is written month/day/year", "write \(date)")
    }
    return ("it is not written as year-month-day, and its day cannot be told from its month", anyDate)
  }

  private mutating func date(_ column: RegisterColumn) -> CalendarDate? {
    let value = text(column)
    if value.isEmpty { return nil }
    guard let date = CalendarDate(label: value) else {
      let (why, fix) = Self.misreading(of: value)
      add(.dateImpossible, column, "'\(column.rawValue)' is '\(value)'", why: why, fix: fix)
      return nil
    }
    guard date.year >= Self.firstYear else {
      add(
        .dateImpossible, column, "'\(column.rawValue)' is \(value)",
        why: "a date before \(Self.firstYear) is what programs write when they know none",
        fix: "enter the date, or leave it blank")
      return nil
    }
    return date
  }
}

extension CalendarDate {
  /// The same day of the next year; 1 March for 29 February.
  fileprivate var oneYearOn: CalendarDate? {
    month == 2 && day == 29
      ? CalendarDate(label: "\(year + 1)-03-01") : CalendarDate(label: "\(year + 1)" + label.dropFirst(4))
  }
}
