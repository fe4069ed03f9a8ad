public import PlacePlanning
public import Sufficiency

/// The approved programme, reconciled to the pound, beside the need that it answers.
///
/// The order is the approved one.
public struct ApprovedProgramme: Sendable {
  /// One scheme as it was approved.
  public struct Line: Sendable {
    public let scheme: ApprovedScheme
    /// By source, in whole pounds.
    public func pounds(_ source: FundingSource) -> Int { scheme.funding[source]?.pounds ?? 0 }
    /// The sum of the sources.
    public var total: Int { FundingSource.allCases.reduce(0) { $0 + pounds($1) } }
  }

  public let lines: [Line]
  /// What the areas lack, the largest gap first.
  public let pressures: [AreaPressure]

  public var budget: Int { lines.reduce(0) { $0 + $1.scheme.budget.pounds } }
  /// What one source gives to all schemes, in whole pounds.
  public func total(_ source: FundingSource) -> Int { lines.reduce(0) { $0 + $1.pounds(source) } }
  public var total: Int { FundingSource.allCases.reduce(0) { $0 + total($1) } }
}

/// The programme of a model. Every budget equals the sum of its sources: `validate` has refused it otherwise (E205).
public func reconcile(_ schemes: [ApprovedScheme], for balance: PlacesBalance) -> ApprovedProgramme {
  ApprovedProgramme(lines: schemes.map(ApprovedProgramme.Line.init), pressures: balance.pressures())
}
