internal import Foundation

extension Variation {
  /// The most levels that one key may have.
  public static let mostLevels = 100_000

  /// Reads `KEY=from:to:step`, `KEY=from:to` (any value between) or `KEY=a,b,c`. Nil for any other form, for steps that do not
  /// lead from the one to the other and end there, for a level that stands twice, and for more than ``mostLevels``.
  ///
  /// Steps are counted in decimal, so that 0.8:1.2:0.1 holds 0.9 and 1 exactly as they would be written.
  public init?(_ text: String) {
    guard let equals = text.firstIndex(of: "="), equals > text.startIndex else { return nil }
    let key = String(text[..<equals])
    let rest = text[text.index(after: equals)...]
    if rest.contains(":") {
      let parts = rest.split(separator: ":", omittingEmptySubsequences: false).map { exact($0) }
      guard (2...3).contains(parts.count), let from = parts[0], let to = parts[1] else { return nil }
      if parts.count == 2 {
        guard from < to else { return nil }
        self.init(key: key, values: .range(double(from), double(to)))
        return
      }
      guard let step = parts[2], let levels = Self.steps(from, to, step) else { return nil }
      self.init(key: key, values: .levels(levels))
    } else {
      let levels = rest.split(separator: ",", omittingEmptySubsequences: false).map { exact($0).map(double) }
      let known = levels.compactMap { $0 }
      guard known.count == levels.count, known.count <= Self.mostLevels, Set(known).count == known.count
      else { return nil }
      self.init(key: key, values: .levels(known))
    }
  }

  private static func steps(_ from: Decimal, _ to: Decimal, _ step: Decimal) -> [Double]? {
    guard step != 0, (to - from) / step >= 0 else { return nil }
    var levels: [Double] = []
    var value = from
    while step > 0 ? value <= to : value >= to {
      levels.append(double(value))
      if levels.count > mostLevels { return nil }
      value += step
    }
    return value - step == to ? levels : nil
  }
}

/// Digits with at most one point and a leading minus sign; nil for anything else.
private func exact(_ text: Substring) -> Decimal? {
  let digits = text.first == "-" ? text.dropFirst() : text
  let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
  guard (1...2).contains(parts.count), digits.utf8.count <= 30,
    parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
  else { return nil }
  return Decimal(string: String(text), locale: Locale(identifier: "en_GB"))
}

/// The double that its digits stand for.
private func double(_ value: Decimal) -> Double {
  Double("\(value)") ?? NSDecimalNumber(decimal: value).doubleValue
}

extension Variation: Codable {
  private enum Key: String, CodingKey { case key, levels, low, high }

  /// From an object with `key` and either `levels` or `low` and `high`. **Throws** `DecodingError` where one is missing.
  public init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: Key.self)
    key = try object.decode(String.self, forKey: .key)
    if let levels = try object.decodeIfPresent([Double].self, forKey: .levels) {
      values = .levels(levels)
    } else {
      values = .range(
        try object.decode(Double.self, forKey: .low), try object.decode(Double.self, forKey: .high))
    }
  }

  /// As `init(from:)` reads it: the key beside its levels, or beside the ends of its range.
  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(key, forKey: .key)
    switch values {
    case .levels(let levels): try object.encode(levels, forKey: .levels)
    case .range(let low, let high):
      try object.encode(low, forKey: .low)
      try object.encode(high, forKey: .high)
    }
  }
}
