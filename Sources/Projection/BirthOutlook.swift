internal import NumericCore
public import PlacePlanning

/// Births of the cohorts that reach Reception, by primary area: known ones, and for cohorts not yet born what the model's way of
/// carrying births on gives.
public struct BirthOutlook: Sendable {
  /// The last year to 30 June whose births are known.
  public let lastKnownYear: Int
  /// By primary area, then by the year in which the cohort reaches Reception. **Units** births.
  public let cohorts: [PlanningAreaCode: [AcademicYear: Double]]

  /// True when every birth of the cohort had been counted.
  public func isKnown(reachingReceptionIn year: AcademicYear) -> Bool {
    uncounted(reachingReceptionIn: year) == 0
  }

  /// The share of the cohort's months whose births had not been counted.
  func uncounted(reachingReceptionIn year: AcademicYear) -> Double {
    BirthAlignment.weights(reachingReceptionIn: year).reduce(0) {
      $0 + ($1.year > lastKnownYear ? $1.weight : 0)
    }
  }

  /// Aligns births to academic years and shares districts out to areas, as two matrix products:
  /// `shares[area, district] x births[district, year] x weights[year, academic year]`.
  init(_ model: PlanningModel, years: [AcademicYear]) throws {
    let areas = model.areas(.primary)
    let districts = Axis("district", Set(areas.map(\.district)).sorted())
    let lastKnown = model.births.lastKnownYear ?? model.baseYear.start
    let needed = BirthAlignment.years(reachingReceptionIn: years)
    let calendar = Axis("year to 30 June", needed.map(String.init))
    let carried = try Self.carried(model, lastKnown, needed.filter { $0 > lastKnown })
    let births = LabelledMatrix(rows: districts, columns: calendar) { row, column in
      let table = model.births.districts[districts.labels[row]] ?? [:]
      let year = needed[column]
      return year <= lastKnown ? table[year] ?? 0 : carried[districts.labels[row]]?[year] ?? 0
    }
    let academic = Axis("academic year", years.map(\.label))
    let alignment = LabelledMatrix(rows: calendar, columns: academic) { row, column in
      BirthAlignment.weights(reachingReceptionIn: years[column])
        .first { $0.year == needed[row] }?.weight ?? 0
    }
    let areaAxis = Axis("primary area", areas.map(\.code.text))
    let shares = LabelledMatrix(rows: areaAxis, columns: districts) { row, column in
      areas[row].district == districts.labels[column]
        ? model.birthShares[areas[row].code] ?? 0 : 0
    }
    let cohorts = try shares.times(births).times(alignment)
    lastKnownYear = lastKnown
    self.cohorts = areas.enumerated().reduce(into: [:]) { result, area in
      result[area.element.code] = Dictionary(
        uniqueKeysWithValues: zip(years, cohorts.row(area.offset)))
    }
  }

  /// Births to come, by district and year. Where there are none to come, the method is not asked. **Throws** `BirthFaults`.
  private static func carried(
    _ model: PlanningModel, _ lastKnown: Int, _ years: [Int]
  ) throws(BirthFaults) -> [String: [Int: Double]] {
    if years.isEmpty { return [:] }
    let women = model.fertility ?? FertilityPlan(women: [:])
    let method: BirthMethod =
      switch model.futureBirths {
      case .latest: .latest
      case .level: .level
      case .trend: .trend(BirthTrend())
      case .fixedRate: .fixedRate(FixedRate(women))
      case .cohortComponent: .cohortComponent(CohortComponent(women, baseYear: lastKnown))
      }
    return try method.births(known: model.births, years: years, futureFactor: model.futureBirthsFactor)
      .districts
  }

  func births(_ area: PlanningAreaCode, _ year: AcademicYear) -> Double {
    cohorts[area]?[year] ?? 0
  }
}
