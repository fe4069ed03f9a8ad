internal import Diagnostics
public import Foundation
public import PlacePlanning

/// The files of an imported register, as a data set of the project.
public struct Section106Dataset: Sendable {
  /// By name: `data.csv`, `data.schema.yaml`, `README.md` and `refused.csv`.
  public let files: [(name: String, data: Data)]

  /// With `agreements` of the register in the columns of a model's `section_106`, else in its own. `retrieved` is the day on which its
  /// files were fetched.
  public init(
    _ register: Section106Register, agreements: ModelAgreements? = nil, retrieved: CalendarDate
  ) {
    let schema = agreements == nil ? Self.schema(retrieved) : ModelAgreementFiles.schema(retrieved)
    files = [
      ("data.csv", agreements.map(ModelAgreementFiles.table) ?? Self.table(register)),
      ("data.schema.yaml", schema),
      ("README.md", Section106Readme(register, retrieved: retrieved, agreements).text),
      ("refused.csv", CSVText.refusals(register.accounts.map { ($0.file.file, $0.refused) })),
    ].map { ($0, Data($1.utf8)) }
  }

  private static func table(_ register: Section106Register) -> String {
    let statuses = FundingStatus.allCases
    let header =
      [
        "contribution_key", "agreement_key", "organisation", "planning_application", "purpose",
        "purpose_as_written", "amount", "agreed_on",
      ] + statuses.map(\.rawValue) + ["transactions_counted", "transactions_left_out"]
    return register.contributions.reduce(into: CSVText.line(header)) { text, row in
      let names = [row.key, row.agreementKey, row.organisation, row.planningApplication ?? ""]
      text += CSVText.line(
        names.map(withFormulaMark)
          + [
            RegisterWords.education, withFormulaMark(row.purposeAsWritten), row.amount.label,
            row.agreedOn ?? "",
          ]
          + statuses.map { row.recorded[$0]?.label ?? "" }
          + ["\(row.transactionsCounted)", "\(row.transactionsLeftOut)"])
    }
  }

  static let title = "Education contributions of developer agreements"
  /// The key of the register in `sources.yaml`.
  static let source = "developer-agreements"

  /// The schema of a data set of the register; `columns` is YAML, indented to stand below `columns`.
  static func schema(
    _ name: String, _ title: String, _ retrieved: CalendarDate, notes: String, columns: String, key: String
  ) -> String {
    SchemaText(
      dataset: name, title: title, source: source, retrieved: retrieved,
      notes: "Imported from a register in the layout of the planning data platform. \(notes)",
      columns: columns, key: [key]
    ).text
  }

  private static func schema(_ retrieved: CalendarDate) -> String {
    let statuses = FundingStatus.allCases.map { status in
      """
        \(status.rawValue):
          type: decimal
          unit: GBP
          minimum: 0
          optional: yes
          description: Sum of transactions; blank where none is recorded or one cannot be counted
      """
    }
    return schema(
      "section-106-education", title, retrieved,
      notes:
        "Amounts are as agreed, before indexation. README.md says what was left out, and refused.csv lists every refused row.",
      columns: """
          contribution_key: { type: code }
          agreement_key: { type: code }
          organisation: { type: text }
          planning_application: { type: text, optional: yes }
          purpose: { type: word, words: [education] }
          purpose_as_written: { type: text }
          amount: { type: decimal, unit: GBP, minimum: 0.01 }
          agreed_on: { type: date, optional: yes }
        \(statuses.joined(separator: "\n"))
          transactions_counted: { type: count, unit: transactions }
          transactions_left_out: { type: count, unit: transactions }
        """, key: "contribution_key")
  }
}
