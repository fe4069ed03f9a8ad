import Diagnostics
import ModelFiles
import Papers
import PlacePlanning
import Runs

/// The first refusals whole, the others counted.
func sayRefusals(_ refusals: DiagnosticList, into folder: String) {
  let list = refusals.diagnostics
  if list.isEmpty { return }
  let rest = list.count > 3 ? ["… and \(list.count - 3) more: see \(folder)/refused.csv"] : []
  say((list.prefix(3).map(\.description) + rest).joined(separator: "\n\n") + "\n")
}

func importText(_ dataset: ImportedDataset) -> String {
  let accounts = dataset.accounts.map { account in
    "\(account.file.file): layout \(account.layout) (\(account.encoding.rawValue)), "
      + "\(counted(account.rows, "row"))\n"
      + aligned(
        [[account.unit.rawValue, ""], ["kept", grouped(account.kept)]]
          + account.setAsideInOrder.map { ["set aside, \($0.reason)", grouped($0.count)] }
          + account.refusedInOrder.map { ["refused, \($0.code.rawValue)", grouped($0.count)] }
          + [["all \(account.unit.rawValue)", grouped(account.all)]]
          + account.otherLinesInOrder.map { ["no rows: \($0.kind)", grouped($0.count)] })
      + account.notes.map { "\n" + $0 }.joined()
  }
  return
    ([dataset.title] + accounts
    + ["data.csv: \(counted(dataset.rows, "row")) of \(dataset.columns.joined(separator: ", "))"]
    + (dataset.role.map { ["In a model it is read as \($0): README.md says what goes with it"] } ?? []))
    .joined(separator: "\n\n")
}

struct ImportAnswer: Encodable {
  struct File: Encodable {
    let file: String
    let sha256: String
    let encoding: TextEncoding
    let layout: String
    let unit: ImportUnit
    let rows: Int
    let all: Int
    let kept: Int
    let setAside: [String: Int]
    let refused: [String: Int]
    let otherLines: [String: Int]
    let notes: [String]
  }

  let format = "places-import/1"
  let kind: ImportKind
  let title: String
  let folder: String
  let columns: [String]
  let rows: Int
  let role: String?
  let files: [File]

  init(_ dataset: ImportedDataset, folder: String) {
    kind = dataset.kind
    title = dataset.title
    self.folder = folder
    columns = dataset.columns
    rows = dataset.rows
    role = dataset.role
    files = dataset.accounts.map { account in
      File(
        file: account.file.file, sha256: account.file.sha256, encoding: account.encoding,
        layout: account.layout,
        unit: account.unit, rows: account.rows, all: account.all, kept: account.kept,
        setAside: account.setAside,
        refused: Dictionary(uniqueKeysWithValues: account.refusedByCode.map { ($0.key.rawValue, $0.value) }),
        otherLines: account.otherLines, notes: account.notes)
    }
  }
}
