public import Papers

/// What a run can be written as.
public enum PaperFormat: String, CaseIterable, Hashable, Sendable {
  case html, pdf, docx, xlsx
  /// The tables, and the open data with them.
  case csv

  /// Those that show charts.
  public static let withCharts: Set<PaperFormat> = [.html, .pdf, .docx]
}

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

  public static let none = Renderers(charts: nil, pdf: nil, word: nil)
}
