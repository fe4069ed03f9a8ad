import Foundation
import ModelFiles
import PlacePlanning
import Projection
import TestSupport
import Testing

/// The same question has the same answer, to the bit.
struct SameBitsLawTests {
  /// The command line, built beside the tests.
  private static let program: URL = {
    let beside = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
      .deletingLastPathComponent().appendingPathComponent("places")
    return FileManager.default.isExecutableFile(atPath: beside.path)
      ? beside : Repository.file(".build/debug/places")
  }()

  private func answer(_ environment: [String: String]) throws -> Data {
    let process = Process()
    process.executableURL = Self.program
    process.arguments = [
      "project", Repository.file("Models/gloucestershire").path, "--draws", "300", "--format", "json",
    ]
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return data
  }

  /// Two processes also hash differently, so that no order of a dictionary can have come into the figures.
  @Test("one or two BLAS threads, and any other process: the same bytes")
  func threads() throws {
    try #require(
      FileManager.default.isExecutableFile(atPath: Self.program.path), "build the product 'places' first")
    let one = try answer(["OPENBLAS_NUM_THREADS": "1"])
    let two = try answer(["OPENBLAS_NUM_THREADS": "2"])
    #expect(one.count > 100_000)
    #expect(one == two)
  }

  @Test("a scenario that changes nothing is the central one", arguments: ["exampleton", "gloucestershire"])
  func emptyScenario(name: String) throws {
    let copy = try ModelCopy(name)
    try copy.write(
      "Models/\(name)/scenarios/nothing.yaml",
      "scenario: nothing\ntitle: Nothing changes\nextends: central\noverrides: []\n".utf8)
    let central = try validate(load(copy.request())).model
    let nothing = try validate(load(copy.request(scenario: "nothing"))).model
    #expect(nothing.scenario == "nothing" && nothing.appliedOverrides.isEmpty)
    expectSameBits(figures(try project(nothing)), figures(try project(central)), name)
  }

  @Test("a scenario that sets a value to what it was is the central one")
  func unchangedValue() throws {
    let copy = try ModelCopy()
    try copy.write(
      "Models/exampleton/scenarios/same.yaml",
      """
      scenario: same
      title: The same value again
      overrides:
        - set: housing.mill_lane.homes_per_year
          was: 40
          to: 40
          why: To change nothing
      """.utf8)
    let central = try validate(load(copy.request())).model
    let same = try validate(load(copy.request(scenario: "same"))).model
    #expect(same.appliedOverrides.count == 1)
    expectSameBits(figures(try project(same)), figures(try project(central)), "same")
  }
}
