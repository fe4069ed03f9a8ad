internal import Foundation

/// A file that the program carries with it.
func resourceData(_ name: String, _ type: String) throws -> Data {
  guard let url = Bundle.module.url(forResource: name, withExtension: type) else {
    throw ResourceMissing(description: "the program's own file \(name).\(type) is not there")
  }
  return try Data(contentsOf: url)
}

func resource(_ name: String, _ type: String) throws -> String {
  String(decoding: try resourceData(name, type), as: UTF8.self)
}

struct ResourceMissing: Error, CustomStringConvertible {
  let description: String
}
