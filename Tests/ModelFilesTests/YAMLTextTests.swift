import Diagnostics
import Testing

@testable import ModelFiles

@Suite struct YAMLTextTests {
  /// What YAML itself would make false, 8, nothing, 1000, 16, a date or true.
  @Test(
    arguments: [
      "no", "010", "~", "1e3", "0x10", "2018-03-15", "true", "null", "1_000", "1:30", ".inf", "916",
    ])
  func `scalars stay text`(_ text: String) throws {
    var list = DiagnosticList()
    let top = try #require(try yaml("key: \(text)\n").mapping("it", allowed: nil, &list))
    #expect(top.text("key", &list) == text)
    #expect(list.diagnostics.isEmpty)
  }

  @Test func `quotation marks and folded lines are YAML's`() throws {
    var list = DiagnosticList()
    let text = "a: \"000\"\nb: 'it''s: so'\nc: >-\n  one\n  two\n"
    let top = try #require(try yaml(text).mapping("it", allowed: nil, &list))
    #expect(top.entries.map { $0.value.text(&list) } == ["000", "it's: so", "one two"])
  }

  @Test(
    arguments: [
      ("0", 0), ("40", 40), ("-3", -3), ("0.9", 0.9), ("010", 10), ("2018", 2018), ("-0.25", -0.25),
    ])
  func `reads numbers of digits`(_ text: String, _ number: Double) {
    #expect(strictNumber(text) == number)
  }

  @Test(
    arguments: [
      "", "-", ".", "5.", ".5", "+5", "1,000", "1 000", "1e3", "0x10", "1_000", "£5", "5%", "1.2.3", "--1",
      "inf", "nan", "٣", " 5", "5 ",
    ])
  func `reads nothing else as a number`(_ text: String) {
    #expect(strictNumber(text) == nil)
  }

  @Test(
    arguments: [
      ("yes", true), ("no", false), ("true", nil), ("Yes", nil), ("0", nil), ("off", nil), ("\"\"", nil),
    ] as [(String, Bool?)])
  func `yes is yes and no is no`(_ text: String, _ value: Bool?) throws {
    var list = DiagnosticList()
    let top = try #require(try yaml("key: \(text)\n").mapping("it", allowed: nil, &list))
    #expect(top.flag("key", &list) == value)
    #expect(codes(list) == (value == nil ? ["E014 1:6"] : []))
  }

  @Test(
    arguments: [
      // A list, a group, nothing, an anchor, and what an anchor stands for.
      ("key: [a]\n", "1:6"), ("key:\n  a: b\n", "2:3"), ("key:\n", "1:5"), ("key: &a b\n", "1:6"),
      ("key: &a b\nother: *a\n", "1:6"),
      // Characters that no document can hold.
      (#"key: "a\0b""#, "1:6"), (#"key: "a\x08b""#, "1:6"), (#"key: "a\uFFFEb""#, "1:6"),
    ])
  func `wants one value where one is wanted`(_ text: String, _ place: String) throws {
    var list = DiagnosticList()
    let top = try #require(try yaml(text).mapping("it", allowed: nil, &list))
    #expect(top.text("key", &list) == nil)
    #expect(codes(list) == ["E014 \(place)"])
  }

  @Test func `wants groups and lists where they are wanted`() throws {
    var list = DiagnosticList()
    #expect(try yaml("- a\n").mapping("it", allowed: nil, &list) == nil)
    #expect(codes(list) == ["E014 1:1"])
    list = DiagnosticList()
    let top = try #require(try yaml("key: a\n").mapping("it", allowed: nil, &list))
    #expect(top.entries[0].value.items(&list).isEmpty)
    #expect(codes(list) == ["E014 1:6"])
  }

  @Test func `an unknown key gets the right one back`() throws {
    var list = DiagnosticList()
    let text = "title: a\nunti: b\nelsewhere: c\n"
    let top = try yaml(text).mapping("it", allowed: ["title", "unit", "value"], &list)
    #expect(top?.entries.map(\.name) == ["title"])
    #expect(codes(list) == ["E012 2:1", "E012 3:1"])
    #expect(list.diagnostics.map(\.what) == ["unknown key 'unti' in it", "unknown key 'elsewhere' in it"])
    #expect(
      list.diagnostics.map(\.fix) == [
        "did you mean 'unit'?", "remove it; the keys are title, unit, value",
      ])
  }

  @Test func `a missing key is missed at its group`() throws {
    var list = DiagnosticList()
    let top = try #require(
      try yaml("outer:\n  title: a\n").mapping("it", allowed: nil, &list)?.entries[0].value
        .mapping("'outer'", allowed: nil, &list))
    #expect(top.text("unit", &list) == nil)
    #expect(top.optionalText("note", &list) == nil)
    #expect(codes(list) == ["E013 2:3"])
    #expect(list.diagnostics.map(\.what) == ["'outer' has no 'unit'"])
  }

  @Test(
    arguments: [
      ("a: 1\nb: 2\na: 3\n", "3:1"),
      ("one:\n  a: 1\ntwo:\n  a: 1\n  b: 2\n  a: 3\n", "6:3"),
      // In Windows' line ends, in a list, on one line, and behind a group that has such a key itself.
      ("a: 1\r\nb: 2\r\na: 3\r\n", "3:1"),
      ("list:\n  - a: 1\n    b: 2\n    a: 3\n  - a: 4\n", "4:5"),
      ("one: { a: 1, b: 2, a: 3 }\n", "1:20"),
      ("a: 1\nb:\n  a: 2\na: 3\n", "4:1"),
      ("\"a\": 1\na: 3\n", "2:1"),
    ])
  func `a key that stands twice is refused where it stands again`(
    _ text: String, _ place: String
  ) throws {
    let list = try faults { _ = try yaml(text) }
    #expect(codes(list) == ["E011 \(place)"])
    #expect(list.diagnostics.map(\.what) == ["key 'a' stands twice in one group"])
  }

  @Test(
    arguments: [
      ("", "-"), ("# nothing\n", "-"),
      // A colon in a text, a tab, a list that never closes, an indent that does not line up, a second document.
      ("title: a\nnote: b: c\n", "2:8"), ("a:\n\tb: c\n", "2:1"), ("a: [b, c\nd: e\n", "2:2"),
      ("a:\n    b: c\n  d: e\n", "3:3"), ("a: b\n---\nc: d\n", "2:1"), ("a: *b\n", "1:4"),
    ])
  func `what is not YAML is refused where it breaks off`(_ text: String, _ place: String) throws {
    #expect(codes(try faults { _ = try yaml(text) }) == ["E010 \(place)"])
  }

  @Test func `what is nested without end is refused in words of ours`() throws {
    let list = try faults { _ = try yaml("a: " + String(repeating: "[", count: 2000)) }
    #expect(list.diagnostics.map(\.code) == [.yamlSyntax])
    #expect(list.diagnostics.map(\.what) == ["not YAML of ours: its groups and lists are nested too deeply"])
  }

  /// Nine lists, each of nine aliases of the one before: 387 million values, were they written out.
  @Test(
    .timeLimit(.minutes(1)),
    arguments: [
      ("? *l8\n: a\n", "10:3"), ("*l8 : a\n", "10:1"), ("[*l8, *l8]: a\n", "10:1"),
      ("in: { ? [*l8] : a }\n", "10:9"), ("in:\n  - *l8 : a\n", "11:5"),
      ("\"*l8\": b\n{ a: *l8 }: a\n", "11:1"),
    ])
  func `a key of nested aliases is refused at once`(_ key: String, _ place: String) throws {
    var text = "l0: &l0 [a, a, a, a, a, a, a, a, a]\n"
    for level in 1...8 {
      let aliases = (1...9).map { _ in "*l\(level - 1)" }.joined(separator: ", ")
      text += "l\(level): &l\(level) [\(aliases)]\n"
    }
    #expect(codes(try faults { _ = try yaml(text + key) }) == ["E014 \(place)"])
  }

  @Test func `aliases of groups, stars in texts and keys in quotation marks are read as before`() throws {
    let text = "\"*a\": &one { b: c }\nd: *one\nnote: a *star*, and so on\n"
    var list = DiagnosticList()
    let top = try #require(try yaml(text).mapping("it", allowed: nil, &list))
    #expect(top.entries.map(\.name) == ["*a", "d", "note"])
    #expect(top.entries[1].value.mapping("'d'", allowed: ["b"], &list)?.text("b", &list) == "c")
    #expect(list.diagnostics.isEmpty)
    let twice = try faults { _ = try yaml("\"*a\": 1\n\"*a\": 2\n") }
    #expect(twice.diagnostics.map(\.what) == ["key '*a' stands twice in one group"])
  }

  @Test(arguments: ["title: a\n", "title: £5 – a café\n", "title: a\r\n", "# * and *\n"])
  func `a control character is refused where it stands`(_ before: String) throws {
    #expect(codes(try faults { _ = try yaml(before + "note: b\u{7}c\n") }) == ["E010 2:8"])
  }
}
