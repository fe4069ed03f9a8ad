internal import PlacePlanning

extension FixedRate {
  /// A model's women of 15 to 44, at its own rates or at those of the last known years.
  init(_ plan: FertilityPlan) {
    self.init(women: plan.fertileWomen, rate: plan.generalRates.map { .given($0) } ?? .recent)
  }
}

extension CohortComponent {
  /// A model's women of one year, carried forward by its rates.
  init(_ plan: FertilityPlan, baseYear: Int) {
    let women = plan.women.compactMapValues { years in
      years[baseYear].map { ages in ages.keys.sorted().map { ages[$0] ?? 0 } }
    }
    let ages = 0..<(women.values.map(\.count).max() ?? 0)
    self.init(
      baseYear: baseYear, women: women,
      schedules: women.keys.reduce(into: [:]) { schedules, district in
        schedules[district] = Schedule(
          survivalFromBirth: plan.survivalFromBirth, survival: ages.map { plan.survival[$0] ?? 0 },
          fertility: ages.map { plan.rates[district]?[$0] ?? 0 })
      },
      migration: plan.migration.mapValues { moving in ages.map { moving[$0] ?? 0 } })
  }
}
