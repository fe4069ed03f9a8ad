internal import Diagnostics
internal import PlacePlanning

/// Assumed: a count and the flows of another year may differ by so much without a slip, as pupils come and go, and by as much again for
/// each year before the newest, since schools are chosen anew each year. The ratio of Year 7 to Year 6 of whole authorities changes by 2% from
/// one year to the next (standard deviation), and that of an area by more. **Units** share of the counted Year 7, and pupils.
private let mostExcessShare = 0.04
private let leastExcess = 5.0

/// Whether flows bring more pupils than counts of one area bear out, so many years before the newest.
func isBeyondCount(_ brought: Double, counted: Double, yearsBefore: Int) -> Bool {
  let excess = brought - counted
  return excess > mostExcessShare * Double(yearsBefore + 1) * counted + 1e-9 && excess >= leastExcess - 1e-9
}

extension ModelParts {
  /// What one transfer share brings of a primary area's Year 6.
  private struct Flow {
    let row: DatasetRow
    let from: PlanningArea
    let share: Double

    /// Pupils of the Year 6 before `year`; nought where none is counted.
    func pupils(in year: AcademicYear, _ tables: [PlanningAreaCode: RollTable]) -> Double {
      share * (tables[from.code]?[year - 1, .year6] ?? 0)
    }
  }

  /// Warns of observed flows that bring more pupils into a secondary area than its Year 7 counts (W337), in any of the three years that
  /// newcomers are taken from; disturbed ones count for little and are passed over, unless all are. A pattern is raked until it meets
  /// the counts.
  func warnOfExcessFlows(
    _ rolls: AreaRolls, _ known: KnownAreas, _ list: inout DiagnosticList
  ) throws {
    guard header.transferIsObserved, case .counted(let tables) = rolls else { return }
    let window = [header.baseYear, header.baseYear - 1, header.baseYear - 2]
    let clear = window.filter { !header.disturbedYears.contains($0) }
    let years = clear.isEmpty ? [header.baseYear] : clear
    var flows: [PlanningAreaCode: [Flow]] = [:]
    for row in rows(.transferShares) {
      guard let from = known.byCode[try row.area("primary_planning_area_code")] else { continue }
      let to = try row.area("secondary_planning_area_code")
      flows[to, default: []].append(Flow(row: row, from: from, share: try row.number("share")))
    }
    for (code, parts) in flows.sorted(by: { $0.key < $1.key }) {
      guard let area = known.byCode[code] else { continue }
      let excess = years.compactMap { year -> (year: AcademicYear, brought: Double, counted: Double)? in
        let brought = parts.reduce(0) { $0 + $1.pupils(in: year, tables) }
        guard let counted = tables[code]?[year, .year7],
          isBeyondCount(brought, counted: counted, yearsBefore: years[0] - year)
        else { return nil }
        return (year: year, brought: brought, counted: counted)
      }
      guard let newest = excess.first else { continue }
      let byPupils = parts.map { (flow: $0, pupils: $0.pupils(in: newest.year, tables)) }
        .filter { $0.pupils > 0 }
        .sorted { ($1.pupils, $0.flow.from.code) < ($0.pupils, $1.flow.from.code) }
      guard let most = byPupils.first else { continue }
      let shares = byPupils.map {
        "\(plain($0.flow.share)) of \($0.flow.from.name) (\($0.flow.from.code)), \(tenths($0.pupils))"
      }
      let others = excess.dropFirst().map {
        "; \(tenths($0.brought)) in \($0.year), where \(grouped($0.counted)) were"
      }
      list.add(
        .flowsExceedCount, at: most.flow.row.place("share"),
        what: "transfer shares bring \(tenths(newest.brought)) pupils into Year 7 of \(area.name) (\(code)) "
          + "in \(newest.year), where \(grouped(newest.counted)) were counted" + others.joined()
          + ". In \(newest.year) they are " + firstFive(shares, separator: "; "),
        why:
          "newcomers of the years ahead are a mean of what three years count beyond the flows; pupils too many "
          + "make them fewer than came, or less than nought",
        fix: "correct the shares, or the counts that they contradict; if both are right, leave them")
    }
  }
}
