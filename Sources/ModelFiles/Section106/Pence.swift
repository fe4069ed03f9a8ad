/// An amount as a ledger writes it, to the penny and never below nought.
public struct Pence: Hashable, Comparable, Sendable {
  public let count: Int

  /// A sum of so many pence.
  public init(_ count: Int) {
    self.count = count
  }

  /// More than any agreement: beyond it a cell holds something else, such as a telephone number.
  static let most = Pence(100_000_000_000)

  /// Reads `650000`, `61949.61` or `57067.2`; nil for anything else.
  init?(label: String) {
    let parts = label.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count),
      parts.allSatisfy({ $0.isDigits && $0.utf8.count <= 12 }), let pounds = Int(parts[0])
    else { return nil }
    var pence = 0
    if parts.count == 2 {
      guard parts[1].utf8.count <= 2, let written = Int(parts[1]) else { return nil }
      pence = parts[1].utf8.count == 1 ? written * 10 : written
    }
    count = pounds * 100 + pence
  }

  /// `650000` or `61949.61`, as a data set writes it.
  public var label: String {
    let (pounds, pence) = count.quotientAndRemainder(dividingBy: 100)
    return pence == 0 ? "\(pounds)" : "\(pounds)." + padded("\(pence)", to: 2)
  }

  /// The sum.
  public static func + (a: Pence, b: Pence) -> Pence { Pence(a.count + b.count) }
  /// By amount.
  public static func < (a: Pence, b: Pence) -> Bool { a.count < b.count }
}
