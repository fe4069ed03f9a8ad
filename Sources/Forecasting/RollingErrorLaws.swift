internal import NumericCore
internal import PlacePlanning

extension RollingForecast {
  /// The laws of every target in the order of `ForecastTarget.all`, by origin and horizon. A year group that no forecast has
  /// reached yet, in a school that grows from below, has that of the year group below it; one without any below, such as a
  /// Reception first counted at the origin, that of the year group above it.
  func errorLaws() -> [[[ErrorLaw?]]] {
    var laws = inParallel(ForecastTarget.all.count) { errorLaws(ForecastTarget.all[$0]) }
    func lend(from lender: YearGroup, to group: Int) {
      for origin in laws[group].indices {
        for index in laws[group][origin].indices where laws[group][origin][index] == nil {
          laws[group][origin][index] = laws[lender.number][origin][index]?.lent(by: lender)
        }
      }
    }
    for group in 1..<CohortHistory.groups { lend(from: YearGroup.all[group - 1], to: group) }
    for group in (0..<CohortHistory.groups - 1).reversed() { lend(from: YearGroup.all[group + 1], to: group) }
    return laws
  }

  /// The laws of a target's errors by origin and horizon (index 0 is horizon 1), each from outcomes known by that origin.
  func errorLaws(_ target: ForecastTarget) -> [[ErrorLaw?]] {
    var plain: [[(law: ErrorLaw, isStretched: Bool)?]] = []
    var calibrated: [[ErrorLaw?]] = []
    let misses = origins.map { past in
      (1...horizon).map { ahead in areaMisses(target, past, ahead).map { $0.miss } }
    }
    for now in origins {
      func seen(_ ahead: Int) -> [(index: Int, misses: ErrorLaw.OriginMisses)] {
        origins.indices.filter {
          origins[$0].position + ahead <= now.position && !misses[$0][ahead - 1].isEmpty
        }
        .map { index in
          let past = origins[index].position
          return (
            index, .init(age: now.position - ahead - past, years: past, misses: misses[index][ahead - 1])
          )
        }
      }
      let births = UnseenBirths(history, at: now.position)
      var last: (law: ErrorLaw, horizon: Int, weight: Double)?
      let laws = (1...horizon).map { ahead -> (law: ErrorLaw, isStretched: Bool)? in
        let past = seen(ahead).map(\.misses)
        let unseen = births.deviation(target, ahead)
        if let law = ErrorLaw(past, ahead: ahead, groups: target.groups.count, births: unseen) {
          last = (law, ahead, past.reduce(0) { $0 + $1.weight })
          return (law, false)
        }
        return last.map {
          ($0.law.stretched(from: $0.horizon, to: ahead, births: unseen, weight: $0.weight), true)
        }
      }
      // Laws are held against past ones of their kind, measured or stretched; one that has none is widened as that of the horizon before.
      var factor = 1.0
      let widened = laws.enumerated().map { index, law -> ErrorLaw? in
        let past = seen(index + 1).compactMap { past in
          plain[past.index][index].map { (law: $0.law, isStretched: $0.isStretched, misses: past.misses) }
        }
        let alike = past.filter { $0.isStretched == law?.isStretched }
        factor = ErrorLaw.calibration(alike.map { ($0.law, $0.misses) }) ?? factor
        return law?.law.scaled(own: factor, common: factor)
      }
      let middle = median(forecasts(target, now))
      calibrated.append(
        middle.map { forecast in
          ErrorLaw.notFalling(widened, origins: widened.indices.map { seen($0 + 1).count }, at: forecast)
        } ?? widened)
      plain.append(laws)
    }
    return calibrated
  }
}
