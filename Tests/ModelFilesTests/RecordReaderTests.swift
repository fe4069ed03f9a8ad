import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import ModelFiles

private func importFile(_ bytes: some Sequence<UInt8>) throws -> ImportFile {
  try ImportFile(path: "data.csv", name: "data.csv", bytes: Array(bytes))
}

/// Every record of a file as text, with its line.
private func records(_ file: ImportFile) throws -> [(line: Int, cells: [String])] {
  let reader = try RecordReader(file)
  var records: [(line: Int, cells: [String])] = []
  while try reader.next() { records.append((reader.line, (0..<reader.count).map { reader.text($0) })) }
  return records
}

@Suite struct RecordReaderTests {
  @Test func `cells, quotation marks, line ends and the last line`() throws {
    let found = try records(try importFile("a,b\r\n\"x, \"\"y\"\"\",\"two\nlines\"\n , z \n,".utf8))
    #expect(found.map(\.cells) == [["a", "b"], ["x, \"y\"", "two\nlines"], ["", "z"], ["", ""]])
    #expect(found.map(\.line) == [1, 2, 4, 5])
  }

  /// `à` ends with the byte that a space which does not break ends with.
  @Test func `spaces that do not break are no part of a cell`() throws {
    let text = "\u{A0} Mill\u{A0}Lane \u{A0},\u{A0},à,\"\u{A0}\"\"x\"\"\u{A0}\"\n"
    let file = try importFile(text.utf8)
    #expect(try records(file).map(\.cells) == [["Mill\u{A0}Lane", "", "à", "\"x\""]])
    let windows = try importFile([0xA0, 0x20, 0xE9, 0xA0, 0x2C, 0xC2, 0xA0, 0x0A] as [UInt8])
    #expect(try records(windows).map(\.cells) == [["é", "Â"]])
  }

  @Test(arguments: [
    ("a\"b,c\n", "E101 1:2"), ("\"a\"b\n", "E101 1:4"), ("a,b\n\"c", "E101 2:1"), ("a\rb\n", "E101 1:2"),
    ("a\u{1}b\n", "E101 1:2"), ("x\n\"a\u{2}\"\n", "E101 2:3"), ("a\tb", "E101 1:2"),
  ])
  func `what is not CSV is refused with its place`(_ text: String, _ code: String) throws {
    #expect(codes(try faults { _ = try records(try importFile(text.utf8)) }) == [code])
  }

  private func randomText(_ seed: UInt64) -> String {
    var random = SeededGenerator(seed: seed)
    let alphabet = ["a", "b", ",", ",", "\"", "\"\"", "\n", "\r\n", "é", "x y", "1", "\r"]
    return (0..<Int.random(in: 1...40, using: &random)).map { _ in
      alphabet[Int.random(in: alphabet.indices, using: &random)]
    }.joined()
  }

  /// Wherever a block ends, a record or a fault within it is that of the whole file.
  @Test(arguments: 0..<200 as Range<UInt64>)
  func `a record that is cut waits for more`(_ seed: UInt64) {
    let bytes = Array(randomText(seed).utf8)
    func parsed(_ count: Int, isAtEnd: Bool) -> String? {
      bytes.withUnsafeBufferPointer { bytes in
        var spans: [CSVGrammar.Span] = []
        let parsed = CSVGrammar.record(
          UnsafeBufferPointer(rebasing: bytes[..<count]), from: 0, isAtEnd: isAtEnd, into: &spans)
        if case .needsMore = parsed { return nil }
        return "\(parsed) \(spans)"
      }
    }
    let whole = parsed(bytes.count, isAtEnd: true)
    #expect(whole != nil)
    for count in 0...bytes.count {
      let found = parsed(count, isAtEnd: false)
      #expect(found == nil || found == whole, "\(count) bytes of \(randomText(seed).debugDescription)")
    }
  }

  /// Two readers by one grammar: the one of a model's files, which holds a file whole, and this.
  @Test(arguments: 0..<200 as Range<UInt64>)
  func `reads what the reader of model files reads`(_ seed: UInt64) throws {
    let text = randomText(seed)
    var whole: [[String]] = []
    let one = try faults {
      var reader = CSVReader(try source(text))
      while let cells = try reader.next() {
        whole.append(cells.map { $0.text.trimmingCharacters(in: .init(charactersIn: " ")) })
      }
    }
    var found: [[String]] = []
    let other = try faults { found = try records(try importFile(text.utf8)).map(\.cells) }
    #expect(codes(one) == codes(other), "\(text.debugDescription)")
    if one.diagnostics.isEmpty { #expect(found == whole, "\(text.debugDescription)") }
  }

  @Test func `a file of many blocks is the file`() throws {
    let folder = try TemporaryFolder()
    var text = "a,b,c\n"
    for row in 0..<9000 {
      text += "\(row),\"é \"\"\(row)\"\"\r\nsecond line of some length, with a comma\",end\n"
    }
    let url = try folder.write(text, to: "data.csv")
    #expect(text.utf8.count > 2 * ImportFile.block)
    let found = try records(try ImportFile(url))
    let memory = try records(try importFile(text.utf8))
    #expect(found.map(\.cells) == memory.map(\.cells))
    #expect(found.map(\.line) == memory.map(\.line))
    #expect(found.count == 9001 && found[9000].line == 2 + 2 * 8999)
    #expect(try ImportFile(url).sha256 == source(text).sha256)
  }

  @Test func `encodings are told apart for the whole file`() throws {
    #expect(try importFile("é".utf8).encoding == .utf8)
    #expect(try importFile([0xEF, 0xBB, 0xBF] + "a".utf8).encoding == .utf8WithMark)
    #expect(try records(try importFile([0xEF, 0xBB, 0xBF] + "a,b".utf8))[0].cells == ["a", "b"])
    let old = try importFile("caf".utf8 + [0xE9] + ",".utf8 + [0x80, 0x93, 0xA3] + "\n".utf8)
    #expect(old.encoding == .windows1252 && old.foreignBytes == 4)
    #expect(try records(old)[0].cells == ["café", "€“£"])
    // Two bytes that are UTF-8 by chance, in a file that is not.
    #expect(try records(try importFile([0xC3, 0xA9, 0x2C, 0xE9]))[0].cells == ["Ã©", "é"])
    for bytes: [UInt8] in [[0x81], [0xFF, 0xFE, 0x41, 0x00], [0x50, 0x4B, 0x03, 0x04], [0xFE, 0xFF]] {
      #expect(try faults { _ = try importFile(bytes) }.diagnostics.map(\.code) == [.textUndecodable])
    }
  }

  /// Every sequence of up to three bytes from the edges of UTF-8, against the standard library.
  @Test func `UTF-8 is what the standard library says it is`() throws {
    let edges: [UInt8] = [
      0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xDF, 0xE0, 0xED, 0xEF, 0xF0, 0xF4, 0xF5,
    ]
    for a in edges {
      for b in edges {
        for c in edges {
          for bytes in [[a, b, c, 0x41], [a, b, c, 0x80], [a, b], [0xF0, a, b, c]] {
            let isValid = String(validating: bytes, as: UTF8.self) != nil
            var encoding: TextEncoding?
            let list = try faults { encoding = try importFile(bytes).encoding }
            #expect((encoding == .utf8) == isValid, "\(bytes) \(list)")
          }
        }
      }
    }
  }

  @Test(arguments: [
    ("1,234", Figure.number(1234)), ("1,234,567.5", .number(1_234_567.5)), ("-3", .number(-3)),
    ("0", .number(0)),
    ("1e3", .number(1000)), (" 7 ", .number(7)), ("", .blank), ("  ", .blank), ("c", .marker("withheld (c)")),
    ("X", .marker("not available (x)")), ("LOW", .marker("too few (low)")),
    ("..", .marker("not available (..)")),
    ("[z]", .marker("not applicable ([z])")), ("1,23", .unreadable("its commas do not part thousands")),
    (",123", .unreadable("its commas do not part thousands")),
    ("1234,567", .unreadable("its commas do not part thousands")),
    ("12%", .unreadable("a count cannot be a percentage")),
    ("£5", .unreadable("a count cannot be a sum of money")),
    ("tbc", .unreadable("it is not a number")), ("0x10", .unreadable("it is not a number")),
    ("nan", .unreadable("it is not a number")), ("inf", .unreadable("it is not a number")),
    ("1e999", .unreadable("it is not a number")), ("12345678901", .number(12_345_678_901)),
    ("--1", .unreadable("it is not a number")), ("12,345.67", .number(12345.67)),
    // A comma for a point, as other countries write figures.
    ("25.339,61", .unreadable("its commas do not part thousands")),
    ("6.000,00", .unreadable("its commas do not part thousands")),
    ("1,234.5,6", .unreadable("its commas do not part thousands")),
  ])
  func `figures as publishers write them`(_ text: String, _ figure: Figure) throws {
    let quick = Array(text.utf8).withUnsafeBufferPointer { Figure($0) }
    #expect(Figure(text) == figure)
    if let quick { #expect(quick == figure || text.trimmingCharacters(in: .whitespaces).isEmpty) }
  }

  @Test func `signs where a figure is one`() {
    #expect(Figure("12.5%", allowing: .percent) == .number(12.5))
    #expect(Figure("£23,775", allowing: .pound) == .number(23775))
    #expect(Figure("-£5", allowing: .pound) == .number(-5))
  }

  @Test(arguments: [
    (0.1, "0.1"), (1e-7, "0.0000001"), (123456789.0, "123456789"), (-2.5, "-2.5"),
    (25088.72421, "25088.72421"),
  ])
  func `numbers are written out`(_ value: Double, _ text: String) {
    #expect(dataNumber(value) == text)
  }
}
