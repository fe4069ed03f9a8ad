public import Forecasting
internal import Foundation
internal import PlacePlanning

/// The one-page report of a backtest, and the tables beside it.
public struct BacktestPaper: Sendable {
  public let paper: Paper
  /// Every score; official forecasts; chosen methods; ranges. What is stored is unrounded.
  public let tables: [Table]

  /// `sources` names the files that were read.
  public init(_ backtest: Backtest, sources: [String]) {
    let writer = BacktestWriter(backtest: backtest, sources: sources)
    paper = writer.paper
    tables = [writer.scores, writer.officialTable, writer.choices, writer.reliabilityData]
  }
}

private struct BacktestWriter {
  let backtest: Backtest
  let sources: [String]

  private var footnote: Footnote { Footnote(sources: sources, mark: .derived) }
  private var pooled: [Backtest.Score] { backtest.scores.filter { $0.origin == nil } }

  var paper: Paper {
    let origins = backtest.choices.keys.sorted()
    let span = origins.first.flatMap { first in
      origins.last.map { first == $0 ? "\(first)" : "\(first) to \($0)" }
    }
    var sections = [Section(id: "in-short", heading: "In short", blocks: [.bullets(inShort)])]
    if !backtest.official.isEmpty || !backtest.notCompared.isEmpty {
      sections.append(
        Section(
          id: "official", heading: "Beside the councils' own forecasts", blocks: officialBlocks))
    }
    sections += [
      Section(id: "methods", heading: "Beside simple methods", blocks: methodBlocks),
      Section(id: "ranges", heading: "Do the ranges hold?", blocks: rangeBlocks),
      Section(
        id: "choices", heading: "Methods chosen, and years set aside",
        blocks: [.paragraph(choiceSentence), .paragraph(disturbedSentence), .annex(choices)]),
    ]
    return Paper(
      name: "report", title: "How good past forecasts of pupil numbers would have been",
      header: [
        .init("Origins", span.map { "\($0): the years of the last counts that forecasts knew" } ?? "none"),
        .init("Sources", listed(sources)),
        .init("Made by", "places backtest, from what was known at each origin"),
      ], notices: [], sections: sections)
  }

  private var methodBlocks: [Block] {
    let table = methodTable
    guard !table.rows.isEmpty else {
      return [
        .paragraph(
          "No area's total could be scored, for year groups lack counts. The scores of the others are in the data files."
        )
      ]
    }
    return [
      .paragraph(
        "The average error of an area's total over all origins, by years ahead. “Ours” is what the program would have said at the "
          + "time: by its own method, “Pooled”, unless a simple one had been nearer throughout. The simple ones are no change; the "
          + "last ratio of a year group to the one below it a year before; the mean of the last three ratios, plain or weighted "
          + "3:2:1, the latest counting most; and the smoothed trend of all ratios."),
      .table(table),
    ]
  }

  private var rangeBlocks: [Block] {
    var blocks: [Block] = [
      .paragraph(
        "A range of 80 in a hundred should hold the later count in 80 cases of a hundred; one that holds more is wider than it "
          + "should be, one that holds fewer narrower. Each range was set from errors of earlier origins only. Where there are eight "
          + "areas or more, those forecast worse than others of their size have wider ranges. All areas of an origin share its luck, "
          + "so a few points either way can be chance."),
      .table(coverageTable),
    ]
    if !backtest.reliability.isEmpty { blocks.append(.figure(reliabilityFigure)) }
    return blocks
  }

  private var officialBlocks: [Block] {
    var blocks: [Block] = []
    if !backtest.official.isEmpty {
      blocks += [
        .paragraph(
          "Each line compares the same areas. The error is the distance between forecast and count as a share of "
            + "the count, averaged over areas. Each forecast is judged against its own kind of count."),
        .table(officialTable),
      ]
    }
    if let left = backtest.notComparedWords {
      blocks.append(
        .paragraph("Not compared, \(grouped(backtest.notComparedCount)) of the councils' forecasts: \(left).")
      )
    }
    return blocks
  }

  private var inShort: [String] {
    var lines: [String] = []
    for phase in [Phase.primary, .secondary] {
      if let tally = OfficialTally(backtest.official.filter { $0.phase == phase }) {
        lines.append("\(phase.yearGroupsInWords): \(tally.words)")
      }
      let ours = pooled.filter { $0.phase == phase && $0.forecaster == .places }
      let (totals, yearGroups) = (
        ours.filter { $0.measure == .total }, ours.filter { $0.measure == .yearGroups }
      )
      if let error = errorWords(totals) {
        lines.append(
          "\(phase.yearGroupsInWords): the average error of an area's total was \(error)."
            + nearerWords(totals))
      } else if let error = errorWords(yearGroups) {
        lines.append(
          "\(phase.yearGroupsInWords): no area's total could be scored, for year groups lack counts; the average error of an area's year "
            + "groups was \(error)." + nearerWords(yearGroups))
      }
    }
    for range in backtest.reliability {
      lines.append(
        "\(range.phase.yearGroupsInWords): ranges of 50, 80 and 95 in a hundred held \(range.coverage.heldWords) of "
          + counted(range.forecasts, "outcome") + (range.coverage.widthWords.map { "; \($0)." } ?? "."))
    }
    return lines
  }

  /// `1.2% for 1 year ahead and 3.4% for 5 years ahead`; nil without scores, which are by rising horizon.
  private func errorWords(_ scores: [Backtest.Score]) -> String? {
    guard let first = scores.first, let last = scores.last else { return nil }
    let ends = (first.horizon == last.horizon ? [first] : [first, last]).map { score in
      "\(percent(score.meanAbsoluteError, places: 1)) for \(counted(score.horizon, "year")) ahead"
    }
    return ends.joined(separator: " and ")
  }

  /// A sentence on the simple methods that missed by less than ours, by the twentieth that a choice between methods asks for; none
  /// without any.
  private func nearerWords(_ ours: [Backtest.Score]) -> String {
    var horizons: [ForecastMethod: [Int]] = [:]
    for score in ours {
      let rivals = pooled.filter {
        $0.phase == score.phase && $0.measure == score.measure && $0.horizon == score.horizon
      }
      let errors = ForecastMethod.allCases.filter { $0 != .pooled }.compactMap { method in
        rivals.first { $0.forecaster == .method(method) }.map {
          (method: method, error: $0.meanAbsoluteError)
        }
      }
      guard let nearest = errors.min(by: { $0.error < $1.error }),
        nearest.error < 0.95 * score.meanAbsoluteError
      else { continue }
      horizons[nearest.method, default: []].append(score.horizon)
    }
    let words = ForecastMethod.allCases.compactMap { method in
      horizons[method].map { "“\(method.title)” \(numbersInWords($0)) \($0 == [1] ? "year" : "years") ahead" }
    }
    return words.isEmpty
      ? "" : " Nearer than ours by more than a twentieth: " + words.joined(separator: "; ") + "."
  }

  var officialTable: Table {
    Table(
      id: "official", caption: "Average error of an area's total: ours and the councils' own",
      columns: [
        .words("target_year", "Year forecast"), .init("horizon", "Years ahead"), .words("phase", "Phase"),
        .init("areas", "Areas"), .init("places", "Ours"), .init("official", "Councils'"),
        .init("weighted_321", "Plain 3:2:1"), .init("no_change", "No change"),
        .init("ratio", "Ours ÷ councils'"), .init("ratio_low", "Ours ÷ councils', from (95%)"),
        .init("ratio_high", "Ours ÷ councils', to (95%)"),
        .init("share_better", "Areas where ours is nearer"),
        .init("share_better_low", "Areas where ours is nearer, from (95%)"),
        .init("share_better_high", "Areas where ours is nearer, to (95%)"),
      ],
      rows: backtest.official.map { line in
        [
          .text(line.targetYear.label), .whole(line.horizon), .text(line.phase.rawValue), .whole(line.areas),
          .percent(line.ours, places: 2), .percent(line.official, places: 2),
          .percent(line.plain321, places: 2), .percent(line.noChange, places: 2),
        ]
          + [line.ratio?.value, line.ratio?.low, line.ratio?.high].map { ratio in
            ratio.map { .number($0, places: 2) } ?? Table.Cell(stored: "", shown: "councils exact")
          } + [
            .percent(line.shareBetter.value), .percent(line.shareBetter.low), .percent(line.shareBetter.high),
          ]
      }, footnote: footnote)
  }

  private var methodTable: Table {
    let keys = pooled.filter { $0.measure == .total && $0.forecaster == .places }
    return Table(
      id: "methods", caption: "Average error of an area's total over all origins, by method",
      columns: [.words("phase", "Phase"), .init("horizon", "Years ahead")]
        + Backtest.Forecaster.all.map { .init($0.name, $0.title) },
      rows: keys.map { key in
        [.text(key.phase.rawValue), .whole(key.horizon)]
          + Backtest.Forecaster.all.map { forecaster in
            pooled.first {
              $0.phase == key.phase && $0.horizon == key.horizon && $0.measure == .total
                && $0.forecaster == forecaster
            }.map { .percent($0.meanAbsoluteError, places: 2) } ?? .text("none")
          }
      }, footnote: footnote)
  }

  private var coverageTable: Table {
    Table(
      id: "coverage", caption: "Outcomes within the range, over all origins",
      columns: [
        .words("phase", "Phase"), .words("measure", "Of"),
        .init("horizon", "Years ahead"), .init("outcomes", "Outcomes"),
        .init("covered_50", "50 in a hundred"),
        .init("covered_80", "80 in a hundred"), .init("covered_95", "95 in a hundred"),
      ],
      rows: pooled.compactMap { score in
        score.coverage.map { coverage in
          [
            .text(score.phase.rawValue), .text(score.measure == .total ? "total" : "year groups"),
            .whole(score.horizon), .whole(coverage.outcomes), .percent(coverage.within50),
            .percent(coverage.within80), .percent(coverage.within95),
          ]
        }
      }, footnote: footnote)
  }

  var reliabilityData: Table {
    Table(
      id: "reliability", caption: "Outcomes at or below each point of the range, all horizons",
      columns: [.words("phase", "Phase")]
        + Forecast.probabilities.map {
          .init("below_\(decimal($0 * 100, places: 1))", percent($0, places: 1))
        },
      rows: backtest.reliability.map { line in
        [.text(line.phase.rawValue)] + line.coverage.below.map { .percent($0) }
      }, footnote: footnote)
  }

  private var reliabilityFigure: Figure {
    Figure(
      id: "reliability-chart",
      title: "How often counts came in at or below each point of the range (dotted: as often as they should)",
      alternative: backtest.reliability.map { line in
        "\(line.phase.yearGroupsInWords): "
          + zip(Forecast.probabilities, line.coverage.below).map {
            "\(percent($1, places: 1)) at or below the \(percent($0, places: 1)) point"
          }.joined(separator: ", ") + "."
      }.joined(separator: " ") + " A perfect range would give equal numbers, the dotted line.",
      specification: ReliabilityChart(
        lines: backtest.reliability.map {
          ($0.phase.yearGroupsInWords, Array(zip(Forecast.probabilities, $0.coverage.below)))
        }
      ).specification, table: reliabilityData)
  }

  var choices: Table {
    Table(
      id: "choices", caption: "Method chosen at each origin",
      columns: [
        .words("origin", "Origin"), .words("phase", "Phase"),
        .init("horizon", "Years ahead"), .words("method", "Method"),
        .init("earlier_origins", "Earlier origins"), .init("earlier_origins_wanted", "Needed to choose"),
      ],
      rows: backtest.choices.sorted { $0.key < $1.key }.flatMap { origin, phases in
        [Phase.primary, .secondary].flatMap { phase in
          (phases[phase] ?? []).enumerated().map { index, choice -> [Table.Cell] in
            [
              .text(origin.label), .text(phase.rawValue), .whole(index + 1), .text(choice.method.rawValue),
              .whole(choice.origins), .whole(choice.originsWanted),
            ]
          }
        }
      }, footnote: footnote)
  }

  private var choiceSentence: String {
    let all = backtest.choices.values.flatMap { phases in
      [Phase.primary, .secondary].flatMap { phases[$0] ?? [] }
    }
    let others = all.count { $0.method != .pooled }
    let tooFew = all.count { $0.hasTooFewOrigins }
    let compared = all.count - tooFew
    var sentences = [
      others == 0
        ? "The program's own method was used throughout."
        : "A simple method was used in \(others) of \(all.count) cases, where it had been nearer throughout."
    ]
    if tooFew > 0 {
      sentences.append(
        "In \(tooFew) of \(all.count) cases there were too few earlier origins to choose from: four are needed for each year ahead."
      )
    }
    if compared > others {
      sentences.append(
        "In \(compared - others) of \(all.count) cases the simple methods were compared, and none had been nearer throughout."
      )
    }
    return sentences.joined(separator: " ")
  }

  private var disturbedSentence: String {
    if backtest.disturbed.isEmpty { return "No year up to the last origin was set aside as disturbed." }
    let years = backtest.disturbed.sorted { $0.key < $1.key }.map {
      "\($0.key) (weight \(fixed($0.value, places: 2)))"
    }
    return
      "Years that counted for less at one origin or more, declared or found by rule, each with the weight that the last of "
      + "these origins gave it: " + listed(years)
      + ". A forecast that starts from such a year takes back part of what the year did to all areas alike."
  }

  var scores: Table {
    Table(
      id: "scores", caption: "Every score",
      columns: [
        .words("origin", "Origin"), .init("horizon", "Years ahead"), .words("phase", "Phase"),
        .words("measure", "Of"), .words("method", "Method"), .init("areas", "Areas"),
        .init("mean_absolute_error", "Average error"), .init("median_absolute_error", "Middle error"),
        .init("mean_error", "Average signed error"), .init("wape", "Weighted error"),
        .init("crps", "Ranked probability score"), .init("covered_50", "50 in a hundred"),
        .init("covered_80", "80 in a hundred"), .init("covered_95", "95 in a hundred"),
      ],
      rows: backtest.scores.map { score in
        let blank = Table.Cell(stored: "", shown: "")
        return [
          .text(score.origin?.label ?? "all"), .whole(score.horizon), .text(score.phase.rawValue),
          .text(score.measure.rawValue), .text(score.forecaster.name), .whole(score.areas),
          .number(score.meanAbsoluteError), .number(score.medianAbsoluteError), .number(score.meanError),
          .number(score.weightedAbsoluteError), score.rankedProbabilityScore.map { .number($0) } ?? blank,
        ]
          + [score.coverage?.within50, score.coverage?.within80, score.coverage?.within95].map {
            $0.map { .number($0) } ?? blank
          }
      },
      footnote: Footnote(
        sources: sources, mark: .derived,
        note:
          "The ranked probability score of a method without ranges is that of one point: its weighted error.")
    )
  }
}
