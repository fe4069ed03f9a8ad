import Diagnostics
import Foundation
import PlacePlanning
import TestSupport
import Testing

@testable import ModelFiles

@Suite struct Section106DatasetTests {
  private static let rest = SmallRegister.rest

  @Test func `what is written is a data set of the project`() throws {
    let written = try SmallRegister(
      contributions: ["57067.2,Education,A1,C2" + Self.rest, "100,education,A1,C1,,2018-04-01,council:X,"],
      agreements: ["A1,s106,,2018-04-01,council:X,\"18/001, 18/002\",2018-03-15"],
      transactions: ["40.5,received,C2,T1" + Self.rest]
    ).read().written()
    #expect(Set(written.keys) == ["data.csv", "data.schema.yaml", "README.md", "refused.csv"])
    #expect(
      written["data.csv"] == """
        contribution_key,agreement_key,organisation,planning_application,purpose,purpose_as_written,amount,agreed_on,\
        secured,received,allocated,transferred,spent,returned,transactions_counted,transactions_left_out
        C1,A1,council:X,"18/001, 18/002",education,education,100,,,,,,,,0,0
        C2,A1,council:X,"18/001, 18/002",education,Education,57067.20,2018-03-15,,40.50,,,,,1,0

        """)
    let data = try readBack(written)
    #expect(data.rows.count == 2)
    #expect(try data.rows[1].number("amount") == 57067.2)
    #expect(data.rows[0].isBlank("received"))
  }

  @Test(arguments: ["=1+1", "+44", "-X", "@SUM"])
  func `no cell of text is left for a spreadsheet to calculate`(_ key: String) throws {
    let register = try SmallRegister(
      contributions: [
        "100,education,\(key),\(key)\(Self.rest)", "-5,education,A1,\(key)2\(Self.rest)",
      ]
    ).read()
    #expect(Set(register.warnings.diagnostics.map(\.code)) == [.agreementsNotGiven, .textNeutralised])
    let written = try register.written()
    #expect(written["data.csv"]?.contains("\n'\(key),'\(key),council:X") == true)
    for name in ["data.csv", "refused.csv"] {
      for cells in try csvRecords(try #require(written[name])) {
        #expect(!cells.contains { isFormula($0) }, "\(name): \(cells)")
      }
    }
    #expect(try readBack(written).rows.count == 1)
  }

  @Test func `every fault of a refused row is listed with its place and the row's cells`() throws {
    let register = try SmallRegister(
      contributions: [
        "100,education,A1,C1" + Self.rest, "-5,education,A1,C2,,2018-04-01,council:X,2917-01-01",
      ]
    ).read()
    let rows = try csvRecords(try #require(try register.written()["refused.csv"]))
    #expect(rows[0] == ["file", "line", "column", "code", "what", "why", "fix", "cells"])
    #expect(
      rows.dropFirst().map { Array($0[..<4]) } == [
        ["contributions.csv", "3", "42", "E403"], ["contributions.csv", "3", "1", "E402"],
      ])
    #expect(
      rows[1][7]
        == "amount: -5 | contribution-purpose: education | developer-agreement: A1 | "
        + "developer-agreement-contribution: C2 | entry-date: 2018-04-01 | organisation: council:X | "
        + "start-date: 2917-01-01")
  }

  @Test func `the page accounts for every row`() throws {
    let register = try SmallRegister(
      contributions: [
        "100,Education,A1,C1" + Self.rest, "100,highways,A1,C2" + Self.rest,
        "x,education,A1,C3" + Self.rest,
      ]
    ).read()
    let text = try #require(try register.written()["README.md"])
    for line in [
      "| kept | 1 |", "| set aside: not education: highways | 1 |", "| refused: E402 | 1 |",
      "| all rows | 3 |",
      "| Education | contribution-purpose | education | 1 |", "| council:X | 1 | 100 |",
      """
      ```yaml
      developer-agreements:
        title: Register of developer agreements
        publisher: The planning authority
        licence: Open Government Licence v3.0
        retrieved: 2026-11-23
      ```
      """,
    ] { #expect(text.contains(line), "\(line)") }
  }

  /// Two letters are swapped, the kind is left out or misspelt; of POR two letters of three are others than in BOL.
  @Test(arguments: [
    ("local-authority-eng:SDN", true), ("snd", true), ("local-autority-eng:SND", true),
    ("local-authority-eng:POR", false),
  ])
  func `asks for an organisation only where its code is near`(_ wanted: String, _ isNear: Bool) throws {
    let rows = ["BOL", "SND"].map {
      "9,education,A1,C-\($0),,2018-04-01,local-authority-eng:\($0),2018-03-15"
    }
    let list = try faults { _ = try SmallRegister(contributions: rows).read(organisation: wanted) }
    #expect(
      list.diagnostics.last?.fix
        == (isNear ? "did you mean the organisation 'local-authority-eng:SND'? " : "")
        + "The file has local-authority-eng:BOL, local-authority-eng:SND")
  }
}
