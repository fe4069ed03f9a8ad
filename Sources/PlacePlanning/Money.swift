/// The prices that an amount is expressed in.
public enum PriceBase: Hashable, Sendable {
  /// Money of the day: budgets and spending as the ledger shows them.
  case cash
  /// Constant prices of a quarter, such as 2018-Q1.
  case quarter(year: Int, quarter: Int)

  /// Reads `cash` or `2018-Q1`.
  public init?(label: String) {
    if label == "cash" {
      self = .cash
      return
    }
    let parts = label.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].utf8.count == 4, parts[0].utf8.allSatisfy(isDigit),
      let year = Int(parts[0]),
      parts[1].utf8.count == 2, parts[1].first == "Q", let quarter = Int(parts[1].dropFirst()),
      (1...4).contains(quarter)
    else { return nil }
    self = .quarter(year: year, quarter: quarter)
  }

  public var label: String {
    switch self {
    case .cash: "cash"
    case .quarter(let year, let quarter): "\(year)-Q\(quarter)"
    }
  }
}

/// Whole pounds in stated prices.
public struct Money: Hashable, Sendable {
  public let pounds: Int
  public let priceBase: PriceBase

  /// An amount in the prices of its base. **Units** whole pounds.
  public init(pounds: Int, priceBase: PriceBase) {
    self.pounds = pounds
    self.priceBase = priceBase
  }
}

/// The whole pounds within a share of some pounds. A product that only the binary fraction keeps below a whole pound, as 0.29 of 3,000,
/// counts as that pound.
public func wholePounds(_ share: Double, of pounds: Int) -> Int {
  let exact = share * Double(pounds)
  return Int((exact + 1e-12 * max(1, abs(exact))).rounded(.down))
}

/// The nearest whole pound, half a pound away from nought. A product that only the binary fraction keeps below a half, as 0.7 of 45 or
/// 15 times 8,463.30, counts as that half.
public func nearestPound(_ pounds: Double) -> Int {
  let slack = 1e-12 * max(1, abs(pounds))
  return Int((pounds < 0 ? pounds - slack : pounds + slack).rounded())
}

/// The four sources of the programme's money.
public enum FundingSource: String, CaseIterable, Sendable, Codable {
  case grant
  case section106 = "s106_contribution"
  case schoolContribution = "school_contribution"
  case internalBorrowing = "internal_borrowing"

  /// Whether its money may repay what was borrowed for a scheme that it could have paid for.
  public var repaysBorrowing: Bool { self == .section106 }

  /// As a paper's column heading says it.
  public var name: String {
    switch self {
    case .grant: "Grant"
    case .section106: "Section 106"
    case .schoolContribution: "School contribution"
    case .internalBorrowing: "Internal borrowing"
    }
  }
}
