import CapitalProgramme
import PlacePlanning

/// A random problem as JSON text, for a solver of another make: what schemes spend and open, what pots receive and may pay for, and
/// every draw of the pupils. The same on every machine.
struct ProgrammeJSON {
  let text: String
  /// FNV-1a of the text's bytes, 64 bits, in hexadecimal digits.
  let hash: String

  init(_ random: RandomProgramme) {
    let problem = random.problem
    let years = problem.years
    let borrowing = problem.borrowing
    text =
      Value.object([
        ("years", .list(years.map { .whole($0.start) })),
        ("schemes", .list(problem.candidates.map(Self.scheme))),
        ("pots", .list(problem.pots.map { Self.pot($0, years) })),
        ("limit", .list(years.map { .whole(borrowing.limit[$0] ?? 0) })),
        ("ceiling", .list(years.map { borrowing.revenueCeiling[$0].map(Value.whole) ?? .nothing })),
        ("interest", .number(borrowing.interest)), ("mrp", .text(borrowing.method.rawValue)),
        ("borrowing_kinds", .list(borrowing.kinds.map(\.rawValue).sorted().map(Value.text))),
        ("discount", .number(problem.goals.discountRate)), ("inflation", .number(problem.buildingInflation)),
        ("empty_place", .number(problem.goals.surplusPlaceCost)),
        ("cells", .list(random.needs.map(Self.cell))),
      ]).text + "\n"
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    self.hash = String(hash, radix: 16)
  }

  private static func scheme(_ candidate: ProgrammeProblem.Candidate) -> Value {
    let scheme = candidate.scheme
    return .object([
      ("key", .text(scheme.key)), ("kind", .text(scheme.kind.rawValue)),
      ("area", scheme.area.map { .text($0.text) } ?? .nothing),
      ("entry", scheme.places.map { .whole($0.entryYearGroup.number) } ?? .nothing),
      ("places", .whole(scheme.places?.perYearGroup ?? 0)),
      ("years_of_use", scheme.places?.yearsOfUse.map(Value.whole) ?? .nothing),
      ("build_years", .whole(scheme.buildYears)), ("life", .whole(scheme.assetLifeYears)),
      ("committed", .flag(scheme.isCommitted)), ("group", scheme.optionGroup.map(Value.text) ?? .nothing),
      ("requires", .list(scheme.prerequisites.map(Value.text))),
      ("approved", scheme.approvedStart.map { Value.whole($0.start) } ?? .nothing),
      (
        "starts",
        .list(
          candidate.starts.map {
            .object([
              ("year", .whole($0.year)), ("spending", .list($0.spending.map(Value.whole))),
              ("revenue", .list($0.revenue.map(Value.whole))), ("revenue_beyond", .whole($0.revenueBeyond)),
            ])
          })
      ),
    ])
  }

  private static func pot(_ pot: FundingPot, _ years: [FinancialYear]) -> Value {
    .object([
      ("key", .text(pot.key)), ("section106", .flag(pot.source == .section106)),
      ("kinds", .list(pot.rule.kinds.map(\.rawValue).sorted().map(Value.text))),
      ("phase", pot.rule.phase.map { .text($0 == .primary ? "primary" : "secondary") } ?? .nothing),
      ("area", pot.rule.area.map { .text($0.text) } ?? .nothing),
      ("scheme", pot.rule.scheme.map(Value.text) ?? .nothing),
      ("share", pot.rule.mostShare.map(Value.number) ?? .nothing),
      ("received", .list(years.map { .whole(pot.received[$0] ?? 0) })),
      ("carries", .flag(pot.carriesForward)),
      ("spend_by", pot.spendBy.map { .whole($0.start) } ?? .nothing),
      ("obligation", pot.pooledObligation.map(Value.text) ?? .nothing),
    ])
  }

  private static func cell(_ need: RandomProgramme.Need) -> Value {
    let measure: [Value] =
      switch need.measure {
      case .expected: [.text("expected")]
      case .worst(let share): [.text("worst"), .number(share)]
      case .beyond(let chance): [.text("beyond"), .number(chance)]
      }
    return .object([
      ("area", .text(need.area.text)), ("year_group", .whole(need.yearGroup.number)),
      ("year", .whole(need.year)), ("weight", .number(need.weight)), ("margin", .number(need.margin)),
      ("places", .number(need.places)), ("measure", .list(measure)),
      ("pupils", .list(need.pupils.map(Value.number))),
    ])
  }

  /// What JSON holds; keys stand in the order given.
  private indirect enum Value {
    case text(String)
    case number(Double)
    case whole(Int)
    case flag(Bool)
    case nothing
    case list([Value])
    case object([(String, Value)])

    var text: String {
      switch self {
      case .text(let text): "\"\(text)\""
      case .number(let number): "\(number)"
      case .whole(let number): "\(number)"
      case .flag(let flag): "\(flag)"
      case .nothing: "null"
      case .list(let values): "[" + values.map(\.text).joined(separator: ",") + "]"
      case .object(let entries):
        "{" + entries.map { "\"\($0.0)\":\($0.1.text)" }.joined(separator: ",\n") + "}"
      }
    }
  }
}
