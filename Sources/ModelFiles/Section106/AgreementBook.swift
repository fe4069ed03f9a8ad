internal import Diagnostics

/// The agreements of a register by reference, and which of them contributions have named.
struct AgreementBook {
  struct Agreement {
    let organisation: String
    let planningApplication: String?
  }

  enum Entry {
    case sound(Agreement)
    case setAside(SetAsideReason)
    case refused

    var isRefused: Bool {
      if case .refused = self { true } else { false }
    }
  }

  private(set) var account: RegisterAccount
  let references: NearReferences
  private let table: RegisterTable
  private var entries: [String: Entry] = [:]
  private var sound: [String] = []
  private var named: Set<String> = []

  init(_ table: RegisterTable) {
    self.table = table
    references = NearReferences(table)
    account = RegisterAccount(table)
    let repeated = RepeatedReferences(table)
    for row in table.rows {
      var faults = RowFaults(table, row)
      let entry = Self.entry(&faults, repeated, &account)
      let reference = table.isWhole(row) ? table.text(row, .agreement) : ""
      if !reference.isEmpty { entries[reference] = entry }
      switch entry {
      case .sound: sound.append(reference)
      case .setAside(let reason): account.setAside(reason)
      case .refused: account.refuse(faults.refusal)
      }
    }
  }

  private static func entry(
    _ faults: inout RowFaults, _ repeated: RepeatedReferences, _ account: inout RegisterAccount
  ) -> Entry {
    faults.checkCount()
    guard faults.isEmpty else { return .refused }
    repeated.check(&faults)
    _ = faults.name(.agreement)
    let organisation = faults.name(.organisation)
    let type = faults.word(
      .agreementType, among: AgreementType.allCases.map(\.rawValue), noting: &account,
      ifBlank: "this may be Community Infrastructure Levy, whose money is not tied to education",
      fix: "enter the type, such as section-106"
    ) { RegisterWords.agreementType($0).map { ($0.rawValue, $0) } }
    let isEnded = faults.dates().isEnded
    let application = faults.text(.planningApplication)
    if !application.isEmpty { _ = faults.name(.planningApplication) }
    guard faults.isEmpty, let organisation, let type else { return .refused }
    if type == .communityInfrastructureLevy { return .setAside(.communityInfrastructureLevy) }
    if !type.isObligation { return .setAside(.section278) }
    if isEnded { return .setAside(.ended) }
    return .sound(
      Agreement(organisation: organisation, planningApplication: application.isEmpty ? nil : application))
  }

  func entry(_ reference: String) -> Entry? { entries[reference] }

  mutating func name(_ reference: String) { named.insert(reference) }

  /// Settles the sound agreements once every contribution has been read.
  mutating func finish() {
    for reference in sound {
      if named.contains(reference) { account.keep() } else { account.setAside(.notNamed) }
    }
  }
}
