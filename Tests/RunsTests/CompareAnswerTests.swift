import Testing

/// What `places compare` answers to machines.
@Suite struct CompareAnswerTests {
  @Test func `the published need stands beside ours, where there is one`() throws {
    let county = try json(places("compare", "Models/gloucestershire", "--format", "json").output)
    let needs = try #require(county["published_need"] as? [[String: Any]])
    let need = try #require(needs.first)
    #expect(needs.count == 1)
    #expect(need["planning_area_code"] as? String == "9162500" && need["year_group"] as? String == "7")
    #expect(need["lowest_fe"] as? Double == 6 && need["highest_fe"] as? Double == 8)
    #expect(need["places"] as? Double == 1200 && need["lowest_fe_by"] as? String == "2021/22")
    #expect(need["planned_from"] as? String == "2019/20")
    #expect(need["planned_places_per_year_group"] as? Double == 180)
    #expect(need["planned_scheme"] as? String == "new_secondary_cheltenham")
    let town = try json(places("compare", "Models/exampleton", "--format", "json").output)
    #expect(town["balance"] != nil && town["published_need"] == nil)
  }
}
