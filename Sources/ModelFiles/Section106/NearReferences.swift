/// References of a file by organisation, to find the one that may have been meant.
struct NearReferences {
  private let byOrganisation: [String: [String]]

  /// Letters and digits that one may have and the other not, at its end.
  private static let mostMissing = 2

  init(_ table: RegisterTable) {
    byOrganisation = Dictionary(grouping: table.wholeRows) { table.text($0, .organisation).lowercased() }
      .mapValues { rows in rows.map { table.reference($0) }.filter { !$0.isEmpty } }
  }

  /// The one reference that has the same letters and digits, but for some at the end; nil where there is none, or more than one. A
  /// digit that differs makes another application, and its money would be booked there.
  func near(_ reference: String, of organisation: String) -> String? {
    let wanted = Self.bare(reference)
    let candidates = (byOrganisation[organisation.lowercased()] ?? []).filter { candidate in
      let found = Self.bare(candidate)
      return abs(found.count - wanted.count) <= Self.mostMissing
        && min(found.count, wanted.count) > Self.mostMissing
        && (found.hasPrefix(wanted) || wanted.hasPrefix(found))
    }
    let same = candidates.filter { Self.bare($0) == wanted }
    let near = Set(same.isEmpty ? candidates : same)
    return near.count == 1 ? near.first : nil
  }

  private static func bare(_ reference: String) -> String {
    String(reference.lowercased().filter { $0.isLetter || $0.isNumber })
  }
}
