import CapitalProgramme
import Foundation
import ModelFiles
import PlacePlanning
import Projection
import Sufficiency
import TestSupport
import Yams

/// A situation that a planner can write: a model, a scenario, and what must come out.
struct PlannerCase: Decodable, CustomStringConvertible {
  struct Expectation: Decodable {
    let area: String
    let year_group: String
    let year: String
    var pupils: Double?
    var pupils_without_housing: Double?
    var places: Double?
    var need: Double?
    var surplus: Double?
    var need_fe: Double?
  }

  let name: String
  let model: String
  let scenario: String
  let tolerance: Double
  var expect: [Expectation]?
  var programme: [String: Int]?

  var description: String { name }

  /// The cases of every file in `Cases`.
  static func all() throws -> [PlannerCase] {
    let folder = Repository.file("Tests/CaseTests/Cases")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    return try names.filter { $0.hasSuffix(".yaml") }.flatMap { name in
      try YAMLDecoder().decode(
        [PlannerCase].self, from: String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8))
    }
  }

  struct Unreadable: Error {
    let what: String
  }

  /// What differs from the expectations; empty when the case holds.
  func differences() throws -> [String] {
    let folder = Repository.file("Models/\(model)")
    let model = try validate(load(ModelRequest(folder: folder, scenario: scenario))).model
    let pupils = try project(model)
    let balance = compare(pupils, with: model)
    let programme = prioritise(model.schemes, for: balance)
    var differences: [String] = []
    func hold(_ what: String, _ found: Double?, _ wanted: Double?) {
      guard let wanted else { return }
      if let found, abs(found - wanted) <= tolerance { return }
      differences.append("\(what): found \(found.map { "\($0)" } ?? "nothing"), wanted \(wanted)")
    }
    for wanted in expect ?? [] {
      guard let yearGroup = YearGroup(label: wanted.year_group), let year = AcademicYear(label: wanted.year)
      else { throw Unreadable(what: "\(wanted.year_group) \(wanted.year)") }
      let area = PlanningAreaCode(wanted.area)
      let label = "\(wanted.area) \(wanted.year_group) \(wanted.year)"
      let cell = balance[area, yearGroup, year]
      hold("\(label) pupils", pupils.central[area, yearGroup, year], wanted.pupils)
      hold(
        "\(label) pupils_without_housing", pupils.centralWithoutHousing[area, yearGroup, year],
        wanted.pupils_without_housing)
      hold("\(label) places", cell?.places, wanted.places)
      hold("\(label) need", cell?.need, wanted.need)
      hold("\(label) surplus", cell?.surplus, wanted.surplus)
      hold("\(label) need_fe", cell?.needInForms.forms, wanted.need_fe)
    }
    for (column, wanted) in (self.programme ?? [:]).sorted(by: { $0.key < $1.key }) {
      let source = FundingSource(rawValue: column)
      let found = column == "total" ? programme.total : source.map { programme.total($0) }
      hold("programme \(column)", found.map(Double.init), Double(wanted))
    }
    return differences
  }

  /// The same case with its first expectation made wrong: a runner that lets it pass is no runner.
  var falsified: PlannerCase {
    var wrong = self
    if var first = wrong.expect?.first {
      if let pupils = first.pupils {
        first.pupils = pupils + 1
      } else {
        first.places = (first.places ?? 0) + 1
      }
      wrong.expect?[0] = first
    } else if let column = wrong.programme?.keys.sorted().first {
      wrong.programme?[column]? += 1
    }
    return wrong
  }
}
