/// One fault of what a birth method was given.
public struct BirthFault: Hashable, Sendable {
  /// What is wrong; the number is the one that was found.
  public enum Kind: Hashable, Sendable {
    /// The table of births names no district.
    case noDistricts
    /// No birth is given for a year that is asked for and not later than the last known one.
    case missingBirths
    /// Births are negative or not a number.
    case badBirths(Double)
    /// All districts together have no births in a year whose logarithm or rate is needed.
    case noBirths
    /// Fewer than three years without a gap are known up to the last known one; the number of them.
    case tooFewYears(Int)
    /// The number of women is not given.
    case missingWomen
    /// A count of women is negative or not a number, or nought where births are to be divided by it.
    case badWomen(Double)
    /// Net migration or the ageing of women leads to fewer than none, or the given migration is not a number.
    case badMigration(Double)
    /// Migration is given for other districts, but not for this one.
    case missingMigration
    /// A fertility rate is missing for the district.
    case missingRate
    /// A fertility rate is negative or not a number, or not nought at age 0.
    case badFertility(Double)
    /// Survival and fertility are not given for the district.
    case missingSchedule
    /// A share who survive lies outside 0 to 1. No age: survival from birth.
    case badSurvival(Double)
    /// A list by age does not have one value for each age of the women.
    case ages(found: Int, wanted: Int)
    /// The share of births that are girls lies outside 0 to 1.
    case badGirlsShare(Double)
    /// The damping lies outside 0 to 1, or is 1 or nought.
    case badDamping(Double)
    /// The factor on births not yet counted is negative or not a number.
    case badFactor(Double)
    /// Births of the year are neither known nor later than the year of the women from whom they would come.
    case beforeBaseYear(Int)
    /// Two matrices do not meet.
    case labels(String)
  }

  /// What is wrong.
  public let kind: Kind
  /// The district it is about; nil when about all.
  public let district: String?
  /// The year to 30 June it is about, or whose 30 June.
  public let year: Int?
  /// The age of the women in whole years.
  public let age: Int?

  init(_ kind: Kind, district: String? = nil, year: Int? = nil, age: Int? = nil) {
    self.kind = kind
    self.district = district
    self.year = year
    self.age = age
  }
}

extension BirthFault: CustomStringConvertible {
  /// `district 'Dale', year 2019, age 31: the fertility rate -0.1 must be a number from 0 up`.
  public var description: String {
    let place = [
      district.map { "district '\($0)'" }, year.map { "year \($0)" }, age.map { "age \($0)" },
    ].compactMap(\.self)
    return (place.isEmpty ? "" : place.joined(separator: ", ") + ": ") + kind.description
  }
}

extension BirthFault.Kind: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noDistricts: "births are given for no district"
    case .missingBirths: "births are missing"
    case .badBirths(let found): "births of \(found) must be a number from 0 up"
    case .noBirths: "there are no births in any district"
    case .tooFewYears(let found): "\(found) known years without a gap; at least 3 are needed"
    case .missingWomen: "the number of women is missing"
    case .badWomen(let found):
      "\(found) women must be a number from 0 up, and above it where a rate is taken from them"
    case .badMigration(let found): "migration of \(found) is not a number, or more women leave than there are"
    case .missingMigration: "net migration is missing"
    case .missingRate: "the fertility rate is missing"
    case .badFertility(let found):
      "the fertility rate \(found) must be a number from 0 up, and 0 at age 0"
    case .missingSchedule: "survival and fertility are missing"
    case .badSurvival(let found): "survival of \(found) must lie from 0 to 1"
    case .ages(let found, let wanted): "\(found) ages, where the women have \(wanted)"
    case .badGirlsShare(let found): "a girls' share of births of \(found) must lie from 0 to 1"
    case .badDamping(let found): "damping of \(found) must lie between 0 and 1"
    case .badFactor(let found): "a factor on births of \(found) must be a number from 0 up"
    case .beforeBaseYear(let base):
      "births are not known, and women only on 30 June \(base)"
    case .labels(let why): why
    }
  }
}

/// Everything wrong with what a birth method was given. Never empty.
public struct BirthFaults: Error, Hashable, Sendable, CustomStringConvertible {
  /// In the order in which they were found.
  public let faults: [BirthFault]

  /// One fault a line.
  public var description: String { faults.map(\.description).joined(separator: "\n") }
}

extension [BirthFault] {
  func throwIfAny() throws(BirthFaults) {
    if !isEmpty { throw BirthFaults(faults: self) }
  }
}

/// True for a count, a rate or a factor that can be used: a number from 0 up.
func isAmount(_ value: Double) -> Bool { value.isFinite && value >= 0 }
