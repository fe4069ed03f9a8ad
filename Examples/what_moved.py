#!/usr/bin/env python3
"""What moved the need for places between two runs, or two model folders, in places and as a share of the change?

    Examples/what_moved.py RUN_A RUN_B
"""

import json
import os
import subprocess
import sys

import pandas as pd

run = subprocess.run(
    [os.environ.get("PLACES", "places"), "diff", *sys.argv[1:], "--format", "json"], stdout=subprocess.PIPE, text=True)
if run.returncode != 0:
    sys.exit(run.returncode)
diff = json.loads(run.stdout)

rows = [
    {"phase": line["phase"], "year": line["academic_year"], "step": " and ".join(part["kinds"]), "places": part["amount"]}
    for line in diff["headlines"]
    if line["measure"] == "need" and "planning_area_code" not in line
    for part in line["parts"]
]
if not rows:
    print("Nothing has changed.")
    sys.exit()
table = pd.DataFrame(rows).pivot_table(index=["phase", "year"], columns="step", values="places", sort=False)
table["change"] = table.sum(axis=1)
print(table.round(1).to_string())
total = table.groupby("phase").sum()
print("\nAs a share of the change over all years, %\n")
print(total.div(total["change"].where(total["change"] != 0), axis=0).mul(100).round(0).to_string())
