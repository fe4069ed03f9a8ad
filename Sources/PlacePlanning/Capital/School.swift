/// A school that a scheme may name.
public struct School: Hashable, Sendable {
  public let code: String
  public let name: String
  public let area: PlanningAreaCode

  /// The school of a code, in the area that it counts to.
  public init(code: String, name: String, area: PlanningAreaCode) {
    self.code = code
    self.name = name
    self.area = area
  }
}
