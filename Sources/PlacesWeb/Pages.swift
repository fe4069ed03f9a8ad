internal import Foundation
internal import Papers

/// The list of models and runs.
struct HomePage {
  let models: [String]
  /// Where they are looked for.
  let folder: String
  let runs: [ListedRun]

  var html: String {
    let options = models.map { "<option value=\"\(escaped($0))\">\(escaped($0))</option>" }
    let form =
      models.isEmpty
      ? "<p>There is no model in the folder \(escaped(folder)).</p>"
      : """
      <form method="post" action="/run">
      <p><label for="model">Model</label><br>
      <select id="model" name="model">\(options.joined())</select></p>
      <p><label for="scenario">Scenario (the name of a file in the model's scenarios folder)</label><br>
      <input id="scenario" name="scenario" value="central"></p>
      <p id="time">This can take a minute or more. The paper opens by itself.</p>
      <p><button type="submit" aria-describedby="time">Run and open the paper</button></p>
      </form>
      """
    let papers = runs.isEmpty ? ["<p>Nothing has been run yet.</p>"] : runs.map(listing)
    return document(
      title: "Pupil places",
      body: "<h1>Pupil places</h1>\n<h2>Run a model</h2>\n\(form)\n<h2>Papers so far</h2>\n"
        + papers.joined(separator: "\n"))
  }

  /// A heading, and a link a line. Out of its place in the list a link says which run it is of.
  private func listing(_ run: ListedRun) -> String {
    let links = run.files.map { file in
      "<li><a href=\"\(escaped(run.address(of: file)))\">\(escaped(file.kind.title)), \(file.kind.format), "
        + "\(shownSize(file.bytes))<span class=\"for\">, \(escaped(run.name))</span></a></li>"
    }
    let short = run.shortName.map { " <small>\(escaped($0))</small>" } ?? ""
    return "<h3>\(escaped(run.title))\(short)</h3>\n<ul>\n\(links.joined(separator: "\n"))\n</ul>"
  }
}

/// A run and those of its files that a reader opens.
struct ListedRun {
  /// A file that a run may have, as the list names it.
  struct Kind {
    let file: String
    let title: String
    let format: String
  }

  let model: String
  /// The name of its folder.
  let run: String
  /// `Gloucestershire, 15 March 2018, central`; where it has no record that says so, its folders.
  let title: String
  /// What tells it from another of the same title; nil where the title does.
  let shortName: String?
  let files: [(kind: Kind, bytes: Int)]

  /// The title with what tells it apart.
  var name: String { title + (shortName.map { ", \($0)" } ?? "") }

  func address(of file: (kind: Kind, bytes: Int)) -> String {
    reportAddress(model: model, run: run, file: file.kind.file)
  }

  /// In the order in which they are listed. Papers come first.
  static let offered = [
    Kind(file: "capital-paper.html", title: "Education Capital", format: "web page"),
    Kind(file: "capital-paper.pdf", title: "Education Capital", format: "PDF"),
    Kind(file: "capital-paper.docx", title: "Education Capital", format: "Word"),
    Kind(file: "demographic-paper.html", title: "Demographic paper", format: "web page"),
    Kind(file: "demographic-paper.pdf", title: "Demographic paper", format: "PDF"),
    Kind(file: "demographic-paper.docx", title: "Demographic paper", format: "Word"),
    Kind(file: "workbook.xlsx", title: "Workbook of all tables", format: "Excel"),
    Kind(file: "tables/forecast.csv", title: "Pupil forecast", format: "CSV"),
    Kind(file: "tables/balance.csv", title: "Pupils against places", format: "CSV"),
  ]
}

/// Where a file of a run is served; a folder's name may hold what means something else in an address, such as `#`.
func reportAddress(model: String, run: String, file: String) -> String {
  ["reports", model, run, file].map {
    "/" + ($0.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? $0)
  }.joined()
}

/// `812 bytes`, `64 KB`, `1.2 MB`: in thousands and millions, rounded up, and never broken between two lines.
func shownSize(_ bytes: Int) -> String {
  if bytes < 1_000 { return "\(bytes)\u{a0}bytes" }
  if bytes <= 999_000 { return "\((bytes + 999) / 1_000)\u{a0}KB" }
  let tenths = (bytes + 99_999) / 100_000
  return "\(tenths / 10).\(tenths % 10)\u{a0}MB"
}

/// One message, such as the faults of a model.
struct MessagePage {
  let title: String
  var text = ""
  /// Lines that stand as they are, such as diagnostics.
  var lines = ""
  /// The address of a paper that is there all the same.
  var paper: String?

  var html: String {
    let words = text.isEmpty ? "" : "<p>\(escaped(text))</p>\n"
    let box = lines.isEmpty ? "" : "<pre>\(escaped(lines))</pre>\n"
    let link = paper.map { "<p><a href=\"\(escaped($0))\">Open the paper</a></p>\n" } ?? ""
    return document(
      title: title,
      body: """
        <h1>\(escaped(title))</h1>
        \(words)\(box)\(link)<p><a href="/">Back to the list</a></p>
        """)
  }
}

private func document(title: String, body: String) -> String {
  """
  <!DOCTYPE html>
  <html lang="en-GB">
  <head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>\(escaped(title))</title>
  <link rel="icon" href="data:,">
  <style>
  body { margin: 0 auto; padding: 1.5rem 1rem; max-width: 52rem; color: #1b1b1f; background: #fff; overflow-wrap: anywhere;
    font: 1.05rem/1.55 "Liberation Sans", Arial, Helvetica, sans-serif; }
  a { color: #0b4a8f; display: inline-block; padding: .2rem 0; vertical-align: top; }
  h3 { margin: 1.6rem 0 .4rem; }
  small { font-weight: normal; color: #55555f; }
  ul { margin: 0; padding-left: 1.2rem; }
  .for { position: absolute; left: -999rem; }
  select, input, button { font: inherit; padding: .35rem .6rem; max-width: 100%; }
  :focus-visible { outline: 3px solid #b35900; outline-offset: 2px; }
  pre { white-space: pre-wrap; background: #f2f3f7; padding: 1rem; }
  </style>
  </head>
  <body>
  <main>
  \(body)
  </main>
  </body>
  </html>

  """
}
