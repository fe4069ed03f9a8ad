internal import Diagnostics
internal import Foundation
internal import Papers
internal import Synchronization

/// A file of a run, by its name below the run's folder.
typealias RunFile = (name: String, data: Data)

/// Papers and their tables in the formats that were asked for.
struct Rendering {
  let papers: [Paper]
  /// Those that are written as CSV.
  let tables: [Table]
  let formats: Set<PaperFormat>
  let renderers: Renderers

  /// Files in a fixed order, what was left out and why, and the formats that could not be made.
  struct Result {
    var files: [RunFile] = []
    var warnings = DiagnosticList()
    var missing: Set<PaperFormat> = []
  }

  /// Draws the charts, then prints, binds and fills the workbook side by side. What has no renderer is left out, and said.
  func result(progress: (String) -> Void) throws -> Result {
    var result = Result()
    var charts: [String: ChartRenderer.Chart] = [:]
    if !formats.isDisjoint(with: [.html, .pdf, .docx]) {
      progress("drawing charts")
      charts = drawn(&result.warnings)
    }
    let asked: [PaperFormat] = PaperFormat.allCases.filter { formats.contains($0) && $0 != .csv }
    if !asked.isEmpty { progress("writing the papers as \(listed(asked.map(\.title)))") }
    let made = Mutex<[PaperFormat: Swift.Result<[RunFile], any Error>]>([:])
    // The slow ones begin first.
    let order = asked.sorted { $0.effort > $1.effort }
    let drawn = charts
    DispatchQueue.concurrentPerform(iterations: order.count) { index in
      let format = order[index]
      let files = Swift.Result { try self.files(format, drawn) }
      made.withLock { $0[format] = files }
    }
    let outcomes = made.withLock { $0 }
    for format in asked {
      do {
        result.files += try outcomes[format]?.get() ?? []
      } catch let failure as DocumentFailure where format.leftOutCode != nil {
        leaveOut(format, failure.description, &result)
      }
    }
    result.files += try content(charts)
    return result
  }

  private func files(_ format: PaperFormat, _ charts: [String: ChartRenderer.Chart]) throws -> [RunFile] {
    switch format {
    case .html:
      let renderer = HTMLRenderer(charts: charts.mapValues(\.svg))
      return try papers.map { ("\($0.name).html", Data(try renderer.render($0).utf8)) }
    case .pdf:
      guard let pdf = renderers.pdf else { throw DocumentFailure("WeasyPrint is not installed") }
      return documents(try pdf.render(papers, charts: charts), "pdf")
    case .docx:
      guard let word = renderers.word else { throw DocumentFailure("pandoc is not installed") }
      return documents(try word.render(papers, charts: charts), "docx")
    case .xlsx:
      return [("workbook.xlsx", try PaperWorkbook(papers, tables: tables).data())]
    case .csv: return []
    }
  }

  private func documents(_ documents: [String: Data], _ type: String) -> [RunFile] {
    papers.compactMap { paper in documents[paper.name].map { ("\(paper.name).\(type)", $0) } }
  }

  /// The content itself: papers, charts and what each table holds, as JSON.
  private func content(_ charts: [String: ChartRenderer.Chart]) throws -> [RunFile] {
    var files: [RunFile] = try papers.map { ("papers/\($0.name).json", try $0.json()) }
    for figure in papers.flatMap(\.figures)
    where !files.contains(where: { $0.name == "charts/\(figure.id).json" }) {
      files.append(("charts/\(figure.id).json", Data((figure.specification + "\n").utf8)))
      if let chart = charts[figure.id] { files.append(("charts/\(figure.id).svg", Data(chart.svg.utf8))) }
    }
    return files
  }

  private func drawn(_ warnings: inout DiagnosticList) -> [String: ChartRenderer.Chart] {
    var figures: [Figure] = []
    for figure in papers.flatMap(\.figures) where !figures.contains(where: { $0.id == figure.id }) {
      figures.append(figure)
    }
    return drawnCharts(figures, renderers.charts, withPictures: formats.contains(.docx), &warnings)
  }

  private func leaveOut(_ format: PaperFormat, _ reason: String, _ result: inout Result) {
    result.missing.insert(format)
    guard let code = format.leftOutCode else { return }
    result.warnings.add(
      code, at: SourceLocation(file: "papers"), what: "\(format.title) was left out: \(reason)",
      why: "the papers stand in the other formats, with the same figures",
      fix: "install what is missing with 'make run' (or 'scripts/setup run'), then run again")
  }
}

extension PaperFormat {
  var title: String {
    switch self {
    case .html: "HTML"
    case .pdf: "PDF"
    case .docx: "Word"
    case .xlsx: "workbook"
    case .csv: "CSV"
    }
  }

  fileprivate var effort: Int {
    switch self {
    case .pdf: 3
    case .docx: 2
    case .xlsx: 1
    case .html, .csv: 0
    }
  }

  /// The warning that it was left out; nil for what needs nothing from outside.
  fileprivate var leftOutCode: DiagnosticCode? {
    switch self {
    case .pdf: .pdfLeftOut
    case .docx: .wordLeftOut
    case .html, .xlsx, .csv: nil
    }
  }
}

/// Charts by figure; none, and W306, where they cannot be drawn.
func drawnCharts(
  _ figures: [Figure], _ renderer: ChartRenderer?, withPictures: Bool = false,
  _ warnings: inout DiagnosticList
) -> [String: ChartRenderer.Chart] {
  let reason: String
  do {
    if let renderer { return try renderer.draw(figures, withPictures: withPictures) }
    reason = "the chart renderer is not installed"
  } catch {
    reason = "\(error)"
  }
  warnings.add(
    .rendererMissing, at: SourceLocation(file: "papers"),
    what: "charts were left out: \(reason)",
    why: "each chart's table stands in its place, so no figure is lost",
    fix: "install the renderer with 'make run' (or 'scripts/setup run'), then run again")
  return [:]
}
