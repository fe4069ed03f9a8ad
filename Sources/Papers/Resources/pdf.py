"""Prints papers: one JSON object a line in, one out.

In:  {"id": "...", "html": "path", "pdf": "path"}
Out: {"id": "..."}, or {"id": "...", "error": "..."}
"""

import base64
import gc
import json
import logging
import math
import re
import sys
from xml.etree import ElementTree

import pydyf
import weasyprint
from weasyprint.matrix import Matrix
from weasyprint.css.properties import INITIAL_VALUES
from weasyprint.draw.text import draw_first_line
from weasyprint.svg import TAGS
from weasyprint.svg.text import Style, TextBox
from weasyprint.text.line_break import split_first_line
from weasyprint.urls import URLFetcher

logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
logging.getLogger("fontTools").setLevel(logging.CRITICAL)


SVG = "{http://www.w3.org/2000/svg}"
PLACING = {"x", "y", "dx", "dy", "rotate", "textLength", "letter-spacing", "dominant-baseline", "alignment-baseline"}
UNSEEN = {"class", "role", "aria-hidden", "aria-label", "aria-roledescription", "pointer-events"}


def draw_text(svg, node, font_size):
    """Draws a plain text of a chart as a whole, where WeasyPrint would set and place every letter by itself."""
    if "anchor" not in node.attrib or not node.text:
        return draw_letters(svg, node, font_size)
    style = Style(INITIAL_VALUES)
    style.font_config = svg.font_config
    style["font_family"] = [font.strip(" \"'") for font in node.get("font-family", "sans-serif").split(",")]
    weight = node.get("font-weight", "400")
    style["font_weight"] = int(weight) if weight.isdigit() else 700 if weight == "bold" else 400
    style["font_style"] = node.get("font-style", "normal")
    style["font_size"] = font_size
    layout, _, _, width, _, baseline = split_first_line(node.text, style, svg.context, math.inf, 0)
    left = -width * {"middle": 0.5, "end": 1}.get(node.get("anchor"), 0)
    svg.stream.push_state()
    fill, stroke = svg.set_graphical_state(node, font_size)
    svg.stream.begin_text()
    layout.reactivate(style)
    svg.fill_stroke(fill, stroke, text=True)
    box = TextBox(layout, style)
    box.baseline = baseline
    draw_first_line(svg.stream, box, "none", "none", Matrix(d=-1, e=left))
    svg.stream.end_text()
    svg.stream.pop_state()


def lighten(element):
    """Leaves out of a chart what is not seen: marks for screen readers, which have the picture's own words, and empty groups."""
    kept = []
    for child in element:
        for name in UNSEEN.intersection(child.attrib):
            del child.attrib[name]
        attributes = child.attrib
        if attributes.get("opacity") == "1":
            del attributes["opacity"]
        if attributes.get("transform") == "translate(0,0)":
            del attributes["transform"]
        if child.tag == SVG + "text" and len(child) == 0 and not PLACING.intersection(attributes):
            attributes["anchor"] = attributes.pop("text-anchor", "start")
        lighten(child)
        is_group = child.tag == SVG + "g"
        is_nothing = attributes.get("display") == "none" or (
            len(child) == 0 if is_group else child.tag == SVG + "path" and not {"fill", "stroke"}.intersection(attributes))
        if is_nothing or child.tag in (SVG + "title", SVG + "desc"):
            continue
        kept += list(child) if is_group and not attributes else [child]
    element[:] = kept


def lightened(found):
    """The address of a chart as that of its lighter picture."""
    root = ElementTree.fromstring(base64.b64decode(found[2]))
    lighten(root)
    return found[1] + base64.b64encode(ElementTree.tostring(root)).decode()


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
            page = re.sub("(data:image/svg\\+xml;base64,)([^\"]+)", lightened, file.read())
            paper = weasyprint.HTML(string=page, url_fetcher=inside)
        paper.write_pdf(job["pdf"], pdf_variant="pdf/ua-1", finisher=add_scope)
        return {"id": job["id"]}
    except Exception as error:  # one bad paper must not lose the others
        return {"id": job["id"], "error": str(error) or type(error).__name__}


ElementTree.register_namespace("", SVG[1:-1])
draw_letters, TAGS["text"] = TAGS["text"], draw_text
for line in sys.stdin:
    print(json.dumps(answer(line)), flush=True)
