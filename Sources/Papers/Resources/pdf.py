"""Prints papers: one JSON object a line in, one out; several papers at once where there are several cores.

In:  {"id": "...", "html": "path", "pdf": "path"}
Out: {"id": "..."}, or {"id": "...", "error": "..."}
"""

import concurrent.futures
import gc
import json
import logging
import multiprocessing
import os
import sys

import pydyf
import weasyprint
from weasyprint.urls import URLFetcher

logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
logging.getLogger("fontTools").setLevel(logging.CRITICAL)


def add_scope(document, pdf):
    """Says of every heading of a table whether it heads a column or a row."""
    elements = {
        thing.reference: thing
        for thing in pdf.objects
        if isinstance(thing, pydyf.Dictionary) and thing.get("Type") == "/StructElem"
    }
    for element in elements.values():
        if element["S"] != "/TH":
            continue
        above = element
        while above is not None and above["S"] not in ("/THead", "/TBody", "/Table"):
            above = elements.get(above["P"])
        is_column = above is not None and above["S"] == "/THead"
        element["A"]["Scope"] = "/Column" if is_column else "/Row"


def answer(line):
    job = json.loads(line)
    # A paper's boxes are needed until it is printed: looking for rubbish among them took a sixth of the time.
    gc.disable()
    try:
        with open(job["html"], encoding="utf-8") as file:
            # What a paper needs is in it: nothing is fetched from elsewhere.
            inside = URLFetcher(allowed_protocols=["data"])
            paper = weasyprint.HTML(string=file.read(), url_fetcher=inside)
        paper.write_pdf(job["pdf"], pdf_variant="pdf/ua-1", finisher=add_scope)
        return {"id": job["id"]}
    except Exception as error:  # one bad paper must not lose the others
        return {"id": job["id"], "error": str(error) or type(error).__name__}


jobs = sys.stdin.readlines()
workers = max(1, min(len(jobs), os.cpu_count() or 1))
if workers == 1:
    answers = map(answer, jobs)
else:
    fork = multiprocessing.get_context("fork")
    answers = concurrent.futures.ProcessPoolExecutor(workers, mp_context=fork).map(answer, jobs)
for found in answers:
    print(json.dumps(found), flush=True)
