/// A financial year, April to March, named by the calendar year of its April: 2018 stands for 2018/19.
public struct FinancialYear: Hashable, Comparable, Sendable {
  /// The calendar year of the April in which it starts.
  public let start: Int

  /// By the calendar year of its April.
  public init(_ start: Int) {
    self.start = start
  }

  /// The year in which a day lies: 31 March 2018 in 2017/18, 1 April in 2018/19.
  public init(of day: CalendarDate) {
    start = day.month >= 4 ? day.year : day.year - 1
  }

  /// Reads `2018/19`, as ``AcademicYear/init(label:)`` does. Nil for any other text.
  public init?(label: some StringProtocol) {
    guard let year = AcademicYear(label: label) else { return nil }
    start = year.start
  }

  /// `2018/19`.
  public var label: String { AcademicYear(start).label }

  /// The academic year whose September lies in this year.
  public var academicYear: AcademicYear { AcademicYear(start) }

  /// The earlier year is the smaller.
  public static func < (a: FinancialYear, b: FinancialYear) -> Bool { a.start < b.start }

  /// So many years later.
  public static func + (year: FinancialYear, years: Int) -> FinancialYear {
    FinancialYear(year.start + years)
  }

  /// Whole years from `b` to `a`.
  public static func - (a: FinancialYear, b: FinancialYear) -> Int { a.start - b.start }
}

extension FinancialYear: CustomStringConvertible {
  public var description: String { label }
}
