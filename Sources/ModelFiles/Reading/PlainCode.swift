/// The codes and keys of a model: of areas, schools, sites, schemes, pots, agreements and the like.
enum PlainCode {
  /// The most characters: two such codes and a few words still make a name that a solver and a disk take.
  static let longest = 100

  static let why = "it becomes part of the names of files, and of names in the text that the solver reads"
  static let fix =
    "write letters from a to z, digits, '-', '_' and '.' alone, not '.' first, \(longest) of them at the most"

  /// Why a text cannot be a code, to follow the name of its column in a sentence: `is '../x'`. Nil where it can.
  static func trouble(with code: String) -> String? {
    let count = code.unicodeScalars.count
    if count > longest { return "is \(count) characters long" }
    return code.utf8.first == UInt8(ascii: ".") || !code.utf8.allSatisfy(isPart) ? "is '\(code)'" : nil
  }

  private static func isPart(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "-_.".utf8.contains(byte)
    }
  }
}
