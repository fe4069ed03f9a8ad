internal import PlacePlanning

/// Spellings of the school census, and what each is read as: word for word, case, spaces and hyphens apart.
enum CensusWords {
  enum YearWord: Equatable {
    case yearGroup(YearGroup)
    /// Before Reception, beyond Year 13, or a total: no year group of the model.
    case outside(String)
  }

  /// `Reception`, `Year 7`, `Year 07`, `Year group 7`, `R`, `7`; nil for what is unknown.
  static func year(_ text: String) -> YearWord? {
    let folded = folded(text)
    if ["r", "reception", "reception_year", "year_r"].contains(folded) { return .yearGroup(.reception) }
    if let reason = outside[folded] { return .outside(reason) }
    var rest = Substring(folded)
    for prefix in ["national_curriculum_year_", "nc_year_", "year_group_", "year_", "y"]
    where rest.hasPrefix(prefix) {
      rest = rest.dropFirst(prefix.count)
      break
    }
    guard !rest.isEmpty, rest.utf8.count <= 2, let number = Int(rest) else { return nil }
    if number == 14 { return .outside("Year 14") }
    if number == 0 { return nil }
    return YearGroup(number: number).map(YearWord.yearGroup)
  }

  static let yearNames = ["Reception"] + (1...13).map { "Year \($0)" }

  private static let outside: [String: String] = [
    "early_1": "before Reception", "early_2": "before Reception", "nursery_1": "before Reception",
    "nursery_2": "before Reception", "nursery": "before Reception", "e1": "before Reception",
    "e2": "before Reception", "n1": "before Reception", "n2": "before Reception",
    "early_years": "before Reception",
    "not_followed": "follows no national curriculum year", "x": "follows no national curriculum year",
    "total": "all year groups together", "all": "all year groups together",
    "primary_total": "all year groups together", "secondary_total": "all year groups together",
  ]

  enum Sector: Equatable {
    case mainstream, otherStateFunded
    /// Independent and other schools that no authority plans places in.
    case other
    case total
  }

  static func sector(_ text: String) -> Sector? { sectors[folded(text)] }

  static let sectorNames = [
    "State-funded primary", "State-funded secondary", "State-funded special school", "Total",
  ]

  private static let sectors: [String: Sector] = [
    "total": .total, "all": .total, "all_schools": .total,
    "state_funded_primary": .mainstream, "state_funded_secondary": .mainstream,
    "maintained_primary": .mainstream, "maintained_secondary": .mainstream,
    "city_technology_college": .mainstream, "sponsor_led_academy_secondary": .mainstream,
    "sponsor_led_academy_primary": .mainstream, "converter_academy_secondary": .mainstream,
    "converter_academy_primary": .mainstream, "secondary_academy_free_school": .mainstream,
    "primary_academy_free_school": .mainstream, "secondary_sponsored": .mainstream,
    "secondary_converter": .mainstream, "primary_sponsored": .mainstream, "primary_converter": .mainstream,
    "secondary_free_school": .mainstream, "primary_free_school": .mainstream, "utc": .mainstream,
    "studio_school": .mainstream, "middle_deemed_primary": .mainstream,
    "middle_deemed_secondary": .mainstream, "all_through": .mainstream,
    "state_funded_nursery": .otherStateFunded, "maintained_nursery": .otherStateFunded,
    "state_funded_special_school": .otherStateFunded, "state_funded_special": .otherStateFunded,
    "maintained_special_school": .otherStateFunded, "state_funded_ap_school": .otherStateFunded,
    "state_funded_alternative_provision": .otherStateFunded,
    "pupil_referral_unit": .otherStateFunded, "free_schools_alternative_provision": .otherStateFunded,
    "academy_ap_converter": .otherStateFunded, "alternative_provision": .otherStateFunded,
    "independent_school": .other, "independent": .other, "non_maintained_special_school": .other,
    "general_hospital_school": .other,
  ]

  enum Sex: Equatable { case total, female, male }

  static func sex(_ text: String) -> Sex? {
    switch folded(text) {
    case "total", "all", "persons": .total
    case "female", "females", "girls", "f": .female
    case "male", "males", "boys", "m": .male
    default: nil
    }
  }

  /// `201718` becomes 2017/18; nil unless the second part follows the first. `2017/18` and `2017-18` are read too.
  static func academicYear(_ text: String) -> AcademicYear? {
    let digits = text.filter { $0 != "/" && $0 != "-" }
    guard text.utf8.count - digits.utf8.count <= 1, digits.isDigits else { return nil }
    switch digits.utf8.count {
    case 6: break
    case 8: guard let start = Int(digits.prefix(4)), Int(digits.suffix(4)) == start + 1 else { return nil }
    default: return nil
    }
    return AcademicYear(label: "\(digits.prefix(4))/\(digits.suffix(2))")
  }
}
