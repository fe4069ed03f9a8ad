import Foundation
import PlacePlanning
import TestSupport

/// `numpy_reference.json`: what `numpy_reference.py` computed without the program.
struct NumPyReference: Decodable {
  struct Provenance: Decodable {
    let what: String
    let script: String
    let numpy: String
    let scipy: String
  }

  /// Area, then the year groups of its phase, then years, the base year first. **Units** pupils.
  typealias Paths = [String: [[Double]]]

  struct Gloucestershire: Decodable {
    let intake: [String: Double]
    let survival: [String: Double]
    let progression: Double
    let cohorts: [String: [Double]]
    let shares: [String: [String: Double]]
    let newcomers: [String: Double]
    /// Area, then planned year groups, then projected years. **Units** places.
    let need: Paths
    let central: Paths
    let withoutHousing: Paths
  }

  struct Counted: Decodable {
    let intake: [String: Double]
    /// Year group, then area.
    let survival: [String: [String: Double]]
    let weight: [String: [String: Double]]
    let shares: [String: [String: Double]]
    let newcomers: [String: Double]
    let need: Paths?
    let central: Paths
    let withoutHousing: Paths
  }

  struct Site: Decodable {
    let primary: String
    let secondary: String
    let type: String
    let dwellings: Double
    let first: Int
    let rate: Double
  }

  struct SmallInputs: Decodable {
    let base: Int
    let horizon: Int
    let births: [String: Double]
    let futureFactor: Double
    let leavers: Double
    let birthShares: [String: Double]
    /// Area, then year group, then year.
    let rolls: [String: [String: [String: Double]]]
    let shares: [String: [String: Double]]
    let sites: [Site]
    let background: [String: Double]
    let yields: [String: [String: [Double]]]
  }

  struct Small: Decodable {
    let inputs: SmallInputs
    let observed: Counted
    let pattern: Counted
  }

  struct Raking: Decodable {
    let seed: [[Double]]
    let rows: [Double]
    let columns: [Double]
    let raked: [[Double]]
    let entropySearch: [[Double]]
  }

  struct Alignment: Decodable {
    let births: [String: Double]
    let futureFactor: Double
    let cohorts: [String: Double]
  }

  let provenance: Provenance
  let gloucestershire: Gloucestershire
  let exampleton: Counted
  let small: Small
  let raking: Raking
  let alignment: Alignment

  static let read = Result {
    try JSONDecoder().decode(
      NumPyReference.self,
      from: Data(contentsOf: Repository.file("Tests/ReferenceTests/numpy_reference.json")))
  }
}

extension PlanningAreaCode {
  /// Areas in the order of codes, as a reference prints them.
  static func sorted(_ texts: some Sequence<String>) -> [PlanningAreaCode] {
    texts.map { PlanningAreaCode($0) }.sorted()
  }
}
