internal import Diagnostics
internal import PlacePlanning

extension ImportKind {
  /// Where files of this kind come from: the key, title and publisher for `sources.yaml`.
  var usualSource: (key: String, title: String, publisher: String) {
    switch self {
    case .census:
      ("dfe-school-census", "Schools, pupils and their characteristics", "Department for Education")
    case .births: ("ons-births", "Live births by authority", "Office for National Statistics")
    case .scap: ("dfe-school-capacity", "School capacity", "Department for Education")
    case .scorecards:
      ("dfe-scorecards", "Local authority school places scorecards", "Department for Education")
    case .gias: ("dfe-gias", "Get information about schools", "Department for Education")
    case .housing: ("housing-trajectory", "Housing trajectory", "The planning authority")
    }
  }
}

/// The page that stands beside an imported data set: where it came from and what became of every row.
struct ImportReadme {
  let text: String

  init(_ table: ImportedTable, _ accounts: [ImportAccount], _ source: String, _ request: ImportRequest) {
    let usual = request.kind.usualSource
    let head = """
      # \(MarkdownTable.escaped(table.title))

      - Source: \(usual.title), \(usual.publisher); key `\(source)` in `sources.yaml`
      - Licence: Open Government Licence v3.0, as the publisher's files usually are; check it for files from elsewhere
      - Retrieved: \(request.retrieved.label)
      - Mark: \(table.mark.rawValue); quality: amber

      Written by `places import \(request.kind.rawValue)`; importing again replaces this folder. Nothing was corrected: a row, or a
      figure where a row holds many, is kept, set aside with a reason, or refused. `refused.csv` lists each refusal with its
      place, its fault and its cells.
      """
    let files =
      "## Files\n\n"
      + MarkdownTable.text(
        ["File", "Layout", "Encoding", "SHA-256", "Rows"],
        accounts.map { [$0.file.file, $0.layout, $0.encoding.rawValue, $0.file.sha256, "\($0.rows)"] })
    let annex = table.annex.map { "## \($0.title)\n\n" + MarkdownTable.text($0.header, $0.rows) }
    let use = table.use.map { "## In a model\n\n" + $0.words }
    let entry = Self.entry(source, usual.title, usual.publisher, request.retrieved)
    let reading =
      "## How it was read\n\n" + (table.reading + [Self.common]).joined(separator: "\n\n")
    text =
      ([head, files] + accounts.map(Self.account)
      + [annex, use, MarkdownTable.warnings(table.warnings), reading, entry]
      .compactMap { $0 }).joined(separator: "\n\n") + "\n"
  }

  /// What `sources.yaml` must say of a data set's source.
  static func entry(
    _ source: String, _ title: String, _ publisher: String, _ retrieved: CalendarDate
  ) -> String {
    """
    ## For sources.yaml

    ```yaml
    \(source):
      title: \(title)
      publisher: \(publisher)
      licence: Open Government Licence v3.0
      retrieved: \(retrieved.label)
    ```
    """
  }

  private static func account(_ account: ImportAccount) -> String {
    let rows =
      [["kept", "\(account.kept)"]]
      + account.setAsideInOrder.map { ["set aside: \($0.reason)", "\($0.count)"] }
      + account.refusedInOrder.map { ["refused: \($0.code.rawValue)", "\($0.count)"] }
      + [["all \(account.unit.rawValue)", "\(account.all)"]]
    let others = account.otherLinesInOrder.map { "\($0.kind): \($0.count)" }
    return
      "## \(MarkdownTable.escaped(account.file.file))\n\nLayout `\(account.layout)`: \(account.layoutTitle).\n\n"
      + MarkdownTable.text([account.unit == .rows ? "Rows" : "Figures", "Count"], rows)
      + (others.isEmpty ? "" : "\n\nLines that are no rows: \(others.joined(separator: ", ")).")
      + account.notes.map { "\n\n**Not whole.** \(MarkdownTable.escaped($0))." }.joined()
  }

  private static let common = """
    Blank is not nought, and neither is a marker such as `c`, `x`, `z`, `low`, `*` or `..`: such figures are set aside. Thousands may
    be parted by commas; a percent or pound sign is read only where the figure is one. Spaces at the ends of cells are dropped. Text
    that begins with `=`, `+`, `-` or `@` has an apostrophe before it in `data.csv` and `refused.csv`, so that no spreadsheet
    calculates it.
    """
}
