import Foundation
import ModelFiles
import Runs
import TestSupport
import Testing

/// `places report`: a model's papers, an old run's papers, and what is asked for but cannot be had.
@Suite struct ReportCommandTests {
  private func model(_ copy: ModelCopy) -> String { copy.request().folder.path }

  private func runFolder(_ reports: Reports) throws -> URL {
    let parent = reports.url.appendingPathComponent("exampleton")
    let names = try FileManager.default.contentsOfDirectory(atPath: parent.path)
    return parent.appendingPathComponent(try #require(names.first))
  }

  @Test func `a model's papers, then the run's again`() throws {
    let (copy, reports) = (try ModelCopy(), Reports())
    let first = try places("report", model(copy), "--reports", reports.url.path, "--formats", "html,xlsx")
    #expect(first.status == 0)
    #expect(first.output.contains("capital-paper.html"))
    let folder = try runFolder(reports)
    let before = reports.files()
    try copy.remove("Models/exampleton/model.yaml")
    try FileManager.default.removeItem(at: folder.appendingPathComponent("workbook.xlsx"))
    let again = try places("report", folder.path, "--formats", "xlsx")
    #expect(again.status == 0, "\(again.talk)")
    #expect(reports.files() == before)
  }

  @Test func `a model's warnings are told with its papers too`() throws {
    let reports = Reports()
    func codes(_ verb: String) throws -> [String] {
      let answer = try places(
        verb, "Models/loneham", "--reports", reports.url.path, "--formats", "csv", "--format", "json")
      let warnings = try json(answer.output)["warnings"] as? [[String: Any]]
      return warnings?.compactMap { $0["code"] as? String } ?? []
    }
    let told = try codes("run")
    #expect(told.contains("W314"))
    #expect(try codes("report") == told)
  }

  /// Drawing is not needed for what the run has drawn; a chart that has been changed since is none of its charts.
  @Test(.enabled(if: findChartRenderer() != nil, "skipped: the chart renderer is not installed"))
  func `an old run's charts are taken as they were drawn`() throws {
    let (copy, reports) = (try ModelCopy(), Reports())
    #expect(try places("report", model(copy), "--reports", reports.url.path, "--formats", "html").status == 0)
    let folder = try runFolder(reports)
    let page = folder.appendingPathComponent("capital-paper.html")
    let before = try Data(contentsOf: page)
    try FileManager.default.removeItem(at: page)
    let arguments = ["report", folder.path, "--formats", "html"]
    let again = try command(placesPath, arguments, adding: ["PLACES_WHEELS": "/nowhere"])
    #expect(again.status == 0 && !again.talk.contains("W306"), "\(again.talk)")
    #expect(try Data(contentsOf: page) == before)
    let charts = folder.appendingPathComponent("charts")
    let svg = try #require(
      try FileManager.default.contentsOfDirectory(atPath: charts.path).first { $0.hasSuffix(".svg") })
    try Data("<svg/>".utf8).write(to: charts.appendingPathComponent(svg))
    #expect(try command(placesPath, arguments, adding: ["PLACES_WHEELS": "/nowhere"]).talk.contains("W306"))
  }

  @Test func `an unknown format gets the right one back`() throws {
    let result = try places("report", "Models/exampleton", "--formats", "html,pfd")
    #expect(result.status == 64)
    #expect(
      result.talk.contains(
        "There is no format 'pfd'. Did you mean pdf? The formats are html, pdf, docx, xlsx, csv."))
    #expect(try places("report", "Models/exampleton", "--formats", ",").status == 64)
  }

  @Test(arguments: [
    ["--scenario", "late-homes"], ["--suppress-below", "3"], ["--seed", "2"], ["--reports", "Elsewhere"],
    ["--no-store"], ["--since", "last"],
  ])
  func `what only a computation could heed is refused for a run`(_ options: [String]) throws {
    let result = try command(placesPath, ["report", "Tests/Fixtures/awkward-run"] + options)
    #expect(result.status == 64)
    #expect(result.talk.contains("\(options[0]) needs a model: Tests/Fixtures/awkward-run is a run"))
  }

  @Test func `a run that has changed is refused, and says which file`() throws {
    let result = try places("report", "Tests/Fixtures/awkward-run", "--formats", "html")
    #expect(result.status == 65)
    #expect(result.talk.contains("awkward-run/papers/awkward-paper.json: error[E601]"))
    #expect(result.talk.contains("it has changed since it was written"))
  }

  @Test(arguments: ["-1", "101", "five"])
  func `a threshold that makes no sense is refused`(_ text: String) throws {
    #expect(try places("report", "Models/exampleton", "--suppress-below=\(text)").status == 64)
  }

  @Test func `a threshold for open data that is not written is refused`() throws {
    let result = try places(
      "report", "Models/exampleton", "--formats", "html,xlsx", "--suppress-below", "3")
    #expect(result.status == 64)
    #expect(result.talk.contains("--suppress-below is for the open data, which --formats csv writes."))
  }

  /// Where no wheels are found, what was not asked for by name is left out with a warning; what was is no success.
  @Test func `a missing renderer`() throws {
    let (copy, reports) = (try ModelCopy(), Reports())
    let environment = ["PLACES_WHEELS": "/nowhere"]
    let all = try command(
      placesPath, ["report", model(copy), "--reports", reports.url.path, "--formats", "html,pdf"],
      adding: environment)
    #expect(all.status == 66)
    #expect(all.talk.contains("warning[W306]: charts were left out"))
    #expect(all.talk.contains("warning[W601]: PDF was left out: WeasyPrint is not installed"))
    #expect(all.output.contains("capital-paper.html"))
    let quiet = try command(
      placesPath, ["report", model(copy), "--reports", reports.url.path, "--formats", "html"],
      adding: environment)
    #expect(quiet.status == 0)
  }
}
