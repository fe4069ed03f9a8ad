#!/usr/bin/env python3
"""Which areas are short of so many forms of entry, from when and when worst, under every scenario?

    Examples/short_areas.py Models/gloucestershire 2
"""

import json
import os
import pathlib
import subprocess
import sys

import pandas as pd

PLACES = os.environ.get("PLACES", "places")


def answer(*words):
    """A verb's answer. Where it refuses, its diagnostics are printed in words and this script ends with its status."""
    run = subprocess.run([PLACES, *words, "--format", "json"], capture_output=True, text=True)
    if run.returncode != 0:
        refusal = json.loads(run.stdout) if run.stdout else {"diagnostics": []}
        for fault in refusal["diagnostics"]:
            print(f"{fault['file']}: {fault['code']}: {fault['what']}", file=sys.stderr)
        sys.exit(run.returncode)
    return json.loads(run.stdout)


def short_areas(model, scenario, least):
    compared = answer("compare", model, "--scenario", scenario)
    areas = pd.DataFrame(compared["areas"]).set_index("planning_area_code")["planning_area_name"]
    entry = pd.DataFrame(compared["balance"]).query("year_group in ['R', '7'] and need_fe >= @least")
    by_area = entry.groupby("planning_area_code")
    worst = entry.loc[by_area["need_fe"].idxmax()].set_index("planning_area_code") if len(entry) else entry
    return pd.DataFrame({
        "scenario": scenario,
        "area": by_area["need_fe"].max().index.map(areas),
        "from": by_area["academic_year"].min().to_numpy(),
        "worst_fe": by_area["need_fe"].max().round(1).to_numpy(),
        "in": worst["academic_year"].to_numpy() if len(entry) else [],
    })


def main():
    model, least = sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else 2.0
    files = sorted((pathlib.Path(model) / "scenarios").glob("*.yaml"))
    scenarios = ["central"] + [file.stem for file in files if file.stem != "central"]
    table = pd.concat([short_areas(model, scenario, least) for scenario in scenarios], ignore_index=True)
    if table.empty:
        print(f"No area is short of {least:g} FE under any scenario.")
        return
    beside = table.pivot(index="area", columns="scenario", values="from").reindex(columns=scenarios)
    print(f"First year short of {least:g} FE at entry, by scenario\n")
    print(beside.fillna("never").to_string())
    print("\nWorst year, central\n")
    print(table.query("scenario == 'central'").drop(columns="scenario").to_string(index=False))


main()
