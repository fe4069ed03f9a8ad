/// A paper as the HTML that pandoc makes a Word document of. Tables and other things that pandoc would simplify go through it
/// as WordprocessingML, in `pre` elements of the class `openxml`.
public struct WordPage: Sendable {
  /// Names of PNG files by figure id; a figure without one shows its table instead.
  public let pictures: [String: String]

  public init(pictures: [String: String]) {
    self.pictures = pictures
  }

  public func render(_ paper: Paper) -> String {
    let occasion = paper.header.prefix(2).map(\.text).joined(separator: " · ")
    var body = [raw(OpenXML.paragraph(occasion, style: "Occasion"))]
    body += paper.notices.map { raw(OpenXML.paragraph($0, style: "Notice")) }
    body.append(raw(OpenXML.particulars(paper.header)))
    let behind = paper.tablesBehind { pictures[$0.id] != nil }
    let annex = Section(
      id: "figures-behind-the-charts", heading: "The figures behind the charts",
      blocks: behind.map { .table($0) })
    let sections = paper.sections + (behind.isEmpty ? [] : [annex])
    var isWide = false
    for run in sections.flatMap({ PageRun.runs($0, isWide: needsWidePage) }) {
      // A section of pages ends where their direction changes; the last is upright, as the reference document has it.
      if run.isWide != isWide { body.append(raw(OpenXML.sectionEnd(isWide: isWide))) }
      isWide = run.isWide
      body += run.items.map(item)
    }
    if isWide {
      body.append(raw(OpenXML.sectionEnd(isWide: true)))
      body.append(raw(OpenXML.paragraph("End of the paper.", style: "Source")))
    }
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

  private func item(_ item: PageRun.Item) -> String {
    switch item {
    case .heading(let section): "<h1 id=\"\(section.id)\">\(escaped(section.heading))</h1>"
    case .block(let block): self.block(block)
    }
  }

  private func needsWidePage(_ block: Block) -> Bool {
    switch block {
    case .heading, .paragraph, .bullets, .definitions: false
    case .table(let table), .annex(let table): TableLayout(table).isWide
    case .figure(let figure): pictures[figure.id] == nil && TableLayout(figure.table).isWide
    }
  }

  func block(_ block: Block) -> String {
    switch block {
    case .heading(let text): "<h2>\(escaped(text))</h2>"
    case .paragraph, .bullets, .definitions: plainHTML(block)
    case .table(let table), .annex(let table): self.table(table)
    case .figure(let figure): self.figure(figure)
    }
  }

  private func figure(_ figure: Figure) -> String {
    guard let picture = pictures[figure.id] else { return table(figure.table) }
    return [
      raw(OpenXML.paragraph(figure.title, style: "TableCaption", keepsWithNext: true)),
      "<p><img src=\"\(escaped(picture))\" alt=\"\(escaped(figure.alternative))\" style=\"width:16.4cm\"></p>",
      raw(
        OpenXML.paragraph(
          figure.table.footnote.shortSentence + (figure.isTablePrinted ? "" : " " + figure.whereItsTableIs),
          style: "Source")),
    ].joined(separator: "\n")
  }

  private func table(_ table: Table) -> String {
    let layout = TableLayout(table)
    let width = layout.isWide ? OpenXML.wideWidth : OpenXML.uprightWidth
    let parts = layout.parts.map { part in
      OpenXML.paragraph(part.caption, style: "TableCaption", keepsWithNext: true)
        + OpenXML.table(part, asked: layout.widths(part), lineWidth: width)
    }
    return raw(parts.joined() + OpenXML.paragraph(table.footnote.shortSentence, style: "Source"))
  }

  private func raw(_ xml: String) -> String { "<pre class=\"openxml\">\(escaped(xml))</pre>" }
}
