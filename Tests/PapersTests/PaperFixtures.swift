import Foundation
import ModelFiles
import Papers
import Runs
import TestSupport
import Testing

/// Runs that several tests read; each is made once.
enum SharedRun {
  static let town = Result { try PlanningRun(ModelRequest(folder: Repository.file("Models/exampleton"))) }
  static let county = Result {
    try PlanningRun(ModelRequest(folder: Repository.file("Models/gloucestershire")))
  }
  /// Without sites for new homes, without schemes.
  static let island = Result { try PlanningRun(ModelRequest(folder: Repository.file("Models/loneham"))) }
}

extension Paper {
  func table(_ id: String) throws -> Table {
    try #require(tables.first { $0.id == id }, "there is no table '\(id)'")
  }
}

/// The text of a paper as a reader meets it: headings, sentences, captions, cells and notes, a line each.
func words(of paper: Paper) -> [String] {
  paper.sections.flatMap { [$0.heading] + $0.blocks.flatMap(words) }
}

func words(of block: Block) -> [String] {
  switch block {
  case .heading(let text), .paragraph(let text): [text]
  case .bullets(let items): items
  case .definitions(let terms): terms.flatMap { [$0.term, $0.meaning] }
  case .table(let table), .annex(let table):
    [table.caption, table.footnote.sentence] + table.footnote.sources + table.columns.map(\.heading)
      + table.rows.flatMap { $0.map(\.shown) }
  case .figure(let figure): [figure.title, figure.alternative]
  }
}

/// Sentences that are read one after another, tables and glossaries aside.
func prose(of paper: Paper) -> [String] {
  paper.sections.flatMap(\.blocks).flatMap { block -> [String] in
    switch block {
    case .paragraph(let text): [text]
    case .bullets(let items): items
    default: []
    }
  }
}

/// A change to a file of a model.
typealias Change = (file: String, text: String, new: String)

/// A run of a model after some changes to its files; of the town without any it is the one that tests share.
func changedRun(
  _ changes: [Change] = [], of model: String = "exampleton", scenario: String = "central"
) throws -> PlanningRun {
  if changes.isEmpty, model == "exampleton", scenario == "central" { return try SharedRun.town.get() }
  let copy = try ModelCopy(model)
  for change in changes { try copy.replace(change.file, change.text, with: change.new) }
  return try withExtendedLifetime(copy) { try PlanningRun(copy.request(scenario: scenario)) }
}

/// The town's papers after some changes to its files.
func papers(_ changes: [Change] = [], scenario: String = "central") throws -> [Paper] {
  try changedRun(changes, scenario: scenario).papers
}

/// Relative luminance by WCAG 2.2.
func luminance(_ colour: String) throws -> Double {
  let value = try #require(Int(colour.dropFirst(), radix: 16))
  let parts = [value >> 16, value >> 8 & 255, value & 255].map { part -> Double in
    let share = Double(part) / 255
    return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
  }
  return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
}

/// Of two luminances, by WCAG 2.2.
func contrast(_ one: Double, _ other: Double) -> Double {
  (max(one, other) + 0.05) / (min(one, other) + 0.05)
}
