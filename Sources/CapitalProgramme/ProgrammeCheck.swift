internal import PlacePlanning

/// Reads a programme against every rule of its problem, in whole pounds and whole places.
///
/// It starts from the problem alone and shares nothing with the code that formulates or solves it. Amounts hold to the
/// pound; what follows from unrounded debt holds to one pound, a revenue ceiling to one pound for each scheme that
/// borrows.
public func check(_ programme: Programme, of problem: ProgrammeProblem) -> ProgrammeReport {
  let reading = ProgrammeReading(problem, programme)
  return ProgrammeReport(
    breaches: reading.choiceBreaches + reading.paymentBreaches + reading.moneyBreaches,
    accounts: reading.accounts)
}

/// A programme beside its problem and accounts, while it is checked.
struct ProgrammeReading {
  let problem: ProgrammeProblem
  let programme: Programme
  let accounts: ProgrammeAccounts
  let flows: MoneyFlows

  init(_ problem: ProgrammeProblem, _ programme: Programme) {
    self.problem = problem
    self.programme = programme
    accounts = ProgrammeAccounts(programme, of: problem)
    flows = MoneyFlows(programme, of: problem)
  }

  var schemes: Range<Int> { problem.candidates.indices }
  var years: Range<Int> { problem.years.indices }

  func name(_ scheme: Int) -> String { "'\(problem.candidates[scheme].scheme.name)'" }
  func potName(_ pot: Int) -> String { "'\(problem.pots[pot].name)'" }
  func label(_ year: Int) -> String { problem.years[year].label }

  func start(_ scheme: Int) -> ProgrammeProblem.Start? {
    accounts.starts[scheme].map { problem.candidates[scheme].starts[$0] }
  }
}

// Rules on what is chosen.

extension ProgrammeReading {
  var choiceBreaches: [Breach] {
    existingBreaches + oneStartBreaches + committedBreaches + optionGroupBreaches
      + prerequisiteBreaches
  }

  private var existingBreaches: [Breach] {
    programme.choices.filter { !problem.has($0) }.map {
      Breach(
        .existing, by: 1, "a choice names start \($0.start) of scheme \($0.scheme), which is not there")
    }
      + programme.payments.filter { !problem.has($0) }.map {
        Breach(
          .existing, by: 1,
          "a payment of \($0.pounds) names scheme \($0.scheme), year \($0.year) or a payer not there")
      }
      + programme.repayments.filter { !problem.has($0) }.map {
        Breach(
          .existing, by: 1,
          "a repayment of \($0.pounds) names scheme \($0.scheme), year \($0.year) or a pot not there")
      }
  }

  private var oneStartBreaches: [Breach] {
    schemes.compactMap { scheme in
      let count = programme.choices.filter { $0.scheme == scheme && problem.has($0) }.count
      guard count > 1 else { return nil }
      return Breach(.oneStart, by: Double(count - 1), "\(name(scheme)) starts \(count) times")
    }
  }

  private var committedBreaches: [Breach] {
    schemes.filter { problem.candidates[$0].scheme.isCommitted && start($0) == nil }.map {
      Breach(.committed, by: 1, "\(name($0)) is committed and does not start")
    }
  }

  private var optionGroupBreaches: [Breach] {
    let groups = Set(problem.candidates.compactMap(\.scheme.optionGroup)).sorted()
    return groups.compactMap { group in
      let chosen = schemes.filter {
        problem.candidates[$0].scheme.optionGroup == group && start($0) != nil
      }
      guard chosen.count > 1 else { return nil }
      return Breach(
        .optionGroup, by: Double(chosen.count - 1),
        "of the options '\(group)' more than one starts: \(chosen.map(name).joined(separator: ", "))")
    }
  }

  /// By the years that the required scheme is late; by all years of the problem when it is not chosen.
  private var prerequisiteBreaches: [Breach] {
    schemes.flatMap { scheme -> [Breach] in
      guard let start = start(scheme) else { return [] }
      return problem.candidates[scheme].scheme.prerequisites.compactMap { key in
        guard let required = schemes.first(where: { problem.candidates[$0].scheme.key == key }),
          let earlier = self.start(required)
        else {
          return Breach(
            .prerequisite, by: Double(years.count),
            "\(name(scheme)) requires '\(key)', which is not chosen")
        }
        guard earlier.year > start.year else { return nil }
        return Breach(
          .prerequisite, by: Double(earlier.year - start.year),
          "\(name(scheme)) starts in \(label(start.year)), before \(name(required)), which it needs")
      }
    }
  }
}
