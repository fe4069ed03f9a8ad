import Foundation
import Testing

@testable import Papers

/// What a chart must show to every eye: whole names, ranges with edges, plots in line.
@Suite struct ChartLookTests {
  private func parsed(_ specification: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(specification.utf8)) as? [String: Any])
  }

  private func layers(_ chart: [String: Any]) throws -> [(mark: [String: Any], layer: [String: Any])] {
    try #require(chart["layer"] as? [[String: Any]]).map {
      (mark: ($0["mark"] as? [String: Any]) ?? [:], layer: $0)
    }
  }

  private func axis(_ layer: [String: Any], _ name: String) -> [String: Any]? {
    ((layer["encoding"] as? [String: Any])?[name] as? [String: Any])?["axis"] as? [String: Any]
  }

  private func dash(_ mark: [String: Any]) -> [Int]? { mark["strokeDash"] as? [Int] }

  @Test(
    arguments: [
      ("Stroud secondary", ["Stroud secondary"]), ("", []),
      ("Abbey / Matson / Upton", ["Abbey / Matson /", "Upton"]),
      (
        "Tewkesbury, Bishops Cleeve and Winchcombe secondary",
        ["Tewkesbury, Bishops", "Cleeve and", "Winchcombe secondary"]
      ),
      ("A Llanfairpwllgwyngyllgogerychwyrndrobwll B", ["A", "Llanfairpwllgwyngyllgogerychwyrndrobwll", "B"]),
    ])
  func `a name in lines of 20 letters`(_ name: String, lines: [String]) {
    #expect(wrapped(name, at: 20) == lines)
  }

  /// WCAG 1.4.11: 3 to 1 for what one must see to read a chart.
  @Test func `edges of ranges stand out from white and from every fill`() throws {
    for look in [RangeLook.wide, .narrow, .published] {
      let edge = try luminance(look.edge.colour)
      #expect(contrast(edge, 1) >= 3)
      for fill in [RangeLook.wide, .narrow, .published].map(\.fill) {
        #expect(contrast(edge, try luminance(fill)) >= 3, "\(look.edge.colour) on \(fill)")
      }
    }
    #expect(RangeLook.wide.edge.dash != RangeLook.narrow.edge.dash, "told apart without colour")
  }

  @Test func `a fan has both edges of both ranges, and a piece of each line before its label`() throws {
    let fan = FanChart(
      valueTitle: "Pupils", counted: [("2017/18", 90)],
      middle: [("2018/19", 100), ("2019/20", 110)],
      ranges: [
        .init(year: "2018/19", wide: 90...110, narrow: 95...105),
        .init(year: "2019/20", wide: 80...140, narrow: 90...120),
      ],
      places: [("2018/19", 105), ("2019/20", 105)])
    let layers = try layers(parsed(fan.specification))
    let edges = layers.filter {
      $0.mark["color"] as? String == RangeLook.edgeColour && $0.mark["type"] as? String == "line"
    }
    #expect(edges.map { dash($0.mark) } == [[4, 2], [1, 0]])
    for edge in edges {
      let values = try #require((edge.layer["data"] as? [String: Any])?["values"] as? [[String: Any]])
      #expect(values.map { $0["edge"] as? String } == ["low", "high", "low", "high"])
    }
    let pieces = layers.filter { $0.mark["type"] as? String == "rule" }
    let names = layers.filter { $0.mark["type"] as? String == "text" }.compactMap {
      (($0.layer["data"] as? [String: Any])?["values"] as? [[String: Any]])?.first?["name"] as? String
    }
    #expect(names == ["Middle", "8 in 10 futures", "19 in 20 futures", "Places"])
    #expect(pieces.map { dash($0.mark) } == [[1, 0], [1, 0], [4, 2], [3, 3]])
    #expect(ChartKind.of(fan.specification)?.valueTitle == "Pupils", "Excel can still draw it")
  }

  @Test func `what was counted stands out from what is projected`() throws {
    let points = [
      (year: "2016/17", value: 98.0), (year: "2017/18", value: 100), (year: "2018/19", value: 110),
    ]
    let chart = LineChart(
      valueTitle: "Pupils",
      series: [
        .init(name: "Reception", points: points, style: .second, counted: 2),
        .init(name: "Year 7", points: points, style: .main),
      ])
    let dotted = try layers(parsed(chart.specification)).filter { $0.mark["point"] != nil }
    #expect(dotted.count == 1)
    let values = (dotted.first?.layer["data"] as? [String: Any])?["values"] as? [[String: Any]]
    #expect(values?.map { $0["year"] as? String } == ["2016/17", "2017/18"])
    #expect(ChartKind.of(chart.specification)?.valueTitle == "Pupils", "Excel can still draw it")
  }

  @Test func `a published need has lines at both edges`() throws {
    let points = [(year: "2018/19", value: 100.0), (year: "2019/20", value: 110)]
    let chart = LineChart(
      valueTitle: "Pupils", series: [.init(name: "Pupils", points: points, style: .main)],
      band: (name: "Published need", points: points.map { ($0.year, 120, 130) }))
    let edges = try layers(parsed(chart.specification)).filter {
      $0.mark["type"] as? String == "line" && $0.mark["color"] as? String == RangeLook.edgeColour
    }
    #expect(edges.count == 2)
  }

  private func multiples(_ names: [String], columns: Int) throws -> [[String: Any]] {
    let chart = try parsed(
      SmallMultiples(
        panels: names.map {
          .init(
            name: $0,
            points: [.init(year: 2018, value: 1), .init(year: 2019, value: 2, range: 1...3, places: 2)])
        }, columns: columns
      ).specification)
    #expect(chart["align"] as? String == "all" && chart["bounds"] as? String == "flush")
    return try #require(chart["concat"] as? [[String: Any]])
  }

  @Test func `small charts bear whole names, and years at the foot of every column and nowhere else`() throws
  {
    let names = ["One", "Tewkesbury, Bishops Cleeve and Winchcombe secondary", "Three", "Four", "Five"]
    let panels = try multiples(names, columns: 3)
    #expect(panels.count == 5)
    for (index, panel) in panels.enumerated() {
      let layers = try layers(panel)
      let lines = layers.filter { $0.mark["type"] as? String == "text" }
      #expect(lines.compactMap { $0.mark["text"] as? String }.joined(separator: " ") == names[index])
      // The last line of every name is as high above its plot.
      let heights = lines.compactMap {
        (($0.layer["encoding"] as? [String: Any])?["y"] as? [String: Any])?["value"] as? Int
      }
      #expect(heights.last == -8 && heights == heights.sorted())
      #expect((axis(layers[0].layer, "x") != nil) == (index >= 2))
      #expect(layers.count { $0.mark["color"] as? String == RangeLook.edgeColour } == 2)
    }
    #expect(try multiples(["One"], columns: 3).allSatisfy { try axis(layers($0)[0].layer, "x") != nil })
    // A few fill the row.
    #expect(try multiples(["One"], columns: 3).first?["width"] as? Int == 550)
    #expect(try multiples(["One", "Two"], columns: 3).first?["width"] as? Int == 255)
    #expect(
      try panels.first?["width"] as? Int == multiples(["One", "Two", "Three"], columns: 3).first?["width"]
        as? Int)
  }

  @Test func `names beside bars are whole`() throws {
    let names = ["Ashchurch Primary replace temporary classrooms", "Short"]
    func specification(_ names: [String]) -> String {
      BarChart(bars: names.map { ($0, 1, "£1 million") }, valueTitle: "£ million").specification
    }
    #expect(ChartKind.of(specification(names))?.valueTitle == "£ million", "Excel can still draw it")
    let bars = try parsed(specification(names))
    #expect(axis(try layers(bars)[0].layer, "y")?["labelLimit"] as? Int == 0)
    #expect((bars["height"] as? [String: Any])?["step"] as? Int == 24)
    let long = try parsed(specification([names[0] + " by a block of four and a hall"]))
    #expect((long["height"] as? [String: Any])?["step"] as? Int == 40)
    let values = try #require((long["data"] as? [String: Any])?["values"] as? [[String: Any]])
    #expect((values[0]["name"] as? String)?.split(separator: "\n").map(\.count) == [46, 29])
  }
}
