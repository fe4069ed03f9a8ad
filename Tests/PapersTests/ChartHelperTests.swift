import Foundation
import PlacePlanning
import TestSupport
import Testing

@testable import Papers

/// A folder of wheels with a chart library of our own making, to see what the renderer does with it.
private func chartLibrary(_ body: String) throws -> TemporaryFolder {
  let folder = try TemporaryFolder()
  try folder.write(body, to: "vl_convert/__init__.py")
  return folder
}

private let padding = String(repeating: "x", count: 200)

private func figure(_ id: String, specification: String = "{\"layer\": []}") -> Figure {
  Figure(
    id: id, title: "A chart", alternative: "What it shows", specification: specification,
    table: Table(
      id: "t-\(id)", caption: "c", columns: [], rows: [], footnote: Footnote(sources: [], mark: .given)))
}

@Suite struct ChartHelperTests {
  private func failure(_ body: String, _ figures: [Figure]) throws -> String? {
    let wheels = try chartLibrary(body)
    do {
      _ = try ChartRenderer(wheels: wheels.url).render(figures)
      return nil
    } catch let failure as RendererFailure {
      return failure.description
    }
  }

  @Test func `every chart comes back by its name`() throws {
    let wheels = try chartLibrary(
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

  @Test func `a helper that dies before it has read its jobs is a failure, and does not end the program`()
    throws
  {
    // More than a pipe holds.
    let many = (1...2000).map { figure("chart-\($0)", specification: "{\"layer\": [\($0), \"\(padding)\"]}") }
    #expect(try failure("import os\nos._exit(9)\n", many) == "the chart helper stopped: no reason given")
  }

  @Test func `a chart becomes a picture`() throws {
    let wheels = try chartLibrary("def svg_to_png(svg, scale):\n    return svg.encode() + b'!'\n")
    let renderer = ChartRenderer(wheels: wheels.url)
    #expect(try renderer.pictures(of: ["one": "<svg/>"]) == ["one": Data("<svg/>!".utf8)])
  }

  @Test func `a chart that cannot become a picture is named`() throws {
    let wheels = try chartLibrary("def svg_to_png(svg, scale):\n    raise ValueError('too large')\n")
    #expect {
      _ = try ChartRenderer(wheels: wheels.url).pictures(of: ["one": "<svg/>"])
    } throws: {
      "\(($0 as? RendererFailure)?.description ?? "")"
        == "the picture of chart 'one' cannot be made: too large"
    }
  }

  @Test func `charts begun early are those drawn at the end, each drawn once`() throws {
    let wheels = try chartLibrary(
      """
      count = 0
      def vegalite_to_svg(spec, vl_version):
          global count
          if 'name' not in spec:
              raise ValueError('the chart of nothing fails, and does no harm')
          count += 1
          return '<svg>%s: %d</svg>' % (spec['name'], count)
      """)
    let (one, two) = (
      figure("one", specification: "{\"name\": \"one\"}"), figure("two", specification: "{\"name\": \"two\"}")
    )
    let drawing = ChartRenderer(wheels: wheels.url).begin()
    drawing.add([one])
    drawing.add([one])
    let charts = try drawing.finish([one, two])
    #expect(charts["one"]?.hasSuffix("one: 1</svg>") == true)
    #expect(charts["two"]?.hasSuffix("two: 2</svg>") == true)
  }

  @Test func `a chart that failed and is not wanted at the end does no harm`() throws {
    let wheels = try chartLibrary(
      """
      def vegalite_to_svg(spec, vl_version):
          return spec['name'].join(['<svg>', '</svg>'])
      """)
    let good = figure("good", specification: "{\"name\": \"good\"}")
    let drawing = ChartRenderer(wheels: wheels.url).begin()
    drawing.add([figure("bad")])
    #expect(try drawing.finish([good]).keys.sorted() == ["good"])
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
    let wheels = try chartLibrary("import sys\nsys.exit('no')\n")
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
