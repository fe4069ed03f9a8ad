import Foundation
import MixedInteger
import PlacePlanning
import TestSupport
import Testing

@testable import CapitalProgramme

/// A kind of constraint: the first dotted part of its name, what it says, and the smallest plan that has it; a plan whose areas may
/// place each other's pupils where it is of these.
struct ConstraintFamily: Sendable, CustomStringConvertible {
  let name: String
  let rule: String
  let problem: @Sendable () -> ProgrammeProblem

  var description: String { name }

  init(_ name: String, _ rule: String, _ change: @escaping @Sendable (inout HandPlan) -> Void) {
    self.name = name
    self.rule = rule
    problem = {
      var hand = HandPlan()
      change(&hand)
      return hand.problem
    }
  }

  init(
    linked name: String, _ rule: String, _ change: @escaping @Sendable (inout LinkedPlan) -> Void
  ) {
    self.name = name
    self.rule = rule
    problem = {
      var plan = LinkedPlan()
      change(&plan)
      return plan.problem
    }
  }

  static let all = [
    ConstraintFamily(
      "once",
      "A scheme starts in one year of its window at most; a committed one (b) in exactly one."
    ) { hand in
      hand.schemes = [handScheme("a", window: 0...1), handScheme("b", window: 1...2, committed: true)]
    },
    ConstraintFamily("option", "Of the schemes of an option group at most one starts.") { hand in
      hand.schemes = [
        handScheme("a", window: 0...1, group: "north site"),
        handScheme("b", window: 2...2, group: "north site"),
      ]
    },
    ConstraintFamily(
      "requires",
      "By the end of each year in which it may start, b has started no more often than a, which it requires."
    ) { hand in
      hand.schemes = [handScheme("a", window: 1...2), handScheme("b", window: 0...2, requires: ["a"])]
    },
    ConstraintFamily(
      "supply",
      "The places of cells that every choice gives the same: a cohort's, from the entry year group upward (30 and 15 places; "
        + "those that enter in 2018, or in 2019)."
    ) { hand in
      hand.years = 2
      hand.schemes = [
        handScheme("a", build: 0, window: 0...1), handScheme("b", places: 15, build: 0, window: 1...1),
      ]
      hand.cells = [
        handCell(0, pupils: [40], places: 30), handCell(1, pupils: [40], places: 30),
        handCell(1, pupils: [40], places: 30, entry: YearGroup.all[1]),
      ]
    },
    ConstraintFamily(
      "need",
      "Unmet places lie above the chords of their curve between the supplies in reach (0, 15, 30, 45). Pupils 40, 60 and 80 for 30 "
        + "places, weight 1: unmet 30, then 50/3, 20/3 and 5/3."
    ) { hand in
      hand.years = 1
      hand.schemes = [
        handScheme("a", build: 0, window: 0...0), handScheme("b", places: 15, build: 0, window: 0...0),
      ]
      hand.cells = [handCell(0, pupils: [40, 60, 80], places: 30)]
    },
    ConstraintFamily(
      "empty",
      "What empty places cost, in thousands, beyond those without any scheme: 100 pounds each. Pupils 40, 60 and 80 for 50 places: "
        + "10/3 empty, then 10, 20 and 35, discounted by a year at 25%."
    ) { hand in
      hand.years = 2
      hand.surplusPlaceCost = 100
      hand.discountRate = 0.25
      hand.schemes = [
        handScheme("a", build: 1, window: 0...0), handScheme("b", places: 15, build: 1, window: 0...0),
      ]
      hand.cells = [handCell(1, pupils: [40, 60, 80], places: 50)]
    },
    ConstraintFamily(
      "spend",
      "What the schemes of a class spend in a year, in thousands, is paid for by pots and by borrowing for the schemes that open in one "
        + "year. The tied pot makes c a class of its own."
    ) { hand in
      hand.years = 2
      hand.schemes = [
        handScheme("a", cost: cash(1_000), profile: [0.5, 0.5], window: 0...1),
        handScheme("b", cost: cash(600), build: 0, window: 1...1),
        handScheme("c", kind: .bulge, cost: cash(80), build: 0, window: 1...1),
      ]
      hand.pots = [
        handPot("grant", [0: 900]),
        handPot("tied", [0: 50], rule: FundingRule(kinds: Set(SchemeKind.allCases), scheme: "c")),
      ]
      hand.limit = [1: 700]
      hand.borrowingKinds = [.expansion]
    },
    ConstraintFamily(
      "borrowed",
      "Borrowing for the schemes that open in one year is no more than they spend: a opens in 2019 or 2020, b in 2020."
    ) { hand in
      hand.years = 3
      hand.schemes = [
        handScheme("a", cost: cash(1_000), profile: [0.5, 0.5], window: 0...1),
        handScheme("b", cost: cash(600), window: 1...1),
      ]
      hand.limit = [0: 700, 1: 700]
    },
    ConstraintFamily(
      "share",
      "The school pays at most four tenths of what a scheme costs, over all years: 1,000 pounds, 1,100 a year "
        + "later."
    ) { hand in
      hand.schemes = [handScheme("a", cost: cash(1_000), profile: [0.5, 0.5], window: 0...1)]
      hand.inflation = 0.1
      hand.pots = [
        handPot(
          "school", [0: 900], source: .schoolContribution,
          rule: FundingRule(kinds: Set(SchemeKind.allCases), mostShare: 0.4))
      ]
    },
    ConstraintFamily(
      "pooling", "At most five obligations under the pooling rule pay for one scheme.", sixAgreements),
    ConstraintFamily(
      "pooled",
      "An obligation that is not one of the pooled ones pays nothing and repays nothing; one that is, no more than it receives (10, 20, "
        + "… 60 pounds).", sixAgreements),
    ConstraintFamily(
      "balance",
      "What a pot receives and what it held goes to classes, repays debt, and is held or returned: the grant lapses every year; the "
        + "deed is held until its deadline, 2019, when it is returned, as is what comes after it."
    ) { hand in
      hand.years = 3
      hand.schemes = [handScheme("a", cost: cash(1_000), profile: [0.5, 0.5], window: 0...1)]
      hand.pots = [
        handPot("grant", [0: 300, 1: 200], carries: false),
        handPot("deed", [0: 400, 2: 100], source: .section106, spendBy: 1),
      ]
      hand.limit = [0: 700]
    },
    ConstraintFamily(
      "link",
      "No start takes more of a pot by a year's end than the pot has received by then, nor more than it has "
        + "spent: 300 pounds, then 700, of a's 500 and 500; b spends 100.", twoPots),
    ConstraintFamily(
      "joint",
      "The same of all the pots together that pay for one class alone: 400 pounds, then 800, of a's 500 and 500; "
        + "b spends 100.", twoPots),
    ConstraintFamily("limit", "All borrowing of a year together stays within the year's limit, in thousands.")
    { hand in
      hand.years = 2
      hand.schemes = [
        handScheme("a", cost: cash(1_000), profile: [0.5, 0.5], window: 0...0),
        handScheme("b", cost: cash(600), window: 0...1, life: 40),
      ]
      hand.limit = [0: 700, 1: 500]
    },
    ConstraintFamily(
      "owed",
      "Debt is that of the year before, less MRP from the year after the places open (2020: a half, then all of what is left), more what "
        + "is borrowed, less what the deed repays."
    ) { hand in
      hand.schemes = [handScheme("a", cost: cash(1_000), profile: [0.5, 0.5], window: 0...0, life: 2)]
      hand.pots = [handPot("deed", [2: 100], source: .section106)]
      hand.limit = [0: 700, 1: 700]
      hand.interest = 0.04
    },
    ConstraintFamily(
      "ceiling",
      "MRP and interest at 4%, on the debt of the year before and half of the year's borrowing, stay within the year's ceiling, in "
        + "thousands: MRP of a half in 2020."
    ) { hand in
      hand.schemes = [handScheme("a", cost: cash(1_000), profile: [0.5, 0.5], window: 0...0, life: 2)]
      hand.limit = [0: 700, 1: 700]
      hand.ceiling = [0: 60, 1: 60, 2: 300]
      hand.interest = 0.04
    },
    ConstraintFamily(
      "held",
      "The steps before hold, with a millionth to spare: 10 places stay unmet; then the grant's 100 pounds that lapse."
    ) { hand in
      hand.years = 1
      hand.schemes = [handScheme("a", cost: cash(900), build: 0, window: 0...0)]
      hand.pots = [handPot("grant", [0: 1_000], carries: false)]
      hand.cells = [handCell(0, pupils: [70], places: 30)]
    },
    ConstraintFamily(
      linked: "room",
      "In a scenario, all of an area who are not left over or placed elsewhere, and all who come, have one of its places. P: 73.5 "
        + "places are wanted, the margin of 5% counted, and 60 there; Q: 42 and 50. A pupil takes the margin along.",
      twoAreas),
    ConstraintFamily(
      linked: "pupils",
      "No more pupils of an area are left over or placed elsewhere than there are: 73.5 of P. None of Q may go.",
      twoAreas),
  ]

  private static let twoAreas: @Sendable (inout LinkedPlan) -> Void = { plan in
    plan.hand.years = 1
    plan.hand.schemes = [handScheme("a", build: 0, window: 0...0)]
    plan.need("P", 0, [70], places: 60, margin: 0.05)
    plan.need("Q", 0, [40], places: 50, margin: 0.05)
    plan.link("P", "Q", 1_000)
  }

  private static let twoPots: @Sendable (inout HandPlan) -> Void = { hand in
    hand.years = 2
    hand.schemes = [
      handScheme("a", cost: cash(1_000), profile: [0.5, 0.5], window: 0...0),
      handScheme("b", cost: cash(100), window: 1...1),
    ]
    hand.pots = [handPot("grant", [0: 300, 1: 400]), handPot("own deed", [0: 100], source: .section106)]
  }

  private static let sixAgreements: @Sendable (inout HandPlan) -> Void = { hand in
    hand.years = 2
    hand.schemes = [handScheme("a", cost: cash(150), build: 0, window: 0...0)]
    hand.pots = (1...6).map { handPot("home\($0)", [1: 10 * $0], source: .section106, pooled: true) }
    hand.pots[0] = handPot("home1", [0: 10], source: .section106, pooled: true)
    hand.limit = [0: 150]
  }

  /// The model's LP text and, for what only later steps have, theirs.
  var texts: [String] {
    guard name == "held" else { return [lpText(ProgrammeModel(problem()).model)] }
    let steps = Steps()
    _ = prioritise(problem(), ProgrammeOptions(threads: 1, writesText: { steps.add($1) }))
    return Array(steps.texts.suffix(1))
  }
}

/// The texts of steps as they are solved.
final class Steps: @unchecked Sendable {
  private let lock = NSLock()
  private var found: [String] = []

  var texts: [String] { lock.withLock { found } }
  func add(_ text: String) { lock.withLock { found.append(text) } }
}

/// Constraints of LP text as they stand in it, lines that go on included, each with its name.
func constraints(_ text: String) -> [(name: String, text: String)] {
  var found: [(name: String, text: String)] = []
  var isInside = false
  for line in text.split(separator: "\n") {
    if !line.hasPrefix(" ") {
      isInside = line == "Subject To"
    } else if isInside {
      if line.hasPrefix("  "), !found.isEmpty {
        found[found.count - 1].text += "\n" + line
      } else {
        found.append((String(line.prefix { $0 != ":" }.dropFirst()), String(line)))
      }
    }
  }
  return found
}

/// Words as LP comments, in lines of at most 108 letters.
private func comment(_ words: String) -> [String] {
  words.split(separator: " ").reduce(into: [String]()) { lines, word in
    if let last = lines.last, last.count + word.count < 108 {
      lines[lines.count - 1] = "\(last) \(word)"
    } else {
      lines.append("\\ \(word)")
    }
  }
}

func families(_ text: String) -> Set<String> {
  Set(constraints(text).map { String($0.name.prefix { $0 != "." }) })
}

/// Every kind of constraint in a model is on record, in the smallest plan that has it, beside what it says.
@Suite struct LPGoldens {
  private static let folder = "Tests/CapitalProgrammeTests/Goldens/lp"

  @Test(arguments: ConstraintFamily.all)
  func `its constraints read so`(_ family: ConstraintFamily) throws {
    let rows = family.texts.flatMap(constraints).filter { $0.name.hasPrefix(family.name + ".") }
    try #require(!rows.isEmpty)
    let lines = comment(family.rule) + ["Subject To"] + rows.map { $0.text } + ["End"]
    try expectGolden(lines.joined(separator: "\n") + "\n", "\(family.name).lp", in: Self.folder)
  }

  @Test func `every kind of constraint that occurs has a golden, and no golden is left over`() throws {
    var found: Set<String> = []
    for seed in 0..<200 {
      let problem = RandomProgramme(seed: UInt64(seed)).problem
      found.formUnion(families(lpText(ProgrammeModel(problem).model)))
      found.formUnion(families(lpText(ProgrammeModel(problem, mayLeaveUnfunded: true).model)))
    }
    for seed in 0..<20 {
      found.formUnion(families(lpText(ProgrammeModel(LinkedPlan(seed: UInt64(seed)).problem).model)))
    }
    let steps = Steps()
    for seed in 0..<12 {
      _ = prioritise(
        RandomProgramme(seed: UInt64(seed)).problem,
        ProgrammeOptions(threads: 1, writesText: { steps.add($1) }))
    }
    for text in steps.texts { found.formUnion(families(text)) }
    let files = try FileManager.default.contentsOfDirectory(atPath: Repository.file(Self.folder).path)
    #expect(Set(files) == Set(found.map { "\($0).lp" }))
    #expect(Set(ConstraintFamily.all.map(\.name)) == found)
  }
}
