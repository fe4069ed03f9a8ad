public import NumericCore
public import PlacePlanning

/// What the draws of one authority start from: arrays, in the order of its areas, primary areas before secondary ones.
public struct EnsembleInput: Sendable {
  /// The code under which the county's own shocks are drawn.
  public var authority: String
  public var primary: [String]
  public var secondary: [String]
  /// The year in whose September the first projected academic year begins.
  public var firstYear: Int
  /// **Shape** area x the seven year groups of its phase. **Units** pupils on roll in the base year.
  public var baseRolls: [[Double]]
  /// Intake ratio times births. **Shape** primary area x projected year. **Units** pupils joining Reception.
  public var intake: [[Double]]
  /// By projected year: of the months in which its Reception was born, the share whose births are not counted yet.
  public var uncountedBirths: [Double]
  /// Survival into a year group from the one below; the first of the seven is not used. **Shape** area x 7. **Units** ratio.
  public var survival: [[Double]]
  /// **Shape** secondary area x primary area. **Units** share of the primary area's Year 6.
  public var transferShares: [[Double]]
  /// Year 7 pupils from outside, by secondary area. **Units** share of the county's Year 6 a year before.
  public var imports: [Double]
  public var sites: [EnsembleSite]
  public var spread: EnsembleSpread
  /// The control totals of each projected year; empty where there are none.
  var control: [[RollMargins]] = []

  /// Every array in the order of the areas, primary ones first, shaped as its property says; without control totals.
  public init(
    authority: String, primary: [String], secondary: [String], firstYear: Int, baseRolls: [[Double]],
    intake: [[Double]], uncountedBirths: [Double], survival: [[Double]], transferShares: [[Double]],
    imports: [Double], sites: [EnsembleSite], spread: EnsembleSpread
  ) {
    self.authority = authority
    self.primary = primary
    self.secondary = secondary
    self.firstYear = firstYear
    self.baseRolls = baseRolls
    self.intake = intake
    self.uncountedBirths = uncountedBirths
    self.survival = survival
    self.transferShares = transferShares
    self.imports = imports
    self.sites = sites
    self.spread = spread
  }

  /// The same, with every draw held to a plan's control totals, by the codes of the areas.
  public func held(to plan: ControlPlan) -> EnsembleInput {
    var held = self
    held.control =
      plan.isEmpty
      ? []
      : (0..<years).map {
        RollMargins.all(plan, AcademicYear(firstYear + $0), primary: primary, secondary: secondary)
      }
    return held
  }

  /// How many years are projected.
  public var years: Int { intake.first?.count ?? 0 }
  var areas: [String] { primary + secondary }

  /// **Throws** `EnsembleRefusal` unless every array has the shape that the areas and years ask for.
  func check() throws(EnsembleRefusal) {
    func demand(_ holds: Bool, _ words: String) throws(EnsembleRefusal) {
      if !holds { throw EnsembleRefusal(authority, words) }
    }
    try demand(!primary.isEmpty && years > 0, "there is no primary area or no year")
    try demand(Set(areas).count == areas.count, "an area stands twice")
    try demand(
      baseRolls.count == areas.count && baseRolls.allSatisfy { $0.count == 7 },
      "base rolls have another shape")
    try demand(
      survival.count == areas.count && survival.allSatisfy { $0.count == 7 }, "survival has another shape")
    try demand(
      intake.count == primary.count && intake.allSatisfy { $0.count == years }, "intake has another shape")
    try demand(
      uncountedBirths.count == years && uncountedBirths.allSatisfy { (0...1).contains($0) },
      "shares of births not counted have another shape or are no shares")
    try demand(
      transferShares.count == secondary.count && transferShares.allSatisfy { $0.count == primary.count }
        && imports.count == secondary.count, "transfer shares or imports have another shape")
    try demand(transferShares.allSatisfy { $0.allSatisfy { $0 >= 0 } }, "a transfer share is negative")
    for site in sites {
      try demand(
        primary.indices.contains(site.primaryArea) && secondary.indices.contains(site.secondaryArea)
          && !site.variants.isEmpty
          && site.variants.allSatisfy { $0.probability >= 0 && $0.has(years: years) }
          && abs(site.variants.reduce(0) { $0 + $1.probability } - 1) <= 1e-9,
        "site \(site.key) lies outside the areas, or its variants have another shape or do not add to 1")
    }
    try demand(
      spread.numbers.allSatisfy { $0 >= 0 && $0.isFinite }, "a spread is negative or no number")
    for (factor, areas) in [(spread.primaryCorrelation, primary), (spread.secondaryCorrelation, secondary)] {
      if let factor {
        try demand(
          factor.lower.rows.labels == areas, "correlations are not those of the areas, in their order")
      }
    }
  }
}

/// The arrays of an ensemble do not fit together, or a draw cannot meet its control totals.
public struct EnsembleRefusal: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String
  /// What a draw could not meet, and the draw; draw 0 is the central path.
  let control: ControlRefusal?
  let draw: Int?

  init(_ authority: String, _ words: String) {
    description = "\(authority): \(words)"
    (control, draw) = (nil, nil)
  }

  init(_ authority: String, draw: Int, _ refusal: ControlRefusal) {
    description = "\(authority), draw \(draw): \(refusal)"
    (control, self.draw) = (refusal, draw)
  }
}

/// A housing site and how its homes may come: the central way first.
public struct EnsembleSite: Sendable {
  /// The key under which its random number is drawn.
  public var key: String
  /// Positions among the primary and among the secondary areas.
  public var primaryArea: Int
  public var secondaryArea: Int
  public var variants: [Variant]

  /// One way in which the homes may come.
  public struct Variant: Sendable {
    public var probability: Double
    /// **Shape** year group of the primary, of the secondary area x projected year. **Units** pupils living there.
    public var primaryPupils: [[Double]]
    public var secondaryPupils: [[Double]]

    /// `probability` between 0 and 1; tables **shape** year group x projected year, **units** pupils.
    public init(probability: Double, primaryPupils: [[Double]], secondaryPupils: [[Double]]) {
      self.probability = probability
      self.primaryPupils = primaryPupils
      self.secondaryPupils = secondaryPupils
    }

    func has(years: Int) -> Bool {
      [primaryPupils, secondaryPupils].allSatisfy { $0.count == 7 && $0.allSatisfy { $0.count == years } }
    }
  }

  /// Areas by position among those of their phase; the probabilities of the variants add to 1, and the first is as planned.
  public init(key: String, primaryArea: Int, secondaryArea: Int, variants: [Variant]) {
    self.key = key
    self.primaryArea = primaryArea
    self.secondaryArea = secondaryArea
    self.variants = variants
  }

  /// The variant that a uniform number stands for.
  func variant(_ uniform: Double) -> Int {
    HomesWay.position(of: uniform, among: variants.lazy.map(\.probability))
  }
}

/// How far each source of uncertainty spreads: standard deviations on the log scale. `Ensemble.md` says how a source is added.
public struct EnsembleSpread: Sendable {
  /// A year's change of all births together; how it adds up over years is ``EnsembleInput/uncountedBirths`` put into
  /// ``BirthSpread/widening(years:)``.
  public var births: Double
  /// A year's step of an area's, and of the county's, intake ratio.
  public var intakeArea: Double
  public var intakeCounty: Double
  /// An area's survival, drawn anew each year, varies by `survivalSampling` / n + `survivalFloor` around a central cohort of n
  /// pupils. **Units** variance on the log scale, of a cohort of one and of an endless one.
  public var survivalSampling: Double
  public var survivalFloor: Double
  /// The county's survival into a year group, drawn anew each year.
  public var survivalCounty: Double
  /// A year's step of a secondary area's attractiveness to Year 6 pupils.
  public var transfer: Double
  /// An area's pupils per home, one factor for all years.
  public var yield: Double
  /// Correlations between areas of intake and survival; nil where areas are independent.
  public var primaryCorrelation: CorrelationFactor?
  public var secondaryCorrelation: CorrelationFactor?

  /// Nothing is uncertain, and areas are independent, unless it is given. **Units** as each property says.
  public init(
    births: Double = 0, intakeArea: Double = 0, intakeCounty: Double = 0, survivalSampling: Double = 0,
    survivalFloor: Double = 0, survivalCounty: Double = 0, transfer: Double = 0, yield: Double = 0,
    primaryCorrelation: CorrelationFactor? = nil, secondaryCorrelation: CorrelationFactor? = nil
  ) {
    self.births = births
    self.intakeArea = intakeArea
    self.intakeCounty = intakeCounty
    self.survivalSampling = survivalSampling
    self.survivalFloor = survivalFloor
    self.survivalCounty = survivalCounty
    self.transfer = transfer
    self.yield = yield
    self.primaryCorrelation = primaryCorrelation
    self.secondaryCorrelation = secondaryCorrelation
  }

  /// All of them but the correlations.
  var numbers: [Double] {
    [births, intakeArea, intakeCounty, survivalSampling, survivalFloor, survivalCounty, transfer, yield]
  }

  func survivalArea(cohort: Double) -> Double {
    (survivalSampling / max(1, cohort) + survivalFloor).squareRoot()
  }
}
