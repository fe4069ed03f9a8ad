"""Solves random capital programmes by another formulation, for ProgrammeReferenceTests.

    PROGRAMME_PROBLEMS=folder swift test --filter ProgrammeReference   writes <seed>.json into the folder
    python3 programme_reference.py folder 1 2 3 > programme_reference.json   solves those seeds, or all
                                                                 needs NumPy and SciPy (1.17 was used)

Nothing is shared with the Swift model but the problem and the meaning of its words:

- every draw of every cell has its own unmet variable (no curve, no chord); a tail mean is Rockafellar and Uryasev's
  (threshold plus mean excess), a chance ceiling the one draw that it names;
- money goes from a pot to a scheme, not to a class; debt is no variable but the sum of what was borrowed and repaid, each
  times what MRP has left of it;
- a pot is a bound on running sums, not a chain of balances;
- a prerequisite is a bound on each start, not on running sums of starts;
- places and who may pay for what are worked out here from kinds, year groups and rules.

Money is in thousands of pounds. Problems that are not solved to a gap of 1e-6 in each step are left out, and said so, as are
those whose distance from the approved programme depends on how tightly the other steps are held. `decides` names the rules
without which another answer is best, so that a model that forgot one of them would be found out; `distance` is among them
where programmes as good lie further from the approved one.
"""

import copy
import json
import math
import sys
from pathlib import Path

import numpy
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

SECONDS = 150
ADDS = {"expansion": "stays", "new_school": "stays", "temporary": "leaves", "bulge": "cohort"}


class Model:
    """Rows and columns as they are added. An expression is {column: coefficient}, its constant under None."""

    def __init__(self):
        self.low, self.high, self.whole, self.rows = [], [], [], []

    def variable(self, low=0.0, high=numpy.inf, whole=False):
        self.low.append(low)
        self.high.append(high)
        self.whole.append(1 if whole else 0)
        return {len(self.low) - 1: 1.0}

    def add(self, expression, low, high):
        terms = {column: c for column, c in expression.items() if column is not None and c != 0}
        constant = expression.get(None, 0.0)
        self.rows.append((terms, low - constant, high - constant))

    def least(self, objective, gap=1e-9):
        costs = numpy.zeros(len(self.low))
        for column, c in objective.items():
            if column is not None:
                costs[column] += c
        entries = [(row, column, c) for row, (terms, _, _) in enumerate(self.rows) for column, c in terms.items()]
        rows, columns, values = zip(*entries)
        matrix = sparse.csr_array((values, (rows, columns)), shape=(len(self.rows), len(self.low)))
        found = milp(
            costs, integrality=self.whole, bounds=Bounds(self.low, self.high),
            constraints=LinearConstraint(matrix, [r[1] for r in self.rows], [r[2] for r in self.rows]),
            options={"mip_rel_gap": gap, "time_limit": SECONDS})
        constant = objective.get(None, 0.0)
        if found.x is None:
            return None
        reached = found.fun + constant
        bound = found.mip_dual_bound + constant
        return reached, bound, found.x


def total(parts):
    """The sum of (factor, expression)."""
    result = {}
    for factor, expression in parts:
        for column, c in expression.items():
            result[column] = result.get(column, 0.0) + factor * c
    return result


def phase(entry):
    return None if entry is None else "primary" if entry <= 6 else "secondary"


def may_pay(pot, scheme):
    return (
        scheme["kind"] in pot["kinds"]
        and pot["phase"] in (None, phase(scheme["entry"]))
        and pot["area"] in (None, scheme["area"])
        and pot["scheme"] in (None, scheme["key"]))


def places(scheme, start, cell):
    """Places that a scheme started in a year adds to a cell."""
    kind = ADDS.get(scheme["kind"])
    if kind is None or scheme["entry"] is None or scheme["area"] != cell["area"]:
        return 0
    if phase(scheme["entry"]) != phase(cell["year_group"]):
        return 0
    age = cell["year"] - (start["year"] + scheme["build_years"])
    step = cell["year_group"] - scheme["entry"]
    if age < 0 or step < 0:
        return 0
    if scheme["years_of_use"] is not None and age >= scheme["years_of_use"]:
        return 0
    return scheme["places"] if (step == age if kind == "cohort" else step <= age) else 0


def set_aside(problem, scheme, start, year):
    """The share of the debt at a year's opening that MRP takes in it."""
    first = start["year"] + scheme["build_years"] + 1
    if year < first:
        return 0.0
    left = scheme["life"] - (year - first)
    if left <= 1:
        return 1.0
    rate = problem["interest"]
    if problem["mrp"] == "equal_instalment" or rate == 0:
        return 1 / left
    return rate / ((1 + rate) ** left - 1)


def build(problem):
    model = Model()
    schemes, pots, cells = problem["schemes"], problem["pots"], problem["cells"]
    years = range(len(problem["years"]))
    discount = [(1 + problem["discount"]) ** -t for t in years]
    deadline = [numpy.inf if p["spend_by"] is None else p["spend_by"] - problem["years"][0] for p in pots]

    # What is chosen.
    starts = [[model.variable(0, 1, True) for _ in s["starts"]] for s in schemes]
    for scheme, own in zip(schemes, starts):
        model.add(total((1, x) for x in own), 1 if scheme["committed"] else 0, 1)
        for key in scheme["requires"]:
            needed = next(i for i, s in enumerate(schemes) if s["key"] == key)
            for start, x in zip(scheme["starts"], own):
                earlier = [
                    (-1, y) for other, y in zip(schemes[needed]["starts"], starts[needed])
                    if other["year"] <= start["year"]]
                model.add(total([(1, x)] + earlier), -numpy.inf, 0)
    for group in sorted({s["group"] for s in schemes} - {None}):
        members = [x for s, own in zip(schemes, starts) if s["group"] == group for x in own]
        model.add(total((1, x) for x in members), -numpy.inf, 1)

    # Who pays.
    out = [[[] for _ in years] for _ in pots]
    borrowed = [[] for _ in years]
    financing = [[] for _ in years]
    rises = []
    left = []
    for scheme, own in zip(schemes, starts):
        payers = [p for p, pot in enumerate(pots) if may_pay(pot, scheme)]
        mine = {p: [] for p in payers}
        paid = [[] for _ in years]
        for t in years:
            if all(start["spending"][t] == 0 for start in scheme["starts"]):
                continue
            for p in payers:
                if t <= deadline[p]:
                    f = model.variable()
                    out[p][t].append((1, f))
                    mine[p].append((1, f))
                    paid[t].append((1, f))
                    if not pots[p]["carries"] or deadline[p] <= years[-1]:
                        rises.append((discount[t] * (1 - (1 + problem["inflation"]) ** -t), f))
        only_paid = {p: list(mine[p]) for p in payers}
        for start, x in zip(scheme["starts"], own):
            if scheme["kind"] not in problem["borrowing_kinds"]:
                continue
            flows = [[] for _ in years]
            for t in years:
                if start["spending"][t] and problem["limit"][t]:
                    b = model.variable()
                    model.add(total([(1, b), (-start["spending"][t] / 1000, x)]), -numpy.inf, 0)
                    borrowed[t].append((1, b))
                    paid[t].append((1, b))
                    flows[t].append((1, b))
                    financing[t].append((problem["interest"] / 2, b))
            if not any(flows):
                continue
            for p in payers:
                if pots[p]["section106"]:
                    for t in years:
                        if t <= deadline[p]:
                            r = model.variable()
                            out[p][t].append((1, r))
                            mine[p].append((1, r))
                            flows[t].append((-1, r))
            debt = []
            for t in years:
                share = set_aside(problem, scheme, start, t)
                financing[t] += [((share + problem["interest"]) * c, v) for c, v in debt]
                debt = [((1 - share) * c, v) for c, v in debt] + flows[t]
                if debt:
                    model.add(total(debt), 0, numpy.inf)
            left += debt
        for t in years:
            spends = [(-s["spending"][t] / 1000, x) for s, x in zip(scheme["starts"], own)]
            model.add(total(paid[t] + spends), 0, 0)
        for p in payers:
            if pots[p]["share"] is not None:
                costs = [
                    (-pots[p]["share"] * sum(s["spending"]) / 1000, x) for s, x in zip(scheme["starts"], own)]
                model.add(total(only_paid[p] + costs), -numpy.inf, 0)
        obligations = {}
        for p in payers:
            if pots[p]["obligation"] is not None:
                obligations.setdefault(pots[p]["obligation"], []).append(p)
        if len(obligations) > 5:
            used = []
            for instalments in obligations.values():
                z = model.variable(0, 1, True)
                used.append((1, z))
                for p in instalments:
                    model.add(total(mine[p] + [(-sum(pots[p]["received"]) / 1000, z)]), -numpy.inf, 0)
            model.add(total(used), -numpy.inf, 5)

    # What is there to pay with, and what is lost.
    lost = []
    for p, pot in enumerate(pots):
        received = [pounds / 1000 for pounds in pot["received"]]
        for t in years:
            if t > deadline[p]:
                lost.append((discount[t] * received[t], {None: 1.0}))
            elif not pot["carries"]:
                rest = [(-c, v) for c, v in out[p][t]] + [(received[t], {None: 1.0})]
                model.add(total(rest), 0, numpy.inf)
                lost += [(discount[t] * c, v) for c, v in rest]
            else:
                rest = [(-c, v) for u in range(t + 1) for c, v in out[p][u]]
                rest.append((sum(received[: t + 1]), {None: 1.0}))
                model.add(total(rest), 0, numpy.inf)
                if t == deadline[p]:
                    lost += [(discount[t] * c, v) for c, v in rest]
    for t in years:
        if borrowed[t]:
            model.add(total(borrowed[t]), -numpy.inf, problem["limit"][t] / 1000)
        if problem["ceiling"][t] is not None and financing[t]:
            model.add(total(financing[t]), -numpy.inf, problem["ceiling"][t] / 1000)

    # Pupils.
    unmet, empty = [], []
    for cell in cells:
        supply = total(
            (places(scheme, start, cell), x)
            for scheme, own in zip(schemes, starts) for start, x in zip(scheme["starts"], own))
        draws = cell["pupils"]
        wanted = [(1 + cell["margin"]) * pupils - cell["places"] for pupils in draws]
        name, *size = cell["measure"]

        def short(need):
            u = model.variable()
            model.add(total([(1, u), (1, supply)]), need, numpy.inf)
            return u

        if name == "expected":
            unmet += [(cell["weight"] / len(draws), short(need)) for need in wanted]
        elif name == "worst":
            count = max(1, math.floor(size[0] * len(draws) + 0.5))
            threshold = model.variable(-numpy.inf)
            unmet.append((cell["weight"], threshold))
            for need in wanted:
                excess = model.variable()
                model.add(total([(1, excess), (1, threshold), (-1, short(need))]), 0, numpy.inf)
                unmet.append((cell["weight"] / count, excess))
        else:
            position = max(1, math.ceil((1 - size[0]) * len(draws) - 1e-6))
            unmet.append((cell["weight"], short(sorted(wanted)[position - 1])))
        if problem["empty_place"] > 0:
            price = discount[cell["year"]] * problem["empty_place"] / 1000 / len(draws)
            for pupils in draws:
                v = model.variable()
                model.add(total([(1, v), (-1, supply)]), cell["places"] - pupils, numpy.inf)
                empty += [(price, v), (-price * max(0.0, cell["places"] - pupils), {None: 1.0})]

    revenue = [
        ((sum(discount[t] * start["revenue"][t] for t in years) + discount[-1] * start["revenue_beyond"]) / 1000, x)
        for scheme, own in zip(schemes, starts) for start, x in zip(scheme["starts"], own)]
    cost = (
        lost + rises + empty + revenue + [(discount[t] * c, v) for t in years for c, v in financing[t]]
        + [(discount[-1] * c, v) for c, v in left])
    # Years moved; all of them for a scheme dropped or added.
    moved = []
    for scheme, own in zip(schemes, starts):
        approved, every = scheme["approved"], len(problem["years"])
        for start, x in zip(scheme["starts"], own):
            if approved is None:
                moved.append((every, x))
            else:
                # What a start saves of dropping it.
                moved.append((abs(problem["years"][start["year"]] - approved) - every, x))
        if approved is not None:
            moved.append((every, {None: 1.0}))
    return model, total(unmet), total(cost), total(moved)


def fnv(data):
    value = 0xCBF29CE484222325
    for byte in data:
        value = (value ^ byte) * 0x100000001B3 % 2**64
    return f"{value:x}"


def held(model, expression, value, hold=1e-6):
    model.add(expression, -numpy.inf, value + hold * max(1.0, abs(value)))


def years_from_approved(problem, unmet, cost, hold, sign=1):
    """The years of the third step where those before it are held with so much room, as a share; None where it is not solved.

    With the sign -1 the most years that a programme as good may lie away."""
    model, *aims = build(problem)
    held(model, aims[0], unmet, hold)
    held(model, aims[1], cost, hold)
    third = model.least(total([(sign, aims[2])]))
    return None if third is None or third[0] - third[1] > 1e-3 else sign * round(third[0])


def without(problem, rule):
    other = copy.deepcopy(problem)
    for scheme in other["schemes"]:
        if rule == "requires":
            scheme["requires"] = []
        if rule == "options":
            scheme["group"] = None
        if rule == "removal":
            scheme["years_of_use"] = None
    for pot in other["pots"]:
        if rule == "repayment":
            pot["section106"] = False
    for cell in other["cells"]:
        if rule == cell["measure"][0]:
            cell["measure"] = ["expected"]
    return other


def decides(problem, rule, unmet, cost):
    """Whether fewer places are unmet or the cost is another without a rule."""
    other = without(problem, rule)
    if other == problem:
        return False
    model, *aims = build(other)
    first = model.least(aims[0])
    if first is None or abs(first[0] - unmet) > 1e-4 * max(1.0, unmet):
        return first is not None
    held(model, aims[0], first[0])
    second = model.least(aims[1])
    return second is not None and abs(second[0] - cost) > 1e-5 * max(1.0, abs(cost))


def main(folder, seeds):
    rows = []
    for path in sorted(Path(folder).glob("*.json"), key=lambda p: int(p.stem)):
        if seeds and path.stem not in seeds:
            continue
        data = path.read_bytes()
        problem = json.loads(data)
        model, unmet, cost, _ = build(problem)
        first = model.least(unmet)
        if first is None:
            print(path.stem, "has no programme", file=sys.stderr, flush=True)
            continue
        held(model, unmet, first[0])
        second = model.least(cost)
        gaps = [None if s is None else (s[0] - s[1]) / max(1.0, abs(s[0])) for s in (first, second)]
        print(path.stem, first[0], second and 1000 * second[0], gaps, file=sys.stderr, flush=True)
        if second is None or max(gaps) > 1e-6:
            print(path.stem, "is left out: not solved", file=sys.stderr, flush=True)
            continue
        # Another solver's values differ by its gap, and so does what it holds.
        years = {years_from_approved(problem, first[0], second[0], hold) for hold in (1e-9, 2e-6)}
        if len(years) > 1 or None in years:
            print(path.stem, "is left out: the third step", years, file=sys.stderr, flush=True)
            continue
        nearest = years.pop()
        rules = [
            rule for rule in ("requires", "options", "removal", "repayment", "worst", "beyond")
            if decides(problem, rule, first[0], second[0])]
        if years_from_approved(problem, first[0], second[0], 1e-9, -1) != nearest:
            rules.append("distance")
        rows.append(
            {"seed": int(path.stem), "hash": fnv(data), "unmet": first[0], "presentCost": 1000 * second[0],
             "yearsFromApproved": nearest, "decides": rules})
    print("[\n" + ",\n".join("  " + json.dumps(row) for row in rows) + "\n]")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
