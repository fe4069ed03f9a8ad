/// What a contribution is for, as far as an import needs to know.
enum ContributionPurpose: Hashable {
  case education
  /// Money of the Community Infrastructure Levy, which no agreement ties to a school.
  case levy
  /// A category of the register that is not education.
  case other(String)
}

/// What has become of money, in the words of the register.
public enum FundingStatus: String, CaseIterable, Sendable, Codable {
  case secured, received, allocated, transferred, spent, returned
}

/// What kind of agreement a row records.
enum AgreementType: String, CaseIterable {
  case section106 = "section-106"
  /// A planning obligation under section 106(9) that the developer gives alone.
  case unilateralUndertaking = "unilateral-undertaking"
  /// Changes an obligation under section 106A.
  case deedOfVariation = "deed-of-variation"
  /// Works on the highway under the Highways Act.
  case section278 = "section-278"
  case communityInfrastructureLevy = "community-infrastructure-levy"

  var isObligation: Bool { self != .section278 && self != .communityInfrastructureLevy }
}

/// Spellings that an import knows, and what each is read as.
///
/// Case, spaces, underscores and hyphens apart, a spelling must stand here word for word. Anything else is refused: nothing is
/// guessed from a likeness.
enum RegisterWords {
  static func purpose(_ text: String) -> (name: String, purpose: ContributionPurpose)? {
    let folded = fold(text)
    let name = purposeSpellings[folded] ?? folded
    if name == education { return (name, .education) }
    if levies.contains(name) { return (name, .levy) }
    return categories.contains(name) ? (name, .other(name)) : nil
  }

  static func status(_ text: String) -> FundingStatus? {
    let folded = fold(text)
    return FundingStatus(rawValue: folded) ?? statusGuidance[folded]
  }

  static func agreementType(_ text: String) -> AgreementType? {
    let folded = fold(text)
    return AgreementType(rawValue: folded) ?? agreementSpellings[folded]
  }

  /// `Section 106  Agreement` becomes `section-106-agreement`.
  static func fold(_ text: String) -> String {
    text.lowercased().split { $0 == " " || $0 == "-" || $0 == "_" }.joined(separator: "-")
  }

  static let education = "education"
  static let levies: Set = [
    "community-infrastructure-levy", "neighbourhood-community-infrastructure-levy",
    "mayoral-community-infrastructure-levy", "strategic-community-infrastructure-levy",
    "cil-administration-costs",
  ]
  static let categories: Set = [
    "affordable-housing", "bonds", "community-facilities", "digital-infrastructure", "economic-development",
    "flood-and-water-management", "green-infrastructure", "health", "highways", "land", "monitoring-fees",
    "open-space-and-leisure", "other", "transport-and-travel",
  ]
  static var purposes: [String] { [education] + categories.sorted() + levies.sorted() }

  /// Other spellings that have been seen, folded, with the category that each plainly is.
  private static let purposeSpellings = [
    "education-primary": education, "education-secondary": education,
    "cil": "community-infrastructure-levy",
    "strategic-communinty-infrastructure-levy": "strategic-community-infrastructure-levy",
    "affordable-housing-units-on-site": "affordable-housing",
    "off-site-affordable-housing-contribution": "affordable-housing",
    "initial-off-site-affordable-housing-contribution": "affordable-housing",
    "drainage": "flood-and-water-management", "green-infastructure": "green-infrastructure",
    "monitoring": "monitoring-fees", "monitoring-fee": "monitoring-fees",
    "open-space": "open-space-and-leisure", "open-spaces-and-leisure": "open-space-and-leisure",
    // Open space, sport and recreation.
    "ossr": "open-space-and-leisure", "recreation": "open-space-and-leisure",
    "off-site-play-contribution": "open-space-and-leisure",
    "other-hra": "other", "other-ecology": "other", "other-allotments": "other",
    "other-cirl-bunting": "other", "transport": "transport-and-travel",
  ]

  private static let agreementSpellings: [String: AgreementType] = [
    "s106": .section106, "section-106-agreement": .section106, "cil": .communityInfrastructureLevy,
  ]

  /// Councils have pasted the platform's guidance on each word in its place.
  private static let statusGuidance = Dictionary(
    [
      (
        "SECURED: the trigger clauses associated with the contribution have been met, meaning the developer is now "
          + "required to pay all or part of the contribution", FundingStatus.secured
      ),
      (
        "RECEIVED: the developer has paid all or part of the money due to the local planning authority",
        .received
      ),
      (
        "ALLOCATED: the received money has been allocated to a team within the local planning authority, who will "
          + "spend the money", .allocated
      ),
      (
        "TRANSFERRED: the received money has been transferred to an organisation outside the planning authority (for "
          + "example another local authority or Transport for London), who will spend the money", .transferred
      ),
      (
        "SPENT: the received money has been spent on the purpose specified in the section 106 or 278 agreement",
        .spent
      ),
    ].map { (fold($0.0), $0.1) }, uniquingKeysWith: { first, _ in first })
}
