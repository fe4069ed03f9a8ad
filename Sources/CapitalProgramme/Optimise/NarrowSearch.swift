internal import MixedInteger

/// Looks for a good programme among few starts, for a solve of all of them to begin from: those that the linear programme uses parts
/// of, and those that would cost it next to nothing. It proves nothing.
struct NarrowSearch {
  private let programme: ProgrammeModel
  private let model: LinearModel
  private let options: SolveOptions

  /// With fewer starts the whole model is as quickly solved.
  static func isWorthwhile(_ programme: ProgrammeModel) -> Bool {
    programme.starts.reduce(0) { $0 + $1.count } >= 500
  }

  /// A start is left out when the linear programme's objective would rise by more than this share.
  static let mostRise = 2e-5

  init(_ programme: ProgrammeModel, _ model: LinearModel, _ options: SolveOptions) {
    (self.programme, self.model, self.options) = (programme, model, options)
  }

  /// Values that satisfy the model; nil when none were found.
  func values() throws(LinearModelFault) -> [Double]? {
    let relaxed = model.relaxingIntegers()
    guard let mixture = try solve(relaxed, options).solution else { return nil }
    let rises = relaxed.reducedCosts(at: mixture)
    let most = Self.mostRise * abs(mixture.objective)
    var narrow = model
    for start in programme.starts.joined() where mixture[start] <= 1e-6 && rises[start.index] > most {
      narrow.setBounds(start, 0, 0)
    }
    var options = options
    // A limit on nodes and a gap: the same programme every time that time does not run out first.
    options.relativeGap = max(options.relativeGap, Self.gap)
    options.nodeLimit = Self.mostNodes
    options.timeLimit = options.timeLimit.map { $0 / 2 }
    return try solve(narrow, options).solution?.values
  }

  private static let gap = 0.01
  private static let mostNodes = 1
}
