import Foundation
import TestSupport
import Testing

/// Names of outputs that mean something else than a file or a folder of that name.
@Suite struct OutputOptionTests {
  @Test(arguments: [
    ["forecast", "rolls.csv", "--origin", "2016/17", "--horizon", "1", "--out"],
    ["backtest", "rolls.csv", "--origins", "2014/15", "--horizons", "1", "--out"],
    ["export", "Models/exampleton", "--kind", "plain", "--out"],
    ["sweep", "Models/exampleton", "--vary", "births.future_factor=0.9,1", "--out"],
    ["whatif", "Models/exampleton", "--set", "births.future_factor=0.9", "--out"],
    ["import", "births", "births.csv", "--into"],
    ["import", "section106", "--contributions", "c.csv", "--into"],
    ["report", "Models/exampleton", "--reports"],
    ["run", "Models/exampleton", "--store"],
  ])
  func `no verb writes what is called -`(_ words: [String]) throws {
    let run = try command(placesPath, words + ["-"])
    #expect(run.status == 64)
    #expect(run.talk.contains("is '-': a "), "\(run.talk)")
    #expect(run.talk.contains("is written, never standard output; give its name."), "\(run.talk)")
    #expect(!FileManager.default.fileExists(atPath: Repository.file("-").path))
  }

  @Test func `a forecast is a file, and no name of a folder is its name`() throws {
    let folder = try TemporaryFolder()
    let run = try places(
      "forecast", "rolls.csv", "--origin", "2016/17", "--horizon", "1", "--out", folder.path("x.csv") + "/")
    #expect(run.status == 64)
    #expect(run.talk.contains("x.csv/': a file is written, and a name that ends in '/'"), "\(run.talk)")
    #expect(!FileManager.default.fileExists(atPath: folder.path("x.csv")))
  }
}
