"""The central projection a second time, in NumPy; the parts of the method are in numpy_method.py.

    python3 Tests/ReferenceTests/numpy_reference.py > Tests/ReferenceTests/numpy_reference.json

Inputs: Datasets/*/data.csv and Models/*/assumptions/*.yaml of this checkout, and a small invented authority that the
script draws and prints, so that the tests can feed it to the program. To be run again when any of them changes.
"""

import csv
import json
import re
import sys
from pathlib import Path

import numpy as np
import scipy
from numpy_method import GROUPS, RECENT, cohort, flow, forward, level, met, needs, recent_ratio, shrunk, start
from scipy.optimize import minimize

ROOT = Path(__file__).resolve().parents[2]


def table(name):
    with open(ROOT / "Datasets" / name / "data.csv", newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def assumed(model):
    found = {}
    for path in sorted((ROOT / "Models" / model / "assumptions").glob("*.yaml")):
        key = None
        for line in path.read_text(encoding="utf-8").splitlines():
            if top := re.match(r"(\S+):\s*$", line):
                key = top.group(1)
            elif value := re.match(r"  value:\s*(\S+)$", line):
                found[key] = float(value.group(1))
    return found


def common(model, prefix, base, horizon):
    """What every model has: births, sites, yields, margins."""
    values, a = assumed(model), {"base": base, "horizon": horizon, "values": assumed(model)}
    areas = sorted(table(prefix["areas"]), key=lambda r: r["planning_area_code"])
    for phase in ("primary", "secondary"):
        a[phase] = [r["planning_area_code"] for r in areas if r["phase"] == phase]
    a["rows"] = {r["planning_area_code"]: r for r in areas}
    births = {}
    for r in table(prefix["births"]):
        births.setdefault(r["district"], {})[int(r["year_to_30_june"])] = float(r["births"])
    a["births"], a["last"] = births, min(max(b) for b in births.values())
    a["sites"] = [
        {
            "key": r["site_key"], "primary": r["primary_planning_area_code"], "secondary": r["secondary_planning_area_code"],
            "type": r["dwelling_type"], "dwellings": float(r["dwellings"]),
            "first": int(values[f"housing.{r['site_key']}.first_completions"]),
            "rate": values[f"housing.{r['site_key']}.homes_per_year"],
        }
        for r in table(prefix["sites"])
    ]
    a["background"] = {k.split(".")[2]: v for k, v in values.items() if k.startswith("housing.background.")}
    a["yields"] = {}
    for r in sorted(table(prefix["yields"]), key=lambda r: int(r["dwelling_age"])):
        n = GROUPS.index(r["year_group"])
        phase = "primary" if n < 7 else "secondary" if n < 12 else "sixth_form"
        per = float(r["pupils_per_100_dwellings"]) / 100 * values[f"pupil_yield_factor.{phase}"]
        a["yields"].setdefault(r["dwelling_type"], {}).setdefault(r["year_group"], []).append(per)
    return a


def area_births(a, share):
    """Births to come: all districts' last year, shared by their 3:2:1 means."""
    district = [a["rows"][p]["district"] for p in a["primary"]]
    means = {d: level(a["births"][d], a["last"]) for d in sorted(set(district))}
    scale = sum(a["births"][d][a["last"]] for d in means) / sum(means.values())
    factor = a["values"]["births.future_factor"]
    return lambda t: np.array(
        [s * cohort(a["births"][d], t, a["last"], factor, means[d] * scale) for s, d in zip(share, district)])


def shares_matrix(a, name):
    matrix = np.zeros((len(a["secondary"]), len(a["primary"])))
    for r in table(name):
        row = a["secondary"].index(r["secondary_planning_area_code"])
        matrix[row, a["primary"].index(r["primary_planning_area_code"])] = float(r["share"])
    return matrix


def gloucestershire():
    model = "gloucestershire"
    a = common(model, {
        "areas": "gloucestershire-planning-areas-2015", "births": "gloucestershire-district-births",
        "sites": "gloucestershire-strategic-housing-sites", "yields": "pupil-yields"}, 2017, 10)
    first = 2014
    N = {(start(r["academic_year"]), r["year_group"]): float(r["number_on_roll"])
         for r in table("gloucestershire-county-rolls")}
    roll = {c: float(r["number_on_roll"]) for c, r in a["rows"].items()}
    rollP, rollS = (np.array([roll[c] for c in a[phase]]) for phase in ("primary", "secondary"))
    district = np.array([a["rows"][p]["district"] for p in a["primary"]])
    born = area_births(a, [roll[p] / rollP[district == d].sum() for p, d in zip(a["primary"], district)])

    def county(t, groups):
        return np.array([N[t, g] for g in groups])

    P = met(np.column_stack([born(first - g) for g in range(7)]),
            rollP * county(first, GROUPS[:7]).sum() / rollP.sum(), county(first, GROUPS[:7]))
    S = met(np.ones((len(rollS), 7)), rollS * county(first, GROUPS[7:]).sum() / rollS.sum(), county(first, GROUPS[7:]))
    before6 = P[:, 6] * born(first - 7) / born(first - 6)
    before6 *= N[first - 1, "6"] / before6.sum()
    progression = recent_ratio([N[t, "7"] for t in (2017, 2016, 2015)], [N[t, "6"] for t in (2016, 2015, 2014)])
    F, newcomers = flow(shares_matrix(a, "gloucestershire-transfer-pattern"), before6, S[:, 0],
                        a["values"]["transfer.leavers"], progression)
    intake = P[:, 0] / born(first)
    for t in range(first + 1, a["base"] + 1):
        year7 = F @ P[:, 6] + newcomers * P[:, 6].sum()
        P = np.column_stack([intake * born(t), P[:, :6]])
        S = np.column_stack([year7, S[:, :6]])
        P *= county(t, GROUPS[:7]) / P.sum(0)
        S *= county(t, GROUPS[7:]) / S.sum(0)
    years = [2017, 2016, 2015]
    u = recent_ratio([N[t, "R"] for t in years], [born(t).sum() for t in years])
    own = P[:, 0] / born(a["base"]) / (N[2017, "R"] / born(2017).sum())
    survival = np.array([
        recent_ratio([N[t, g] for t in years], [N[t - 1, below] for t in years])
        for below, g in zip(GROUPS, GROUPS[1:])])
    housed, plain = forward(a, P, S, u * own, [born(a["base"] + k) for k in range(1, 11)],
                            survival[:6], survival[7:], F, newcomers)
    share = 1 - a["values"]["capacity.sixth_form_share"]
    places = {}
    for code, r in a["rows"].items():
        net = float(r["net_capacity"])
        groups = GROUPS[:7] if r["phase"] == "primary" else GROUPS[7:12]
        places[code] = {g: net / 7 if r["phase"] == "primary" else net * share / 5 for g in groups}
    for r in table("gloucestershire-places"):
        places[r["planning_area_code"]][r["year_group"]] = float(r["places"])
    return a, {
        "intake": dict(zip(a["primary"], u * own)), "survival": dict(zip(GROUPS[1:], survival)),
        "progression": progression, "cohorts": {c: [born(a["base"] + k)[i] for k in range(11)]
                                                for i, c in enumerate(a["primary"])},
        "shares": {p: dict(zip(a["secondary"], F[:, j])) for j, p in enumerate(a["primary"])},
        "newcomers": dict(zip(a["secondary"], newcomers)),
    }, housed, plain, needs(a, housed, places, table("gloucestershire-capacity-changes"))


def counted(a, N, births, F=None, pattern=None, leavers=0.0):
    """From rolls counted by area: N[area][year group][year]. With F the flow is counted, with pattern it is raked."""
    base, (P, S) = a["base"], (a["primary"], a["secondary"])
    years = [base, base - 1, base - 2]

    def grid(codes, group, shift=0):
        return np.array([[N[c][group][t - shift] for t in years] for c in codes])

    intake, wR = shrunk(grid(P, "R"), np.column_stack([births(t) for t in years]))
    survival, weight = {}, {"R": wR}
    for codes, groups in ((P, GROUPS[:7]), (S, GROUPS[7:])):
        for below, g in zip(groups, groups[1:]):
            survival[g], weight[g] = shrunk(grid(codes, g), grid(codes, below, 1))
    six, seven = grid(P, "6", 1), grid(S, "7")
    if F is not None:
        newcomers = ((seven - F @ six) / six.sum(0)) @ RECENT
    else:
        progression = recent_ratio(seven.sum(0), six.sum(0))
        F, newcomers = flow(pattern, six[:, 0], seven[:, 0], leavers, progression)
    now = [np.array([[N[c][g][base] for g in groups] for c in codes]) for codes, groups in ((P, GROUPS[:7]), (S, GROUPS[7:]))]
    housed, plain = forward(
        a, *now, intake, [births(base + k) for k in range(1, a["horizon"] + 1)],
        np.column_stack([survival[g] for g in GROUPS[1:7]]), np.column_stack([survival[g] for g in GROUPS[8:]]), F, newcomers)
    return {
        "intake": dict(zip(P, intake)),
        "survival": {g: dict(zip(P if g in GROUPS[:7] else S, v)) for g, v in survival.items()},
        "weight": {g: dict(zip(P if g in GROUPS[:7] else S, v)) for g, v in weight.items()},
        "newcomers": dict(zip(S, newcomers)),
        "shares": {p: dict(zip(S, F[:, j])) for j, p in enumerate(P)},
    }, housed, plain


def exampleton():
    a = common("exampleton", {
        "areas": "exampleton-planning-areas", "births": "exampleton-births",
        "sites": "exampleton-housing-sites", "yields": "exampleton-pupil-yields"}, 2017, 6)
    N = {}
    for r in table("exampleton-area-rolls"):
        N.setdefault(r["planning_area_code"], {}).setdefault(r["year_group"], {})[start(r["academic_year"])] = float(
            r["number_on_roll"])
    size = {p: sum(N[p][g][2017] for g in GROUPS[:7]) for p in a["primary"]}
    district = {p: a["rows"][p]["district"] for p in a["primary"]}
    share = [size[p] / sum(size[q] for q in size if district[q] == district[p]) for p in a["primary"]]
    rates, housed, plain = counted(a, N, area_births(a, share), F=shares_matrix(a, "exampleton-transfer"))
    places = {}
    for r in table("exampleton-places"):
        places.setdefault(r["planning_area_code"], {})[r["year_group"]] = float(r["places"])
    return a, rates, housed, plain, needs(a, housed, places, table("exampleton-capacity-changes"))


def small():
    """Four primary and three secondary areas with rolls that scatter; drawn once, printed with the answers."""
    rng = np.random.default_rng(1918)
    a = {"base": 2017, "horizon": 8, "primary": ["A", "B", "C", "D"], "secondary": ["X", "Y", "Z"], "last": 2016}
    mean = dict(zip(a["primary"] + a["secondary"], [28, 60, 140, 9, 150, 70, 40]))
    births = {y: int(rng.integers(240, 300)) for y in range(2009, 2017)}
    share = [0.12, 0.27, 0.57, 0.04]
    N = {c: {g: {t: int(max(1, rng.poisson(m * (0.5 if g in ("12", "13") else 1)))) for t in range(2014, 2018)}
             for g in (GROUPS[:7] if c in a["primary"] else GROUPS[7:])} for c, m in mean.items()}
    N["D"]["3"][2016] = 0  # an empty cohort: D takes the authority's ratio into Years 3 and 4
    F = np.array([[0.7, 0.5, 0.2, 0.3], [0.2, 0.3, 0.6, 0.0], [0.0, 0.1, 0.15, 0.6]])
    a["sites"] = [
        {"primary": "B", "secondary": "X", "type": "house", "dwellings": 130.0, "first": 2018, "rate": 40.0},
        {"primary": "B", "secondary": "Y", "type": "flat", "dwellings": 300.0, "first": 2020, "rate": 60.0},
        {"primary": "C", "secondary": "X", "type": "flat", "dwellings": 45.0, "first": 2016, "rate": 20.0},
    ]
    a["background"] = {"B": 25.0, "C": 5.0, "X": 10.0, "Y": 0.0}
    a["yields"] = {
        "house": {g: [round(0.01 * (1 + 0.3 * k) * (1 + n % 3), 4) for k in range(4)] for n, g in enumerate(GROUPS)},
        "flat": {g: [round(0.003 * (1 + n % 2), 4), 0.006] for n, g in enumerate(GROUPS)},
    }

    def born(t):
        return np.array(share) * cohort(births, t, a["last"], 1.1)

    answers = {}
    for name, how in (("observed", {"F": F}), ("pattern", {"pattern": F, "leavers": 0.2})):
        rates, housed, plain = counted(a, N, born, **how)
        answers[name] = {**rates, **paths(a, housed, plain)}
    inputs = {"base": a["base"], "horizon": a["horizon"], "births": births, "futureFactor": 1.1, "leavers": 0.2,
              "birthShares": dict(zip(a["primary"], share)), "rolls": N,
              "shares": {p: dict(zip(a["secondary"], F[:, j])) for j, p in enumerate(a["primary"])},
              "sites": a["sites"], "background": a["background"], "yields": a["yields"]}
    return {"inputs": inputs, **answers}


def paths(a, housed, plain):
    """By area, then year group by year group, then year by year, the base year first."""
    codes = a["primary"] + a["secondary"]
    return {name: {c: path[:, i, :].T.tolist() for i, c in enumerate(codes)}
            for name, path in (("central", housed), ("withoutHousing", plain))}


def raking_three():
    """A 3 x 3 table raked twice: by the dual, and by minimising relative entropy over the table's four free cells."""
    seed = np.array([[40, 30, 20], [35, 50, 100], [11, 2, 37]], float)
    rows, columns = np.array([150, 300, 50.0]), np.array([120, 130, 250.0])
    dual = met(seed, rows, columns)

    def full(x):
        inner = x.reshape(2, 2)
        top = np.column_stack([inner, rows[:2] - inner.sum(1)])
        return np.vstack([top, columns - top.sum(0)])

    def entropy(x):
        cells = full(x)
        return np.inf if (cells <= 0).any() else (cells * np.log(cells / seed) - cells + seed).sum()

    x = np.outer(rows, columns)[:2, :2].ravel() / rows.sum()
    for _ in range(6):  # restarts: a simplex search stalls before it is exact
        x = minimize(entropy, x, method="Nelder-Mead", options={"xatol": 1e-12, "fatol": 1e-14, "maxiter": 40000, "maxfev": 40000}).x
    assert np.abs(full(x) - dual).max() < 1e-5, np.abs(full(x) - dual).max()
    return {"seed": seed.tolist(), "rows": rows.tolist(), "columns": columns.tolist(), "raked": dual.tolist(),
            "entropySearch": full(x).tolist()}


def lines(value):
    """JSON that breaks a line only inside what is long."""
    flat = json.dumps(value)
    if not isinstance(value, dict) or len(flat) < 4000:
        return flat
    return "{\n" + ",\n".join(json.dumps(k) + ": " + lines(v) for k, v in value.items()) + "\n}"


def rounded(value):
    if isinstance(value, dict):
        return {str(k): rounded(v) for k, v in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [rounded(v) for v in value]
    return value if isinstance(value, (int, str)) else round(float(value), 10)


def main():
    answer = {"provenance": {
        "what": "central projections, rates, flows, raking, birth alignment and needs, computed without the program",
        "script": "Tests/ReferenceTests/numpy_reference.py", "numpy": np.__version__, "scipy": scipy.__version__,
        "inputs": "Datasets/*/data.csv and Models/*/assumptions/*.yaml of this checkout"}}
    for name, build in (("gloucestershire", gloucestershire), ("exampleton", exampleton)):
        a, rates, housed, plain, need = build()
        answer[name] = {**rates, "need": need, **paths(a, housed, plain)}
    answer["small"] = small()
    answer["raking"] = raking_three()
    known = {2010: 1200.0, 2011: 600.0, 2012: 1800.0}
    answer["alignment"] = {"births": known, "futureFactor": 1.5,
                           "cohorts": {t: cohort(known, t, 2012, 1.5) for t in range(2014, 2018)}}
    sys.stdout.write(lines(rounded(answer)) + "\n")


if __name__ == "__main__":
    main()
