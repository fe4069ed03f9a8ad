// Which terms a paper explains: those that it uses.

extension Definition {
  /// What a reader meets in a paper: `Capital financing requirement` or `CFR`.
  private var names: [String] {
    term.replacing(" (", with: ", ").replacing(")", with: "").split(separator: ", ").map(String.init)
  }

  /// Whether a text, in small letters, holds one of its names, be it as a part of a longer word.
  func isUsed(in text: String) -> Bool { names.contains { text.contains($0.lowercased()) } }
}

extension Section {
  /// All that is read in it, charts by their alternatives.
  var text: String {
    ([heading] + blocks.flatMap(\.texts)).joined(separator: "\n")
  }
}

extension Block {
  fileprivate var texts: [String] {
    switch self {
    case .heading(let text), .paragraph(let text): [text]
    case .bullets(let items): items
    case .definitions(let terms): terms.flatMap { [$0.term, $0.meaning] }
    case .table(let table), .annex(let table): table.texts
    case .figure(let figure): [figure.title, figure.alternative] + figure.table.texts
    }
  }
}

extension Table {
  /// Its sources are named by their numbers.
  fileprivate var texts: [String] {
    [caption, footnote.standing] + columns.map(\.heading) + rows.flatMap { $0.map(\.shown) }
  }
}
