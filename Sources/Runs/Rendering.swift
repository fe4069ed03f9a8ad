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
  /// Nil where nothing draws, prints or binds.
  let renderers: Renderers?
  /// Charts that are there already: SVG by figure id.
  var ready: [String: String] = [:]
  /// Where others have been begun; nil begins them now.
  var drawing: ChartDrawing?

  /// Files in a fixed order, what was left out and why, and the formats that could not be made.
  struct Result {
    var files: [RunFile] = []
    var warnings = DiagnosticList()
    var missing: Set<PaperFormat> = []
  }

  /// One format of one paper, or one that is of all papers.
  private struct Piece {
    let format: PaperFormat
    let papers: [Paper]
    let cells: Int
  }

  /// Draws the charts, then prints, binds and fills the workbook side by side. What has no renderer is left out, and said.
  func result(progress: (String) -> Void) throws -> Result {
    var result = Result()
    var charts: [String: String] = [:]
    if !formats.isDisjoint(with: PaperFormat.withCharts) {
      progress("drawing charts")
      charts = drawn(&result.warnings)
    }
    let asked: [PaperFormat] = PaperFormat.allCases.filter { formats.contains($0) && $0 != .csv }
    if !asked.isEmpty { progress("writing the papers as \(listed(asked.map(\.title)))") }
    let pieces = pieces(asked)
    let made = Mutex<[Int: Swift.Result<[RunFile], any Error>]>([:])
    let drawn = charts
    DispatchQueue.concurrentPerform(iterations: pieces.count) { index in
      let files = Swift.Result { try self.files(pieces[index], drawn) }
      made.withLock { $0[index] = files }
    }
    let outcomes = made.withLock { $0 }
    for format in asked {
      do {
        let files = try pieces.indices.filter { pieces[$0].format == format }
          .flatMap { try outcomes[$0]?.get() ?? [] }
        result.files += files.sorted { $0.name < $1.name }
      } catch let failure as RendererFailure {
        guard let code = format.leftOutCode else { throw failure }
        leaveOut(format, code, failure.description, &result)
      }
    }
    result.files += try content(charts)
    return result
  }

  /// Every file that papers may be written as, in whatever format, but for their tables and open data.
  static func names(_ papers: [Paper]) -> Set<String> {
    let ofPapers = papers.flatMap { paper in
      PaperFormat.withCharts.map { "\(paper.name).\($0.rawValue)" } + ["papers/\(paper.name).json"]
    }
    let charts = papers.flatMap(\.figures).flatMap { ["charts/\($0.id).json", "charts/\($0.id).svg"] }
    return Set(ofPapers + charts + ["workbook.xlsx", "run.json"])
  }

  /// What is to be made, the slow pieces first: as many are at work as there are cores, and none of them waits for the last.
  private func pieces(_ formats: [PaperFormat]) -> [Piece] {
    func cells(_ paper: Paper) -> Int {
      paper.tables.reduce(0) { $0 + $1.columns.count * ($1.rows.count + 1) }
    }
    return formats.flatMap { format in
      switch format {
      case .pdf, .docx: papers.map { Piece(format: format, papers: [$0], cells: cells($0)) }
      case .html, .xlsx, .csv: [Piece(format: format, papers: papers, cells: 0)]
      }
    }.sorted { ($0.format.effort, $0.cells) > ($1.format.effort, $1.cells) }
  }

  private func files(_ piece: Piece, _ charts: [String: String]) throws -> [RunFile] {
    let papers = piece.papers
    switch piece.format {
    case .html:
      let renderer = HTMLRenderer(charts: charts)
      return try papers.map { ("\($0.name).html", Data(try renderer.render($0, beside: self.papers).utf8)) }
    case .pdf:
      guard let pdf = renderers?.pdf else { throw RendererFailure("WeasyPrint is not installed") }
      return documents(try pdf.render(papers, charts: charts), "pdf", papers)
    case .docx:
      guard let word = renderers?.word else { throw RendererFailure("pandoc is not installed") }
      return documents(try word.render(papers, pictures: try pictures(papers, charts)), "docx", papers)
    case .xlsx: return [("workbook.xlsx", try PaperWorkbook(papers, tables: tables).data())]
    case .csv: return []
    }
  }

  private func pictures(_ papers: [Paper], _ charts: [String: String]) throws -> [String: Data] {
    guard let renderer = renderers?.charts else { return [:] }
    let figures = Set(papers.flatMap(\.figures).map(\.id))
    do {
      return try renderer.pictures(of: charts.filter { figures.contains($0.key) })
    } catch {
      throw RendererFailure("\(error)")
    }
  }

  private func documents(_ documents: [String: Data], _ type: String, _ papers: [Paper]) -> [RunFile] {
    papers.compactMap { paper in documents[paper.name].map { ("\(paper.name).\(type)", $0) } }
  }

  /// The figures of all papers, each once.
  private var figures: [Figure] {
    var known: Set<String> = []
    return papers.flatMap(\.figures).filter { known.insert($0.id).inserted }
  }

  /// The content itself: papers, charts and what each table holds, as JSON.
  private func content(_ charts: [String: String]) throws -> [RunFile] {
    var files: [RunFile] = try papers.map { ("papers/\($0.name).json", try $0.json()) }
    for figure in figures {
      files.append(("charts/\(figure.id).json", Data((figure.specification + "\n").utf8)))
      if let chart = charts[figure.id] { files.append(("charts/\(figure.id).svg", Data(chart.utf8))) }
    }
    return files
  }

  private func drawn(_ warnings: inout DiagnosticList) -> [String: String] {
    let missing = figures.filter { ready[$0.id] == nil }
    if missing.isEmpty { return ready }
    return ready.merging(drawnCharts(missing, renderers?.charts, begun: drawing, &warnings)) { $1 }
  }

  private func leaveOut(
    _ format: PaperFormat, _ code: DiagnosticCode, _ reason: String, _ result: inout Result
  ) {
    result.missing.insert(format)
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

/// SVG by figure id; none, and W306, where they cannot be drawn.
func drawnCharts(
  _ figures: [Figure], _ renderer: ChartRenderer?, begun drawing: ChartDrawing? = nil,
  _ warnings: inout DiagnosticList
) -> [String: String] {
  let reason: String
  do {
    if let drawing { return try drawing.finish(figures) }
    if let renderer { return try renderer.render(figures) }
    reason = "the chart renderer is not installed"
  } catch {
    reason = "\(error)"
  }
  warnings.add(
    .rendererMissing, at: SourceLocation(file: "papers"), what: "charts were left out: \(reason)",
    why: "each chart's table stands in its place, so no figure is lost",
    fix: "install the renderer with 'make run' (or 'scripts/setup run'), then run again")
  return [:]
}
