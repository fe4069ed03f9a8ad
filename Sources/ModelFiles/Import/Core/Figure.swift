internal import Diagnostics
internal import Foundation
internal import PlacePlanning

/// Which sign may stand beside a figure.
enum FigureSign {
  case none, percent, pound
}

/// A cell that should hold a figure, as publishers write it.
enum Figure: Equatable {
  case number(Double)
  case blank
  /// The publisher withholds or lacks it: `c`, `x`, `z`, `low`, `*`, `..` and the like.
  case marker(String)
  /// Why it is no figure.
  case unreadable(String)

  /// What stands in place of figures in statistics of the department and of the Office for National Statistics, folded.
  static let markers: [String: String] = [
    "c": "withheld (c)", "x": "not available (x)", "z": "not applicable (z)", "low": "too few (low)",
    "u": "unreliable (u)", "k": "rounds to nought (k)", "*": "withheld (*)", "..": "not available (..)",
    ".": "not applicable (.)", ":": "not available (:)", "-": "none or not shown (-)",
    "~": "rounds to nought (~)", "supp": "withheld (SUPP)", "ne": "no entries (NE)",
    "na": "not available (NA)", "n/a": "not available (N/A)", "#n/a": "not available (#N/A)",
    "[c]": "withheld ([c])", "[x]": "not available ([x])", "[z]": "not applicable ([z])",
    "[low]": "too few ([low])",
  ]

  /// Whole numbers of up to nine digits, straight from bytes; nil where the longer way must be taken.
  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    if bytes.isEmpty {
      self = .blank
      return
    }
    guard bytes.count <= 9 else { return nil }
    var value = 0
    for byte in bytes {
      guard byte >= 0x30, byte <= 0x39 else { return nil }
      value = value * 10 + Int(byte - 0x30)
    }
    self = .number(Double(value))
  }

  init(_ text: String, allowing sign: FigureSign = .none) {
    let text = text.trimmingCharacters(in: .whitespaces)
    if text.isEmpty {
      self = .blank
    } else if let marker = Self.markers[text.lowercased()] {
      self = .marker(marker)
    } else {
      self = Self.read(text, sign)
    }
  }

  private static func read(_ text: String, _ sign: FigureSign) -> Figure {
    var digits = Substring(text)
    if digits.last == "%" {
      guard sign == .percent else { return .unreadable("a count cannot be a percentage") }
      digits = digits.dropLast()
    }
    let isNegative = digits.first == "-"
    if isNegative { digits = digits.dropFirst() }
    if digits.first == "£" {
      guard sign == .pound else { return .unreadable("a count cannot be a sum of money") }
      digits = digits.dropFirst()
    }
    if digits.contains(",") {
      let whole = digits.prefix { $0 != "." }
      let parts = whole.split(separator: ",", omittingEmptySubsequences: false)
      guard !digits[whole.endIndex...].contains(","), (1...3).contains(parts[0].count),
        parts.dropFirst().allSatisfy({ $0.count == 3 })
      else { return .unreadable("its commas do not part thousands") }
    }
    let plain = digits.filter { $0 != "," }
    guard
      plain.utf8.allSatisfy({ (0x30...0x39).contains($0) || [0x2E, 0x65, 0x45, 0x2B, 0x2D].contains($0) }),
      plain.utf8.first.map({ (0x30...0x39).contains($0) || $0 == 0x2E }) == true,
      let value = Double(plain), value.isFinite
    else { return .unreadable("it is not a number") }
    return .number(isNegative ? -value : value)
  }
}

/// A figure that may be kept, or what is to be done instead.
enum FigureFate {
  case kept(Double)
  case setAside(String)
  case refused(Diagnostic)
}

extension ImportReader {
  /// A count: whole and not less than nought. Blank and withheld figures are set aside, since neither is nought.
  func count(_ column: Int?, _ name: String, most: Double = 10_000_000) -> FigureFate {
    fate(column, name, .none) { value in
      if value.rounded() != value { return (DiagnosticCode.notWhole, "only whole numbers can be counted") }
      if value < 0 { return (DiagnosticCode.outOfRange, "a count is never less than nought") }
      if value > most { return (DiagnosticCode.outOfRange, "the most that makes sense is \(plain(most))") }
      return nil
    }
  }

  /// A figure that need not be whole.
  func amount(
    _ column: Int?, _ name: String, _ sign: FigureSign = .none, within range: ClosedRange<Double>
  ) -> FigureFate {
    fate(column, name, sign) { value in
      if range.contains(value) { return nil }
      let (least, most) = (plain(range.lowerBound), plain(range.upperBound))
      return (DiagnosticCode.outOfRange, "what makes sense lies between \(least) and \(most)")
    }
  }

  /// What becomes of a cell; `trouble` says why a number cannot be.
  private func fate(
    _ column: Int?, _ name: String, _ sign: FigureSign,
    _ trouble: (Double) -> (code: DiagnosticCode, why: String)?
  ) -> FigureFate {
    switch figure(column, allowing: sign) {
    case .blank: return .setAside("blank, which is not nought")
    case .marker(let marker): return .setAside(marker)
    case .unreadable(let why):
      return .refused(
        fault(
          .notANumber, column, "\(name) is '\(text(column))'", why: why,
          fix: "correct it at its source, or take the row out"))
    case .number(let value):
      guard let (code, why) = trouble(value) else { return .kept(value) }
      return .refused(fault(code, column, "\(name) is \(text(column))", why: why))
    }
  }

  /// A figure that may be kept; nil for any other, which is set aside or refused.
  func kept(_ fate: FigureFate) -> Double? {
    switch fate {
    case .kept(let value): return value
    case .setAside(let reason): account.setAside(reason)
    case .refused(let fault): refuse([fault])
    }
    return nil
  }

  /// A count that a row need not have: nil where it is blank or withheld, and a fault where it is no count.
  func optionalCount(_ column: Int?, _ name: String, _ faults: inout [Diagnostic]) -> Double? {
    guard column != nil else { return nil }
    switch count(column, name) {
    case .kept(let value): return value
    case .setAside: return nil
    case .refused(let fault):
      faults.append(fault)
      return nil
    }
  }

  /// E112 for a name or code that is blank.
  func name(_ column: Int?, _ faults: inout [Diagnostic]) -> String {
    let value = text(column)
    if value.isEmpty {
      add(
        .blankCell, column, "'\(heading(column))' is blank", why: "the row cannot be told from others",
        fix: "enter it as the source has it", to: &faults)
    }
    return value
  }

  /// Code and name of the row's area. Nil where one of them is blank, and the row is refused, and where another area is `wanted`, and the
  /// row is set aside.
  func area(code column: Int?, wanted: String?) -> (code: String, name: String)? {
    var faults: [Diagnostic] = []
    let code = self.name(column, &faults)
    let name = self.name(self.column("area"), &faults)
    if !faults.isEmpty {
      refuse(faults, units: unitsPerRow)
      return nil
    }
    found.insert(code)
    if let wanted, wanted != code {
      account.setAside("another area", unitsPerRow)
      return nil
    }
    return (code, name)
  }

  /// E401 for a word that is not known.
  func unknownWord(_ column: Int?, known: [String], why: String) -> Diagnostic {
    let word = text(column)
    return fault(
      .spellingUnknown, column, "'\(heading(column))' is '\(word)'", why: why,
      fix: didYouMean(word, among: known, else: "known are: \(known.joined(separator: ", "))"))
  }

  func refuseUnknownWord(_ column: Int?, known: [String], why: String, units: Int = 1) {
    refuse([unknownWord(column, known: known, why: why)], units: units)
  }
}
