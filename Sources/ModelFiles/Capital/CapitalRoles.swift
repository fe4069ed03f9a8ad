// The data sets that a programme is chosen from.

/// A column of schemes that need not be there.
enum SchemeColumn {
  /// The code of the school that a scheme is at.
  static let school = "school"
}

/// A column of rival plans that need not be there.
enum RivalColumn {
  /// When a plan's schemes start.
  static let starts = "starts"
}

/// When the schemes of a rival plan start.
enum RivalStarts: String, CaseIterable {
  case best
  case asApproved = "as_approved"
}

extension DatasetRole {
  /// They count only beside `schemes`.
  static let besideSchemes: [DatasetRole] = [
    .schools, .schemeProfiles, .fundingPots, .potReceipts, .section106, .borrowing, .rivalPlans,
    .neighbours,
  ]

  var isCapital: Bool { self == .schemes || Self.besideSchemes.contains(self) }

  /// The columns of a capital role, in the order in which its files have them; none for another role.
  var capitalColumns: [(name: String, types: [ColumnType])] {
    let (code, text, word): ([ColumnType], [ColumnType], [ColumnType]) = ([.code], [.text], [.word])
    let (count, pounds, year): ([ColumnType], [ColumnType], [ColumnType]) = (
      [.count], [.pounds], [.academicYear]
    )
    switch self {
    case .schemes:
      return [
        ("scheme_key", code), ("scheme", text), ("kind", word), ("planning_area_code", code),
        ("year_group", [.yearGroup]), ("places_per_year_group", count), ("years_of_use", count),
        ("cost", pounds), ("price_base", text), ("build_years", count), ("profile", code),
        ("first_start", year), ("last_start", year), ("committed", word), ("option_group", code),
        ("requires", text), ("asset_life_years", count), ("reference_class", code),
        ("condition_score", count), ("approved_start", year), ("mark", word), ("note", text),
      ]
    case .schools:
      return [("school_code", code), ("school_name", text), ("planning_area_code", code)]
    case .schemeProfiles: return [("profile", code), ("year", count), ("share", [.decimal])]
    case .fundingPots:
      return [
        ("pot_key", code), ("pot", text), ("source", word), ("pays_for", text), ("phase", word),
        ("planning_area_code", code), ("scheme_key", code), ("most_share", [.decimal]),
        ("carries_forward", word), ("spend_by", year), ("price_base", text), ("mark", word),
        ("note", text),
      ]
    case .potReceipts: return [("pot_key", code), ("financial_year", year), ("pounds", pounds)]
    case .section106:
      return [
        ("agreement_key", code), ("agreement", text), ("site_key", code), ("trigger_homes", count),
        ("amount", pounds), ("price_base", text), ("received_in", year), ("agreed_on", [.date]),
        ("spend_within_years", count), ("spend_by", year), ("pays_for", text), ("phase", word),
        ("planning_area_code", code), ("scheme_key", code), ("mark", word), ("note", text),
      ]
    case .borrowing: return [("financial_year", year), ("limit", pounds), ("revenue_ceiling", pounds)]
    case .rivalPlans:
      return [("plan_key", code), ("plan", text), ("planning_area_code", code), ("schemes", text)]
    case .neighbours:
      return [
        ("from_planning_area_code", code), ("to_planning_area_code", code), ("transport_cost", pounds),
      ]
    default: return []
    }
  }

  /// The columns of a capital role in which a blank has a meaning.
  var capitalOptionalColumns: [String] {
    switch self {
    case .schemes:
      [
        "planning_area_code", "year_group", "places_per_year_group", "years_of_use", "option_group",
        "requires", "condition_score", "approved_start", SchemeColumn.school,
      ]
    case .fundingPots: ["phase", "planning_area_code", "scheme_key", "most_share", "spend_by"]
    case .section106:
      [
        "site_key", "trigger_homes", "received_in", "spend_within_years", "spend_by", "phase",
        "planning_area_code", "scheme_key",
      ]
    case .borrowing: ["revenue_ceiling"]
    case .rivalPlans: ["schemes", RivalColumn.starts]
    default: []
    }
  }

  /// The columns that tell one row of a capital role from another.
  var capitalKey: [String] {
    switch self {
    case .schemes: ["scheme_key"]
    case .schools: ["school_code"]
    case .schemeProfiles: ["profile", "year"]
    case .fundingPots: ["pot_key"]
    case .potReceipts: ["pot_key", "financial_year"]
    case .section106: ["agreement_key"]
    case .borrowing: ["financial_year"]
    case .rivalPlans: ["plan_key"]
    case .neighbours: ["from_planning_area_code", "to_planning_area_code"]
    default: []
    }
  }
}
