internal import Diagnostics
internal import PlacePlanning

/// The data set of a model's `section_106`: its table and schema.
enum ModelAgreementFiles {
  static func table(_ agreements: ModelAgreements) -> String {
    let header = DatasetRole.section106.layout.map(\.name)
    return agreements.rows.reduce(into: CSVText.line(header)) { text, row in
      let cells = [
        "agreement_key": row.key, "agreement": row.name, "deed_key": row.deed,
        "amount": "\(row.pounds)", "price_base": row.priceBase, "received_in": row.receivedIn,
        "agreed_on": row.agreedOn, "mark": EvidenceMark.given.rawValue, "note": row.note,
      ]
      text += CSVText.line(header.map { cells[$0] ?? "" })
    }
  }

  static func schema(_ retrieved: CalendarDate) -> String {
    Section106Dataset.schema(
      "section-106-agreements", "\(Section106Dataset.title), in hand and to come", retrieved,
      notes:
        "README.md says what must be filled in before a model takes it, what was left out, and what a blank means.",
      columns: """
          agreement_key: { type: code }
          agreement: { type: text }
          deed_key: { type: code, optional: yes }
          site_key: { type: code, optional: yes }
          trigger_homes: { type: count, unit: dwellings, minimum: 1, optional: yes }
          amount: { type: pounds, unit: GBP, minimum: 0 }
          price_base: { type: text }
          received_in: { type: academic_year, optional: yes }
          agreed_on: { type: date }
          spend_within_years: { type: count, unit: years, minimum: 1, maximum: 50, optional: yes }
          spend_by: { type: academic_year, optional: yes }
          pays_for: { type: text }
          phase: { type: word, words: [primary, secondary], optional: yes }
          planning_area_code: { type: code, optional: yes }
          scheme_key: { type: code, optional: yes }
          mark: { type: word, words: [given, derived, assumed] }
          note: { type: text }
        """, key: "agreement_key")
  }

  /// For README.md: what is to be done with the rows.
  static func section(_ agreements: ModelAgreements) -> String {
    let left = agreements.leftOut.map { [$0.key, $0.reason] }
    let table = MarkdownTable.text(["Contribution", "Why"], left)
    let without = left.isEmpty ? "none." : "\(left.count).\n\n\(table)"
    let toFill = MarkdownTable.text(["Cells", "Rows"], agreements.toFill.map { [$0.cells, "\($0.rows)"] })
    return """
      ## For a model

      \(agreements.count) rows in the columns of the role `section_106`: of each contribution what has come in and is not recorded as
      spent, transferred or returned, by the financial year in which it came, and what is not recorded as received. Money whose year
      the register does not give, or that is left of receipts of several years, has no `received_in`. Amounts are whole pounds, rounded
      down (\(agreements.penceLeftOff) pence left off); those to come are as agreed, before indexation. Keys are the register's
      references as codes, which have letters from a to z, digits, `-`, `_` and `.` alone; `agreement` and `note` have them as the
      register does. Rows of one agreement share its `deed_key`. `places validate` refuses the rows until these are filled in:

      \(toFill)

      \(ModelAgreements.blanks) Fill in a copy of this folder: importing again replaces it.

      Contributions without a row: \(without)
      """
  }
}
