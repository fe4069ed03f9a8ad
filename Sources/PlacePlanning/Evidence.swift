/// How a figure came to be: published by someone, computed by the program from published figures, or assumed by us.
public enum EvidenceMark: String, CaseIterable, Sendable, Codable {
  case given, derived, assumed
}

/// Red, amber, green: how good the evidence is, or how much the answer moves with it.
public enum Rating: String, CaseIterable, Sendable, Codable {
  case green, amber, red
}

/// A published work that figures come from.
public struct Source: Hashable, Sendable {
  public let key: String
  public let title: String
  public let publisher: String
  public let licence: String
  public let retrieved: String
  public let page: String?

  /// A work as `sources.yaml` states it; `page` is nil for the whole work.
  public init(
    key: String, title: String, publisher: String, licence: String, retrieved: String, page: String?
  ) {
    self.key = key
    self.title = title
    self.publisher = publisher
    self.licence = licence
    self.retrieved = retrieved
    self.page = page
  }
}

/// One number of the model that somebody chose, with its evidence.
public struct Assumption: Hashable, Sendable {
  /// `housing.nw_cheltenham.first_completions`.
  public let key: String
  public let title: String
  public let unit: String
  public private(set) var value: Double
  public let source: String
  public let mark: EvidenceMark
  public let quality: Rating
  public let impact: Rating
  /// `Models/…/housing.yaml:12:1`.
  public let place: String

  /// An assumption with its evidence. **Units** `value` in `unit`.
  public init(
    key: String, title: String, unit: String, value: Double, source: String, mark: EvidenceMark,
    quality: Rating, impact: Rating, place: String
  ) {
    self.key = key
    self.title = title
    self.unit = unit
    self.value = value
    self.source = source
    self.mark = mark
    self.quality = quality
    self.impact = impact
    self.place = place
  }

  /// The same assumption and evidence with another value. **Units** `unit`.
  public func with(value: Double) -> Assumption {
    var assumption = self
    assumption.value = value
    return assumption
  }
}

/// One change that a scenario made to an assumption.
public struct AppliedOverride: Hashable, Sendable, Codable {
  public let key: String
  public let was: Double
  public let `is`: Double
  public let unit: String
  public let why: String
  /// `file:line:column` of the override, the file as seen from the model's folder.
  public let place: String

  /// A change as a scenario or a command made it. **Units** both values in `unit`.
  public init(key: String, was: Double, is new: Double, unit: String, why: String, place: String) {
    self.key = key
    self.was = was
    self.is = new
    self.unit = unit
    self.why = why
    self.place = place
  }
}

/// Where a data set came from, for the line under every table and chart.
public struct DatasetNote: Hashable, Sendable {
  public let name: String
  public let title: String
  public let licence: String
  public let retrieved: String
  public let mark: EvidenceMark
  public let quality: Rating
  public let isSynthetic: Bool

  /// What a data set's schema says of it.
  public init(
    name: String, title: String, licence: String, retrieved: String, mark: EvidenceMark, quality: Rating,
    isSynthetic: Bool
  ) {
    self.name = name
    self.title = title
    self.licence = licence
    self.retrieved = retrieved
    self.mark = mark
    self.quality = quality
    self.isSynthetic = isSynthetic
  }
}
