public import PlacePlanning

/// Where one September's Year 7 pupils come from, and where the Year 6 before it goes. New homes are left out: their pupils are
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

    public var total: Double { toOwnDistrict + toOtherDistricts + leaving }
  }

  public let year: AcademicYear
  /// In order of the areas' codes.
  public let arrivals: [Arrival]
  /// In order of name; districts without primary areas are not there.
  public let departures: [Departure]
}

/// The moves from primary to secondary school in the September of a year. Nil unless the year before it is in the projection.
public func movement(_ pupils: TrajectorySet, into year: AcademicYear) -> Movement? {
  guard pupils.years.contains(year - 1) else { return nil }
  let primary = pupils.areas.filter { $0.phase == .primary }
  let secondary = pupils.areas.filter { $0.phase == .secondary }
  let year6 = primary.map { pupils.centralWithoutHousing[$0.code, .year6, year - 1] ?? 0 }
  let county = year6.reduce(0, +)
  let flow = pupils.rates.transfer
  let outside = Dictionary(zip(flow.secondary, flow.imports)) { first, _ in first }
  func moved(from: Int, to: PlanningArea) -> Double {
    year6[from] * flow.share(from: primary[from].code, to: to.code)
  }
  func sum(_ from: [Int], _ to: [PlanningArea]) -> Double {
    from.reduce(0) { total, index in to.reduce(total) { $0 + moved(from: index, to: $1) } }
  }
  func primaries(_ isIn: (String) -> Bool) -> [Int] { primary.indices.filter { isIn(primary[$0].district) } }
  return Movement(
    year: year,
    arrivals: secondary.map { area in
      .init(
        area: area, fromOwnDistrict: sum(primaries { $0 == area.district }, [area]),
        fromOtherDistricts: sum(primaries { $0 != area.district }, [area]),
        fromOutside: (outside[area.code] ?? 0) * county)
    },
    departures: Set(primary.map(\.district)).sorted().map { district in
      let own = primaries { $0 == district }
      let staying = sum(own, secondary.filter { $0.district == district })
      let moving = sum(own, secondary.filter { $0.district != district })
      return .init(
        district: district, toOwnDistrict: staying, toOtherDistricts: moving,
        leaving: own.reduce(0) { $0 + year6[$1] } - staying - moving)
    })
}
