/// The stage of the line that a what-if or a sweep stops after.
public enum ScenarioStage: String, CaseIterable, Sendable, Codable {
  case compare, prioritise
}

/// One figure by which a scenario is told from another.
public enum Headline: String, CaseIterable, Sendable, Codable {
  // Pupils in the last projected year
  case reception
  case pupilsPrimary = "pupils_primary"
  case year7 = "year_7"
  case pupilsSecondary = "pupils_secondary"
  case pupilsSixthForm = "pupils_sixth_form"

  // Pupils against places, on the central path
  case needPrimary = "need_primary"
  case needSecondary = "need_secondary"
  case sparePrimary = "spare_primary"
  case spareSecondary = "spare_secondary"
  case worstPrimary = "worst_primary"
  case worstSecondary = "worst_secondary"
  case firstShortPrimary = "first_short_primary"
  case firstShortSecondary = "first_short_secondary"
  case areasShortPrimary = "areas_short_primary"
  case areasShortSecondary = "areas_short_secondary"
  case worstAfterPlanned = "worst_after_planned"

  // Over the draws
  case expectedNeedPrimary = "expected_need_primary"
  case expectedNeedSecondary = "expected_need_secondary"
  case chanceShortPrimary = "chance_short_primary"
  case chanceShortSecondary = "chance_short_secondary"
  case expectedAreasShortPrimary = "expected_areas_short_primary"
  case expectedAreasShortSecondary = "expected_areas_short_secondary"

  // The chosen programme
  case schemes
  case programmeCost = "programme_cost"
  case unmet
  case borrowing
  case presentCost = "present_cost"

  /// Those that a stage gives, in order.
  public static func of(_ stage: ScenarioStage, hasDraws: Bool) -> [Headline] {
    allCases.filter { headline in
      switch headline.group {
      case .pupils, .places: true
      case .draws: hasDraws
      case .programme: stage == .prioritise
      }
    }
  }

  enum Group { case pupils, places, draws, programme }

  var group: Group { facts.group }
  public var unit: String { facts.unit }
  /// As a table names it.
  public var title: String { facts.title }

  private var facts: (group: Group, unit: String, title: String) {
    switch self {
    case .reception: (.pupils, "pupils", "Reception, last year")
    case .pupilsPrimary: (.pupils, "pupils", "Pupils R to 6, last year")
    case .year7: (.pupils, "pupils", "Year 7, last year")
    case .pupilsSecondary: (.pupils, "pupils", "Pupils 7 to 11, last year")
    case .pupilsSixthForm: (.pupils, "pupils", "Sixth form, last year")
    case .needPrimary: (.places, "places", "Primary places short, last year")
    case .needSecondary: (.places, "places", "Secondary places short, last year")
    case .sparePrimary: (.places, "places", "Primary places spare, last year")
    case .spareSecondary: (.places, "places", "Secondary places spare, last year")
    case .worstPrimary: (.places, "FE", "Worst primary area, FE at entry")
    case .worstSecondary: (.places, "FE", "Worst secondary area, FE at entry")
    case .firstShortPrimary: (.places, "year of September", "First year a primary area lacks 1 FE")
    case .firstShortSecondary: (.places, "year of September", "First year a secondary area lacks 1 FE")
    case .areasShortPrimary: (.places, "areas", "Primary areas that lack 1 FE in some year")
    case .areasShortSecondary: (.places, "areas", "Secondary areas that lack 1 FE in some year")
    case .worstAfterPlanned:
      (.places, "FE", "Worst area with a planned answer, FE still short once it is due")
    case .expectedNeedPrimary: (.draws, "places", "Expected primary places short, last year")
    case .expectedNeedSecondary: (.draws, "places", "Expected secondary places short, last year")
    case .chanceShortPrimary:
      (.draws, "probability", "Greatest chance that a primary area lacks 1 FE in some year")
    case .chanceShortSecondary:
      (.draws, "probability", "Greatest chance that a secondary area lacks 1 FE in some year")
    case .expectedAreasShortPrimary: (.draws, "areas", "Primary areas expected to lack 1 FE in some year")
    case .expectedAreasShortSecondary: (.draws, "areas", "Secondary areas expected to lack 1 FE in some year")
    case .schemes: (.programme, "schemes", "Schemes in the programme")
    case .programmeCost: (.programme, "GBP", "Cost of the programme")
    case .unmet: (.programme, "places and years", "Expected unmet places, not weighted, summed over years")
    case .borrowing: (.programme, "GBP", "Borrowed")
    case .presentCost: (.programme, "GBP", "Present cost to the authority")
    }
  }
}

/// A headline's value, and what goes with it: which area, which year. Nil where there is none, as for the first short year of an
/// authority that is never short.
public struct HeadlineFigure: Hashable, Sendable, Codable {
  public let value: Double?
  public let note: String?

  /// `value` is in the unit of its headline, nil where there is none; `note` goes with it.
  public init(_ value: Double?, note: String? = nil) {
    self.value = value
    self.note = note
  }
}
