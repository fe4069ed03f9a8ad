import ArgumentParser
import Foundation
import ModelFiles
import PlacePlanning
import Runs

// What a shell offers when a key or a scenario is to be completed: asked of the model that the line names, silent without one.

/// Keys of the model, with `=` behind them.
@Sendable func completedKeys(_ line: [String], _ index: Int, _ prefix: String) -> [String] {
  (model(on: line)?.model.assumptions ?? []).map { "\($0.key)=" }.filter { $0.hasPrefix(prefix) }
}

/// Scenarios of the model.
@Sendable func completedScenarios(_ line: [String], _ index: Int, _ prefix: String) -> [String] {
  (model(on: line)?.scenarios ?? []).filter { $0.hasPrefix(prefix) }
}

/// The first word of the line that is a model's folder, read; nil without one.
private func model(on line: [String]) -> CheckedInput? {
  for word in line.dropFirst() {
    let folder = folder(word)
    guard FileManager.default.fileExists(atPath: folder.appendingPathComponent("model.yaml").path)
    else { continue }
    return try? check(ModelRequest(folder: folder))
  }
  return nil
}
