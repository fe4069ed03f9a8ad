import Foundation

/// What Python prints; nil when it fails.
func python(_ arguments: [String]) throws -> Data? {
  let (process, pipe) = (Process(), Pipe())
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = ["python3"] + arguments
  process.standardOutput = pipe
  if arguments[0] == "-c" { process.standardError = FileHandle.nullDevice }
  try process.run()
  let text = pipe.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return process.terminationStatus == 0 ? text : nil
}

/// What Python answers as JSON; nil when it fails.
func pythonAnswer<Answer: Decodable>(_ arguments: [String]) throws -> Answer? {
  guard let text = try python(arguments) else { return nil }
  let decoder = JSONDecoder()
  decoder.keyDecodingStrategy = .convertFromSnakeCase
  return try decoder.decode(Answer.self, from: text)
}
