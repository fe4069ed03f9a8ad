internal import NumericCore
public import PlacePlanning

/// Where one September's Year 7 pupils come from, and where the Year 6 pupils before them go. New homes are left out: their pupils are
/// counted where the homes are.
public struct Movement: Sendable {
  /// One secondary area's Year 7. **Units** pupils.
  public struct Arrival: Sendable {
    public let area: PlanningArea
    public let fromOwnDistrict: Double
    public let fromOtherDistricts: Double
    /// From outside the authority's state schools. Negative where counted flows overstate the rolls.
    public let fromOutside: Double

    public var total: Double { fromOwnDistrict + fromOtherDistricts + fromOutside }
  }

  /// One district's Year 6. **Units** pupils.
  public struct Departure: Sendable {
    public let district: String
    public let toOwnDistrict: Double
    public let toOtherDistricts: Double
    /// Leaving the authority's state schools.
    public let leaving: Double
  }

  public let year: AcademicYear
  /// In order of the areas' codes.
  public let arrivals: [Arrival]
  /// In order of name; districts without primary areas are not there.
  public let departures: [Departure]
}

/// The moves from primary to secondary school in the September of a year. Nil unless the year before it is in the projection.
///
/// Where a published total holds Year 7, every primary area still sends what it sent: flows are raked to the Year 7 that was projected,
/// and where that is not possible the difference counts as from outside.
public func movement(_ pupils: TrajectorySet, into year: AcademicYear) -> Movement? {
  guard pupils.years.contains(year - 1) else { return nil }
  let primary = pupils.areas.filter { $0.phase == .primary }
  let secondary = pupils.areas.filter { $0.phase == .secondary }
  let year6 = primary.map { pupils.centralWithoutHousing[$0.code, .year6, year - 1] ?? 0 }
  let flows = movingPupils(pupils, primary, secondary, year6, year)
  func sum(_ from: [Int], _ to: [Int]) -> Double {
    from.reduce(0) { total, column in to.reduce(total) { $0 + flows[$1, column] } }
  }
  func primaries(_ isIn: (String) -> Bool) -> [Int] { primary.indices.filter { isIn(primary[$0].district) } }
  return Movement(
    year: year,
    arrivals: secondary.enumerated().map { row, area in
      let own = sum(primaries { $0 == area.district }, [row])
      let other = sum(primaries { $0 != area.district }, [row])
      let all = pupils.centralWithoutHousing[area.code, .year7, year] ?? own + other
      return .init(
        area: area, fromOwnDistrict: own, fromOtherDistricts: other, fromOutside: all - own - other)
    },
    departures: Set(primary.map(\.district)).sorted().map { district in
      let own = primaries { $0 == district }
      let staying = sum(own, secondary.indices.filter { secondary[$0].district == district })
      let moving = sum(own, secondary.indices.filter { secondary[$0].district != district })
      return .init(
        district: district, toOwnDistrict: staying, toOtherDistricts: moving,
        leaving: own.reduce(0) { $0 + year6[$1] } - staying - moving)
    })
}

/// **Shape** secondary area x primary area. **Units** pupils.
private func movingPupils(
  _ pupils: TrajectorySet, _ primary: [PlanningArea], _ secondary: [PlanningArea], _ year6: [Double],
  _ year: AcademicYear
) -> LabelledMatrix {
  let flow = pupils.rates.transfer
  let flows = LabelledMatrix(
    rows: Axis("secondary area", secondary.map(\.code.text)),
    columns: Axis("primary area", primary.map(\.code.text))
  ) { year6[$1] * flow.share(from: primary[$1].code, to: secondary[$0].code) }
  let county = year6.reduce(0, +)
  let year7 = secondary.map { pupils.centralWithoutHousing[$0.code, .year7, year] ?? 0 }
  let imports = Dictionary(zip(flow.secondary, flow.imports)) { first, _ in first }
  let expected = zip(secondary, flows.rowSums).map { $1 + (imports[$0.code] ?? 0) * county }
  guard zip(year7, expected).contains(where: { abs($0 - $1) > 1e-6 * max(1, $1) }) else { return flows }
  let totals = Dictionary(zip(secondary.map(\.code.text), year7)) { first, _ in first }
  do {
    let imports = try ControlTotals.importsMeeting(
      year7: totals, sent: flows.columnSums.reduce(0, +), in: year)
    return try ControlTotals.conserved(flows: flows, year7: totals, imports: imports, in: year)
  } catch {
    // More is sent than the published total lets arrive.
    return flows
  }
}
