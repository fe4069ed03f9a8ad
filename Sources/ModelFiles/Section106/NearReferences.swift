internal import Diagnostics

/// References of a file by organisation, to find the one that may have been meant.
struct NearReferences {
  private let byOrganisation: [String: [String]]

  /// More slips than this are another reference: those of one council are much alike.
  private static let mostSlips = 2

  init(_ table: RegisterTable) {
    byOrganisation = Dictionary(grouping: table.rows.filter { table.isWhole($0) }) {
      table.text($0, .organisation).lowercased()
    }.mapValues { rows in rows.map { table.text($0, table.kind.reference) }.filter { !$0.isEmpty } }
  }

  /// Nil where none is near, or where both ends of it differ.
  func near(_ reference: String, of organisation: String) -> String? {
    let length = reference.utf8.count
    let end = max(length / 3, 1)
    let head = String(reference.prefix(end)).lowercased()
    let tail = String(reference.suffix(end)).lowercased()
    let candidates = (byOrganisation[organisation.lowercased()] ?? []).filter { candidate in
      guard abs(candidate.utf8.count - length) <= Self.mostSlips else { return false }
      let folded = candidate.lowercased()
      return folded.hasPrefix(head) || folded.hasSuffix(tail)
    }
    return nearMiss(of: reference, among: candidates, within: Self.mostSlips)
  }
}
