public import PlacePlanning

extension Forecast {
  /// A phase of an area with year groups that have no count at the origin, and had pupils when the area was last counted before it or lie
  /// between others that have some: `RollPanel.phasesWithoutTotal` says when.
  public struct PartialPhase: Sendable {
    public let area: RollPanel.Area
    public let phase: Phase
    public let yearGroups: [YearGroup]
  }
}

extension RollPanel {
  /// Years between the first and the last that no area is counted in, oldest first.
  public var yearsNotCounted: [AcademicYear] {
    years.indices.filter { year in !areas.indices.contains { isCounted($0, year) } }.map { years[$0] }
  }

  /// Areas that were counted before a year and have no count in it, each with the last year that it was counted in; nothing is
  /// forecast for them from there. Empty for a year outside the panel.
  public func areasGone(at origin: AcademicYear) -> [(area: Area, last: AcademicYear)] {
    guard let position = position(of: origin) else { return [] }
    return areas.indices.compactMap { area in
      guard !isCounted(area, position) else { return nil }
      return lastCount(area, before: position).map { (areas[area], years[$0]) }
    }
  }

  /// Areas that were counted in a year and in none before it: nothing is forecast for them from there. Empty for a year outside the
  /// panel.
  public func areasNew(at origin: AcademicYear) -> [Area] {
    guard let position = position(of: origin) else { return [] }
    return areas.indices.filter { isCounted($0, position) && !isForecast($0, from: position) }.map {
      areas[$0]
    }
  }

  /// Areas that are counted only after a year, each with the first year that it is counted in: nothing is forecast for them from there.
  /// Empty for a year outside the panel.
  public func areasToCome(after origin: AcademicYear) -> [(area: Area, first: AcademicYear)] {
    guard let position = position(of: origin) else { return [] }
    return areas.indices.compactMap { area in
      guard let first = years.indices.first(where: { isCounted(area, $0) }), first > position
      else { return nil }
      return (areas[area], years[first])
    }
  }

  /// Phases of areas that lack a year group in a year, where the areas can be forecast from it: no total is forecast for them.
  public func phasesWithoutTotal(at origin: AcademicYear) -> [Forecast.PartialPhase] {
    guard let position = position(of: origin) else { return [] }
    return areas.indices.filter { isForecast($0, from: position) }.flatMap { area in
      [Phase.primary, .secondary].compactMap { phase in
        let missing = missing(phase, area, at: position)
        return missing.isEmpty
          ? nil : Forecast.PartialPhase(area: areas[area], phase: phase, yearGroups: missing)
      }
    }
  }

  /// Year groups without a count in a year that had pupils when the area was last counted before it, where the area can be forecast from that
  /// year: nothing is forecast for them. Those of ``phasesWithoutTotal(at:)`` are not among them. Empty for a year outside the panel.
  public func yearGroupsGone(at origin: AcademicYear) -> [(area: Area, yearGroups: [YearGroup])] {
    guard let position = position(of: origin) else { return [] }
    return areas.indices.filter { isForecast($0, from: position) }.compactMap {
      area -> (area: Area, yearGroups: [YearGroup])? in
      guard let last = lastCount(area, before: position) else { return nil }
      let partial = [Phase.primary, .secondary].flatMap { missing($0, area, at: position) }
      let gone = YearGroup.all.filter { group in
        self[area, group.number, position].isNaN && self[area, group.number, last] > 0
          && !partial.contains(group)
      }
      return gone.isEmpty ? nil : (areas[area], gone)
    }
  }

  /// Year groups of a phase without a count at the origin that had pupils when the area was last counted before it, or that must have
  /// some (`YearGroup.missing`): a total of the others would look like one of the phase. None where the whole phase has no count.
  func missing(_ phase: Phase, _ area: Int, at origin: Int) -> [YearGroup] {
    let absent = phase.yearGroups.filter { self[area, $0.number, origin].isNaN }
    guard !absent.isEmpty, absent.count < phase.yearGroups.count else { return [] }
    func counts(_ year: Int?) -> [Double] {
      YearGroup.all.map { group in year.map { self[area, group.number, $0] } ?? .nan }
    }
    let before = counts(lastCount(area, before: origin))
    let holes = YearGroup.missing(
      among: counts(origin), yearBefore: counts(origin > 0 ? origin - 1 : nil))
    return absent.filter { before[$0.number] > 0 || holes.contains($0) }
  }

  /// Whether the area is forecast from that origin: it was counted then, and in a year before.
  func isForecast(_ area: Int, from origin: Int) -> Bool {
    isCounted(area, origin) && lastCount(area, before: origin) != nil
  }

  private func lastCount(_ area: Int, before position: Int) -> Int? {
    (0..<position).last { isCounted(area, $0) }
  }
}
