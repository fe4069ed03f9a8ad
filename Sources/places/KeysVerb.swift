import ArgumentParser
import Diagnostics
import Foundation
import ModelFiles
import Papers
import PlacePlanning
import Runs

struct Keys: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the assumptions that scenarios, whatif and sweep may change.",
    discussion: "With a word, those whose key or title holds it. The place is where the value stands.")
  @OptionGroup var options: ModelOptions

  @Argument(help: "A part of a key or of a title; case does not matter.")
  var word: String?

  func run() throws {
    try answering(options.answer.format, nothingWas: "listed") {
      let input = try check(options.request)
      let all = input.model.assumptions
      let found = word.map { word in all.filter { $0.holds(word) } } ?? all
      if found.isEmpty, let word { say(nothingFound(word, all)) }
      // What a scenario changes stands in its file, which runs name by its place in the model.
      let folder = options.request.folder
      let places = Dictionary(input.model.appliedOverrides.map { ($0.key, $0.place(in: folder)) }) { $1 }
      let keys = found.map { KeyAnswer($0, place: places[$0.key] ?? $0.place) }
      return Answer(
        text: keys.isEmpty ? "No assumption." : keysText(keys), json: keys, warnings: DiagnosticList(),
        isList: true)
    }
  }

  private func nothingFound(_ word: String, _ all: [Assumption]) -> String {
    let parts = all.flatMap { $0.key.split(separator: ".").map(String.init) }
    let words = all.flatMap { $0.title.split(separator: " ").map(String.init) }
    let near = nearMiss(of: word, among: all.map(\.key)) ?? nearMiss(of: word, among: parts + words)
    return "No key or title holds '\(word)'." + (near.map { " Did you mean '\($0)'?" } ?? "")
  }
}

extension Assumption {
  fileprivate func holds(_ word: String) -> Bool {
    [key, title].contains { $0.lowercased().contains(word.lowercased()) }
  }
}

private func keysText(_ keys: [KeyAnswer]) -> String {
  let rows = keys.map { key in
    [
      key.key, decimal(key.value, places: 9), key.unit, key.mark.rawValue, key.quality.rawValue,
      key.impact.rawValue, key.source, key.place, key.title,
    ]
  }
  return aligned(
    ["Key", "Value", "Unit", "Mark", "Quality", "Impact", "Source", "Place", "Title"], rows,
    numbers: [1])
}

private struct KeyAnswer: Encodable {
  let key: String
  let title: String
  let unit: String
  let value: Double
  let source: String
  let mark: EvidenceMark
  let quality: Rating
  let impact: Rating
  let place: String

  init(_ assumption: Assumption, place: String) {
    key = assumption.key
    title = assumption.title
    unit = assumption.unit
    value = assumption.value
    source = assumption.source
    mark = assumption.mark
    quality = assumption.quality
    impact = assumption.impact
    self.place = place
  }
}
