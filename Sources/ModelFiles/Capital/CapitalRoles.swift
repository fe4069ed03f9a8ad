// The data sets that a programme is chosen from.

/// A column of schemes that need not be there.
enum SchemeColumn {
  /// The code of the school that a scheme is at.
  static let school = "school"
}

/// A column of agreements that need not be there.
enum AgreementColumn {
  /// The deed whose instalment a row is.
  static let deed = "deed_key"
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
}
