public import Foundation
internal import Synchronization

/// Draws figures in one helper process (Vega-Lite through Python).
public struct ChartRenderer: Sendable {
  /// The folder with the Python wheels; the helper finds them on its path.
  public let wheels: URL

  /// Nothing is looked for yet; a folder without the wheels fails when something is drawn.
  public init(wheels: URL) { self.wheels = wheels }

  fileprivate struct Answer: Decodable {
    let id: String
    let svg: String?
    let png: String?
    let error: String?
  }

  /// SVG by figure id, each with its title and its words inside. **Throws** `RendererFailure` when the helper cannot be run or a chart
  /// cannot be drawn.
  public func render(_ figures: [Figure]) throws -> [String: String] {
    if figures.isEmpty { return [:] }
    return try ChartDrawing(helper).finish(figures)
  }

  /// Starts the helper in the background. Figures may be added at once; failures are reported when they are asked for.
  public func begin() -> ChartDrawing {
    let drawing = ChartDrawing(helper)
    drawing.warmUp()
    return drawing
  }

  /// PNG pictures of charts, by figure id. **Throws** `RendererFailure` when the helper cannot be run or a picture cannot be made.
  public func pictures(of charts: [String: String]) throws -> [String: Data] {
    if charts.isEmpty { return [:] }
    let jobs = try charts.sorted { $0.key < $1.key }.map { try jobLine(["id": $0.key, "svg": $0.value]) }
    let answers = try helper.withFolder { try helper.answers(to: jobs, in: $0, as: Answer.self) }
    var pictures: [String: Data] = [:]
    for answer in answers {
      if let error = answer.error {
        throw RendererFailure("the picture of chart '\(answer.id)' cannot be made: \(error)")
      }
      pictures[answer.id] = answer.png.flatMap { Data(base64Encoded: $0) }
    }
    return pictures
  }

  private var helper: HelperProcess {
    HelperProcess(name: "charts", title: "chart helper", wheels: [wheels])
  }
}

/// Charts that are drawn in the background while other things are done. The result does not depend on timing.
public final class ChartDrawing: Sendable {
  private struct State {
    /// Where the helper works; nil once it has ended.
    var place: (helper: RunningHelper, folder: URL)?
    /// The job of each specification.
    var jobs: [String: Int] = [:]
  }

  private let state = Mutex(State())
  private let failure: String?

  fileprivate init(_ helper: HelperProcess) {
    do {
      let folder = try helper.newFolder()
      do {
        let running = try helper.start(in: folder)
        state.withLock { $0.place = (running, folder) }
      } catch {
        try? FileManager.default.removeItem(at: folder)
        throw error
      }
      failure = nil
    } catch {
      failure = "\(error)"
    }
  }

  deinit {
    guard let place = state.withLock({ $0.place }) else { return }
    place.helper.stop()
    try? FileManager.default.removeItem(at: place.folder)
  }

  /// Warms the helper up with an empty chart, whose result is ignored: its first chart takes most of a second.
  fileprivate func warmUp() {
    state.withLock {
      $0.place?.helper.send([
        "{\"id\": \"first\", \"spec\": {\"mark\": \"line\", \"data\": {\"values\": []}, \"encoding\": {}}}"
      ])
    }
  }

  /// Hands over figures without waiting; what is drawn already, or waits to be, is not drawn twice.
  public func add(_ figures: [Figure]) {
    state.withLock { state in
      for figure in figures where state.jobs[figure.specification] == nil {
        let id = state.jobs.count
        state.jobs[figure.specification] = id
        let specification = figure.specification.replacing("\n", with: " ")
        state.place?.helper.send(["{\"id\": \"\(id)\", \"spec\": \(specification)}"])
      }
    }
  }

  /// SVG of these figures by their ids, once all are drawn; then nothing more can be added. **Throws** `RendererFailure` when
  /// the helper cannot be run or one of these charts cannot be drawn.
  public func finish(_ figures: [Figure]) throws -> [String: String] {
    if let failure { throw RendererFailure(failure) }
    add(figures)
    let (place, jobs) = state.withLock { state in
      defer { state.place = nil }
      return (state.place, state.jobs)
    }
    guard let place else { throw RendererFailure("the charts were asked for twice") }
    defer { try? FileManager.default.removeItem(at: place.folder) }
    var answers: [String: ChartRenderer.Answer] = [:]
    for line in try place.helper.finish() {
      let answer = try JSONDecoder().decode(ChartRenderer.Answer.self, from: line)
      answers[answer.id] = answer
    }
    var charts: [String: String] = [:]
    for figure in figures {
      let answer = jobs[figure.specification].flatMap { answers[String($0)] }
      if let error = answer?.error {
        throw RendererFailure("chart '\(figure.id)' cannot be drawn: \(error)")
      }
      guard let svg = answer?.svg else {
        throw RendererFailure("chart '\(figure.id)' did not come back")
      }
      charts[figure.id] = described(svg, figure)
    }
    return charts
  }
}

/// The picture with its title and words, for whoever opens it by itself.
private func described(_ svg: String, _ figure: Figure) -> String {
  guard let end = svg.firstIndex(of: ">"), svg.hasPrefix("<svg") else { return svg }
  let words = "<title>\(escaped(figure.title))</title><desc>\(escaped(figure.alternative))</desc>"
  return svg[..<end] + " role=\"img\">" + words + svg[svg.index(after: end)...]
}
