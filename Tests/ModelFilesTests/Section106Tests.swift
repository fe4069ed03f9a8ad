import Diagnostics
import Foundation
import PlacePlanning
import TestSupport
import Testing

@testable import ModelFiles

/// A small register in text, as a council may publish it.
struct SmallRegister {
  static let contributionHeader =
    "amount,contribution-purpose,developer-agreement,developer-agreement-contribution,end-date,entry-date,"
    + "organisation,start-date"
  static let agreementHeader =
    "developer-agreement,developer-agreement-type,end-date,entry-date,organisation,planning-application,start-date"
  static let transactionHeader =
    "amount,contribution-funding-status,developer-agreement-contribution,developer-agreement-transaction,end-date,"
    + "entry-date,organisation,start-date"

  /// Behind amount, purpose, agreement and reference.
  static let rest = ",,2018-04-01,council:X,2018-03-15"

  var contributions: [String]
  var agreements: [String]?
  var transactions: [String]?

  func read(organisation: String? = nil, retrieved: CalendarDate? = nil) throws -> Section106Register {
    func table(_ kind: RegisterKind, _ header: String, _ rows: [String]) throws -> RegisterTable {
      let text = ([header] + rows).joined(separator: "\n") + "\n"
      var table = try RegisterTable(kind, source(text, "\(kind.rawValue).csv"))
      table.retrieved = retrieved
      return table
    }
    return try Section106Register(
      contributions: try table(.contributions, Self.contributionHeader, contributions),
      agreements: try agreements.map { try table(.agreements, Self.agreementHeader, $0) },
      transactions: try transactions.map { try table(.transactions, Self.transactionHeader, $0) },
      organisation: organisation)
  }
}

extension Section106Register {
  /// What an import writes, by name.
  func written() throws -> [String: String] {
    Section106Dataset(self, retrieved: try #require(CalendarDate(label: "2026-11-23"))).texts
  }
}

extension Section106Dataset {
  var texts: [String: String] {
    Dictionary(uniqueKeysWithValues: files.map { ($0.name, String(decoding: $0.data, as: UTF8.self)) })
  }
}

/// `E402 3:1` for each fault of each refused row.
private func refusals(_ account: RegisterAccount?) -> [String] {
  (account?.refused ?? []).flatMap { codes(DiagnosticList($0.diagnostics)) }
}

@Suite struct Section106Tests {
  private static let rest = SmallRegister.rest
  private static let good = "450000,education,A1,C1" + rest

  /// One contribution of each kind beside a good one: what becomes of it.
  @Test(arguments: [
    ("120000,education,A1,C2" + rest, "kept"), ("120000,Education ,A1,C2" + rest, "kept"),
    ("57067.2,education,A1,C2" + rest, "kept"), ("0.01,education,A1,C2" + rest, "kept"),
    ("120000,education,A1,C2,,2018-04-01,council:X,", "kept"),
    ("120000,education,A1,C2,,2018-04-01,council:X,2019-04-01", "kept"),
    ("120000,highways,A1,C2" + rest, "not education: highways"),
    ("x,Open_Space and-leisure,A1,C2" + rest, "not education: open-space-and-leisure"),
    ("120000,CIL,A1,C2" + rest, "community infrastructure levy"),
    (",education,A1,C2" + rest, "no amount: blank"), ("0.00,education,A1,C2" + rest, "no amount: nought"),
    ("9,education,A1,C2,2020-01-01,2018-04-01,council:X,2018-03-15", "ended"),
    ("120000,,A1,C2" + rest, "E112 3:8"), ("120000,educatoin,A1,C2" + rest, "E401 3:8"),
    ("120000,0,A1,C2" + rest, "E401 3:8"), ("-5000,education,A1,C2" + rest, "E402 3:1"),
    ("£5000,education,A1,C2" + rest, "E402 3:1"), ("5000.125,education,A1,C2" + rest, "E402 3:1"),
    ("\"5,000\",education,A1,C2" + rest, "E402 3:1"), ("5e3,education,A1,C2" + rest, "E402 3:1"),
    ("1000000001,education,A1,C2" + rest, "E402 3:1"), ("+5000,education,A1,C2" + rest, "E402 3:1"),
    ("9,education,A1,C2,,2018-04-01,council:X,1900-01-01", "E403 3:41"),
    ("9,education,A1,C2,,2018-04-01,council:X,2018-02-30", "E403 3:41"),
    ("9,education,A1,C2,,2018-04-01,council:X,2019-04-02", "E403 3:41"),
    ("9,education,A1,C2,2018-03-14,2018-04-01,council:X,2018-03-15", "E403 3:19"),
    ("9,education,A1,C2,,,council:X,2018-03-15", "E112 3:20"),
    ("9,education,,C2" + rest, "E112 3:13"), ("9,education,A1," + rest, "E112 3:16"),
    ("9,education,A1, C2" + rest, "E115 3:16"), ("9,education,A1,C2", "E102 3:1"), ("", "E102 3:1"),
  ])
  func `a row is kept, set aside or refused`(_ row: String, _ fate: String) throws {
    let register = try SmallRegister(contributions: [Self.good, row]).read()
    let account = register.accounts[0]
    #expect(account.closes)
    #expect(account.rows == 2)
    let fates =
      (account.kept == 2 ? ["kept"] : []) + account.setAside.keys.map(\.label) + refusals(account)
    #expect(fates == [fate])
  }

  /// Contribution, agreement and transaction end on the same day.
  @Test(arguments: [
    ("2020-01-01", "2019-12-31", "kept"), ("2020-01-01", "2020-01-01", "ended"),
    ("2020-01-01", "2026-11-23", "ended"), ("2030-01-01", "2026-11-23", "kept"),
  ])
  func `a row has ended by the day on which the files were fetched, or not yet`(
    _ end: String, _ day: String, _ fate: String
  ) throws {
    let retrieved = try #require(CalendarDate(label: day))
    let ending = "\(end),2018-04-01,council:X"
    let register = try SmallRegister(
      contributions: [
        Self.good, "120000,education,A1,C2,\(ending),2018-03-15", "90000,education,A2,C3" + Self.rest,
      ],
      agreements: [Self.agreement, "A2,section-106,\(ending),,"],
      transactions: ["500,received,C1,T1,\(ending),2018-05-01"]
    ).read(retrieved: retrieved)
    let ended = register.accounts.map { $0.setAside.keys.map(\.label).sorted() }
    #expect(
      ended == (fate == "kept" ? [[], [], []] : [["ended", "its agreement ended"], ["ended"], ["ended"]]))
    #expect(register.contributions.count == (fate == "kept" ? 3 : 1))
  }

  @Test(
    arguments: [
      ("2026-11-23", "2026-11-23", nil), ("2026-11-24", "2026-11-23", "E403 3:20"),
      ("9999-12-31", "2026-11-23", "E403 3:20"), ("9999-12-31", nil, "E403 3:20"), ("2026-11-24", nil, nil),
    ] as [(String, String?, String?)])
  func `no row is entered after its file was fetched, nor centuries ahead`(
    _ entry: String, _ day: String?, _ refusal: String?
  ) throws {
    let register = try SmallRegister(
      contributions: [Self.good, "9,education,A1,C2,,\(entry),council:X,2018-03-15"]
    ).read(retrieved: day.flatMap { CalendarDate(label: $0) })
    #expect(refusals(register.accounts[0]) == [refusal].compactMap(\.self))
  }

  @Test func `a row is told everything that is wrong with it, and counts once`() throws {
    let bad = "-5,education,A9,C2,,2018-04-01,council:X,2917-03-15"
    let register = try SmallRegister(contributions: [Self.good, bad], agreements: [Self.agreement]).read()
    #expect(refusals(register.accounts[0]) == ["E402 3:1", "E405 3:14", "E403 3:42"])
    #expect(register.accounts[0].refused.count == 1)
    #expect(register.accounts[0].refusedByCode == [.dateImpossible: 1])
  }

  private static let agreement = "A1,section-106,,2018-04-01,council:X,18/001,2018-03-15"

  /// The agreement A2 of a second contribution.
  @Test(arguments: [
    ("A2,S106,,2018-04-01,council:X,,2018-03-15", "kept", "kept"),
    ("A2,Unilateral Undertaking,,2018-04-01,council:X,18/002,", "kept", "kept"),
    ("A2,CIL,,2018-04-01,council:X,,", "community infrastructure levy", "community infrastructure levy"),
    ("A2,section-278,,2018-04-01,council:X,,", "section 278 agreement", "section 278 agreement"),
    ("A2,section-106,2020-01-01,2018-04-01,council:X,,", "ended", "its agreement ended"),
    ("A2,,,2018-04-01,council:X,,", "E112 3:4", "E406 3:14"),
    ("A2,Memorandum of understanding,,2018-04-01,council:X,,", "E401 3:4", "E406 3:14"),
    ("A2,section-106,,1900-01-01,council:X,,", "E403 3:17", "E406 3:14"),
    ("A3,section-106,,2018-04-01,council:X,,", "no contribution that was kept names it", "E405 3:14"),
  ])
  func `a contribution is no better than its agreement`(_ row: String, _ fate: String, _ child: String) throws
  {
    let register = try SmallRegister(
      contributions: [Self.good, "99,education,A2,C2" + Self.rest],
      agreements: [Self.agreement, row]
    ).read()
    for (index, wanted) in [(0, child), (1, fate)] {
      let account = register.accounts[index]
      #expect(account.closes)
      let fates =
        (account.kept == 2 ? ["kept"] : []) + account.setAside.keys.map(\.label) + refusals(account)
      #expect(fates == [wanted])
    }
  }

  @Test(arguments: [
    ("26/10/2020", "write 2020-10-26"), ("10/26/2020", "write 2020-10-26"),
    ("26.10.2020", "write 2020-10-26"), ("5/13/2020", "write 2020-05-13"), ("2020/10/26", "write 2020-10-26"),
    ("03/04/2020", "write a date such as 2018-03-15, or leave it blank"),
    ("31/11/2020", "write a date such as 2018-03-15, or leave it blank"),
    ("2018-02-30", "write a date such as 2018-03-15, or leave it blank"),
    ("March", "write a date such as 2018-03-15, or leave it blank"),
  ])
  func `a date in another form is told its own, where that is certain`(_ date: String, _ fix: String) throws {
    let row = "9,education,A1,C2,,2021-01-01,council:X,\(date)"
    let register = try SmallRegister(contributions: [Self.good, row]).read()
    #expect(register.refusals.diagnostics.map(\.code) == [.dateImpossible])
    #expect(register.refusals.diagnostics.first?.fix == fix)
  }

  @Test func `an unknown reference is told the nearest of its organisation`() throws {
    let agreement = Self.agreement.replacing("A1", with: "12/0001/FUL")
    let rows = ["12/0001/FUL", "12/0001/FULL", "99/0001/OUT"].enumerated().map {
      "9,education,\($0.element),C\($0.offset)" + Self.rest
    }
    let register = try SmallRegister(contributions: rows, agreements: [agreement]).read()
    #expect(
      register.refusals.diagnostics.map(\.fix) == [
        "did you mean '12/0001/FUL'? Else add the agreement", "add the agreement, or correct the reference",
      ])
  }

  @Test func `rows of one reference are refused together, each naming the others`() throws {
    let twin = "120000,education,A1,C2" + Self.rest
    let register = try SmallRegister(
      contributions: [twin, Self.good, twin.replacing("120000", with: "130000")],
      transactions: [
        "9,received,C2,T1" + Self.rest, "9,received,C1,T2" + Self.rest, "7,received,C1,T2" + Self.rest,
        // The same reference of another organisation is another transaction.
        "5,received,C1,T3" + Self.rest, "5,received,C9,T3,,2018-04-01,council:Z,2018-03-15",
      ]
    ).read()
    #expect(refusals(register.accounts[0]) == ["E404 2:21", "E404 4:21"])
    #expect(register.refusals.diagnostics[0].what == "reference 'C2' stands 2 times: lines 2, 4")
    #expect(refusals(register.accounts[1]) == ["E406 2:12", "E404 3:15", "E404 4:15", "E405 6:12"])
    #expect(register.contributions.map(\.key) == ["C1"])
    // Two of C1's receipts were left out, so that the third alone would look like all of them.
    #expect(register.contributions[0].recorded.isEmpty)
    #expect(register.contributions[0].transactionsCounted == 1)
    #expect(register.contributions[0].transactionsLeftOut == 2)
  }

  @Test func `transactions are summed by status, and a sum with a part left out is not known`() throws {
    func row(_ amount: String, _ status: String, _ number: Int) -> String {
      "\(amount),\(status),C1,T\(number)" + Self.rest
    }
    let register = try SmallRegister(
      contributions: [Self.good],
      transactions: [
        row("100000", "secured", 1), row("0.1", "Received", 2), row("0.2", "received", 3),
        row("5", "SPENT", 4),
        row("", "spent", 5), row("7", "allocated", 6), row("-7", "allocated", 7), row("0", "transferred", 8),
      ]
    ).read()
    let kept = register.contributions[0]
    #expect(kept.recorded == [.secured: Pence(10_000_000), .received: Pence(30)])
    #expect(kept.transactionsCounted == 5)
    #expect(kept.transactionsLeftOut == 3)
    let account = register.accounts[1]
    #expect(account.kept == 5)
    #expect(account.setAside == [.amountBlank: 1, .amountNought: 1])
    #expect(refusals(account) == ["E402 8:1"])
    #expect(
      account.spellings == [
        ReadSpelling(column: "contribution-funding-status", spelling: "Received", readAs: "received"): 1,
        ReadSpelling(column: "contribution-funding-status", spelling: "SPENT", readAs: "spent"): 1,
      ])
  }

  @Test func `a transaction without a status makes every sum uncertain`() throws {
    let register = try SmallRegister(
      contributions: [Self.good],
      transactions: ["9,received,C1,T1" + Self.rest, "9,,C1,T2" + Self.rest]
    ).read()
    #expect(register.contributions[0].recorded.isEmpty)
  }

  @Test func `a transaction of another organisation's contribution is refused`() throws {
    let register = try SmallRegister(
      contributions: [Self.good], transactions: ["9,received,C1,T1,,2018-04-01,council:Y,2018-03-15"]
    ).read()
    #expect(refusals(register.accounts[1]) == ["E405 2:30"])
    #expect(register.contributions[0].transactionsLeftOut == 1)
  }

  @Test func `warns of sums that cannot all be right`() throws {
    let register = try SmallRegister(
      contributions: ["100,education,A1,C1" + Self.rest, "100,education,A1,C2" + Self.rest],
      transactions: [
        "100.01,received,C1,T1" + Self.rest, "100,received,C2,T2" + Self.rest,
        "100.01,spent,C2,T3" + Self.rest,
      ]
    ).read()
    // Nothing is known of the agreements.
    #expect(codes(register.warnings) == ["W405 -", "W401 2:1", "W401 3:1", "W402 3:1"])
  }

  /// The spending of one contribution of £100, whose receipts are not recorded, are recorded, or cannot be counted.
  @Test(arguments: [
    (["100,spent"], ["W402 2:1"]), (["100.01,spent"], ["W401 2:1", "W402 2:1"]), (["0,spent"], []),
    (["100.01,received", "100.01,spent"], ["W401 2:1"]), (["-5,received", "90,spent"], []),
    (["-5,received", "100.01,spent"], ["W401 2:1"]), (["90,secured"], []),
  ])
  func `warns of spending that no receipt covers`(_ rows: [String], _ wanted: [String]) throws {
    let register = try SmallRegister(
      contributions: ["100,education,A1,C1" + Self.rest], agreements: [Self.agreement],
      transactions: rows.enumerated().map { "\($0.element),C1,T\($0.offset)" + Self.rest }
    ).read()
    #expect(codes(register.warnings) == wanted)
  }

  @Test func `keeps one organisation only, case ignored`() throws {
    let rows = [
      Self.good, "9,education,A1,C2,,2018-04-01,council:Y,2018-03-15", "9,Nonsense,A1,C3,,x,council:Y,",
    ]
    let register = try SmallRegister(contributions: rows).read(organisation: "Council:x")
    #expect(register.contributions.map(\.key) == ["C1"])
    #expect(register.accounts[0].setAside == [.otherOrganisation: 2])
    let list = try faults { _ = try SmallRegister(contributions: rows).read(organisation: "council:Z") }
    #expect(codes(list) == ["E407 -"])
    let others = "The file has council:X, council:Y"
    // Z is no nearer to X than to any other letter.
    #expect(list.diagnostics[0].fix == others)
    let far = try faults { _ = try SmallRegister(contributions: rows).read(organisation: "E10000013") }
    #expect(far.diagnostics[0].fix == others)
  }

  @Test func `faults of other organisations' agreements are counted unless they are asked for`() throws {
    func agreement(_ key: String, _ holder: String) -> String { "\(key),,,2018-04-01,\(holder),," }
    let register = SmallRegister(
      contributions: [Self.good, "9,education,A8,C2" + Self.rest],
      agreements: [
        Self.agreement, agreement("A7", "council:Y"), agreement("A8", "council:Y"),
        agreement("A6", "Council:X"), agreement("A5", ""), "A4,,",
      ]
    )
    let one = try register.read(organisation: "council:x")
    #expect(one.accounts[1].setAside == [.otherOrganisation: 1])
    #expect(refusals(one.accounts[1]) == ["E112 4:4", "E112 5:4", "E112 6:4", "E112 6:17", "E102 7:1"])
    #expect(refusals(one.accounts[0]) == ["E406 3:13"])
    #expect(one.accounts[1].closes)
    // Without the option all are told.
    #expect(try register.read().accounts[1].refused.count == 5)
  }

  @Test func `spellings are counted, and all else about them refused`() throws {
    let rows = ["Education", "education-primary", "EDUCATION", "educational"].enumerated().map {
      "9,\($0.element),A1,D\($0.offset)" + Self.rest
    }
    let account = try SmallRegister(contributions: rows).read().accounts[0]
    #expect(account.kept == 3)
    #expect(refusals(account) == ["E401 5:3"])
    #expect(
      account.spellingsInOrder.map(\.spelling.spelling) == ["EDUCATION", "Education", "education-primary"])
    #expect(account.spellingsInOrder.allSatisfy { $0.spelling.readAs == "education" && $0.rows == 1 })
  }

  @Test func `every word of the register is read as itself`() {
    for word in RegisterWords.purposes { #expect(RegisterWords.purpose(word)?.name == word) }
    for status in FundingStatus.allCases { #expect(RegisterWords.status(status.rawValue) == status) }
    for type in AgreementType.allCases { #expect(RegisterWords.agreementType(type.rawValue) == type) }
    #expect(RegisterWords.purpose("other-education") == nil)
  }

  @Test(arguments: [
    ("amount,", "amout,", ["E103 1:1", "E104 1:1"]),
    ("start-date", "entry-date", ["E103 1:1", "E105 1:115"]),
    ("start-date", "start-date,slug,units", []), ("start-date", "start-date,entity", ["E104 1:126"]),
  ])
  func `columns may stand in any order, but not be unknown, missing or repeated`(
    _ old: String, _ new: String, _ wanted: [String]
  ) throws {
    let header = SmallRegister.contributionHeader.replacing(old, with: new)
    let list = try faults {
      _ = try RegisterTable(.contributions, source(header + "\n" + Self.good + ",,\n"))
    }
    #expect(codes(list) == wanted)
  }

  /// As 'CSV UTF-8' of a spreadsheet begins; the fingerprint is that of the file.
  @Test func `a byte order mark is skipped`() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("places-\(UUID().uuidString).csv")
    defer { try? FileManager.default.removeItem(at: url) }
    let text = SmallRegister.contributionHeader + "\n" + Self.good + "\n"
    let bytes: [UInt8] = [0xEF, 0xBB, 0xBF] + Array(text.utf8)
    try Data(bytes).write(to: url)
    let register = try readSection106(Section106Files(contributions: url))
    #expect(register.contributions.map(\.key) == ["C1"])
    #expect(register.accounts[0].file.sha256 == sha256(bytes))
    // A data set of a model says so.
    let list = try faults { _ = try SourceFile(path: "d", name: "d", bytes: bytes) }
    #expect(codes(list) == ["E004 -"])
  }

  @Test(arguments: [("", "E107 -"), (SmallRegister.contributionHeader + "\n", "E107 -")])
  func `an empty register is refused`(_ text: String, _ wanted: String) throws {
    #expect(codes(try faults { _ = try RegisterTable(.contributions, source(text)) }) == [wanted])
  }

  @Test func `an amount is read to the penny or not at all`() {
    for (text, pence) in [
      ("0", 0), ("7", 700), ("7.5", 750), ("7.05", 705), ("007", 700), ("57067.20", 5_706_720),
    ] {
      #expect(Pence(label: text)?.count == pence)
    }
    for text in [
      "", ".", "7.", ".5", "7.555", "-7", "+7", " 7", "7 ", "1e3", "٧", "7,000", "£7", "9999999999999",
    ] {
      #expect(Pence(label: text) == nil, "\(text)")
    }
    #expect([Pence(700), Pence(705), Pence(750)].map(\.label) == ["7", "7.05", "7.50"])
  }
}
