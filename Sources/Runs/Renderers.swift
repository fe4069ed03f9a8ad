internal import Foundation
internal import ModelFiles
public import Papers

/// What draws, prints and binds; nil for what is not installed.
public struct Renderers: Sendable {
  public let charts: ChartRenderer?
  public let pdf: PDFRenderer?
  public let word: WordRenderer?

  /// Nil for what is not installed.
  public init(charts: ChartRenderer?, pdf: PDFRenderer?, word: WordRenderer?) {
    self.charts = charts
    self.pdf = pdf
    self.word = word
  }
}

/// Finds what draws and prints: see `findWheels(_:_:)`. pandoc is looked for when it is needed.
public func findRenderers() -> Renderers {
  Renderers(
    charts: findChartRenderer(), pdf: findWheels("py-pdf", "weasyprint").map(PDFRenderer.init),
    word: WordRenderer())
}

/// The renderer of charts, where its wheels are found.
public func findChartRenderer() -> ChartRenderer? { findWheels("py", "vl_convert").map(ChartRenderer.init) }

/// Finds Python wheels: in the folder `PLACES_WHEELS` or beside it, else in `.deps` in the working directory or above it, else
/// above the program.
private func findWheels(_ name: String, _ package: String) -> URL? {
  func holds(_ folder: URL) -> Bool {
    FileManager.default.fileExists(atPath: folder.appendingPathComponent(package).path)
  }
  if let path = ProcessInfo.processInfo.environment["PLACES_WHEELS"] {
    let named = URL(fileURLWithPath: path)
    return [named, named.deletingLastPathComponent().appendingPathComponent(name)].first(where: holds)
  }
  let here = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
  let program = Bundle.main.executableURL?.resolvingSymlinksInPath()
  func wheels(_ folder: URL) -> URL { folder.appendingPathComponent(".deps/\(name)") }
  return [here, program].compactMap(\.self).lazy
    .compactMap { nearestFolder(from: $0) { holds(wheels($0)) } }.first.map(wheels)
}
