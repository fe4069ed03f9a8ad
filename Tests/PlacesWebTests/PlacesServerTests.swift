import Foundation
import TestSupport
import Testing

@testable import PlacesWeb

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// Serves a copy of the town on a free port while the body runs.
func serving(
  _ body: @Sendable @escaping (_ address: String, _ copy: URL) async throws -> Void
) async throws {
  try await serving { address, root, _ in try await body(address, root) }
}

/// The same, with the queue of its runs.
private func serving(
  _ body: @Sendable @escaping (_ address: String, _ copy: URL, _ running: DispatchQueue) async throws -> Void
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
    try await body("http://127.0.0.1:\(port)", root, server.running)
    group.cancelAll()
  }
  withExtendedLifetime(copy) {}
}

func answer(
  _ address: String, method: String = "GET", post form: String? = nil
) async throws -> (status: Int, text: String) {
  var request = URLRequest(url: try #require(URL(string: address)))
  request.httpMethod = method
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
      #expect(try await answer(address, method: "HEAD") == (200, ""))
      #expect(home.status == 200)
      #expect(home.text.contains("<option value=\"exampleton\">"))
      #expect(home.text.contains("Nothing has been run yet."))
      #expect(home.text.contains("This can take a minute or more. The paper opens by itself."))
      // The answer to a run leads on to the paper, which the session follows.
      let paper = try await answer(address + "/run", post: "model=exampleton&scenario=late-homes")
      #expect(paper.status == 200)
      #expect(paper.text.contains("This is the scenario “late-homes”"))
      let list = try await answer(address).text
      #expect(list.contains("/reports/exampleton/2018-03-01-late-homes-"))
      #expect(list.contains("<h3>Exampleton, 1 March 2018, late-homes <small>"))
      #expect(list.contains(">Education Capital, web page, "))
    }
  }

  /// People who print need them. The PDF stands for one that was made before.
  @Test func `a run that is made again leaves its PDF where it is`() async throws {
    try await serving { address, root in
      #expect(try await answer(address + "/run", post: "model=exampleton").status == 200)
      let parent = root.appendingPathComponent("Reports/exampleton")
      let run = try #require(try FileManager.default.contentsOfDirectory(atPath: parent.path).first)
      let (pdf, file) = (
        parent.appendingPathComponent("\(run)/capital-paper.pdf"),
        parent.appendingPathComponent("\(run)/run.json")
      )
      try Data("%PDF".utf8).write(to: pdf)
      var record = try #require(
        try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
      let output = [
        "file": "capital-paper.pdf",
        "sha256": "315d429b7714cedb6ad04ac31240145257692630457f3c88253c5beceac76027",
      ]
      record["outputs"] = (record["outputs"] as? [Any] ?? []) + [output]
      try JSONSerialization.data(withJSONObject: record).write(to: file)
      #expect(try await answer(address + "/run", post: "model=exampleton").status == 200)
      #expect(try Data(contentsOf: pdf) == Data("%PDF".utf8))
      #expect(try await answer(address).text.contains(">Education Capital, PDF, 4\u{a0}bytes<"))
      // Nor does it replace what somebody has put there, which is no fault of the model.
      try Data("mine".utf8).write(to: parent.appendingPathComponent("\(run)/notes.txt"))
      let refusal = try await answer(address + "/run", post: "model=exampleton")
      #expect(refusal.status == 422)
      #expect(refusal.text.contains("<h1>The papers cannot be written</h1>"))
      #expect(refusal.text.contains("error[E602]"))
    }
  }

  @Test func `a folder that was copied is listed under its own name`() async throws {
    try await serving { address, root in
      #expect(try await answer(address + "/run", post: "model=exampleton").status == 200)
      let parent = root.appendingPathComponent("Reports/exampleton")
      let run = try #require(try FileManager.default.contentsOfDirectory(atPath: parent.path).first)
      try FileManager.default.copyItem(
        at: parent.appendingPathComponent(run), to: parent.appendingPathComponent("for the forum"))
      let list = try await answer(address).text
      #expect(list.contains("<h3>Exampleton, 1 March 2018, central <small>\(run.suffix(8))</small></h3>"))
      #expect(list.contains("<h3>exampleton, for the forum</h3>"))
    }
  }

  /// Else the list would say that nothing has been run, or lead nowhere.
  @Test(arguments: ["for the forum", "50% draft", "a#b", "a?b", "a%2fb", "x\"y<z>", "Über uns"])
  func `a run is listed whatever its folder is called and whichever papers it has`(_ name: String)
    async throws
  {
    try await serving { address, root in
      let folder = root.appendingPathComponent("Reports/exampleton/\(name)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data("%PDF".utf8).write(to: folder.appendingPathComponent("capital-paper.pdf"))
      let list = try await answer(address).text
      #expect(!list.contains("Nothing has been run yet."))
      let link = try #require(list.firstMatch(of: /href="(\/reports\/[^"]*)"/)?.output.1)
      let paper = try await answer(address + String(link))
      #expect(paper.status == 200 && paper.text == "%PDF", "\(link)")
    }
  }

  @Test func `a file beside the models is no model`() async throws {
    try await serving { address, root in
      try Data("mine".utf8).write(to: root.appendingPathComponent("Models/README.md"))
      let list = try await answer(address).text
      #expect(list.contains("<option value=\"exampleton\">") && !list.contains("README.md"))
      #expect(try await answer(address + "/run", post: "model=README.md").status == 404)
      try FileManager.default.removeItem(at: root.appendingPathComponent("Models/exampleton"))
      #expect(try await answer(address).text.contains("<p>There is no model in the folder /"))
    }
  }

  @Test(arguments: [
    (0, "0 bytes"), (999, "999 bytes"), (1_000, "1 KB"), (1_001, "2 KB"), (999_000, "999 KB"),
    (999_001, "1.0 MB"), (1_000_001, "1.1 MB"), (12_345_678, "12.4 MB"),
  ])
  func `a size is told in one short word`(_ bytes: Int, _ shown: String) {
    #expect(shownSize(bytes) == shown.replacing(" ", with: "\u{a0}"))
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

  @Test func `the list is served while runs wait for one another`() async throws {
    try await serving { address, _, running in
      running.suspend()
      let more = ProcessInfo.processInfo.activeProcessorCount + 1
      let runs = (0..<more).map { _ in
        Task { try await answer(address + "/run", post: "model=exampleton").status }
      }
      var lists: [Int?] = []
      for _ in 0..<more { lists.append(try? await answer(address).status) }
      running.resume()
      #expect(lists == lists.map { _ in 200 })
      for run in runs { try #expect(await run.value == 200) }
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
        #expect(refusal.text.contains("<h1>There is no such page</h1>"))
        #expect(refusal.text.contains("<a href=\"/\">Back to the list</a>"))
      }
      let refusal = try await answer(address + "/run", post: "model=..%2fModels&scenario=central")
      #expect(refusal.status == 404)
    }
  }
}
