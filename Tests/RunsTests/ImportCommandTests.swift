import Foundation
import TestSupport
import Testing

/// `places import section106`, as an analyst runs it.
@Suite struct ImportCommandTests {
  private let folder: TemporaryFolder
  private static let header =
    "amount,contribution-purpose,developer-agreement,developer-agreement-contribution,end-date,entry-date,"
    + "organisation,start-date\n"
  private static let good = "1234567.5,Education,A1,C1,,2018-04-01,council:X,2018-03-15\n"
  private static let bad = "-5,education,A1,C2,,2018-04-01,council:X,2018-03-15\n"
  private static let other = "9,highways,A1,C3,,2018-04-01,council:X,2018-03-15\n"

  init() throws { folder = try TemporaryFolder() }

  private func path(_ name: String) -> String { folder.path(name) }

  private func register(_ text: String) throws -> String {
    try folder.write(text, to: "contributions.csv").path
  }

  private func importing(_ file: String, _ options: String...) throws -> CommandResult {
    try command(
      placesPath,
      [
        "import", "section106", "--contributions", file, "--into", path("out"), "--retrieved", "2024-11-23",
      ] + options)
  }

  private func files() throws -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: path("out")))?.sorted() ?? []
  }

  @Test func `the answer counts every row, the talk shows what was refused`() throws {
    let run = try importing(try register(Self.header + Self.good + Self.bad + Self.other))
    #expect(run.status == 0)
    #expect(
      run.output == """
        contributions                       rows
        kept                                   1
        set aside, not education: highways     1
        refused, E402                          1
        all rows                               3

        Spelling                            read as  rows
        Education (contribution-purpose)  education     1

        Kept, by organisation  contributions      pounds
        council:X                          1  1234567.50

        Written: \(path("out"))

        """)
    #expect(run.talk.contains("contributions.csv:3:1: error[E402]: 'amount' is -5"))
    #expect(try files() == ["README.md", "data.csv", "data.schema.yaml", "refused.csv"])
  }

  @Test func `the same answer for machines, and the same bytes again`() throws {
    let file = try register(Self.header + Self.good + Self.bad + Self.other)
    let run = try importing(file, "--format", "json")
    let answer = try json(run.output)
    let account = (answer["files"] as? [[String: Any]])?.first
    #expect(account?["kept"] as? Int == 1)
    #expect(account?["refused"] as? [String: Int] == ["E402": 1])
    #expect(account?["set_aside"] as? [String: Int] == ["not education: highways": 1])
    #expect((answer["kept"] as? [[String: Any]])?.first?["pounds"] as? Double == 1234567.5)
    func bytes() throws -> [Data] {
      try files().map { try folder.data("out/\($0)") }
    }
    let before = try bytes()
    _ = try importing(file)
    #expect(try bytes() == before)
  }

  @Test func `what ends after the day on which the files were fetched is kept`() throws {
    let later = "9,education,A1,C4,2030-01-01,2018-04-01,council:X,2018-03-15\n"
    let run = try importing(try register(Self.header + Self.good + later), "--format", "json")
    let account = (try json(run.output)["files"] as? [[String: Any]])?.first
    #expect(account?["kept"] as? Int == 2, "\(run.talk)")
  }

  /// £1,234,567.50 agreed, 500.50 received: 500 in hand, 1,234,067 to come.
  @Test func `the rows of a model, and what they still need`() throws {
    let file = try register(Self.header + Self.good)
    #expect(try importing(file, "--for-model").status == 64)
    let agreements =
      "developer-agreement,developer-agreement-type,end-date,entry-date,organisation,planning-application,start-date\n"
      + "A1,section-106,,2018-04-01,council:X,18/001,2018-03-15\n"
    let transactions =
      "amount,contribution-funding-status,developer-agreement-contribution,developer-agreement-transaction,end-date,"
      + "entry-date,organisation,start-date\n500.5,received,C1,T1,,2018-06-01,council:X,2018-05-01\n"
    for (name, text) in [("a.csv", agreements), ("t.csv", transactions)] {
      try folder.write(text, to: name)
    }
    let run = try importing(
      file, "--agreements", path("a.csv"), "--transactions", path("t.csv"), "--for-model", "--format", "json")
    #expect(run.status == 0, "\(run.talk)")
    let answer = try json(run.output)
    let model = answer["for_model"] as? [String: Any]
    #expect(model?["rows"] as? Int == 2)
    #expect((model?["to_fill"] as? [String: Int])?["pays_for"] == 2)
    let data = try folder.text("out/data.csv").split(separator: "\n")
    #expect(data.count == 3 && data[1].hasPrefix("C1-received-2018-19,") && data[2].hasPrefix("C1-due,"))
    #expect(data[1].contains(",A1,,,500,cash,2018/19,") && data[2].contains(",A1,,,1234067,,,"))
  }

  @Test(arguments: [
    (header + other, "error[E407]"), (header, "error[E107]"), ("", "error[E107]"),
    (header.replacing("amount", with: "sum") + good, "error[E103]"), (header + "\"9", "error[E101]"),
  ])
  func `a failed import leaves an earlier one as it was`(_ text: String, _ words: String) throws {
    _ = try importing(try register(Self.header + Self.good))
    let before = try folder.data("out/data.csv")
    let run = try importing(try register(text))
    #expect(run.status == 65)
    #expect(run.talk.contains(words), "\(run.talk)")
    #expect(run.talk.contains("nothing was written"))
    #expect(try folder.data("out/data.csv") == before)
  }

  @Test func `a missing file is exit status 66, a wrong word 64`() throws {
    #expect(try importing(path("none.csv")).status == 66)
    #expect(try importing(path("none.csv"), "--agreements", path("no.csv")).status == 66)
    #expect(try places("import", "section107").status == 64)
    let day = try places(
      "import", "section106", "--contributions", "c", "--into", "d", "--retrieved", "2026-02-30")
    #expect(day.status == 64)
    let later = try places(
      "import", "section106", "--contributions", "c", "--into", "d", "--retrieved", "2999-01-01")
    #expect(later.status == 64)
    #expect(later.talk.contains("--retrieved is '2999-01-01', a day that is still to come"), "\(later.talk)")
    #expect(try files().isEmpty)
  }

  @Test func `a folder that no import wrote is left alone`() throws {
    try folder.write("mine", to: "out/mine.txt")
    let run = try importing(try register(Self.header + Self.good))
    #expect(run.status == 65)
    #expect(run.talk.contains("error[E602]") && run.talk.contains("holds 'mine.txt', which no import wrote"))
    #expect(try files() == ["mine.txt"])
  }

  @Test func `neither is a file, nor a folder with a data set of one's own`() throws {
    let file = try register(Self.header + Self.good)
    try folder.write("mine", to: "out")
    #expect(try importing(file).status == 65)
    #expect(try folder.text("out") == "mine")
    try FileManager.default.removeItem(atPath: path("out"))
    try FileManager.default.createDirectory(atPath: path("out"), withIntermediateDirectories: true)
    #expect(try importing(file).status == 0, "an empty folder is filled")
    try FileManager.default.removeItem(atPath: path("out/refused.csv"))
    #expect(try importing(file).status == 65)
    #expect(try files() == ["README.md", "data.csv", "data.schema.yaml"])
  }
}
