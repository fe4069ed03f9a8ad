"""Draws charts: one JSON object a line in, one out; several at once where there are several cores.

In:  {"id": "...", "spec": {Vega-Lite}, "png": true or false}
Out: {"id": "...", "svg": "<svg ...>", "png": base64 or null}, or {"id": "...", "error": "..."}
"""

import base64
import concurrent.futures
import json
import multiprocessing
import os
import sys

import vl_convert

SHARPNESS = 2  # dots of a PNG to a point of its chart


def answer(line):
    job = json.loads(line)
    try:
        svg = vl_convert.vegalite_to_svg(job["spec"], vl_version="6.4")
        png = vl_convert.svg_to_png(svg, scale=SHARPNESS) if job.get("png") else None
        return {"id": job["id"], "svg": svg, "png": png and base64.b64encode(png).decode()}
    except Exception as error:  # one bad chart must not lose the others
        return {"id": job["id"], "error": str(error)}


def main():
    # The long ones first, so that no process waits for another's last chart.
    jobs = sorted(sys.stdin.readlines(), key=len, reverse=True)
    # Drawing begins with half a second of getting ready: a second process pays from some charts on.
    workers = min(os.cpu_count() or 1, 1 + len(jobs) // 4)
    if workers < 2:
        answers = map(answer, jobs)
    else:
        fork = multiprocessing.get_context("fork")
        answers = concurrent.futures.ProcessPoolExecutor(workers, mp_context=fork).map(answer, jobs)
    for found in answers:
        print(json.dumps(found), flush=True)


main()
