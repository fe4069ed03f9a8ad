public import Diagnostics

/// Education contributions of one council as rows of a model's `section_106`: what is in hand of each, and what is still to come.
///
/// Only what the register says is written. What a model needs besides is blank, so that it is refused until it has been taken from the
/// deeds.
public struct ModelAgreements: Sendable {
  struct Row: Sendable {
    let key: String
    let name: String
    let deed: String
    let pounds: Int
    /// `cash` for money that has come in, blank for money to come, whose prices the register does not tell.
    let priceBase: String
    /// `2019/20`; blank where it is not known, and for money to come.
    let receivedIn: String
    let agreedOn: String
    let note: String
  }

  let rows: [Row]
  /// Contributions without a row, by key, and why.
  public let leftOut: [(key: String, reason: String)]
  /// Pence that the rows leave off, since their amounts are whole pounds.
  let penceLeftOff: Int

  /// **Throws** E414 for a register without its agreements or its transactions, and for one of several councils; E407 when nothing is left.
  public init(_ register: Section106Register) throws(DiagnosticList) {
    try Self.check(register)
    let contributions = register.contributions
    let keys = ReferenceCodes(contributions.map(\.key))
    let deeds = ReferenceCodes(contributions.map(\.agreementKey))
    var rows: [Row] = []
    var leftOut: [(key: String, reason: String)] = []
    var pence = 0
    for contribution in contributions {
      guard let key = keys.code(contribution.key), let deed = deeds.code(contribution.agreementKey) else {
        leftOut.append((contribution.key, "its reference cannot be made into a code of its own"))
        continue
      }
      let (parts, reason) = Self.parts(contribution)
      if let reason { leftOut.append((contribution.key, reason)) }
      for part in parts {
        pence += part.pence % 100
        if part.pence >= 100 { rows.append(Self.row(part, contribution, key, deed)) }
      }
    }
    self.rows = rows
    self.leftOut = leftOut
    penceLeftOff = pence
    guard rows.isEmpty else { return }
    throw DiagnosticList(
      .nothingKept, at: Self.place(register),
      what: "no money is left of \(contributions.count) contributions: "
        + firstFive(reasons.map { $0.reason }),
      why: "an empty data set would count as no money anywhere",
      fix: "take section_106 out of the model, or correct the transactions")
  }

  /// Rows of `data.csv`.
  public var count: Int { rows.count }
  /// Contributions without a row by reason, most first.
  public var reasons: [(reason: String, contributions: Int)] {
    Dictionary(grouping: leftOut) { $0.reason }.map { (reason: $0.key, contributions: $0.value.count) }
      .sorted { ($1.contributions, $0.reason) < ($0.contributions, $1.reason) }
  }

  /// What must be filled in before a model takes the rows, and in how many of them.
  public var toFill: [(cells: String, rows: Int)] {
    let cells: [(cells: String, rows: Int)] = [
      ("site_key and trigger_homes, or received_in", rows.count { $0.receivedIn.isEmpty }),
      ("price_base", rows.count { $0.priceBase.isEmpty }),
      ("agreed_on", rows.count { $0.agreedOn.isEmpty }), ("pays_for", rows.count),
    ]
    return cells.filter { $0.rows > 0 }
  }

  /// What nothing refuses and means something all the same.
  public static let blanks =
    "Blank phase, planning_area_code and scheme_key let the money pay anywhere, blank spend_within_years and spend_by at any time: "
    + "nothing refuses them, so take these from the deeds too."

  // MARK: - Reading

  private static func place(_ register: Section106Register) -> SourceLocation {
    SourceLocation(file: register.accounts.first?.file.file ?? "")
  }

  private static func check(_ register: Section106Register) throws(DiagnosticList) {
    for kind in [RegisterKind.agreements, .transactions]
    where !register.accounts.contains(where: { $0.kind == kind }) {
      throw DiagnosticList(
        .notStated, at: place(register), what: "there is no file of \(kind.rawValue)",
        why: kind == .agreements
          ? "money of agreements that have ended, and of the levy, would count in the model"
          : "money that has been spent would count in the model",
        fix: "give it as --\(kind.rawValue)")
    }
    let organisations = Set(register.contributions.map(\.organisation)).sorted()
    guard Set(organisations.map { $0.lowercased() }).count > 1 else { return }
    throw DiagnosticList(
      .notStated, at: place(register),
      what: "the contributions are of \(organisations.count) organisations: " + firstFive(organisations),
      why: "a model is of one authority, and the money of others would pay for its schemes",
      fix: "choose one with --organisation")
  }

  /// A part of a contribution that is a row.
  private struct Part {
    let pence: Int
    let isReceived: Bool
    /// `2019/20`; blank where it is not known.
    let year: String
  }

  /// Money that has come in and has gone again, or not.
  private static let moved: Set<FundingStatus> = [.received, .spent, .transferred, .returned]

  /// More than this many times what transactions secured, or less than one part in so many, an amount or a transaction has a slip. Source: of
  /// 47 contributions of the platform with both none is outside 0.75 to 1.
  private static let mostTimesSecured = 5

  /// What is in hand and what is to come, parts of less than a pound among them, or why there is neither.
  private static func parts(_ contribution: EducationContribution) -> (parts: [Part], reason: String?) {
    guard contribution.notKnown.isDisjoint(with: moved) else {
      return ([], "what has been received or spent is not known: a transaction was refused or set aside")
    }
    func pence(_ status: FundingStatus) -> Int { contribution.recorded[status]?.count ?? 0 }
    let received = pence(.received)
    let gone = pence(.spent) + pence(.transferred) + pence(.returned)
    guard gone <= received else { return ([], "more has been spent, transferred or returned than received") }
    if let secured = contribution.recorded[.secured]?.count, !contribution.notKnown.contains(.secured),
      contribution.amount.count / Self.mostTimesSecured > secured
        || secured / Self.mostTimesSecured > contribution.amount.count
    {
      return ([], "its amount is far from what its transactions have as secured: one of them is a slip")
    }
    var parts: [Part] = []
    let years = contribution.receipts.keys.sorted()
    if gone == 0 {
      for year in years {
        parts.append(Part(pence: contribution.receipts[year]?.count ?? 0, isReceived: true, year: year))
      }
    } else if received > gone {
      // Which receipts have been spent is not recorded: of several years none is the one.
      let year = years.count == 1 ? years[0] : ""
      parts.append(Part(pence: received - gone, isReceived: true, year: year))
    }
    if contribution.amount.count > received {
      parts.append(Part(pence: contribution.amount.count - received, isReceived: false, year: ""))
    }
    if parts.isEmpty { return ([], "all of it has been received, and has been spent or is gone") }
    return parts.contains { $0.pence >= 100 } ? (parts, nil) : ([], "less than a pound is left")
  }

  private static func row(_ part: Part, _ contribution: EducationContribution, _ key: String, _ deed: String)
    -> Row
  {
    let application = contribution.planningApplication.map { ", application \($0)" } ?? ""
    let received = part.year.isEmpty ? "received" : "received \(part.year)"
    let suffix = received.replacing(" ", with: "-").replacing("/", with: "-")
    return Row(
      key: "\(key)-" + (part.isReceived ? suffix : "due"),
      name: "Agreement \(contribution.agreementKey)\(application): \(contribution.key), "
        + (part.isReceived ? received : "to come"),
      deed: deed, pounds: part.pence / 100, priceBase: part.isReceived ? "cash" : "", receivedIn: part.year,
      // Instalments of a deed share its day, whatever the register has beside each.
      agreedOn: contribution.deedAgreedOn ?? contribution.agreedOn ?? "", note: note(part, contribution))
  }

  /// The register's words and sums.
  private static func note(_ part: Part, _ contribution: EducationContribution) -> String {
    let sums = FundingStatus.allCases.compactMap { status in
      contribution.recorded[status].map { "£\($0.label) \(status.rawValue)" }
    }
    let recorded = sums.isEmpty ? "no transaction recorded" : sums.joined(separator: ", ")
    return "Contribution \(contribution.key) of \(contribution.organisation), purpose "
      + "'\(contribution.purposeAsWritten)': £\(contribution.amount.label) agreed, \(recorded); this row is what "
      + (part.isReceived ? "has come in and is not recorded as gone" : "is not recorded as received")
  }
}
