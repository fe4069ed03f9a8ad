internal import Diagnostics
internal import PlacePlanning

/// What a kind of import makes of its files: a table, its schema, and what a reader must know of it.
struct ImportedTable {
  struct Column {
    let name: String
    let type: ColumnType
    var unit: String?
    var range: ClosedRange<Double>?
    var isOptional = false
    var words: [String] = []
    var description: String?

    static func code(_ name: String, optional: Bool = false, _ description: String? = nil) -> Column {
      Column(name: name, type: .code, isOptional: optional, description: description)
    }
    static func text(_ name: String, optional: Bool = false, _ description: String? = nil) -> Column {
      Column(name: name, type: .text, isOptional: optional, description: description)
    }
    static func word(_ name: String, _ words: [String], _ description: String? = nil) -> Column {
      Column(name: name, type: .word, words: words, description: description)
    }
    static func count(
      _ name: String, _ unit: String, _ most: Double, optional: Bool = false, _ description: String? = nil
    ) -> Column {
      Column(
        name: name, type: .count, unit: unit, range: 0...most, isOptional: optional, description: description)
    }
    static func decimal(
      _ name: String, _ unit: String, _ range: ClosedRange<Double>, optional: Bool = false,
      _ description: String? = nil
    ) -> Column {
      Column(
        name: name, type: .decimal, unit: unit, range: range, isOptional: optional, description: description)
    }
  }

  let name: String
  let title: String
  let columns: [Column]
  let key: [String]
  /// In the order of the key.
  let rows: [[String]]
  /// How the files were read, for README.md: one paragraph each.
  let reading: [String]
  var warnings = DiagnosticList()
  var accounts: [ImportAccount] = []
  /// Given as published, or derived by adding up.
  var mark = EvidenceMark.given
  /// The role that the table fills in a model as it stands, and what goes with it there, for README.md.
  var use: (role: DatasetRole, words: String)?
  /// A table for README.md beside the data.
  var annex: (title: String, header: [String], rows: [[String]])?
}

/// A number for a data set: exact where it is whole, never in scientific form.
func dataNumber(_ value: Double) -> String {
  if value == value.rounded(), abs(value) < 1e15 { return String(Int(value)) }
  let text = String(value)
  guard text.contains("e") else { return text }
  return decimalText(value)
}

/// Twelve decimals, without noughts at the end.
private func decimalText(_ value: Double) -> String {
  let scaled = (abs(value) * 1e12).rounded()
  guard scaled < 9e18 else { return String(value) }
  let (whole, part) = UInt64(scaled).quotientAndRemainder(dividingBy: 1_000_000_000_000)
  var digits = String(part)
  digits = String(repeating: "0", count: 12 - digits.count) + digits
  while digits.last == "0" { digits.removeLast() }
  return (value < 0 ? "-" : "") + "\(whole)" + (digits.isEmpty ? "" : ".\(digits)")
}
