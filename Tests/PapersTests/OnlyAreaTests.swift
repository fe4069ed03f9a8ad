import Foundation
import Papers
import Runs
import TestSupport
import Testing

/// An authority whose areas' year groups are derived from their totals, and whose secondary pupils are all in one area.
@Suite struct OnlyAreaTests {
  private let need =
    "planning_area_code,year_group,lowest_fe,highest_fe,places,planned_name,planned_places_per_year_group,planned_from\n"
    + "S1,7,0.1,0.2,30,More,6,2019/20\n"

  /// Loneham with the counts of the whole island, the areas' totals of 2017/18, and so many places in Year 7.
  private func derivedIsland(places: Int) throws -> ModelCopy {
    let copy = try ModelCopy("loneham")
    let (model, data) = ("Models/loneham/model.yaml", "Datasets/loneham-")
    try copy.replace(model, "transfer: observed", with: "area_totals_year: 2017/18\ntransfer: pattern")
    try copy.replace(
      model, "  area_rolls: loneham-area-rolls",
      with: "  county_rolls: loneham-area-rolls\n  published_need: loneham-published-need")
    try copy.replace("\(data)places/data.csv", "S1,7,4,", with: "S1,7,\(places),")
    let rolls = "\(data)area-rolls/data.csv"
    let rows = try copy.read(rolls).split(separator: "\n").map { $0.drop { $0 != "," }.dropFirst() }
    try copy.write(rolls, (rows.joined(separator: "\n") + "\n").utf8)
    try copy.replace("\(data)area-rolls/data.schema.yaml", "  planning_area_code: { type: code }\n", with: "")
    try copy.replace("\(data)area-rolls/data.schema.yaml", "[planning_area_code, ", with: "[")
    try copy.write(
      "\(data)planning-areas/data.csv",
      ("planning_area_code,planning_area_name,phase,district,number_on_roll\n"
        + "P1,Island,primary,Loneham,21\nS1,Harbour,secondary,Loneham,19\n").utf8)
    let areas = "\(data)planning-areas/data.schema.yaml"
    try copy.replace(areas, "key:", with: "  number_on_roll: { type: count, unit: pupils }\nkey:")
    let births = (2004...2010).map { "Loneham,\($0),3\n" }.joined()
    try copy.replace("\(data)births/data.csv", "births\n", with: "births\n" + births)
    let head = try copy.read(areas).components(separatedBy: "columns:")[0]
    try copy.write("\(data)published-need/data.csv", need.utf8)
    try copy.write(
      "\(data)published-need/data.schema.yaml",
      (head.replacing("planning-areas", with: "published-need") + """
        columns:
          planning_area_code: { type: code }
          year_group: { type: year_group }
          lowest_fe: { type: decimal, unit: forms of entry }
          highest_fe: { type: decimal, unit: forms of entry }
          places: { type: count, unit: places }
          planned_name: { type: text }
          planned_places_per_year_group: { type: count, unit: places }
          planned_from: { type: academic_year }
        key: [planning_area_code, year_group]

        """).utf8)
    return copy
  }

  /// 3 children are counted in Year 7 of 2017/18; 3 of 30 are a tenth of a form of entry.
  @Test(arguments: [
    (4, "In 2017/18 itself they fit the places."),
    (
      0,
      "In 2017/18 itself they are 0.1 FE above the places: that much of the gap is there before anything is projected, and may come "
        + "from places that the model lacks."
    ),
  ])
  func `rolls of the only area of a phase are called counted`(_ places: Int, _ gap: String) throws {
    let copy = try derivedIsland(places: places)
    try copy.replace(
      "Models/loneham/assumptions/all.yaml", "births.future_factor:",
      with: """
        transfer.leavers:
          title: Share of Year 6 that leaves
          unit: share of Year 6
          value: 0
          source: places-project
          mark: assumed
          quality: red
          impact: green
        births.future_factor:
        """)
    let run = try withExtendedLifetime(copy) { try PlanningRun(copy.request()) }
    let said = prose(of: run.papers[0])
    #expect(
      said.contains(
        "The authority's secondary pupils are all in this one area, so its rolls by year group are those counted. "
          + gap),
      "\(said)")
    #expect(!said.contains { $0.contains("Rolls by year group in this area are not published") })
  }
}
