"""Births beyond the last known year a second time, in NumPy and SciPy.

    python3 Tests/ReferenceTests/births_reference.py > Tests/ReferenceTests/births_reference.json

Inputs are invented: the script draws them and prints them beside the answers, so that the tests can feed them to the
program. Women are carried by SciPy's Leslie matrix and births counted from women at both ends of the year; the stable
age structure comes from numpy.linalg.eig; the trend is a matrix that moves a state, and not the program's formulae.
"""

import itertools
import json
import sys

import numpy as np
import scipy
from scipy.linalg import leslie

GIRLS = 100 / 205
WEIGHTS = np.array([3, 2, 1]) / 6  # newest first


def schedule(rng, ages, open_group):
    age = np.arange(ages)
    fertility = np.where((age >= 15) & (age < 50), 0.12 * np.exp(-((age - rng.uniform(27, 32)) / 7) ** 2), 0)
    survival = 1 - 0.0003 * np.exp(0.07 * age) * rng.uniform(0.5, 1.5, ages)
    survival[-1] = 0.8 if open_group else 0.0
    return {"survivalFromBirth": rng.uniform(0.993, 0.997), "survival": survival, "fertility": fertility}


def matrix(s):
    """Leslie's matrix: women of age a live half their year at a and half at a + 1 among those who survive."""
    f, live = s["fertility"], s["survival"]
    older = np.append(f[1:], f[-1])
    m = leslie(s["survivalFromBirth"] * GIRLS * (f + live * older) / 2, live[:-1])
    m[-1, -1] += live[-1]
    return m


def forward(women, s, migration, years):
    """Women after each year, and births from exposure: half the women at the start, half those at the end."""
    m, f, path, births = matrix(s), s["fertility"], [women], []
    for _ in range(years):
        start = path[-1]
        end = m @ start + migration
        births.append(float(f @ (start + end) / 2))
        # Girls whose mothers came during the year are not in the matrix.
        end[0] = s["survivalFromBirth"] * GIRLS * births[-1] + migration[0]
        path.append(end)
    return path, births


def stable(s):
    """The growth ratio and the shares by age to which the matrix leads."""
    values, vectors = np.linalg.eig(matrix(s))
    top = np.argmax(values.real)
    shares = np.abs(vectors[:, top].real)
    return {"ratio": values[top].real, "shares": shares / shares.sum()}


def leslie_case(seed, ages, districts, open_group):
    rng = np.random.default_rng(seed)
    names = [f"D{i}" for i in range(districts)]
    schedules = {n: schedule(rng, ages, open_group) for n in names}
    women = {n: rng.uniform(200, 900, ages).round() for n in names}
    migration = {n: rng.uniform(-3, 5, ages).round(2) for n in names}
    own, shared = {}, {}
    for n in names:
        path, births = forward(women[n], schedules[n], migration[n], 12)
        own[n] = {"births": births, "last": path[-1]}
        path, births = forward(women[n], schedules[names[0]], migration[n], 12)
        shared[n] = {"births": births, "last": path[-1]}
    return {"women": women, "migration": migration, "schedules": schedules, "byDistrict": own, "shared": shared,
            "stable": {n: stable(schedules[n]) for n in names}}


def trend_case(seed, years, districts, damping):
    """Damped trend on the log of all births: every smoothing of the grid at once, as x -> A x + g e of a state x."""
    rng = np.random.default_rng(seed)
    names = [f"D{i}" for i in range(districts)]
    drift = np.cumsum(np.cumsum(rng.normal(0, 0.008, years)) + rng.normal(0, 0.015, years))
    births = {n: (rng.uniform(500, 2500) * np.exp(drift + rng.normal(0, 0.02, years))).round() for n in names}
    y = np.log(sum(births.values()))
    grid = [(a / 20, a / 20 * b / 20) for a, b in itertools.product(range(1, 21), range(21))]
    step = np.array([[1, damping], [0, damping]])
    state = np.zeros((2, len(grid)))
    state[0] = y[0]
    gain, squares = np.array(grid).T, np.zeros(len(grid))
    for value in y[1:]:
        state = step @ state
        error = value - state[0]
        state, squares = state + gain * error, squares + error**2
    best = int(np.argmin(squares))
    ahead, totals = state[:, best], []
    for _ in range(10):
        ahead = step @ ahead
        totals.append(np.exp(ahead[0]))
    levels = {n: WEIGHTS @ b[::-1][:3] for n, b in births.items()}
    shares = {n: v / sum(levels.values()) for n, v in levels.items()}
    return {"damping": damping, "births": births, "shares": shares, "totals": totals}


def plain(value):
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(v) for v in value]
    return value if isinstance(value, (int, str)) else float(f"{value:.15g}")


def main():
    answer = {
        "provenance": {"script": "Tests/ReferenceTests/births_reference.py", "numpy": np.__version__,
                       "scipy": scipy.__version__},
        "girlsShare": GIRLS,
        "leslie": [leslie_case(11, 50, 3, False), leslie_case(12, 91, 2, True)],
        "trend": [trend_case(21, 19, 3, 0.8), trend_case(22, 31, 2, 0.8), trend_case(23, 8, 4, 0.95)],
    }
    body = ",\n".join(json.dumps(k) + ": " + json.dumps(v) for k, v in plain(answer).items())
    sys.stdout.write("{\n" + body + "\n}\n")


main()
