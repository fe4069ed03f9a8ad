public import Diagnostics

/// Why a sound row is no part of the answer.
public enum SetAsideReason: Hashable, Sendable {
  case notEducation(String)
  case communityInfrastructureLevy
  case section278
  case ended
  case agreementEnded
  case amountBlank
  case amountNought
  case otherOrganisation
  /// An agreement that no kept contribution names.
  case notNamed
  /// A transaction of a contribution that was set aside.
  case contributionSetAside

  public var label: String {
    switch self {
    case .notEducation(let category): "not education: \(category)"
    case .communityInfrastructureLevy: "community infrastructure levy"
    case .section278: "section 278 agreement"
    case .ended: "ended"
    case .agreementEnded: "its agreement ended"
    case .amountBlank: "no amount: blank"
    case .amountNought: "no amount: nought"
    case .otherOrganisation: "another organisation"
    case .notNamed: "no contribution that was kept names it"
    case .contributionSetAside: "its contribution was set aside"
    }
  }
}

/// What became of a row that rows of another file may point to.
enum RowFate<Kept> {
  case kept(Kept)
  case setAside(SetAsideReason)
  case refused

  var isRefused: Bool {
    if case .refused = self { true } else { false }
  }
}

/// A row that cannot be relied on: everything wrong with it, and its cells.
public struct RefusedRow: Sendable {
  public let diagnostics: [Diagnostic]
  public let line: Int
  public let cells: String
}

/// A spelling that was read as something else.
public struct ReadSpelling: Hashable, Sendable {
  public let column: String
  public let spelling: String
  public let readAs: String
}

/// What became of every row of one file: read = kept + set aside + refused.
public struct RegisterAccount: Sendable {
  public let kind: RegisterKind
  public let file: PanelInput.InputFile
  /// Rows in the file below its heading.
  public let rows: Int
  public private(set) var kept = 0
  public private(set) var setAside: [SetAsideReason: Int] = [:]
  public private(set) var refused: [RefusedRow] = []
  /// Rows in which a spelling was read as a word of the register.
  public private(set) var spellings: [ReadSpelling: Int] = [:]

  init(_ table: RegisterTable) {
    kind = table.kind
    file = .init(file: table.file.name, sha256: table.file.sha256)
    rows = table.rows.count
  }

  /// Refused rows by the first thing that is wrong with each.
  public var refusedByCode: [DiagnosticCode: Int] {
    refused.reduce(into: [:]) { counts, row in
      if let code = row.diagnostics.first?.code { counts[code, default: 0] += 1 }
    }
  }

  /// Most rows first, then by name.
  public var setAsideInOrder: [(reason: SetAsideReason, rows: Int)] {
    setAside.map { (reason: $0.key, rows: $0.value) }
      .sorted { ($1.rows, $0.reason.label) < ($0.rows, $1.reason.label) }
  }

  public var refusedInOrder: [(code: DiagnosticCode, rows: Int)] {
    refusedByCode.map { (code: $0.key, rows: $0.value) }.sorted { $0.code.rawValue < $1.code.rawValue }
  }

  public var spellingsInOrder: [(spelling: ReadSpelling, rows: Int)] {
    spellings.map { (spelling: $0.key, rows: $0.value) }
      .sorted { ($1.rows, $0.spelling.spelling) < ($0.rows, $1.spelling.spelling) }
  }

  mutating func keep() { kept += 1 }
  mutating func setAside(_ reason: SetAsideReason) { setAside[reason, default: 0] += 1 }
  mutating func refuse(_ row: RefusedRow) { refused.append(row) }

  mutating func read(_ column: RegisterColumn, _ spelling: String, as word: String) {
    guard spelling != word else { return }
    spellings[ReadSpelling(column: column.rawValue, spelling: spelling, readAs: word), default: 0] += 1
  }
}
