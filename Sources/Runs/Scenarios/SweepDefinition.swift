internal import Foundation
internal import ModelFiles
internal import Papers
internal import PlacePlanning
public import Scenarios

/// Everything that a sweep's figures depend on. Two sweeps of one definition give the same bits.
public struct SweepDefinition: Codable, Hashable, Sendable {
  static let format = "places-sweep-journal/1"

  public let format: String
  public let version: String
  public let model: String
  public let scenario: String
  /// SHA-256 over the names and contents of all of the model's files.
  public let inputs: String
  public let stage: ScenarioStage
  public let draws: Int
  public let seed: UInt64
  public let design: SweepDesign

  init(_ input: CheckedInput, _ request: CaseRequest, _ design: SweepDesign) {
    format = Self.format
    version = programVersion
    model = input.model.identity.key
    scenario = input.model.scenario
    inputs = sha256(Data(input.inputs.map { "\($0.file) \($0.sha256)\n" }.joined().utf8))
    stage = request.stage
    draws = request.draws(of: input.model)
    seed = request.seed
    self.design = design
  }

  public var headlines: [Headline] { Headline.of(stage, hasDraws: draws > 0) }

  /// How many points there are; a definition that is run has a number.
  public var count: Int { design.count ?? 0 }

  /// What the definition is called by: a fingerprint of all of it.
  func identity() throws -> String { String(sha256(try plainJSON(self)).prefix(16)) }

  /// In what two definitions differ, in words; empty where they do not.
  func differences(from other: SweepDefinition) -> [String] {
    [
      (format == other.format && version == other.version, "the program's version"),
      (model == other.model && inputs == other.inputs, "the model's files"),
      (scenario == other.scenario, "the scenario"), (stage == other.stage, "--stage"),
      (draws == other.draws, "--draws"), (seed == other.seed, "--seed"),
      (design == other.design, "what is varied, or the design"),
    ].filter { !$0.0 }.map(\.1)
  }
}

/// Which part of a sweep's points one process works out: the `number`th of `count`.
public struct SweepShard: Codable, Hashable, Sendable, CustomStringConvertible {
  public let number: Int
  public let count: Int

  public static let whole = SweepShard(number: 1, of: 1)

  private init(number: Int, of count: Int) {
    self.number = number
    self.count = count
  }

  /// Reads `2/8`. Nil for any other form, and unless the first lies from 1 to the second.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let number = parts[0], let count = parts[1], (1...100_000).contains(count),
      (1...count).contains(number)
    else { return nil }
    self.init(number: number, of: count)
  }

  public var description: String { "\(number)/\(count)" }

  /// How many of `points` are this shard's: those whose number leaves `number` - 1 when divided by `count`.
  func points(of points: Int) -> Int { points < number ? 0 : (points - number) / count + 1 }

  /// The number of its point at a position.
  func point(_ position: Int) -> Int { number - 1 + position * count }

  /// Where a point stands among its own; nil for a point of another shard.
  func position(of point: Int) -> Int? {
    point >= number - 1 && (point - (number - 1)) % count == 0 ? (point - (number - 1)) / count : nil
  }
}

/// A finished point.
struct SweepPoint: Codable, Hashable {
  let point: Int
  /// A fingerprint of the definition and the point's values.
  let id: String
  /// The values of the varied keys.
  let at: [Double]
  /// Why the model does not hold at these values; nil where it does.
  let refused: String?
  /// In the order of the definition's headlines; empty where it was refused.
  let figures: [HeadlineFigure]

  static func id(_ definition: String, _ values: [Double]) -> String {
    let text = definition + " " + values.map { "\($0)" }.joined(separator: " ")
    return String(sha256(Data(text.utf8)).prefix(16))
  }
}
