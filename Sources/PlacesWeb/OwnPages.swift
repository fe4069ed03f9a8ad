internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// A request, with the port that it came in by.
struct PageContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  let port: Int?

  init(source: Source) {
    coreContext = .init(source: source)
    port = source.channel.localAddress?.port
  }
}

/// Lets in what a browser on this machine asks of this server by its own address, and nothing that another site asks through it.
///
/// A site whose name is made to lead here could read the papers else (DNS rebinding: its name stands in `Host`), and any site could
/// start a run by posting a form (its address stands in `Origin`).
struct OwnPages: RouterMiddleware {
  func handle(
    _ request: Request, context: PageContext,
    next: (Request, PageContext) async throws -> Response
  ) async throws -> Response {
    guard let host = request.head.authority?.lowercased(), isOwn(host, context.port),
      request.method != .post || comesFrom(host, request.headers)
    else {
      let address = "http://127.0.0.1" + (context.port.map { ":\($0)" } ?? "")
      let text =
        "This page answers only to this machine, under its own address, so that no other site can read the papers or start a run. "
        + "Open \(address) instead."
      return MessagePage(title: "Not under this address", text: text).response(.forbidden)
    }
    return try await next(request, context)
  }

  /// This machine by name or number, with the port in use or none.
  private func isOwn(_ host: String, _ port: Int?) -> Bool {
    let behind = port.map { ["", ":\($0)"] } ?? [""]
    return ["127.0.0.1", "localhost"].contains { name in behind.contains { host == name + $0 } }
  }

  /// Whether a form was sent from a page of this server, or by a program that says nothing of pages.
  private func comesFrom(_ host: String, _ headers: HTTPFields) -> Bool {
    headers[values: .origin].allSatisfy { $0.lowercased() == "http://\(host)" }
  }
}

/// Looks for nothing under an address that no file of a run has: finding out would take longer with the square of its length.
struct ShortAddresses: RouterMiddleware {
  /// **Units** bytes, and parts between strokes.
  private static let longest = (bytes: 2_000, parts: 40)

  func handle(
    _ request: Request, context: PageContext,
    next: (Request, PageContext) async throws -> Response
  ) async throws -> Response {
    let address = request.head.path?.utf8 ?? "".utf8
    guard address.count <= Self.longest.bytes,
      address.count(where: { $0 == UInt8(ascii: "/") }) <= Self.longest.parts
    else {
      let text = "No page or file here has an address of that length. The list shows all that is there."
      return MessagePage(title: "The address is too long", text: text).response(.uriTooLong)
    }
    return try await next(request, context)
  }
}

/// What is not there, file or page, is answered with a page that leads back to the list; to a program that asks for the head of an
/// answer alone, without it.
struct MissingPages: RouterMiddleware {
  func handle(
    _ request: Request, context: PageContext,
    next: (Request, PageContext) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch let error as HTTPError where error.status == .notFound && request.method != .head {
      let text =
        "The address may be misspelt, or its run may have been removed since. The list shows all that is there."
      return MessagePage(title: "There is no such page", text: text).response(.notFound)
    }
  }
}
