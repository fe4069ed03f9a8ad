/// What one thread works with: rows of one tile, by use.
struct Scratch {
  enum Use: Int, CaseIterable { case shocks, common, factor, attraction, sent, year7, county, totals }

  private let store: DrawStore
  private var starts: [Int] = [0]

  init(primary: Int, secondary: Int) {
    for use in Use.allCases {
      let rows =
        switch use {
        case .shocks: 6 * max(primary, secondary)
        case .common: 6
        case .factor, .county: 1
        case .attraction, .year7: secondary
        case .sent: primary
        case .totals: 17
        }
      starts.append((starts.last ?? 0) + rows)
    }
    store = DrawStore(rows: starts.last ?? 0, width: EnsembleTiles.width)
  }

  func row(_ use: Use, _ index: Int) -> EnsembleTiles.Row { store.row(starts[use.rawValue] + index) }

  func rows(_ use: Use, _ first: Int, _ count: Int) -> EnsembleTiles.Row {
    store.rows(starts[use.rawValue] + first, count)
  }

  func rows(_ use: Use) -> EnsembleTiles.Row {
    rows(use, 0, starts[use.rawValue + 1] - starts[use.rawValue])
  }
}
