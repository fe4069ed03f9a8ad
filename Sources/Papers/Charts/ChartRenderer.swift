public import Foundation

/// Draws figures in one helper process (Vega-Lite through Python).
public struct ChartRenderer: Sendable {
  /// The folder with the Python wheels; the helper finds them on its path.
  public let wheels: URL

  public init(wheels: URL) {
    self.wheels = wheels
  }

  /// Why nothing was drawn.
  public struct Failure: Error, CustomStringConvertible {
    public let description: String
  }

  /// A chart as pictures.
  public struct Chart: Sendable {
    /// With its title and its words inside.
    public let svg: String
    /// Where it was asked for.
    public let png: Data?

    public init(svg: String, png: Data? = nil) {
      self.svg = svg
      self.png = png
    }
  }

  private struct Answer: Decodable {
    let id: String
    let svg: String?
    let png: String?
    let error: String?
  }

  /// SVG by figure id. **Throws** `Failure` when the helper cannot be run or a chart cannot be drawn.
  public func render(_ figures: [Figure]) throws -> [String: String] {
    try draw(figures, withPictures: false).mapValues(\.svg)
  }

  /// Charts by figure id. **Throws** `Failure` when the helper cannot be run or a chart cannot be drawn.
  public func draw(_ figures: [Figure], withPictures: Bool) throws -> [String: Chart] {
    if figures.isEmpty { return [:] }
    let jobs = figures.map { figure in
      let specification = figure.specification.replacing("\n", with: " ")
      return "{\"id\": \(quoted(figure.id)), \"png\": \(withPictures), \"spec\": \(specification)}"
    }
    let helper = HelperProcess(name: "charts", title: "chart helper", wheels: [wheels])
    let answers: [Answer]
    do {
      answers = try helper.withFolder { try helper.answers(to: jobs, in: $0, as: Answer.self) }
    } catch let failure as HelperProcess.Failure {
      throw Failure(description: failure.description)
    }
    var charts: [String: Chart] = [:]
    for answer in answers {
      if let error = answer.error {
        throw Failure(description: "chart '\(answer.id)' cannot be drawn: \(error)")
      }
      guard let svg = answer.svg, let figure = figures.first(where: { $0.id == answer.id }) else { continue }
      charts[answer.id] = Chart(
        svg: described(svg, figure), png: answer.png.flatMap { Data(base64Encoded: $0) })
    }
    for figure in figures where charts[figure.id] == nil {
      throw Failure(description: "chart '\(figure.id)' did not come back")
    }
    return charts
  }

  /// The picture with its title and words, for whoever opens it by itself.
  private func described(_ svg: String, _ figure: Figure) -> String {
    guard let end = svg.firstIndex(of: ">"), svg.hasPrefix("<svg") else { return svg }
    let words = "<title>\(escaped(figure.title))</title><desc>\(escaped(figure.alternative))</desc>"
    return svg[..<end] + " role=\"img\">" + words + svg[svg.index(after: end)...]
  }

  private func quoted(_ text: String) -> String {
    let data = try? JSONEncoder().encode(text)
    return data.map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
  }
}
