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

  /// Whether it is one of those from `first` to `last`, or to the last of the phase of `first`.
  public func isTaught(from first: YearGroup, to last: YearGroup?) -> Bool {
    phase == first.phase && self >= first && last.map { self <= $0 } ?? true
  }

  /// Younger pupils come first.
  public static func < (a: YearGroup, b: YearGroup) -> Bool { a.number < b.number }
}

extension YearGroup {
  /// Year groups up to 11 that have no count and must have pupils: those between two with pupils, however many are missing there;
  /// Reception below a Year 1 with pupils; and Year 11 where Year 10 has pupils and had them a year before. Beyond these ends an area
  /// teaches nothing: infants, juniors, or a high school. A counted nought ends what is taught too.
  ///
  /// Both are by number of the year group (0 is Reception), not a number where absent. **Units** pupils
  public static func missing(among counts: [Double], yearBefore: [Double]) -> [YearGroup] {
    guard counts.count == all.count, yearBefore.count == all.count else { return [] }
    return all.prefix(12).filter { group in
      guard counts[group.number].isNaN else { return false }
      let above = counts[(group.number + 1)...].first { !$0.isNaN } ?? 0
      let below = counts[..<group.number].last { !$0.isNaN } ?? 0
      switch group.number {
      case 0: return counts[1] > 0
      case 11: return counts[10] > 0 && (above > 0 || yearBefore[10] > 0)
      default: return above > 0 && below > 0
      }
    }
  }
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
