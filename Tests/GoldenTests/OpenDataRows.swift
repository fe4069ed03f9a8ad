import ModelFiles
import OpenData
import PlacePlanning
import Projection
import Runs
import Sufficiency
import TestSupport
import Testing

/// What the rows of published files say beside each other.
@Suite struct OpenDataRows {
  /// Pupils, places, short and spare of a row, by its keys. Totals of secondary areas count sixth forms among pupils alone, and are not here.
  private struct Row {
    let keys: [String]
    let pupils: Int
    let places: Int
    let short: Int
    let spare: Int
  }

  private func rows(of model: String) throws -> (authority: [Row], areas: [Row]) {
    let input = try check(ModelRequest(folder: Repository.file("Models/\(model)")))
    let pupils = try project(input.model)
    let codes = try #require(input.model.identity.openData)
    let files = try openDataFiles(
      input.model, codes, pupils, compare(pupils, with: input.model), suppressBelow: 0)
    func joined(_ forecast: OpenDataFile, _ places: OpenDataFile) throws -> [Row] {
      let counted = Dictionary(forecast.rows.map { (Array($0.dropLast(2)), $0[$0.count - 2]) }) { one, _ in
        one
      }
      return try places.rows.compactMap { row -> Row? in
        let keys = Array(row.dropLast(3))
        if keys.last == "Total", keys[keys.count - 2] != "Primary" { return nil }
        let figures = try row.suffix(3).map { try #require(Int($0)) }
        let pupils = try #require(counted[keys].flatMap { Int($0) })
        return Row(keys: keys, pupils: pupils, places: figures[0], short: figures[1], spare: figures[2])
      }
    }
    return (try joined(files[0], files[2]), try joined(files[1], files[3]))
  }

  /// Gloucestershire has no operating margin.
  @Test func `places less pupils are spare less short in every row, and areas add up`() throws {
    let (authority, areas) = try rows(of: "gloucestershire")
    #expect(authority.count > 100 && areas.count > 1_000)
    for row in authority + areas {
      #expect(row.places - row.pupils == row.spare - row.short, "\(row.keys)")
      #expect(row.short >= 0 && row.spare >= 0)
    }
    // The keys of an area's row are those of the authority's with its code and name, and another level.
    var sums: [[String]: (short: Int, spare: Int)] = [:]
    for row in areas {
      let key = [row.keys[0]] + row.keys.suffix(2)
      sums[key, default: (0, 0)].short += row.short
      sums[key, default: (0, 0)].spare += row.spare
    }
    for row in authority {
      let sum = sums[[row.keys[0]] + row.keys.suffix(2)]
      #expect(sum?.short == row.short && sum?.spare == row.spare, "\(row.keys)")
    }
  }

  /// The invented town keeps a twentieth of its primary places free.
  @Test func `with a margin more is short, and the same is spare`() throws {
    let cells = try rows(of: "exampleton").areas.filter { $0.keys.last != "Total" }
    for row in cells {
      let margin = row.keys[row.keys.count - 2] == "Primary" ? Double(row.pupils) * 0.05 : 0
      #expect(row.spare == max(0, row.places - row.pupils), "\(row.keys)")
      // Pupils and margin are each rounded.
      let short = max(0, Double(row.pupils - row.places) + margin)
      #expect(abs(Double(row.short) - short) < 1.1, "\(row.keys)")
    }
    // Sixty pupils in sixty places, of which three are to be free.
    #expect(cells.contains { $0.pupils == $0.places && $0.short == 3 })
  }
}
