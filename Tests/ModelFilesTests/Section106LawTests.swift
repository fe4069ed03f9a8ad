import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import ModelFiles

/// Truths that hold for any register, however spoilt.
@Suite struct Section106LawTests {
  /// A register of three files, each a heading and rows of cells.
  private struct Register {
    var headings: [RegisterKind: [String]]
    var rows: [RegisterKind: [[String]]]

    func text(_ kind: RegisterKind) -> String {
      (([headings[kind] ?? []]) + (rows[kind] ?? [])).map(CSVText.line).joined()
    }

    /// The lines of a file as the reader counts them, which a cell with a line end does not double.
    func count(_ kind: RegisterKind) -> Int { rows[kind]?.count ?? 0 }

    func read() throws -> Section106Register {
      try Section106Register(
        contributions: try RegisterTable(.contributions, source(text(.contributions), "c.csv")),
        agreements: try RegisterTable(.agreements, source(text(.agreements), "a.csv")),
        transactions: try RegisterTable(.transactions, source(text(.transactions), "t.csv")),
        organisation: nil)
    }
  }

  private static let awkward = [
    "", " ", "0", "-1", "1.005", "1e9", "£5", "=1+1", "@x", "education", "Education ", "educatoin",
    "highways", "CIL",
    "section-106", "Section 278", "received", "SPENT", "1900-01-01", "2018-02-30", "2917-10-24", "2017-05-01",
    "C1", "C2",
    "A1", "A2", "T1", "council:X", "council:Y", "a,b", "a\"b", "two\nlines", "naïve", "99999999999999999999",
  ]

  /// A sound register of twelve agreements, each with two contributions and three transactions.
  private static func sound() -> Register {
    var rows: [RegisterKind: [[String]]] = [:]
    let purposes = ["education", "highways", "Education"]
    for agreement in 1...12 {
      rows[.agreements, default: []].append(
        ["A\(agreement)", "section-106", "", "2018-04-01", "council:X", "18/\(agreement)", "2018-03-15"])
      for part in 1...2 {
        let key = "C\(agreement * 2 + part)"
        rows[.contributions, default: []].append(
          [
            "\(agreement * 1000)", purposes[(agreement + part) % 3], "A\(agreement)", key, "", "2018-04-01",
            "council:X",
            "2018-03-15",
          ])
        for status in ["secured", "received", "spent"] {
          rows[.transactions, default: []].append(
            [
              status == "secured" ? "\(agreement * 1000)" : "\(agreement * 10).5", status, key,
              "\(key)-\(status)", "", "2018-04-01", "council:X",
              "2018-03-15",
            ])
        }
      }
    }
    func headings(_ text: String) -> [String] { text.split(separator: ",").map(String.init) }
    return Register(
      headings: [
        .contributions: headings(SmallRegister.contributionHeader),
        .agreements: headings(SmallRegister.agreementHeader),
        .transactions: headings(SmallRegister.transactionHeader),
      ], rows: rows)
  }

  private static func spoil(_ register: inout Register, _ random: inout SeededGenerator) {
    for _ in 0..<Int.random(in: 1...25, using: &random) {
      let kind = RegisterKind.allCases[Int.random(in: 0...2, using: &random)]
      guard var rows = register.rows[kind], !rows.isEmpty else { continue }
      let row = Int.random(in: rows.indices, using: &random)
      switch Int.random(in: 0...7, using: &random) {
      case 0: rows.append(rows[row])
      case 1 where rows.count > 2: rows.remove(at: row)
      case 2: rows[row].append("more")
      case 3: if rows[row].count > 1 { rows[row].removeLast() }
      case 4: rows[row] = [""]
      default:
        let cell = Int.random(in: rows[row].indices, using: &random)
        rows[row][cell] = awkward[Int.random(in: awkward.indices, using: &random)]
      }
      register.rows[kind] = rows
    }
  }

  @Test(arguments: 0..<150 as Range<UInt64>)
  func `every row is kept, set aside or refused, and none twice`(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var register = Self.sound()
    Self.spoil(&register, &random)
    let read = try register.read()
    for account in read.accounts {
      #expect(account.closes)
      #expect(account.rows == register.count(account.kind))
      #expect(account.refused.allSatisfy { !$0.diagnostics.isEmpty && !$0.cells.hasPrefix("=") })
      #expect(account.refused.allSatisfy { $0.diagnostics.allSatisfy { $0.severity == .error } })
    }
    #expect(read.accounts[0].kept == read.contributions.count)
    #expect(read.accounts[2].kept == read.contributions.reduce(0) { $0 + $1.transactionsCounted })
    #expect(Set(read.contributions.map(\.key)).count == read.contributions.count)
    // What is kept is a sound data set, whatever it was read from.
    let files = try read.written()
    #expect(try readBack(files).rows.count == read.contributions.count)
    let refused = try csvRecords(try #require(files["refused.csv"]))
    #expect(refused.count == read.refusals.diagnostics.count + 1)
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func `the order of rows and columns changes nothing`(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var register = Self.sound()
    Self.spoil(&register, &random)
    let before = try register.read()
    // Only rows with a cell for each heading can be put in another order of columns.
    for kind in RegisterKind.allCases {
      let width = register.headings[kind]?.count ?? 0
      register.rows[kind] = register.rows[kind]?.shuffled(using: &random)
      guard register.rows[kind]?.allSatisfy({ $0.count == width }) == true else { continue }
      let order = (0..<width).shuffled(using: &random)
      register.headings[kind] = order.compactMap { register.headings[kind]?[$0] }
      register.rows[kind] = register.rows[kind]?.map { row in order.map { row[$0] } }
    }
    let after = try register.read()
    #expect(try after.written()["data.csv"] == before.written()["data.csv"])
    for (one, other) in zip(before.accounts, after.accounts) {
      #expect(one.kept == other.kept && one.setAside == other.setAside)
      #expect(one.refusedByCode == other.refusedByCode && one.spellings == other.spellings)
    }
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func `rows of a model hold no more than their contributions`(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var register = Self.sound()
    Self.spoil(&register, &random)
    let read = try register.read()
    // A model takes the money of one council.
    guard Set(read.contributions.map { $0.organisation.lowercased() }).count == 1 else {
      #expect(throws: DiagnosticList.self) { try ModelAgreements(read) }
      return
    }
    let agreements = try ModelAgreements(read)
    let most = read.contributions.reduce(0) { $0 + max($1.amount.count, $1.recorded[.received]?.count ?? 0) }
    let held = agreements.rows.reduce(0) { $0 + $1.pounds * 100 } + agreements.penceLeftOff
    #expect(held <= most)
    let keys = agreements.rows.map { $0.key }
    #expect(Set(keys.map { $0.lowercased() }).count == keys.count)
    #expect(keys.allSatisfy { PlainCode.trouble(with: $0) == nil })
    #expect(agreements.rows.allSatisfy { $0.pounds > 0 && $0.note.last != " " })
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func `a refused row taken out changes nothing that was kept for certain`(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var register = Self.sound()
    Self.spoil(&register, &random)
    let before = try register.read()
    let lines = Set(before.accounts[1].refused.map(\.line))
    // Agreements whose text goes over lines would move the count of lines.
    guard register.rows[.agreements]?.allSatisfy({ $0.allSatisfy { !$0.contains("\n") } }) == true else {
      return
    }
    register.rows[.agreements] = register.rows[.agreements]?.enumerated()
      .filter { !lines.contains($0.offset + 2) }.map(\.element)
    let after = try register.read()
    #expect(after.contributions.map(\.key) == before.contributions.map(\.key))
    #expect(after.totals.map(\.amount) == before.totals.map(\.amount))
  }
}
