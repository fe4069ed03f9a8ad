internal import Foundation
internal import NumericCore
internal import Synchronization

/// Draws of the projection: the same steps as the central path, with every source of uncertainty shocked by its own random
/// numbers.
///
/// A draw depends on the seed and the input alone: not on the number of draws or of threads.
public struct Ensemble: Sendable {
  public var draws: Int
  public var seed: UInt64
  public var threads: Int

  /// Fewer than one draw or thread counts as one.
  public init(draws: Int, seed: UInt64, threads: Int = 2) {
    self.draws = max(1, draws)
    self.seed = seed
    self.threads = max(1, threads)
  }

  /// Mean and quantiles of every figure. **Throws** `EnsembleRefusal` when the input's arrays do not fit together.
  public func summarise(_ input: EnsembleInput) throws(EnsembleRefusal) -> EnsembleSummary {
    try run(input, keepsDraws: false).summary
  }

  /// Mean and quantiles, and all the draws they were taken from. **Throws** `EnsembleRefusal`.
  public func drawAll(
    _ input: EnsembleInput
  ) throws(EnsembleRefusal) -> (summary: EnsembleSummary, draws: EnsembleDraws) {
    try run(input, keepsDraws: true)
  }

  /// One draw with every change booked; draw 0 is the central path. **Throws** `EnsembleRefusal`.
  public func explain(_ input: EnsembleInput, draw: Int) throws(EnsembleRefusal) -> EnsemblePath {
    try input.check()
    let central = try EnsemblePath(input, seed: seed, draw: 0, cohorts: nil)
    guard draw > 0 else { return central }
    return try EnsemblePath(input, seed: seed, draw: draw, cohorts: central.withoutHousing)
  }

  /// Rows a whole number of pages apart would all want the same few places of the processor's cache.
  private var rowGap: Int { 24 }

  private func run(
    _ input: EnsembleInput, keepsDraws: Bool
  ) throws(EnsembleRefusal) -> (summary: EnsembleSummary, draws: EnsembleDraws) {
    let central = try explain(input, draw: 0)
    let tiles = (draws + EnsembleTiles.width - 1) / EnsembleTiles.width
    let simulation = EnsembleTiles(
      input, seed: seed, draws: draws, tiles: tiles, cohorts: central.withoutHousing)
    let rows = simulation.rows
    var summary = EnsembleSummary(input, rows, draws: draws)
    summary.setCentral(central)
    let store = DrawStore(
      rows: rows.count * (keepsDraws ? input.years : 1), width: tiles * EnsembleTiles.width + rowGap)
    let scratch = (0..<threads).map { _ in
      Scratch(primary: input.primary.count, secondary: input.secondary.count)
    }
    for year in 0..<input.years {
      let offset = keepsDraws ? year * rows.count : 0
      let before = keepsDraws ? max(0, year - 1) * rows.count : 0
      let refusals = Mutex([Int: EnsembleRefusal]())
      inParallel(tiles) { thread, number in
        let tile = EnsembleTiles.Tile(
          number: number, year: year, scratch: scratch[thread],
          now: { store.part(offset + $0, number * EnsembleTiles.width, EnsembleTiles.width) },
          before: { store.part(before + $0, number * EnsembleTiles.width, EnsembleTiles.width) })
        if year == 0 { simulation.start(tile) }
        do throws(EnsembleRefusal) {
          try simulation.step(tile)
        } catch {
          refusals.withLock { $0[number] = error }
        }
      }
      // That of the first tile, whatever the threads.
      if let refusal = refusals.withLock({ $0.min { $0.key < $1.key }?.value }) { throw refusal }
      summarise(year, rows.count, from: offset, of: store, into: &summary)
    }
    return (summary, EnsembleDraws(rows: rows, draws: draws, store: store))
  }

  /// Mean and quantiles of a year's rows, the first of which is `first` in the store.
  private func summarise(
    _ year: Int, _ rows: Int, from first: Int, of store: DrawStore, into summary: inout EnsembleSummary
  ) {
    summary.set(year: year) { means, quantiles in
      let width = EnsembleSummary.probabilities.count
      let perItem = 16
      let finders = (0..<threads).map { _ in
        FinderBox(QuantileFinder(probabilities: EnsembleSummary.probabilities))
      }
      inParallel((rows + perItem - 1) / perItem) { thread, item in
        for row in item * perItem..<min(rows, (item + 1) * perItem) {
          let found = finders[thread].finder.summarise(
            UnsafeBufferPointer(store.part(first + row, 0, draws)))
          means[row] = found.mean
          for (index, quantile) in found.quantiles.enumerated() {
            quantiles[row * width + index] = quantile
          }
        }
      }
    }
  }

  /// Hands the items out to the threads, the next to whichever is free. `body` writes only what belongs to its thread or item.
  private func inParallel(_ items: Int, _ body: (_ thread: Int, _ item: Int) -> Void) {
    let lock = NSLock()
    nonisolated(unsafe) var next = 0
    withoutActuallyEscaping(body) { body in
      nonisolated(unsafe) let work = body
      DispatchQueue.concurrentPerform(iterations: min(threads, items)) { thread in
        while true {
          let item = lock.withLock {
            next += 1
            return next - 1
          }
          guard item < items else { return }
          work(thread, item)
        }
      }
    }
  }
}

/// A finder that one thread changes.
private final class FinderBox {
  var finder: QuantileFinder

  init(_ finder: QuantileFinder) {
    self.finder = finder
  }
}
