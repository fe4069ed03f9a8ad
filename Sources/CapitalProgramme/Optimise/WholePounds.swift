internal import MixedInteger
internal import PlacePlanning

/// A solution's money in whole pounds that keep every rule, first between classes of schemes and then between schemes.
struct WholePounds {
  private let model: ProgrammeModel
  private let values: [Double]
  private let choices: [Programme.Choice]
  private let deadline: ContinuousClock.Instant?

  /// There was no time to find them, or to find that there are none.
  struct OutOfTime: Error {}

  init(_ programme: ProgrammeModel, _ values: [Double], deadline: ContinuousClock.Instant?) {
    model = programme
    self.values = values
    self.deadline = deadline
    choices = programme.choices(of: values).enumerated().compactMap { scheme, start in
      start.map { Programme.Choice(scheme: scheme, start: $0) }
    }
  }

  private var problem: ProgrammeProblem { model.problem }

  /// Nil when no whole pounds near the solution keep the rules. **Throws** `OutOfTime`.
  func programme() throws -> Programme? {
    for width in [1, 3, 100, 100_000] {
      if let pounds = try round(width: width) { return divide(pounds) }
    }
    return nil
  }

  /// What every money variable is in whole pounds: those that are whole to a tenth of a penny stay, at the narrowest width, and
  /// the others may move by `width` pounds.
  private func round(width: Int) throws -> [Int: Int]? {
    var lattice = PoundLattice(values, width: width)
    for funding in model.classes { demandPayments(funding, &lattice) }
    for loan in model.loans {
      for (year, borrowed) in loan.borrowed.sorted(by: { $0.key < $1.key }) {
        let spent = spending(of: model.classes[loan.funding], year, opening: loan.opening)
        let pounds = lattice.pounds(borrowed)
        lattice.demand(pounds, .atMost, Double(spent))
        lattice.model.objective += pounds
      }
      demandDebtNotNegative(loan, &lattice)
    }
    for (index, pot) in problem.pots.enumerated() {
      demandBalances(index, &lattice)
      // A pound that would go back is spent first.
      guard pot.spendBy != nil || !pot.carriesForward else { continue }
      let pounds = lattice.sum(model.out(of: [index]))
      lattice.model.objective -= pounds
    }
    for year in model.years {
      lattice.demand(
        sumOf: model.loans.compactMap { $0.borrowed[year] }, .atMost, Double(problem.borrowingLimit(year)))
    }
    return try lattice.solved(until: deadline)
  }

  /// A class is paid for to the pound, and by no pot beyond its share of what the chosen schemes cost.
  private func demandPayments(_ funding: FundingClass, _ lattice: inout PoundLattice) {
    for year in model.years {
      let spent = spending(of: funding, year)
      let paid =
        model.flows.flatMap { $0.filter { $0.funding == funding.index && $0.year == year }.map(\.variable) }
        + model.loans.filter { $0.funding == funding.index }.compactMap { $0.borrowed[year] }
      lattice.demand(sumOf: paid, .equals, Double(spent))
    }
    for pot in funding.pots {
      guard let share = problem.pots[pot].rule.mostShare else { continue }
      let most = choices.filter { funding.schemes.contains($0.scheme) }
        .reduce(0) { $0 + start($1).cost }
      lattice.demand(
        sumOf: model.flows[pot].filter { $0.funding == funding.index }.map(\.variable), .atMost,
        Double(wholePounds(share, of: most)))
    }
  }

  /// Money out of a pot by each year's end is no more than came in; what lapses or is returned does not come back.
  private func demandBalances(_ pot: Int, _ lattice: inout PoundLattice) {
    let rule = problem.pots[pot]
    var out: [VariableID] = []
    var received = 0
    for year in model.years {
      let now = model.out(of: [pot], in: year)
      if !rule.carriesForward { (out, received) = ([], 0) }
      out += now
      received += rule.received[problem.years[year]] ?? 0
      if !now.isEmpty { lattice.demand(sumOf: out, .atMost, Double(received)) }
    }
  }

  private func demandDebtNotNegative(_ loan: ProgrammeModel.Loan, _ lattice: inout PoundLattice) {
    guard !loan.repaid.isEmpty else { return }
    var owed = LinearExpression()
    for year in model.years {
      owed = (1 - model.provisionShare(loan, year)) * owed
      if let borrowed = loan.borrowed[year] { owed += lattice.pounds(borrowed) }
      for repaid in loan.repaid where repaid.year == year { owed -= lattice.pounds(repaid.variable) }
      lattice.demand(owed, .atLeast, 0)
    }
  }

  private func start(_ choice: Programme.Choice) -> ProgrammeProblem.Start {
    problem.candidates[choice.scheme].starts[choice.start]
  }

  private func spending(of funding: FundingClass, _ year: Int, opening: Int? = nil) -> Int {
    choices.filter {
      funding.schemes.contains($0.scheme) && (opening == nil || opening == start($0).opening)
    }.reduce(0) { $0 + start($1).spending[year] }
  }

  // MARK: Between schemes

  /// Hands a class's money to its schemes in their order: borrowing first, to those that open when it is for.
  private func divide(_ pounds: [Int: Int]) -> Programme {
    var payments: [Programme.Payment] = []
    var repayments: [Programme.Repayment] = []
    for funding in model.classes {
      let chosen = choices.filter { funding.schemes.contains($0.scheme) }
      for year in model.years {
        var owing = chosen.map { (choice: $0, pounds: start($0).spending[year]) }
        func hand(_ amount: Int, _ payer: Programme.Payer, opening: Int?) {
          var rest = amount
          for position in owing.indices where rest > 0 {
            guard opening == nil || start(owing[position].choice).opening == opening else { continue }
            let part = min(rest, owing[position].pounds)
            guard part > 0 else { continue }
            owing[position].pounds -= part
            rest -= part
            payments.append(
              .init(scheme: owing[position].choice.scheme, payer: payer, year: year, pounds: part))
          }
        }
        for loan in model.loans where loan.funding == funding.index {
          if let borrowed = loan.borrowed[year] {
            hand(pounds[borrowed.index] ?? 0, .borrowing, opening: loan.opening)
          }
        }
        for pot in funding.pots {
          for flow in model.flows[pot] where flow.funding == funding.index && flow.year == year {
            hand(pounds[flow.variable.index] ?? 0, .pot(pot), opening: nil)
          }
        }
      }
      for loan in model.loans where loan.funding == funding.index {
        repayments += repay(loan, chosen.filter { start($0).opening == loan.opening }, payments, pounds)
      }
    }
    return Programme(choices: choices, payments: payments, repayments: repayments)
  }

  /// Repays the schemes of a loan in their order, each what it still owes to the pound.
  private func repay(
    _ loan: ProgrammeModel.Loan, _ chosen: [Programme.Choice], _ payments: [Programme.Payment],
    _ pounds: [Int: Int]
  ) -> [Programme.Repayment] {
    var owed = chosen.map { _ in 0.0 }
    var repayments: [Programme.Repayment] = []
    for year in model.years {
      for (position, choice) in chosen.enumerated() {
        owed[position] *= 1 - model.provisionShare(loan, year)
        owed[position] += Double(
          payments.filter { $0.scheme == choice.scheme && $0.year == year && $0.payer == .borrowing }
            .reduce(0) { $0 + $1.pounds })
      }
      for repaid in loan.repaid where repaid.year == year {
        var rest = pounds[repaid.variable.index] ?? 0
        var (due, given) = (0.0, 0)
        for (position, choice) in chosen.enumerated() where rest > 0 {
          // Rounded on the running total: each is repaid within a pound of what it owes, and all together what is repaid.
          due += owed[position]
          let part = min(rest, Int((due + 1e-6).rounded(.down)) - given)
          guard part > 0 else { continue }
          given += part
          owed[position] -= Double(part)
          rest -= part
          repayments.append(.init(scheme: choice.scheme, pot: repaid.pot, year: year, pounds: part))
        }
      }
    }
    return repayments
  }
}

/// A small integer programme: whole pounds near a solution's amounts.
private struct PoundLattice {
  var model = LinearModel(name: "whole pounds")
  private let values: [Double]
  private let width: Int
  /// By how much each amount lies above its floor, by index of its variable; those that are whole already have none.
  private var moves: [Int: VariableID] = [:]
  private var floors: [Int: Int] = [:]
  private var demands = 0

  /// `values` in thousands of pounds; each may move by `width` pounds, but for those that are whole at the narrowest width.
  init(_ values: [Double], width: Int) {
    (self.values, self.width) = (values, width)
  }

  mutating func pounds(_ id: VariableID) -> LinearExpression {
    if let move = moves[id.index] { return LinearExpression(Double(floors[id.index] ?? 0)).adding(move) }
    let exact = 1000 * values[id.index]
    let near = exact.rounded()
    if width == 1, abs(exact - near) < 1e-3 {
      floors[id.index] = Int(near)
      return LinearExpression(near)
    }
    let floor = max(0, Int(exact.rounded(.down)) - (width == 1 ? 0 : width))
    floors[id.index] = floor
    let most = Int(exact.rounded(.down)) + width - floor
    let move = model.variable("m\(id.index)", .integer(0, Double(most)))
    moves[id.index] = move
    return LinearExpression(Double(floor)).adding(move)
  }

  mutating func sum(_ ids: [VariableID]) -> LinearExpression {
    var sum = LinearExpression()
    for id in ids { sum += pounds(id) }
    return sum
  }

  mutating func demand(_ expression: LinearExpression, _ relation: Relation, _ value: Double) {
    guard !expression.terms.isEmpty else { return }
    demands += 1
    model.constrain("r\(demands)", expression, relation, value)
  }

  mutating func demand(sumOf ids: [VariableID], _ relation: Relation, _ value: Double) {
    let pounds = sum(ids)
    demand(pounds, relation, value)
  }

  /// The pounds of each amount, by index of its variable; nil where there are none. **Throws** `WholePounds.OutOfTime`.
  func solved(until deadline: ContinuousClock.Instant?) throws -> [Int: Int]? {
    guard !moves.isEmpty else { return floors }
    // Pounds beside millions: a share of the objective would be hundreds of them.
    let options = SolveOptions(relativeGap: 0, absoluteGap: 0.5, timeLimit: timeLeft(until: deadline))
    let outcome = try solve(model, options)
    guard let solution = outcome.solution else {
      if case .withoutSolution = outcome { throw WholePounds.OutOfTime() }
      return nil
    }
    return floors.reduce(into: [:]) { whole, entry in
      whole[entry.key] = entry.value + (moves[entry.key].map { Int(solution[$0].rounded()) } ?? 0)
    }
  }
}
