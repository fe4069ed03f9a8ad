internal import Diagnostics
internal import PlacePlanning

/// The page that stands beside an imported register: where it came from and what became of every row.
struct Section106Readme {
  let text: String

  init(_ register: Section106Register, retrieved: CalendarDate, _ agreements: ModelAgreements?) {
    let head = """
      # \(Section106Dataset.title)

      - Source: a register of developer agreements in the layout of the planning data platform; key
        `\(Section106Dataset.source)` in `sources.yaml`
      - Licence: Open Government Licence v3.0, as the platform publishes them; check it for files from elsewhere
      - Retrieved: \(retrieved.label)
      - Mark: given; quality: amber

      Written by `places import section106`; importing again replaces this folder. Amounts are as agreed, in pounds,
      before indexation. Nothing was corrected: a row is kept as it stands, set aside with a reason, or refused.
      `refused.csv` lists each refused row with its place, its fault and its cells.
      """
    var parts = [head]
    if let agreements { parts.append(ModelAgreementFiles.section(agreements)) }
    parts += [Self.files(register), Self.totals(register)]
    parts += register.accounts.map { Self.account($0) }
    let entry = ImportReadme.entry(
      Section106Dataset.source, "Register of developer agreements", "The planning authority", retrieved)
    let isForModel = agreements != nil
    parts += [
      MarkdownTable.warnings(register.warnings(isForModel: isForModel)),
      Self.reading + (isForModel ? Self.modelSheets : Self.sheets), entry,
    ]
    text = parts.joined(separator: "\n\n") + "\n"
  }

  private static func files(_ register: Section106Register) -> String {
    "## Files\n\n"
      + MarkdownTable.text(
        ["File", "SHA-256", "Rows", "Kept", "Set aside", "Refused"],
        register.accounts.map {
          [
            $0.file.file, $0.file.sha256, "\($0.rows)", "\($0.kept)", "\($0.setAside.values.reduce(0, +))",
            "\($0.refused.count)",
          ]
        })
  }

  private static func totals(_ register: Section106Register) -> String {
    "## Kept, by organisation\n\n"
      + MarkdownTable.text(
        ["Organisation", "Contributions", "Pounds"],
        register.totals.map { [$0.organisation, "\($0.contributions)", $0.amount.label] })
  }

  private static func account(_ account: RegisterAccount) -> String {
    let rows =
      [["kept", "\(account.kept)"]]
      + account.setAsideInOrder.map { ["set aside: \($0.reason.label)", "\($0.rows)"] }
      + account.refusedInOrder.map { ["refused: \($0.code.rawValue)", "\($0.rows)"] }
      + [["all rows", "\(account.rows)"]]
    let spellings = account.spellingsInOrder.map {
      [$0.spelling.spelling, $0.spelling.column, $0.spelling.readAs, "\($0.rows)"]
    }
    return "## The \(account.kind.rawValue)\n\n" + MarkdownTable.text(["Rows", "Count"], rows)
      + (spellings.isEmpty
        ? ""
        : "\n\nSpellings read as a word of the register:\n\n"
          + MarkdownTable.text(["Spelling", "Column", "Read as", "Rows"], spellings))
  }

  private static let reading = """
    ## How it was read

    - **Which rows.** Education contributions under section 106: those whose purpose is education, that have not ended (an
      end date that is not after the day of retrieval), whose agreement is an obligation that has not ended, and that have an
      amount. Without a file of agreements nothing is known of the agreements themselves.
    - **Spellings.** Case, spaces and hyphens apart, only known spellings are read; any other is refused (E401).
    - **Amounts.** A blank is not nought; neither is kept. Less than nought is refused (E402): a refund, a correction and a
      slip look alike.
    - **Dates.** A day of the calendar, not before \(RowFaults.firstYear), a start not more than a year after the row was
      entered, an end not before the start; else refused (E403).
    - **References.** A reference that stands twice is refused with all its rows (E404): in the whole file for agreements and
      contributions, to which other rows point; within one organisation for transactions.
    - **Sums of transactions** (`secured` to `returned`) are blank where no transaction of that status is recorded, or where
      one of them was refused or set aside: part of a sum would look whole. `transactions_left_out` counts those.

    """

  private static let sheets = """
    - **Spreadsheets.** Text that begins with `=`, `+`, `-` or `@` has an apostrophe before it in `data.csv` and
      `refused.csv`, so that no spreadsheet calculates it. Keys changed by that are warned of (W404).
    """

  private static let modelSheets = """
    - **Spreadsheets.** Text that begins with `=`, `+`, `-` or `@` has an apostrophe before it in `refused.csv`, so that no
      spreadsheet calculates it. No text of `data.csv` begins so.
    """
}
