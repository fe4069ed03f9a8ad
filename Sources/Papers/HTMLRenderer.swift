internal import Foundation

/// A paper as one self-contained HTML file: semantic, no script, readable on a phone and on paper.
public struct HTMLRenderer: Sendable {
  /// SVG by figure id; a figure without one shows its table instead.
  public let charts: [String: String]

  /// `charts` are SVG by figure id.
  public init(charts: [String: String]) { self.charts = charts }

  /// The page, which leads to the pages of other papers beside it. **Throws** when the program's own style sheet cannot be read.
  public func render(_ paper: Paper, beside papers: [Paper] = []) throws -> String {
    let paper = paper.numbered
    let style = try resource("paper", "css")
    let notices = paper.notices.map { "<p class=\"notice\">\(escaped($0))</p>" }
    let header = paper.header.map {
      "<div><dt>\(escaped($0.label))</dt><dd>\(escaped($0.text))</dd></div>"
    }
    let opening = paper.opening
    let rest = opening == nil ? paper.sections : Array(paper.sections.dropFirst())
    let section = { self.section($0, of: paper) }
    let beside = papers.filter { $0.name != paper.name }.map {
      "<p class=\"beside\">Goes with: <a href=\"\(escaped($0.name)).html\">\(escaped($0.title))</a></p>"
    }
    return """
      <!DOCTYPE html>
      <html lang="en-GB">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(escaped(paper.title))</title>
      <link rel="icon" href="data:,">
      <style>
      \(style)
      </style>
      </head>
      <body>
      <a class="skip" href="#main">Skip to the paper</a>
      <header>
      <h1>\(escaped(paper.title))</h1>
      \(notices.joined(separator: "\n"))
      <dl class="particulars">
      \(header.joined(separator: "\n"))
      </dl>
      \(beside.joined(separator: "\n"))
      </header>
      <main id="main" tabindex="-1">
      \(opening.map(section) ?? "")
      <nav aria-labelledby="contents-heading">
      \(contentsHTML(rest))
      </nav>
      \(rest.map(section).joined(separator: "\n"))
      </main>
      </body>
      </html>

      """
  }

  private func section(_ section: Section, of paper: Paper) -> String {
    """
    <section\(section.startsPage ? " class=\"page\"" : "")>
    <h2 id="\(section.id)">\(escaped(section.heading))</h2>
    \(section.blocks.map { block($0, of: paper) }.joined(separator: "\n"))
    </section>
    """
  }

  /// In a paper, a figure leads to the open table that says the same.
  func block(_ block: Block, of paper: Paper? = nil) -> String {
    switch block {
    case .heading, .paragraph, .bullets, .definitions: return plainHTML(block)
    case .table(let table): return self.table(table)
    case .annex(let table):
      return "<details>\n<summary>\(escaped(table.caption))</summary>\n\(self.table(table))\n</details>"
    case .figure(let figure): return self.figure(figure, paper?.openTable(behind: figure))
    }
  }

  private func figure(_ figure: Figure, _ open: Table?) -> String {
    guard let svg = charts[figure.id] else { return table(figure.table) }
    let lead = "The figures behind this chart: "
    let behind =
      open.map { "<p class=\"behind\"><a href=\"#\($0.id)-caption\">\(lead)\(escaped($0.caption))</a></p>" }
      ?? "<details>\n<summary>\(lead)\(escaped(figure.table.caption))</summary>\n\(region(figure.table))\n</details>"
    return """
      <figure>
      <figcaption id="\(figure.id)-title">\(escaped(figure.title))</figcaption>
      <div class="chart" role="group" aria-labelledby="\(figure.id)-title" tabindex="0">
      <img src="\(dataAddress(svg))" alt="\(escaped(figure.alternative))">
      </div>
      \(behind)
      \(sourceHTML(figure.table.footnote))
      </figure>
      """
  }

  private func table(_ table: Table) -> String { region(table) + "\n" + sourceHTML(table.footnote) }

  /// A table that scrolls by itself where it is wider than the page.
  private func region(_ table: Table) -> String {
    """
    <div class="scroll" role="group" aria-labelledby="\(table.id)-caption" tabindex="0">
    \(tableHTML(table))
    </div>
    """
  }
}

/// An SVG picture as an address that needs no file.
func dataAddress(_ svg: String) -> String {
  "data:image/svg+xml;base64,\(Data(svg.utf8).base64EncodedString())"
}

/// The list of a paper's sections, each as a link to its heading.
func contentsHTML(_ sections: [Section]) -> String {
  let items = sections.map { "<li><a href=\"#\($0.id)\">\(escaped($0.heading))</a></li>" }
  return "<h2 id=\"contents-heading\">In this paper</h2>\n<ol>\n\(items.joined(separator: "\n"))\n</ol>"
}

/// The blocks that look the same on a screen and on paper; nothing for the others.
func plainHTML(_ block: Block) -> String {
  switch block {
  case .heading(let text): return "<h3>\(escaped(text))</h3>"
  case .paragraph(let text): return "<p>\(escaped(text))</p>"
  case .bullets(let items):
    return "<ul>\n" + items.map { "<li>\(escaped($0))</li>" }.joined(separator: "\n") + "\n</ul>"
  case .definitions(let definitions):
    let items = definitions.map { "<dt>\(escaped($0.term))</dt><dd>\(escaped($0.meaning))</dd>" }
    return "<dl class=\"terms\">\n" + items.joined(separator: "\n") + "\n</dl>"
  case .table, .figure, .annex: return ""
  }
}

/// A table with its caption and headings, without what stands under it; on paper with the widths of its columns too.
func tableHTML(_ table: Table, widths: [Int] = []) -> String {
  let head = table.columns.map {
    "<th scope=\"col\"\($0.isNumber ? " class=\"number\"" : "")>\(escaped($0.heading))</th>"
  }
  let body = table.rows.enumerated().map { index, row in
    let isTotal = table.hasTotalRow && index == table.rows.count - 1
    let cells = table.spans(row).map { column, count in
      let cell = row[column]
      let shown = escaped(cell.shown)
      if column == 0 { return "<th scope=\"row\">\(shown)</th>" }
      let place = count > 1 ? "across" : table.columns[column].isNumber ? "number" : nil
      let classes = [place, cell.shade == .none ? nil : cell.shade.rawValue].compactMap { $0 }.joined(
        separator: " ")
      let span = count > 1 ? " colspan=\"\(count)\"" : ""
      return "<td\(span)\(classes.isEmpty ? "" : " class=\"\(classes)\"")>\(shown)</td>"
    }
    return "<tr\(isTotal ? " class=\"total\"" : "")>\(cells.joined())</tr>"
  }
  // A table without rows would not be one, for a screen reader.
  let nothing = "<tr><th scope=\"row\" colspan=\"\(table.columns.count)\">There are none.</th></tr>"
  let whole = max(1, widths.reduce(0, +))
  let columns = widths.map { "<col style=\"width:\(fixed(Double($0) * 100 / Double(whole), places: 2))%\">" }
  return """
    <table>
    <caption id="\(table.id)-caption"><span>\(escaped(table.caption))</span></caption>\(columns.joined())
    <thead><tr>\(head.joined())</tr></thead>
    <tbody>
    \(body.isEmpty ? nothing : body.joined(separator: "\n"))
    </tbody>
    </table>
    """
}

/// What stands under a table or figure; the data sets that it names by number lead to their list.
func sourceHTML(_ footnote: Footnote) -> String {
  let sources =
    footnote.numbers.isEmpty
    ? escaped(footnote.sourcesInWords)
    : "<a href=\"#\(Paper.datasetsID)-caption\">\(escaped(footnote.sourcesInWords))</a>"
  return "<p class=\"source\">Source: \(sources). \(escaped(footnote.standing))</p>"
}

/// Text made safe for HTML, in an element or an attribute.
public func escaped(_ text: String) -> String {
  guard text.utf8.contains(where: { "&<>\"'".utf8.contains($0) }) else { return text }
  var result = ""
  for character in text {
    switch character {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "'": result += "&#39;"
    default: result.append(character)
    }
  }
  return result
}
