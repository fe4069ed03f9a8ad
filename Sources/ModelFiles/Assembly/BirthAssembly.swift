internal import Diagnostics
internal import PlacePlanning

// Births: from rows to the model's table, and each area's share of its district's.

extension ModelParts {
  func readBirths(_ areas: [PlanningArea], _ list: inout DiagnosticList) throws -> BirthTable {
    var districts: [String: [Int: Double]] = [:]
    for row in rows(.births) {
      districts[try row.text("district"), default: [:]][try row.whole("year_to_30_june")] =
        try row.number("births")
    }
    for row in rows(.births) {
      let district = try row.text("district")
      try row.warnOfBirthsAlone(in: districts[district] ?? [:], district, &list)
    }
    try warnOfBirthsToCome(&list)
    let table = BirthTable(districts: districts)
    let place = place(of: .births)
    let used = Set(areas.filter { $0.phase == .primary }.map(\.district))
    var unused: Set<String> = []
    for row in rows(.births) {
      let (district, year) = (try row.text("district"), try row.whole("year_to_30_june"))
      guard !used.contains(district), unused.insert(district).inserted else { continue }
      list.add(
        .unknownCode, at: row.place("district"), what: "no primary area lies in district '\(district)'",
        why: "its births would count nowhere",
        fix: didYouMean(
          district, among: used.filter { districts[$0]?[year] == nil },
          else:
            "take its rows out, or add its areas; if areas of it stand under another district, correct that"))
    }
    let spare = firstFive(unused.sorted().map { "'\($0)'" })
    let fixOfDistrict =
      "add its rows" + (unused.isEmpty ? "" : ", or write the name that births have: \(spare)")
    try warnOfUnknownDistricts(used.union(districts.keys), &list)
    let lastYear = districts.values.compactMap { $0.keys.max() }.max() ?? header.baseYear.start
    // Reception cohorts of the ratio window, and of every year group that raking starts from.
    let oldest =
      datasets[.areaRolls] == nil
      ? (header.areaTotalsYear ?? header.baseYear) - 7 : header.baseYear - 2
    let hasRolls = datasets[.areaRolls] != nil || datasets[.countyRolls] != nil
    for district in used.sorted() where hasRolls {
      if districts[district] == nil {
        let meant = nearMiss(of: district, among: unused.isEmpty ? Set(districts.keys) : unused)
        list.add(
          .birthsMissing, at: meant == nil ? place : placeOfDistrict(district),
          what: "there are no births for district '\(district)'",
          why: "its primary areas take their Reception cohorts from them",
          fix: meant.map { "did you mean '\($0)'?" } ?? fixOfDistrict)
        continue
      }
      let first = BirthAlignment.weights(reachingReceptionIn: oldest).map(\.year).min() ?? lastYear
      let last = BirthAlignment.weights(reachingReceptionIn: header.baseYear).map(\.year).max() ?? lastYear
      for year in first...max(first, last, lastYear) where districts[district]?[year] == nil {
        list.add(
          .birthsMissing, at: place,
          what: "births for \(district) in the year to 30 June \(year) are not there",
          why:
            "Reception cohorts draw on every year from \(first) to \(max(last, lastYear)), in every district",
          fix: "add the row")
      }
    }
    return table
  }

  /// Where the first primary area says that it lies in a district.
  private func placeOfDistrict(_ district: String) -> SourceLocation {
    rows(.planningAreas).first {
      $0.raw("phase") == AreaPhase.primary.rawValue && $0.raw("district") == district
    }?.place("district") ?? place(of: .births)
  }

  /// Warns of a secondary area in a district that no primary area and no births have (W308).
  private func warnOfUnknownDistricts(_ known: Set<String>, _ list: inout DiagnosticList) throws {
    for row in rows(.planningAreas) where row.raw("phase") == AreaPhase.secondary.rawValue {
      let (area, district) = (try row.text("planning_area_name"), try row.text("district"))
      guard !known.contains(district) else { continue }
      list.add(
        .birthsUnmatched, at: row.place("district"),
        what: "\(area) lies in district '\(district)', which no primary area and no births have",
        why: "none of its pupils would count as of its own district",
        fix: didYouMean(
          district, among: known, else: "write the district as births name it; if none lies there, leave it"))
    }
  }

  /// An area's share of its district's births: its share of the district's primary pupils.
  func birthShares(_ areas: [PlanningArea], _ rolls: AreaRolls) -> [PlanningAreaCode: Double] {
    let primary = areas.filter { $0.phase == .primary }
    var sizes: [PlanningAreaCode: Double] = [:]
    switch rolls {
    case .totals(let totals, _): sizes = totals
    case .counted(let tables):
      for area in primary {
        sizes[area.code] = tables[area.code]?.total(header.baseYear, area.phase.yearGroups)
      }
    }
    let districts = Dictionary(grouping: primary, by: \.district).mapValues { areas in
      areas.reduce(0) { $0 + (sizes[$1.code] ?? 0) }
    }
    return primary.reduce(into: [:]) { shares, area in
      if let size = sizes[area.code], let total = districts[area.district], total > 0 {
        shares[area.code] = size / total
      }
    }
  }
}
