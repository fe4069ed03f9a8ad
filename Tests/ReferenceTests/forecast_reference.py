"""The forecasting method a second time, in NumPy and SciPy, over a small invented panel.

    python3 Tests/ReferenceTests/forecast_reference.py > Tests/ReferenceTests/forecast_reference.json

The panel is synthetic: no area of it exists. It is drawn here by whole-number arithmetic and printed with the results, so that
the tests feed the program the very same counts. Arrays are area x year group x year throughout; what is not known is NaN.
"""

import json
import sys

import numpy as np
import scipy
from scipy import optimize, stats

GROUPS, LABELS = 14, ["R"] + [str(n) for n in range(1, 14)]
PHASES = {"primary": range(0, 7), "secondary": range(7, 12), "sixth_form": range(12, 14)}
METHODS = ["pooled", "no_change", "last_ratio", "plain_mean", "weighted_321", "smoothed_trend"]
TARGETS = {label: [g] for g, label in enumerate(LABELS)} | {
    f"total {phase}": list(PHASES[phase]) for phase in ("primary", "secondary")
}
CHI = stats.chi2.median(1)
# The constants that the method's evidence chose, by the names they have in the program.
SETTINGS = {
    "commonDecay": 0.3, "entryDecay": 0.4, "blockDecay": 0.5, "cellDecay": 0.8, "declaredWeight": 0.1, "entrySpread": 2.0,
    "rebound": 0.65, "commonPart": 0.25, "driftDecay": 0.5, "memoryPrior": 20, "damping": 0.65,
    "levelDrift": 0.02,
}


# ---------------------------------------------------------------------------------------------- small tools


def over_known(function, values, axis):
    """A reduction over what is known; NaN where nothing is."""
    some = np.isfinite(values).any(axis, keepdims=True)
    return np.where(some.squeeze(axis), function(np.where(some, values, 0), axis=axis), np.nan)


def weighted(values, weight):
    """Weighted mean over the last axis of the values that are known; NaN where none is."""
    seen = np.isfinite(values)
    total = (seen * weight).sum(-1)
    with np.errstate(all="ignore"):
        return np.where(total > 0, (np.where(seen, values, 0) * weight).sum(-1) / total, np.nan)


def damped(years, kept=SETTINGS["damping"]):
    """k + k^2 + ... over so many years: a geometric sum."""
    return kept / (1 - kept) * (1 - kept ** np.maximum(0, years))


def noise_law(squares, sizes):
    """Variance `a / size + b` through the medians of the smaller and of the larger half."""
    if not len(sizes):
        return 0.0, 0.0
    small = sizes <= np.median(sizes)
    halves = [half for half in (small, ~small) if half.any()]
    level = [np.median(squares[half]) / CHI for half in halves]
    inverse = [np.median(1 / sizes[half]) for half in halves]
    a = max(0, (level[0] - level[-1]) / (inverse[0] - inverse[-1])) if inverse[0] > inverse[-1] else 0.0
    b = level[-1] - a * inverse[-1]
    return (a, b) if b > 0 else (level[-1] / inverse[-1], 0.0)


def weighted_quantile(values, weight, share):
    """The least value at or below which the share of the weight lies."""
    if not len(values):
        return 0.0
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weight[order])
    return values[order][np.searchsorted(reached, share * reached[-1])]


# ---------------------------------------------------------------------------------------------- the panel


class Panel:
    """Rolls (area x group x year from `first`), and births by area and calendar year of the 30 June."""

    def __init__(self, codes, first, rolls, births):
        self.codes, self.first, self.rolls, self.births = codes, first, rolls, births
        self.areas, _, self.years = rolls.shape
        self.feed = np.full(rolls.shape, np.nan)
        self.feed[:, 1:, 1:] = rolls[:, :-1, :-1]
        for year in range(self.years):
            start = first + year
            self.feed[:, 0, year] = (10 * self.born(start - 4) + 2 * self.born(start - 3)) / 12
        # From elsewhere: of the last three years with both counts, less than one pupil in three came from the feed.
        both = np.isfinite(rolls) & np.isfinite(self.feed)
        rank = np.cumsum(both, 2)
        self.elsewhere = np.zeros(rolls.shape, bool)
        for year in range(self.years):
            recent = both & (rank > rank[:, :, [year]] - 3) & (np.arange(self.years) <= year)
            pupils, fed = (np.where(recent, v, 0).sum(2) for v in (rolls, self.feed))
            self.elsewhere[:, :, year] = (pupils >= 5) & (3 * fed < pupils)
        with np.errstate(invalid="ignore"):
            self.pairs = (self.feed > 0) & ((rolls > 0) | ((rolls == 0) & (self.feed < 5))) & ~self.elsewhere
        counted = np.isfinite(rolls).any(1)
        self.forecast = counted & (np.cumsum(counted, 1) > counted)
        pupils, feed = (np.where(self.pairs, x, 0).sum(0) for x in (rolls, self.feed))
        with np.errstate(all="ignore"):
            self.common = np.where(pupils > 0, np.log(pupils / feed), np.nan)
            self.ratio = np.where(self.pairs & (rolls > 0), np.log(rolls / self.feed), np.nan)

    def born(self, year):
        return np.array([self.births.get(code, {}).get(year, np.nan) for code in self.codes])

    def bridged(self, year):
        """Births; a year missing alone between two known ones is taken for their mean."""
        births = self.born(year)
        return np.where(np.isfinite(births), births, (self.born(year - 1) + self.born(year + 1)) / 2)

    def cohort_ahead(self, origin, ahead):
        """Births of the cohort that reaches Reception then, as far as they are known at the origin, carried on from there.

        Areas that no roll has been counted of by the origin have no part in how they go on."""
        year, known = self.first + origin + ahead, self.first + origin
        opened = np.isfinite(self.rolls[:, :, : origin + 1]).any((1, 2))
        answer = np.full(self.areas, np.nan)
        for area, code in enumerate(self.codes):
            own = [y for y in self.births.get(code, {}) if y <= known]
            if not own:
                continue
            last = max(own)
            now, before = self.born(last), self.bridged(last - 3)
            both = opened & np.isfinite(now) & np.isfinite(before)
            trend = np.log(now[both].sum() / before[both].sum()) / 3 if both.any() else 0
            answer[area] = sum(
                share / 12 * self.bridged(min(y, last))[area] * np.exp(trend * damped(y - last))
                for y, share in ((year - 4, 10), (year - 3, 2)))
        return answer

    def source(self, origin):
        """Masks by area and group: from the feed, from elsewhere, not taught; not counted is none of them."""
        rolls, feeds = self.rolls[:, :, : origin + 1], self.feed[:, :, : origin + 1]
        both = np.isfinite(rolls) & np.isfinite(feeds)
        counted, some = np.isfinite(rolls[:, :, -1]), both.any(2)
        newest = origin - both[:, :, ::-1].argmax(2)
        pupils, feed = (np.take_along_axis(v, newest[:, :, None], 2)[:, :, 0] for v in (rolls, feeds))
        never = ((rolls == 0) | ~both).all(2)
        all_feeds = np.where(never, np.where(both, feeds, 0).sum(2), feed)
        empty = counted & some & (pupils == 0) & (all_feeds >= 5)
        foreign = np.take_along_axis(self.elsewhere, newest[:, :, None], 2)[:, :, 0]
        elsewhere = counted & ~empty & (~some | foreign)
        return counted & ~empty & ~elsewhere, elsewhere, empty

    def march(self, origin, horizon, opening, by_feed, by_itself):
        """Rolls by area, group and horizon: `by_feed` where there is a feed, `by_itself` elsewhere, each for all areas."""
        fed, elsewhere, empty = self.source(origin)
        path, now = np.full((self.areas, GROUPS, horizon), np.nan), opening
        for ahead in range(1, horizon + 1):
            feed = np.column_stack([self.cohort_ahead(origin, ahead), now[:, :-1]])
            for g in range(GROUPS):
                uses = fed[:, g] & np.isfinite(feed[:, g])
                moved, held = by_feed(g, ahead, np.where(uses, feed[:, g], np.nan)), by_itself(g, ahead)
                path[:, g, ahead - 1] = np.select(
                    [empty[:, g], uses, fed[:, g] | elsewhere[:, g]], [0.0, moved, held], np.nan)
            now = path[:, :, ahead - 1]
        return path


# ---------------------------------------------------------------------------------------------- pooled rates


def shrunk(pupils, expected, cohort, mask, weight):
    """Empirical Bayes factors by area: last axis is the terms, `weight` theirs."""
    n, e, x = (np.where(mask, v, 0) @ weight for v in (pupils, expected, cohort))
    total, squares = mask @ weight, mask @ weight**2
    own = n > 0
    factor = np.ones(len(n))
    if not own.any():
        return factor
    log_factor = np.log(n[own] / e[own])
    terms = mask.sum(1)
    use = mask & (own & (terms > 1))[:, None]
    with np.errstate(all="ignore"):
        # A term draws the factor along by its share of it: of its variance about the factor this is left, where terms vary alike.
        share = np.where(mask, expected * weight, 0) / e[:, None]
        left = (1 - share) ** 2 + (share**2).sum(1)[:, None] - share**2
        deviation = (pupils / (expected * (n / e)[:, None]) - 1) ** 2 / left
    use &= np.nan_to_num(left) > 1e-6
    a, b = noise_law(deviation[use], cohort[use])
    within = (a / (x[own] / total[own]) + b) * squares[own] / total[own] ** 2
    between = max(0, np.median(log_factor**2) / CHI - np.median(within))
    with np.errstate(all="ignore"):
        kept = np.where(between + within > 0, between / (between + within), np.nan)
    # Limited translation: at most two standard errors from the own factor, by the law or by the area's own scatter if that is more.
    scatter = np.where(use, deviation, 0).sum(1)[own] / np.maximum(1, use.sum(1)[own])
    most = 2 * np.sqrt(np.maximum(within, scatter * squares[own] / total[own] ** 2))
    drawn = log_factor - np.clip((1 - kept) * log_factor, -most, most)
    factor[own] = np.where(between + within > 0, np.exp(drawn), 1)
    return factor


class Pooled:
    """N = X exp(m) f, as one origin sees it."""

    def __init__(self, panel, origin, declared):
        self.panel, self.origin = panel, origin
        seen = slice(0, origin + 1)
        rolls, feed, pairs = (v[:, :, seen] for v in (panel.rolls, panel.feed, panel.pairs))
        common = panel.common[:, seen]
        self.age = origin - np.arange(origin + 1)
        # Entry year groups: Reception, and where areas differ by more than twice the middle year group's spread.
        apart = np.abs(over_known(np.nanmean, panel.ratio[:, :, seen] - common, axis=2))
        self.spread = over_known(np.nanmedian, apart, axis=0)
        self.spread[np.isfinite(apart).sum(0) < 2] = np.nan
        middle = np.nanmedian(self.spread[1:]) if np.isfinite(self.spread[1:]).any() else 0
        self.entry = np.nan_to_num(self.spread) > SETTINGS["entrySpread"] * middle
        self.entry[0] = True
        self.quality = self.year_quality(common[~self.entry], declared)
        self.common = weighted(common, self.weight(self.memory(common)))
        expected = feed * np.exp(common)
        self.block, self.cell = np.ones((panel.areas, GROUPS)), np.ones((panel.areas, GROUPS))
        blocks = [[g] for g in range(GROUPS) if self.entry[g]]
        blocks += [[g for g in half if not self.entry[g]] for half in (range(1, 7), range(7, 14))]
        for block in filter(None, blocks):
            entry = self.entry[block[0]]
            weight = np.tile(self.weight(SETTINGS["entryDecay" if entry else "blockDecay"]), len(block))
            flat = [v[:, block].reshape(panel.areas, -1) for v in (rolls, expected, feed, pairs)]
            self.block[:, block] = shrunk(*flat, weight)[:, None]
            for g in [] if entry else block:
                self.cell[:, g] = shrunk(
                    rolls[:, g], expected[:, g] * self.block[:, [g]], feed[:, g], pairs[:, g],
                    self.weight(SETTINGS["cellDecay"]))
        self.rate = np.exp(np.nan_to_num(self.common)) * self.block * self.cell
        self.level = np.where(self.entry, weighted(rolls, self.weight(SETTINGS["entryDecay"])), np.nan)
        # Counts over the areas counted whenever any was.
        asked = np.isfinite(rolls).any(0)
        whole = (np.isfinite(rolls) | ~asked).all(2)
        total = np.where(whole[:, :, None] & asked, rolls, 0).sum(0)
        self.total = np.where(total > 0, total, np.nan)
        self.counted_total = np.where(asked & whole.any(0)[:, None], total, np.nan)

    def memory(self, common):
        """Muth's weights: of k where neighbouring changes of the common rates are correlated by -k / (1 + k^2)."""
        change = np.diff(common, axis=1)
        change[:, self.quality[1:] * self.quality[:-1] != 1] = np.nan
        few = np.isfinite(change).sum(1) < 2
        with np.errstate(all="ignore"):
            change = change / np.sqrt(over_known(np.nanmean, change**2, axis=1))[:, None]
        change[few] = np.nan
        products = (change[:, 1:] * change[:, :-1]).ravel()
        products = products[np.isfinite(products)]
        base, prior = SETTINGS["commonDecay"], SETTINGS["memoryPrior"]
        seen = (prior * base / (1 + base**2) - products.sum()) / (prior + len(products))
        seen = np.clip(seen, 1e-12, 0.5)
        return np.clip(np.roots([seen, -1, seen]).real.min(), base, 0.8)

    def weight(self, decay):
        return decay**self.age * self.quality

    def year_quality(self, plain, declared):
        years = np.arange(self.origin + 1)
        plain = plain - over_known(np.nanmedian, plain, axis=1)[:, None] if len(plain) else plain
        effect = over_known(np.nanmean, plain, axis=0) if len(plain) else np.full(len(years), np.nan)
        near = (np.abs(years[:, None] - years) <= 2) & (years[:, None] != years)
        off = effect - over_known(np.nanmedian, np.where(near, effect, np.nan), axis=1)
        known = off[np.isfinite(off)]
        quality = np.ones(len(years))
        if len(known) >= 5:
            limit = 2.5 * np.median(np.abs(known)) / stats.norm.ppf(0.75)
            far = np.isfinite(off) & (np.abs(off) > limit) & (limit > 0)
            quality[far] = limit / np.abs(off[far])
        quality[[y for y in declared if y <= self.origin]] = SETTINGS["declaredWeight"]
        return quality

    def gaps(self, g):
        """A year on: the carried feed's relative miss, the level's relative distance from it, and the feed."""
        year = self.origin + 1
        pair, feed, pupils = (v[:, g, year] for v in (self.panel.pairs, self.panel.feed, self.panel.rolls))
        with np.errstate(all="ignore"):
            carried = self.rate[:, g] * feed
            miss, gap = pupils / carried - 1, self.level[:, g] / carried - 1
            use = pair & (carried > 0) & (self.level[:, g] > 0) & (np.abs(miss) < 0.5) & (np.abs(gap) < 0.5)
        return miss[use], gap[use], feed[use]

    def level_share(self, earlier):
        share = np.zeros(GROUPS)
        for g in np.flatnonzero(self.entry):
            cross = square = 0.0
            for model in earlier:
                miss, gap, feed = model.gaps(g)
                if len(miss):
                    weight = self.quality[model.origin + 1] / (1 / feed + 0.0005)
                    gap = gap - np.median(gap)
                    cross += weight @ (gap * (miss - np.median(miss)))
                    square += weight @ gap**2
            share[g] = np.clip(cross / square, 0, 1) if square > 0 else 0
        return share

    def steady_total(self):
        """The common counts, a disturbed origin's drawn back to where they were going, and their yearly drift."""
        steady = self.total.copy()
        if self.quality[-1] < 1 and self.origin > 0:
            before = self.drift(steady[:, :-1], self.quality[:-1])
            off = np.log(steady[:, -1] / steady[:, -2]) - damped(1) * before
            steady[:, -1] *= np.exp(-SETTINGS["rebound"] * (1 - self.quality[-1]) * np.nan_to_num(off))
        return steady, self.drift(steady, self.quality)

    @staticmethod
    def memory_of_level(counts, base):
        """Muth's weights of a level that drifts: what a year keeps, by the last axis. From 5 pupils on `base`; below, chance adds to the
        noise what the variance of 1 / pupils has beyond that of 5. The number is the mean, or the newest if that is more, or by
        the squares (of a Poisson count their mean is n^2 + n), where counts spread more than chance does."""
        with np.errstate(all="ignore"):
            mean, square = (over_known(np.nanmean, x, axis=-1) for x in (counts, counts**2))
            pupils = np.fmax(np.fmax(mean, square / mean - 1), counts[..., -1])
            noise = base / (1 - base) ** 2 + (1 / pupils - 1 / 5) / SETTINGS["levelDrift"]
            kept = (1 + 2 * noise - np.sqrt(1 + 4 * noise)) / (2 * noise)
        return np.where((pupils > 0) & (pupils < 5), kept, base)

    def share_of_total(self):
        rolls = self.panel.rolls[:, :, : self.origin + 1]
        kept = self.memory_of_level(rolls, SETTINGS["entryDecay"])
        with np.errstate(all="ignore"):
            return weighted(rolls / self.total, kept[..., None] ** self.age * self.quality)

    def opening_total(self, steady):
        """What a common count is carried on from: the origin's, or of few pupils the mean of the years up to it."""
        counts = np.where(np.isfinite(steady), steady, self.counted_total)
        kept = self.memory_of_level(counts, 0.0)
        quality = np.append(self.quality[:-1], 1)
        level = weighted(counts, kept[:, None] ** self.age * quality)
        return np.where(np.isfinite(counts[:, -1]) & (level > 0), level, np.nan)

    @staticmethod
    def drift(total, quality):
        """Mean yearly log change, drawn towards nought by its standard error; one into or out of a year of low quality counts
        for little."""
        years = total.shape[1]
        change = np.full(total.shape, np.nan)
        change[:, 1:] = np.diff(np.log(total), axis=1)
        sides = quality * np.append(1, quality[:-1])
        weight = np.where(np.isfinite(change), SETTINGS["driftDecay"] ** np.arange(years)[::-1] * sides, 0)
        mean = weighted(change, weight)
        with np.errstate(all="ignore"):
            share = weight / weight.sum(1, keepdims=True)
            spread = np.where(share > 0, share * (change - mean[:, None]) ** 2, 0).sum(1)
            one_over = (share**2).sum(1)
            # The variance about the mean, made whole for the degree of freedom, over the effective number of changes.
            error = spread / (1 - one_over) * one_over
            error = np.where(one_over > 1 - 1e-9, 0, error)
            return np.nan_to_num(mean**3 / (mean**2 + error))

    def path(self, share, horizon):
        now = self.panel.rolls[:, :, self.origin]
        off = np.nan_to_num(self.panel.common[:, self.origin] - self.common)
        opening = now * np.exp(-SETTINGS["rebound"] * (1 - self.quality[-1]) * off)
        steady, drift = self.steady_total()
        held = self.share_of_total() * self.opening_total(steady)
        held = np.where(np.isfinite(held), held, now)

        def by_feed(g, ahead, feed):
            carried = self.rate[:, g] * feed
            with np.errstate(all="ignore"):
                gap = np.where(carried > 0, self.level[:, g] / carried - 1, np.nan)
            if not np.isfinite(gap).any():
                return carried
            # Of what all areas have in common only a part moves to the level.
            moved = gap - (1 - SETTINGS["commonPart"]) * np.nanmedian(gap)
            return np.where(np.isfinite(gap), carried * np.maximum(0, 1 + share[g] * moved), carried)

        return self.panel.march(
            self.origin, horizon, opening, by_feed, lambda g, ahead: held[:, g] * np.exp(drift[g] * damped(ahead)))


# ---------------------------------------------------------------------------------------------- damping, rivals


def sizes(panel, path, origin):
    """By area and horizon: the whole roll as counted at the origin, as forecast, and as counted later."""
    horizon = path.shape[2]
    counted = np.isfinite(panel.rolls[:, :, origin])
    opening = np.where(counted, panel.rolls[:, :, origin], 0).sum(1)
    forecast = np.where(counted[:, :, None], path, 0).sum(1)
    later = np.full(path.shape, np.nan)
    reach = min(horizon, panel.years - 1 - origin)
    later[:, :, :reach] = panel.rolls[:, :, origin + 1 : origin + 1 + reach]
    actual = np.where(counted[:, :, None], later, 0).sum(1)
    use = (opening > 0)[:, None] & np.isfinite(forecast)
    return np.broadcast_to(opening[:, None], forecast.shape), forecast, actual, use


def damping(panel, earlier, origin, horizon):
    """Weight of no change by size class (largest: none) and horizon."""
    weights = np.zeros((5, horizon))
    for size in range(4):
        last = 0.0
        for ahead in range(1, horizon + 1):
            misses = []
            for past, path in earlier:
                if past + ahead > origin:
                    continue
                opening, forecast, actual, use = (v[:, ahead - 1] for v in sizes(panel, path, past))
                use = use & panel.forecast[:, past] & (actual > 0) & (np.searchsorted([50, 150, 500, 1500], opening, "right") == size)
                step = np.linspace(0, 1, 11)
                mixed = forecast[use, None] + step * (opening - forecast)[use, None]
                misses += list(np.minimum(1, np.abs(mixed / actual[use, None] - 1)))
            if len(misses) >= 40:
                last = np.argmin(np.sum(misses, 0)) / 10
            weights[size, ahead - 1] = last
    return weights


def damp(panel, path, origin, weights):
    opening, forecast, _, use = sizes(panel, path, origin)
    weight = weights[np.searchsorted([50, 150, 500, 1500], opening[:, 0], "right")]
    with np.errstate(all="ignore"):
        factor = np.where(use & (forecast > 0), 1 - weight + weight * opening / forecast, 1)
    return path * factor[:, None, :]


def rival(panel, method, origin, horizon):
    count = panel.rolls[:, :, origin]
    level, trend = np.full(count.shape, np.nan), np.zeros(count.shape)
    for cell in np.ndindex(count.shape):
        ratios = panel.ratio[cell][: origin + 1]
        ratios = ratios[np.isfinite(ratios)]
        if not len(ratios) or method == "no_change":
            continue
        if method in ("plain_mean", "weighted_321"):
            weight = np.array({"plain_mean": [1, 1, 1], "weighted_321": [1, 2, 3]}[method])[-len(ratios):]
            level[cell] = np.average(ratios[-3:], weights=weight)
        elif method == "last_ratio":
            level[cell] = ratios[-1]
        else:
            # State space: (level, trend) moves by F, and by K times the error.
            state, move, gain = np.array([ratios[0], 0.0]), np.array([[1, 0.8], [0, 0.8]]), np.array([0.5, 0.1])
            for ratio in ratios[1:]:
                state = move @ state
                state = state + gain * (ratio - state[0])
            level[cell], trend[cell] = state

    def by_feed(g, ahead, feed):
        moved = feed * np.exp(level[:, g] + trend[:, g] * damped(ahead, 0.8))
        return np.where(np.isfinite(level[:, g]), moved, count[:, g])

    return panel.march(origin, horizon, count, by_feed, lambda g, ahead: count[:, g])


# ---------------------------------------------------------------------------------------------- rolling origins


class Rolling:
    """A forecast from each origin, from what was known by then."""

    def __init__(self, panel, declared, horizon):
        self.panel, self.horizon, self.origins = panel, horizon, {}
        self.known_laws = {}
        for origin in range(1, panel.years):
            model = Pooled(panel, origin, declared)
            earlier = [(o, r) for o, r in self.origins.items()]
            share = model.level_share([r["model"] for _, r in earlier])
            raw = model.path(share, horizon)
            weights = damping(panel, [(o, r["raw"]) for o, r in earlier], origin, horizon)
            paths = {m: rival(panel, m, origin, horizon) for m in METHODS[1:]}
            paths = {"pooled": damp(panel, raw, origin, weights)} | paths
            chosen = {p: [self.choose(origin, PHASES[p], h) for h in range(1, horizon + 1)] for p in PHASES}
            path = paths["pooled"].copy()
            for phase, methods in chosen.items():
                for h, method in enumerate(methods):
                    path[:, PHASES[phase], h] = paths[method][:, PHASES[phase], h]
            self.origins[origin] = {
                "model": model, "share": share, "raw": raw, "damping": weights, "paths": paths, "chosen": chosen,
                "path": path,
            }

    def total(self, groups, origin, values):
        """Over the groups that the origin counted; NaN where it counted none or one of them is not known."""
        counted = np.isfinite(self.panel.rolls[:, groups, origin])
        return np.where(counted.any(1), np.where(counted, values[:, groups], 0).sum(1), np.nan)

    def outcome(self, groups, origin, ahead):
        return self.total(groups, origin, self.panel.rolls[:, :, origin + ahead])

    def choose(self, origin, groups, ahead):
        """A rival that missed no more in totals or year groups at any earlier origin, if they are many, and less in all."""
        table = []
        for o in [o for o in self.origins if o + ahead <= origin]:
            row = np.zeros((2, len(METHODS)))
            whole = np.zeros(2)
            for kind, targets in enumerate([[list(groups)], [[g] for g in groups]]):
                for target in targets:
                    actual = self.outcome(target, o, ahead)
                    use = self.panel.forecast[:, o] & np.isfinite(actual)
                    whole[kind] += actual[use].sum()
                    for m, method in enumerate(METHODS):
                        forecast = self.total(target, o, self.origins[o]["paths"][method][:, :, ahead - 1])
                        row[kind, m] += np.abs(forecast - actual)[use].sum()
            if whole[0] > 0:
                table.append(row / whole[:, None])
        if len(table) < 4 * ahead:
            return "pooled"
        table = np.array(table)
        sums = table.sum(0)
        better = (table <= table[:, :, :1] * (1 + 1e-9)).all((0, 1)) & (sums < 0.95 * sums[:, :1]).all(0)
        return METHODS[np.argmin(np.where(better, sums[0], np.inf))] if better.any() else "pooled"

    def misses(self, groups, origin, ahead):
        """Relative errors and the forecasts they are relative to."""
        forecast = self.total(groups, origin, self.origins[origin]["path"][:, :, ahead - 1])
        actual = self.outcome(groups, origin, ahead)
        use = self.panel.forecast[:, origin] & (np.nan_to_num(forecast) > 0) & np.isfinite(actual)
        return actual[use] / forecast[use] - 1, forecast[use]

    def seen(self, groups, origin, ahead):
        """Each past origin with its misses and their weight by the time of `origin`."""
        found = []
        for o in self.origins:
            if o + ahead <= origin:
                error, forecast = self.misses(groups, o, ahead)
                if len(error):
                    found.append((o, error, forecast, 0.8 ** (origin - ahead - o) * min(1, o / 5)))
        return found

    def plain_laws(self, groups, origin):
        """Each with whether it was stretched from a shorter horizon."""
        laws, last = [], None
        for ahead in range(1, self.horizon + 1):
            law = Law.measured(self.seen(groups, origin, ahead), ahead, len(groups))
            stretched = not law
            if law:
                last = (law, ahead)
            elif last:
                years = ahead / last[1]
                law = last[0].scaled(years ** last[0].growth, years ** last[0].growth)
            laws.append((law, stretched))
        return laws

    def laws(self, groups, origin):
        if (key := (tuple(groups), origin)) not in self.known_laws:
            self.known_laws[key] = self.new_laws(groups, origin)
        return self.known_laws[key]

    def new_laws(self, groups, origin):
        answer, widen = [], 1.0
        for ahead, (law, stretched) in enumerate(self.plain_laws(groups, origin), 1):
            past = [(*self.plain_laws(groups, o)[ahead - 1], error, forecast, w)
                    for o, error, forecast, w in self.seen(groups, origin, ahead)]
            past = [p for p in past if p[0]]
            past = [p for p in past if p[1] == stretched]
            score, weight, count = [], [], len(past)
            areas = max((len(error) for _, _, error, _, _ in past), default=0)
            for then, _, error, forecast, w in past:
                score += list(np.abs(error) / then.half_width(forecast))
                weight += [w] * len(error)
            if count:
                factor = weighted_quantile(np.array(score), np.array(weight), 0.8)
                trust = count / (count + 1) * (1 - 1 / areas if areas < 8 else 1)
                widen = np.clip(factor**trust, 0.6, 1.6)
            answer.append(law.scaled(widen, widen) if law else None)
        # Widths of the middle area do not fall with the horizon: isotonic regression on the log scale.
        forecast = self.total(groups, origin, self.origins[origin]["path"][:, :, 0])
        use = self.panel.forecast[:, origin] & (np.nan_to_num(forecast) > 0)
        there = [h for h, law in enumerate(answer) if law]
        if use.any() and there:
            width = np.log([answer[h].half_width(np.median(forecast[use])) for h in there])
            weight = np.maximum(1e-6, [len(self.seen(groups, origin, h + 1)) for h in there])
            fit = optimize.isotonic_regression(width, weights=weight).x
            for h, factor in zip(there, np.exp(fit - width)):
                answer[h] = answer[h].scaled(factor, factor)
        return answer


    def area_scales(self, phase, origin):
        """How many times as wide each area's own errors are taken to be: roots of one-year sizes against ten of the mean."""
        roots = [[] for _ in self.panel.codes]
        for o in self.origins:
            if o + 1 > origin:
                continue
            for group in PHASES[phase]:
                forecast = self.total([group], o, self.origins[o]["path"][:, :, 0])
                actual = self.outcome([group], o, 1)
                use = np.flatnonzero(self.panel.forecast[:, o] & (np.nan_to_num(forecast) > 0) & np.isfinite(actual))
                law = self.laws([group], o)[0]
                if law and len(use) >= 8:
                    error = actual[use] / forecast[use] - 1
                    size = np.abs(error - np.median(error)) / np.maximum(1e-9, law.shape[0] * law.spread(forecast[use]))
                    for area, root in zip(use, np.sqrt(np.minimum(4, size))):
                        roots[area].append(root)
        every = np.concatenate(roots)
        mean = every.mean() if len(every) else 1.0
        return np.array([((sum(own) + 10 * mean) / ((len(own) + 10) * mean)) ** 2 for own in roots])


# ---------------------------------------------------------------------------------------------- laws of error


class Law:
    """Relative error: scale x t(2.5) + sqrt(a / forecast + b) x own, own's |quantiles| given at 50, 80 and 95 in a hundred."""

    LEVELS = np.array([0.5, 0.8, 0.95])

    def __init__(self, a, b, shape, scale, growth=0.75):
        self.a, self.b, self.shape, self.scale, self.growth = a, b, shape, scale, growth

    @classmethod
    def measured(cls, seen, ahead, groups):
        if not seen or sum(w for *_, w in seen) <= 0:
            return None
        middle = np.array([np.median(error) for _, error, _, _ in seen])
        by_origin = np.array([w for *_, w in seen])
        many = [(error - m, forecast, w) for (_, error, forecast, w), m in zip(seen, middle) if len(error) > 1]
        if not many:
            # One area alone: a tenth of the variance is common. The prior is that of year groups whose errors are correlated by 0.4.
            pupils = np.median(np.concatenate([f for _, _, f, _ in seen]))
            prior = 0.3 * (1 + 0.4 * (groups - 1)) * ahead**1.5 / pupils
            variance = (2 * prior + by_origin @ middle**2) / (2 + by_origin.sum())
            return cls(0.9 * variance * pupils, 0.0, stats.norm.ppf((1 + cls.LEVELS) / 2), np.sqrt(0.1 * variance))
        square = np.concatenate([e**2 * len(e) / (len(e) - 1) for e, _, _ in many])
        forecast = np.concatenate([f for _, f, _ in many])
        weight = np.concatenate([np.full(len(e), w) for e, _, w in many])
        a, b = noise_law(square, forecast)
        size = np.sqrt(square) / np.maximum(1e-9, np.sqrt(a / forecast + b))
        shape = np.array([weighted_quantile(size, weight, level) for level in cls.LEVELS])
        middle_variance = a / np.median(forecast) + b
        prior = 0.3**2 * middle_variance
        scale = np.sqrt((2 * prior + by_origin @ middle**2) / (2 + by_origin.sum()))
        # The deviation one year ahead is d / ahead**growth, and growth is straight in its logarithm.
        d = max(1e-9, np.sqrt(middle_variance))
        power = (0.84 if groups > 1 else 0.67) + 0.28 * np.log10(0.01 / d)
        return cls(a, b, shape, scale, np.clip(power / (1 - 0.28 * np.log10(ahead)), 0.35, 1))

    def scaled(self, own, common):
        return Law(self.a * own**2, self.b * own**2, self.shape, self.scale * common, self.growth)

    def spread(self, forecast):
        return np.sqrt(self.a / forecast + self.b)

    def half_width(self, forecast):
        """Of 80 in a hundred, common and own part independent: their widths add up by the power that holds where both are as wide."""
        if not self.shape[1]:
            return np.maximum(1e-9, 1.731 * self.scale) + 0 * forecast
        # A t(2.5) number is sqrt(2.5) tan(angle), with the density of the angle as cos^1.5: 24 strips of the right angle.
        angle = (np.arange(24) + 0.5) / 24 * np.pi / 2
        dense = np.cos(angle) ** 1.5
        common = self.shape[1] / 1.731 * np.sqrt(2.5) * np.tan(angle)
        low, high = 1.0, 2.0
        for _ in range(16):
            middle = (low + high) / 2
            width = middle * self.shape[1]
            within = (self.below(width - common) - self.below(-width - common)) @ dense / dense.sum()
            low, high = (middle, high) if within < 0.8 else (low, middle)
        power = np.log(2) / np.log(high)
        parts = (1.731 * self.scale) ** power + (self.shape[1] * self.spread(forecast)) ** power
        return np.maximum(1e-9, parts ** (1 / power))

    def own(self, u):
        """Quantile function of the own part: a normal number stretched piece by piece to meet the shape at its levels."""
        normal = stats.norm.ppf(u)
        points = stats.norm.ppf((1 + self.LEVELS) / 2)
        inside = np.interp(np.abs(normal), np.append(0, points), np.append(0, self.shape))
        tail = self.shape[2] * np.abs(normal) / points[2]
        return np.sign(normal) * np.where(np.abs(normal) <= points[2], inside, tail)

    def below(self, own):
        """Distribution function of the own part."""
        points = np.append(0, stats.norm.ppf((1 + self.LEVELS) / 2))
        sizes = np.append(0, self.shape)
        inside = np.interp(np.abs(own), sizes, points)
        tail = points[3] * np.abs(own) / sizes[3]
        return stats.norm.cdf(np.sign(own) * np.where(np.abs(own) < sizes[3], inside, tail))

    def draw(self, forecast, common, u):
        return max(0.0, forecast * (1 + self.scale * common + self.spread(forecast) * self.own(u)))

    def quantiles(self, forecast, shares):
        """Of the draws, by convolution, with the density there (both in pupils): the own part on a fine grid of shares."""
        u = (np.arange(20000) + 0.5) / 20000
        own = self.spread(forecast) * self.own(u)
        found = []
        for share in shares:
            def below(x):
                return stats.t.cdf((x - own) / self.scale, 2.5).mean() - share

            x = optimize.brentq(below, -100, 100, xtol=1e-13)
            density = (stats.t.pdf((x - own) / self.scale, 2.5) / self.scale).mean()
            found.append((max(0.0, forecast * (1 + x)), density / forecast))
        return found


# ---------------------------------------------------------------------------------------------- invented data


class Dice:
    """SplitMix64: the same numbers from whole-number arithmetic on every machine."""

    def __init__(self, seed):
        self.state = seed

    def word(self):
        mask = 2**64 - 1
        self.state = (self.state + 0x9E3779B97F4A7C15) & mask
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        return z ^ (z >> 31)

    def permille(self, spread):
        """About normal about 1000, as a whole number: the sum of four even ones."""
        return 1000 + sum(self.word() % (2 * spread + 1) for _ in range(4)) // 2 - 2 * spread


def thousandths(*factors):
    """A product of whole numbers of thousandths, rounded to a whole pupil: the first factor is pupils."""
    top, bottom = factors[0], 1
    for factor in factors[1:]:
        top, bottom = top * factor, bottom * 1000
    return (2 * top + bottom) // (2 * bottom)


FIRST, LAST = 2009, 2018
DECLARED, FOUND = 2016, 2012
# Code: births a year, Reception per thousand births.
PLACES = {
    "A01": (26, 950), "A02": (24, 1000), "A03": (28, 900), "A04": (27, 1050), "A05": (25, 980), "A06": (29, 930),
    "B01": (4, 1000), "B02": (420, 940), "B03": (170, 1010), "C01 to Year 6": (22, 970), "C02 opens": (60, 900),
    "C03 closes": (55, 950), "C04 draws in Year 7": (30, 1000), "C05 without births": (90, 1000),
}


def invented(seed):
    dice = Dice(seed)
    codes, years = sorted(PLACES), range(FIRST - 14, LAST + 1)
    rolls = np.full((len(codes), GROUPS, LAST - FIRST + 1), np.nan)
    births = {}
    for area, code in enumerate(codes):
        size, intake = PLACES[code]
        noise = 30 if size > 100 else 80
        births[code] = {
            y: thousandths(size, 1000 - 12 * max(0, y - 2005), dice.permille(noise))
            for y in range(FIRST - 20, LAST + 1)
        }
        now = [0] * GROUPS
        for year in years:
            upset = 960 if year == FOUND else 985 if year == DECLARED else 1000
            cohort = (10 * births[code][year - 4] + 2 * births[code][year - 3] + 6) // 12
            new = [thousandths(cohort, intake, dice.permille(noise), upset)]
            for g in range(1, GROUPS):
                rate = 870 if g == 7 else 1000
                if g == 12:
                    rate = min(900, 420 + 25 * max(0, year - 2004))
                own = {"A02": 1080, "B03": 1150, "A05": 930}.get(code, 1000) if g in (7, 12) else 1000
                new.append(thousandths(now[g - 1], rate, own, dice.permille(noise // 2), upset))
            if code.startswith("C01"):
                new[7:] = [0] * 7
            if code.startswith("C04"):
                new[7] = thousandths(140, 1000 + 10 * (year - 2010), dice.permille(40))
            now = new
            if year >= FIRST:
                rolls[area, :, year - FIRST] = now

    rolls[codes.index("C02 opens"), :, : 2013 - FIRST] = np.nan
    rolls[codes.index("C03 closes"), :, 2016 - FIRST :] = np.nan
    rolls[codes.index("A06"), :, 2014 - FIRST] = np.nan
    # Nobody by chance, where four were expected.
    rolls[codes.index("B01"), 4, 2015 - FIRST] = 0
    rolls[codes.index("B01"), 9, 2016 - FIRST] = 0
    del births["C05 without births"]
    births["A04"] = {y: n for y, n in births["A04"].items() if y <= 2013}
    births = {c: {y: n for y, n in b.items() if y >= FIRST - 5} for c, b in births.items()}
    return Panel(codes, FIRST, rolls, births)


# ---------------------------------------------------------------------------------------------- what is printed


def plain(value):
    """Twelve figures, and null for what is not known."""
    if isinstance(value, dict):
        return {str(key): plain(v) for key, v in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(v) for v in value]
    if isinstance(value, (float, np.floating)):
        if not np.isfinite(value):
            return None
        return int(value) if value == int(value) else float(f"{value:.12g}")
    return value.item() if isinstance(value, np.generic) else value


def text(value, indent=""):
    """JSON with a line for each list of numbers."""
    deeper = indent + " "
    if isinstance(value, dict):
        lines = [f"{deeper}{json.dumps(k)}: {text(v, deeper)}" for k, v in value.items()]
        return "{\n" + ",\n".join(lines) + f"\n{indent}}}"
    if isinstance(value, list) and any(isinstance(v, (list, dict)) for v in value):
        return "[\n" + ",\n".join(deeper + text(v, deeper) for v in value) + f"\n{indent}]"
    return json.dumps(value, separators=(",", ":"))


def blocks(entry):
    return ["entry" if entry[g] else "younger" if g <= 6 else "older" for g in range(GROUPS)]


def origin_results(rolling, origin):
    found = rolling.origins[origin]
    model = found["model"]
    return {
        "year": rolling.panel.first + origin,
        "blocks": blocks(model.entry),
        "quality": model.quality,
        "commonRates": model.common,
        "factors": model.block * model.cell,
        "levels": model.level,
        "levelShares": found["share"],
        "damping": found["damping"],
        "raw": [area.ravel() for area in found["raw"]],
        "paths": {m: [area.ravel() for area in path] for m, path in found["paths"].items() if m != "no_change"},
        "chosen": found["chosen"],
        "laws": {
            target: [
                {"perPupil": law.a, "floor": law.b, "shape": law.shape, "commonScale": law.scale}
                for law in rolling.laws(groups, origin)
            ]
            for target, groups in TARGETS.items()
        },
    }


ROWS = [
    ("A01", "R", 1), ("B01", "4", 1), ("B02", "7", 2), ("B02", "total primary", 4), ("C02 opens", "12", 3),
    ("A04", "total secondary", 4), ("C05 without births", "R", 4),
]
SHARES = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975]


def row_results(rolling, origin):
    rows = []
    for code, target, ahead in ROWS:
        path = rolling.origins[origin]["path"][:, :, ahead - 1]
        forecast = rolling.total(TARGETS[target], origin, path)[rolling.panel.codes.index(code)]
        law = rolling.laws(TARGETS[target], origin)[ahead - 1]
        phase = next(p for p in PHASES if TARGETS[target][0] in PHASES[p])
        law = law.scaled(rolling.area_scales(phase, origin)[rolling.panel.codes.index(code)], 1)
        value, density = zip(*law.quantiles(forecast, SHARES))
        rows.append({
            "area": code, "target": target, "horizon": ahead, "central": forecast, "quantiles": value,
            "density": density,
        })
    return rows


def score_results():
    dice = Dice(5)
    cases = []
    for count, outcome in ((2, 10), (7, 55), (40, 0), (101, 63)):
        draws = np.array([dice.word() % 1000 for _ in range(count)]) / 8
        pairs = np.abs(draws[:, None] - draws[None, :]).sum()
        score = np.abs(draws - outcome).mean() - pairs / (2 * count**2)
        cases.append({"draws": draws, "outcome": float(outcome), "score": score})
    return cases


def main():
    horizon, panel = 4, invented(50)
    rolling = Rolling(panel, [DECLARED - FIRST], horizon)
    # Ranges rest on the laws of all ten years ahead that may be asked for.
    furthest = Rolling(panel, [DECLARED - FIRST], 10)
    u, points = np.array([1e-4, 1e-3, 0.1, 0.5, 0.9, 0.999]), np.array([-20, -5, -2, -1, -0.3, 0, 0.3, 1, 2, 5, 20.0])
    result = {
        "what": "Synthetic: an invented panel of fourteen areas, and what NumPy and SciPy forecast of it",
        "script": "Tests/ReferenceTests/forecast_reference.py",
        "numpy": np.__version__,
        "scipy": scipy.__version__,
        "settings": SETTINGS,
        "first": FIRST,
        "declared": [DECLARED],
        "horizon": horizon,
        "areas": [
            {"code": code, "births": panel.births.get(code, {}), "rolls": panel.rolls[a]}
            for a, code in enumerate(panel.codes)
        ],
        "origins": [origin_results(rolling, year - FIRST) for year in (2016, 2018)],
        "rows": row_results(furthest, LAST - FIRST),
        "student": {
            # Half the squared distance from nought of two t numbers that share a denominator is an F number.
            "u": u,
            "radius": np.sqrt(2 * stats.f.isf(u, 2, 2.5)),
            "points": points,
            "below": stats.t.cdf(points, 2.5),
            "tailAt995": stats.norm.isf(0.0025) / stats.norm.isf(0.025),
        },
        "scores": score_results(),
    }
    sys.stdout.write(text(plain(result)) + "\n")


if __name__ == "__main__":
    main()
