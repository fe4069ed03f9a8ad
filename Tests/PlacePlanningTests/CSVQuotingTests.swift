import PlacePlanning
import Testing

@Suite struct CSVQuotingTests {
  @Test(arguments: [
    ("", ""), ("North", "North"), ("-5", "-5"), ("a b; c", "a b; c"), ("a,b", "\"a,b\""),
    ("the \"Old\" school", "\"the \"\"Old\"\" school\""), ("two\nlines", "\"two\nlines\""),
    ("a\rb", "\"a\rb\""),
    ("a\r\nb", "\"a\r\nb\""), ("\"", "\"\"\"\""),
    ("a\"\u{301}b", "\"a\"\"\u{301}b\""),
  ])
  func `a cell is quoted where it must be, and else left alone`(_ text: String, _ cell: String) {
    #expect(Array(csvQuoted(text).utf8) == Array(cell.utf8))
  }
}
