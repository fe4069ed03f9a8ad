import Diagnostics
import Foundation
import PlacePlanning
import TestSupport
import Testing

@testable import ModelFiles

/// From a register to the rows of a model's `section_106`, every amount worked by hand.
@Suite struct ModelAgreementsTests {
  private static let agreement = "A/1,section-106,,2018-04-01,council:X,18/001,2018-03-15"

  private static func contribution(_ amount: String, _ key: String) -> String {
    "\(amount),education,A/1,\(key),,2018-04-01,council:X,2018-03-15"
  }

  private static func paid(
    _ amount: String, _ status: String, _ key: String, _ number: Int, _ day: String
  ) -> String {
    "\(amount),\(status),\(key),T\(number),,2020-12-01,council:X,\(day)"
  }

  private func register(_ contributions: [String], _ transactions: [String]) throws -> Section106Register {
    try SmallRegister(
      contributions: contributions, agreements: [Self.agreement], transactions: transactions
    ).read()
  }

  private func files(_ register: Section106Register) throws -> [String: String] {
    let day = try #require(CalendarDate(label: "2026-11-23"))
    return Section106Dataset(register, agreements: try ModelAgreements(register), retrieved: day).texts
  }

  /// Key, amount, price base and year of each row.
  private func rows(_ register: Section106Register) throws -> [String] {
    try ModelAgreements(register).rows.map { "\($0.key) \($0.pounds) \($0.priceBase) \($0.receivedIn)" }
  }

  /// £1,000.75 agreed, 400.50 + 100.00 received in 2019/20, whose last day is 31 March, and 100.25 spent: 400.25 in hand, 500.25 to come.
  @Test func `a contribution is what is in hand and what is to come`() throws {
    let register = try register(
      [Self.contribution("1000.75", "C/1")],
      [
        Self.paid("400.50", "received", "C/1", 1, "2019-04-01"),
        Self.paid("100", "received", "C/1", 2, "2020-03-31"),
        Self.paid("100.25", "spent", "C/1", 3, "2020-05-01"),
      ])
    let note =
      "Contribution C/1 of council:X, purpose 'education': £1000.75 agreed, £500.50 received, £100.25 spent; this row is what "
    #expect(
      try files(register)["data.csv"] == """
        agreement_key,agreement,deed_key,site_key,trigger_homes,amount,price_base,received_in,agreed_on,spend_within_years,\
        spend_by,pays_for,phase,planning_area_code,scheme_key,mark,note
        C-1-received-2019-20,"Agreement A/1, application 18/001: C/1, received 2019/20",A-1,,,400,cash,2019/20,2018-03-15,,,,,,,\
        given,"\(note)has come in and is not recorded as gone"
        C-1-due,"Agreement A/1, application 18/001: C/1, to come",A-1,,,500,,,2018-03-15,,,,,,,\
        given,"\(note)is not recorded as received"

        """)
    #expect(try ModelAgreements(register).penceLeftOff == 50)
  }

  @Test func `a part of less than a pound has no row, and its pence are counted`() throws {
    let register = try register(
      [Self.contribution("10000.50", "C/1")], [Self.paid("10000", "received", "C/1", 1, "2019-04-01")])
    #expect(try rows(register) == ["C-1-received-2019-20 10000 cash 2019/20"])
    #expect(try ModelAgreements(register).penceLeftOff == 50 && ModelAgreements(register).leftOut.isEmpty)
  }

  /// The register may have another day beside each contribution; a deed is made on one (E226).
  @Test func `rows of one deed share its day`() throws {
    let own = "9,education,A/1,C/2,,2018-04-01,council:X,2017-11-30"
    let register = try register(
      [Self.contribution("9", "C/1"), own], [Self.paid("3", "received", "C/1", 1, "2019-04-01")])
    #expect(Set(try ModelAgreements(register).rows.map(\.agreedOn)) == ["2018-03-15"])
    #expect(register.contributions.map(\.agreedOn) == ["2018-03-15", "2017-11-30"])
  }

  /// A register's own columns would have an apostrophe before each; a model's have codes, and sentences that begin with a letter.
  @Test func `nothing is said to be neutralised that is not`() throws {
    let register = try SmallRegister(
      contributions: ["900,education,-A,@C,,2018-04-01,council:X,2018-03-15"],
      agreements: ["-A,section-106,,2018-04-01,council:X,=18/001,2018-03-15"],
      transactions: [Self.paid("300", "received", "@C", 1, "2019-03-31")]
    ).read()
    // `900,education,` is 14 letters long; the application is that of the agreement.
    #expect(codes(register.warnings) == ["W404 2:15", "W404 2:15", "W404 2:18"])
    #expect(register.warnings(isForModel: true).diagnostics.isEmpty)
    #expect(register.warnings(isForModel: false).diagnostics.count == 3)
    let files = try files(register)
    #expect(
      files["data.csv"]?.contains("\nC-received-2018-19,\"Agreement -A, application =18/001: @C") == true)
    #expect(files["data.csv"]?.contains("'@C") == false && files["data.csv"]?.contains(",=") == false)
    #expect(files["README.md"]?.contains("W404") == false)
  }

  @Test func `receipts have a row a year, and none of several that are partly spent has a year`() throws {
    func receipts(_ key: String, _ number: Int) -> [String] {
      [
        Self.paid("300", "received", key, number, "2019-03-31"),
        Self.paid("200", "received", key, number + 1, "2019-04-01"),
      ]
    }
    let register = try register(
      ["C1", "C2", "C3", "C4"].map { Self.contribution("900", $0) },
      receipts("C1", 1) + receipts("C2", 3) + [
        Self.paid("30", "spent", "C2", 5, "2020-01-01"), Self.paid("20", "returned", "C2", 6, "2020-01-01"),
        Self.paid("1000", "received", "C3", 7, "2019-04-01"), Self.paid("70", "received", "C4", 8, ""),
      ])
    #expect(
      try rows(register) == [
        "C1-received-2018-19 300 cash 2018/19", "C1-received-2019-20 200 cash 2019/20", "C1-due 400  ",
        // 500 received, 50 gone.
        "C2-received 450 cash ", "C2-due 400  ",
        // More than was agreed, so that nothing is to come.
        "C3-received-2019-20 1000 cash 2019/20", "C4-received 70 cash ", "C4-due 830  ",
      ])
  }

  @Test func `what has no row is named with its reason`() throws {
    let register = try register(
      (1...8).map { Self.contribution($0 == 4 ? "0.99" : "100", "C\($0)") },
      [
        Self.paid("20", "secured", "C5", 5, "2019-04-01"), Self.paid("500", "secured", "C6", 6, "2019-04-01"),
        Self.paid("19", "secured", "C7", 7, "2019-04-01"), Self.paid("506", "secured", "C8", 8, "2019-04-01"),
        Self.paid("100", "received", "C1", 1, "2019-04-01"), Self.paid("100", "spent", "C1", 2, "2019-05-01"),
        Self.paid("5", "spent", "C2", 3, "2019-05-01"), Self.paid("-5", "spent", "C3", 4, "2019-05-01"),
      ])
    let agreements = try ModelAgreements(register)
    #expect(agreements.rows.map(\.key) == ["C5-due", "C6-due"])
    #expect(agreements.leftOut.map(\.key) == ["C1", "C2", "C3", "C4", "C7", "C8"])
    #expect(
      agreements.leftOut.map(\.reason) == [
        "all of it has been received, and has been spent or is gone",
        "more has been spent, transferred or returned than received",
        "what has been received or spent is not known: a transaction was refused or set aside",
        "less than a pound is left",
        "its amount is far from what its transactions have as secured: one of them is a slip",
        "its amount is far from what its transactions have as secured: one of them is a slip",
      ])
    #expect(agreements.toFill.map { "\($0.rows) \($0.cells)" }.count == 3)
    let page = try #require(try files(register)["README.md"])
    #expect(page.contains("| C4 | less than a pound is left |") && page.contains("| price_base | 2 |"))
  }

  /// The schema is the role's; a model refuses the rows until what the register does not tell is filled in.
  @Test func `a model takes the rows once they are filled in`() throws {
    let register = try register(
      [Self.contribution("900", "C1")], [Self.paid("300", "received", "C1", 1, "2019-03-31")])
    let files = try files(register)
    var list = DiagnosticList()
    let document = try YAMLValue(source(try #require(files["data.schema.yaml"]), "schema"))
    let schema = try #require(DatasetSchema(document, sources: nil, &list))
    DatasetRole.section106.check(schema, &list)
    #expect(list.diagnostics.isEmpty, "\(list)")
    let text = try #require(files["data.csv"])
    _ = Dataset(try source(text), schema: schema, codesAreNames: true, &list)
    // Row by row: pays_for of what is in hand; price base and pays_for of what is to come.
    #expect(list.diagnostics.map(\.code) == [.blankCell, .blankCell, .blankCell])
    #expect(schema.columns.map(\.name) == DatasetRole.section106.layout.map(\.name))
    let filled = text.replacing("2018-03-15,,,,,,,given", with: "2018-03-15,,,expansion,,,,given")
      .replacing("600,,,", with: "600,2018-Q1,,")
    var after = DiagnosticList()
    let data = Dataset(try source(filled), schema: schema, codesAreNames: true, &after)
    #expect(after.diagnostics.isEmpty, "\(after)")
    #expect(data.rows.count == 2)
  }

  @Test func `what a register cannot answer for a model is refused`() throws {
    let other = "5,education,A/1,C2,,2018-04-01,council:Y,2018-03-15"
    let good = Self.contribution("100", "C1")
    let noTransactions = try SmallRegister(contributions: [good], agreements: [Self.agreement]).read()
    let noAgreements = try SmallRegister(
      contributions: [good], transactions: [Self.paid("5", "received", "C1", 1, "2019-05-01")]
    ).read()
    let one = [Self.paid("5", "received", "C1", 1, "2019-05-01")]
    let spent = one + [Self.paid("5", "spent", "C1", 2, "2019-05-01")]
    let twoCouncils = try register([good, other], one)
    let nothingLeft = try register([Self.contribution("5", "C1")], spent)
    for incomplete in [noTransactions, noAgreements, twoCouncils] {
      #expect(codes(try faults { _ = try ModelAgreements(incomplete) }) == ["E414 -"])
    }
    #expect(codes(try faults { _ = try ModelAgreements(nothingLeft) }) == ["E407 -"])
  }
}

@Suite struct ReferenceCodeTests {
  @Test(arguments: [
    ("06/02209/FUL-S2.2.1.1", "06-02209-FUL-S2.2.1.1"), ("B/12/0171 & B/16", "B-12-0171-B-16"),
    ("..x_1", "x_1"), ("-x-", "x"), ("=1+1", "1-1"), ("naïve", "na-ve"),
  ])
  func `other letters become a hyphen`(_ reference: String, _ code: String) {
    #expect(ReferenceCodes([reference]).code(reference) == code)
  }

  @Test func `references that would be one code are told apart, in any order`() throws {
    let references = ["A/1", "A 1", "a-1", "B", "//", "é", String(repeating: "x", count: 200)]
    let codes = ReferenceCodes(references)
    let all = references.compactMap { codes.code($0) }
    #expect(Set(all.map { $0.lowercased() }).count == references.count)
    #expect(all.allSatisfy { PlainCode.trouble(with: $0 + "-received-2019-20") == nil })
    // The first eight digits of what `printf A/1 | sha256sum` gives.
    #expect(codes.code("A/1") == "A-1-a5b3d27a")
    #expect(codes.code("B") == "B")
    let again = ReferenceCodes(references.reversed())
    #expect(references.allSatisfy { again.code($0) == codes.code($0) })
  }
}
