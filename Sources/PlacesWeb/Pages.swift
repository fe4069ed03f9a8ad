internal import Papers

/// The list of models and runs.
struct HomePage {
  let models: [String]
  let runs: [ListedRun]

  var html: String {
    let options = models.map { "<option value=\"\(escaped($0))\">\(escaped($0))</option>" }
    let form =
      models.isEmpty
      ? "<p>There is no model in the Models folder.</p>"
      : """
      <form method="post" action="/run">
      <p><label for="model">Model</label><br>
      <select id="model" name="model">\(options.joined())</select></p>
      <p><label for="scenario">Scenario (the name of a file in the model's scenarios folder)</label><br>
      <input id="scenario" name="scenario" value="central"></p>
      <p><button type="submit">Run and open the paper</button></p>
      </form>
      """
    let links = runs.map { run in
      let files = run.files.map { file in
        let path = "/reports/\(run.model)/\(run.run)/\(file.name)"
        return "<a href=\"\(escaped(path))\">\(file.title)"
          + "<span class=\"for\"> of \(escaped(run.name))</span></a>"
      }
      return "<li>\(escaped(run.name)): \(files.joined(separator: ", "))</li>"
    }
    let list =
      runs.isEmpty ? "<p>Nothing has been run yet.</p>" : "<ul>\(links.joined(separator: "\n"))</ul>"
    return document(
      title: "Pupil places",
      body: "<h1>Pupil places</h1>\n<h2>Run a model</h2>\n\(form)\n<h2>Papers so far</h2>\n\(list)")
  }
}

/// A run and those of its files that a reader opens.
struct ListedRun {
  let model: String
  let run: String
  let files: [(name: String, title: String)]

  var name: String { "\(model), \(run)" }

  /// In the order in which they are listed. Papers come first.
  static let offered: [(name: String, title: String)] = [
    ("capital-paper.html", "Education Capital"), ("capital-paper.pdf", "Education Capital as PDF"),
    ("capital-paper.docx", "Education Capital as Word"), ("demographic-paper.html", "Demographic paper"),
    ("demographic-paper.pdf", "Demographic paper as PDF"),
    ("demographic-paper.docx", "Demographic paper as Word"), ("workbook.xlsx", "workbook"),
    ("tables/forecast.csv", "forecast as CSV"), ("tables/balance.csv", "balance as CSV"),
  ]
}

/// One message, such as the faults of a model.
struct MessagePage {
  let title: String
  let text: String
  /// The address of a paper that is there all the same.
  var paper: String?

  var html: String {
    let link = paper.map { "<p><a href=\"\(escaped($0))\">Open the paper</a></p>\n" } ?? ""
    return document(
      title: title,
      body: """
        <h1>\(escaped(title))</h1>
        <pre tabindex="0">\(escaped(text))</pre>
        \(link)<p><a href="/">Back to the list</a></p>
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
  body { margin: 0 auto; padding: 1.5rem 1rem; max-width: 52rem; color: #1b1b1f; background: #fff;
    font: 1.05rem/1.55 "Liberation Sans", Arial, Helvetica, sans-serif; }
  a { color: #0b4a8f; }
  .for { position: absolute; left: -999rem; }
  select, input, button { font: inherit; padding: .35rem .6rem; max-width: 100%; }
  :focus-visible { outline: 3px solid #b35900; outline-offset: 2px; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #f2f3f7; padding: 1rem; }
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
