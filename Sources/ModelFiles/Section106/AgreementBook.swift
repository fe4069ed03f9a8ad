internal import Diagnostics
internal import PlacePlanning

/// The agreements of a register by reference, and which of them contributions have named.
struct AgreementBook {
  struct Agreement {
    let organisation: String
    let planningApplication: String?
    let agreedOn: CalendarDate?
  }

  private(set) var account: RegisterAccount
  let references: NearReferences
  private var entries: [String: RowFate<Agreement>] = [:]
  private var sound: [String] = []
  private var named: Set<String> = []
  /// Rows that were refused, and the references that contributions have asked for.
  private var refused: [(reference: String, isOfOther: Bool, row: RefusedRow)] = []
  private var asked: Set<String> = []

  /// `organisation` is the one whose contributions are kept; nil for all.
  init(_ table: RegisterTable, organisation: String?) {
    references = NearReferences(table)
    account = RegisterAccount(table)
    let repeated = RepeatedReferences(table)
    for row in table.rows {
      var faults = RowFaults(table, row)
      let entry = Self.entry(&faults, repeated, &account)
      let reference = table.reference(row)
      if !reference.isEmpty { entries[reference] = entry }
      switch entry {
      case .kept: sound.append(reference)
      case .setAside(let reason): account.setAside(reason)
      case .refused:
        let isOfOther = table.isWhole(row) && faults.isOfOther(than: organisation)
        refused.append((reference, isOfOther, faults.refusal))
      }
    }
  }

  private static func entry(
    _ faults: inout RowFaults, _ repeated: RepeatedReferences, _ account: inout RegisterAccount
  ) -> RowFate<Agreement> {
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
    let (agreedOn, isEnded) = faults.dates()
    let application = faults.text(.planningApplication)
    if !application.isEmpty { _ = faults.name(.planningApplication) }
    guard faults.isEmpty, let organisation, let type else { return .refused }
    if type == .communityInfrastructureLevy { return .setAside(.communityInfrastructureLevy) }
    if !type.isObligation { return .setAside(.section278) }
    if isEnded { return .setAside(.ended) }
    return .kept(
      Agreement(
        organisation: organisation, planningApplication: application.isEmpty ? nil : application,
        agreedOn: agreedOn))
  }

  /// What became of the agreement that a contribution asks for.
  mutating func entry(_ reference: String) -> RowFate<Agreement>? {
    asked.insert(reference)
    return entries[reference]
  }

  mutating func name(_ reference: String) { named.insert(reference) }

  /// Settles the agreements once every contribution has been read. A fault of another organisation's agreement is nobody's business
  /// here unless a contribution asks for it.
  mutating func finish() {
    for fault in refused {
      if fault.isOfOther, !asked.contains(fault.reference) {
        account.setAside(.otherOrganisation)
      } else {
        account.refuse(fault.row)
      }
    }
    for reference in sound {
      if named.contains(reference) { account.keep() } else { account.setAside(.notNamed) }
    }
  }
}
