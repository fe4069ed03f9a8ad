internal import Diagnostics
internal import PlacePlanning

extension DatasetSchema.Column {
  /// Beyond this a number loses its last digits.
  private static let mostThatCounts = 1e15
  /// The country has fewer people, homes and places: a larger count is mistyped, and what is worked out from it could not be printed.
  private static let mostCounted = 1e8

  private var isShare: Bool { type == .decimal && minimum == 0 && maximum == 1 }

  /// How a share is written that stands in percent, as `80%` or `80`; nil for what is none.
  private func share(ofPercent text: String) -> String? {
    let hasSign = text.last == "%"
    guard isShare, let percent = strictNumber(hasSign ? String(text.dropLast()) : text),
      (0...100).contains(percent), hasSign || percent > 1
    else { return nil }
    return dataNumber((percent * 1e6).rounded() / 1e8)
  }

  /// Whether a wider range in the schema would allow a number: no share is below nought or above one, and no count beyond all measure.
  private func mayBeWidened(for value: Double) -> Bool {
    let isCountable = type != .count || (0...Self.mostCounted).contains(value)
    return !isShare && isCountable && abs(value) <= Self.mostThatCounts
  }

  /// What a cell holds, as the column says; `row` is what its row is about.
  func read(
    _ cell: CSVCell, in file: SourceFile, of row: @autoclosure () -> String, _ codesAreNames: Bool,
    hasSchema: Bool
  ) throws(DiagnosticList) -> DatasetRow.Cell {
    let text = cell.text
    func fault(
      _ code: DiagnosticCode, _ what: String, why: String, fix: String
    ) -> DiagnosticList {
      DiagnosticList(
        code, at: file.location(of: cell), what: "'\(name)' \(what)\(row())", why: why, fix: fix)
    }
    if text.isEmpty {
      if isOptional { return .blank }
      throw fault(
        .blankCell, "is blank", why: "blank is not nought; it would change every total it enters",
        fix: hasSchema
          ? "enter the value, or take the row out and say why in the schema"
          : "enter the value, or take the row out: what has no row counts as not known")
    }
    func wrongForm(_ wanted: String) -> DiagnosticList {
      fault(
        .wrongForm, "is '\(text)'", why: "\(wanted) is wanted here", fix: "write \(wanted)")
    }
    switch type {
    case .text, .code:
      guard text.first?.isUnseen != true, text.last?.isUnseen != true else {
        throw wrongForm("text without spaces at its ends")
      }
      try checkLetters(of: text, codesAreNames, fault)
      return .text(text)
    case .word:
      guard words.contains(text) else {
        let near = nearMiss(of: text, among: words).map { " (did you mean '\($0)'?)" } ?? ""
        throw wrongForm("one of \(words.joined(separator: ", "))\(near)")
      }
      return .text(text)
    case .date:
      guard CalendarDate(label: text) != nil else { throw wrongForm("a date such as 2018-03-15") }
      return .text(text)
    case .academicYear:
      guard let year = AcademicYear(label: text) else {
        if let start = Int(text.prefix(4)), !AcademicYear.written.contains(start) {
          throw wrongForm("a year from 1900/01 to 2199/00")
        }
        throw wrongForm("a year such as 2017/18")
      }
      return .academicYear(year)
    case .yearGroup:
      guard let yearGroup = YearGroup(label: text) else {
        throw wrongForm("a year group: R, or 1 to 13")
      }
      return .yearGroup(yearGroup)
    case .year:
      guard text.utf8.count == 4, text.isDigits, let year = strictNumber(text) else {
        throw wrongForm("a year such as 2017")
      }
      return .number(year)
    case .count, .whole, .pounds, .decimal, .scientific:
      return .number(try readNumber(text, hasSchema: hasSchema, fault))
    }
  }

  /// Takes what is wrong with a cell, why and how to put it right.
  private typealias Fault = (DiagnosticCode, _ what: String, _ why: String, _ fix: String) -> DiagnosticList

  private func checkLetters(
    of text: String, _ codesAreNames: Bool, _ fault: Fault
  ) throws(DiagnosticList) {
    if let character = unprintable(in: text) {
      throw fault(
        .wrongForm, "holds \(character), which no page can show",
        "Word and Excel would call every paper with it broken", "take it out")
    }
    if type == .code, codesAreNames, let trouble = PlainCode.trouble(with: text) {
      throw fault(.wrongForm, trouble, PlainCode.why, PlainCode.fix)
    }
  }

  /// A number in the form and range of the column.
  private func readNumber(
    _ text: String, hasSchema: Bool, _ fault: Fault
  ) throws(DiagnosticList) -> Double {
    guard let value = type == .scientific ? scientificNumber(text) : strictNumber(text) else {
      throw fault(
        .notANumber, "is '\(text)'", "it is not a number, so it cannot be added up",
        share(ofPercent: text).map { "write it as a share: \($0)" }
          ?? "write digits only: no thousands comma, pound sign, space or word")
    }
    if type != .decimal, type != .scientific, value.rounded() != value {
      throw fault(
        .notWhole, "is \(text)", "only whole \(unit ?? "numbers") can be counted", "write a whole number")
    }
    let least = max(minimum ?? -.infinity, type == .count ? 0 : -Self.mostThatCounts)
    let most = min(maximum ?? .infinity, type == .count ? Self.mostCounted : Self.mostThatCounts)
    guard value >= least, value <= most else {
      throw fault(
        .outOfRange, "is \(text)",
        value < least
          ? "the least that makes sense here is \(plain(least))"
          : "the most that makes sense here is \(plain(most))",
        !hasSchema
          ? "correct it, or take the row out: what has no row counts as not known"
          : mayBeWidened(for: value)
            ? "correct it, or widen the range in the schema if it is right"
            : "correct it" + (share(ofPercent: text).map { "; if it is in percent, write \($0)" } ?? ""))
    }
    return value
  }
}

extension Character {
  /// A space of any kind, one that does not break and one without width among them, or a byte order mark within a text.
  fileprivate var isUnseen: Bool { isWhitespace || self == "\u{200B}" || self == "\u{FEFF}" }
}
