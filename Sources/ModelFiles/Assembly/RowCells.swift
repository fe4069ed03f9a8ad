internal import Diagnostics
internal import PlacePlanning

// Cells of a model's rows by their column, and the faults that files have in common.

/// What has been read from a row, with the row, at which later faults point.
struct Placed<Value> {
  let value: Value
  let row: DatasetRow
}

/// What to write instead of a word that is no kind of scheme.
func kindFix(_ word: String) -> String {
  let kinds = SchemeKind.allCases.map(\.rawValue)
  return didYouMean(word, among: kinds, else: "use \(kinds.joined(separator: ", "))")
}

/// The price base that a label in another form means, such as `2018-Q1` for `2018Q1`, `2018 q1` or `Q1 2018`; nil for none.
func nearPriceBase(_ label: String) -> String? {
  let letters = String(label.uppercased().filter { $0.isLetter || $0.isNumber })
  if letters == "CASH" { return "cash" }
  let yearFirst = "\(letters.prefix(4))-\(letters.dropFirst(4))"
  let quarterFirst = "\(letters.dropFirst(2))-\(letters.prefix(2))"
  return [yearFirst, quarterFirst].first { PriceBase(label: $0) != nil }
}

extension DatasetRow {
  /// What `read` makes of a cell; nil for a blank.
  func ifAny<T>(
    _ column: String, _ read: (String) throws(InternalFault) -> T
  ) throws(InternalFault) -> T? {
    isBlank(column) ? nil : try read(column)
  }

  /// Whole pounds, in cash.
  func cash(_ column: String) throws(InternalFault) -> Money {
    Money(pounds: try whole(column), priceBase: .cash)
  }

  func financialYear(_ column: String) throws(InternalFault) -> FinancialYear {
    FinancialYear(try academicYear(column).start)
  }

  /// A whole number; a fault (E113) outside the range, and then its nearest end. Nil for a blank.
  func wholeIfAny(
    _ column: String, in range: ClosedRange<Int>, _ list: inout DiagnosticList
  ) throws(InternalFault) -> Int? {
    if isBlank(column) { return nil }
    let value = try whole(column)
    if range.contains(value) { return value }
    list.add(
      .outOfRange, at: place(column), what: "'\(column)' is \(value)",
      why: "only \(range.lowerBound) to \(range.upperBound) makes sense here", fix: "correct it")
    return min(max(value, range.lowerBound), range.upperBound)
  }

  func whole(
    _ column: String, in range: ClosedRange<Int>, _ list: inout DiagnosticList
  ) throws(InternalFault) -> Int {
    try wholeIfAny(column, in: range, &list) ?? range.lowerBound
  }

  /// A number as it stands; a fault outside the range, E113 unless another `code` is given. `why` says what the number is where the
  /// range does not speak for itself.
  func number(
    _ column: String, in range: ClosedRange<Double>, _ code: DiagnosticCode = .outOfRange, why: String? = nil,
    _ list: inout DiagnosticList
  ) throws(InternalFault) -> Double {
    let value = try number(column)
    if range.contains(value) { return value }
    let wanted = "a number from \(plain(range.lowerBound)) to \(plain(range.upperBound))"
    list.add(
      code, at: place(column), what: "'\(column)' is \(plain(value))",
      why: why ?? "only \(wanted) makes sense", fix: why == nil ? "correct it" : "write \(wanted)")
    return value
  }

  /// Pounds; a fault (E113) and nil below nought, for which `why` gives the reason, and above `most`.
  func poundsFromNought(
    _ column: String, upTo most: Int = 10_000_000_000, why: String, _ list: inout DiagnosticList
  ) throws(InternalFault) -> Int? {
    let value = try whole(column)
    if (0...most).contains(value) { return value }
    list.add(
      .outOfRange, at: place(column), what: "'\(column)' is \(value)",
      why: value < 0 ? why : "only 0 to \(most) pounds make sense here", fix: "correct it")
    return nil
  }

  /// One of an enumeration's words; a fault (E115) for a word that only the schema knows.
  func word<T: RawRepresentable & CaseIterable>(
    _ column: String, _ type: T.Type, _ list: inout DiagnosticList
  ) throws(InternalFault) -> T? where T.RawValue == String {
    let word = try text(column)
    if let value = T(rawValue: word) { return value }
    list.add(unknownWord(word, at: place(column), use: T.allCases.map(\.rawValue)))
    return nil
  }

  func wordIfAny<T: RawRepresentable & CaseIterable>(
    _ column: String, _ type: T.Type, _ list: inout DiagnosticList
  ) throws(InternalFault) -> T? where T.RawValue == String {
    isBlank(column) ? nil : try word(column, type, &list)
  }

  /// `yes` or `no`.
  func flag(_ column: String, _ list: inout DiagnosticList) throws(InternalFault) -> Bool? {
    let word = try text(column)
    if ["yes", "no"].contains(word) { return word == "yes" }
    list.add(unknownWord(word, at: place(column), use: ["yes", "no"]))
    return nil
  }

  private func unknownWord(_ word: String, at place: SourceLocation, use words: [String]) -> Diagnostic {
    Diagnostic(
      .wrongForm, at: place, what: "the program does not know the word '\(word)'",
      why: "the schema allows it, but the program cannot tell what it means",
      fix: "use \(words.joined(separator: ", "))")
  }

  /// `cash`, or a quarter such as `2018-Q1`; a fault (E115) otherwise, and (E113) for a quarter far from the base year: prices are
  /// carried from it by one rate a year, which says little of more than 15 years, and no price is known years ahead.
  func priceBase(
    _ context: CapitalContext, _ list: inout DiagnosticList
  ) throws(InternalFault) -> PriceBase? {
    let label = try text("price_base")
    guard let base = PriceBase(label: label) else {
      list.add(
        .wrongForm, at: place("price_base"), what: "'price_base' is '\(label)'",
        why: "cash, or a quarter such as 2018-Q1, is wanted here",
        fix: nearPriceBase(label).map { "did you mean '\($0)'?" } ?? "write one of the two")
      return nil
    }
    let baseYear = context.firstYear.start - 1
    let (first, last) = (baseYear - 15, baseYear + 5)
    guard case .quarter(let year, _) = base, !(first...last).contains(year) else { return base }
    list.add(
      .outOfRange, at: place("price_base"), what: "'price_base' is \(label)",
      why:
        "prices of before \(first) or after \(last) would be carried too far from the base year to mean anything",
      fix: "correct the quarter, or give the amount in prices of a nearer one")
    return nil
  }

  /// The items of a list that `;` parts; none for a blank cell. A fault (E115) for an empty or repeated item.
  func items(_ column: String, _ list: inout DiagnosticList) throws(InternalFault) -> [String] {
    if isBlank(column) { return [] }
    var items: [String] = []
    for part in try text(column).split(separator: ";", omittingEmptySubsequences: false) {
      let item = String(part.drop { $0 == " " })
      if item.isEmpty || items.contains(item) {
        list.add(
          .wrongForm, at: place(column),
          what: item.isEmpty ? "'\(column)' has an empty item" : "'\(column)' has '\(item)' twice",
          why: "a list is parted by ';', and each item counts once", fix: "correct the list")
      } else {
        items.append(item)
      }
    }
    return items
  }

  /// The kinds of schemes that a list names; a fault (E115) for any other word.
  func kinds(_ column: String, _ list: inout DiagnosticList) throws(InternalFault) -> Set<SchemeKind> {
    var kinds: Set<SchemeKind> = []
    for item in try items(column, &list) {
      if let kind = SchemeKind(rawValue: item) {
        kinds.insert(kind)
      } else {
        list.add(
          .wrongForm, at: place(column), what: "'\(column)' has '\(item)'", why: "it is no kind of scheme",
          fix: kindFix(item))
      }
    }
    return kinds
  }

  /// A code that must be one of `known`; a fault (E201) and nil otherwise.
  func reference(
    _ code: String, _ column: String, to thing: String, in file: String, among known: Set<String>,
    why: String, _ list: inout DiagnosticList
  ) -> String? {
    if known.contains(code) { return code }
    list.add(
      .unknownCode, at: place(column), what: "there is no \(thing) '\(code)'", why: why,
      fix: didYouMean(code, among: known, else: "add the \(thing) to \(file)"))
    return nil
  }
}
