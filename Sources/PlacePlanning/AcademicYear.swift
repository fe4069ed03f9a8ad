/// An academic year, September to August, named by the calendar year of its September: 2017 stands for 2017/18.
///
/// Rolls are counted at the January census inside it.
public struct AcademicYear: Hashable, Comparable, Sendable {
  /// The calendar year of the September in which it starts.
  public let start: Int

  /// By the calendar year of its September.
  public init(_ start: Int) {
    self.start = start
  }

  /// The years that are read. Others are slips, or what programs write when they know none: `0000/01`, `9999/00`.
  public static let written = 1900...2199

  /// Reads `2017/18`. Nil unless the form is exactly that, the second part follows the first, and the year is one of ``written``.
  public init?(label: some StringProtocol) {
    let parts = label.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].utf8.count == 4, parts[1].utf8.count == 2,
      parts[0].utf8.allSatisfy(isDigit), parts[1].utf8.allSatisfy(isDigit),
      let start = Int(parts[0]), let end = Int(parts[1]), (start + 1) % 100 == end,
      Self.written.contains(start)
    else { return nil }
    self.start = start
  }

  /// `2017/18`.
  public var label: String {
    let end = (start + 1) % 100
    return "\(start)/\(end < 10 ? "0" : "")\(end)"
  }

  /// 2020/21, whose January census was taken in a lockdown.
  public static let pandemic = AcademicYear(2020)

  /// The earlier year is the smaller.
  public static func < (a: AcademicYear, b: AcademicYear) -> Bool { a.start < b.start }

  /// So many years later.
  public static func + (year: AcademicYear, years: Int) -> AcademicYear {
    AcademicYear(year.start + years)
  }

  /// So many years earlier.
  public static func - (year: AcademicYear, years: Int) -> AcademicYear {
    AcademicYear(year.start - years)
  }

  /// Whole years from `b` to `a`.
  public static func - (a: AcademicYear, b: AcademicYear) -> Int { a.start - b.start }
}

func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

extension AcademicYear: CustomStringConvertible {
  public var description: String { label }
}
