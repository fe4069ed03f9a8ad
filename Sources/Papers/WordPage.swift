/// A paper as the HTML that pandoc makes a Word document of. Tables and other things that pandoc would simplify go through it
/// as WordprocessingML, in `pre` elements of the class `openxml`.
struct WordPage {
  /// Names of PNG files by figure id; a figure without one shows its table instead.
  let pictures: [String: String]

  func render(_ paper: Paper) -> String {
    let paper = paper.numbered
    var body = [raw(OpenXML.paragraph(paper.occasion, style: "Occasion"))]
    body += paper.notices.map { raw(OpenXML.paragraph($0, style: "Notice")) }
    body.append(raw(OpenXML.particulars(paper.header)))
    let sections = paper.printedSections(isDrawn)
    let opening = paper.opening == nil ? 0 : 1
    let rest = sections.dropFirst(opening)
    var isWide = false
    func add(_ section: Section) {
      for run in PageRun.runs(section, isWide: { $0.isWide(isDrawn) }) {
        // A section of pages ends where their direction changes.
        if run.isWide != isWide { body.append(raw(OpenXML.sectionEnd(isWide: isWide))) }
        isWide = run.isWide
        body += run.items.map { item($0, of: paper) }
      }
    }
    sections.prefix(opening).forEach(add)
    body += contents(rest)
    rest.forEach(add)
    // The last pages are upright, as the reference document has them, unless such a mark is the last thing: `word.py` sees to it.
    if isWide { body.append(raw(OpenXML.sectionEnd(isWide: true))) }
    return """
      <!DOCTYPE html>
      <html lang="en-GB">
      <head>
      <meta charset="utf-8">
      <title>\(escaped(paper.title))</title>
      </head>
      <body>
      \(body.joined(separator: "\n"))
      </body>
      </html>

      """
  }

  private func item(_ item: PageRun.Item, of paper: Paper) -> String {
    switch item {
    case .heading(let section): "<h1 id=\"\(section.id)\">\(escaped(section.heading))</h1>"
    case .block(let block): self.block(block, of: paper)
    }
  }

  private func isDrawn(_ figure: Figure) -> Bool { pictures[figure.id] != nil }

  /// The sections, each as a link to its heading.
  private func contents(_ sections: some Sequence<Section>) -> [String] {
    [raw(OpenXML.paragraph("In this paper", style: "TOCHeading")), "<div custom-style=\"toc 1\">"]
      + sections.map { "<p><a href=\"#\($0.id)\">\(escaped($0.heading))</a></p>" } + ["</div>"]
  }

  /// In a paper, a figure names the table that says the same.
  func block(_ block: Block, of paper: Paper? = nil) -> String {
    switch block {
    case .heading(let text): "<h2>\(escaped(text))</h2>"
    case .paragraph, .bullets, .definitions: plainHTML(block)
    case .table(let table): self.table(table)
    case .annex(let table): plainHTML(.paragraph(table.whereItIs))
    case .figure(let figure): self.figure(figure, paper?.openTable(behind: figure))
    }
  }

  private func figure(_ figure: Figure, _ open: Table?) -> String {
    guard let picture = pictures[figure.id] else { return table(figure.table) }
    let lead =
      open.map { "The figures behind this chart: \($0.caption)." }
      ?? (figure.isTablePrinted ? nil : figure.whereItsTableIs)
    return [
      raw(OpenXML.caption(figure.title)),
      // Its style keeps it with what stands under it.
      "<div custom-style=\"Captioned Figure\">",
      "<p><img src=\"\(escaped(picture))\" alt=\"\(escaped(figure.alternative))\" style=\"width:16.4cm\"></p>",
      "</div>",
      raw(OpenXML.source(figure.table.footnote, lead)),
    ].joined(separator: "\n")
  }

  private func table(_ table: Table) -> String {
    let layout = TableLayout(table)
    let width = layout.isWide ? OpenXML.wideWidth : OpenXML.uprightWidth
    let parts = layout.parts.enumerated().map { index, part in
      OpenXML.caption(part.caption, ofDatasets: index == 0 && table.id == Paper.datasetsID)
        + OpenXML.table(
          part, asked: layout.widths(part), lineWidth: width, isLong: layout.isLong,
          isLast: index == layout.parts.count - 1)
    }
    return raw(parts.joined() + OpenXML.source(table.footnote))
  }

  private func raw(_ xml: String) -> String { "<pre class=\"openxml\">\(escaped(xml))</pre>" }
}
