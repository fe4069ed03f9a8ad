import Testing

@Suite struct CaseTests {
  @Test(arguments: try PlannerCase.all())
  func `what a planner expects comes out`(_ plannerCase: PlannerCase) throws {
    #expect(try plannerCase.differences() == [])
  }

  @Test(arguments: try PlannerCase.all())
  func `a wrong expectation is noticed`(_ plannerCase: PlannerCase) throws {
    #expect(try plannerCase.falsified.differences().count == 1)
  }

  @Test func `there are cases`() throws {
    #expect(try PlannerCase.all().count >= 8)
  }
}
