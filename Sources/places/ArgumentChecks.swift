public import ArgumentParser
import Foundation
public import ModelFiles
public import Runs
public import Scenarios

// Words of the modules that an option takes, and what several options must be. A conformance of a public type is public itself.

extension SchoolScope: ExpressibleByArgument {}
extension BirthYear: ExpressibleByArgument {}
extension ExportKind: ExpressibleByArgument {}
extension ScenarioStage: ExpressibleByArgument {}
extension SweepDesign.Kind: ExpressibleByArgument {}

/// A path as it was given, of a file or of a folder to write.
func url(_ path: String) -> URL { URL(fileURLWithPath: path) }

/// A path as it was given, of what can only be a folder.
func folder(_ path: String) -> URL { URL(fileURLWithPath: path, isDirectory: true) }

/// One draw is no distribution, and beyond the most there is no memory for them on a usual machine.
func checkDraws(_ draws: Int, orNone: Bool = true) throws {
  guard !((2...100_000).contains(draws) || (orNone && draws == 0)) else { return }
  throw ValidationError("--draws must \(orNone ? "be 0, or " : "")lie between 2 and 100000.")
}

/// What is given and would not be heeded is refused rather than passed over in silence.
func refuseGiven(_ options: KeyValuePairs<String, Bool>, _ reason: String) throws {
  guard let given = options.first(where: \.value) else { return }
  throw ValidationError("\(given.key) \(reason)")
}

/// Why an option of the draws is refused where there are none.
let needsDraws =
  "needs draws, and there are none: leave out --draws 0, or say in the model how uncertain it is."

/// `-` is standard output elsewhere and would be a name here, and a file's name does not end as a folder's does.
func checkOutput(_ path: String, _ option: String, isFile: Bool = false) throws {
  if path == "-" {
    throw ValidationError(
      "\(option) is '-': a \(isFile ? "file" : "folder") is written, never standard output; give its name.")
  }
  if isFile, path.hasSuffix("/") {
    throw ValidationError(
      "\(option) is '\(path)': a file is written, and a name that ends in '/' is a folder's; add the file's name, or leave out the '/'."
    )
  }
}

/// Refuses a limit on time that no clock can hold; nil is no limit.
func checkSeconds(_ seconds: Double?, _ option: String) throws {
  guard let seconds, !(seconds >= 0.001 && seconds <= 1e7) else { return }
  throw ValidationError("\(option) must lie between 0.001 and 10000000 seconds.")
}
