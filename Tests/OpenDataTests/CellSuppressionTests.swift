import TestSupport
import Testing

@testable import OpenData

/// What a reader can work out of a table whose suppressed cells are unknown, by ways that share nothing with the program's.
private struct Attacker {
  let table: AdditiveTable
  let hidden: Set<Int>

  /// The lowest and highest value of each hidden cell, from the sums alone, tightened until nothing changes.
  func intervals() -> [Int: (low: Double, high: Double)] {
    var found = Dictionary(uniqueKeysWithValues: hidden.map { ($0, (low: 0.0, high: Double.infinity)) })
    func range(_ cell: Int) -> (low: Double, high: Double) {
      found[cell] ?? (table.values[cell], table.values[cell])
    }
    for _ in 0..<200 {
      var changed = false
      for sum in table.sums {
        let terms = [(cell: sum.total, sign: -1.0)] + sum.parts.map { (cell: $0, sign: 1.0) }
        for term in terms where hidden.contains(term.cell) {
          var (least, most) = (0.0, 0.0)
          for other in terms where other.cell != term.cell {
            let (low, high) = range(other.cell)
            least += other.sign > 0 ? low : -high
            most += other.sign > 0 ? high : -low
          }
          let (low, high) = term.sign > 0 ? (-most, -least) : (least, most)
          let old = range(term.cell)
          let new = (low: max(old.low, low), high: min(old.high, high))
          if new.low > old.low + 1e-9 || new.high < old.high - 1e-9 {
            found[term.cell] = new
            changed = true
          }
        }
      }
      if !changed { break }
    }
    return found
  }

  /// The hidden cells that the sums determine, by elimination over whole fractions.
  func solved() -> Set<Int> {
    let columns = hidden.sorted()
    let place = Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($1, $0) })
    var rows = table.sums.map { sum in
      var row = [Double](repeating: 0, count: columns.count)
      if let total = place[sum.total] { row[total] -= 1 }
      for part in sum.parts { if let part = place[part] { row[part] += 1 } }
      return row
    }
    var done = 0
    for column in columns.indices {
      guard let pivot = rows.indices.dropFirst(done).first(where: { abs(rows[$0][column]) > 1e-9 }) else {
        continue
      }
      rows.swapAt(done, pivot)
      let scale = rows[done][column]
      rows[done] = rows[done].map { $0 / scale }
      for other in rows.indices where other != done {
        let factor = rows[other][column]
        if factor != 0 { rows[other] = zip(rows[other], rows[done]).map { $0 - factor * $1 } }
      }
      done += 1
    }
    return Set(
      rows.compactMap { row in
        let filled = row.indices.filter { abs(row[$0]) > 1e-9 }
        return filled.count == 1 ? columns[filled[0]] : nil
      })
  }
}

/// Areas by year groups, with totals of both, and above them the total of two phases.
private func randomTable(_ generator: inout SeededGenerator) -> AdditiveTable {
  var values: [Double] = []
  var sums: [AdditiveTable.Sum] = []
  func add(_ value: Double) -> Int {
    values.append(value)
    return values.count - 1
  }
  func total(_ parts: [Int]) -> Int {
    let place = add(parts.reduce(0) { $0 + values[$1] })
    sums.append(.init(total: place, parts: parts))
    return place
  }
  let phases = (0..<2).map { _ in
    let (areas, groups) = (Int.random(in: 1...5, using: &generator), Int.random(in: 1...5, using: &generator))
    let mostlySmall = Bool.random(using: &generator)
    let cells = (0..<areas).map { _ in
      (0..<groups).map { _ in
        let isSmall = Int.random(in: 0..<(mostlySmall ? 2 : 6), using: &generator) == 0
        return add(Double(Int.random(in: isSmall ? 0...6 : 0...60, using: &generator)))
      }
    }
    let byArea = cells.map(total)
    let byGroup = (0..<groups).map { group in total(cells.map { $0[group] }) }
    let whole = total(byArea)
    sums.append(.init(total: whole, parts: byGroup))
    return whole
  }
  _ = total(phases)
  return AdditiveTable(values: values, sums: sums)
}

@Suite struct CellSuppressionTests {
  @Test(arguments: 0..<150)
  func `no small cell can be worked out`(_ seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let table = randomTable(&generator)
    let threshold = Int.random(in: 2...10, using: &generator)
    let small = table.small(below: threshold)
    let hidden = try suppressedCells(of: table, below: threshold)
    #expect(small.isSubset(of: hidden))
    #expect(small.isEmpty == hidden.isEmpty)
    let attacker = Attacker(table: table, hidden: hidden)
    #expect(attacker.solved().isDisjoint(with: small))
    for (cell, range) in attacker.intervals() where small.contains(cell) {
      #expect(range.low <= 1e-6 && range.high >= Double(threshold) - 1 - 1e-6, "cell \(cell): \(range)")
    }
  }

  /// The attacker must be able to win, or the test above shows nothing.
  @Test func `primary suppression alone is broken`() throws {
    let table = AdditiveTable(values: [3, 40, 20, 63], sums: [.init(total: 3, parts: [0, 1, 2])])
    let alone = Attacker(table: table, hidden: [0])
    #expect(alone.solved() == [0])
    #expect(alone.intervals()[0]?.low == 3)
    // A neighbour that is small as well protects nothing above their sum.
    let tight = AdditiveTable(values: [1, 1, 20, 22], sums: [.init(total: 3, parts: [0, 1, 2])])
    #expect(Attacker(table: tight, hidden: [0, 1]).intervals()[0]?.high == 2)
    #expect(try suppressedCells(of: tight, below: 5).count > 2)
  }

  /// By hand: the cheapest partner of the 3 is the 20, and the total need not go.
  @Test func `the cheapest cell goes with it`() throws {
    let table = AdditiveTable(values: [3, 40, 20, 63], sums: [.init(total: 3, parts: [0, 1, 2])])
    #expect(try suppressedCells(of: table, below: 5) == [0, 2])
  }

  @Test func `noughts and large counts stay`() throws {
    let table = AdditiveTable(values: [0, 5, 20, 25], sums: [.init(total: 3, parts: [0, 1, 2])])
    #expect(try suppressedCells(of: table, below: 5).isEmpty)
    #expect(try suppressedCells(of: table, below: 0).isEmpty)
  }

  @Test func `a cell in no sum is simply suppressed`() throws {
    let table = AdditiveTable(values: [3, 10], sums: [])
    #expect(try suppressedCells(of: table, below: 5) == [0])
  }

  @Test func `a table that does not add up is refused`() {
    let table = AdditiveTable(values: [3, 4, 8], sums: [.init(total: 2, parts: [0, 1])])
    #expect(throws: SuppressionFailure.self) { try suppressedCells(of: table, below: 5) }
  }

  /// Every table that a reader could think of, where there are few: the small cells take every value up to the threshold.
  @Test(arguments: 0..<20)
  func `small tables, by trying everything`(_ seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(1000 + seed))
    let cells = (0..<4).map { _ in Double(Int.random(in: 0...7, using: &generator)) }
    // Two by two, with totals of rows and columns and of all.
    let values =
      cells + [
        cells[0] + cells[1], cells[2] + cells[3], cells[0] + cells[2], cells[1] + cells[3],
        cells.reduce(0, +),
      ]
    let sums: [AdditiveTable.Sum] = [
      .init(total: 4, parts: [0, 1]), .init(total: 5, parts: [2, 3]), .init(total: 6, parts: [0, 2]),
      .init(total: 7, parts: [1, 3]), .init(total: 8, parts: [4, 5]), .init(total: 8, parts: [6, 7]),
    ]
    let table = AdditiveTable(values: values, sums: sums)
    let hidden = try suppressedCells(of: table, below: 4)
    var possible = Dictionary(uniqueKeysWithValues: hidden.map { ($0, Set<Int>()) })
    for guess in 0..<(15 * 15 * 15 * 15) {
      let inner = [guess % 15, guess / 15 % 15, guess / 225 % 15, guess / 3375]
      let all =
        inner + [
          inner[0] + inner[1], inner[2] + inner[3], inner[0] + inner[2], inner[1] + inner[3],
          inner.reduce(0, +),
        ]
      guard all.indices.allSatisfy({ hidden.contains($0) || Double(all[$0]) == values[$0] }) else { continue }
      for cell in hidden { possible[cell]?.insert(all[cell]) }
    }
    for cell in table.small(below: 4) { #expect(possible[cell]?.isSuperset(of: [0, 1, 2, 3]) == true) }
  }
}
