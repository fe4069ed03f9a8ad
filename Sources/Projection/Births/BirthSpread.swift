internal import Foundation

/// How the uncertainty of births grows with lead time.
public enum BirthSpread {
  /// How many times a year's change births may be out after some years, whole or not: the years to the power 0.7; in the first of
  /// them in proportion to its months.
  ///
  /// A random walk's errors grow by the power 0.5. Yearly changes go together (births fall for years on end), so that
  /// those of births grow faster.
  ///
  /// Source: births of 153 English authorities, 1992 to 2022, carried on from every third year, one to five years ahead: with it
  /// errors over deviation keep about the same size at every lead. It was chosen on those births.
  public static func widening(years: Double) -> Double { years < 1 ? years : pow(years, 0.7) }
}
