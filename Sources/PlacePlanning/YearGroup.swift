/// A year group: Reception, then Years 1 to 13.
public struct YearGroup: Hashable, Comparable, Sendable {
  /// Reception is 0; Year n is n.
  public let number: Int

  private init(unchecked number: Int) {
    self.number = number
  }

  /// Nil outside 0 (Reception) to 13.
  public init?(number: Int) {
    guard (0...13).contains(number) else { return nil }
    self.number = number
  }

  /// Reads `R`, `1` … `13`, exactly.
  public init?(label: some StringProtocol) {
    if label == "R" {
      number = 0
    } else if let n = Int(label), (1...13).contains(n), String(n) == label {
      number = n
    } else {
      return nil
    }
  }

  public static let reception = YearGroup(unchecked: 0)
  public static let year6 = YearGroup(unchecked: 6)
  public static let year7 = YearGroup(unchecked: 7)
  public static let all = (0...13).map(YearGroup.init(unchecked:))

  /// `R`, `1` … `13`: the form of the data files.
  public var label: String { number == 0 ? "R" : String(number) }

  /// `Reception`, `Year 7`: the form of the papers.
  public var name: String { number == 0 ? "Reception" : "Year \(number)" }

  public var phase: Phase {
    switch number {
    case ...6: .primary
    case ...11: .secondary
    default: .sixthForm
    }
  }

  /// The year group that a pupil was in a year ago; nil for Reception.
  public var previous: YearGroup? { YearGroup(number: number - 1) }

  public static func < (a: YearGroup, b: YearGroup) -> Bool { a.number < b.number }
}

extension YearGroup: CustomStringConvertible {
  public var description: String { name }
}

/// A phase of education, by year group: primary R to 6, secondary 7 to 11, sixth form 12 and 13.
public enum Phase: String, CaseIterable, Sendable, Codable {
  case primary, secondary
  case sixthForm = "sixth_form"

  public var yearGroups: [YearGroup] { YearGroup.all.filter { $0.phase == self } }

  /// The year group that new pupils join: Reception, Year 7 or Year 12.
  public var entryYearGroup: YearGroup { yearGroups[0] }
}
