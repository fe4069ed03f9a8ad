/// What a run can be written as.
public enum PaperFormat: String, CaseIterable, Hashable, Sendable {
  case html, pdf, docx, xlsx
  /// The tables, and the open data with them.
  case csv

  /// Those that show charts.
  public static let withCharts: Set<PaperFormat> = [.html, .pdf, .docx]
}
