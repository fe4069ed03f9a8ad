internal import Diagnostics
internal import PlacePlanning

// Flows from primary to secondary areas: from rows and assumptions to the model's plan.

/// Assumed: an area that sends more than half of its Year 6 out of the authority's schools is most often one that has lost a row; in the
/// patterns at hand 0.9 and more stay. **Units** share of Year 6.
private let leastShareThatStays = 0.5

/// By how much the shares of a pattern may be above 1 together, as thirty shares rounded to three decimals are: raking takes no notice.
private let mostRounding = 0.01

extension ModelParts {
  func readTransfer(
    _ known: KnownAreas, _ values: inout AssumptionValues, _ list: inout DiagnosticList
  ) throws -> TransferPlan {
    var shares: [PlanningAreaCode: [PlanningAreaCode: Double]] = [:]
    var places: [PlanningAreaCode: SourceLocation] = [:]
    for row in rows(.transferShares) {
      let from = try known.area(row, "primary_planning_area_code", phase: .primary, &list)
      let to = try known.area(row, "secondary_planning_area_code", phase: .secondary, &list)
      guard let from, let to else { continue }
      shares[from.code, default: [:]][to.code] = try row.number(
        "share", in: 0...1, why: "it is a part of Year 6", &list)
      places[from.code] = places[from.code] ?? row.place("share")
    }
    checkTransfer(shares, places, known, &list)
    if header.transferIsObserved, datasets[.areaRolls] == nil {
      list.add(
        .wrongValue, at: header.place, what: "'transfer' is observed, but there are no 'area_rolls'",
        why: "rolls derived from totals are made with a raked flow, so observed shares would not be used",
        fix: "give area_rolls, or write 'transfer: pattern'")
    }
    let leavers =
      header.transferIsObserved ? 0 : values.value("transfer.leavers", .share, in: 0...0.5, &list)
    return TransferPlan(
      shares: shares, basis: header.transferIsObserved ? .observed : .pattern, leavers: leavers)
  }

  /// Every primary area's shares, whose cells stand at `places`, leave with some and at most all of its Year 6, and every secondary area
  /// is fed.
  private func checkTransfer(
    _ shares: [PlanningAreaCode: [PlanningAreaCode: Double]], _ places: [PlanningAreaCode: SourceLocation],
    _ known: KnownAreas, _ list: inout DiagnosticList
  ) {
    let file = place(of: .transferShares)
    let fed = Set(shares.values.flatMap { $0.filter { $0.value > 0 }.keys })
    for area in known.byCode.values.sorted(by: { $0.code < $1.code }) {
      guard area.phase == .primary else {
        guard !fed.contains(area.code) else { continue }
        list.add(
          .noDestination, at: file, what: "no primary area feeds \(area.name) (\(area.code))",
          why: "its Year 7 would have nobody but newcomers", fix: "add a row for it")
        continue
      }
      let sum = (shares[area.code] ?? [:]).sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value }
      let adds =
        "the shares of Year 6 leaving \(area.name) (\(area.code)) add to \(plain((sum * 1e6).rounded() / 1e6))"
      if sum > 1 + 1e-9 + (header.transferIsObserved ? 0 : mostRounding) {
        list.add(
          .sharesExceedOne, at: places[area.code] ?? file, what: adds,
          why: "more pupils would arrive than set out", fix: "correct the shares; they add to 1 at most")
      } else if sum <= 0 {
        list.add(
          .noDestination, at: file,
          what: "no secondary area takes pupils from \(area.name) (\(area.code))",
          why: "its Year 6 would vanish", fix: "add a row for it")
      } else if sum < leastShareThatStays {
        list.add(
          .survivalOutsideAlarm, at: places[area.code] ?? file, what: adds,
          why: "the rest leaves the authority's schools, and more than half of a Year 6 hardly ever does",
          fix: "check that no row is missing; if so many leave, leave it")
      }
    }
  }
}
