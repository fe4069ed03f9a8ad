import Foundation

extension EnsembleReport {
  /// The report for the terminal.
  var lines: [String] {
    func f(_ format: String, _ values: any CVarArg...) -> String { String(format: format, arguments: values) }
    let (c, r) = (county, roofline)
    var lines = [
      f(
        "roof: %.0f M normals/s (Swift reference %.1f on one thread), %.0f M factors/s, %.1f GB/s, %.1f Gflop/s",
        r.normals * 1e-6, r.referenceNormals * 1e-6, r.factors * 1e-6, r.triadBytes * 1e-9, r.flops * 1e-9),
      f(
        "county of %d areas, %d years, %d draws: %.0f ms (one thread %.0f ms), of which quantiles %.0f ms",
        c.areas, c.years, c.draws, c.seconds * 1e3, c.secondsOnOneThread * 1e3, c.quantileSeconds * 1e3),
      f(
        "  needs %.1f M normals (%.0f ms), %.1f M factors (%.0f ms), %.2f Gflop (%.0f ms), %.2f GB (%.0f ms)",
        c.normals * 1e-6, c.normalsRoof * 1e3, c.factors * 1e-6, c.factorsRoof * 1e3, c.flops * 1e-9,
        c.flopsRoof * 1e3, c.bytes * 1e-9,
        c.bytesRoof * 1e3),
      f(
        "  share of the binding roof: %.0f%% of the draws' time (%.0f%% with factors), %.0f%% of the whole with quantiles",
        c.shareOfRoof * 100, c.shareOfArithmeticRoof * 100, c.shareOfRoofWithQuantiles * 100),
    ]
    if let numpy {
      let a = numpy.agreement
      lines += [
        f(
          "NumPy %@: %.0f ms (quantiles %.0f ms), %.1f x ours", numpy.version, numpy.seconds * 1e3,
          numpy.quantileSeconds * 1e3, numpy.ratio),
        f(
          "  central paths differ by %.1e pupils; in standard errors, means by %.2f (most %.1f), quantiles by %.2f (most %.1f): %@",
          a.centralDifference, a.meanErrors, a.largestMeanError, a.quantileErrors, a.largestQuantileError,
          a.agrees ? "the same" : "NOT the same"),
      ]
    } else {
      lines.append("NumPy: skipped, there is no python3 with numpy (or this is not the package's folder)")
    }
    for row in linearity {
      lines.append(
        f(
          "one thread, %4d authorities, %5d areas, %5d draws: %7.0f ms, %6.0f ns an area and draw",
          row.authorities,
          row.areas,
          row.draws, row.seconds * 1e3, row.nanosecondsPerAreaAndDraw))
    }
    if let england {
      lines.append(
        f(
          "England: %d authorities, %d primary and %d secondary areas, %d draws: %.2f s, at most %.2f GiB",
          england.authorities, england.primaryAreas, england.secondaryAreas, england.draws, england.seconds,
          (england.peakMemoryBytes ?? .nan) / 1_073_741_824))
    } else if !linearity.isEmpty {
      lines.append("England: skipped, ../shared/data/scap2015/schools.csv is not at hand")
    }
    return lines
  }
}
