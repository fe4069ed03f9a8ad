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

  func run() async throws {
    let server = PlacesServer(
      models: URL(fileURLWithPath: models), reports: URL(fileURLWithPath: reports))
    try await server.run(port: port) { port in
      say("Serving http://127.0.0.1:\(port) (stop with Ctrl-C)")
    }
  }
}
