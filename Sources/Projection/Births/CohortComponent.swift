/// Women by single year of age carried forward by a Leslie matrix, and births from them: what the births method
/// `cohortComponent` needs.
///
/// Ages run from 0 in single years; the last one may stand for itself and all above, as its survival says.
public struct CohortComponent: Hashable, Sendable {
  /// What happens to a district's women in a year. **Shape** one value for each age.
  public struct Schedule: Hashable, Sendable {
    /// The share of girls born in a year who are alive at its end.
    public let survivalFromBirth: Double
    /// The share of women of an age who are alive a year later, then one year older. The last age survives into itself, as an
    /// open group; 0 there closes it, and its women leave.
    public let survival: [Double]
    /// Births of both sexes per woman-year lived at an age. None at age 0.
    public let fertility: [Double]

    /// Takes the values as they are; the method checks them.
    public init(survivalFromBirth: Double, survival: [Double], fertility: [Double]) {
      self.survivalFromBirth = survivalFromBirth
      self.survival = survival
      self.fertility = fertility
    }
  }

  /// The year on whose 30 June the women were counted.
  public let baseYear: Int
  /// By district, then age from 0. **Units** women, girls included.
  public let women: [String: [Double]]
  /// Survival and fertility, by district.
  public let schedules: [String: Schedule]
  /// Net migration by district, then age: women who come in a year less those who go, the same every year. Half a year of
  /// theirs counts towards births. Empty: nobody moves. **Units** women a year, by age at the year's end.
  public let migration: [String: [Double]]
  /// The share of births that are girls.
  public let girlsShare: Double

  /// Takes the values as they are; the method checks them.
  ///
  /// `girlsShare` is 100/205 unless told: 105 boys to 100 girls, as births in England and Wales have been within a boy
  /// or so for decades. Source: Office for National Statistics, Birth characteristics in England and Wales.
  public init(
    baseYear: Int, women: [String: [Double]], schedules: [String: Schedule],
    migration: [String: [Double]] = [:], girlsShare: Double = 100.0 / 205
  ) {
    self.baseYear = baseYear
    self.women = women
    self.schedules = schedules
    self.migration = migration
    self.girlsShare = girlsShare
  }

  var districts: [String] { women.keys.sorted() }

  func faults(_ record: KnownBirths, _ unknown: [Int]) -> [BirthFault] {
    var faults = record.districts.filter { women[$0] == nil }
      .map { BirthFault(.missingWomen, district: $0, year: baseYear) }
    faults += unknown.filter { $0 <= baseYear }.map { BirthFault(.beforeBaseYear(baseYear), year: $0) }
    return faults + ownFaults
  }

  /// What is wrong with women, schedules and migration by themselves.
  var ownFaults: [BirthFault] {
    var faults: [BirthFault] = []
    if !(0...1).contains(girlsShare) { faults.append(BirthFault(.badGirlsShare(girlsShare))) }
    let ages = districts.first.flatMap { women[$0]?.count } ?? 0
    for district in districts {
      if women[district]?.isEmpty ?? true {
        faults.append(BirthFault(.missingWomen, district: district, year: baseYear))
      }
      faults += Self.list(women[district], ages, district, baseYear, missing: .missingWomen) { count, _ in
        isAmount(count) ? nil : .badWomen(count)
      }
      if !migration.isEmpty {
        faults += Self.list(migration[district], ages, district, missing: .missingMigration) { moving, _ in
          moving.isFinite ? nil : .badMigration(moving)
        }
      }
      faults += scheduleFaults(district, ages)
    }
    return faults
  }

  private func scheduleFaults(_ district: String, _ ages: Int) -> [BirthFault] {
    guard let schedule = schedules[district] else {
      return [BirthFault(.missingSchedule, district: district)]
    }
    let birth = schedule.survivalFromBirth
    return ((0...1).contains(birth) ? [] : [BirthFault(.badSurvival(birth), district: district)])
      + Self.list(schedule.survival, ages, district) { share, _ in
        (0...1).contains(share) ? nil : .badSurvival(share)
      }
      + Self.list(schedule.fertility, ages, district) { rate, age in
        isAmount(rate) && (age > 0 || rate == 0) ? nil : .badFertility(rate)
      }
  }

  /// The faults of a list by age: it is missing, of another length, or a value is wrong.
  private static func list(
    _ values: [Double]?, _ ages: Int, _ district: String, _ year: Int? = nil,
    missing: BirthFault.Kind = .missingSchedule, wrong: (Double, Int) -> BirthFault.Kind?
  ) -> [BirthFault] {
    guard let values else { return [BirthFault(missing, district: district, year: year)] }
    let length =
      values.count == ages
      ? [] : [BirthFault(.ages(found: values.count, wanted: ages), district: district, year: year)]
    return length
      + values.enumerated().compactMap { age, value in
        wrong(value, age).map { BirthFault($0, district: district, year: year, age: age) }
      }
  }
}
