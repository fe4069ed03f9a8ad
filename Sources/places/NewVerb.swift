import ArgumentParser
import Diagnostics
import Foundation
import ModelFiles
import Runs

struct NewVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Make a model that runs at once, on synthetic figures to be replaced.",
    discussion: """
      Writes Models/NAME and Datasets/NAME-…, every figure invented and labelled so; model.yaml and README.md say what to put in the \
      place of each. Nothing that exists is overwritten. It works in any folder: templates are found in the project that the program stands in.
      """)

  @Argument(help: "The name of the model's folder: small letters, digits and hyphens.")
  var name: String

  @Option(help: "The authority, such as 'Gloucestershire'; the name when it is left out.")
  var authority: String?

  @Option(help: "Its three digits, such as 916.")
  var code = "000"

  @Option(
    help: "The synthetic model to start from: below --root, or in the project that the program stands in.")
  var from = "exampleton"

  @Option(
    help: "The folder whose Models and Datasets it is written to; both are made where they are not there.")
  var root = "."

  @OptionGroup var answer: AnswerOptions

  func validate() throws {
    for (word, option) in [(name, "NAME"), (from, "--from")]
    where word.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) == nil {
      throw ValidationError(
        "\(option) is '\(word)': write small letters, digits and hyphens, such as my-county.")
    }
    if name.count > 60 { throw ValidationError("NAME has \(name.count) letters: write at most 60.") }
    if code.wholeMatch(of: /[0-9]{3}/) == nil {
      throw ValidationError("--code is '\(code)': write the department's three digits, such as 916.")
    }
    let title = authority ?? "a"
    if title.isEmpty || title.count > 100
      || title.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F })
    {
      throw ValidationError("--authority must be one line of at most 100 letters.")
    }
  }

  func run() throws {
    try answering(answer.format, nothingWas: "written") {
      let root = folder(self.root)
      let model = try NewModel(
        NewModelRequest(
          name: name, authority: authority ?? name.capitalized, code: code, root: root, template: from))
      try model.write(below: root)
      return Answer(
        text: """
          Written: Models/\(name) and \(model.folders.count - 1) data sets, all synthetic

          Run it:          places run Models/\(name)
          What to replace: Models/\(name)/README.md
          """,
        json: NewAnswer(name: name, model: model), warnings: DiagnosticList())
    }
  }
}

private struct NewAnswer: Encodable {
  let format = "places-new/1"
  let model: String
  let folders: [String]
  let replace: [NewModel.Replacement]

  init(name: String, model: NewModel) {
    self.model = name
    folders = model.folders.map(\.path)
    replace = model.replacements
  }
}
