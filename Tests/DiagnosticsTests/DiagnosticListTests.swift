import Diagnostics
import Foundation
import Testing

// Swift Testing has a SourceLocation too.
private typealias Place = Diagnostics.SourceLocation

private func place(_ file: String, _ line: Int? = nil, _ column: Int? = nil) -> Place {
  Place(file: file, line: line, column: column)
}

private func diagnostic(
  _ code: DiagnosticCode, _ place: Place, _ what: String = "what"
) -> Diagnostic {
  Diagnostic(code, at: place, what: what, why: "why", fix: "fix")
}

private let unknown = Diagnostic(
  .unknownAssumption,
  at: Place(
    file: "Models/gloucestershire/scenarios/late-handover.yaml", line: 6, column: 12,
    excerpt: "  - set:   housing.nw_cheltenam.first_completions"),
  what: "unknown assumption 'housing.nw_cheltenam.first_completions'",
  why: "a scenario may only change an assumption that the base model defines",
  fix: "did you mean 'housing.nw_cheltenham.first_completions' (housing.yaml:12:1)?")

private let blank = Diagnostic(
  .blankCell, at: place("Datasets/census/2018-01.csv", 418, 34),
  what: "'number_on_roll' is blank for planning area 9162500, year group 7",
  why: "blank is not nought; it would shrink the Year 7 cohort",
  fix: "enter the count, or mark the row 'suppressed' and say in model.yaml how suppressed counts are treated"
)

@Suite struct Rendering {
  @Test func `a diagnostic with its line reads letter for letter so`() {
    #expect(
      unknown.description == """
        Models/gloucestershire/scenarios/late-handover.yaml:6:12: error[E031]: unknown assumption 'housing.nw_cheltenam.first_completions'
          6 |   - set:   housing.nw_cheltenam.first_completions
            |            ^
          why: a scenario may only change an assumption that the base model defines
          fix: did you mean 'housing.nw_cheltenham.first_completions' (housing.yaml:12:1)?
        """)
  }

  @Test func `a list is sorted by file, parted by blank lines and counted`() {
    #expect(
      DiagnosticList([unknown, blank]).description == """
        Datasets/census/2018-01.csv:418:34: error[E112]: 'number_on_roll' is blank for planning area 9162500, year group 7
          why: blank is not nought; it would shrink the Year 7 cohort
          fix: enter the count, or mark the row 'suppressed' and say in model.yaml how suppressed counts are treated

        Models/gloucestershire/scenarios/late-handover.yaml:6:12: error[E031]: unknown assumption 'housing.nw_cheltenam.first_completions'
          6 |   - set:   housing.nw_cheltenam.first_completions
            |            ^
          why: a scenario may only change an assumption that the base model defines
          fix: did you mean 'housing.nw_cheltenham.first_completions' (housing.yaml:12:1)?

        2 errors, 0 warnings; nothing was projected. More: places explain E112
        """)
  }

  /// Said once, also where a message is made of another.
  @Test(arguments: [
    ("'mark' is 'given\u{200B}' for P1", "; it holds an invisible character: U+200B, zero width space"),
    ("unknown column 'births\u{A0}'", "; it holds an invisible character: U+00A0, no-break space"),
    (
      "'a\u{FEFF}' and 'b\u{AD}\u{FEFF}'",
      "; it holds invisible characters: U+FEFF, byte order mark; U+00AD, soft hyphen"
    ),
    ("'is' is 'x\u{7F}'", "; it holds an invisible character: U+007F, control character"),
    ("'–5 £' of “é”\nand\t", ""), ("plain", ""),
  ])
  func `a character that nobody sees is named`(_ what: String, _ words: String) {
    let first = diagnostic(.wrongForm, place("a.csv"), what)
    #expect(first.what == what + words)
    #expect(diagnostic(.wrongForm, place("b.csv"), first.what).what == first.what)
  }

  @Test func `the caret stands under its column whatever the width of the line number`() {
    let place = Place(file: "a.csv", line: 1204, column: 4, excerpt: "P1,x")
    #expect(
      diagnostic(.notANumber, place).description == """
        a.csv:1204:4: error[E110]: what
          1204 | P1,x
               |    ^
          why: why
          fix: fix
        """)
  }

  @Test func `a warning names itself, and a place may be a whole file or a line`() {
    #expect(
      diagnostic(.siteNotFinished, place("a.csv")).description
        == "a.csv: warning[W304]: what\n  why: why\n  fix: fix")
    let line = Place(file: "a.csv", line: 3, excerpt: "text")
    #expect(
      diagnostic(.noRows, line).description
        == "a.csv:3: error[E107]: what\n  3 | text\n  why: why\n  fix: fix")
  }

  @Test(arguments: [(160, true), (161, false)])
  func `a very long line is not shown`(_ length: Int, _ isShown: Bool) {
    let text = String(repeating: "x", count: length)
    let place = Place(file: "a.csv", line: 1, column: 2, excerpt: text)
    #expect(diagnostic(.notANumber, place).description.contains(text) == isShown)
  }

  @Test func `for machines it has the same words`() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let text = String(
      decoding: try encoder.encode([
        diagnostic(.notANumber, place("a.csv", 3, 4)), diagnostic(.siteNotFinished, place("b.csv")),
      ]), as: UTF8.self)
    #expect(
      text == """
        [{"code":"E110","column":4,"file":"a.csv","fix":"fix","line":3,"severity":"error","what":"what","why":"why"},\
        {"code":"W304","file":"b.csv","fix":"fix","severity":"warning","what":"what","why":"why"}]
        """)
  }
}

@Suite struct Floods {
  private static func flood(_ count: Int, of code: DiagnosticCode, in file: String) -> [Diagnostic] {
    (1...count).map { diagnostic(code, place(file, $0)) }
  }

  @Test func `of one code in one file twenty are shown, and all are counted`() {
    let list = DiagnosticList(
      Self.flood(25, of: .notANumber, in: "a.csv") + Self.flood(20, of: .blankCell, in: "a.csv")
        + Self.flood(20, of: .notANumber, in: "b.csv"))
    let parts = list.description.components(separatedBy: "\n\n")
    #expect(parts.count == 62)
    #expect(parts[60] == "… and 5 more E110 in a.csv, the last on line 25: --format json gives them all")
    #expect(parts[61] == "65 errors, 0 warnings; nothing was projected. More: places explain E110")
    #expect(list.sorted.diagnostics.count == 65)
  }

  @Test func `a message that quotes very much is cut in the middle`() {
    let cell = String(repeating: "é", count: 100_000)
    let long = Diagnostic(
      .notANumber, at: place("a.csv"), what: "'births' is '\(cell)' for P1", why: "why",
      fix: "write '\(cell)'")
    #expect(long.what.hasPrefix("'births' is 'éé"))
    #expect(long.what.hasSuffix("éé' for P1"))
    #expect(long.what.contains(" … (99571 characters left out) … "))
    #expect(long.fix.count < 500)
    #expect(diagnostic(.notANumber, place("b.csv"), long.what).what == long.what)
    let short = String(repeating: "x", count: 500)
    #expect(diagnostic(.notANumber, place("a.csv"), short).what == short)
  }
}

@Suite struct Sorting {
  @Test func `by file, line, column, code and words, each once`() {
    let sorted = [
      diagnostic(.noRows, place("a.csv")), diagnostic(.notANumber, place("a.csv", 2, 9)),
      diagnostic(.notANumber, place("a.csv", 10, 1)), diagnostic(.notANumber, place("a.csv", 10, 2), "a"),
      diagnostic(.notANumber, place("a.csv", 10, 2), "b"),
      diagnostic(.blankCell, place("a.csv", 10, 2), "a"), diagnostic(.noRows, place("b.csv")),
    ]
    for rotation in sorted.indices {
      let mixed = Array(sorted[rotation...] + sorted[..<rotation]).reversed() + [sorted[rotation]]
      #expect(DiagnosticList(Array(mixed)).sorted.diagnostics == sorted)
    }
  }
}

@Suite struct Counting {
  private static let error = diagnostic(.notANumber, place("b.csv", 1, 1))
  private static let error2 = diagnostic(.blankCell, place("c.csv", 1, 1))
  private static let warning = diagnostic(.siteNotFinished, place("a.csv", 1, 1))
  private static let warning2 = diagnostic(.varianceWithoutReason, place("d.csv", 1, 1))

  @Test(
    arguments: [
      ([], "0 errors, 0 warnings."),
      ([error], "1 error, 0 warnings; nothing was projected. More: places explain E110"),
      ([error2, error], "2 errors, 0 warnings; nothing was projected. More: places explain E110"),
      ([warning], "0 errors, 1 warning. More: places explain W304"),
      ([warning2, warning], "0 errors, 2 warnings. More: places explain W304"),
      // The first error, although a warning comes before it.
      ([warning, error], "1 error, 1 warning; nothing was projected. More: places explain E110"),
    ])
  func `says one or many, and where to read more`(_ list: [Diagnostic], _ wanted: String) {
    #expect(DiagnosticList(list).summary() == wanted)
  }

  @Test func `names the stage that did not happen`() {
    #expect(
      DiagnosticList([Self.error]).summary(nothingWas: "written")
        == "1 error, 0 warnings; nothing was written. More: places explain E110")
  }

  /// Two scenarios with one parent both meet the parent's fault.
  @Test func `counts what it shows: a fault found twice is one`() {
    let list = DiagnosticList([Self.error, Self.error, Self.warning, Self.warning])
    #expect(
      list.summary() == "1 error, 1 warning; nothing was projected. More: places explain E110")
  }

  @Test func `an error ends a stage, a warning does not`() {
    #expect(throws: Never.self) { try DiagnosticList([Self.warning]).check() }
    let list = DiagnosticList([Self.warning, Self.error])
    #expect(throws: list) { try list.check() }
    #expect(list.errors == [Self.error])
    #expect(list.warnings == [Self.warning])
  }

  @Test func `knows when only files are missing`() {
    let missing = diagnostic(.fileMissing, place("a.csv"))
    #expect(DiagnosticList([missing, Self.warning]).onlyMissingFiles)
    #expect(!DiagnosticList([missing, Self.error]).onlyMissingFiles)
    #expect(!DiagnosticList([Self.warning]).onlyMissingFiles)
    #expect(!DiagnosticList().onlyMissingFiles)
  }
}

@Suite struct Codes {
  @Test(arguments: DiagnosticCode.allCases)
  func `are a letter and three digits, and the letter is the severity`(_ code: DiagnosticCode) throws {
    let name = code.rawValue
    #expect(try #/[EW][0-9]{3}/#.wholeMatch(in: name) != nil)
    #expect(code.severity == (name.hasPrefix("E") ? .error : .warning))
  }

  /// Errors among errors and warnings among warnings: those of imports stand together, behind all others.
  @Test(arguments: ["E", "W"])
  func `stand in order, so that new ones are easy to place`(_ letter: String) {
    let names = DiagnosticCode.allCases.map(\.rawValue).filter { $0.hasPrefix(letter) }
    #expect(names == names.sorted())
  }
}
