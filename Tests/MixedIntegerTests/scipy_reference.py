"""The optima in OptimumTests.swift: SciPy's milp on the instances of mixedModel(seed:), number by number.

Run with SciPy 1.17.1: python3 scipy_reference.py
"""
import numpy
from scipy.optimize import Bounds, LinearConstraint, milp

MASK = (1 << 64) - 1


def generator(seed):
    state = seed
    while True:
        state = (state + 0x9E3779B97F4A7C15) & MASK
        z = state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        yield z ^ (z >> 31)


def optimum(seed):
    random = generator(seed)
    draw = lambda low, high: low + next(random) % (high - low + 1)
    lower, upper, whole = [], [], []
    for index in range(12):
        kind = index % 3
        lower.append([0, -2, 0][kind])
        upper.append(draw(5, 20) if kind == 0 else draw(1, 6) if kind == 1 else 1)
        whole.append(int(kind > 0))
    costs = [draw(-20, 10) for _ in range(12)]
    rows, low, high = [], [], []
    for row in range(6):
        drawn = [draw(-4, 9) for _ in range(12)]
        rows.append([c if c > 0 or row > 2 else 0 for c in drawn])
        value = -draw(1, 30) if row == 5 else draw(10, 60)
        low.append(value if row == 5 else -numpy.inf)
        high.append(numpy.inf if row == 5 else value)
    found = milp(costs, integrality=whole, bounds=Bounds(lower, upper),
                 constraints=LinearConstraint(rows, low, high), options={"mip_rel_gap": 0})
    return found.fun if found.success else None


for seed in range(20):
    print(f"    ({seed}, {optimum(seed)!r}),")
