/// Homes of a site by years from April to March, as planning authorities publish them.
///
/// A year's homes are taken to be finished evenly, month by month: those of April to August, five twelfths, before the September in
/// the year, the others before the next.
public struct YearlyCompletions: Hashable, Sendable {
  /// The first year with homes; without any home, the year after the last.
  public let first: FinancialYear
  /// Homes completed in `first` and in each year after it. **Units** dwellings.
  public let homes: [Double]
  /// How the figures came about: `assumed` where those of any year are.
  public let mark: EvidenceMark
  private let monthsByAugust: Int
  /// Planned years that pass in a year.
  private let pace: Double

  /// **Shape** `homes` by year from `first` on, none below nought. `monthsByAugust` of the twelve months of a year are over by 31 August:
  /// 12 where years end then.
  public init(
    _ homes: [Double], from first: FinancialYear, mark: EvidenceMark = .given, monthsByAugust: Int = 5
  ) {
    let blank = homes.prefix { $0 == 0 }.count
    self.init(Array(homes.dropFirst(blank)), first + blank, mark, monthsByAugust, pace: 1)
  }

  private init(
    _ homes: [Double], _ first: FinancialYear, _ mark: EvidenceMark, _ monthsByAugust: Int, pace: Double
  ) {
    self.homes = homes
    self.first = first
    self.mark = mark
    self.monthsByAugust = monthsByAugust
    self.pace = pace
  }

  /// The academic year before whose September the first homes are finished.
  public var firstCompletions: AcademicYear { first.academicYear }

  /// Homes of all years. **Units** dwellings.
  public var total: Double { homes.reduce(0, +) }

  /// Homes of the year from April to March that has most, at the pace at which they come. **Units** dwellings a year.
  public var mostInAYear: Double {
    // So slowly that some year lies within the planned one that has most.
    guard pace > 0.5 else { return (homes.max() ?? 0) * pace }
    let years = 0..<Int((Double(homes.count) / pace).rounded(.up))
    return years.map { finished(after: 12 * Double($0 + 1)) - finished(after: 12 * Double($0)) }.max() ?? 0
  }

  /// Homes finished by the 31 August before `year` begins, all years together. **Units** dwellings.
  public func finished(by year: AcademicYear) -> Double { finished(by: Double(year.start)) }

  /// The same by a moment between two Septembers: 2017.5 is half a year after that of 2017.
  func finished(by moment: Double) -> Double {
    finished(after: 12 * (moment - Double(firstCompletions.start)) + Double(monthsByAugust))
  }

  /// Homes finished so many months after 1 April of the first year.
  private func finished(after passed: Double) -> Double {
    let months = pace * passed
    guard months > 0 else { return 0 }
    let whole = Int(min(months / 12, Double(homes.count)))
    let sum = homes.prefix(whole).reduce(0, +)
    return whole < homes.count ? sum + homes[whole] * (months - Double(12 * whole)) / 12 : sum
  }

  /// The same homes so many years later.
  public func moved(by years: Int) -> YearlyCompletions {
    YearlyCompletions(homes, first + years, mark, monthsByAugust, pace: pace)
  }

  /// The same homes from the same day on, `factor` times as many a year for as much shorter; none at 0.
  public func paced(by factor: Double) -> YearlyCompletions {
    YearlyCompletions(homes, first, mark, monthsByAugust, pace: pace * factor)
  }
}
