internal import Diagnostics
internal import PlacePlanning

/// Assumed: a count and the flows of another year may differ by so much without a slip, as pupils come and go. **Units** share of the
/// counted Year 7, and pupils.
private let mostExcessShare = 0.02
private let leastExcess = 5.0

/// Whether flows bring more pupils than counts of one area and year bear out.
func isBeyondCount(_ brought: Double, counted: Double) -> Bool {
  let excess = brought - counted
  return excess > mostExcessShare * counted + 1e-9 && excess >= leastExcess - 1e-9
}

extension ModelParts {
  /// What one transfer share brings of a counted Year 6.
  private struct Flow {
    let row: DatasetRow
    let from: PlanningArea
    let share: Double
    let pupils: Double
  }

  /// Warns of observed flows that bring more pupils into a secondary area than its Year 7 counts (W337), in the newest year that is not
  /// disturbed of the three that newcomers are taken from. A pattern is raked until it meets the counts.
  func warnOfExcessFlows(
    _ rolls: AreaRolls, _ known: KnownAreas, _ list: inout DiagnosticList
  ) throws {
    guard header.transferIsObserved, case .counted(let tables) = rolls else { return }
    let window = [header.baseYear, header.baseYear - 1, header.baseYear - 2]
    let year = window.first { !header.disturbedYears.contains($0) } ?? header.baseYear
    var flows: [PlanningAreaCode: [Flow]] = [:]
    for row in rows(.transferShares) {
      guard let from = known.byCode[try row.area("primary_planning_area_code")],
        let year6 = tables[from.code]?[year - 1, .year6]
      else { continue }
      let share = try row.number("share")
      let to = try row.area("secondary_planning_area_code")
      flows[to, default: []].append(
        Flow(row: row, from: from, share: share, pupils: share * year6))
    }
    for (code, parts) in flows.sorted(by: { $0.key < $1.key }) {
      let byPupils = parts.filter { $0.pupils > 0 }.sorted {
        ($1.pupils, $0.from.code) < ($0.pupils, $1.from.code)
      }
      let brought = byPupils.reduce(0) { $0 + $1.pupils }
      guard let most = byPupils.first, let area = known.byCode[code],
        let counted = tables[code]?[year, .year7], isBeyondCount(brought, counted: counted)
      else { continue }
      let shares = byPupils.map {
        "\(plain($0.share)) of \($0.from.name) (\($0.from.code)), \(tenths($0.pupils))"
      }
      list.add(
        .flowsExceedCount, at: most.row.place("share"),
        what: "transfer shares bring \(tenths(brought)) pupils into Year 7 of \(area.name) (\(code)) in "
          + "\(year), where \(grouped(counted)) were counted: \(firstFive(shares, separator: "; "))",
        why:
          "newcomers of the years ahead are a mean of what three years count beyond the flows; pupils too many "
          + "make them fewer than came, or less than nought",
        fix: "correct the shares, or the counts that they contradict; if both are right, leave them")
    }
  }
}
