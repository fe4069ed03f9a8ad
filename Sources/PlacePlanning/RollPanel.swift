/// Rolls of many areas by year group and year, with births by area where they are known: what a forecast without a model
/// starts from.
///
/// **Shape** area x year group (Reception to Year 13) x consecutive academic years. **Units** pupils, January census; births
/// in the year to 30 June. A count that is not known is absent, which is not nought. Areas are in order of their codes.
public struct RollPanel: Sendable {
  /// One area of the panel.
  public struct Area: Hashable, Sendable {
    public let code: String
    public let name: String

    /// The code and name as the file of rolls has them.
    public init(code: String, name: String) {
      self.code = code
      self.name = name
    }
  }

  public let areas: [Area]
  /// Consecutive, oldest first; a year in between may hold no count.
  public let years: [AcademicYear]
  private var counts: [Double]
  /// By position of the area: births in the year to 30 June of the key.
  private let birthsByYear: [[Int: Double]]

  /// `rolls` and `births` are by area code. Empty when there is no roll.
  public init(
    areas: [Area], rolls: [String: RollTable], births: [String: [Int: Double]]
  ) {
    self.areas = areas.sorted { $0.code < $1.code }
    let present = rolls.values.flatMap(\.years)
    years =
      if let first = present.min(), let last = present.max() {
        (first.start...last.start).map { AcademicYear($0) }
      } else {
        []
      }
    birthsByYear = self.areas.map { births[$0.code] ?? [:] }
    counts = [Double](repeating: .nan, count: areas.count * YearGroup.all.count * years.count)
    for (index, area) in self.areas.enumerated() {
      guard let table = rolls[area.code] else { continue }
      for year in years.indices {
        for yearGroup in YearGroup.all {
          self[index, yearGroup.number, year] = table[years[year], yearGroup] ?? .nan
        }
      }
    }
  }

  private init(_ panel: RollPanel, to year: Int) {
    areas = panel.areas
    years = Array(panel.years[...year])
    let last = years[year].start
    birthsByYear = panel.birthsByYear.map { $0.filter { $0.key <= last } }
    counts = [Double](repeating: .nan, count: areas.count * YearGroup.all.count * years.count)
    for area in areas.indices {
      for group in YearGroup.all.indices {
        for year in years.indices { self[area, group, year] = panel[area, group, year] }
      }
    }
  }

  /// By position: area, year group (0 is Reception), year. Not a number where the count is absent.
  public subscript(area: Int, yearGroup: Int, year: Int) -> Double {
    get { counts[(area * YearGroup.all.count + yearGroup) * years.count + year] }
    set { counts[(area * YearGroup.all.count + yearGroup) * years.count + year] = newValue }
  }

  /// Where a year stands among ``years``; nil where the panel does not have it.
  public func position(of year: AcademicYear) -> Int? { years.firstIndex(of: year) }

  /// Births in the year to 30 June, by position of the area; nil where they are not known.
  public func births(_ area: Int, yearToJune year: Int) -> Double? { birthsByYear[area][year] }

  /// The newest year to 30 June with births of the area, up to a year; nil where there is none.
  public func lastBirths(_ area: Int, upTo year: Int) -> Int? {
    birthsByYear[area].keys.filter { $0 <= year }.max()
  }

  /// Whether any year group of the area was counted in the year.
  public func isCounted(_ area: Int, _ year: Int) -> Bool {
    YearGroup.all.indices.contains { !self[area, $0, year].isNaN }
  }

  /// The panel as it was known in a year: rolls to that January's census, births to the 30 June before it. Whoever
  /// forecasts from it cannot see further. Nil for a year outside the panel.
  public func known(in origin: AcademicYear) -> RollPanel? {
    position(of: origin).map { RollPanel(self, to: $0) }
  }
}
