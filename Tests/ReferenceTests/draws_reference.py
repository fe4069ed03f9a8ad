"""Draws of Gloucestershire's projection a second time, in NumPy, from the page on the ensemble and nothing else.

    python3 Tests/ReferenceTests/draws_reference.py > Tests/ReferenceTests/draws_reference.json

Inputs: those of numpy_reference.py, whose central projection they start from. To be run again when any of them changes.
"""

import math
import sys

import numpy as np
import scipy
from numpy_reference import GROUPS, gloucestershire, lines, rounded
from scipy.special import ndtri

SEED, DRAWS = 7, 300  # more than the program's tile of 256
SHOWN, YEARS = (1, 257), (1, 5, 10)
LOW32 = np.uint64(0xFFFFFFFF)


def hashed(text):
    """FNV-1a, 64 bits."""
    value = 0xCBF29CE484222325
    for byte in text.encode():
        value = (value ^ byte) * 0x100000001B3 % 2**64
    return value


def uniform(source, area, cell):
    """Draws 1 to DRAWS: Philox4x32-10 of (draw, hash low, hash high, cell / 4), the word cell mod 4."""
    place = hashed(area) ^ hashed(source)
    words = [np.arange(1, DRAWS + 1, dtype=np.uint64)]
    words += [np.full(DRAWS, n, np.uint64) for n in (place % 2**32, place >> 32, cell // 4)]
    key = [SEED % 2**32, SEED >> 32]
    for _ in range(10):
        first, third = words[0] * np.uint64(0xD2511F53), words[2] * np.uint64(0xCD9E8D57)
        words = [third >> np.uint64(32) ^ words[1] ^ np.uint64(key[0]), third & LOW32,
                 first >> np.uint64(32) ^ words[3] ^ np.uint64(key[1]), first & LOW32]
        key = [(key[0] + 0x9E3779B9) % 2**32, (key[1] + 0xBB67AE85) % 2**32]
    return (words[cell % 4] + 0.5) / 2**32


def normal(source, area, cell):
    return ndtri(uniform(source, area, cell))


def homes_drawn(a):
    """Area x year group x projected year x draw: each site late and slow as its uniform number says."""
    v, base, horizon = a["values"], a["base"], a["horizon"]
    p, slow = v["uncertainty.site_delay"], v["uncertainty.slow_build"]
    late = [p**k * (1 - p) for k in range(3)] + [p**3]
    ways = [(k, 1.0, late[k] * (1 - slow)) for k in range(4)] + [(k, 1.5, late[k] * slow) for k in range(4)]
    reached = np.cumsum([way[2] for way in ways])
    codes = a["primary"] + a["secondary"]
    answer = np.zeros((len(codes), 7, horizon, DRAWS))
    time = np.arange(horizon + 1)
    for side, groups in (("primary", GROUPS[:7]), ("secondary", GROUPS[7:])):
        finished = {s["key"]: np.clip(s["rate"] * (time + base - s["first"] + 0.5), 0, s["dwellings"])
                    * (time + base >= s["first"]) for s in a["sites"]}
        for site in a["sites"]:
            code = site[side]
            together = np.diff(sum(finished[s["key"]] for s in a["sites"] if s[side] == code))
            kept = np.maximum(0, together - a["background"][code]) / np.where(together > 0, together, 1)
            counted = np.concatenate([[0], np.cumsum(np.diff(finished[site["key"]]) * kept)])
            begin = int(np.argmax(np.diff(finished[site["key"]]) > 0))
            spread = v["uncertainty.yield"]
            factor = np.exp(spread * normal("yield", code, 0) - spread**2 / 2)
            chosen = np.searchsorted(reached, uniform("delivery", site["key"], 0), side="right")
            for number, (k, pace, _) in enumerate(ways):
                built = np.diff(np.interp(begin + (time - k - begin) / pace, time, counted))
                for g, group in enumerate(groups):
                    curve = a["yields"][site["type"]][group]
                    for t in range(horizon):
                        pupils = sum(built[c] * curve[min(t - c, len(curve) - 1)] for c in range(t + 1))
                        answer[codes.index(code), g, t] += np.where(chosen == number, pupils * factor, 0)
    return answer


def drawn(a, rates, plain):
    """Area x year group x year x draw with new homes; `plain` is the central path without them, year x area x year group."""
    u = {k.removeprefix("uncertainty."): value for k, value in a["values"].items() if k.startswith("uncertainty.")}
    P, S, authority = a["primary"], a["secondary"], "916"
    n = len(P)
    chol = {k: np.linalg.cholesky(np.full((k, k), u["area_correlation"]) + (1 - u["area_correlation"]) * np.eye(k))
            for k in (n, len(S))}
    F = np.array([[rates["shares"][p][s] for p in P] for s in S])
    newcomers = np.array([rates["newcomers"][s] for s in S])[:, None]
    homes = homes_drawn(a)
    path = np.repeat(plain[0][:, :, None, None], DRAWS, axis=3)
    housed, own, county, pull = [path[:, :, 0]], np.zeros((n, DRAWS)), np.zeros(DRAWS), np.zeros((len(S), DRAWS))
    now, unknown, before = path[:, :, 0], 0.0, 0.0

    def births_deviation(years):
        return u["births"] * (years if years < 1 else years**0.7)

    for t in range(1, a["horizon"] + 1):
        year, after = a["base"] + t, np.zeros_like(now)
        unknown += 10 / 12 * (year - 4 > a["last"]) + 2 / 12 * (year - 3 > a["last"])
        births = births_deviation(unknown)
        own += u["intake_area"] * (chol[n] @ np.array([normal("intake.area", p, year) for p in P]))
        county += u["intake_county"] * normal("intake.county", authority, year)
        county += math.sqrt(max(0, births**2 - before**2)) * normal("births", authority, year)
        before = births
        variance = births**2 + t * (u["intake_area"] ** 2 + u["intake_county"] ** 2)
        after[:n, 0] = plain[t][:n, 0, None] * np.exp(own + county - variance / 2)
        c = u["survival_county"]
        for g in range(1, 7):
            for rows, codes, first in ((slice(0, n), P, 0), (slice(n, None), S, 7)):
                cell = year * 14 + first + g
                z = chol[len(codes)] @ np.array([normal("survival.area", code, cell) for code in codes])
                s = np.sqrt(u["survival_sampling"] / np.maximum(1, plain[t - 1][rows, g - 1]) + u["survival_floor"])[:, None]
                shock = np.exp(s * z + c * normal("survival.county", authority, cell) - (s**2 + c**2) / 2)
                after[rows, g] = rates["survival"][GROUPS[first + g]] * shock * now[rows, g - 1]
        pull += u["transfer"] * np.array([normal("transfer", code, year) for code in S])
        attraction = np.exp(pull - t * u["transfer"] ** 2 / 2)
        six = now[:n, 6]
        moved = attraction * (F @ (six * F.sum(0)[:, None] / (F.T @ attraction)))
        shock = np.exp(c * normal("survival.county", authority, year * 14 + 7) - c**2 / 2)
        after[n:, 0] = np.maximum(0, moved + newcomers * six.sum(0)) * shock
        now = after
        housed.append(after + homes[:, :, t - 1])
    return np.stack(housed, axis=2)


def main():
    a, rates, _, plain, _ = gloucestershire()
    figures = drawn(a, rates, plain)
    codes = a["primary"] + a["secondary"]
    last = figures[:, 0, -1]
    answer = {
        "provenance": {
            "what": "draws of a projection: late and slow sites, yields, births, intake, survival, transfer",
            "script": "Tests/ReferenceTests/draws_reference.py", "numpy": np.__version__, "scipy": scipy.__version__},
        "seed": SEED, "draws": DRAWS, "shown": list(SHOWN), "years": list(YEARS),
        "figures": {code: figures[i][:, list(YEARS)][:, :, [d - 1 for d in SHOWN]].tolist() for i, code in enumerate(codes)},
        "ranges": {code: [last[i].mean(), *np.percentile(last[i], [2.5, 10, 25, 50, 75, 90, 97.5])]
                   for i, code in enumerate(codes)},
    }
    sys.stdout.write(lines(rounded(answer)) + "\n")


if __name__ == "__main__":
    main()
