import Diagnostics
import TestSupport
import Testing

@testable import ModelFiles

private let townAssumptions = "Models/exampleton/assumptions/all.yaml"
private let townAreas = Slip.data("exampleton-planning-areas")
private let townPlaces = Slip.data("exampleton-places")

extension Slip {
  /// Places of Castle's oldest year group from its net capacity of 500, less sixth forms: 60 of them are left at a share of 0.4.
  private static func sixthForms(_ share: String) -> [[String]] {
    [
      [
        schema("exampleton-planning-areas"), "key:",
        "  net_capacity: { type: count, unit: places }\nkey:",
      ],
      [townAreas, "district\n", "district,net_capacity\n"],
      [townAreas, "primary,Northgate", "primary,Northgate,420"],
      [townAreas, "primary,Southgate", "primary,Southgate,315"],
      [townAreas, "secondary,Northgate", "secondary,Northgate,500"],
      [townAreas, "secondary,Southgate", "secondary,Southgate,225"],
      [
        townAssumptions, "# Invented.\n",
        "capacity.sixth_form_share:\n  title: Sixth forms\n  unit: share\n  value: \(share)\n"
          + "  source: places-project\n  mark: assumed\n  quality: red\n  impact: amber\n",
      ],
    ]
  }

  /// Without it the places of the year group come from the net capacity.
  private static let lastYearGroup = [townPlaces, "S1,11,60,assumed\n", ""]

  /// Sixth forms are 85 of 585 pupils, 0.1453: from 0.0727 to 0.2179 of the places are near enough.
  static let ofSixthForms = [
    Slip(
      "a share of another authority", changes: sixthForms("0.4") + [lastYearGroup], finds: "W332 1:1"),
    Slip("sixth forms forgotten", changes: sixthForms("0") + [lastYearGroup], finds: "W332 1:1"),
    Slip("a share just too small", changes: sixthForms("0.072") + [lastYearGroup], finds: "W332 1:1"),
    Slip("a small share", changes: sixthForms("0.073") + [lastYearGroup]),
    Slip("a large share", changes: sixthForms("0.217") + [lastYearGroup]),
    Slip("a share just too large", changes: sixthForms("0.219") + [lastYearGroup], finds: "W332 1:1"),
    Slip("a share that no area uses", changes: sixthForms("0.4")),
  ]

  private static let countyChanges = data("gloucestershire-capacity-changes")

  /// Net capacities are of 2014/15; Cheltenham's secondary places are given by year group, of no year that the model knows.
  static let ofCountedChanges = [
    Slip(
      "a change that the net capacity holds", in: "gloucestershire",
      [countyChanges, "9161910,expansion,R,45,2017/18", "9161910,expansion,R,45,2014/15"],
      finds: "E113 3:24"),
    Slip(
      "a class from years before it", in: "gloucestershire",
      [countyChanges, "9161931,bulge,R,30,2017/18", "9161931,bulge,R,30,2012/13"], finds: "E113 6:20"),
    Slip(
      "a change of the year after it", in: "gloucestershire",
      [countyChanges, "9161910,expansion,R,45,2017/18", "9161910,expansion,R,45,2015/16"],
      finds: "W304 3:65", "W304 4:55", "W304 5:55", "W304 6:57", "W304 7:56"),
    Slip(
      "a change beside places by year group", in: "gloucestershire",
      [countyChanges, "9162500,expansion,7,60,2018/19", "9162500,expansion,7,60,2014/15"],
      finds: "W304 3:65", "W304 4:55", "W304 5:55", "W304 6:57", "W304 7:56"),
  ]
}

@Suite("Figures that contradict each other")
struct ProportionTests {
  @Test(arguments: Slip.ofSixthForms)
  func `sixth forms use about the part of the places that they are of the pupils`(_ slip: Slip) throws {
    #expect(try slip.found() == slip.wanted)
  }

  @Test(arguments: Slip.ofCountedChanges)
  func `what the net capacity holds is not added to it`(_ slip: Slip) throws {
    #expect(try slip.found() == slip.wanted)
  }

  /// Where few stay on, a share may be 0.05 away: North Lincolnshire has 0.0248 of its pupils in Years 12 and 13.
  @Test(
    arguments: [
      (0.167, 0.0248, true), (0.07, 0.0248, false), (0.08, 0.0248, true), (0.0, 0.0248, false),
      (0.167, 0.1635, false), (0.215, 0.1635, false), (0.0248, 0.1635, true),
    ])
  func `the room of sixth forms may differ by half, or by 0.05`(share: Double, rolls: Double, isOdd: Bool) {
    #expect(isUnlikeRolls(sixthForms: share, rolls) == isOdd)
  }

  @Test(arguments: ["exampleton", "gloucestershire", "loneham", "sampleford"])
  func `the models as they are shipped give none of these alarms`(_ model: String) throws {
    let alarms: Set<DiagnosticCode> = [.sixthFormsUnlikeRolls]
    let warnings = try ModelCopy(model).check().warnings.diagnostics
    #expect(warnings.allSatisfy { !alarms.contains($0.code) })
  }
}
