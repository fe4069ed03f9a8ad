import PlacePlanning
import TestSupport
import Testing

/// The situations of `Cases/`, each a test.
@Suite struct CaseTests {
  static let files = (try? CaseFile.all()) ?? []

  @Test func `there are cases`() {
    #expect(Self.files.count >= 10)
  }

  @Test(arguments: files)
  func `every expectation is met`(_ file: String) throws {
    let written = try CaseFile(named: file)
    let failures = try Answers(written).failures(written)
    #expect(failures.isEmpty, "\(written.name):\n\(failures.joined(separator: "\n"))")
  }

  /// The test of the tests: each expectation in turn is made false by little more than the tolerance, and the runner must
  /// find that one and no other.
  @Test(arguments: files)
  func `every false expectation is found`(_ file: String) throws {
    let written = try CaseFile(named: file)
    let answers = try Answers(written)
    for index in written.expectations.indices {
      for direction in [1.0, -1.0] {
        var falsified = written
        falsified.expectations[index].wanted += direction * max(3 * written.tolerance, 1e-7)
        let failures = answers.failures(falsified)
        let what = falsified.expectations[index].description
        #expect(failures.count == 1, "\(what), falsified: \(failures)")
        #expect(failures.first?.hasPrefix(what) == true)
      }
    }
  }

  /// What the README of the town works, the central cases hold: every area, year group and year.
  @Test func `the town is covered cell by cell`() throws {
    var seen: Set<String> = []
    for file in Self.files {
      let written = try CaseFile(named: file)
      guard written.model == "exampleton", written.scenario == "central", written.replacements.isEmpty
      else { continue }
      for expectation in written.expectations {
        if case .cell(let area, let group) = expectation.subject, let year = expectation.year {
          seen.insert("\(area) \(group.label) \(year.label) \(expectation.figure)")
        }
      }
    }
    let areas: [(code: String, groups: [YearGroup], planned: [YearGroup])] = [
      ("P1", AreaPhase.primary.yearGroups, AreaPhase.primary.plannedYearGroups),
      ("P2", AreaPhase.primary.yearGroups, AreaPhase.primary.plannedYearGroups),
      ("S1", AreaPhase.secondary.yearGroups, AreaPhase.secondary.plannedYearGroups),
      ("S2", AreaPhase.secondary.yearGroups, AreaPhase.secondary.plannedYearGroups),
    ]
    let wanted = areas.flatMap { area in
      (2018...2023).flatMap { start -> [String] in
        let year = AcademicYear(start).label
        return area.groups.flatMap { group in
          ["pupils", "pupils_without_housing"].map { "\(area.code) \(group.label) \(year) \($0)" }
        }
          + area.planned.flatMap { group in
            ["places", "need", "surplus"].map { "\(area.code) \(group.label) \(year) \($0)" }
          }
      }
    }
    #expect(Set(wanted).subtracting(seen).sorted() == [])
    // 28 year groups and 24 planned ones, six years.
    #expect(wanted.count == 6 * (28 * 2 + 24 * 3))
  }
}

/// What is not written as the README says is refused, so that no expectation is silently left out.
@Suite struct CaseReadingTests {
  static let good = """
    name: A case
    given: { model: exampleton }
    tolerance: 0.001
    expect:
      - { area: P1, year_group: R, year: 2018/19, pupils: 62.4 }
    """

  @Test func `a good case is read`() throws {
    let read = try CaseFile(file: "good.yaml", yaml: Self.good)
    #expect(read.expectations.count == 1)
    #expect(try Answers(read).failures(read) == [])
  }

  @Test(arguments: [
    ("tolerance", "tolerence"), ("expect:", "expected:"), ("pupils: 62.4", "pupil: 62.4"),
    ("area: P1", "aera: P1"), ("year: 2018/19", "year: 2018"), ("year: 2018/19, ", ""),
    ("year: 2018/19", "from: 2018/19"), ("year_group: R", "year_group: 14"), (", pupils: 62.4", ""),
    ("62.4", "some"), ("model: exampleton", "model: exampleton, scenaro: late-homes"),
    ("area: P1, year_group: R", "monitor: total"), ("tolerance: 0.001\n", ""),
  ])
  func `a slip is refused`(_ text: String, _ slip: String) throws {
    let yaml = Self.good.replacing(text, with: slip)
    #expect(yaml != Self.good)
    #expect(throws: CaseFault.self) { try CaseFile(file: "slip.yaml", yaml: yaml) }
  }

  /// An area that is not there has no figure, and that is a failure, not a match.
  @Test(arguments: ["area: P9", "area: S1"])
  func `what the program does not have fails`(_ area: String) throws {
    let read = try CaseFile(file: "none.yaml", yaml: Self.good.replacing("area: P1", with: area))
    let failures = try Answers(read).failures(read)
    #expect(failures.count == 1)
    #expect(failures.first?.hasSuffix("the program has none") == true)
  }

  @Test func `a replacement that finds nothing fails`() throws {
    let yaml = Self.good.replacing(
      "model: exampleton",
      with: "model: exampleton, replace: [{ file: Models/exampleton/model.yaml, text: nowhere, with: x }]")
    let read = try CaseFile(file: "replace.yaml", yaml: yaml)
    #expect(throws: ModelCopy.NothingToReplace.self) { try Answers(read) }
  }
}
