internal import Forecasting
internal import PlacePlanning

// How good forecasts of earlier years would have been.

extension PaperWriter {
  static let pastHeading = "How good such forecasts have been"

  var pastForecasts: Section? {
    guard let past = content.pastForecasts else { return nil }
    let scores = past.scores.filter { $0.origin == nil && $0.measure == .total }
    let ours = scores.filter { $0.forecaster == .method(.weighted321) }
    guard !ours.isEmpty else { return nil }
    let origins = past.choices.keys.sorted()
    let span = origins.first.flatMap { first in
      origins.last.map {
        first == $0
          ? "in January \(first.start + 1)"
          : "each year from January \(first.start + 1) to January \($0.start + 1)"
      }
    }
    return Section(
      id: "past", heading: Self.pastHeading,
      blocks: [
        .paragraph(
          "Forecasts were made once more as if \(span ?? "then"), for the whole authority. Each used the rates of three years, the latest "
            + "counting most (3:2:1), and nothing that was known later. Where counts did not go back so far, it used the years "
            + "that there were. The table shows how far they were from the later counts: "
            + "forecast less count, as a share of the count. Figures for single areas and year groups miss by more; they are not "
            + "tested here."),
        .table(pastTable(ours, scores)),
        .paragraph(
          "This is the authority's own short history. The project's backtest report is of another, finer method, over all "
            + "English authorities."),
      ])
  }

  private func pastTable(_ ours: [Backtest.Score], _ scores: [Backtest.Score]) -> Table {
    let ordered = ours.sorted { ($0.phase.rawValue, $0.horizon) < ($1.phase.rawValue, $1.horizon) }
    return Table(
      id: "past-table", caption: "Average error of forecasts of past years, whole authority",
      columns: [
        .words("phase", "Pupils"), .init("years_ahead", "Years ahead"),
        .init("forecasts", "Forecasts judged"),
        .init("average_error", "Average miss"), .init("mean_error", "Too high (+) or too low (−)"),
        .init("no_change", "Average miss if nothing had been taken to change"),
      ],
      rows: ordered.map { score in
        let still = scores.first {
          $0.forecaster == .method(.noChange) && $0.phase == score.phase && $0.horizon == score.horizon
        }
        return [
          .text(score.phase.yearGroupsInWords), .whole(score.horizon),
          .whole(score.areas), .percent(score.meanAbsoluteError, places: 2),
          Table.Cell(
            storing: score.meanError,
            shown: (score.meanError > 0 ? "+" : "") + percent(score.meanError, places: 2)),
          still.map { .percent($0.meanAbsoluteError, places: 2) } ?? .text("not known"),
        ]
      },
      // Without counts of the whole authority its rolls are the sums of those of its areas.
      footnote: footnote(
        [model.datasets["county_rolls"] == nil ? "area_rolls" : "county_rolls", "births"], .derived))
  }
}
