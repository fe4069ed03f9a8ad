internal import Diagnostics
public import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import ModelFiles
internal import NIOCore
internal import Papers
internal import Runs

/// The small page: the models that are there, a button that runs one, and the runs made so far.
///
/// It listens on this machine only, answers only to its own address, and reads nothing outside its two folders.
public struct PlacesServer: Sendable {
  public let models: URL
  public let reports: URL
  /// A run takes its thread for long. Few threads serve pages, so it has another, and runs that are asked for together follow one another.
  let running = DispatchQueue(label: "places.run")

  /// The folder that holds the models, and the one that runs are written below.
  public init(models: URL, reports: URL) {
    self.models = models
    self.reports = reports
  }

  /// Serves until cancelled. `onRunning` is told the port, which matters when 0 was asked for. **Throws** ``PortRefused``.
  public func run(port: Int, onRunning: @escaping @Sendable (Int) -> Void) async throws {
    let router = Router(context: PageContext.self, options: .autoGenerateHeadEndpoints)
    router.add(middleware: OwnPages())
    router.add(middleware: ShortAddresses())
    router.add(middleware: MissingPages())
    router.get("/") { _, _ in
      htmlPage(HomePage(models: modelNames(), folder: shownPath(models), runs: runs()).html)
    }
    router.post("/run") { request, _ in try await answered(request) }
    router.get("/reports/**") { _, context in
      try file(context.parameters.getCatchAll().map(String.init))
    }
    var logger = Logger(label: "places")
    logger.logLevel = .warning
    let application = Application(
      router: router, configuration: .init(address: .hostname("127.0.0.1", port: port)),
      onServerRunning: { channel in onRunning(channel.localAddress?.port ?? port) },
      logger: logger)
    do {
      try await application.runService()
    } catch let error as IOError where [EADDRINUSE, EACCES].contains(error.errnoCode) {
      throw PortRefused(port: port, isTaken: error.errnoCode == EADDRINUSE)
    }
  }

  private func answered(_ request: Request) async throws -> Response {
    do {
      return await answered(form: String(buffer: try await request.body.collect(upTo: 10_000)))
    } catch is NIOTooManyBytesError {
      let text = "No scenario has so long a name. Nothing was run. Choose a model and a scenario again."
      return MessagePage(title: "The form is too long", text: text).response(.contentTooLarge)
    }
  }

  private func answered(form: String) async -> Response {
    await withCheckedContinuation { waiting in
      running.async { waiting.resume(returning: answer(form: form)) }
    }
  }

  private func answer(form: String) -> Response {
    guard let fields = formFields(form) else {
      let text = "It may have been changed on its way. Nothing was run. Choose a model and a scenario again."
      return MessagePage(title: "The form cannot be read", text: text).response(.badRequest)
    }
    guard let model = fields["model"], modelNames().contains(model) else {
      return MessagePage(title: "No such model", text: "Choose one from the list.").response(.notFound)
    }
    let scenario = fields["scenario"].flatMap { $0.isEmpty ? nil : $0 } ?? "central"
    do {
      let renderers = findRenderers()
      let drawing = renderers.charts?.begin()
      let run = try PlanningRun(
        ModelRequest(folder: models.appendingPathComponent(model), scenario: scenario), drawing: drawing)
      let written = try run.write(
        to: reports, renderer: renderers, formats: [.html, .csv, .xlsx], drawing: drawing)
      let warnings = remember(run, written, in: RunStore.file(in: reports))
      // Runs lie under the model's own name, whatever its folder is called.
      let path = reportAddress(
        model: written.record.model, run: written.folder.lastPathComponent, file: "capital-paper.html")
      guard warnings.diagnostics.isEmpty else {
        return MessagePage(
          title: "The run is written, and is not recorded", lines: warnings.text, paper: path
        )
        .response(.ok)
      }
      return Response(status: .seeOther, headers: [.location: path])
    } catch let list as DiagnosticList {
      let summary = list.summary(nothingWas: "written")
      let isOfOutput = list.errors.allSatisfy { [.outputInTheWay, .outputNotWritten].contains($0.code) }
      let isOfScenario = list.errors.allSatisfy { $0.code == .unknownScenario }
      let title =
        isOfOutput
        ? "The papers cannot be written"
        : isOfScenario ? "There is no such scenario" : "The model has faults"
      return MessagePage(title: title, lines: list.text + "\n\n" + summary).response(.unprocessableContent)
    } catch {
      return MessagePage(title: "This is our fault, not yours", lines: "\(error)").response(
        .internalServerError)
    }
  }

  /// A file below the reports folder; 404 for anything else, links out of it included.
  private func file(_ path: [String]) throws -> Response {
    let root = reports.resolvingSymlinksInPath().path + "/"
    let decoded = path.compactMap(\.removingPercentEncoding)
    guard decoded.count == path.count else { throw HTTPError(.notFound) }
    let url = decoded.reduce(reports) { $0.appendingPathComponent($1) }.resolvingSymlinksInPath()
    let types = [
      "html": "text/html; charset=utf-8", "csv": "text/csv; charset=utf-8",
      "json": "application/json; charset=utf-8",
      "svg": "image/svg+xml", "pdf": "application/pdf",
      "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
      "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ]
    guard url.path.hasPrefix(root), let type = types[url.pathExtension],
      let data = try? Data(contentsOf: url)
    else { throw HTTPError(.notFound) }
    return Response(
      status: .ok, headers: [.contentType: type],
      body: .init(byteBuffer: ByteBuffer(bytes: data)))
  }

  private func names(in folder: URL) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { !$0.hasPrefix(".") }.sorted()
  }

  /// The folders among the models: a file beside them, such as a README, is none.
  private func modelNames() -> [String] {
    names(in: models).filter { name in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(
        atPath: models.appendingPathComponent(name).path, isDirectory: &isFolder) && isFolder.boolValue
    }
  }

  private func runs() -> [ListedRun] {
    names(in: reports).flatMap { model in
      names(in: reports.appendingPathComponent(model)).compactMap { run -> ListedRun? in
        let folder = reports.appendingPathComponent("\(model)/\(run)")
        let files = ListedRun.offered.compactMap { kind in
          bytes(of: folder.appendingPathComponent(kind.file)).map { (kind: kind, bytes: $0) }
        }
        if files.isEmpty { return nil }
        // A folder that was renamed or copied is listed under its own name, not under that of the run it came from.
        let record = (try? RunRecord(in: folder)).flatMap { $0.model == model && $0.run == run ? $0 : nil }
        return ListedRun(
          model: model, run: run, title: record?.title ?? "\(model), \(run)", shortName: record?.shortName,
          files: files)
      }
    }
  }

  /// **Units** bytes; nil where there is no file.
  private func bytes(of file: URL) -> Int? {
    let path = file.resolvingSymlinksInPath().path
    return (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int
  }
}

/// The system does not give the port that was asked for.
public struct PortRefused: Error, CustomStringConvertible {
  public let port: Int
  /// Another program has it; else it is kept for the system's own programs.
  public let isTaken: Bool

  public var description: String {
    isTaken
      ? "port \(port) is in use by another program: end it, or name another port, or 0 for one that is free."
      : "port \(port) is kept for programs of the system: name one above 1023, or 0 for one that is free."
  }
}

extension MessagePage {
  func response(_ status: HTTPResponse.Status) -> Response { htmlPage(html, status) }
}

func htmlPage(_ html: String, _ status: HTTPResponse.Status = .ok) -> Response {
  Response(
    status: status, headers: [.contentType: "text/html; charset=utf-8"],
    body: .init(byteBuffer: ByteBuffer(string: html)))
}

/// `a=1&b=two+words` as a browser's form sends it; nil for what is none, such as `a=%ff`, `a`, or a field that stands twice.
func formFields(_ text: String) -> [String: String]? {
  var fields: [String: String] = [:]
  for pair in text.split(separator: "&") {
    let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      .compactMap { String($0).replacing("+", with: " ").removingPercentEncoding }
    guard parts.count == 2, fields.updateValue(parts[1], forKey: parts[0]) == nil else { return nil }
  }
  return fields
}
