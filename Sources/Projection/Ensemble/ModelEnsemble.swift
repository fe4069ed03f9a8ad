public import Diagnostics
internal import NumericCore
public import PlacePlanning

/// Draws a model's projection: the spread of every figure around the central path.
///
/// **Throws** E013 when the model says nothing of uncertainty, E247 when a draw cannot meet its control totals, E212 when a
/// figure fits no draw.
public func simulate(
  _ model: PlanningModel, _ pupils: TrajectorySet, draws: Int, seed: UInt64
) throws(DiagnosticList) -> PupilRanges {
  try withEnsembleInput(model, pupils) { input, _ throws(EnsembleRefusal) in
    PupilRanges(
      areas: pupils.areas, projectedYears: model.projectedYears,
      summary: try Ensemble(draws: draws, seed: seed).summarise(input))
  }
}

/// As `simulate`, with every draw kept beside the ranges: about 8 bytes a draw, year group, area and year. The number of threads changes
/// no bit.
///
/// **Throws** E013 when the model says nothing of uncertainty, E247 when a draw cannot meet its control totals, E212 when a
/// figure fits no draw.
public func simulateKeepingDraws(
  _ model: PlanningModel, _ pupils: TrajectorySet, draws: Int, seed: UInt64, threads: Int = 2
) throws(DiagnosticList) -> (ranges: PupilRanges, draws: PupilDraws) {
  try withEnsembleInput(model, pupils) { input, uncertainty throws(EnsembleRefusal) in
    let (summary, all) = try Ensemble(draws: draws, seed: seed, threads: threads).drawAll(input)
    return (
      PupilRanges(areas: pupils.areas, projectedYears: model.projectedYears, summary: summary),
      PupilDraws(
        areas: pupils.areas, projectedYears: model.projectedYears, draws: all,
        homes: HomesDraws(model, uncertainty, draws: all.draws, seed: seed))
    )
  }
}

/// What a model says of its uncertainty. **Throws** E013 where it says nothing.
public func statedUncertainty(of model: PlanningModel) throws(DiagnosticList) -> UncertaintyPlan {
  guard let uncertainty = model.uncertainty else {
    throw DiagnosticList(
      .missingKey, at: modelPlace(model), what: "the model says nothing of uncertainty",
      why: "a range that nobody has given the reasons for would be a guess",
      fix: "define the assumptions 'uncertainty.*', as Models/gloucestershire does")
  }
  return uncertainty
}

/// Calls `body` with a model's figures as its draws need them, and turns its refusal into a diagnostic.
func withEnsembleInput<T>(
  _ model: PlanningModel, _ pupils: TrajectorySet,
  _ body: (EnsembleInput, UncertaintyPlan) throws(EnsembleRefusal) -> T
) throws(DiagnosticList) -> T {
  let uncertainty = try statedUncertainty(of: model)
  do {
    return try body(pupils.ensembleInput(model, uncertainty), uncertainty)
  } catch {
    if let refusal = error as? EnsembleRefusal, let control = refusal.control {
      throw DiagnosticList([controlDiagnostic(model, control, draw: refusal.draw)])
    }
    throw DiagnosticList(
      .transferImpossible, at: modelPlace(model), what: "the draws cannot be made: \(error)",
      why: "a figure of the model fits no draw", fix: "correct that figure")
  }
}

extension TrajectorySet {
  /// The central path's own figures as the draws need them: primary areas first, in the order of their codes.
  func ensembleInput(_ model: PlanningModel, _ plan: UncertaintyPlan) throws -> EnsembleInput {
    let primary = model.areas(.primary)
    let secondary = model.areas(.secondary)
    let projected = model.projectedYears
    func correlation(_ areas: [PlanningArea]) throws -> CorrelationFactor? {
      guard plan.areaCorrelation > 0, !areas.isEmpty else { return nil }
      let axis = Axis("area", areas.map(\.code.text))
      return try CorrelationFactor(
        LabelledMatrix(rows: axis, columns: axis) { $0 == $1 ? 1 : plan.areaCorrelation })
    }
    return EnsembleInput(
      authority: model.identity.authorityCode, primary: primary.map(\.code.text),
      secondary: secondary.map(\.code.text), firstYear: model.baseYear.start + 1,
      baseRolls: (primary + secondary).map { area in
        area.phase.yearGroups.map { centralWithoutHousing[area.code, $0, model.baseYear] ?? 0 }
      },
      intake: primary.map { area in
        projected.map { (rates.intake[area.code]?.value ?? 0) * births.births(area.code, $0) }
      },
      uncountedBirths: projected.map { births.uncounted(reachingReceptionIn: $0) },
      survival: (primary + secondary).map { area in
        area.phase.yearGroups.map { rates.survival[area.code]?[$0]?.value ?? 0 }
      },
      transferShares: secondary.map { to in
        primary.map { rates.transfer.share(from: $0.code, to: to.code) }
      },
      imports: rates.transfer.imports,
      sites: model.housing.sites.sorted { $0.key < $1.key }.compactMap { site in
        EnsembleSite(site, model, primary: primary, secondary: secondary, plan)
      },
      spread: EnsembleSpread(
        births: plan.births, intakeArea: plan.intakeArea, intakeCounty: plan.intakeCounty,
        survivalSampling: plan.survivalSampling, survivalFloor: plan.survivalFloor,
        survivalCounty: plan.survivalCounty, transfer: plan.transfer, yield: plan.yield,
        primaryCorrelation: try correlation(primary), secondaryCorrelation: try correlation(secondary))
    ).held(to: model.control)
  }
}

extension EnsembleSite {
  /// A site's homes in every way that they may come, as planned first. Nil where the site lies outside the areas.
  init?(
    _ site: HousingSite, _ model: PlanningModel, primary: [PlanningArea], secondary: [PlanningArea],
    _ plan: UncertaintyPlan
  ) {
    guard let here = primary.firstIndex(where: { $0.code == site.primaryArea }),
      let there = secondary.firstIndex(where: { $0.code == site.secondaryArea })
    else { return nil }
    let homes = [primary[here], secondary[there]].map { HousingPupils.countedHomes(model, $0, of: site) }
    let first = HomesWay.firstYear(of: site, model)
    func pupils(_ side: Int, _ way: HomesWay) -> [[Double]] {
      HousingPupils.pupils(
        model, way.shifted(homes[side], from: first), site.dwellingType,
        side == 0 ? AreaPhase.primary.yearGroups : AreaPhase.secondary.yearGroups)
    }
    self.init(
      key: site.key, primaryArea: here, secondaryArea: there,
      variants: HomesWay.all(plan).map { way in
        Variant(
          probability: way.probability, primaryPupils: pupils(0, way), secondaryPupils: pupils(1, way))
      })
  }
}
