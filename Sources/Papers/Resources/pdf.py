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


def say_more(document, pdf):
    """Tells programs that read aloud what WeasyPrint does not say. What another version of it keeps elsewhere stays as it is."""
    things = {thing.reference: thing for thing in pdf.objects if isinstance(thing, pydyf.Dictionary)}
    elements = {reference: thing for reference, thing in things.items() if thing.get("Type") == "/StructElem"}
    pages = [getattr(page, "_page_box", None) for page in document.pages]
    boxes = [box for page in pages if page is not None for box in page.descendants()]
    add_scope(elements)
    place_figures(elements, things)
    name_links(boxes)
    name_continued(elements, boxes)


def add_scope(elements):
    """Says of every heading of a table whether it heads a column or a row."""
    for element in elements.values():
        if element["S"] != "/TH":
            continue
        above = element
        while above is not None and above["S"] not in ("/THead", "/TBody", "/Table"):
            above = elements.get(above["P"])
        is_column = above is not None and above["S"] == "/THead"
        element["A"]["Scope"] = "/Column" if is_column else "/Row"


def place_figures(elements, things):
    """Says where a figure stands in points from the foot of its page, where WeasyPrint has pixels from its head."""
    for element in elements.values():
        if element["S"] == "/Figure" and "BBox" in element.get("A", {}):
            top = things[element["Pg"]]["MediaBox"][3]
            left, upper, right, lower = (0.75 * pixels for pixels in element["A"]["BBox"])
            element["A"]["BBox"] = pydyf.Array((left, top - lower, right, top - upper))


def words_of(element):
    return " ".join("".join(element.itertext()).split())


def name_links(boxes):
    """Gives links their words, where WeasyPrint has the name of their target."""
    for box in boxes:
        link = getattr(box, "link_annotation", None)
        if link is not None and box.element is not None and words_of(box.element):
            link["Contents"] = pydyf.String(words_of(box.element))


def name_continued(elements, boxes):
    """Gives a table that goes on over pages its title on each: only the first has its caption."""
    parts = [box for box in boxes if getattr(box, "is_table_wrapper", False)]
    tables = [element for element in elements.values() if element["S"] == "/Table"]
    if len(parts) != len(tables):
        return
    begun = set()
    for box, table in zip(parts, tables):
        caption = box.element.find("caption")
        if box.element in begun and caption is not None:
            title = f"{words_of(caption)} (continued)"
            table["A"] = pydyf.Dictionary({"O": "/Table", "Summary": pydyf.String(title)})
        begun.add(box.element)


# How far down a page reaches that is not left before its time. Of its height.
EARLY = 0.6
PRINT = {"pdf_variant": "pdf/ua-1"}


def early_pages(document, tree):
    """Upright pages that end early since what follows needs a wide one; of each what may go there too: all, or nothing."""
    blocks = {block for section in tree.iter("section") for child in section
              for block in (child if child.get("class") == "wide" else [child])}
    early, before = [], None
    pages = [getattr(page, "_page_box", None) for page in document.pages]
    if None in pages:
        return []
    for page, after in zip(pages, pages[1:]):
        found, end = [], 0
        for box in page.descendants():
            if box.element in blocks and box.element not in found:
                found.append(box.element)
                end = box.position_y + box.margin_height() - page.content_box_y()
        if page.width < page.height and after.width > after.height and end < EARLY * page.height:
            is_whole = found and found[0] is not before and all(block.tag != "figure" for block in found)
            early.append(found if is_whole else [])
        before = found[-1] if found else None
    return early


def widen(tree, blocks):
    """Lets blocks of sections stand on the wide pages that follow them."""
    for section in tree.iter("section"):
        for block in reversed([child for child in section if child in blocks]):
            place = list(section).index(block)
            wide = section[place + 1] if place + 1 < len(section) else None
            if wide is None or wide.get("class") != "wide":
                wide = ElementTree.Element("div", {"class": "wide"})
                section.insert(place + 1, wide)
            section.remove(block)
            wide.insert(0, block)


def laid_out(paper):
    """The pages of a paper: laid out again where some end early before wide ones, if fewer do then."""
    pictures = {}
    document = paper.render(cache=pictures, **PRINT)
    early = early_pages(document, paper.etree_element)
    blocks = {block for found in early for block in found}
    if not blocks:
        return document
    widen(paper.etree_element, blocks)
    again = paper.render(cache=pictures, **PRINT)
    return again if len(early_pages(again, paper.etree_element)) < len(early) else document


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
        laid_out(paper).write_pdf(job["pdf"], finisher=say_more, **PRINT)
        return {"id": job["id"]}
    except Exception as error:  # one bad paper must not lose the others
        return {"id": job["id"], "error": str(error) or type(error).__name__}


ElementTree.register_namespace("", SVG[1:-1])
draw_letters, TAGS["text"] = TAGS["text"], draw_text
for line in sys.stdin:
    print(json.dumps(answer(line)), flush=True)
