import Foundation
import PlacePlanning

/// How large a made-up authority is.
enum AuthoritySize: String {
  case town, county, region

  var primaryAreas: Int {
    switch self {
    case .town: 4
    case .county: 44
    case .region: 800
    }
  }

  var secondaryAreas: Int {
    switch self {
    case .town: 1
    case .county: 10
    case .region: 200
    }
  }

  var areas: Int { primaryAreas + secondaryAreas }
}

/// Model and data files of an authority of any size, every figure made by rule. Only for timing.
struct SyntheticAuthority {
  private let size: AuthoritySize
  private let primary: [String]
  private let secondary: [String]

  init(_ size: AuthoritySize) {
    self.size = size
    primary = (0..<size.primaryAreas).map { "P\(1000 + $0)" }
    secondary = (0..<size.secondaryAreas).map { "S\(1000 + $0)" }
  }

  /// Writes the files into a new temporary folder. Returns the model's folder, two levels below it.
  func write() throws -> URL {
    let root = FileManager.default.temporaryDirectory
      .appendingPathComponent("places-benchmark-\(UUID().uuidString)")
    func put(_ path: String, _ text: String) throws {
      let url = root.appendingPathComponent(path)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url)
    }
    let tables = self.tables
    for table in tables {
      try put("Datasets/\(table.role)/data.csv", table.csv)
      try put("Datasets/\(table.role)/data.schema.yaml", table.schema)
    }
    try put("Models/made/model.yaml", header(roles: tables.map(\.role)))
    try put(
      "Models/made/sources.yaml",
      "made:\n  title: Made by rule\n  publisher: places project\n  licence: none needed\n  retrieved: 2026-11-23\n"
    )
    try put("Models/made/assumptions/all.yaml", assumptions)
    return root.appendingPathComponent("Models/made")
  }

  private var districts: Int { min(6, size.primaryAreas) }

  private struct MadeTable {
    let role: String
    let columns: [(name: String, type: String)]
    let key: [String]
    let rows: [[String]]

    var csv: String {
      ([columns.map(\.name)] + rows).map { $0.joined(separator: ",") }.joined(separator: "\n") + "\n"
    }

    var schema: String {
      """
      dataset: \(role)
      title: Made by rule (synthetic)
      source: made
      licence: none needed
      retrieved: 2026-11-23
      mark: assumed
      quality: red
      synthetic: yes
      columns:
      \(columns.map { "  \($0.name): { type: \($0.type) }" }.joined(separator: "\n"))
      key: [\(key.joined(separator: ", "))]

      """
    }
  }

  private var tables: [MadeTable] {
    let areas = MadeTable(
      role: "planning_areas",
      columns: [
        ("planning_area_code", "code"), ("planning_area_name", "text"),
        ("phase", "word, words: [primary, secondary]"), ("district", "text"), ("net_capacity", "count"),
      ],
      key: ["planning_area_code"],
      rows: primary.enumerated().map {
        [$1, "Area \($1)", "primary", "D\($0 % districts)", "\(210 + $0 % 5 * 30)"]
      }
        + secondary.map { [$0, "Area \($0)", "secondary", "D0", "1200"] })
    let rolls = MadeTable(
      role: "area_rolls",
      columns: [
        ("planning_area_code", "code"), ("academic_year", "academic_year"), ("year_group", "year_group"),
        ("number_on_roll", "count"),
      ],
      key: ["planning_area_code", "academic_year", "year_group"],
      rows: (2012...2017).flatMap { year in
        primary.enumerated().flatMap { roll($1, year, Phase.primary.yearGroups, base: 28 + $0 % 17) }
          + secondary.enumerated().flatMap {
            roll($1, year, Phase.secondary.yearGroups, base: 150 + $0 % 13)
              + roll($1, year, [Phase.sixthForm.yearGroups[0]], base: 70 + $0 % 13)
              + roll($1, year, [Phase.sixthForm.yearGroups[1]], base: 60 + $0 % 11)
          }
      })
    let births = MadeTable(
      role: "births",
      columns: [("district", "text"), ("year_to_30_june", "year"), ("births", "count")],
      key: ["district", "year_to_30_june"],
      rows: (0..<districts).flatMap { district in
        (2005...2017).map { ["D\(district)", "\($0)", "\(size.primaryAreas / districts * 38 + $0 % 3)"] }
      })
    let shares = MadeTable(
      role: "transfer_shares",
      columns: [
        ("primary_planning_area_code", "code"), ("secondary_planning_area_code", "code"),
        ("share", "decimal"),
      ],
      key: ["primary_planning_area_code", "secondary_planning_area_code"],
      rows: primary.enumerated().flatMap { index, area -> [[String]] in
        let first = secondary[index % secondary.count]
        let second = secondary[(index + 1) % secondary.count]
        return first == second
          ? [[area, first, "0.95"]] : [[area, first, "0.75"], [area, second, "0.20"]]
      })
    return [areas, rolls, births, shares]
  }

  private func roll(_ area: String, _ year: Int, _ yearGroups: [YearGroup], base: Int) -> [[String]] {
    yearGroups.map { [area, AcademicYear(year).label, $0.label, "\(base + (year - $0.number) % 3)"] }
  }

  private func header(roles: [String]) -> String {
    """
    model: made
    authority: { name: Made, code: "000", synthetic: yes }
    paper:
      forum: None
      meeting: 2018-03-01
      decision: None
      purpose: To time the program.
      recommendation: None.
      resources: None.
    base_year: 2017/18
    horizon_years: 10
    transfer: observed
    datasets: ../../Datasets
    data:
    \(roles.map { "  \($0): \($0)" }.joined(separator: "\n"))

    """
  }

  private var assumptions: String {
    let values = [
      ("births.future_factor", "1"), ("operating_margin.primary", "0.02"),
      ("operating_margin.secondary", "0.02"), ("capacity.sixth_form_share", "0.167"),
    ]
    return values.map { key, value in
      "\(key):\n  title: Made\n  unit: \(key.hasPrefix("births") ? "ratio" : "share")\n  value: \(value)\n  source: made\n  mark: assumed\n"
        + "  quality: red\n  impact: red\n"
    }.joined()
  }
}
