internal import Diagnostics
internal import PlacePlanning

/// What `model.yaml` says itself: whose model it is, when it stands, and which data fills which role.
struct ModelHeader {
  static let keys = [
    "model", "authority", "paper", "base_year", "horizon_years", "area_totals_year", "transfer",
    "spending", "future_births", "disturbed_years", "borrowing_pays_for", "open_data", "datasets", "data",
  ]

  let identity: PlanningModel.Identity
  /// Where it says whether the authority is invented.
  let syntheticPlace: SourceLocation
  let baseYear: AcademicYear
  let horizonYears: Int
  /// The year of the areas' totals, when year groups by area are not counted.
  let areaTotalsYear: AcademicYear?
  let transferIsObserved: Bool
  let futureBirths: FutureBirths
  /// The pandemic's where the model says nothing.
  let disturbedYears: Set<AcademicYear>
  /// Where the model names disturbed years.
  let disturbedPlaces: [AcademicYear: SourceLocation]
  let spendingYear: (financialYear: String, monthsElapsed: Int)?
  /// The kinds of schemes that may be paid for by borrowing; nil for all, and then without a place.
  let borrowingPaysFor: (kinds: Set<SchemeKind>, place: SourceLocation)?
  let place: SourceLocation
  let dataPlace: SourceLocation

  /// The last year that is projected.
  var lastYear: AcademicYear { baseYear + horizonYears }

  var years: PlausibleYears { PlausibleYears(baseYear: baseYear) }

  init?(_ document: YAMLValue, _ list: inout DiagnosticList) {
    guard let top = document.mapping("model.yaml", allowed: Self.keys, &list) else { return nil }
    place = top.place
    dataPlace = top.optional("data")?.place ?? top.place
    let roles = DatasetRole.allCases.map(\.rawValue)
    _ = top.optional("data")?.value.mapping("'data'", allowed: roles, &list)
    let baseYear = Self.academicYear(top, "base_year", &list)
    let horizon = top.whole("horizon_years", in: 1...30, &list)
    areaTotalsYear =
      top.optional("area_totals_year") == nil
      ? nil : Self.academicYear(top, "area_totals_year", &list)
    let transfer = top.parsed("transfer", wanted: "observed or pattern", &list) {
      ["observed": true, "pattern": false][$0]
    }
    let methods = FutureBirths.allCases.map(\.rawValue)
    let futureBirths =
      top.optional("future_births") == nil
      ? .latest
      : top.parsed(
        "future_births", wanted: "\(methods.dropLast().joined(separator: ", ")) or \(methods.last ?? "")",
        &list
      ) { FutureBirths(rawValue: $0) }
    let disturbed = Self.disturbedYears(top, &list)
    disturbedPlaces = disturbed ?? [:]
    disturbedYears = disturbed.map { Set($0.keys) } ?? [.pandemic]
    let years = baseYear.map { PlausibleYears(baseYear: $0) }
    borrowingPaysFor = Self.borrowing(top, &list)
    let named = Self.identity(top, years, &list)
    spendingYear = Self.spending(top, years, meeting: named?.identity.meeting, &list)
    guard let baseYear, let horizon, let transfer, let named, let futureBirths else { return nil }
    (identity, syntheticPlace) = named
    self.baseYear = baseYear
    self.futureBirths = futureBirths
    horizonYears = horizon
    transferIsObserved = transfer
  }

  private static func academicYear(
    _ top: YAMLMapping, _ key: String, _ list: inout DiagnosticList
  ) -> AcademicYear? {
    top.parsed(key, wanted: "an academic year such as 2017/18", &list) { AcademicYear(label: $0) }
  }

  /// The years named, and where; nil where the model does not speak of them.
  private static func disturbedYears(
    _ top: YAMLMapping, _ list: inout DiagnosticList
  ) -> [AcademicYear: SourceLocation]? {
    guard let entry = top.optional("disturbed_years") else { return nil }
    var places: [AcademicYear: SourceLocation] = [:]
    for item in entry.value.items(&list) {
      guard let text = item.text(&list) else { continue }
      guard let year = AcademicYear(label: text) else {
        list.add(
          .wrongValue, at: item.location, what: "'\(text)' is no academic year",
          why: "its ratios are to weigh a tenth", fix: "write it as 2020/21, or an empty list '[]' for none")
        continue
      }
      places[year] = item.location
    }
    return places
  }

  /// Whose model it is and what its papers say, and where it says whether the authority is invented; nil with a fault.
  private static func identity(
    _ top: YAMLMapping, _ years: PlausibleYears?, _ list: inout DiagnosticList
  ) -> (identity: PlanningModel.Identity, syntheticPlace: SourceLocation)? {
    let key = top.name("model", &list)
    let authority = top.required("authority", &list)?.value
      .mapping("'authority'", allowed: ["name", "code", "synthetic"], &list)
    let name = authority?.text("name", &list)
    let code = authority?.parsed(
      "code", wanted: "the authority's three digits, such as 916, in quotation marks", &list
    ) {
      $0.utf8.count == 3 && $0.isDigits ? $0 : nil
    }
    let isSynthetic = authority?.flag("synthetic", &list)
    let keys = [
      "forum", "meeting", "decision", "purpose", "recommendation", "resources", "data_notes",
      "programme_notes", "notice",
    ]
    let paper = top.required("paper", &list)?.value.mapping("'paper'", allowed: keys, &list)
    let forum = paper?.text("forum", &list)
    let meeting = paper?.date("meeting", years, within: PlausibleYears.ofThePaper, &list)
    if let meeting, let years, let place = paper?.optional("meeting")?.value.location {
      years.checkMeeting(meeting, at: place, &list)
    }
    let decision = paper?.text("decision", &list)
    let purpose = paper?.text("purpose", &list)
    let recommendation = paper?.text("recommendation", &list)
    let resources = paper?.text("resources", &list)
    let notes = paper.map { texts("data_notes", $0, &list) }
    let programmeNotes = paper.map { texts("programme_notes", $0, &list) }
    let openData = Self.openData(top, isSynthetic: isSynthetic ?? true, &list)
    guard let key, let authority, let name, let code, let isSynthetic, let forum, let meeting, let decision,
      let purpose, let recommendation, let resources, let notes, let programmeNotes
    else { return nil }
    let identity = PlanningModel.Identity(
      key: key, authority: name, authorityCode: code, isSynthetic: isSynthetic, forum: forum,
      meeting: meeting, decision: decision, purpose: purpose, recommendation: recommendation,
      resources: resources, dataNotes: notes, programmeNotes: programmeNotes,
      notice: paper?.optionalText("notice", &list), openData: openData)
    return (identity, authority.optional("synthetic")?.value.location ?? authority.place)
  }

  private static func texts(_ key: String, _ spec: YAMLMapping, _ list: inout DiagnosticList) -> [String] {
    (spec.optional(key)?.value.items(&list) ?? []).compactMap { $0.text(&list) }
  }

  private static func borrowing(
    _ top: YAMLMapping, _ list: inout DiagnosticList
  ) -> (kinds: Set<SchemeKind>, place: SourceLocation)? {
    guard let entry = top.optional("borrowing_pays_for") else { return nil }
    var kinds: Set<SchemeKind> = []
    for item in entry.value.items(&list) {
      guard let text = item.text(&list) else { continue }
      if let kind = SchemeKind(rawValue: text) {
        kinds.insert(kind)
      } else {
        list.add(
          .wrongValue, at: item.location, what: "'borrowing_pays_for' has '\(text)'",
          why: "it is no kind of scheme", fix: kindFix(text))
      }
    }
    return (kinds, entry.place)
  }

  private static func spending(
    _ top: YAMLMapping, _ years: PlausibleYears?, meeting: CalendarDate?, _ list: inout DiagnosticList
  ) -> (financialYear: String, monthsElapsed: Int)? {
    let keys = ["financial_year", "months_elapsed"]
    guard let spec = top.optional("spending")?.value.mapping("'spending'", allowed: keys, &list)
    else { return nil }
    let year = spec.parsed("financial_year", wanted: "a year such as 2017/18", &list) {
      AcademicYear(label: $0)
    }
    if let year, let place = spec.optional("financial_year")?.value.location {
      years?.check(
        year.start, within: PlausibleYears.ofThePaper, .wrongValue, at: place,
        "'financial_year' is \(year)", &list)
    }
    let months = spec.whole("months_elapsed", in: 1...12, &list)
    guard let year, let months else { return nil }
    if let years, let meeting, let place = spec.optional("months_elapsed")?.value.location {
      years.checkSpending(year, months, at: place, meeting: meeting, &list)
    }
    return (year.label, months)
  }
}
