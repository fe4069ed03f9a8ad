import Foundation
import PlacePlanning
import Testing

@testable import Papers

/// A folder of wheels with a chart library of our own making, to see what the renderer does with it.
private final class Wheels {
  let url = FileManager.default.temporaryDirectory.appendingPathComponent(
    "places-wheels-\(UUID().uuidString)")

  init(_ body: String) throws {
    let package = url.appendingPathComponent("vl_convert")
    try FileManager.default.createDirectory(at: package, withIntermediateDirectories: true)
    try Data(body.utf8).write(to: package.appendingPathComponent("__init__.py"))
  }

  deinit { try? FileManager.default.removeItem(at: url) }
}

private func figure(_ id: String) -> Figure {
  Figure(
    id: id, title: "A chart", alternative: "What it shows", specification: "{\"layer\": []}",
    table: Table(
      id: "t-\(id)", caption: "c", columns: [], rows: [], footnote: Footnote(sources: [], mark: .given)))
}

@Suite struct ChartHelperTests {
  private func failure(_ body: String, _ figures: [Figure]) throws -> String? {
    let wheels = try Wheels(body)
    do {
      _ = try ChartRenderer(wheels: wheels.url).render(figures)
      return nil
    } catch let failure as ChartRenderer.Failure {
      return failure.description
    }
  }

  @Test func `every chart comes back by its name`() throws {
    let wheels = try Wheels(
      "def vegalite_to_svg(spec, vl_version):\n    return '<svg>%d</svg>' % len(spec)\n")
    let charts = try ChartRenderer(wheels: wheels.url).render([figure("one"), figure("two")])
    let svg = "<svg role=\"img\"><title>A chart</title><desc>What it shows</desc>1</svg>"
    #expect(charts == ["one": svg, "two": svg])
  }

  @Test func `a helper that dies is a failure with its last words`() throws {
    let failure = try failure("import sys\nsys.exit('out of memory')\n", [figure("one")])
    #expect(failure == "the chart helper stopped: out of memory")
  }

  @Test func `a helper that dies half-way is a failure as well`() throws {
    let body = """
      import os
      def vegalite_to_svg(spec, vl_version):
          os._exit(9)
      """
    #expect(try failure(body, [figure("one")]) == "the chart helper stopped: no reason given")
  }

  @Test func `a helper that stops without a word and without a chart is a failure`() throws {
    let body = """
      import os
      def vegalite_to_svg(spec, vl_version):
          os._exit(0)
      """
    #expect(try failure(body, [figure("one")]) == "chart 'one' did not come back")
  }

  @Test func `a helper of several processes that dies half-way is a failure, and does not hang`() throws {
    let body = """
      import os
      def vegalite_to_svg(spec, vl_version):
          os._exit(9)
      """
    let figures = (1...9).map { figure("chart-\($0)") }
    #expect(try failure(body, figures)?.hasPrefix("the chart helper stopped: ") == true)
  }

  @Test func `pictures come with charts where they are asked for`() throws {
    let wheels = try Wheels(
      "def vegalite_to_svg(spec, vl_version):\n    return '<svg>x</svg>'\n\ndef svg_to_png(svg, scale):\n    return b'png'\n"
    )
    let renderer = ChartRenderer(wheels: wheels.url)
    #expect(try renderer.draw([figure("one")], withPictures: true)["one"]?.png == Data("png".utf8))
    #expect(try renderer.draw([figure("one")], withPictures: false)["one"]?.png == nil)
  }

  @Test func `one bad chart is named`() throws {
    let failure = try failure(
      "def vegalite_to_svg(spec, vl_version):\n    raise ValueError('no mark')\n", [figure("one")])
    #expect(failure == "chart 'one' cannot be drawn: no mark")
  }

  @Test func `no charts need no helper`() throws {
    #expect(try ChartRenderer(wheels: URL(fileURLWithPath: "/nowhere")).render([]) == [:])
  }

  @Test func `nothing is left in the temporary folder`() throws {
    let wheels = try Wheels("import sys\nsys.exit('no')\n")
    let before = try charts()
    _ = try? ChartRenderer(wheels: wheels.url).render([figure("one")])
    // Other tests draw at the same time; what this one made must go, whatever theirs do.
    var left = try charts().subtracting(before)
    for _ in 0..<100 where !left.isEmpty {
      Thread.sleep(forTimeInterval: 0.1)
      left.formIntersection(try charts())
    }
    #expect(left.isEmpty)
  }

  private func charts() throws -> Set<String> {
    let folder = FileManager.default.temporaryDirectory.path
    return Set(
      try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasPrefix("places-charts-") })
  }
}
