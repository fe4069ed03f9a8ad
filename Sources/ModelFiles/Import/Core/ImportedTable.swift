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
    static let phase = word("phase", AreaPhase.allCases.map(\.rawValue))
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
