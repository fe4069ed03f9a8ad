internal import CNormals

/// Where a random number comes from: each source of uncertainty has numbers of its own. Its raw value is hashed into them, so that a new
/// source moves no other's, and another spelling would change every draw that has been published.
public enum RandomSource: String, CaseIterable, Sendable {
  case births
  case intakeArea = "intake.area"
  case intakeCounty = "intake.county"
  case survivalArea = "survival.area"
  case survivalCounty = "survival.county"
  case transfer
  case yield
  /// When the homes of a housing site come; schemes have `schemeDelay` and `schemeDuration`.
  case siteDelivery = "delivery"
  case schemeDelay = "scheme-delay"
  case schemeDuration = "scheme-duration"
  /// What schemes cost.
  case cost
  case forecastArea = "forecast.area"
  case forecastCommon = "forecast.common"
  case sweep
}

/// Random numbers by key: each is a function of the seed, the source, the area, the cell and the draw, and of nothing else.
///
/// So it does not matter in which order, on how many threads or beside which other areas a number is asked for. A *cell* is
/// whatever the source counts: an academic year, or an academic year and a year group together (``cell(year:yearGroup:)``).
///
/// Source: Philox4x32-10 (Salmon, Moraes, Dror and Shaw, *Parallel random numbers: as easy as 1, 2, 3*, 2011). Key: the
/// seed. Counter: the draw, two words of FNV-1a hash of area and source, a quarter of the cell. The four words that come
/// out are four neighbouring cells.
public struct RandomStream: Hashable, Sendable {
  let seed: UInt64
  let place: UInt64

  /// `area` is the code of a planning area, of the authority or of a housing site.
  public init(seed: UInt64, source: RandomSource, area: String) {
    self.seed = seed
    place = Self.hash(area) ^ Self.hash(source.rawValue)
  }

  /// The cell of a year group in an academic year, for sources that count both.
  public static func cell(year: Int, yearGroup: Int) -> Int { year * 14 + yearGroup }

  /// A number strictly between 0 and 1, in steps of 2^-32.
  public func uniform(cell: Int, draw: Int) -> Double {
    (Double(word(cell: cell, draw: draw)) + 0.5) * 0x1p-32
  }

  /// Many draws of one cell at once, with the bits of ``uniform(cell:draw:)``; a buffer too small for them is left as it is.
  public func uniforms(cell: Int, draws: Range<Int>, into buffer: UnsafeMutableBufferPointer<Double>) {
    guard let start = buffer.baseAddress, buffer.count >= draws.count else { return }
    placesUniforms(
      start, Self.counter(cell), Self.counter(draws.lowerBound), Self.counter(draws.count), seed, place)
  }

  /// A standard normal number, to within 2e-15 of the normal quantile of ``uniform(cell:draw:)``, relatively.
  public func normal(cell: Int, draw: Int) -> Double {
    StandardNormal.quantile(word: word(cell: cell, draw: draw))
  }

  /// Many at once, with the bits of ``normal(cell:draw:)``.
  ///
  /// **Shape** cell x draw, the draws of a cell side by side; a buffer too small for them is left as it is.
  public func normals(cells: Range<Int>, draws: Range<Int>, into buffer: UnsafeMutableBufferPointer<Double>) {
    guard let start = buffer.baseAddress, !cells.isEmpty, buffer.count >= cells.count * draws.count else {
      return
    }
    placesNormals(
      start, Int64(draws.count), Self.counter(cells.lowerBound), Self.counter(cells.count),
      Self.counter(draws.lowerBound), Self.counter(draws.count), seed, place)
  }

  /// Many draws of one cell.
  public func normals(cell: Int, draws: Range<Int>, into buffer: UnsafeMutableBufferPointer<Double>) {
    normals(cells: cell..<cell + 1, draws: draws, into: buffer)
  }

  private func word(cell: Int, draw: Int) -> UInt32 {
    let number = Self.counter(cell)
    let words = Philox.words(
      counter: [Self.counter(draw), UInt32(truncatingIfNeeded: place), UInt32(place >> 32), number / 4],
      key: seed)
    return words[Int(number % 4)]
  }

  private static func counter(_ number: Int) -> UInt32 { UInt32(truncatingIfNeeded: number) }

  /// FNV-1a, 64 bits.
  private static func hash(_ text: String) -> UInt64 {
    text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
  }
}

/// Philox4x32-10: four random words for each counter, by ten rounds of multiplication.
enum Philox {
  static func words(counter: SIMD4<UInt32>, key: UInt64) -> SIMD4<UInt32> {
    var x = counter
    var (k0, k1) = (UInt32(truncatingIfNeeded: key), UInt32(key >> 32))
    for _ in 0..<10 {
      let (p0, p1) = (UInt64(x[0]) * 0xD251_1F53, UInt64(x[2]) * 0xCD9E_8D57)
      x = [
        UInt32(p1 >> 32) ^ x[1] ^ k0, UInt32(truncatingIfNeeded: p1),
        UInt32(p0 >> 32) ^ x[3] ^ k1, UInt32(truncatingIfNeeded: p0),
      ]
      k0 &+= 0x9E37_79B9
      k1 &+= 0xBB67_AE85
    }
    return x
  }
}
