"""Intervals over areas drawn again, a second time, from invented errors.

    python3 Tests/ReferenceTests/backtest_reference.py > Tests/ReferenceTests/backtest_reference.json

The errors are synthetic: no area of them exists. Which areas are drawn follows from the published generator Philox4x32-10 (Salmon,
Moraes, Dror and Shaw 2011), written here from its paper and held to the known answer of its authors.
"""

import json
import sys
from fractions import Fraction

MASK = 2**32 - 1
SAMPLES = 2000


def philox(counter, key):
    """Four words of 32 bits from a counter of four and a key of two, by ten rounds."""
    a, b, c, d = counter
    k, m = key
    for _ in range(10):
        p, q = a * 0xD2511F53, c * 0xCD9E8D57
        a, b, c, d = (q >> 32) ^ b ^ k, q & MASK, (p >> 32) ^ d ^ m, p & MASK
        k, m = (k + 0x9E3779B9) & MASK, (m + 0xBB67AE85) & MASK
    return a, b, c, d


# The authors' known-answer test of zeros.
assert philox((0, 0, 0, 0), (0, 0)) == (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)


def fnv(text):
    answer = 0xCBF29CE484222325
    for byte in text.encode():
        answer = (answer ^ byte) * 0x100000001B3 % 2**64
    return answer


def drawn(count, seed):
    """For each sample the areas in it: place `n` of sample `s` is the word of cell `n` and draw `s`, as a share of all areas."""
    place = fnv("areas drawn again") ^ fnv("forecast.common")
    key = (seed & MASK, seed >> 32)
    for sample in range(1, SAMPLES + 1):
        words = [philox((sample, place & MASK, place >> 32, n // 4), key)[n % 4] for n in range(count)]
        # A word and a half over 2^32, times the count, rounded down.
        yield [(2 * word + 1) * count >> 33 for word in words]


def interval(pairs, seed, statistic):
    """The figure of all areas, and the sorted figures of samples at 2.5 and 97.5 in a hundred; samples without one are passed over."""
    whole = statistic(pairs)
    if whole is None:
        return None
    found = sorted(v for v in (statistic([pairs[i] for i in sample]) for sample in drawn(len(pairs), seed)) if v is not None)
    low, high = (found[len(found) * share // 1000] for share in (25, 975))
    return {"value": float(whole), "low": float(low), "high": float(high)}


def share_better(pairs):
    return Fraction(sum(ours < theirs for ours, theirs in pairs), len(pairs))


def ratio(pairs):
    theirs = sum(theirs for _, theirs in pairs)
    return sum(ours for ours, _ in pairs) / theirs if theirs else None


def invented(count, exact):
    """Errors in thousandths, by whole-number arithmetic; the councils of the first areas missed by nothing."""
    state, pairs = 1000 + count, []
    for area in range(count):
        numbers = []
        for _ in range(2):
            state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
            numbers.append((state >> 33) % 60)
        pairs.append((Fraction(numbers[0], 1000), Fraction(0 if area < exact else numbers[1], 1000)))
    return pairs


def main():
    cases = []
    for count, exact, seed in ((1, 0, 1), (2, 1, 1), (3, 0, 7), (5, 3, 2), (12, 0, 1), (40, 4, 2**40 + 3), (148, 0, 1)):
        pairs = invented(count, exact)
        cases.append({
            "seed": seed,
            "ours": [float(ours) for ours, _ in pairs],
            "official": [float(theirs) for _, theirs in pairs],
            "shareBetter": interval(pairs, seed, share_better),
            "ratio": interval(pairs, seed, ratio),
        })
    result = {
        "what": "Synthetic: invented errors of councils and of ours, and intervals of their comparison",
        "script": "Tests/ReferenceTests/backtest_reference.py",
        "cases": cases,
    }
    sys.stdout.write(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
