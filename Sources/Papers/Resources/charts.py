"""Draws charts: one JSON object a line in, one out.

In:  {"id": "...", "spec": {Vega-Lite}}
Out: {"id": "...", "svg": "<svg ...>"}, or {"id": "...", "error": "..."}
"""

import json
import sys

import vl_convert

for line in sys.stdin:
    job = json.loads(line)
    answer = {"id": job["id"]}
    try:
        answer["svg"] = vl_convert.vegalite_to_svg(job["spec"], vl_version="6.4")
    except Exception as error:  # one bad chart must not lose the others
        answer["error"] = str(error)
    print(json.dumps(answer), flush=True)
