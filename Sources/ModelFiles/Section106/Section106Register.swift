public import Diagnostics
public import Foundation
public import PlacePlanning

/// Files of a register of developer agreements.
public struct Section106Files: Sendable {
  public let contributions: URL
  public let agreements: URL?
  public let transactions: URL?

  /// Nothing is read yet. `agreements` and `transactions` are the register's other two files, where they are there.
  public init(contributions: URL, agreements: URL? = nil, transactions: URL? = nil) {
    self.contributions = contributions
    self.agreements = agreements
    self.transactions = transactions
  }
}

/// Money for school places that an agreement promises, and what is recorded of it.
public struct EducationContribution: Sendable {
  public let key: String
  let agreementKey: String
  public let organisation: String
  let planningApplication: String?
  let purposeAsWritten: String
  public let amount: Pence
  /// The contribution's own start: `2018-03-15`.
  public let agreedOn: String?
  /// The start of its agreement, where agreements were given.
  let deedAgreedOn: String?
  /// What transactions record; none for a status that none records, or that one records unreadably.
  public internal(set) var recorded: [FundingStatus: Pence] = [:]
  /// Transactions in `recorded`.
  public internal(set) var transactionsCounted = 0
  /// Transactions that were refused or set aside: the status of each is not in `recorded`.
  public internal(set) var transactionsLeftOut = 0
  /// Statuses of which a transaction could not be counted.
  public internal(set) var notKnown: Set<FundingStatus> = []
  /// What was received by financial year, such as `2019/20`, by the day from which a transaction counts; under `""` where it has none.
  var receipts: [String: Pence] = [:]
}

/// A register as read: what was kept, and what became of every row.
public struct Section106Register: Sendable {
  /// By organisation, then key.
  public let contributions: [EducationContribution]
  /// Contributions first, then agreements and transactions where they were given.
  public let accounts: [RegisterAccount]
  /// Of the register and of how its own columns are written.
  public let warnings: DiagnosticList

  /// What is warned of where the rows of a model are written, if `isForModel`, else the register's own. A model's keys are codes, and its
  /// names and notes are sentences, so that no text of theirs is neutralised (W404).
  public func warnings(isForModel: Bool) -> DiagnosticList {
    isForModel ? DiagnosticList(warnings.diagnostics.filter { $0.code != .textNeutralised }) : warnings
  }

  /// All refusals, in the order of files and rows.
  public var refusals: DiagnosticList {
    DiagnosticList(accounts.flatMap { $0.refused.flatMap(\.diagnostics) })
  }

  /// Kept contributions and their amounts.
  public var totals: [(organisation: String, contributions: Int, amount: Pence)] {
    Dictionary(grouping: contributions, by: \.organisation).map { organisation, rows in
      (organisation, rows.count, rows.reduce(Pence(0)) { $0 + $1.amount })
    }.sorted { $0.0 < $1.0 }
  }
}

/// Reads a register and keeps its education contributions.
///
/// A row is kept, set aside with a reason, or refused with everything that is wrong with it; every row is one of the three.
/// `organisation` keeps the contributions of one organisation, case ignored. `retrieved` is the day on which the files were fetched: a row
/// has ended whose end date is not after it; without it, any that has an end date. **Throws** E001 to E107 for files that cannot be
/// read or have another layout, and E407 when nothing would be kept.
public func readSection106(
  _ files: Section106Files, organisation: String? = nil, retrieved: CalendarDate? = nil
) throws(DiagnosticList) -> Section106Register {
  var list = DiagnosticList()
  let contributions = table(.contributions, files.contributions, retrieved, &list)
  let agreements = files.agreements.flatMap { table(.agreements, $0, retrieved, &list) }
  let transactions = files.transactions.flatMap { table(.transactions, $0, retrieved, &list) }
  try list.check()
  guard let contributions else { throw list }
  return try Section106Register(
    contributions: contributions, agreements: agreements, transactions: transactions,
    organisation: organisation)
}

private func table(
  _ kind: RegisterKind, _ url: URL, _ retrieved: CalendarDate?, _ list: inout DiagnosticList
) -> RegisterTable? {
  var table = list.gather { () throws(DiagnosticList) in try RegisterTable(kind, url) }
  table?.retrieved = retrieved
  return table
}

extension Section106Register {
  init(
    contributions table: RegisterTable, agreements: RegisterTable?, transactions: RegisterTable?,
    organisation: String?
  ) throws(DiagnosticList) {
    var book = agreements.map { AgreementBook($0, organisation: organisation) }
    var reading = ContributionReading(table, organisation: organisation)
    reading.read(&book)
    book?.finish()
    var payments = transactions.map { TransactionReading($0, organisation: organisation) }
    payments?.read(&reading)
    accounts = [reading.account] + [book?.account, payments?.account].compactMap { $0 }
    contributions = reading.kept.map(\.contribution).sorted {
      ($0.organisation, $0.key) < ($1.organisation, $1.key)
    }
    var list = reading.warnings
    for kept in reading.kept { kept.check(table, &list) }
    if agreements == nil {
      list.add(
        .agreementsNotGiven, at: table.file.wholeFile,
        what: "no file of agreements was given, so that those that have ended are not told from others",
        why:
          "their contributions are kept unmarked, and may be spent, returned or never due; levy money may be among them",
        fix: "give the register's developer-agreement.csv as --agreements, which leaves them out")
    }
    warnings = list
    if contributions.isEmpty { throw reading.nothingKept(refusals) }
  }
}
