import ArgumentParser
import Diagnostics
import Foundation
import ModelFiles
import Papers
import PlacePlanning
import Runs

struct DiffVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Say what changed between two runs, and what each change did to the figures.",
    discussion: """
      A run is named by its name, the beginning of it or of its last eight characters, or by the folder that it wrote; the folder \
      of a model stands for that model as it is now. The first is changed into the second step by step, in this order: data, \
      assumptions, scheme dates, seed; what is then left is the method. The parts add up to the whole exactly; 'alone' is \
      what the same change would have done by itself.
      """)

  @Argument(help: "The earlier run, or a model's folder.")
  var before: String

  @Argument(help: "The later run, or a model's folder.")
  var after: String

  @Option(help: "The scenario of a model's folder.")
  var scenario = "central"

  @Option(help: "The seed for a model's folder.")
  var seed: UInt64 = 1

  @Flag(help: "Choose the programme of schemes at each step too; this takes a solver's time.")
  var prioritise = false

  @OptionGroup var options: StoreOptions

  func run() throws {
    if !isModel(before), !isModel(after) {
      try refuseGiven(
        ["--scenario": scenario != "central", "--seed": seed != 1],
        "is for a model's folder, and none is named.")
    }
    try answering(options.answer.format, nothingWas: "compared", allWarnings: allInJSON) {
      let progress = Progress("comparing")
      defer { progress.finish() }
      var warnings = DiagnosticList()
      let comparison = try compareRuns(
        try subject(before), try subject(after), solving: prioritise ? ProgrammeRequest() : nil, &warnings)
      return Answer(
        text: comparisonText(comparison), json: ComparisonAnswer(comparison), warnings: warnings)
    }
  }

  private func isModel(_ text: String) -> Bool {
    FileManager.default.fileExists(atPath: text + "/model.yaml")
  }

  private func subject(_ text: String) throws -> RunSubject {
    let folder = folder(text)
    if isModel(text) {
      return try RunSubject(ModelRequest(folder: folder, scenario: scenario), name: text, seed: seed)
    }
    let name = StoredRun.isRun(folder) ? folder.standardizedFileURL.lastPathComponent : text
    return try options.reading { store in try RunSubject(try store.run(named: name), in: store) }
  }
}
