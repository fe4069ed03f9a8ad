internal import CapitalProgramme
internal import PlacePlanning

// What a temporary block would do in the areas that may be short.

extension PaperWriter {
  /// A block is reported where it helps at least this many children a year.
  private static let leastHelped = 15.0

  /// An area, the block that was tried there, and how many missing places it makes good in a year.
  private typealias Helped = (area: StressTest.Area, block: StressTest.BlockValue, helped: Double)

  func blockValue(_ stress: StressTest) -> [Block] {
    let blocks = stress.areas.compactMap { area -> Helped? in
      area.block.flatMap { block in
        let helped = block.avoided / Double(max(1, block.until - block.from))
        return helped >= Self.leastHelped ? (area: area, block: block, helped: helped) : nil
      }
    }.sorted { ($1.helped, $0.area.area) < ($0.helped, $1.area.area) }
    guard let best = blocks.first, let rates = findings?.plan.revenue else { return [] }
    let years = fromTo(best.block.from, best.block.until - 1)
    return [
      .heading("What a temporary block would do"),
      .paragraph(
        "A block of temporary classrooms can bridge a gap. One with \(grouped(Int(BlockTrial.placesPerYearGroup))) places for each "
          + "intake, on top of the plan, would make good at least \(grouped(Int(Self.leastHelped))) missing places a year in "
          + "\(counted(blocks.count, "area")). It would help most in \(model.areaName(best.area.area)), \(years): "
          + "\(grouped(Int(best.helped.rounded()))) a year, "
          + Self.costWords(
            setUp: best.block.cost, hire: rates.hire(of: best.block),
            growthFund: rates.growthFund(of: best.block, best.area))),
      .annex(blocksTable(blocks, rates)),
    ]
  }

  private func blocksTable(_ blocks: [Helped], _ rates: RevenueRates) -> Table {
    let hasGrowthFund = blocks.contains { rates.growthFund(of: $0.block, $0.area) > 0 }
    return Table(
      id: "blocks", caption: "A temporary block in areas that may be short",
      columns: [
        .words("area", "Area"), .words("first_year", "First year"), .words("last_year", "Last year"),
        .init("places", "Places at its fullest"), .init("avoided", "Missing places made good, a year"),
        .init("cost", "Cost to set up"), .init("hire", "Hire"),
      ] + (hasGrowthFund ? [.init("growth_fund", "Growth fund")] : []),
      rows: blocks.map { entry -> [Table.Cell] in
        [
          .text(model.areaName(entry.area.area)), .text(entry.block.from.label),
          .text((entry.block.until - 1).label), .number(entry.block.places), .number(entry.helped),
          entry.block.cost.map { .wholePounds($0) } ?? .text("no price in the model"),
          .wholePounds(rates.hire(of: entry.block)),
        ] + (hasGrowthFund ? [.wholePounds(rates.growthFund(of: entry.block, entry.area))] : [])
      },
      footnote: footnote(
        pupilRoles() + Self.placeRoles + ["schemes"], .derived,
        note:
          "The cost to set up a block is the average cost of the model's own temporary schemes, for each place at their fullest. "
          + "Prices are those of the first year in which they may start"
          + (blockPrices.map { " (\($0))" } ?? "") + "; later years are not raised for inflation. Hire "
          + (hasGrowthFund ? "and growth fund come" : "comes")
          + " on top, out of revenue, at the rates in the assumptions log: hire for each class of 30 in each year in which it is in "
          + "use" + (hasGrowthFund ? ", growth fund for each place added." : ".")))
  }

  /// `for £850,000 to set up and £180,000 of hire.`, and that the first is not known where the model has no price. **Units** pounds.
  static func costWords(setUp: Double?, hire: Double, growthFund: Double) -> String {
    let costs = [
      setUp.map { "\(poundsRoughly($0)) to set up" }, "\(poundsRoughly(hire)) of hire",
      growthFund.rounded() > 0 ? "\(poundsRoughly(growthFund.rounded())) of growth fund" : nil,
    ].compactMap(\.self)
    let unknown =
      "What setting it up would cost is not known: the model has no temporary scheme for such schools."
    return "for \(listed(costs))." + (setUp == nil ? " \(unknown)" : "")
  }

  /// The first years in which the model's temporary schemes may start: `2018/19`.
  private var blockPrices: String? {
    let years = Set(
      (findings?.plan.schemes ?? []).filter { $0.kind == .temporary }.map(\.window.lowerBound.start))
    return years.isEmpty ? nil : yearsInWords(years.sorted())
  }
}

extension RevenueRates {
  /// What the classes of a block cost in hire over the years in which they are in use. **Units** pounds.
  func hire(of block: StressTest.BlockValue) -> Double {
    block.placeYears / FormsOfEntry.placesPerForm * temporaryHire
  }

  /// What the places of a block cost the growth fund: each is added once. **Units** pounds.
  func growthFund(of block: StressTest.BlockValue, _ area: StressTest.Area) -> Double {
    block.places * (growthFundPerPlace[area.phase] ?? 0)
  }
}
