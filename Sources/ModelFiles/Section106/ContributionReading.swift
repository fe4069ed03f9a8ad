internal import Diagnostics
internal import PlacePlanning

/// A kept contribution and the row that it came from.
struct KeptContribution {
  var contribution: EducationContribution
  let row: RegisterTable.Row
}

/// The contributions of a register, row by row.
struct ContributionReading {
  private(set) var account: RegisterAccount
  let references: NearReferences
  private(set) var warnings = DiagnosticList()
  var kept: [KeptContribution] = []
  /// Of those that were kept, their indices in `kept`.
  private var entries: [String: RowFate<Int>] = [:]
  private let table: RegisterTable
  private let organisation: String?
  private var strangers: Set<[String]> = []

  init(_ table: RegisterTable, organisation: String?) {
    self.table = table
    references = NearReferences(table)
    self.organisation = organisation
    account = RegisterAccount(table)
  }

  func entry(_ reference: String) -> RowFate<Int>? { entries[reference] }

  mutating func read(_ book: inout AgreementBook?) {
    let repeated = RepeatedReferences(table)
    for row in table.rows {
      var faults = RowFaults(table, row)
      let reason = judge(&faults, repeated, &book)
      let reference = table.reference(row)
      if !faults.isEmpty {
        account.refuse(faults.refusal)
        if !reference.isEmpty { entries[reference] = .refused }
      } else if let reason {
        account.setAside(reason)
        // A refused row of the same name stays refused.
        if !reference.isEmpty, entries[reference] == nil { entries[reference] = .setAside(reason) }
      } else {
        account.keep()
        entries[reference] = .kept(kept.count - 1)
      }
    }
  }

  /// Why the row is set aside; nil for a row that was kept or has faults.
  private mutating func judge(
    _ faults: inout RowFaults, _ repeated: RepeatedReferences, _ book: inout AgreementBook?
  ) -> SetAsideReason? {
    faults.checkCount()
    guard faults.isEmpty else { return nil }
    if faults.isOfOther(than: organisation) { return .otherOrganisation }
    repeated.check(&faults)
    let key = faults.name(.contribution)
    let holder = faults.name(.organisation)
    let purpose = faults.word(
      .purpose, among: RegisterWords.purposes, noting: &account,
      ifBlank: "the money may or may not be for school places",
      fix: "enter the purpose, as the agreement has it"
    ) { RegisterWords.purpose($0).map { ($0.name, $0.purpose) } }
    guard faults.isEmpty, let key, let holder, let purpose else { return nil }
    switch purpose {
    case .other(let category): return .notEducation(category)
    case .levy: return .communityInfrastructureLevy
    case .education: break
    }
    return judgeEducation(key, holder, &faults, &book)
  }

  private mutating func judgeEducation(
    _ key: String, _ holder: String, _ faults: inout RowFaults, _ book: inout AgreementBook?
  ) -> SetAsideReason? {
    let (start, isEnded) = faults.dates()
    if faults.isEmpty, isEnded { return .ended }
    let agreementKey = faults.name(.agreement)
    var entry: RowFate<AgreementBook.Agreement>?
    if let agreementKey { entry = book?.entry(agreementKey) }
    if book != nil, let agreementKey {
      faults.checkParent(
        .agreement, agreementKey, isRefused: entry?.isRefused, "agreement", of: "contribution",
        among: book?.references,
        why: "nothing shows that the money was ever agreed, or under what kind of agreement")
    }
    let amount = faults.amount()
    guard faults.isEmpty, let agreementKey else { return nil }
    if case .setAside(let reason) = entry { return reason == .ended ? .agreementEnded : reason }
    guard let amount else { return .amountBlank }
    if amount.count == 0 { return .amountNought }
    var (application, deedAgreedOn): (String?, CalendarDate?)
    if case .kept(let agreement) = entry {
      (application, deedAgreedOn) = (agreement.planningApplication, agreement.agreedOn)
      compare(holder, agreement.organisation, faults)
    }
    book?.name(agreementKey)
    kept.append(
      KeptContribution(
        contribution: EducationContribution(
          key: key, agreementKey: agreementKey, organisation: holder, planningApplication: application,
          purposeAsWritten: faults.text(.purpose), amount: amount, agreedOn: start?.label,
          deedAgreedOn: deedAgreedOn?.label),
        row: faults.row))
    let names: [(RegisterColumn, String)] = [
      (.contribution, key), (.agreement, agreementKey), (.organisation, holder),
      (.agreement, application ?? ""),
    ]
    for (column, name) in names where isFormula(name) {
      warnings.add(
        .textNeutralised, at: table.place(faults.row, column),
        what: "'\(name)' begins with '\(name.prefix(1))' and is written with an apostrophe before it",
        why: "a spreadsheet would calculate it; with the apostrophe it no longer equals the register's text",
        fix: "leave the apostrophe out where data sets are joined")
    }
    return nil
  }

  /// W403, once for each pair of organisations.
  private mutating func compare(_ holder: String, _ other: String, _ faults: RowFaults) {
    guard holder.lowercased() != other.lowercased(), strangers.insert([holder, other]).inserted else {
      return
    }
    warnings.add(
      .agreementOfAnother, at: table.place(faults.row, .organisation),
      what:
        "agreement '\(faults.text(.agreement))' stands under '\(other)', its contribution under '\(holder)'",
      why: "two councils may have used the same reference for different agreements; said once for these two",
      fix: "check that both are the same council; then nothing need be done")
  }

  /// E407, behind every refusal.
  func nothingKept(_ refusals: DiagnosticList) -> DiagnosticList {
    var list = refusals
    let aside = account.setAsideInOrder.prefix(4).map { "\($0.rows) \($0.reason.label)" }
    let counts = (aside + ["\(account.refused.count) refused"]).joined(separator: ", ")
    list.add(
      .nothingKept, at: table.file.wholeFile,
      what: "no education contribution can be kept; rows: \(counts)",
      why: "an empty data set would count as no money anywhere",
      fix: organisation.flatMap { otherOrganisations($0) }
        ?? "correct the refused rows, or check that this is the right file")
    return list
  }

  /// What to write for an organisation that no row is of; nil where some are.
  private func otherOrganisations(_ wanted: String) -> String? {
    let names = Set(table.wholeRows.map { table.text($0, .organisation) }).filter { !$0.isEmpty }.sorted()
    guard !names.contains(where: { $0.lowercased() == wanted.lowercased() }) else { return nil }
    let near = nearMiss(of: Self.code(wanted), among: names.map(Self.code)).flatMap { code in
      names.first { Self.code($0) == code }
    }
    return (near.map { "did you mean the organisation '\($0)'? " } ?? "")
      + "The file has \(firstEight(names))"
  }

  /// `SND` of `local-authority-eng:SND`: what stands before it is that of most councils, and makes none of them near.
  private static func code(_ organisation: String) -> String {
    organisation.split(separator: ":").last.map(String.init) ?? organisation
  }
}

extension KeptContribution {
  /// W401 and W402: sums that cannot all be right, the receipts recorded or not.
  func check(_ table: RegisterTable, _ list: inout DiagnosticList) {
    let (received, spent) = (contribution.recorded[.received], contribution.recorded[.spent])
    func warnOfMoreThanAgreed(_ sum: Pence, _ verb: String, twice: String) {
      list.add(
        .receivedExceedsContribution, at: table.place(row, .amount),
        what: "£\(sum.label) \(verb) of £\(contribution.amount.label) agreed ('\(contribution.key)')",
        why: "indexation can explain it; so can \(twice) counted twice or an amount left out",
        fix: "compare it with the agreement's index, or correct the transactions")
    }
    func warnOfSpent(_ spent: Pence, _ beside: String, cause: String) {
      list.add(
        .spentExceedsReceived, at: table.place(row, .amount),
        what: "£\(spent.label) spent\(beside) ('\(contribution.key)')",
        why: "money cannot be spent before it has come in: a receipt is missing, or spending \(cause)",
        fix: "add the receipt, or correct the transactions")
    }
    if let received, received > contribution.amount {
      warnOfMoreThanAgreed(received, "received", twice: "a payment")
    } else if let spent, spent > contribution.amount {
      warnOfMoreThanAgreed(spent, "spent", twice: "spending")
    }
    guard let spent else { return }
    if let received {
      guard spent > received else { return }
      warnOfSpent(spent, " of £\(received.label) received", cause: "was counted twice")
    } else if !contribution.notKnown.contains(.received) {
      warnOfSpent(spent, ", and no receipt recorded", cause: "stands under the wrong contribution")
    }
  }
}
