import Diagnostics
import PlacePlanning
import TestSupport
import Testing

@testable import ModelFiles

/// A schema with the given `columns:` lines, one a line.
private func schema(
  _ columns: [String], key: String = "[]", totals: String = "", _ list: inout DiagnosticList
) throws -> DatasetSchema? {
  let text =
    """
    dataset: example
    title: Example
    source: someone
    licence: Open
    retrieved: 2018-03-15
    mark: given
    quality: green
    synthetic: yes
    columns:
    \(columns.map { "  \($0)\n" }.joined())key: \(key)
    \(totals)
    """
  return DatasetSchema(try yaml(text), sources: ["someone"], &list)
}

private func read(
  _ data: String, _ columns: [String], key: String = "[]", totals: String = ""
) throws -> (rows: [DatasetRow], list: DiagnosticList) {
  var list = DiagnosticList()
  let schema = try #require(try schema(columns, key: key, totals: totals, &list))
  #expect(list.diagnostics.isEmpty)
  return (Dataset(try source(data), schema: schema, &list).rows, list)
}

@Suite struct CellTests {
  private static let types = [
    "text": "{ type: text }", "code": "{ type: code }", "count": "{ type: count, maximum: 1000 }",
    "whole": "{ type: whole }", "pounds": "{ type: pounds, minimum: -500 }", "decimal": "{ type: decimal }",
    "share": "{ type: decimal, minimum: 0, maximum: 1 }", "year": "{ type: year }", "date": "{ type: date }",
    "word": "{ type: word, words: [given, derived] }", "academic_year": "{ type: academic_year }",
    "year_group": "{ type: year_group }", "optional": "{ type: count, optional: yes }",
  ]

  /// One cell, alone in its row.
  private func read(_ type: String, _ cell: String) throws -> (rows: [DatasetRow], list: DiagnosticList) {
    try ModelFilesTests.read("it,x\n\(cell),x\n", ["it: \(Self.types[type] ?? "")", "x: { type: text }"])
  }

  @Test(
    arguments: [
      ("text", "North"), ("text", "\"North, old\""), ("text", "0"), ("code", "9162500"), ("count", "0"),
      ("count", "1000"), ("whole", "-3"), ("pounds", "-500"), ("pounds", "1200000"), ("decimal", "0.25"),
      ("decimal", "-1"), ("share", "0"), ("share", "1"), ("year", "2017"), ("date", "2016-02-29"),
      ("word", "given"), ("academic_year", "2017/18"), ("academic_year", "1999/00"), ("year_group", "R"),
      ("year_group", "1"), ("year_group", "13"), ("optional", ""), ("optional", "5"), ("count", "\"5\""),
    ])
  func `reads each type`(_ type: String, _ cell: String) throws {
    let (rows, list) = try read(type, cell)
    #expect(codes(list).isEmpty)
    #expect(rows.count == 1)
  }

  @Test(
    arguments: [
      ("text", " North", "E115"), ("text", "North ", "E115"),
      ("text", "North\u{A0}", "E115"), ("text", "\u{200B}North", "E115"), ("text", "North\u{FEFF}", "E115"),
      ("text", "a\u{FFFE}b", "E115"), ("text", "", "E112"), ("code", "P1 ", "E115"),
      ("count", "", "E112"), ("count", "x", "E110"), ("count", "n/a", "E110"), ("count", "\"1,000\"", "E110"),
      ("count", " 5", "E110"), ("count", "+5", "E110"), ("count", "1e3", "E110"), ("count", "1.5", "E111"),
      ("count", "-1", "E113"), ("count", "1001", "E113"), ("whole", "0.5", "E111"), ("pounds", "£5", "E110"),
      ("pounds", "5.50", "E111"), ("pounds", "-501", "E113"), ("decimal", ".5", "E110"),
      ("decimal", "5.", "E110"), ("decimal", "1/2", "E110"), ("decimal", "nan", "E110"),
      ("share", "1.01", "E113"), ("share", "-0.01", "E113"), ("share", "80%", "E110"), ("year", "17", "E115"),
      ("year", "2017/18", "E115"), ("year", "20x7", "E115"), ("year", "-201", "E115"),
      ("year", "2.00", "E115"), ("date", "2017-02-29", "E115"), ("date", "15/03/2018", "E115"),
      ("date", "2018-3-15", "E115"), ("word", "givn", "E115"), ("word", "Given", "E115"),
      ("academic_year", "2017/19", "E115"), ("academic_year", "2017-18", "E115"),
      ("academic_year", "2017", "E115"), ("year_group", "0", "E115"), ("year_group", "14", "E115"),
      ("year_group", "r", "E115"), ("year_group", "07", "E115"), ("year_group", "Y7", "E115"),
      ("optional", "x", "E110"), ("optional", "-1", "E113"),
    ])
  func `refuses what is not of the type`(_ type: String, _ cell: String, _ code: String) throws {
    let (rows, list) = try read(type, cell)
    #expect(codes(list) == ["\(code) 2:1"])
    #expect(rows.isEmpty)
  }

  @Test(arguments: [
    ("0000/01", "from 1900/01 to 2199/00"), ("9999/00", "from 1900/01 to 2199/00"),
    ("17/18", "such as 2017/18"),
    ("2017-18", "such as 2017/18"),
  ])
  func `what is no academic year is told the form, or which years are read`(
    _ cell: String, _ wanted: String
  ) throws {
    let (_, list) = try read("academic_year", cell)
    #expect(list.diagnostics.map(\.fix) == ["write a year \(wanted)"])
  }

  @Test func `gives the values back`() throws {
    let (rows, _) = try ModelFilesTests.read(
      "area,year,group,pupils,share,note\nP1,2017/18,R,60,0.25,\n",
      [
        "area: { type: code }", "year: { type: academic_year }", "group: { type: year_group }",
        "pupils: { type: count }", "share: { type: decimal }", "note: { type: text, optional: yes }",
      ])
    let row = try #require(rows.first)
    #expect(try row.area("area") == PlanningAreaCode("P1"))
    #expect(try row.academicYear("year") == AcademicYear(2017))
    #expect(try row.yearGroup("group") == .reception)
    #expect(try row.whole("pupils") == 60)
    #expect(try row.number("share") == 0.25)
    #expect(row.isBlank("note") && row.isBlank("nothing") && !row.isBlank("pupils"))
    #expect(row.place("share").description == "data.csv:2:17")
    #expect(throws: InternalFault.self) { try row.text("note") }
    #expect(throws: InternalFault.self) { try row.number("area") }
    #expect(throws: InternalFault.self) { try row.number("nothing") }
  }

  @Test func `a word that looks right is told what is hidden in it`() throws {
    let (_, list) = try read("word", "given\u{200B}")
    #expect(
      list.diagnostics.map(\.what) == [
        "'it' is 'given\u{200B}'; it holds an invisible character: U+200B, zero width space"
      ])
  }

  @Test func `a misspelt word gets the right one back`() throws {
    let (_, list) = try read("word", "givn")
    #expect(list.diagnostics.map(\.fix) == ["write one of given, derived (did you mean 'given'?)"])
  }
}

@Suite struct DatasetTests {
  private static let columns = [
    "area: { type: code }", "year: { type: academic_year }", "group: { type: year_group }",
    "pupils: { type: count, maximum: 100 }", "mark: { type: word, words: [given, assumed] }",
  ]

  @Test func `blank lines and rows that follow one another are one fault`() throws {
    let data =
      "area,group,pupils\nP1,R,60\n,,\n" + String(repeating: ",,\n", count: 4) + "P1,1,60\n\n,,\n,\n"
      + String(repeating: "\n", count: 1000)
    let (rows, list) = try read(
      data, ["area: { type: code }", "group: { type: year_group }", "pupils: { type: count }"],
      key: "[area, group]")
    #expect(codes(list) == ["E112 3:1", "E102 9:1", "E112 10:1", "E102 11:1", "E102 12:1"])
    #expect(
      list.diagnostics.map(\.what) == [
        "5 rows, from here to line 7, are blank", "this line is blank", "this row is blank",
        "this row is blank",
        "1000 rows, from here to line 1011, are blank",
      ])
    #expect(rows.count == 2)
  }

  @Test func `all faults of a file are reported at once`() throws {
    let data = """
      area,year,group,pupils,mark
      P1,2017/18,R,60,given
      P1,2017/18,1,,given
      P1,2017-18,2,60,given
      P1,2017/18,3,60.5,given
      P1,2017/18,4,600,given
      P1,2017/18,5,sixty,given
      P1,2017/18,R,61,given
      P1,2017/18,6,60
      P1,2017/18,Y7,-1,guessed
      """
    let (rows, list) = try read(data, Self.columns, key: "[area, year, group]")
    #expect(
      codes(list) == [
        "E112 3:14", "E115 4:4", "E111 5:14", "E113 6:14", "E110 7:14", "E114 8:1", "E102 9:1",
        "E115 10:12", "E113 10:15", "E115 10:18",
      ])
    #expect(list.diagnostics.first { $0.code == .repeatedKey }?.what.hasSuffix("line 2") == true)
    #expect(list.diagnostics.first { $0.code == .blankCell }?.location.excerpt == "P1,2017/18,1,,given")
    #expect(rows.count == 2)
  }

  @Test(
    arguments: [
      ("a,b,c\n1,2,3\n", []),
      ("a,c\n1,3\n", ["E103 1:1"]), ("a,b,c,d\n1,2,3,4\n", ["E104 1:7"]),
      ("a,b,b,c\n1,2,2,3\n", ["E105 1:5"]),
      ("a,c,b\n1,3,2\n", ["E106 1:1"]), ("a,b,c\n", ["E107 -"]), ("", ["E107 -"]),
      // A misspelt heading is both unknown and missed.
      ("a,bb,c\n1,2,3\n", ["E103 1:1", "E104 1:3"]), ("A,b,c\n1,2,3\n", ["E103 1:1", "E104 1:1"]),
      (" a,b,c\n1,2,3\n", ["E103 1:1", "E104 1:1"]),
      // Too few, too many, a blank line.
      ("a,b,c\n1,2\n", ["E102 2:1"]), ("a,b,c\n1,2,3,\n", ["E102 2:1"]),
      ("a,b,c\n1,2,3\n\n4,5,6\n", ["E102 3:1"]), ("a,b,c\n1,2,3\n\n", ["E102 3:1"]),
    ])
  func `the heading and the rows are those of the schema`(_ data: String, _ wanted: [String]) throws {
    let columns = ["a: { type: count }", "b: { type: count }", "c: { type: count }"]
    #expect(codes(try read(data, columns).list) == wanted)
  }

  @Test func `the key may be part of the columns, and no more`() throws {
    let columns = ["a: { type: code }", "b: { type: code }", "c: { type: count }"]
    let data = "a,b,c\nx,y,1\nx,z,1\ny,y,1\nx,y,2\n"
    #expect(codes(try read(data, columns, key: "[a, b]").list) == ["E114 5:1"])
    #expect(codes(try read(data, columns, key: "[b]").list) == ["E114 4:1", "E114 5:1"])
    #expect(codes(try read(data, columns, key: "[a, b, c]").list) == [])
  }

  @Test func `totals are held to the pound`() throws {
    let columns = [
      "name: { type: text }", "total: { type: pounds }", "grant: { type: pounds, optional: yes }",
      "loan: { type: pounds }",
    ]
    let totals = "totals:\n  rows: { total: [grant, loan] }\n  columns: { total: 300, loan: 200 }"
    let good = "name,total,grant,loan\na,100,60,40\nb,200,40,160\n"
    #expect(codes(try read(good, columns, totals: totals).list) == [])
    // 60 + 40 is not 101; 101 + 200 is not 300. The total stands in the schema, after 16 other lines.
    let bad = good.replacing("a,100", with: "a,101")
    let list = try read(bad, columns, totals: totals).list
    #expect(codes(list) == ["E205 2:3", "E206 17:21"])
    #expect(
      list.diagnostics.map(\.what) == [
        "'total' is 101, but its parts add to 100: grant 60, loan 40",
        "column 'total': 101 + 200 = 301, but its source states 300",
      ])
    // A blank part adds nothing.
    let blank = "name,total,grant,loan\na,40,,40\nb,260,100,160\n"
    #expect(codes(try read(blank, columns, totals: totals).list) == [])
  }

  @Test func `totals wait until the cells are right`() throws {
    let columns = ["a: { type: pounds }", "b: { type: pounds }"]
    let list = try read("a,b\n1,x\n", columns, totals: "totals:\n  columns: { a: 9 }").list
    #expect(codes(list) == ["E110 2:3"])
  }
}

/// A place that is looked for from the start of its file takes minutes here.
@Suite struct ManyFaultsTests {
  @Test(.timeLimit(.minutes(1)))
  func `a file full of faults is read in time that grows with its length`() throws {
    let rows = 120_000
    let data = "a,b\n" + String(repeating: "1,no\n", count: rows)
    let list = try read(data, ["a: { type: count }", "b: { type: count }"]).list
    #expect(list.diagnostics.count == rows)
    #expect(list.diagnostics.last?.location.description == "data.csv:\(rows + 1):3")
    #expect(list.diagnostics.last?.location.excerpt == "1,no")
  }
}

@Suite struct SchemaTests {
  private func faults(
    _ columns: [String], key: String = "[]", totals: String = ""
  ) throws -> DiagnosticList {
    var list = DiagnosticList()
    _ = try schema(columns, key: key, totals: totals, &list)
    return list
  }

  @Test(
    arguments: [
      ("a: { type: cuont }", ["E014 10:14"]), ("a: { unit: pupils }", ["E013 10:6"]),
      ("a: { type: word }", ["E013 10:6"]), ("a: { type: word, words: given }", ["E014 10:27"]),
      ("a: { type: count, maximun: 5 }", ["E012 10:21"]), ("a: count", ["E014 10:6"]),
      ("a: { type: count, maximum: lots }", ["E014 10:30"]),
      ("a: { type: count, optional: maybe }", ["E014 10:31"]),
      // Rules that no cell would be held to.
      ("a: { type: year, minimum: 2000 }", ["E012 10:20"]),
      ("a: { type: text, maximum: 5 }", ["E012 10:20"]),
      ("a: { type: word, words: [x], minimum: 1 }", ["E012 10:32"]),
      ("a: { type: text, words: [x] }", ["E012 10:20"]), ("a: { type: count, words: [x] }", ["E012 10:21"]),
    ])
  func `says what is wrong with a column`(_ column: String, _ wanted: [String]) throws {
    #expect(codes(try faults([column])) == wanted)
  }

  @Test func `says what to do about a rule that does not go with the type`() throws {
    let list = try faults(["a: { type: date, minimum: 1, words: [x] }"])
    #expect(
      list.diagnostics.map(\.what) == [
        "'minimum' does not go with the type date", "'words' does not go with the type date",
      ])
    #expect(
      list.diagnostics.map(\.fix) == [
        "remove it, or give the column a type of numbers: count, whole, pounds, decimal, scientific",
        "remove it, or give the column the type word",
      ])
  }

  @Test func `speaks only of its own columns`() throws {
    let list = try faults(
      ["area: { type: code }", "budget: { type: pounds }"], key: "[aera]",
      totals: "totals:\n  rows: { budgt: [area] }\n  columns: { budget: much }")
    #expect(codes(list) == ["E015 12:7", "E012 14:11", "E014 15:22"])
    #expect(
      list.sorted.diagnostics.map(\.fix) == [
        "did you mean 'area'?", "did you mean 'budget'?", "write a number",
      ])
  }

  @Test func `needs its evidence, all of it`() throws {
    var list = DiagnosticList()
    let document = try yaml("title: Example\nsource: somone\nretrieved: last week\nquality: poor\n")
    #expect(DatasetSchema(document, sources: ["someone"], &list) == nil)
    #expect(
      list.diagnostics.filter { $0.code == .missingKey }.map(\.what) == [
        "the schema has no 'dataset'", "the schema has no 'licence'", "the schema has no 'mark'",
        "the schema has no 'synthetic'", "the schema has no 'columns'", "the schema has no 'key'",
      ])
    #expect(
      codes(list).filter { !$0.hasPrefix("E013") } == ["E015 2:9", "E014 3:12", "E014 4:10"])
  }

  @Test func `a role needs its columns, of their types`() throws {
    var list = DiagnosticList()
    let schema = try #require(
      try schema(["district: { type: code }", "births: { type: count }"], &list))
    DatasetRole.births.check(schema, &list)
    #expect(codes(list) == ["E116 1:1", "E116 1:1", "E116 10:3"])
    #expect(
      list.sorted.diagnostics.map(\.what) == [
        "the key of 'births' is []",
        "the schema has no column 'year_to_30_june', which the role 'births' needs",
        "column 'district' is of type code; 'births' needs text",
      ])
  }
}

/// Codes become parts of file names, and of names that a solver reads.
@Suite struct PlainCodeTests {
  @Test(arguments: [
    "P1", "9162500", "E10000013", "mill_lane", "north-1", "a.b", "a..b", "-", "_", "x.", "0",
    String(repeating: "k", count: 100),
  ])
  func `a plain code passes`(_ code: String) { #expect(PlainCode.trouble(with: code) == nil) }

  @Test(arguments: [
    "..", ".", ".x", "../x", "/x", "a/b", "a\\b", "a b", "a\u{0}", "a\nb", "é", "P1\u{202E}", "a:b", "~",
    "<b>",
    String(repeating: "k", count: 101),
  ])
  func `any other is refused`(_ code: String) { #expect(PlainCode.trouble(with: code) != nil) }

  private static let areas = "Datasets/exampleton-planning-areas/data.csv"
  private static let schemes = "Datasets/exampleton-schemes/data.csv"
  private static let deeds = "Datasets/exampleton-section-106/data.csv"

  @Test func `a code that leads out of the run's folder is a fault at its cell`() throws {
    let copy = try ModelCopy()
    try copy.replace(Self.areas, "P2,South", with: "../../../../../victim,South")
    let list = try copy.faults()
    #expect(codes(list) == ["E115 3:1"])
    let fault = try #require(list.diagnostics.first)
    #expect(fault.what == "'planning_area_code' is '../../../../../victim'")
    #expect(fault.why.contains("part of the names of files"))
  }

  @Test func `keys that are too long for a solver's names are faults`() throws {
    let copy = try ModelCopy()
    try copy.replace(Self.deeds, "\nmill_lane,", with: "\n" + String(repeating: "a", count: 130) + ",")
    try copy.replace(Self.schemes, "\nnorth,", with: "\n" + String(repeating: "s", count: 120) + ",")
    let list = try copy.faults()
    #expect(codes(list) == ["E115 3:1", "E115 2:1"])
    #expect(list.diagnostics.first?.what == "'scheme_key' is 120 characters long")
    #expect(list.diagnostics.last?.what == "'agreement_key' is 130 characters long")
  }

  /// Imports and forecasts without a model make no files of codes, and published codes are as they are.
  @Test func `codes of other data stay as they are`() throws {
    let (rows, list) = try read("it\n21/00123/FUL\n", ["it: { type: code }"])
    #expect(rows.count == 1 && list.diagnostics.isEmpty)
  }

  @Test func `a model's and a scenario's name are no longer than a folder's`() throws {
    let copy = try ModelCopy()
    let (header, scenario) = ("Models/exampleton/model.yaml", "Models/exampleton/scenarios/late-homes.yaml")
    let long = String(repeating: "m", count: 101)
    try copy.replace(header, "model: exampleton", with: "model: \(long)")
    try copy.replace(scenario, "scenario: late-homes", with: "scenario: \(long)")
    let list = try copy.faults()
    #expect(list.diagnostics.count { $0.code == .wrongValue && $0.what.contains("101 characters") } == 2)
  }
}
