public import Foundation

/// As JSON with sorted keys, one to a line, without a line end after the last brace. Names become `snake_case` unless told to stay.
public func prettyJSON(_ value: some Encodable, snakeCase: Bool = true) throws -> Data {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
  if snakeCase { encoder.keyEncodingStrategy = .convertToSnakeCase }
  return try encoder.encode(value)
}

/// The same as a text file, with a line end after its last line.
public func prettyJSONFile(_ value: some Encodable, snakeCase: Bool = true) throws -> Data {
  try prettyJSON(value, snakeCase: snakeCase) + Data("\n".utf8)
}

/// As JSON with sorted keys on one line.
public func plainJSON(_ value: some Encodable) throws -> Data {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  return try encoder.encode(value)
}

/// Reads JSON whose names are in `snake_case`. **Throws** `DecodingError`.
public func decodedJSON<Value: Decodable>(_ type: Value.Type, from data: Data) throws -> Value {
  let decoder = JSONDecoder()
  decoder.keyDecodingStrategy = .convertFromSnakeCase
  return try decoder.decode(type, from: data)
}
