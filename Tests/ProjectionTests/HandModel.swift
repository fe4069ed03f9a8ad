import PlacePlanning
import Testing

/// One primary area `P` and one secondary area `S` of a district, in round figures that can be worked by hand.
///
/// Every primary year group has 100 pupils in every year, every one of Years 7 to 11 105, Year 12 40 and Year 13 30; 125
/// births a year to June 2016.
struct HandModel {
  var horizonYears = 3
  var rolls: [PlanningAreaCode: RollTable] = [:]
  var births: [String: [Int: Double]] = ["D": [:]]
  var futureBirthsFactor = 1.0
  var futureBirths = FutureBirths.level
  var fertility: FertilityPlan?
  var control = ControlPlan()
  var share = 0.9
  var basis = TransferPlan.Basis.observed
  var leavers = 0.0
  var sites: [HousingSite] = []
  var background: [PlanningAreaCode: Double] = [HandModel.p: 0, HandModel.s: 0]
  var yields: [String: PupilYield] = [:]
  /// A second primary area, with rolls of its own; half of the births are then its own, and it sends its Year 6 as the first does.
  var otherPrimary: PlanningArea?

  static let p = PlanningAreaCode("P")
  static let s = PlanningAreaCode("S")

  init() {
    for (code, phase) in [(Self.p, AreaPhase.primary), (Self.s, .secondary)] {
      var table = RollTable()
      for year in 2014...2017 {
        for yearGroup in phase.yearGroups {
          let count: Double =
            switch yearGroup.number {
            case ...6: 100
            case ...11: 105
            case 12: 40
            default: 30
            }
          table[AcademicYear(year), yearGroup] = count
        }
      }
      rolls[code] = table
    }
    for year in 2009...2016 { births["D"]?[year] = 125 }
  }

  private var birthShares: [PlanningAreaCode: Double] {
    otherPrimary.map { [Self.p: 0.5, $0.code: 0.5] } ?? [Self.p: 1]
  }

  var model: PlanningModel {
    get throws {
      var county = RollTable()
      for table in rolls.values {
        for year in table.years {
          for yearGroup in YearGroup.all {
            guard let count = table[year, yearGroup] else { continue }
            county[year, yearGroup] = (county[year, yearGroup] ?? 0) + count
          }
        }
      }
      return PlanningModel(
        identity: .init(
          key: "hand", authority: "Hand", authorityCode: "000", isSynthetic: true, forum: "",
          meeting: try #require(CalendarDate(label: "2018-01-01")), decision: "", purpose: "",
          recommendation: "", resources: "", dataNotes: []),
        scenario: "central", baseYear: AcademicYear(2017), horizonYears: horizonYears,
        areas: [
          PlanningArea(code: Self.p, name: "Primary", phase: .primary, district: "D"), otherPrimary,
          PlanningArea(code: Self.s, name: "Secondary", phase: .secondary, district: "D"),
        ].compactMap(\.self),
        countyRolls: county, areaRolls: .counted(rolls), births: BirthTable(districts: births),
        birthShares: birthShares, futureBirthsFactor: futureBirthsFactor,
        transfer: TransferPlan(
          shares: birthShares.mapValues { _ in [Self.s: share] }, basis: basis, leavers: leavers),
        capacity: CapacityPlan(base: [:], changes: []),
        housing: HousingPlan(sites: sites, yields: yields, backgroundHomesPerYear: background),
        operatingMargin: [:], schemes: [], spending: nil, publishedNeeds: [], assumptions: [],
        appliedOverrides: [], datasets: [:], sources: [], futureBirths: futureBirths,
        fertility: fertility, control: control)
    }
  }
}
