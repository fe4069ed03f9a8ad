internal import Diagnostics
internal import PlacePlanning

/// The transactions of a register, summed on the contributions that were kept.
struct TransactionReading {
  private(set) var account: RegisterAccount
  private let table: RegisterTable
  private let organisation: String?

  init(_ table: RegisterTable, organisation: String?) {
    self.table = table
    self.organisation = organisation
    account = RegisterAccount(table)
  }

  mutating func read(_ contributions: inout ContributionReading) {
    let repeated = RepeatedReferences(table)
    for row in table.rows {
      var faults = RowFaults(table, row)
      let parent = table.isWhole(row) ? contributions.entry(table.text(row, .contribution)) : nil
      var target: Int?
      if case .kept(let index) = parent { target = index }
      let verdict = judge(
        &faults, repeated, parent, contributions.references,
        target.map { contributions.kept[$0].contribution.organisation })
      switch verdict {
      case .counted(let status, let amount, let start):
        account.keep()
        if let target { contributions.kept[target].count(status, amount, start) }
      case .setAside(let reason, let status):
        account.setAside(reason)
        if let target { contributions.kept[target].leaveOut(status) }
      case .refused(let status):
        account.refuse(faults.refusal)
        if let target { contributions.kept[target].leaveOut(status) }
      }
    }
    for index in contributions.kept.indices { contributions.kept[index].forgetNotKnown() }
  }

  private enum Verdict {
    case counted(FundingStatus, Pence, CalendarDate?)
    /// The status whose sum is no longer known; nil when it may be any.
    case setAside(SetAsideReason, FundingStatus?)
    case refused(FundingStatus?)
  }

  private mutating func judge(
    _ faults: inout RowFaults, _ repeated: RepeatedReferences, _ parent: RowFate<Int>?,
    _ others: NearReferences, _ holder: String?
  ) -> Verdict {
    faults.checkCount()
    guard faults.isEmpty else { return .refused(nil) }
    if holder == nil, faults.isOfOther(than: organisation) { return .setAside(.otherOrganisation, nil) }
    repeated.check(&faults)
    _ = faults.name(.transaction)
    let own = faults.name(.organisation)
    let reference = faults.name(.contribution)
    if let reference {
      faults.checkParent(
        .contribution, reference, isRefused: parent?.isRefused, "contribution", of: "transaction",
        among: others, why: "nothing shows what the money is for")
    }
    if let own, let holder, own.lowercased() != holder.lowercased() { faults.addOtherHolder(holder) }
    if faults.isEmpty, case .setAside = parent { return .setAside(.contributionSetAside, nil) }
    guard holder != nil else { return .refused(nil) }
    let status = faults.word(
      .fundingStatus, among: FundingStatus.allCases.map(\.rawValue), noting: &account,
      ifBlank: "money that is due, received and spent would be mixed", fix: "enter the status"
    ) { RegisterWords.status($0).map { ($0.rawValue, $0) } }
    let (start, isEnded) = faults.dates()
    let amount = faults.amount()
    guard faults.isEmpty, let status else { return .refused(status) }
    if isEnded { return .setAside(.ended, status) }
    guard let amount else { return .setAside(.amountBlank, status) }
    return amount.count == 0 ? .setAside(.amountNought, status) : .counted(status, amount, start)
  }
}

extension RowFaults {
  fileprivate mutating func addOtherHolder(_ holder: String) {
    add(
      .referenceUnknown, .organisation,
      "contribution '\(text(.contribution))' is of '\(holder)', this transaction of '\(text(.organisation))'",
      why: "two councils may have used the same reference for different contributions",
      fix: "correct the organisation or the reference")
  }
}

extension KeptContribution {
  fileprivate mutating func count(_ status: FundingStatus, _ amount: Pence, _ start: CalendarDate?) {
    contribution.recorded[status] = (contribution.recorded[status] ?? Pence(0)) + amount
    if status == .received {
      let year = start.map { FinancialYear(of: $0).label } ?? ""
      contribution.receipts[year] = (contribution.receipts[year] ?? Pence(0)) + amount
    }
    contribution.transactionsCounted += 1
  }

  fileprivate mutating func leaveOut(_ status: FundingStatus?) {
    contribution.notKnown.formUnion(status.map { [$0] } ?? FundingStatus.allCases)
    contribution.transactionsLeftOut += 1
  }

  /// A sum with a part left out would look whole.
  fileprivate mutating func forgetNotKnown() {
    for status in contribution.notKnown { contribution.recorded[status] = nil }
  }
}
