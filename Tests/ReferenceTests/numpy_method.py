"""The parts of the method in NumPy: a second implementation from its text and documentation, no translation of the first.

Where the two could share a mistake the route differs: raking is solved by Newton steps on its dual (not by scaling rows and
columns in turn), new homes by a sum over finishing years, places by following each cohort.
"""

import numpy as np

GROUPS = ["R"] + [str(n) for n in range(1, 14)]
RECENT = np.array([3, 2, 1]) / 6  # newest first


def start(label):
    return int(label[:4])


def met(seed, rows, columns):
    """The table diag(e^u) seed diag(e^v) with these margins: Newton on  sum(seed e^(u+v)) - rows.u - columns.v ."""
    seed, rows, columns = (np.asarray(x, float) for x in (seed, rows, columns))
    columns = columns * rows.sum() / columns.sum()
    n, x = len(rows), np.zeros(len(rows) + len(columns))
    margins = np.concatenate([rows, columns])

    def now(x):
        return seed * np.exp(x[:n, None] + x[None, n:])

    x[:n] = np.log(rows / seed.sum(1))
    for _ in range(200):
        cells = now(x)
        gradient = np.concatenate([cells.sum(1), cells.sum(0)]) - margins
        if np.abs(gradient).max() < 1e-11 * max(1, margins.max()):
            return cells
        hessian = np.block([[np.diag(cells.sum(1)), cells], [cells.T, np.diag(cells.sum(0))]])
        step = np.linalg.lstsq(hessian, -gradient, rcond=1e-13)[0]
        length, before = 1.0, cells.sum() - margins @ x
        while now(x + length * step).sum() - margins @ (x + length * step) > before + 1e-9 and length > 1e-6:
            length /= 2
        x = x + length * step
    assert np.abs(gradient).max() < 1e-8, "raking did not settle"
    return now(x)


def recent_ratio(above, below):
    """Weights 3:2:1 on the log scale; arguments newest first."""
    return np.exp(RECENT @ np.log(np.asarray(above, float) / np.asarray(below, float)))


def level(births, last):
    return (3 * births[last] + 2 * births[last - 1] + births[last - 2]) / 6


def cohort(births, t, last, factor, held=None):
    """Births September t-5 to August t-4, from years to 30 June; unknown years as held, or at the level of the last three."""

    def year(y):
        return births[y] if y <= last else factor * (level(births, last) if held is None else held)

    return (10 * year(t - 4) + 2 * year(t - 3)) / 12


def shrunk(above, below):
    """Empirical Bayes on the log scale. Arguments: area x year, newest year first. Answers values and weights."""
    above, below = np.asarray(above, float), np.asarray(below, float)
    never = (above == 0).all(1) & (below > 0).all(1)
    whole = recent_ratio(above[~never].sum(0), below[~never].sum(0))
    used = (above > 0).all(1) & (below > 0).all(1)
    logs, size = np.log(above[used] / below[used]), below[used]
    own = logs @ RECENT
    middle = (logs * size).sum(1, keepdims=True) / size.sum(1, keepdims=True)
    s2 = (size * (logs - middle) ** 2).sum() / (2 * used.sum())
    within = s2 * (RECENT**2 / size).sum(1)
    total = size.sum(1)
    rest = 1 - total / total.sum()
    free = (total * rest).sum()
    between = max(0.0, (total * ((own - np.log(whole)) ** 2 - rest * within)).sum() / free) if free > 0 else 0.0
    weight = np.zeros(len(above))
    weight[used] = between / (between + within) if between > 0 else 0
    value = np.full(len(above), whole)
    value[used] = np.exp(np.log(whole) + weight[used] * (own - np.log(whole)))
    value[never], weight[never] = 0, 1
    return value, weight


def flow(pattern, year6, year7, leavers, progression):
    """Secondary x primary shares of Year 6, and newcomers per pupil of the county's Year 6."""
    sent = year6.sum() * (1 - leavers)
    moves = met(pattern, year7 * sent / year7.sum(), year6 * (1 - leavers))
    return moves / year6, year7 / year7.sum() * (progression - (1 - leavers))


def homes_pupils(a, codes, groups, side):
    """Area x year group x projected year: pupils of the homes that count, each finishing year followed by itself."""
    years, answer = range(1, a["horizon"] + 1), np.zeros((len(codes), len(groups), a["horizon"]))
    for i, code in enumerate(codes):
        sites = [s for s in a["sites"] if s[side] == code]
        for c in years:
            built = []
            for s in sites:
                age = np.array([c - 1, c]) + a["base"] - s["first"] + 0.5
                built.append(np.diff(np.clip(s["rate"] * np.maximum(age, 0), 0, s["dwellings"]))[0])
            if sum(built) <= a["background"].get(code, 0):
                continue
            kept = 1 - a["background"].get(code, 0) / sum(built)
            for s, number in zip(sites, built):
                for g, group in enumerate(groups):
                    curve = a["yields"][s["type"]][group]
                    for t in range(c, a["horizon"] + 1):
                        answer[i, g, t - 1] += number * kept * curve[min(t - c, len(curve) - 1)]
    return answer


def forward(a, P, S, intake, cohorts, survivalP, survivalS, F, newcomers):
    """Both paths. P, S: area x year group at the base year. survival: area x the six upper year groups."""
    plain, housed = [(P, S)], [(P, S)]
    extraP = homes_pupils(a, a["primary"], GROUPS[:7], "primary")
    extraS = homes_pupils(a, a["secondary"], GROUPS[7:], "secondary")
    for t in range(a["horizon"]):
        young, old = plain[-1]
        year7 = F @ young[:, 6] + newcomers * young[:, 6].sum()
        young, old = (
            np.column_stack([intake * cohorts[t], survivalP * young[:, :6]]),
            np.column_stack([year7, survivalS * old[:, :6]]),
        )
        plain.append((young, old))
        housed.append((young + extraP[:, :, t], old + extraS[:, :, t]))
    return [np.stack([np.vstack(pair) for pair in path]) for path in (housed, plain)]


def needs(a, housed, places, changes):
    """Area x the first planned year groups x year; each change is followed cohort by cohort."""
    answer = {}
    for i, code in enumerate(a["primary"] + a["secondary"]):
        groups = GROUPS[:7] if code in a["primary"] else GROUPS[7:12]
        phase = "primary" if code in a["primary"] else "secondary"
        margin = a["values"][f"operating_margin.{phase}"]
        rows = []
        for g, group in enumerate(groups):
            row = []
            for k in range(1, a["horizon"] + 1):
                t, room = a["base"] + k, places[code][group]
                for r in (r for r in changes if r["planning_area_code"] == code):
                    joined = t - (GROUPS.index(group) - GROUPS.index(r["year_group"]))  # the cohort's entry year
                    first, size = start(r["from"]), float(r["places"])
                    gone = r["until"] and t >= start(r["until"])
                    above = GROUPS.index(group) >= GROUPS.index(r["year_group"])
                    if r["kind"] == "closure":
                        room -= size if t >= first and not gone else 0
                    elif above and not gone and t >= first:
                        takes = joined == first if r["kind"] == "bulge" else joined >= first
                        room += takes * (-size if r["kind"] == "reduction" else size)
                row.append(max(0.0, housed[k, i, g] * (1 + margin) - room))
            rows.append(row)
        answer[code] = rows
    return answer
