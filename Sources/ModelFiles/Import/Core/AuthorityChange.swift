internal import Diagnostics

/// Authorities that were made out of others, so that one code's figures begin or end.
struct AuthorityChange {
  let before: [String]
  let after: [String]
  /// What became of which, and the day on which the new councils took over.
  let what: String

  static let all = [
    AuthorityChange(
      before: ["835", "836", "837"], after: ["838", "839"],
      what: "Dorset, Poole and Bournemouth became Dorset (838) and Bournemouth, Christchurch and Poole (839) "
        + "on 1 April 2019"),
    AuthorityChange(
      before: ["928"], after: ["940", "941"],
      what: "Northamptonshire became North (940) and West Northamptonshire (941) on 1 April 2021"),
    AuthorityChange(
      before: ["909"], after: ["942", "943"],
      what: "Cumbria became Cumberland (942) and Westmorland and Furness (943) on 1 April 2023"),
  ]

  var codes: [String] { before + after }

  /// Warns where some of `areas` are of codes that were changed (W411).
  static func warn(
    _ areas: Set<String>, why: String, fix: String, _ readers: [ImportReader], _ list: inout DiagnosticList
  ) {
    for change in all {
      let codes = areas.intersection(change.codes).sorted()
      guard !codes.isEmpty else { continue }
      list.add(
        .authorityCodesChanged, at: readers.firstFile,
        what: "\(change.what); there are rows of \(codes.joined(separator: ", "))", why: why, fix: fix)
    }
  }

  /// What to do about an area without a row whose code was changed; nil where it was not changed.
  static func remedy(_ authority: String, found: Set<String>) -> String? {
    guard let change = all.first(where: { $0.codes.contains(authority) }) else { return nil }
    let others = found.intersection(change.codes).sorted()
    return "\(change.what); "
      + (others.isEmpty
        ? "the file has none of \(change.codes.sorted().joined(separator: ", ")): give one that has, or one by district"
        : "the file has \(others.joined(separator: ", ")): import those, and part or join them yourself")
  }
}
