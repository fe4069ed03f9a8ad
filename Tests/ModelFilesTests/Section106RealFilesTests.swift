import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import ModelFiles

private let folder = Repository.sharedData("s106")

/// The registers that councils have published, dirt and all.
///
/// Every expectation was counted by a script of its own in Python, from the rules and not from this program: `csv.DictReader`
/// over each file; spellings folded with a regular expression and looked up in lists typed apart; dates by
/// `datetime.date.fromisoformat`, amounts by `decimal.Decimal`; agreements judged first, then contributions by the first rule
/// that meets them (blank, levy, other category, unknown purpose, dates, ended, agreement blank, unknown, refused or set
/// aside, amount), then transactions by their contribution, status, dates and amount.
@Suite(.enabled(if: folder != nil, "skipped: ../shared/data/s106 is not beside this checkout"))
struct Section106RealFilesTests {
  private static func files() throws -> Section106Files {
    let folder = try #require(folder)
    func file(_ name: String) -> URL { folder.appendingPathComponent("developer-agreement\(name).csv") }
    return Section106Files(
      contributions: file("-contribution"), agreements: file(""), transactions: file("-transaction"))
  }

  @Test func `every row is accounted for as counted apart`() throws {
    let register = try readSection106(try Self.files())
    let (contributions, agreements, transactions) =
      (register.accounts[0], register.accounts[1], register.accounts[2])
    for account in register.accounts { #expect(account.closes) }
    #expect([contributions, agreements, transactions].map(\.rows) == [3344, 1551, 3408])
    #expect([contributions, agreements, transactions].map(\.kept) == [209, 123, 142])

    #expect(
      contributions.refusedByCode
        == [.blankCell: 9, .spellingUnknown: 14, .referenceUnknown: 26, .parentRefused: 18])
    let others = contributions.setAside.filter { if case .notEducation = $0.key { true } else { false } }
    #expect(others.values.reduce(0, +) == 2533)
    #expect(
      contributions.setAside.filter { others[$0.key] == nil }
        == [
          .communityInfrastructureLevy: 505, .ended: 13, .agreementEnded: 4, .amountBlank: 12,
          .amountNought: 1,
        ])

    #expect(agreements.refusedByCode == [.blankCell: 113, .spellingUnknown: 1, .dateImpossible: 1])
    #expect(
      agreements.setAside
        == [.communityInfrastructureLevy: 377, .section278: 20, .ended: 34, .notNamed: 882])

    #expect(
      transactions.refusedByCode
        == [.blankCell: 64, .dateImpossible: 1, .referenceUnknown: 1065, .parentRefused: 18])
    #expect(transactions.setAside == [.contributionSetAside: 2097, .ended: 5, .amountBlank: 16])
  }

  @Test func `the money is that counted apart, to the penny`() throws {
    let register = try readSection106(try Self.files())
    #expect(
      register.totals.map {
        "\($0.organisation.split(separator: ":")[1]) \($0.contributions) \($0.amount.label)"
      }
        == [
          "AMB 10 3299624.62", "BOL 6 594987.49", "BRX 6 20805075", "ERE 8 993282.55", "IOW 5 1667221",
          "NEA 1 272979.42", "NFK 1 807317.33", "NLN 51 6193114.24", "NTY 32 11268142.84", "SLA 1 288360",
          "SLF 4 643206.40", "SND 75 10303779.46", "TON 9 8356073",
        ])
    #expect(register.totals.reduce(0) { $0 + $1.amount.count } == 6_549_316_335)
    for (status, rows, pence) in [
      (FundingStatus.secured, 42, 616_423_581), (.received, 34, 348_072_521), (.allocated, 34, 301_632_343),
      (.spent, 16, 120_496_660), (.transferred, 0, 0), (.returned, 0, 0),
    ] {
      let sums = register.contributions.compactMap { $0.recorded[status] }
      #expect(sums.count == rows, "\(status)")
      #expect(sums.reduce(0) { $0 + $1.count } == pence, "\(status)")
    }
    #expect(register.contributions.reduce(0) { $0 + $1.transactionsLeftOut } == 22)
    let warnings = Dictionary(grouping: register.warnings.diagnostics, by: \.code).mapValues(\.count)
    // Three of Sunderland's and one of another's are spent without a receipt, one of them beyond what was agreed.
    #expect(
      warnings == [.receivedExceedsContribution: 9, .spentExceedsReceived: 4, .agreementOfAnother: 2])
  }

  @Test func `what is written loads as a data set`() throws {
    let register = try readSection106(try Self.files())
    #expect(try readBack(register.written()).rows.count == 209)
  }

  /// Sunderland alone: its rows of the table above, and everybody else's set aside.
  @Test func `one organisation gives its own part`() throws {
    let register = try readSection106(try Self.files(), organisation: "local-authority-eng:snd")
    #expect(register.contributions.count == 75)
    #expect(register.accounts[0].setAside[.otherOrganisation] == 3344 - 434)
    #expect(register.accounts[2].setAside[.otherOrganisation] == 3408 - 709)
    // Of 115 faulty agreements 7 are Sunderland's, and it asks for none of the others.
    #expect(register.accounts[1].refused.count == 7)
    #expect(register.accounts[1].setAside[.otherOrganisation] == 108)
    for account in register.accounts { #expect(account.closes) }
  }

  /// Sunderland's rows for a model, counted apart: sums of the 75 contributions by status, receipts by the April before their day.
  @Test func `one organisation gives the rows of a model`() throws {
    let register = try readSection106(try Self.files(), organisation: "local-authority-eng:SND")
    let agreements = try ModelAgreements(register)
    let inHand = agreements.rows.filter { $0.priceBase == "cash" }
    let due = agreements.rows.filter { $0.priceBase.isEmpty }
    #expect(inHand.count == 17 && due.count == 43)
    #expect(inHand.reduce(0) { $0 + $1.pounds } == 1_454_722)
    #expect(due.reduce(0) { $0 + $1.pounds } == 7_827_645)
    #expect(
      Dictionary(grouping: inHand) { $0.receivedIn }.mapValues { $0.count }
        == ["2015/16": 1, "2016/17": 1, "2017/18": 6, "2018/19": 6, "2019/20": 3])
    #expect(agreements.reasons.map { $0.contributions } == [12, 3])
    #expect(Set(agreements.rows.map { $0.key }).count == 60)
  }
}
