import Diagnostics
import PlacePlanning
import TestSupport
import Testing

@testable import ModelFiles

/// Places of infant and junior schools: `last_year_group`, a column that a file need not have.
@Suite struct LastYearGroupTests {
  /// The invented town, whose South has infants and juniors: an expansion and an extra class there, and a reduction and a closure.
  private struct Town {
    let copy: ModelCopy

    init() throws {
      copy = try ModelCopy()
      try addColumn("schemes", key: "", values: ["", "", "2", "6"])
      try addColumn("capacity-changes", key: "last_year_group, ", values: ["", "2", "", "", ""])
      try replace("schemes", "extra class,bulge,P2,R,30,", with: "juniors,expansion,P2,3,30,")
    }

    /// Adds the column at the end of every row, and to the key where `key` says so.
    private func addColumn(_ name: String, key: String, values: [String]) throws {
      let path = "Datasets/exampleton-\(name)/data"
      let lines = try copy.read(path + ".csv").split(separator: "\n")
      let cells = ["last_year_group"] + values
      try copy.write(path + ".csv", zip(lines, cells).map { "\($0),\($1)\n" }.joined().utf8)
      try copy.replace(
        path + ".schema.yaml", "key: [",
        with: "  last_year_group: { type: year_group, optional: yes }\nkey: [" + key)
    }

    func replace(_ name: String, _ text: String, with new: String) throws {
      try copy.replace("Datasets/exampleton-\(name)/data.csv", text, with: new)
    }

    func faults() throws -> [String] {
      try copy.faults().sorted.errors.map {
        "\($0.code.rawValue) \($0.location.line ?? 0):\($0.location.column ?? 0) \($0.what)"
      }
    }
  }

  @Test func `they are read of schemes and of changes`() throws {
    let model = try Town().copy.check().model
    let (infants, juniors) = try (
      #require(model.capital?.schemes.first { $0.key == "south" }),
      #require(model.capital?.schemes.first { $0.key == "south_bulge" })
    )
    #expect(infants.yearGroups.map(\.label) == ["R", "1", "2"])
    #expect(infants.placesWhenFull == 45)
    #expect(juniors.yearGroups.map(\.label) == ["3", "4", "5", "6"])
    #expect(juniors.placesWhenFull == 120)
    let reduction = try #require(model.capacity.changes.first { $0.kind == .reduction })
    #expect(YearGroup.all.filter(reduction.reaches).map(\.label) == ["R", "1", "2"])
  }

  @Test func `two schools of one area may change in one year, when they end in different year groups`() throws
  {
    let town = try Town()
    try town.replace(
      "capacity-changes", "S1,bulge,7,30,",
      with: "P2,reduction,R,10,2020/21,,assumed,a primary school,\nS1,bulge,7,30,")
    #expect(try town.faults() == [])
  }

  @Test func `a change to the last of the phase stands twice beside one that does not say where it ends`()
    throws
  {
    let town = try Town()
    try town.replace(
      "capacity-changes", "S1,bulge,7,30,", with: "P1,expansion,R,15,2019/20,,assumed,again,6\nS1,bulge,7,30,"
    )
    #expect(
      try town.faults() == [
        "E114 4:42 the expansion in North (P1) from 2019/20, of Reception to Year 6, stands twice; the first is on line 2"
      ])
  }

  @Test func `what starts above the entry year group says where it ends`() throws {
    let town = try Town()
    try town.replace("schemes", ",south_primary,6", with: ",south_primary,")
    try town.replace("capacity-changes", "S2,closure,7,5", with: "S2,closure,8,5")
    #expect(
      try town.faults() == [
        "E113 6:12 a closure in Riverside (S2) starts in Year 8",
        "E221 5:48 an expansion in South starts in Year 3",
      ])
  }

  /// South has 45 places; 15 go from its infants, year group by year group from 2020/21.
  @Test func `more places that go than there are stand at the last row that takes some`() throws {
    let town = try Town()
    try town.replace(
      "capacity-changes", "S1,bulge,7,30,",
      with:
        "P2,closure,3,40,2022/23,,assumed,a junior school,6\nP2,closure,R,31,2022/23,,assumed,an infant school,2\nS1,bulge,7,30,"
    )
    #expect(try town.faults() == ["E113 5:14 area P2 has -1 places in Reception in 2022/23"])
  }

  /// In Reception of 2014/15, Year 2 of 2016/17; the base year is 2017/18. A year later it is in Year 2 then.
  @Test func `an extra class that has left its last year group by the base year is refused`() throws {
    let left =
      "E113 4:15 the extra class of Reception in 2014/15 has moved on by 2017/18, and the base year is 2017/18"
    let cases: [(from: Int, faults: [String])] = [(2015, []), (2014, [left])]
    for (from, faults) in cases {
      let town = try Town()
      try town.replace(
        "capacity-changes", "S1,bulge,7,30,",
        with: "P1,bulge,R,30,\(from)/\(from - 1999),,assumed,infants,2\nS1,bulge,7,30,")
      #expect(try town.faults() == faults)
    }
  }

  /// Else an infant school's and a primary school's would be taken for one, and one of the two be taken out.
  @Test func `a key that leaves the last year group out is refused`() throws {
    let town = try Town()
    try town.copy.replace(
      "Datasets/exampleton-capacity-changes/data.schema.yaml", "key: [last_year_group, ", with: "key: [")
    #expect(
      try town.faults() == [
        "E116 1:1 the key of 'capacity_changes' is [planning_area_code, kind, year_group, from], without 'last_year_group'"
      ])
  }

  /// A published need is of Reception.
  @Test func `places of juniors are none of what was published for Reception`() throws {
    let town = try Town()
    let neighbours = "  neighbours: exampleton-neighbours\n"
    try town.copy.replace(
      "Models/exampleton/model.yaml", neighbours, with: neighbours + "  published_need: need\n")
    try town.copy.write(
      "Datasets/need/data.schema.yaml",
      """
      dataset: need
      title: Published need, invented
      source: places-project
      licence: The licence of this project
      retrieved: 2026-11-23
      mark: assumed
      quality: red
      synthetic: yes
      columns:
        planning_area_code: { type: code }
        year_group: { type: year_group }
        lowest_fe: { type: decimal, unit: forms of entry }
        highest_fe: { type: decimal, unit: forms of entry }
        places: { type: count, unit: places }
        planned_name: { type: text }
        planned_places_per_year_group: { type: count, unit: places }
        planned_from: { type: academic_year }
        planned_scheme: { type: code, optional: yes }
      key: [planning_area_code, year_group]

      """.utf8)
    try town.copy.write(
      "Datasets/need/data.csv",
      """
      planning_area_code,year_group,lowest_fe,highest_fe,places,planned_name,planned_places_per_year_group,planned_from,planned_scheme
      P2,R,0.5,1,30,South juniors,30,2020/21,south_bulge

      """.utf8)
    #expect(
      try town.copy.check().warnings.diagnostics.filter { $0.code == .plannedPlacesDiffer }.map(\.what) == [
        "the published plan adds 30 places in a year group; its scheme 'south_bulge' adds none in Reception"
      ])
  }

  @Test func `a last year group below the first, of the other phase, or of a scheme without places`() throws {
    let town = try Town()
    try town.replace("schemes", ",south_primary,6", with: ",south_primary,2")
    try town.replace("schemes", ",castle,", with: ",castle,11")
    try town.replace("capacity-changes", "lower admission number,2", with: "lower admission number,7")
    #expect(
      try town.faults() == [
        "E201 3:61 Year 7 has no planned places in South, a primary area",
        "E221 2:133 'last_year_group' is given, but condition adds no places to mainstream year groups",
        "E113 5:152 'last_year_group' is 2, and 'year_group' 3",
      ])
  }
}
