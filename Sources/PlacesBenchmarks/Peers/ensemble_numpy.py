"""The ensemble's mathematics in NumPy, as well as NumPy allows: the peer that `PlacesBenchmarks ensemble` is timed against.

Usage: ensemble_numpy.py INPUT.json. Reads one authority, prints one line of JSON: seconds (least of the repeats), the central
path, and means and quantiles of every row in the order of EnsembleRows.

Vectorised over draws and areas, float64, in place where it can be; SFC64 is NumPy's fastest generator for normals; products
go to BLAS with as many threads as it likes; quantiles by numpy.partition of a whole year at once.
"""
import json
import sys
import time

import numpy as np

PROBABILITIES = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975]


class County:
    def __init__(self, given):
        for key, value in given.items():
            setattr(self, key, np.array(value) if isinstance(value, list) and key != "sites" else value)
        self.P, self.T = self.intake.shape
        self.S = len(self.imports)
        self.A = self.P + self.S
        self.L = [self.primary_factor, self.secondary_factor]

    def homes(self, variants, yields, year, n):
        """Pupils of new homes in the areas that have some: area -> [7, n]."""
        found = {}
        for site, variant in zip(self.sites, variants):
            for area, tables in ((site["primary_area"], "primary"), (self.P + site["secondary_area"], "secondary")):
                table = np.array([v[tables] for v in site["variants"]])[:, :, year]
                pupils = table.T[:, variant]
                found[area] = found[area] + pupils if area in found else pupils
        return {area: pupils * yields[area] for area, pupils in found.items()}

    def years(self, n, rng, central=None):
        """Yields each year's rolls without homes [A, 7, n] and with them; all shocks off where `central` is None."""
        s, P, S, A, T = self.spread, self.P, self.S, self.A, self.T
        on = central is not None
        normals = (lambda *shape: rng.standard_normal(shape)) if on else (lambda *shape: np.zeros(shape))
        mean = lambda variance: -variance / 2 if on else 0.0
        rolls = np.repeat(self.base_rolls[:, :, None], n, axis=2)
        walk, county, attraction = np.zeros((P, n)), np.zeros(n), np.zeros((S, n))
        yields = np.exp(s["yield"] * normals(A, n) + mean(s["yield"] ** 2))
        variants = []
        for site in self.sites:
            edges = np.cumsum([v["probability"] for v in site["variants"]])[:-1]
            variants.append(np.searchsorted(edges, rng.random(n), side="right") if on else np.zeros(n, int))
        F, out = self.transfer_shares, self.transfer_shares.sum(axis=0)
        variance, births = 0.0, 0.0
        for t in range(T):
            # transfer
            attraction += s["transfer"] * normals(S, n)
            E = np.exp(attraction + mean((t + 1) * s["transfer"] ** 2))
            year6 = rolls[:P, 6]
            sent = year6 * (out[:, None] / (F.T @ E))
            year7 = E * (F @ sent)
            year7 += np.maximum(-year7, self.imports[:, None] * year6.sum(axis=0))
            year7 *= np.exp(s["survival_county"] * normals(n) + mean(s["survival_county"] ** 2))
            # survival
            for areas, L in ((slice(0, P), self.L[0]), (slice(P, A), self.L[1])):
                below = rolls[areas, :-1]
                m = below.shape[0]
                z = normals(m, 6 * n)
                if on:
                    z = (L @ z).reshape(m, 6, n)
                    deviation = np.sqrt(
                        s["survival_sampling"] / np.maximum(1, central[t][areas, :-1]) + s["survival_floor"])
                    z *= deviation[:, :, None]
                    z += s["survival_county"] * normals(6, n)
                    z += (mean(deviation**2 + s["survival_county"] ** 2) + np.log(self.survival[areas, 1:]))[:, :, None]
                    np.exp(z, out=z)
                else:
                    z = np.repeat(self.survival[areas, 1:, None], n, axis=2)
                z *= below
                rolls[areas, 1:] = z
            # Reception
            walk += s["intake_area"] * (self.L[0] @ normals(P, n))
            variance += s["intake_area"] ** 2 + s["intake_county"] ** 2
            county += s["intake_county"] * normals(n)
            before = births
            uncounted = sum(self.uncounted_births[: t + 1])
            births = s["births"] * (uncounted if uncounted < 1 else uncounted**0.7)
            if births > before:
                county += np.sqrt(births**2 - before**2) * normals(n)
                variance += births**2 - before**2
            rolls[:P, 0] = self.intake[:, t, None] * np.exp(walk + county + mean(variance))
            rolls[P:, 0] = year7
            with_homes = rolls.copy()
            for area, pupils in self.homes(variants, yields, t, n).items():
                with_homes[area] += pupils
            yield rolls, with_homes

    def rows(self, pupils):
        """Cells, then totals of areas by phase, of the authority by year group and by phase."""
        P, n = self.P, pupils.shape[2]
        totals = np.empty((self.S, 2, n))
        totals[:, 0], totals[:, 1] = pupils[P:, :5].sum(axis=1), pupils[P:, 5:].sum(axis=1)
        groups = np.concatenate([pupils[:P].sum(axis=0), pupils[P:].sum(axis=0)])
        phases = np.stack([groups[:7].sum(axis=0), groups[7:12].sum(axis=0), groups[12:].sum(axis=0)])
        return np.concatenate(
            [pupils.reshape(-1, n), pupils[:P].sum(axis=1), totals.reshape(-1, n), groups, phases])


def quantiles(rows):
    """Type 7, by one partition for all the ranks."""
    n = rows.shape[1]
    position = np.array(PROBABILITIES) * (n - 1)
    low = position.astype(int)
    high = np.minimum(low + 1, n - 1)
    rows.partition(np.unique(np.concatenate([low, high])), axis=1)
    a, b = rows[:, low], rows[:, high]
    return a + (b - a) * (position - low)


def main():
    with open(sys.argv[1]) as file:
        given = json.load(file)
    n, repeats = given.pop("draws"), given.pop("repeats")
    county = County(given)
    seconds, shares = [], []
    for repeat in range(repeats):
        started = time.perf_counter()
        spent = 0.0
        rng = np.random.Generator(np.random.SFC64(repeat))
        without, central = [county.base_rolls], []
        for rolls, pupils in county.years(1, rng):
            without.append(rolls[:, :, 0].copy())
            central.append(county.rows(pupils)[:, 0])
        means, found = [], []
        for _, pupils in county.years(n, rng, without):
            rows = county.rows(pupils)
            means.append(rows.mean(axis=1))
            begun = time.perf_counter()
            found.append(quantiles(rows))
            spent += time.perf_counter() - begun
        seconds.append(time.perf_counter() - started)
        shares.append(spent)
    print(json.dumps({
        "numpy": np.__version__, "seconds": min(seconds), "quantile_seconds": min(shares),
        "central": np.array(central).tolist(), "means": np.array(means).tolist(),
        "quantiles": np.array(found).tolist()}))


main()
