import ArgumentParser
import Foundation
import PlacesWeb

struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Serve the models and papers on this machine, for a browser.")

  @Option(help: "The folder of models.")
  var models = "Models"

  @Option(help: "The folder of reports.")
  var reports = "Reports"

  @Option(help: "The port; 0 takes a free one.")
  var port = 8080

  @Option(help: "How to say where it serves: text on standard error, json on standard output.")
  var format = OutputFormat.text

  func validate() throws {
    // Beyond that the system would take another port than was asked for.
    if !(0...65_535).contains(port) { throw ValidationError("--port must lie between 0 and 65535.") }
  }

  func run() async throws {
    let server = PlacesServer(
      models: url(models), reports: url(reports))
    do {
      try await server.run(port: port) { port in
        say("Serving http://127.0.0.1:\(port) (stop with Ctrl-C)")
        if format == .json, let text = try? jsonText(ServeAnswer(port: port)) {
          FileHandle.standardOutput.write(Data((text + "\n").utf8))
        }
      }
    } catch let refusal as PortRefused {
      throw ValidationError("--port: \(refusal)")
    }
  }
}

private struct ServeAnswer: Encodable {
  let format = "places-serve/1"
  let url: String
  let port: Int

  init(port: Int) {
    self.port = port
    url = "http://127.0.0.1:\(port)"
  }
}
