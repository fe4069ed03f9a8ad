/// A paper as the HTML that is printed to PDF. Wide tables stand on wide pages, and the tables behind the charts at the end, unless they
/// are printed in any case or are too large. In place of a table that most readers may skip it says where that is.
struct PrintPage {
  /// SVG by figure id; a figure without one shows its table instead.
  let charts: [String: String]

  /// **Throws** when the program's own style sheet cannot be read.
  func render(_ paper: Paper) throws -> String {
    let paper = paper.numbered
    let style = try resource("print", "css")
    let particulars = paper.header.map {
      "<tr><th scope=\"row\">\(escaped($0.label))</th><td>\(escaped($0.text))</td></tr>"
    }
    let sections = paper.printedSections(isDrawn)
    let opening = paper.opening
    let rest = opening == nil ? sections : Array(sections.dropFirst())
    let section = { self.section($0, of: paper) }
    let occasion = escaped(paper.occasion)
    return """
      <!DOCTYPE html>
      <html lang="en-GB">
      <head>
      <meta charset="utf-8">
      <title>\(escaped(paper.title))</title>
      <meta name="description" content="\(occasion)">
      <meta name="generator" content="places">
      <style>
      \(style)
      </style>
      </head>
      <body>
      <header>
      <p class="occasion">\(occasion)</p>
      <h1>\(escaped(paper.title))</h1>
      \(paper.notices.map { "<p class=\"notice\">\(escaped($0))</p>" }.joined(separator: "\n"))
      <table class="particulars">
      <tbody>
      \(particulars.joined(separator: "\n"))
      </tbody>
      </table>
      </header>
      <main>
      \(opening.map(section) ?? "")
      <nav>
      \(contentsHTML(rest))
      </nav>
      \(rest.map(section).joined(separator: "\n"))
      </main>
      </body>
      </html>

      """
  }

  private func section(_ section: Section, of paper: Paper) -> String {
    let runs = PageRun.runs(section, isWide: { $0.isWide(isDrawn) }).map { run in
      let items = run.items.map { item in
        switch item {
        case .heading(let section): "<h2 id=\"\(section.id)\">\(escaped(section.heading))</h2>"
        case .block(let block): self.block(block, of: paper)
        }
      }.joined(separator: "\n")
      return run.isWide ? "<div class=\"wide\">\n\(items)\n</div>" : items
    }
    return """
      <section\(section.startsPage ? " class=\"page\"" : "")>
      \(runs.joined(separator: "\n"))
      </section>
      """
  }

  private func isDrawn(_ figure: Figure) -> Bool { charts[figure.id] != nil }

  /// In a paper, a figure leads to the table that says the same.
  func block(_ block: Block, of paper: Paper? = nil) -> String {
    switch block {
    case .heading, .paragraph, .bullets, .definitions: plainHTML(block)
    case .table(let table): self.table(table)
    case .annex(let table): plainHTML(.paragraph(table.whereItIs))
    case .figure(let figure):
      self.figure(figure, paper?.openTable(behind: figure) ?? (figure.isTablePrinted ? figure.table : nil))
    }
  }

  private func figure(_ figure: Figure, _ behind: Table?) -> String {
    guard let svg = charts[figure.id] else { return table(figure.table) }
    let lead = behind.map {
      "<a href=\"#\($0.id)-place\">The figures behind this chart: \(escaped($0.caption))</a>"
    }
    return """
      <figure>
      <figcaption>\(escaped(figure.title))</figcaption>
      <img src="\(dataAddress(svg))" alt="\(escaped(figure.alternative))">
      \(sourceHTML(figure.table.footnote))
      <p class="source">\(lead ?? escaped(figure.whereItsTableIs))</p>
      </figure>
      """
  }

  private func table(_ table: Table) -> String {
    let layout = TableLayout(table)
    return """
      <div class="holder\(layout.isLong ? " long" : "")" id="\(table.id)-place">
      \(layout.parts.map { tableHTML($0, widths: layout.widths($0)) }.joined(separator: "\n"))
      \(sourceHTML(table.footnote))
      </div>
      """
  }
}
