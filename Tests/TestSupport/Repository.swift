public import Foundation
internal import ModelFiles
public import PlacePlanning

/// The checkout that the tests run in.
public enum Repository {
  public static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  public static func file(_ path: String) -> URL { root.appendingPathComponent(path) }

  public static func text(_ path: String) throws -> String {
    try String(contentsOf: file(path), encoding: .utf8)
  }

  /// A model of the checkout as it stands, checked.
  public static func model(_ name: String, scenario: String = "central") throws -> PlanningModel {
    try validate(load(ModelRequest(folder: file("Models/\(name)"), scenario: scenario))).model
  }

  /// Real data that stand beside a checkout on some machines and are never part of it; nil elsewhere. A test that needs
  /// them says that it is skipped.
  public static func sharedData(_ path: String) -> URL? {
    let url = root.appendingPathComponent("../shared/data/\(path)").standardizedFileURL
    return FileManager.default.fileExists(atPath: url.path) ? url : nil
  }
}
