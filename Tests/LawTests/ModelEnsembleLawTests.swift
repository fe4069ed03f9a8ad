import Diagnostics
import NumericCore
import PlacePlanning
import TestSupport
import Testing

@testable import Projection

/// A model's draws spread around its central path and nowhere else.
struct ModelEnsembleLawTests {
  private func plan(_ scale: Double, siteDelay: Double = 0) -> UncertaintyPlan {
    UncertaintyPlan(
      births: 0.04 * scale, intakeArea: 0.04 * scale, intakeCounty: 0.02 * scale,
      survivalSampling: 0.12 * scale, survivalFloor: 0, survivalCounty: 0.007 * scale, transfer: 0,
      yield: 0.2 * scale, areaCorrelation: 0.1, siteDelay: siteDelay, slowBuild: 0)
  }

  private func ranges(
    _ model: PlanningModel, _ pupils: TrajectorySet, _ plan: UncertaintyPlan, draws: Int
  ) throws -> PupilRanges {
    PupilRanges(
      areas: pupils.areas, projectedYears: model.projectedYears,
      summary: try Ensemble(draws: draws, seed: 7).summarise(try pupils.ensembleInput(model, plan)))
  }

  private func eachCell(
    _ pupils: TrajectorySet, _ body: (PlanningArea, YearGroup, AcademicYear) throws -> Void
  ) rethrows {
    for area in pupils.areas {
      for yearGroup in area.phase.yearGroups {
        for year in pupils.years.dropFirst() { try body(area, yearGroup, year) }
      }
    }
  }

  @Test("without uncertainty every draw is the central path, new homes included", arguments: seeds)
  func certain(seed: UInt64) throws {
    let model = RandomAuthority(seed: seed).model
    let pupils = try project(model)
    let ranges = try ranges(model, pupils, plan(0), draws: 2)
    try eachCell(pupils) { area, yearGroup, year in
      let range = try #require(ranges[area.code, yearGroup, year])
      let central = try #require(pupils.central[area.code, yearGroup, year])
      for value in [range.mean] + range.quantiles {
        expectClose(value, central, within: 1e-9 * max(1, central), "\(area.code) \(yearGroup) \(year)")
      }
    }
  }

  @Test("the mean of the draws stays with the central path", arguments: Array(seeds.prefix(12)))
  func unbiased(seed: UInt64) throws {
    let model = RandomAuthority(seed: seed).model
    let pupils = try project(model)
    let draws = 2000
    let ranges = try ranges(model, pupils, plan(1), draws: draws)
    for phase in [Phase.primary, .secondary] {
      for year in pupils.years.dropFirst() {
        let range = try #require(ranges.authority(phase, year))
        // Half the distance between the 10 and 90 points is 1.28 standard deviations; five standard errors.
        let deviation = (range.quantiles[5] - range.quantiles[1]) / 2.56
        expectClose(
          range.mean, pupils.central.total(phase.yearGroups, year),
          within: 5 * deviation / Double(draws).squareRoot() + 1e-9, "\(phase) \(year)")
      }
    }
  }

  @Test(
    "the ways in which a site may come are all ways, and a late one brings nobody sooner", arguments: seeds)
  func late(seed: UInt64) throws {
    let model = RandomAuthority(seed: seed).model
    let input = try project(model).ensembleInput(model, plan(1, siteDelay: 0.5))
    for site in input.sites {
      expectClose(site.variants.reduce(0) { $0 + $1.probability }, 1, within: 1e-12)
      let planned = site.variants[0].primaryPupils
      let first = planned[0].firstIndex { $0 > 0 } ?? planned[0].count
      for variant in site.variants {
        #expect(variant.primaryPupils[0].prefix(first).allSatisfy { $0 == 0 })
      }
    }
  }

  /// Births are known to June 2016: all of those of Reception 2018/19 and 2019/20, and ten months of 2020/21.
  @Test("births are shocked by the months that are not counted", arguments: Array(seeds.prefix(6)))
  func uncounted(seed: UInt64) throws {
    var authority = RandomAuthority(seed: seed)
    authority.horizonYears = 5
    let model = authority.model
    let input = try project(model).ensembleInput(model, plan(1))
    for (found, wanted) in zip(input.uncountedBirths, [0, 0, 2.0 / 12, 1, 1]) { expectClose(found, wanted) }
    #expect(input.uncountedBirths.count == 5)
  }

  /// Any two areas have a correlation of a half, of which the factor begins with 1; 1/2 and the root of 3/4.
  @Test func `each source spreads as the plan says of it, and areas of a phase are correlated alike`() throws
  {
    let model = RandomAuthority(seed: 1).model
    func spread(correlation: Double) throws -> EnsembleSpread {
      let plan = UncertaintyPlan(
        births: 0.01, intakeArea: 0.02, intakeCounty: 0.03, survivalSampling: 0.04, survivalFloor: 0.05,
        survivalCounty: 0.06, transfer: 0.07, yield: 0.08, areaCorrelation: correlation, siteDelay: 0.09,
        slowBuild: 0.1)
      return try project(model).ensembleInput(model, plan).spread
    }
    let found = try spread(correlation: 0.5)
    #expect(found.births == 0.01 && found.intakeArea == 0.02 && found.intakeCounty == 0.03)
    #expect(found.survivalSampling == 0.04 && found.survivalFloor == 0.05 && found.survivalCounty == 0.06)
    #expect(found.transfer == 0.07 && found.yield == 0.08)
    let primary = try #require(found.primaryCorrelation).lower
    #expect(primary.rows.labels == model.areas(.primary).map(\.code.text))
    for (row, wanted) in [[1.0, 0], [0.5, 0.8660254038]].enumerated() {
      for (column, wanted) in wanted.enumerated() { expectClose(primary[row, column], wanted) }
    }
    let secondary = try #require(found.secondaryCorrelation).lower
    #expect(secondary.rows.labels == model.areas(.secondary).map(\.code.text))
    let apart = try spread(correlation: 0)
    #expect(apart.primaryCorrelation == nil && apart.secondaryCorrelation == nil)
  }

  /// Year 7 is held to 100 and one of two areas to 50 in all: where net newcomers empty the other's Year 7, no table meets both.
  private func failing() -> EnsembleInput {
    var made = MadeUpEnsemble(secondary: ["S1", "S2"])
    made.netImports = -0.2
    made.spread.transfer = 1
    let groups = Dictionary(uniqueKeysWithValues: Phase.secondary.yearGroups.map { ($0, 100.0) })
    return made.input.held(
      to: ControlPlan(totals: [
        AcademicYear(2018): [
          .secondary: .init(
            yearGroups: groups, areas: [PlanningAreaCode("S1"): 450, PlanningAreaCode("S2"): 50])
        ]
      ]))
  }

  @Test func `a draw that cannot meet control totals is E247, and named`() throws {
    var authority = RandomAuthority(seed: 1)
    authority.uncertainty = plan(1)
    let model = authority.model
    let pupils = try project(model)
    let input = failing()
    #expect(
      try Ensemble(draws: 300, seed: 1).explain(input, draw: 0).draw == 0, "the central path meets them")
    let refusal = #expect(throws: DiagnosticList.self) {
      try withEnsembleInput(model, pupils) { _, _ throws(EnsembleRefusal) in
        try Ensemble(draws: 300, seed: 1).summarise(input)
      }
    }
    let diagnostic = try #require(refusal?.errors.first)
    #expect(diagnostic.code == .controlImpossible)
    #expect(diagnostic.what.hasPrefix("the control totals cannot be met in draw "), "\(diagnostic.what)")
    #expect(diagnostic.what.contains("2018/19"))
  }

  @Test func `arrays that do not fit together stay E212`() throws {
    var authority = RandomAuthority(seed: 1)
    authority.uncertainty = plan(1)
    let model = authority.model
    let pupils = try project(model)
    var input = MadeUpEnsemble().input
    input.imports = []
    let refusal = #expect(throws: DiagnosticList.self) {
      try withEnsembleInput(model, pupils) { [input] _, _ throws(EnsembleRefusal) in
        try Ensemble(draws: 2, seed: 1).summarise(input)
      }
    }
    #expect(refusal?.errors.map(\.code) == [.transferImpossible])
  }

  @Test func `a model without uncertainty is refused`() throws {
    let model = RandomAuthority(seed: 1).model
    let pupils = try project(model)
    let refusal = #expect(throws: DiagnosticList.self) { try simulate(model, pupils, draws: 10, seed: 1) }
    #expect(refusal?.errors.map(\.code) == [.missingKey])
  }
}
