/// The ways in which the schemes of one area turn out, and which draws go which way.
///
/// A *way* says how late each of the area's schemes opens. Only ways that some draw takes are there, in the order of their delays;
/// the draws of a way stand side by side, so that a cell is counted way by way at one supply of places.
struct DeliveryWays {
  /// **Shape** way, then the area's schemes. **Units** years late.
  let delays: [[Int]]
  /// The draws of each way, as positions in `order`.
  let draws: [Range<Int>]
  /// Draws by way; within a way rising.
  let order: [Int32]

  init(_ schemes: [DrawnScheme], draws count: Int) {
    var groups: [[UInt8]: [Int32]] = [:]
    if schemes.isEmpty {
      groups[[]] = (0..<Int32(count)).map { $0 }
    } else {
      var way = [UInt8](repeating: 0, count: schemes.count)
      for draw in 0..<count {
        for (index, scheme) in schemes.enumerated() {
          way[index] = UInt8(scheme.draws.yearsToOpening(draw))
        }
        groups[way, default: []].append(Int32(draw))
      }
    }
    let ways = groups.keys.sorted { $0.lexicographicallyPrecedes($1) }
    var order: [Int32] = []
    order.reserveCapacity(count)
    draws = ways.map { way in
      let start = order.count
      order += groups[way] ?? []
      return start..<order.count
    }
    self.order = order
    delays = ways.map { $0.map(Int.init) }
  }
}
