import Foundation
import TestSupport
import Testing

/// What a command printed and how it ended.
struct CommandResult {
  let output: String
  let talk: String
  let status: Int32
}

/// A text that is to be one JSON object.
func json(_ text: String) throws -> [String: Any] {
  try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any], "\(text)")
}

/// Runs a program to its end.
func command(
  _ program: String, _ arguments: [String], adding environment: [String: String] = [:]
) throws -> CommandResult {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: program)
  process.arguments = arguments
  process.currentDirectoryURL = Repository.root
  process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
  let folder = try TemporaryFolder()
  func file(_ name: String) throws -> FileHandle {
    try FileHandle(forWritingTo: folder.write("", to: name))
  }
  process.standardOutput = try file("output")
  process.standardError = try file("talk")
  try process.run()
  process.waitUntilExit()
  return CommandResult(
    output: try folder.text("output"), talk: try folder.text("talk"), status: process.terminationStatus)
}

/// The program beside these tests.
func places(_ arguments: String...) throws -> CommandResult {
  try command(placesPath, arguments)
}

let placesPath = Bundle.main.bundleURL.appendingPathComponent("places").path

/// The columns of a table's first line that a page names nowhere.
func unnamed(_ header: String, on page: String) throws -> [String] {
  let words = try Repository.text(page).split { !($0.isLetter || $0.isNumber || "_.".contains($0)) }
  let names = Set(words.map { $0.trimmingCharacters(in: CharacterSet(charactersIn: ".")) })
  return header.split(separator: ",").map(String.init).filter { !names.contains($0) }
}
