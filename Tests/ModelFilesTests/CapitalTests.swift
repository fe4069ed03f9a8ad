import Diagnostics
import Foundation
import PlacePlanning
import TestSupport
import Testing

@testable import ModelFiles

/// A fault in a capital file of the invented town, and what is found: code, place and words.
struct CapitalFault: CustomTestStringConvertible, Sendable {
  let testDescription: String
  /// File, text, new text; a blank text for a new file.
  let changes: [[String]]
  let wanted: [String]

  init(_ what: String, _ changes: [String]..., finds wanted: String...) {
    testDescription = what
    self.changes = changes
    self.wanted = wanted
  }

  init(_ what: String, changes: [[String]], finds wanted: String...) {
    testDescription = what
    self.changes = changes
    self.wanted = wanted
  }

  /// `E113 schemes:2:45 'cost' is -1`; codes in `leavingOut` are not looked at.
  func found(leavingOut codes: [DiagnosticCode] = []) throws -> [String] {
    let copy = try ModelCopy()
    try copy.make(changes)
    return try copy.findings().sorted.diagnostics.filter { !codes.contains($0.code) }.map {
      let place = copy.withoutRoot($0.location.description)
        .replacingOccurrences(of: "Datasets/exampleton-", with: "")
        .replacingOccurrences(of: "Models/exampleton/", with: "")
        .replacingOccurrences(of: "/data.csv", with: "")
        .replacingOccurrences(of: "/data.schema.yaml", with: "-schema")
      return "\($0.code.rawValue) \(place) \($0.what)"
    }
  }

  static let model = "Models/exampleton/model.yaml"
  static let assumptions = "Models/exampleton/assumptions/programme.yaml"
  static let schemes = data("schemes")
  static let profiles = data("scheme-profiles")
  static let pots = data("funding-pots")
  static let receipts = data("pot-receipts")
  static let deeds = data("section-106")
  static let borrowing = data("borrowing")
  static let rivals = data("rival-plans")
  static let schools = data("schools")

  /// The chance of longer building of a class, in front of the spread of its overruns or of another class's.
  static func longer(_ name: String, _ value: Double, then next: String? = nil) -> String {
    """
    delivery.\(name).year_longer:
      title: Chance of a further year of building
      unit: probability
      value: \(value)
      source: places-project
      mark: assumed
      quality: red
      impact: green
    delivery.\(next ?? name).overrun_spread:

    """
  }

  private static func data(_ name: String) -> String { "Datasets/exampleton-\(name)/data.csv" }
  static func schema(_ name: String) -> String { "Datasets/exampleton-\(name)/data.schema.yaml" }
}

extension CapitalFault {
  static let ofThePlan = [
    CapitalFault(
      "schemes without profiles",
      [model, "  scheme_profiles: exampleton-scheme-profiles\n", ""],
      finds: "E013 model.yaml:23:1 'data' has no 'scheme_profiles'"),
    CapitalFault(
      "pots without receipts",
      [model, "  pot_receipts: exampleton-pot-receipts\n", ""],
      finds: "E013 model.yaml:23:1 'data' has no 'pot_receipts'"),
    CapitalFault(
      "receipts without pots",
      [model, "  funding_pots: exampleton-funding-pots\n", ""],
      finds: "E013 model.yaml:23:1 'data' has no 'funding_pots'"),
    CapitalFault(
      "kinds to borrow for, and no borrowing",
      [model, "  borrowing: exampleton-borrowing\n", ""],
      [model, "horizon_years: 6", "horizon_years: 6\nborrowing_pays_for: [expansion]"],
      finds: "E012 assumptions/programme.yaml:226:1 nothing uses assumption 'borrowing.limit_factor'",
      "E013 model.yaml:18:1 model.yaml has 'borrowing_pays_for', but 'data' has no 'borrowing'"),
    CapitalFault(
      "a kind to borrow for that does not exist",
      [model, "horizon_years: 6", "horizon_years: 6\nborrowing_pays_for: [expansion, new_scool, zoo]"],
      finds: "E014 model.yaml:18:33 'borrowing_pays_for' has 'new_scool'",
      "E014 model.yaml:18:44 'borrowing_pays_for' has 'zoo'"),
    CapitalFault(
      "an assumption that is missing, and one out of its range",
      [assumptions, "programme.interest:", "programme.intrest:"],
      [assumptions, "value: 0.035", "value: 0.35"],
      finds: "E012 assumptions/programme.yaml:10:1 nothing uses assumption 'programme.intrest'",
      "E014 assumptions/programme.yaml:26:1 'programme.discount_rate' is 0.35 share/year",
      "E013 model.yaml assumption 'programme.interest' is not defined"),
    CapitalFault(
      "a reference class without its assumptions",
      [schemes, "building,0,2018/19", "bulding,0,2018/19"],
      finds: "E201 schemes:3:108 there is no reference class 'bulding'"),
    CapitalFault(
      "a reference class without one of its assumptions",
      [assumptions, "delivery.building.mean_overrun:", "delivery.building.mean_overun:"],
      finds: "E012 assumptions/programme.yaml:186:1 nothing uses assumption 'delivery.building.mean_overun'",
      "E013 model.yaml assumption 'delivery.building.mean_overrun' is not defined"),
    CapitalFault(
      "a chance of longer building out of its range, and one of no class",
      [assumptions, "delivery.small.overrun_spread:\n", longer("small", 1.5)],
      [assumptions, "delivery.building.overrun_spread:\n", longer("bulding", 0.2, then: "building")],
      finds: "E012 assumptions/programme.yaml:194:1 nothing uses assumption 'delivery.bulding.year_longer'",
      "E014 assumptions/programme.yaml:226:1 'delivery.small.year_longer' is 1.5 probability"),
    CapitalFault(
      "a repayment that is neither the one nor the other",
      [assumptions, "  unit: choice\n  value: 0", "  unit: choice\n  value: 0.5"],
      finds: "E014 assumptions/programme.yaml:18:1 'programme.mrp_annuity' is 0.5 choice"),
  ]

  /// Rival plans that say when their schemes start.
  static let ofStarts = [
    CapitalFault(
      "no scheme to be started as approved",
      changes: starts("", "", "as_approved")),
    CapitalFault(
      "a scheme without an approved start, to be started as approved",
      changes: starts("as_approved", "best", ""),
      finds:
        "E014 rival-plans:2:37 plan 'bulge' starts 'south_bulge' as approved, which has no 'approved_start'"),
    CapitalFault(
      "a start that is no word of ours",
      changes: starts("", "soon", ""),
      finds: "E115 rival-plans:3:34 the program does not know the word 'soon'"),
  ]

  private static func starts(_ bulge: String, _ expand: String, _ wait: String) -> [[String]] {
    [
      [
        schema("rival-plans"), "key: [plan_key]",
        "  starts: { type: word, words: [best, as_approved, soon], optional: yes }\nkey: [plan_key]",
      ],
      [rivals, "schemes\n", "schemes,starts\n"], [rivals, "P2,south_bulge\n", "P2,south_bulge,\(bulge)\n"],
      [rivals, "P2,south\n", "P2,south,\(expand)\n"], [rivals, "Wait,P2,\n", "Wait,P2,,\(wait)\n"],
    ]
  }

  /// Beside these, every assumption of the programme is one that nothing uses (E012).
  static let withoutSchemes =
    CapitalFault(
      "other data sets of capital without schemes, and their assumptions",
      [model, "  schemes: exampleton-schemes\n", ""],
      [model, "horizon_years: 6", "horizon_years: 6\nborrowing_pays_for: [expansion]"],
      finds: "E013 model.yaml:18:1 model.yaml has 'borrowing_pays_for', but 'data' has no 'schemes'",
      "E013 model.yaml:24:1 'data' has 'borrowing' but no 'schemes'",
      "E013 model.yaml:24:1 'data' has 'funding_pots' but no 'schemes'",
      "E013 model.yaml:24:1 'data' has 'neighbours' but no 'schemes'",
      "E013 model.yaml:24:1 'data' has 'pot_receipts' but no 'schemes'",
      "E013 model.yaml:24:1 'data' has 'rival_plans' but no 'schemes'",
      "E013 model.yaml:24:1 'data' has 'scheme_profiles' but no 'schemes'",
      "E013 model.yaml:24:1 'data' has 'schools' but no 'schemes'",
      "E013 model.yaml:24:1 'data' has 'section_106' but no 'schemes'")
}

/// Every fault of the capital files, in its exact words.
@Suite struct CapitalTests {
  @Test(arguments: CapitalFault.ofThePlan)
  func `the plan as a whole`(_ fault: CapitalFault) throws {
    #expect(try fault.found() == fault.wanted)
  }

  @Test(arguments: CapitalFault.ofSchemes)
  func `schemes`(_ fault: CapitalFault) throws {
    #expect(try fault.found() == fault.wanted)
  }

  @Test(arguments: CapitalFault.ofSchools)
  func `schools that schemes name`(_ fault: CapitalFault) throws {
    #expect(try fault.found() == fault.wanted)
  }

  @Test func `a scheme's school is read with its name and area`() throws {
    let copy = try ModelCopy()
    let schemes = try #require(try copy.check().model.capital).schemes
    let south = "South Primary School"
    #expect(schemes.map { $0.school?.name } == ["Castle School", "North Primary School", south, south])
    let north = School(code: "north_primary", name: "North Primary School", area: PlanningAreaCode("P1"))
    #expect(schemes[1].school == north)
  }

  @Test(arguments: CapitalFault.ofStarts)
  func `when rival plans start their schemes`(_ fault: CapitalFault) throws {
    #expect(try fault.found() == fault.wanted)
  }

  @Test(arguments: CapitalFault.ofMoney)
  func `money and rival plans`(_ fault: CapitalFault) throws {
    #expect(try fault.found() == fault.wanted)
  }

  @Test func `nothing of capital counts without schemes`() throws {
    let fault = CapitalFault.withoutSchemes
    #expect(try fault.found(leavingOut: [.unknownKey]) == fault.wanted)
    let unused = Set(try fault.found()).subtracting(fault.wanted)
    #expect(unused.count == 33)
    #expect(unused.allSatisfy { $0.hasPrefix("E012 assumptions/programme.yaml:") })
  }
}
