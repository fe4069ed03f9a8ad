internal import CapitalProgramme
internal import PlacePlanning
internal import Projection
internal import Sufficiency

/// Words the sections. Sentences follow the figures: rises, falls, one, several, nothing to report.
struct PaperWriter {
  /// The paper that the sections are written for.
  enum Kind { case capital, demographic }

  let content: PaperContent
  let kind: Kind
  let outlooks: [AreaOutlook]

  var model: PlanningModel { content.model }
  var pupils: TrajectorySet { content.pupils }
  var balance: PlacesBalance { content.balance }

  init(_ content: PaperContent, for kind: Kind = .capital) {
    self.content = content
    self.kind = kind
    // The area with the largest gap, and every area whose need somebody has published.
    var areas = content.model.areasWithPublishedNeed
    if let worst = content.balance.pressures().first, (worst.peak?.forms.forms ?? 0) > 0,
      !areas.contains(worst.area)
    {
      areas.insert(worst.area, at: 0)
    }
    outlooks = areas.map { outlook($0, content.pupils, content.model) }
  }

  var notices: [String] {
    var notices = [model.identity.notice].compactMap(\.self)
    if model.identity.isSynthetic {
      // A model on its way from starting figures to its own has some of each.
      notices.append(
        model.datasets.values.contains { !$0.isSynthetic }
          ? "Some of the figures behind this paper are synthetic, so what it finds describes no real place. The list of data "
            + "sets at its end marks them."
          : "This authority is invented. Every figure in this paper is synthetic and describes no real place."
      )
    }
    if model.scenario != "central" {
      let changes = counted(model.appliedOverrides.count, "change")
      notices.append(
        "This is the scenario “\(model.scenario)”: \(changes) to the central assumptions"
          + (model.appliedOverrides.isEmpty ? "." : ", listed at the end."))
    }
    return notices
  }

  func footnote(_ roles: [String], _ mark: EvidenceMark, note: String? = nil) -> Footnote {
    let datasets = roles.compactMap { model.datasets[$0] }
    let restsOnAssumed = mark == .derived && datasets.contains { $0.mark == .assumed }
    let notes = [
      restsOnAssumed ? "Some of what they rest on is assumed." : nil, note,
      roles.contains("places") ? marginNote : nil,
    ].compactMap { $0 }
    return Footnote(
      sources: datasets.isEmpty ? ["this model"] : datasets.map(\.title),
      numbers: listedDatasets.enumerated().filter { roles.contains($1.key) }.map { $0.offset + 1 },
      mark: mark, note: notes.isEmpty ? nil : notes.joined(separator: " "))
  }

  /// The areas that are a class of 30 or more short in Reception or Year 7 in some year, the largest gap first.
  var shortByClass: [AreaPressure] { balance.pressures().filter { $0.firstYearShort() != nil } }

  /// The data sets in the order in which the papers list and number them.
  var listedDatasets: [(key: String, value: DatasetNote)] { model.datasets.sorted { $0.key < $1.key } }

  /// Whether there is a programme, spending or a choice of schemes to report.
  var hasMoney: Bool {
    !content.programme.lines.isEmpty || content.monitor != nil || content.findings != nil
  }

  /// What is to be kept free, as a share of pupils; nil without an operating margin.
  var marginNote: String? {
    let margins = AreaPhase.allCases.map { (phase: $0, margin: model.operatingMargin[$0] ?? 0) }
    guard margins.contains(where: { $0.margin > 0 }) else { return nil }
    func share(_ margin: Double) -> String { "\(decimal(margin * 100, places: 1)) for every 100" }
    let words =
      Set(margins.map(\.margin)).count == 1
      ? "\(share(margins[0].margin)) pupils"
      : listed(margins.filter { $0.margin > 0 }.map { "\(share($0.margin)) \($0.phase.rawValue) pupils" })
    return "Places are to be kept free, \(words): what is lacking to that counts as short or missing."
  }

  /// The footnote of figures as one data set has them, with the mark of that data set.
  func footnote(of role: String, note: String? = nil) -> Footnote {
    footnote([role], model.datasets[role]?.mark ?? .given, note: note)
  }

  static let rollRoles = ["area_rolls", "county_rolls", "planning_areas", "births"]
  private static let womenRoles = [
    "women_by_age", "fertility_rates", "general_fertility_rates", "survival_rates", "women_migration",
  ]
  static let placeRoles = ["places", "capacity_changes"]
  static let homesRoles = ["housing_sites", "housing_completions"]
  /// The data sets from which a plan's schemes, and who pays for them, are chosen.
  static let moneyRoles = [
    "schemes", "scheme_profiles", "funding_pots", "pot_receipts", "section_106", "borrowing",
  ]

  /// The data sets that projected pupils rest on, of one year group or of all. Moves to secondary schools do not touch Reception.
  func pupilRoles(_ yearGroup: YearGroup? = nil) -> [String] {
    Self.rollRoles + (model.futureBirths.needsWomen ? Self.womenRoles : [])
      + (yearGroup == .reception ? [] : ["transfer_shares"]) + Self.homesRoles
      + ["pupil_yields", "control_totals"]
  }

  /// The footnote of forecasts of one year group, or of all.
  func forecastFootnote(_ yearGroup: YearGroup? = nil) -> Footnote {
    footnote(pupilRoles(yearGroup), .derived, note: homesNote)
  }

  /// What is shown need not add up to the last pupil.
  static let roundedNote = "Figures may not add up exactly, since each is rounded by itself."

  /// A note on figures that include new homes; nil for a model without homes.
  var homesNote: String? { hasHomes ? "New homes rest on \(homesBasis)." : nil }
}

extension PlanningModel {
  /// The areas whose need somebody has published.
  var areasWithPublishedNeed: [PlanningArea] {
    publishedNeeds.compactMap { need in areas.first { $0.code == need.area } }
  }
}
