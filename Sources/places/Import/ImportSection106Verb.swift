import ArgumentParser
import Diagnostics
import Foundation
import ModelFiles
import Papers
import PlacePlanning
import Runs

struct ImportSection106: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "section106",
    abstract: "Education contributions of a register of developer agreements.",
    discussion: """
      Reads the layout of the planning data platform, columns in any order. A row is kept, set aside with a reason, or \
      refused with its place, the reason and the remedy; refused rows do not stop an import.
      """)

  @Option(help: "The file developer-agreement-contribution.csv.")
  var contributions: String

  @Option(help: "The file developer-agreement.csv; without it nothing is known of the agreements.")
  var agreements: String?

  @Option(help: "The file developer-agreement-transaction.csv.")
  var transactions: String?

  @Option(help: "Keep one organisation only, such as local-authority-eng:SND; case does not matter.")
  var organisation: String?

  @Flag(
    help: "Write the columns of a model's section_106; needs agreements, transactions and one organisation.")
  var forModel = false

  @OptionGroup var target: ImportTarget

  func validate() throws {
    if forModel, agreements == nil || transactions == nil {
      throw ValidationError(
        "--for-model needs --agreements and --transactions: ended agreements and spent money would count.")
    }
  }

  func run() throws {
    let into = target.into
    try target.run { day in
      let files = Section106Files(
        contributions: url(contributions), agreements: agreements.map(url),
        transactions: transactions.map(url))
      let run = try Section106Import(
        files, organisation: organisation, retrieved: day, isForModel: forModel)
      try run.write(to: url(into))
      sayRefusals(run.register.refusals, into: into)
      var parts = [section106Text(run.register)]
      if let agreements = run.agreements { parts.append(agreementsText(agreements)) }
      return Answer(
        text: (parts + ["Written: \(into)"]).joined(separator: "\n\n"),
        json: Section106Answer(run.register, run.agreements, folder: into), warnings: run.warnings)
    }
  }
}

private func section106Text(_ register: Section106Register) -> String {
  let accounts = register.accounts.map { account in
    aligned(
      [[account.kind.rawValue, "rows"], ["kept", grouped(account.kept)]]
        + account.setAsideInOrder.map { ["set aside, \($0.reason.label)", grouped($0.rows)] }
        + account.refusedInOrder.map { ["refused, \($0.code.rawValue)", grouped($0.rows)] }
        + [["all rows", grouped(account.rows)]])
  }
  let spellings = register.accounts.flatMap(\.spellingsInOrder).map {
    ["\($0.spelling.spelling) (\($0.spelling.column))", $0.spelling.readAs, grouped($0.rows)]
  }
  let totals = register.totals.map { [$0.organisation, grouped($0.contributions), $0.amount.label] }
  return
    (accounts + (spellings.isEmpty ? [] : [aligned(["Spelling", "read as", "rows"], spellings)])
    + [aligned(["Kept, by organisation", "contributions", "pounds"], totals)])
    .joined(separator: "\n\n")
}

/// What a model takes of the register, and what it still needs.
private func agreementsText(_ agreements: ModelAgreements) -> String {
  let rows =
    [["For a model", "rows"], ["written", grouped(agreements.count)]]
    + agreements.toFill.map { ["to fill in: \($0.cells)", grouped($0.rows)] }
  let left = agreements.reasons.map { [$0.reason, grouped($0.contributions)] }
  return aligned(rows) + "\n\n" + ModelAgreements.blanks
    + (left.isEmpty ? "" : "\n\n" + aligned(["Left out", "contributions"], left))
}

private struct Section106Answer: Encodable {
  struct File: Encodable {
    let kind: RegisterKind
    let file: String
    let sha256: String
    let rows: Int
    let kept: Int
    let setAside: [String: Int]
    let refused: [String: Int]
    let spellings: [Spelling]
  }

  struct Spelling: Encodable {
    let column: String
    let spelling: String
    let readAs: String
    let rows: Int
  }

  struct Model: Encodable {
    let rows: Int
    let toFill: [String: Int]
    let leftOut: [String: Int]
  }

  struct Total: Encodable {
    let organisation: String
    let contributions: Int
    let pounds: Decimal
  }

  let format = "places-import-section106/1"
  let kind = "section106"
  let folder: String
  let files: [File]
  let kept: [Total]
  let forModel: Model?

  init(_ register: Section106Register, _ agreements: ModelAgreements?, folder: String) {
    self.folder = folder
    forModel = agreements.map { agreements in
      Model(
        rows: agreements.count,
        toFill: Dictionary(uniqueKeysWithValues: agreements.toFill.map { ($0.cells, $0.rows) }),
        leftOut: Dictionary(uniqueKeysWithValues: agreements.reasons.map { ($0.reason, $0.contributions) }))
    }
    files = register.accounts.map { account in
      File(
        kind: account.kind, file: account.file.file, sha256: account.file.sha256, rows: account.rows,
        kept: account.kept,
        setAside: Dictionary(uniqueKeysWithValues: account.setAside.map { ($0.key.label, $0.value) }),
        refused: Dictionary(uniqueKeysWithValues: account.refusedByCode.map { ($0.key.rawValue, $0.value) }),
        spellings: account.spellingsInOrder.map {
          Spelling(
            column: $0.spelling.column, spelling: $0.spelling.spelling, readAs: $0.spelling.readAs,
            rows: $0.rows)
        })
    }
    kept = register.totals.map {
      Total(
        organisation: $0.organisation, contributions: $0.contributions, pounds: Decimal($0.amount.count) / 100
      )
    }
  }
}
