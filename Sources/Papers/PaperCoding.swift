public import Foundation

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
