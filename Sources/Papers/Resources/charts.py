"""Draws charts: one JSON object a line in, one out, each as soon as it is there.

In:  {"id": "...", "spec": {Vega-Lite}}, or {"id": "...", "svg": "<svg ...>"} for its picture
Out: {"id": "...", "svg": "<svg ...>"}, or {"id": "...", "png": base64}, or {"id": "...", "error": "..."}
"""

import base64
import json
import sys

import vl_convert

SHARPNESS = 2  # dots of a PNG to a point of its chart


def answer(line):
    job = json.loads(line)
    try:
        if "svg" in job:
            png = vl_convert.svg_to_png(job["svg"], scale=SHARPNESS)
            return {"id": job["id"], "png": base64.b64encode(png).decode()}
        return {"id": job["id"], "svg": vl_convert.vegalite_to_svg(job["spec"], vl_version="6.4")}
    except Exception as error:  # one bad chart must not lose the others
        return {"id": job["id"], "error": str(error)}


for line in sys.stdin:
    print(json.dumps(answer(line)), flush=True)
