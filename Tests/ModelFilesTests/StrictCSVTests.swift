import Diagnostics
import Testing

@testable import ModelFiles

@Suite struct StrictCSVTests {
  private func cells(_ text: String) throws -> [[CSVCell]] {
    var reader = CSVReader(try source(text))
    var rows: [[CSVCell]] = []
    while let row = try reader.next() { rows.append(row) }
    return rows
  }

  @Test(
    arguments: [
      ("", []),
      ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
      // The last line needs no end.
      ("a,b\n1,2", [["a", "b"], ["1", "2"]]),
      ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
      ("a,b\r\n1,2\n3,4", [["a", "b"], ["1", "2"], ["3", "4"]]),
      ("\"Tewkesbury, town\",1\n", [["Tewkesbury, town", "1"]]),
      ("\"two\nlines\",1\n", [["two\nlines", "1"]]),
      ("\"two\r\nlines\",1\r\n", [["two\r\nlines", "1"]]),
      ("\"North \"\"Old\"\" School\",1\n", [["North \"Old\" School", "1"]]),
      ("\"\"\"\",\"\"\n", [["\"", ""]]),
      // Spaces belong to the cell; blank cells are cells, at the end of the file too.
      (" a ,\n,\n", [[" a ", ""], ["", ""]]),
      ("a,", [["a", ""]]),
      ("a\n\nb\n", [["a"], [""], ["b"]]),
      ("\n", [[""]]),
      ("Bibury,£5,é\n", [["Bibury", "£5", "é"]]),
    ])
  func `reads cells and lines`(_ text: String, _ rows: [[String]]) throws {
    #expect(try cells(text).map { $0.map(\.text) } == rows)
  }

  @Test(
    arguments: [
      ("a,b\nc\"d,e\n", "2:2", "a quotation mark inside an unquoted cell"),
      ("a,b\n \"c\",d\n", "2:2", "a quotation mark inside an unquoted cell"),
      ("a,b\n\"c\"d,e\n", "2:4", "text after the closing quotation mark"),
      ("a,b\n\"c\" ,e\n", "2:4", "text after the closing quotation mark"),
      // Where it opens, not where the file ends.
      ("a,b\nc,\"d\ne,f\n", "2:3", "a quoted cell that never closes"),
      ("\"", "1:1", "a quoted cell that never closes"),
      ("a,b\rc,d\r", "1:4", "a carriage return without a line feed"),
      ("a\r", "1:2", "a carriage return without a line feed"),
      ("a,b\nc,d\u{1}\n", "2:4", "a control character (0x1)"),
      ("a\tb\n", "1:2", "a control character (0x9)"),
      ("\u{0}a\n", "1:1", "a control character (0x0)"),
      // Columns count letters, not bytes: é, comma, and a cell of three.
      ("é,\"a\"b\n", "1:6", "text after the closing quotation mark"),
      // After a line end inside a cell the next line is 2.
      ("\"a\nb\",c\"d\n", "2:5", "a quotation mark inside an unquoted cell"),
    ])
  func `refuses anything else, with its place`(_ text: String, _ place: String, _ what: String) throws {
    let list = try faults { _ = try cells(text) }
    #expect(codes(list) == ["E101 \(place)"])
    #expect(list.diagnostics.map(\.what) == [what])
  }

  /// The reader's own rule: a control character is a fault wherever it stands.
  @Test(arguments: ["\"a\u{0}b\"\n", "\"a\u{7}b\"\n", "\"a\rb\"\n"])
  func `refuses control characters in quotation marks too`(_ text: String) throws {
    #expect(codes(try faults { _ = try cells(text) }) == ["E101 1:3"])
  }

  @Test func `knows where every cell stands`() throws {
    let file = try source("area,note\r\nP1,\"a\r\nb\"\r\né,ü\n")
    var reader = CSVReader(file)
    var places: [String] = []
    while let row = try reader.next() {
      places += row.map { file.location(of: $0) }.map { "\($0.line ?? 0):\($0.column ?? 0)" }
    }
    // The second row takes two lines, so the third stands on line 4.
    #expect(places == ["1:1", "1:6", "2:1", "2:4", "4:1", "4:3"])
  }

  @Test func `rows before a fault are read`() throws {
    var reader = CSVReader(try source("a,b\n1,2\n3,\"4\n"))
    #expect(try reader.next()?.map(\.text) == ["a", "b"])
    #expect(try reader.next()?.map(\.text) == ["1", "2"])
    #expect(codes(try faults { _ = try reader.next() }) == ["E101 3:3"])
  }
}
