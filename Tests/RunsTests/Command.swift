import Foundation
import TestSupport

/// What a command printed and how it ended.
struct CommandResult {
  let output: String
  let talk: String
  let status: Int32
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
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  func file(_ name: String) throws -> FileHandle {
    let url = folder.appendingPathComponent(name)
    try Data().write(to: url)
    return try FileHandle(forWritingTo: url)
  }
  process.standardOutput = try file("output")
  process.standardError = try file("talk")
  try process.run()
  process.waitUntilExit()
  func text(_ name: String) throws -> String {
    try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
  }
  return CommandResult(output: try text("output"), talk: try text("talk"), status: process.terminationStatus)
}

/// The program beside these tests.
func places(_ arguments: String...) throws -> CommandResult {
  try command(placesPath, arguments)
}

let placesPath = Bundle.main.bundleURL.appendingPathComponent("places").path
