/// Where labels at the ends of lines stand, so that none covers another: as near to its line as the others allow.
enum EndLabels {
  /// In pixels, from the middle of one label to the next.
  static let leastGap = 16.0

  /// The values at which labels are wanted, the chart's lowest and highest value and its height in pixels; gives each label's shift in
  /// pixels, down being positive.
  static func shifts(_ values: [Double], low: Double, high: Double, height: Double) -> [Int] {
    let wanted = values.map { high > low ? (high - $0) / (high - low) * height : height / 2 }
    let order = wanted.indices.sorted { (wanted[$0], $0) < (wanted[$1], $1) }
    // Labels that would overlap form a block, centred on where its members would stand.
    var blocks: [(members: [Int], middle: Double)] = []
    for index in order {
      blocks.append(([index], wanted[index]))
      while blocks.count > 1 {
        let (upper, lower) = (blocks[blocks.count - 2], blocks[blocks.count - 1])
        let room = leastGap * Double(upper.members.count + lower.members.count) / 2
        guard lower.middle - upper.middle < room else { break }
        let members = upper.members + lower.members
        // The mean of where each member would have the whole block stand.
        let middle =
          members.enumerated().reduce(0) { sum, entry in
            sum + wanted[entry.element] - leastGap * (Double(entry.offset) - Double(members.count - 1) / 2)
          } / Double(members.count)
        blocks.removeLast(2)
        blocks.append((members, middle))
      }
    }
    var shifts = values.map { _ in 0 }
    for block in blocks {
      for (place, index) in block.members.enumerated() {
        let position = block.middle + leastGap * (Double(place) - Double(block.members.count - 1) / 2)
        shifts[index] = Int((position - wanted[index]).rounded())
      }
    }
    return shifts
  }
}
