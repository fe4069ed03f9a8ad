public import Foundation
internal import PlacePlanning

// How a paper is written down as JSON: `Schemas/paper-1.json` describes it.

extension Paper {
  /// The name and version of the form that `json()` writes.
  public static let format = "places-paper/1"

  /// **Throws** `PaperFormatError` for another form, `DecodingError` for what does not fit it.
  public init(json data: Data) throws {
    let file = try decodedJSON(PaperFile.self, from: data)
    guard file.format == Self.format else {
      throw PaperFormatError(
        description: "it is in the form '\(file.format)', and this version reads \(Self.format)")
    }
    self = file.paper
  }

  /// As JSON with sorted keys: the same paper, the same bytes.
  public func json() throws -> Data { try prettyJSONFile(PaperFile(format: Self.format, paper: self)) }
}

/// A paper in a form that this version does not read.
public struct PaperFormatError: Error, CustomStringConvertible, Sendable {
  public let description: String
}

private struct PaperFile: Codable {
  let format: String
  let paper: Paper
}

extension Block {
  private enum Key: String, CodingKey {
    case type, text, items, definitions, table, figure
  }

  private enum Kind: String, Codable {
    case heading, paragraph, bullets, definitions, table, figure, annex
  }

  /// **Throws** `DecodingError` for a type that no block has, or content that its type does not have.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    switch try values.decode(Kind.self, forKey: .type) {
    case .heading: self = .heading(try values.decode(String.self, forKey: .text))
    case .paragraph: self = .paragraph(try values.decode(String.self, forKey: .text))
    case .bullets: self = .bullets(try values.decode([String].self, forKey: .items))
    case .definitions: self = .definitions(try values.decode([Definition].self, forKey: .definitions))
    case .table: self = .table(try values.decode(Table.self, forKey: .table))
    case .figure: self = .figure(try values.decode(Figure.self, forKey: .figure))
    case .annex: self = .annex(try values.decode(Table.self, forKey: .table))
    }
  }

  /// A block says its type and holds its content under the key of that type.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    func put(_ kind: Kind, _ content: some Encodable, _ key: Key) throws {
      try values.encode(kind, forKey: .type)
      try values.encode(content, forKey: key)
    }
    switch self {
    case .heading(let text): try put(.heading, text, .text)
    case .paragraph(let text): try put(.paragraph, text, .text)
    case .bullets(let items): try put(.bullets, items, .items)
    case .definitions(let definitions): try put(.definitions, definitions, .definitions)
    case .table(let table): try put(.table, table, .table)
    case .figure(let figure): try put(.figure, figure, .figure)
    case .annex(let table): try put(.annex, table, .table)
    }
  }
}

extension Figure {
  private enum Key: String, CodingKey {
    case id, title, alternative, specification, table, charted
  }

  /// A figure that says nothing of a native chart has none.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    self.init(
      id: try values.decode(String.self, forKey: .id),
      title: try values.decode(String.self, forKey: .title),
      alternative: try values.decode(String.self, forKey: .alternative),
      specification: try values.decode(String.self, forKey: .specification),
      table: try values.decode(Table.self, forKey: .table),
      charted: try values.decodeIfPresent([String].self, forKey: .charted) ?? [])
  }

  /// A figure without a native chart says nothing of one.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(id, forKey: .id)
    try values.encode(title, forKey: .title)
    try values.encode(alternative, forKey: .alternative)
    try values.encode(specification, forKey: .specification)
    try values.encode(table, forKey: .table)
    if !charted.isEmpty { try values.encode(charted, forKey: .charted) }
  }
}

extension Footnote {
  private enum Key: String, CodingKey { case sources, numbers, mark, note }

  /// A footnote of a paper that an earlier version wrote has no numbers.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    self.init(
      sources: try values.decode([String].self, forKey: .sources),
      numbers: try values.decodeIfPresent([Int].self, forKey: .numbers) ?? [],
      mark: try values.decodeIfPresent(EvidenceMark.self, forKey: .mark),
      note: try values.decodeIfPresent(String.self, forKey: .note))
  }

  /// A footnote whose sources are not in the list of data sets says nothing of numbers, and that of rows with marks of their own nothing
  /// of one.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(sources, forKey: .sources)
    if !numbers.isEmpty { try values.encode(numbers, forKey: .numbers) }
    try values.encodeIfPresent(mark, forKey: .mark)
    try values.encodeIfPresent(note, forKey: .note)
  }
}

extension Table.Cell {
  private enum Key: String, CodingKey { case stored, shown, shade }

  /// A cell without a shade has none.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    self.init(
      stored: try values.decode(String.self, forKey: .stored),
      shown: try values.decode(String.self, forKey: .shown),
      shade: try values.decodeIfPresent(Table.Shade.self, forKey: .shade) ?? .none)
  }

  /// A cell without a shade says nothing of one.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(stored, forKey: .stored)
    try values.encode(shown, forKey: .shown)
    if shade != .none { try values.encode(shade, forKey: .shade) }
  }
}
