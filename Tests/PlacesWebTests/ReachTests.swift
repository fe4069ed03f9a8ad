import Foundation
import Testing

@testable import PlacesWeb

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// Leaves redirects to the caller, who wants to see them.
private final class Staying: NSObject, URLSessionTaskDelegate, Sendable {
  func urlSession(
    _: URLSession, task _: URLSessionTask, willPerformHTTPRedirection _: HTTPURLResponse,
    newRequest _: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
  ) {
    completionHandler(nil)
  }
}

/// What the page reaches, and what it does not.
@Suite(.serialized) struct ReachTests {
  /// Each file is one that would be served, by its kind, if the path were not looked at.
  private func secrets(_ root: URL) throws {
    for folder in ["Reports/town", "Reports-private"] {
      try FileManager.default.createDirectory(
        at: root.appendingPathComponent(folder), withIntermediateDirectories: true)
    }
    for file in ["Reports/open.csv", "Reports/town/open.csv", "secret.csv", "Reports-private/secret.csv"] {
      try Data("a,b\n".utf8).write(to: root.appendingPathComponent(file))
    }
    try FileManager.default.createSymbolicLink(
      at: root.appendingPathComponent("Reports/link.csv"),
      withDestinationURL: root.appendingPathComponent("secret.csv"))
  }

  @Test func `only what lies below the reports folder is read`() async throws {
    try await serving { address, root in
      try secrets(root)
      for path in ["/reports/open.csv", "/reports/town/open.csv", "/reports/town/..%2fopen.csv"] {
        let found = try await answer(address + path)
        #expect(found.status == 200, "\(path)")
        #expect(found.text == "a,b\n")
      }
      for path in [
        "/reports/../secret.csv", "/reports/..%2fsecret.csv", "/reports/%2e%2e/secret.csv",
        "/reports/%2e%2e%2fsecret.csv", "/reports/town/..%2f..%2fsecret.csv", "/reports/link.csv",
        "/reports/..%2fReports-private%2fsecret.csv", "/reports/%252e%252e/secret.csv",
        "/reports/town", "/reports/", "/reports/none.csv", "/secret.csv",
      ] {
        let refusal = try await answer(address + path)
        #expect(refusal.status == 404, "\(path) answers \(refusal.status): \(refusal.text)")
        #expect(refusal.text.contains("There is no such page") && !refusal.text.contains("a,b"))
      }
    }
  }

  @Test func `a run sends the reader on to its paper`() async throws {
    try await serving { address, _ in
      var request = URLRequest(url: try #require(URL(string: address + "/run")))
      request.httpMethod = "POST"
      request.httpBody = Data("model=exampleton&scenario=central".utf8)
      let session = URLSession(configuration: .ephemeral, delegate: Staying(), delegateQueue: nil)
      defer { session.finishTasksAndInvalidate() }
      let (_, response) = try await session.data(for: request)
      let http = try #require(response as? HTTPURLResponse)
      #expect(http.statusCode == 303)
      let place = try #require(http.value(forHTTPHeaderField: "Location"))
      #expect(place.hasPrefix("/reports/exampleton/2018-03-01-central-"))
      #expect(place.hasSuffix("/capital-paper.html"))
      let folder = place.dropLast("capital-paper.html".count)
      for file in [
        "capital-paper.html", "run.json", "tables/forecast.csv", "tables/balance.csv", "tables/programme.csv",
      ] {
        let found = try await answer(address + folder + file)
        #expect(found.status == 200, "\(file)")
        #expect(!found.text.isEmpty)
      }
      let home = try await answer(address + "/").text
      let links = home.split(separator: "href=\"").dropFirst().compactMap { $0.split(separator: "\"").first }
        .filter { $0.hasPrefix("/reports/") }.map(String.init)
      let names = ["capital-paper.html", "demographic-paper.html", "workbook.xlsx"]
      #expect(links == (names + ["tables/forecast.csv", "tables/balance.csv"]).map { folder + $0 })
      for link in links where !link.hasSuffix("xlsx") {
        #expect(try await answer(address + link).status == 200, "\(link)")
      }
    }
  }

  /// Each would be looked for part by part, in time that grows with the square of their number.
  @Test func `an address longer than any file's is refused at once`() async throws {
    try await serving { address, root in
      try secrets(root)
      let start = ContinuousClock.now
      for path in [
        String(repeating: "a/", count: 30_000), String(repeating: "a/", count: 50),
        String(repeating: "a", count: 2_001), "open.csv?" + String(repeating: "a", count: 2_000),
      ] {
        let refusal = try await answer(address + "/reports/" + path)
        #expect(refusal.status == 414, "\(refusal.status)")
        #expect(refusal.text.contains("<h1>The address is too long</h1>"))
      }
      #expect(ContinuousClock.now - start < .seconds(5))
      #expect(try await answer(address + "/reports/%ff/open.csv").status == 404)
      #expect(try await answer(address + "/reports/" + String(repeating: "a/", count: 10)).status == 404)
    }
  }

  private func status(
    _ address: String, host: String? = nil, origin: String? = nil, post form: String? = nil
  ) async throws -> (status: Int, text: String) {
    var request = URLRequest(url: try #require(URL(string: address)))
    if let host { request.setValue(host, forHTTPHeaderField: "Host") }
    if let origin { request.setValue(origin, forHTTPHeaderField: "Origin") }
    if let form {
      request.httpMethod = "POST"
      request.httpBody = Data(form.utf8)
    }
    let (data, response) = try await URLSession.shared.data(for: request)
    return (try #require(response as? HTTPURLResponse).statusCode, String(decoding: data, as: UTF8.self))
  }

  /// A site whose name is made to lead to this machine asks under that name.
  @Test func `only this machine's own names are answered`() async throws {
    try await serving { address, root in
      try secrets(root)
      let port = try #require(address.split(separator: ":").last)
      for host in ["127.0.0.1:\(port)", "localhost:\(port)", "LOCALHOST", "127.0.0.1"] {
        for path in ["/", "/reports/open.csv"] {
          #expect(try await status(address + path, host: host).status == 200, "\(host)")
        }
      }
      for host in ["evil.example", "evil.example:\(port)", "127.0.0.1:1", "localhost.evil.example"] {
        for path in ["/", "/reports/open.csv", "/none"] {
          let refusal = try await status(address + path, host: host)
          #expect(refusal.status == 403, "\(host)\(path)")
          #expect(refusal.text.contains("Open http://127.0.0.1:\(port) instead."))
          #expect(!refusal.text.contains("a,b") && !refusal.text.contains("exampleton"))
        }
      }
    }
  }

  @Test func `another site's form starts no run`() async throws {
    try await serving { address, root in
      let port = try #require(address.split(separator: ":").last)
      let form = "model=exampleton&scenario=central"
      for origin in [
        "http://evil.example", "null", "http://localhost:\(port)", "http://127.0.0.1:1",
        "https://127.0.0.1:\(port)",
      ] {
        #expect(try await status(address + "/run", origin: origin, post: form).status == 403, "\(origin)")
      }
      #expect(!FileManager.default.fileExists(atPath: root.appendingPathComponent("Reports").path))
      #expect(try await status(address + "/run", origin: address, post: "model=nowhere").status == 404)
    }
  }

  @Test(arguments: [
    "model=nowhere", "model=", "scenario=central", "", "model=.", "model=exampleton%2f..%2fexampleton",
  ])
  func `a model that is not in the list is not run`(_ form: String) async throws {
    try await serving { address, root in
      let refusal = try await answer(address + "/run", post: form)
      #expect(refusal.status == 404)
      #expect(refusal.text.contains("Choose one from the list."))
      #expect(!FileManager.default.fileExists(atPath: root.appendingPathComponent("Reports").path))
    }
  }

  /// The central scenario would be run in its place.
  @Test(arguments: [
    "model=exampleton&scenario=%ff", "model=exampleton&scenario=%", "model=exampleton&scenario=late%zz",
    "model=exampleton&scenario", "model=exampleton&%ff=late-homes",
    "model=exampleton&scenario=central&scenario=late-homes",
  ])
  func `a form that cannot be read is not run`(_ form: String) async throws {
    try await serving { address, root in
      let refusal = try await answer(address + "/run", post: form)
      #expect(refusal.status == 400)
      #expect(refusal.text.contains("<h1>The form cannot be read</h1>"))
      #expect(refusal.text.contains("Nothing was run."))
      #expect(!FileManager.default.fileExists(atPath: root.appendingPathComponent("Reports").path))
    }
  }

  @Test func `a form that is too long is answered by a page`() async throws {
    try await serving { address, _ in
      let refusal = try await answer(
        address + "/run", post: "model=exampleton&scenario=" + String(repeating: "x", count: 12_000))
      #expect(refusal.status == 413)
      #expect(refusal.text.contains("<h1>The form is too long</h1>"))
      #expect(refusal.text.contains("<a href=\"/\">Back to the list</a>"))
    }
  }

  @Test func `the fields of a form`() {
    #expect(
      formFields("model=a+b&scenario=caf%C3%A9&x=1%3D2=3&y=") == [
        "model": "a b", "scenario": "café", "x": "1=2=3", "y": "",
      ])
    #expect(formFields("") == [:])
    #expect(formFields("a=%ff") == nil && formFields("a") == nil && formFields("a=1&a=1") == nil)
  }

  @Test func `a scenario that is not there gets the right word back`() async throws {
    try await serving { address, _ in
      let refusal = try await answer(address + "/run", post: "model=exampleton&scenario=late-home")
      #expect(refusal.status == 422)
      #expect(
        refusal.text.contains("error[E034]") && refusal.text.contains("<h1>There is no such scenario</h1>"))
      #expect(refusal.text.contains("did you mean &#39;late-homes&#39;?"))
    }
  }
}
