internal import PlacePlanning

// The same problem with one thing changed, for explanations to solve.

extension ProgrammeProblem {
  /// Without one scheme, and without those that require it. A committed scheme stays: where it requires what was left out, nothing is
  /// possible. Every candidate keeps its position.
  func without(_ scheme: Int) -> ProgrammeProblem {
    var left: Set<String> = [candidates[scheme].scheme.key]
    var count = 0
    while count != left.count {
      count = left.count
      left.formUnion(
        candidates.map(\.scheme).filter { !$0.isCommitted && !left.isDisjoint(with: $0.prerequisites) }
          .map(\.key))
    }
    return changing { left.contains($0.scheme.key) ? $0.starting { _ in false } : $0 }
  }

  /// With more money in a pot, received in a year by its position.
  func adding(_ pounds: Int, to pot: Int, in year: Int) -> ProgrammeProblem {
    var changed = self
    changed.pots[pot].received[years[year], default: 0] += pounds
    return changed
  }

  /// With a share of every year's borrowing limit; what borrowing may cost the revenue budget stays as it is.
  func borrowing(share: Double) -> ProgrammeProblem {
    var changed = self
    changed.borrowing.limit = borrowing.limit.mapValues { wholePounds(share, of: $0) }
    return changed
  }

  /// With more borrowing allowed in a year by its position.
  func borrowing(more pounds: Int, in year: Int) -> ProgrammeProblem {
    var changed = self
    changed.borrowing.limit[years[year], default: 0] += pounds
    return changed
  }

  /// With exactly the schemes of a rival plan that add places in its area, beside the committed ones. Every candidate keeps its
  /// position.
  func holding(to rival: RivalPlan) -> ProgrammeProblem {
    changing { candidate in
      let scheme = candidate.scheme
      if rival.schemes.contains(scheme.key) {
        return candidate.committed { start in
          !rival.startsAsApproved || years[start.year] == scheme.approvedStart
        }
      }
      return scheme.area == rival.area && scheme.kind.addsPlaces && !scheme.isCommitted
        ? candidate.starting { _ in false } : candidate
    }
  }

  /// With these schemes of those that add places, started in these years, and the committed ones; what adds no places may start as
  /// before. Every candidate keeps its position. Nil where one of them is not in the problem, or may not start in its year. **Units**
  /// positions among the years.
  func keepingPlaces(_ years: [String: Int]) -> ProgrammeProblem? {
    let there = candidates.count { candidate in
      candidate.starts.contains { $0.year == years[candidate.scheme.key] }
    }
    guard there == years.count else { return nil }
    return changing { candidate in
      if let year = years[candidate.scheme.key] { return candidate.committed { $0.year == year } }
      return !candidate.scheme.kind.addsPlaces || candidate.scheme.isCommitted
        ? candidate : candidate.starting { _ in false }
    }
  }

  /// The same, but schemes of a block (``blocks()``) may also stand otherwise where that leaves as many places unmet to the last: of what
  /// is as good for pupils another choice may be cheaper. `isWhole` is false where schemes of some block stand as they are, since nobody
  /// has tried what could stand in their place. Nil as in `keepingPlaces`. **Units** positions among the years.
  func keepingUnmet(of years: [String: Int]) -> (problem: ProgrammeProblem, isWhole: Bool)? {
    guard var kept = keepingPlaces(years) else { return nil }
    // Where neighbours place pupils, a plan of one block does not say how many are unmet.
    guard neighbours == nil else { return (problem: kept, isWhole: false) }
    var isWhole = true
    let (parts, groups) = (blocks(), supplyGroups())
    let money = PlanMoney(self, parts)
    for (schemes, own) in zip(parts, money.own) {
      // Of each scheme that adds places its start, -1 for none; nil of the others.
      let held = schemes.map { scheme -> Int16? in
        let candidate = candidates[scheme]
        guard candidate.scheme.kind.addsPlaces else { return nil }
        return Int16(candidate.starts.firstIndex { $0.year == years[candidate.scheme.key] } ?? -1)
      }
      guard let block = planBlocks.block(self, schemes, groups, money, own: own),
        let standing = (0..<block.count).first(where: { plan in
          zip(block.starts(plan), held).allSatisfy { $1 == nil || $0 == $1 }
        })
      else {
        isWhole = false
        continue
      }
      let unmet = block.unmet[standing]
      let plans = (0..<block.count).filter { abs(block.unmet[$0] - unmet) <= 1e-9 * max(1, abs(unmet)) }
      for (position, scheme) in schemes.enumerated() {
        let candidate = candidates[scheme]
        let starts = Set(plans.map { block.start(Int32($0), position) })
        let open = Set(starts.filter { $0 >= 0 }.map { candidate.starts[Int($0)].year })
        kept.candidates[scheme] =
          starts.contains(-1)
          ? candidate.starting { open.contains($0.year) } : candidate.committed { open.contains($0.year) }
      }
    }
    return (problem: kept, isWhole: isWhole)
  }

  /// With these choices and no others; every candidate keeps its position.
  func holding(to choices: [Programme.Choice]) -> ProgrammeProblem {
    let starts = Dictionary(choices.map { ($0.scheme, $0.start) }) { first, _ in first }
    var changed = self
    changed.candidates = candidates.enumerated().map { position, candidate in
      if let start = starts[position] {
        let held = candidate.starts[start].year
        return candidate.committed { $0.year == held }
      }
      return candidate.starting { _ in false }
    }
    return changed
  }

  /// With some schemes started in given years, by key. **Units** positions among the years.
  func starting(_ held: [String: Int]) -> ProgrammeProblem {
    changing { candidate in
      held[candidate.scheme.key].map { year in candidate.committed { $0.year == year } } ?? candidate
    }
  }

  /// With fewer starts to choose from: schemes in `years` may drop out, or start within `moves` years of their own year there (-1 is a
  /// year sooner), those in `area` from a year sooner to two years later. Schemes that do not stand there may come in at any start. So few
  /// starts are quickly settled.
  func moving(
    _ moves: ClosedRange<Int>, from years: [String: Int], freeing area: PlanningAreaCode? = nil
  ) -> ProgrammeProblem {
    changing { candidate in
      guard let year = years[candidate.scheme.key] else { return candidate }
      let moves = area != nil && candidate.scheme.area == area ? -1...2 : moves
      return candidate.starting { moves.contains($0.year - year) }
    }
  }

  /// The positions of the starts that a problem made from this one by `moving` still has. **Shape** candidate.
  func starts(of narrowed: ProgrammeProblem) -> [Set<Int>] {
    zip(candidates, narrowed.candidates).map { candidate, few in
      let years = Set(few.starts.map(\.year))
      return Set(candidate.starts.indices.filter { years.contains(candidate.starts[$0].year) })
    }
  }

  private func changing(_ change: (Candidate) -> Candidate) -> ProgrammeProblem {
    var changed = self
    changed.candidates = candidates.map(change)
    return changed
  }
}

extension ProgrammeProblem.Candidate {
  /// With fewer starts to choose from.
  fileprivate func starting(_ mayStart: (ProgrammeProblem.Start) -> Bool) -> ProgrammeProblem.Candidate {
    var candidate = self
    candidate.starts = starts.filter(mayStart)
    return candidate
  }

  /// Committed to, with fewer starts to choose from.
  fileprivate func committed(
    _ mayStart: (ProgrammeProblem.Start) -> Bool
  ) -> ProgrammeProblem.Candidate {
    var candidate = starting(mayStart)
    candidate.scheme.isCommitted = true
    return candidate
  }
}
