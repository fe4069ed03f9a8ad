import Foundation
import PlacesWeb
import TestSupport
import Testing

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// Serves a copy of the town on a free port while the body runs.
func serving(
  _ body: @Sendable @escaping (_ address: String, _ copy: URL) async throws -> Void
) async throws {
  let copy = try ModelCopy()
  let root = copy.root
  let server = PlacesServer(
    models: root.appendingPathComponent("Models"), reports: root.appendingPathComponent("Reports"))
  let (ports, continuation) = AsyncStream<Int>.makeStream()
  try await withThrowingTaskGroup(of: Void.self) { group in
    group.addTask { try await server.run(port: 0) { continuation.yield($0) } }
    var iterator = ports.makeAsyncIterator()
    let port = try #require(await iterator.next())
    try await body("http://127.0.0.1:\(port)", root)
    group.cancelAll()
  }
  withExtendedLifetime(copy) {}
}

func answer(_ address: String, post form: String? = nil) async throws -> (status: Int, text: String) {
  var request = URLRequest(url: try #require(URL(string: address)))
  if let form {
    request.httpMethod = "POST"
    request.httpBody = Data(form.utf8)
  }
  let (data, response) = try await URLSession.shared.data(for: request)
  return (try #require(response as? HTTPURLResponse).statusCode, String(decoding: data, as: UTF8.self))
}

@Suite(.serialized) struct PlacesServerTests {
  @Test func `the page lists models, runs one and opens its paper`() async throws {
    try await serving { address, _ in
      let home = try await answer(address)
      #expect(home.status == 200)
      #expect(home.text.contains("<option value=\"exampleton\">"))
      #expect(home.text.contains("Nothing has been run yet."))
      // The answer to a run leads on to the paper, which the session follows.
      let paper = try await answer(address + "/run", post: "model=exampleton&scenario=late-homes")
      #expect(paper.status == 200)
      #expect(paper.text.contains("This is the scenario “late-homes”"))
      let list = try await answer(address).text
      #expect(list.contains("/reports/exampleton/2018-03-01-late-homes-"))
    }
  }

  @Test func `a model in a folder of another name leads on to its paper too`() async throws {
    try await serving { address, root in
      let models = root.appendingPathComponent("Models")
      try FileManager.default.moveItem(
        at: models.appendingPathComponent("exampleton"), to: models.appendingPathComponent("town of 2018"))
      let paper = try await answer(address + "/run", post: "model=town+of+2018&scenario=central")
      #expect(paper.status == 200, "\(paper.text.prefix(300))")
      #expect(paper.text.contains("Exampleton"))
    }
  }

  @Test func `a model with faults shows them in the same words, and writes nothing`() async throws {
    try await serving { address, root in
      let births = root.appendingPathComponent("Datasets/exampleton-births/data.csv")
      let text = try String(contentsOf: births, encoding: .utf8)
      try text.replacing("Southgate,2014,50", with: "Southgate,2014,").write(
        to: births, atomically: true, encoding: .utf8)
      let refusal = try await answer(address + "/run", post: "model=exampleton&scenario=central")
      #expect(refusal.status == 422)
      #expect(refusal.text.contains("error[E112]: &#39;births&#39; is blank"))
      #expect(!FileManager.default.fileExists(atPath: root.appendingPathComponent("Reports").path))
    }
  }

  @Test func `a run that was not recorded is said, and its paper is there all the same`() async throws {
    try await serving { address, root in
      let reports = root.appendingPathComponent("Reports")
      try FileManager.default.createDirectory(at: reports, withIntermediateDirectories: true)
      try Data("no store of runs".utf8).write(to: reports.appendingPathComponent("runs.sqlite"))
      let page = try await answer(address + "/run", post: "model=exampleton&scenario=central")
      #expect(page.status == 200)
      #expect(page.text.contains("warning[W700]: this run was not recorded"), "\(page.text)")
      let link = try #require(
        page.text.split(separator: "href=\"").dropFirst().compactMap { $0.split(separator: "\"").first }
          .first { $0.hasPrefix("/reports/") })
      #expect(try await answer(address + link).text.contains("Exampleton"))
    }
  }

  @Test func `a port that is in use is refused`() async throws {
    try await serving { address, root in
      let port = try #require(address.split(separator: ":").last.flatMap { Int($0) })
      let other = PlacesServer(models: root, reports: root)
      let refusal = try await #require(throws: PortRefused.self) { try await other.run(port: port) { _ in } }
      #expect(refusal.port == port && refusal.isTaken)
    }
  }

  @Test func `it reads nothing outside its folders`() async throws {
    try await serving { address, _ in
      for path in [
        "/reports/..%2fModels%2fexampleton%2fmodel.yaml", "/reports/%2e%2e/Datasets/x.csv", "/etc/passwd",
      ] {
        let refusal = try await answer(address + path)
        #expect(refusal.status == 404)
      }
      let refusal = try await answer(address + "/run", post: "model=..%2fModels&scenario=central")
      #expect(refusal.status == 404)
    }
  }
}
