import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import ModelFiles

@Suite struct EncodingTests {
  @Test func `reads UTF-8`() throws {
    let file = try source("naïve £5 – ‘Old’ School\n")
    #expect(file.text == "naïve £5 – ‘Old’ School\n")
  }

  @Test(
    arguments: [
      ([0xEF, 0xBB, 0xBF, 0x61], "UTF-8"), ([0xFF, 0xFE, 0x61, 0x00], "UTF-16"),
      ([0xFE, 0xFF, 0x00, 0x61], "UTF-16"), ([0xEF, 0xBB, 0xBF], "UTF-8"),
    ] as [([UInt8], String)])
  func `refuses a byte order mark`(_ bytes: [UInt8], _ name: String) throws {
    let list = try faults { _ = try source(bytes) }
    #expect(codes(list) == ["E004 -"])
    #expect(list.diagnostics[0].what == "the file begins with a \(name) byte order mark")
  }

  @Test(
    arguments: [
      // café in Windows-1252, on the second line.
      ([UInt8]("a\ncaf".utf8) + [0xE9, 0x2C, 0x31], "2:4", "0xE9, which is 'é' in Windows-1252"),
      ([0xA3, 0x35], "1:1", "0xA3, which is '£' in Windows-1252"),
      ([UInt8]("Miller".utf8) + [0x92, 0x73], "1:7", "0x92, which is '’' in Windows-1252"),
      ([UInt8]("1990".utf8) + [0x96, 0x39], "1:5", "0x96, which is '–' in Windows-1252"),
      // The column counts letters: é is two bytes.
      ([0xC3, 0xA9, 0xA3], "1:2", "0xA3, which is '£' in Windows-1252"),
      // A euro sign cut short, an overlong nought, half of a surrogate pair, a byte that never occurs.
      ([0x61, 0xE2, 0x82], "1:2", "0xE2, which is 'â' in Windows-1252"),
      ([0x61, 0xC0, 0x80], "1:2", "0xC0"), ([0xED, 0xA0, 0x80], "1:1", "0xED"), ([0xF8], "1:1", "0xF8"),
      // Pé in UTF-16 without a mark: P, a nought byte, then E9.
      ([0x50, 0x00, 0xE9, 0x00], "1:3", "0xE9, which is 'é' in Windows-1252"),
    ] as [([UInt8], String, String)])
  func `refuses what is not UTF-8, with its place`(
    _ bytes: [UInt8], _ place: String, _ byte: String
  ) throws {
    let list = try faults { _ = try source(bytes) }
    #expect(codes(list) == ["E003 \(place)"])
    #expect(list.diagnostics[0].what == "the text is not UTF-8: byte \(byte)")
  }

  /// Plain letters in UTF-16 are UTF-8 as well, with noughts between them; those the reader refuses.
  @Test func `refuses UTF-16 without a mark`() throws {
    let file = try source([0x50, 0x00, 0x31, 0x00])
    #expect(
      codes(
        try faults {
          var reader = CSVReader(file)
          _ = try reader.next()
        }) == ["E101 1:2"])
  }

  @Test func `fingerprints the bytes`() throws {
    // The examples of the standard, FIPS 180-2.
    #expect(
      try source("abc").sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      try source("").sha256 == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }

  @Test func `gives a line's text without its end`() throws {
    let file = try source("one\r\ntwo\n\nfour")
    #expect((1...5).map(file.lineText) == ["one", "two", "", "four", nil])
  }

  /// A heading of ten thousand columns that are not known would be held ten thousand times.
  @Test func `a line that is too long to be shown is not kept with its faults`() throws {
    let file = try source("short\n" + String(repeating: "x", count: 2001) + "\n")
    #expect(file.location(line: 1, column: 1).excerpt == "short")
    #expect(file.location(line: 2, column: 1).excerpt == nil)
    #expect(file.lineText(2)?.count == 2001)
  }

  @Test func `a file that is not there, or is a folder`() throws {
    let copy = try ModelCopy()
    func read(_ name: String) throws -> DiagnosticList {
      try faults {
        _ = try SourceFile(path: "shown", name: name, url: copy.root.appendingPathComponent(name))
      }
    }
    #expect(codes(try read("nothing")) == ["E001 -"])
    #expect(codes(try read("Models")) == ["E002 -"])
    #expect(try read("nothing").diagnostics.map(\.location.file) == ["shown"])
  }

  /// Neither waits for a writer.
  @Test func `a pipe or a device is named as what it is`() throws {
    let folder = try TemporaryFolder()
    #expect(mkfifo(folder.path("pipe.csv"), 0o600) == 0)
    let all = [(folder("pipe.csv"), "a pipe"), (URL(fileURLWithPath: "/dev/zero"), "a device")]
    for (url, name) in all {
      let lists = [
        try faults { _ = try SourceFile(path: "shown", name: "shown", url: url) },
        try faults { _ = try ImportFile(url) },
      ]
      for list in lists {
        #expect(codes(list) == ["E002 -"])
        #expect(list.diagnostics.map(\.what) == ["it is \(name), not a file"])
      }
      #expect(!Workbook.isWorkbook(url))
    }
  }
}
