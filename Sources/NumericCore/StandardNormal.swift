internal import CNormals

/// The arithmetic of the random numbers in Swift: what the loops of CNormals equal to the bit.
///
/// Every multiply-add is a fused one, so that no compiler and no instruction set changes a bit.
enum StandardNormal {
  /// The normal quantile of u = (word + 1/2) / 2^32, to within 2e-15 relatively.
  static func quantile(word: UInt32) -> Double {
    let q = (Double(Int32(bitPattern: word ^ 0x8000_0000)) + 0.5) * 0x1p-32
    return abs(q) > 0.4995 ? tail(q) : middle(q)
  }

  /// Source: Giles, *Approximating the erfinv function* (2010), double precision, for -log(4 u (1 - u)) < 6.25.
  private static func middle(_ q: Double) -> Double {
    let w = -logarithm(4 * ((0.5 - q) * (0.5 + q))) - 3.125
    return 2.8284271247461903 * q * polynomial(middleCoefficients, w)
  }

  private static let middleCoefficients = [
    -3.6444120640178196996e-21, -1.685059138182016589e-19, 1.2858480715256400167e-18,
    1.115787767802518096e-17, -1.333171662854620906e-16, 2.0972767875968561637e-17,
    6.6376381343583238325e-15, -4.0545662729752068639e-14, -8.1519341976054721522e-14,
    2.6335093153082322977e-12, -1.2975133253453532498e-11, -5.4154120542946279317e-11,
    1.051212273321532285e-09, -4.1126339803469836976e-09, -2.9070369957882005086e-08,
    4.2347877827932403518e-07, -1.3654692000834678645e-06, -1.3882523362786468719e-05,
    0.0001867342080340571352, -0.00074070253416626697512, -0.0060336708714301490533,
    0.24015818242558961693, 1.6536545626831027356,
  ]

  /// Source: Wichura, *Algorithm AS 241: the percentage points of the normal distribution* (1988), PPND16, for
  /// 2^-33 <= u <= 0.075 and their mirror.
  private static func tail(_ q: Double) -> Double {
    let r = (-logarithm(q < 0 ? 0.5 + q : 0.5 - q)).squareRoot() - 1.6
    let x = polynomial(tailNumerator, r) / polynomial(tailDenominator, r)
    return q < 0 ? -x : x
  }

  private static let tailNumerator = [
    7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258,
    3.64784832476320460504, 5.76949722146069140550, 4.63033784615654529590, 1.42343711074968357734,
  ]
  private static let tailDenominator = [
    1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2,
    1.48103976427480074590e-1, 6.89767334985100004550e-1, 1.67638483018380384940, 2.05319162663775882187, 1,
  ]

  /// x = m 2^e with m between the roots of 1/2 and of 2; log m = 2 artanh((m - 1) / (m + 1)), the series to the 19th power.
  private static func logarithm(_ x: Double) -> Double {
    let root: UInt64 = 0x3fe6_a09e_667f_3bcd
    let shifted = x.bitPattern &+ (0x3ff0_0000_0000_0000 - root)
    let m = Double(bitPattern: (shifted & 0x000f_ffff_ffff_ffff) + root)
    let e = Double(shifted >> 52) - 1023
    let s = (m - 1) / (m + 1)
    let series = polynomial(artanh, s * s)
    return (s * series).addingProduct(e, 0x1.62e42fefa39efp-1)
  }

  private static let artanh = stride(from: 19.0, through: 1, by: -2).map { 2 / $0 }

  /// Highest power first.
  fileprivate static func polynomial(_ coefficients: [Double], _ x: Double) -> Double {
    coefficients.dropFirst().reduce(coefficients[0]) { $1.addingProduct($0, x) }
  }
}

/// Factors that are the exponential of a normal shock.
public enum Shock {
  /// exp(`scale` z + `common`), to within 1e-15 relatively, for exponents between -700 and 700.
  public static func factor(scale: Double, z: Double, common: Double) -> Double {
    let x = common.addingProduct(scale, z)
    let shifted = 0x1.8p52.addingProduct(x, 0x1.71547652b82fep0)
    let k = shifted - 0x1.8p52
    let r = x.addingProduct(k, -0x1.62e42fefa39efp-1).addingProduct(k, -0x1.abc9e3b39803fp-56)
    let power = StandardNormal.polynomial(inverseFactorials, r)
    return Double(bitPattern: power.bitPattern &+ shifted.bitPattern << 52)
  }

  /// Many at once, with the same bits. **Shape** one number a draw; nothing happens unless all three have as many.
  public static func factors(
    scale: Double, z: UnsafeMutableBufferPointer<Double>, common: UnsafeMutableBufferPointer<Double>,
    into factors: UnsafeMutableBufferPointer<Double>
  ) {
    guard let out = factors.baseAddress, let shocks = z.baseAddress, let shift = common.baseAddress,
      z.count == factors.count, common.count == factors.count
    else { return }
    placesFactors(out, shocks, shift, scale, Int64(factors.count))
  }

  /// `ratio` x `below` x factor, with the same bits. **Shape** one number a draw; nothing happens unless all four have as many.
  /// `survivors` may be none of the other three.
  public static func survivors(
    ratio: Double, below: UnsafeMutableBufferPointer<Double>, scale: Double,
    z: UnsafeMutableBufferPointer<Double>, common: UnsafeMutableBufferPointer<Double>,
    into survivors: UnsafeMutableBufferPointer<Double>
  ) {
    guard let out = survivors.baseAddress, let younger = below.baseAddress, let shocks = z.baseAddress,
      let shift = common.baseAddress,
      [below.count, z.count, common.count].allSatisfy({ $0 == survivors.count })
    else { return }
    placesSurvivors(out, younger, shocks, shift, ratio, scale, Int64(survivors.count))
  }

  private static let inverseFactorials: [Double] =
    (0...13).reversed().map { n in 1 / (1...max(1, n)).reduce(1) { $0 * Double($1) } }
}
