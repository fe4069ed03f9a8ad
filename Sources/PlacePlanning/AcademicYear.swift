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

  /// Reads `2017/18`. Nil unless the form is exactly that and the second part follows the first.
  public init?(label: some StringProtocol) {
    let parts = label.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].utf8.count == 4, parts[1].utf8.count == 2,
      parts[0].utf8.allSatisfy(isDigit), parts[1].utf8.allSatisfy(isDigit),
      let start = Int(parts[0]), let end = Int(parts[1]), (start + 1) % 100 == end
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

/// A calendar date, read from and written as `2018-03-15`.
public struct CalendarDate: Hashable, Comparable, Sendable {
  public let year: Int
  public let month: Int
  public let day: Int

  /// Reads `2018-03-15`. Nil unless the form is exactly that and there is such a day.
  public init?(label: some StringProtocol) {
    let parts = label.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].utf8.count == 4, parts[1].utf8.count == 2,
      parts[2].utf8.count == 2, parts.allSatisfy({ $0.utf8.allSatisfy(isDigit) }),
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]),
      (1...12).contains(month), (1...Self.daysIn(month: month, year: year)).contains(day)
    else { return nil }
    (self.year, self.month, self.day) = (year, month, day)
  }

  static func daysIn(month: Int, year: Int) -> Int {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    default: 31
    }
  }

  /// `2018-03-15`.
  public var label: String { "\(year)-\(twoDigits(month))-\(twoDigits(day))" }

  /// `15 March 2018`.
  public var longLabel: String { "\(day) \(Self.monthNames[month - 1]) \(year)" }

  private static let monthNames = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]

  private func twoDigits(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }

  /// The earlier day first.
  public static func < (a: CalendarDate, b: CalendarDate) -> Bool {
    (a.year, a.month, a.day) < (b.year, b.month, b.day)
  }
}
