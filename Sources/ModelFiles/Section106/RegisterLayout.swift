/// One of the three files of a register of developer agreements, as councils publish them on the planning data platform.
public enum RegisterKind: String, Sendable, Codable, CaseIterable {
  case agreements, contributions, transactions
}

/// The headings of those files.
enum RegisterColumn: String, CaseIterable {
  case amount, organisation, units, slug
  case purpose = "contribution-purpose"
  case fundingStatus = "contribution-funding-status"
  case agreement = "developer-agreement"
  case contribution = "developer-agreement-contribution"
  case transaction = "developer-agreement-transaction"
  case agreementType = "developer-agreement-type"
  case planningApplication = "planning-application"
  case documentURL = "document-url"
  case startDate = "start-date"
  case endDate = "end-date"
  case entryDate = "entry-date"
}

extension RegisterKind {
  /// The column that names a row.
  var reference: RegisterColumn {
    switch self {
    case .agreements: .agreement
    case .contributions: .contribution
    case .transactions: .transaction
    }
  }

  /// Columns that an import reads.
  var required: [RegisterColumn] {
    let common: [RegisterColumn] = [.organisation, .startDate, .endDate, .entryDate]
    switch self {
    case .agreements: return [.agreement, .agreementType, .planningApplication] + common
    case .contributions: return [.contribution, .agreement, .purpose, .amount] + common
    case .transactions: return [.transaction, .contribution, .fundingStatus, .amount] + common
    }
  }

  /// Columns that may be there; nothing reads them.
  var unread: [RegisterColumn] {
    self == .agreements ? [.documentURL, .slug] : [.units, .slug]
  }
}
