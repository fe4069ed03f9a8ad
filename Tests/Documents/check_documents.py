"""Reads back the papers' documents, as their readers' programs do: PDF, Word, Excel, open data.

Run from the repository's root, after a debug build:
    PYTHONPATH=.deps/py-read:.deps/py-ua python3 Tests/Documents/check_documents.py

Each check prints a line; the last line counts them. What is not installed is skipped, and says so.
"""

import csv
import hashlib
import html
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from xml.etree import ElementTree

PLACES = pathlib.Path(".build/debug/places").resolve()
MODELS = ["exampleton", "loneham", "gloucestershire"]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"

passed = failed = skipped = 0


def check(name, problems):
    """A check passes when it finds no problems."""
    global passed, failed
    if problems:
        failed += 1
        print(f"FAILED  {name}")
        for problem in problems[:8]:
            print(f"        {problem}")
    else:
        passed += 1
        print(f"passed  {name}")


def skip(name):
    global skipped
    skipped += 1
    print(f"skipped {name}")


def tables(paper):
    """Every table of a paper's JSON, with whether it stands behind a chart."""
    for section in paper["sections"]:
        for block in section["blocks"]:
            if block["type"] in ("table", "annex"):
                yield block["table"]
            elif block["type"] == "figure":
                yield block["figure"]["table"]


def figures(paper):
    return [block["figure"] for section in paper["sections"] for block in section["blocks"] if block["type"] == "figure"]


def titles(paper):
    """What each table and figure is called, by its id: numbered by kind in reading order, a table behind a figure by the figure."""
    found, tables_so_far, figures_so_far = {}, 0, 0
    for block in (block for section in paper["sections"] for block in section["blocks"]):
        if block["type"] in ("table", "annex"):
            tables_so_far += 1
            found[block["table"]["id"]] = f"Table {tables_so_far}. {block['table']['caption']}"
        elif block["type"] == "figure":
            figures_so_far += 1
            figure = block["figure"]
            found[figure["id"]] = f"Figure {figures_so_far}. {figure['title']}"
            found[figure["table"]["id"]] = f"Figure {figures_so_far} as a table. {figure['table']['caption']}"
    return found


def check_numbers(name, folder, paper):
    """A table or a figure is called the same in every format, and stands in the order of its number."""
    named = titles(paper)
    page = (folder / f"{paper['name']}.html").read_text()
    shown = {found[1]: found[2] for found in re.finditer(r'<caption id="([^"]+)-caption"><span>(.*?)</span>', page)}
    shown |= {found[1]: found[2] for found in re.finditer(r'<figcaption id="([^"]+)-title">(.*?)</figcaption>', page)}
    problems = [f"HTML: {text}" for one, text in shown.items() if html.unescape(text) != named[one]]
    first = [found[1] for found in re.finditer(r"<(?:caption|figcaption) id=[^>]*>(?:<span>)?((?:Table|Figure) \d+)\.", page)]
    # A chart that could not be drawn is its table, in place.
    own = {block["table"]["id"] for section in paper["sections"] for block in section["blocks"] if "table" in block}
    own |= {figure["id"] for figure in figures(paper) if figure["id"] in shown}
    wanted = [text for one, text in named.items() if one in own]
    folded = {block["table"]["id"] for section in paper["sections"] for block in section["blocks"] if block["type"] == "annex"}
    for kind in ("Table", "Figure"):
        numbers_found = [int(text.split()[1]) for text in first if text.startswith(kind)]
        count = sum(title.startswith(f"{kind} ") for title in wanted)
        problems += [] if numbers_found == list(range(1, count + 1)) else [f"HTML: {kind} {numbers_found}, of {count}"]
    pdf, word = folder / f"{paper['name']}.pdf", folder / f"{paper['name']}.docx"
    if pdf.exists() and shutil.which("pdftotext"):
        text = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, errors="replace", check=True).stdout
        heads = re.findall(r"^(Table|Figure) (\d+)\. ", text, re.M)
        for kind in ("Table", "Figure"):
            got = sorted({int(number) for found, number in heads if found == kind})
            count = sum(title.startswith(f"{kind} ") for title in wanted)
            problems += [] if got == list(range(1, count + 1)) else [f"PDF: {kind} {got}, of {count}"]
    if word.exists():
        with zipfile.ZipFile(word) as archive:
            document = ElementTree.fromstring(archive.read("word/document.xml"))
        captions = [
            "".join(piece.text or "" for piece in p.iter(W + "t")) for p in document.iter(W + "p")
            if (mark := p.find(f"{W}pPr/{W}pStyle")) is not None and mark.get(W + "val") == "TableCaption"
        ]
        got = list(dict.fromkeys(
            re.sub(r" \(part \d+ of \d+\)$", "", text) for text in captions if re.match(r"(Table|Figure) \d+\. ", text)))
        open_ones = [text for one, text in named.items() if one in own - folded]
        if got != open_ones:
            problems += [f"Word: {a} for {b}" for a, b in zip(got, open_ones) if a != b] or [f"Word: {len(got)} of {len(open_ones)}"]
    check(f"{name}: tables and figures have their numbers in HTML, PDF and Word", problems)


def squeezed(text):
    return re.sub(r"\s+", "", text)


# PDF


def elements(root):
    """Every element of a PDF's structure, parents first."""
    import pikepdf

    waiting = [root]
    while waiting:
        item = waiting.pop()
        if isinstance(item, pikepdf.Array):
            waiting.extend(list(item))
        elif isinstance(item, pikepdf.Dictionary):
            if "/S" in item:
                yield item
            if "/K" in item:
                waiting.append(item["/K"])


# What the validator finds in a paper and what is no fault of ours: the awkward paper has a sign that no font here has.
KNOWN = {"awkward": {"PDFUA1-NOTDEF-GLYPH-001"}}


def check_pdf(name, file, paper):
    import pikepdf

    with pikepdf.open(file) as pdf:
        root = pdf.Root
        with pdf.open_metadata() as metadata:
            part = metadata.get("pdfuaid:part")
        problems = []
        problems += [] if str(part) == "1" else [f"pdfuaid:part is {part}"]
        problems += [] if str(root.get("/Lang")) == "en-GB" else [f"the language is {root.get('/Lang')}"]
        problems += [] if str(pdf.docinfo.get("/Title")) == paper["title"] else ["the title is another"]
        problems += [] if root.ViewerPreferences.DisplayDocTitle else ["the title is not shown"]
        problems += [] if root.MarkInfo.Marked else ["it is not marked as tagged"]
        check(f"{name}: PDF/UA, titled, in English", problems)

        found = list(elements(root.StructTreeRoot.K))
        kinds = [str(item.S) for item in found]
        allowed = {"/Document", "/Part", "/Sect", "/Div", "/P", "/H1", "/H2", "/H3", "/L", "/LI", "/Lbl", "/LBody", "/Table", "/TR",
                   "/TH", "/TD", "/THead", "/TBody", "/Caption", "/Figure", "/Span", "/Link", "/NonStruct"}
        check(f"{name}: only standard tags, all that are needed", sorted(set(kinds) - allowed)
              + [kind for kind in ("/H1", "/H2", "/Table", "/TH", "/TD") if kind not in kinds])
        levels = [int(kind[2]) for kind in reversed(kinds) if re.fullmatch(r"/H\d", kind)]
        ordered = [int(kind[2]) for kind in in_order(root.StructTreeRoot.K) if re.fullmatch(r"/H\d", kind)]
        jumps = [f"H{a} then H{b}" for a, b in zip(ordered, ordered[1:]) if b > a + 1]
        check(f"{name}: one H1, headings in order", jumps + ([] if levels.count(1) == 1 else ["not one H1"]))
        headings = [item for item in found if str(item.S) == "/TH"]
        without = [item for item in headings if str(item.A.get("/Scope", "")) not in ("/Column", "/Row")]
        cells = [item for item in found if str(item.S) == "/TD"]
        lost = [item for item in cells if "/Headers" not in item.A]
        check(f"{name}: every heading of a table has its scope, every cell its headings",
              [f"{len(without)} headings without"] * bool(without) + [f"{len(lost)} cells without"] * bool(lost))
        pictures = [item for item in found if str(item.S) == "/Figure"]
        words = {figure["alternative"] for figure in figures(paper)}
        check(f"{name}: every figure has its words",
              [f"a figure says {item.get('/Alt')}" for item in pictures if str(item.get("/Alt", "")) not in words]
              + ([] if len(pictures) == len(words) else [f"{len(pictures)} figures, {len(words)} charts"]))
        marks = []
        with pdf.open_outline() as outline:
            marks = [item.title for item in outline.root] + [child.title for item in outline.root for child in item.children]
        missing = [section["heading"] for section in paper["sections"] if section["heading"] not in marks]
        check(f"{name}: every section has a bookmark", missing)
        links = [str(note.get("/Contents", "")) for page in pdf.pages for note in page.get("/Annots", [])]
        leads = {section["heading"] for section in paper["sections"]} | {"The figures behind the charts"}
        leads |= {f"The figures behind this chart: {title}" for title in titles(paper).values()}
        check(f"{name}: every link says where it leads in its own words",
              [f"one says '{words}'" for words in links if words not in leads and not re.match(r"data sets? \d", words)])
        unnamed = [item for item in found if str(item.S) == "/Table" and "/Caption" not in in_order(item.K)
                   and "/Summary" not in item.get("/A", {})]
        check(f"{name}: every table but that of particulars has a name, on every page on which it goes on",
              [] if len(unnamed) == 1 else [f"{len(unnamed)} have none"])
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages)}
        places = [(numbers[item.Pg.objgen], *(float(edge) for edge in item.A.BBox)) for item in pictures]
        problems = [] if not root.MarkInfo.get("/Suspects", False) else ["there are suspects"]
        check(f"{name}: nothing of its structure is in doubt", problems)
        fonts = [font for page in pdf.pages for font in page.Resources.get("/Font", {}).values()]
        bare = [str(font.BaseFont) for font in fonts if "/ToUnicode" not in font]
        check(f"{name}: every font is embedded and readable", bare)
    check_places(name, file, places)
    check_boxes(name, file)
    check_pages(name, file)
    check_lists(name, file, paper)
    check(f"{name}: all content is tagged or an artifact, and stands in the structure", untagged(file))
    try:
        known = KNOWN.get(name.split()[0], set())
        verdict = [fault for fault in unconformity(file.read_bytes()) if fault.split(":")[0] not in known]
    except ImportError:
        skip(f"{name}: judged by a PDF/UA-1 validator (page-validation is not installed)")
        return
    check(f"{name}: a PDF/UA-1 validator finds nothing", verdict)


def untagged(file):
    """What is painted and neither tagged nor an artifact, and marks that the structure does not know, by its own tree or back."""
    import pikepdf

    problems = []
    with pikepdf.open(file) as pdf:
        parents = numbers(pdf.Root.StructTreeRoot.ParentTree)
        for number, page in enumerate(pdf.pages, 1):
            known = {mark for element in parents.get(page.obj.get("/StructParents"), []) for mark in marks_of(element, page.obj)}
            if page.obj.get("/Tabs") != "/S":
                problems.append(f"page {number}: tabs do not follow the structure")
            problems += [f"page {number}: {problem}" for problem in loose(page, known)]
    return problems


PAINTS = {"f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "Do", "Tj", "TJ", "'", '"', "EI"}


def loose(page, known):
    """Of one page's content; what is in a form is part of the mark that paints it."""
    import pikepdf

    open_marks, problems, seen = [], [], set()
    for operands, operator in pikepdf.parse_content_stream(page):
        operator = str(operator)
        if operator in ("BMC", "BDC"):
            mark = operands[1].get("/MCID") if len(operands) > 1 and isinstance(operands[1], pikepdf.Dictionary) else None
            if mark is not None:
                seen.add(int(mark))
            open_marks.append("artifact" if operands[0] == "/Artifact" else mark)
        elif operator == "EMC":
            if not open_marks:
                problems.append("a mark ends that has not begun")
            else:
                open_marks.pop()
        elif operator in PAINTS and all(mark is None for mark in open_marks):
            problems.append(f"{operator} outside any mark")
        if "artifact" in open_marks and any(isinstance(mark, int) for mark in open_marks if mark != "artifact"):
            problems.append("an artifact within tagged content, or the other way about")
    problems += ["a mark does not end"] * len(open_marks)
    problems += [f"mark {mark} is not in the structure" for mark in sorted(seen - known)]
    problems += [f"the structure has a mark {mark} that is not there" for mark in sorted(known - seen)]
    return problems


def numbers(tree):
    """A number tree as a dictionary."""
    found = {}
    pairs = list(tree.get("/Nums", []))
    for key, value in zip(pairs[::2], pairs[1::2]):
        found[int(key)] = value
    for kid in tree.get("/Kids", []):
        found |= numbers(kid)
    return found


def marks_of(element, page):
    """The marks of a page that an element of the structure says are its own."""
    import pikepdf

    kids = element.get("/K", []) if isinstance(element, pikepdf.Dictionary) else []
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary):
            if kid.get("/Type") == "/MCR" and kid.get("/Pg", element.get("/Pg")).objgen == page.objgen:
                yield int(kid.MCID)
        elif element.get("/Pg") is not None and element.Pg.objgen == page.objgen:
            yield int(kid)


def unconformity(data):
    """What an independent validator of PDF/UA-1 finds."""
    import page

    report = page.validate_pdf_bytes(data, profile="ua1")
    found = [f"{failure.rule_id}: {failure.message}" for failure in report.failures]
    return found if found or report.is_compliant else ["it does not conform"]


def broken(pdf, fault):
    """Puts a fault into a good PDF."""
    import pikepdf

    root = pdf.Root
    page = pdf.pages[0]
    found = list(elements(root.StructTreeRoot.K))
    def first(kind):
        return next(item for item in found if str(item.S) == kind)
    def rewritten(change):
        page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(change(list(pikepdf.parse_content_stream(page)))))
    if fault == "untagged paint":
        page.contents_add(b"0 0 10 10 re f")
    elif fault == "a mark that the structure does not know":
        page.contents_add(b"/P <</MCID 9999>> BDC 0 0 10 10 re f EMC")
    elif fault == "tagged content turned into an artifact":
        mark = next(ops for ops, op in pikepdf.parse_content_stream(page) if str(op) == "BDC" and "/MCID" in ops[1])
        number = int(mark[1].MCID)
        rewritten(lambda steps: [
            ([pikepdf.Name.Artifact], pikepdf.Operator("BMC"))
            if str(op) == "BDC" and "/MCID" in ops[1] and int(ops[1].MCID) == number else (ops, op) for ops, op in steps])
    elif fault == "no tab order":
        del page.obj["/Tabs"]
    elif fault == "no language":
        del root["/Lang"]
    elif fault == "the title is not shown":
        root.ViewerPreferences.DisplayDocTitle = False
    elif fault == "no PDF/UA mark":
        with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
            del metadata["pdfuaid:part"]
    elif fault == "suspects":
        root.MarkInfo.Suspects = True
    elif fault == "a heading level left out":
        first("/H2").S = pikepdf.Name("/H4")
    elif fault == "a figure without words":
        del first("/Figure")["/Alt"]
    elif fault == "a table whose rows differ in length":
        row = next(item for item in found if str(item.S) == "/TR" and len(item.K) > 2)
        row.K = pikepdf.Array(list(row.K)[:-1])
    elif fault == "a tag that nobody knows":
        first("/P").S = pikepdf.Name("/Passage")
    elif fault == "a tag that stands for itself":
        root.StructTreeRoot.RoleMap = pikepdf.Dictionary({"/Passage": pikepdf.Name("/Passage")})
        first("/P").S = pikepdf.Name("/Passage")
    elif fault == "a link without words":
        note = next(note for each in pdf.pages for note in each.get("/Annots", []))
        del note["/Contents"]
    elif fault == "a link outside the structure":
        note = next(note for each in pdf.pages for note in each.get("/Annots", []))
        del note["/StructParent"]
    elif fault in ("a font without its letters", "a font that is not embedded"):
        font = next(iter(page.Resources.Font.values()))
        if fault == "a font without its letters":
            del font["/ToUnicode"]
        else:
            descriptor = font.DescendantFonts[0].FontDescriptor
            for key in ("/FontFile2", "/FontFile3"):
                if key in descriptor:
                    del descriptor[key]
    else:
        raise ValueError(fault)


# The checks that must see each fault: ours of tagging, the validator's, or both.
FAULTS = {
    "untagged paint": "both", "a mark that the structure does not know": "ours", "tagged content turned into an artifact": "ours",
    "no tab order": "ours", "no language": "validator", "the title is not shown": "validator",
    "no PDF/UA mark": "validator", "suspects": "validator", "a heading level left out": "validator",
    "a figure without words": "validator", "a table whose rows differ in length": "validator",
    "a tag that nobody knows": "validator", "a tag that stands for itself": "validator", "a link without words": "validator",
    "a link outside the structure": "validator", "a font without its letters": "validator",
    "a font that is not embedded": "validator",
}


def check_broken(file, folder):
    """Each check of a PDF finds what it is there to find: one fault after another is put into a good paper."""
    try:
        import pikepdf
    except ImportError:
        skip("broken PDF: faults are found (pikepdf is not installed)")
        return
    for fault, finder in FAULTS.items():
        place = folder / "broken.pdf"
        with pikepdf.open(file) as pdf:
            broken(pdf, fault)
            pdf.save(place)
        if finder in ("ours", "both"):
            check(f"broken PDF: {fault} is found", [] if untagged(place) else ["it is not"])
        if finder in ("validator", "both"):
            try:
                found = unconformity(place.read_bytes())
            except ImportError:
                skip(f"broken PDF: the validator finds {fault} (page-validation is not installed)")
                continue
            check(f"broken PDF: the validator finds {fault}", [] if found else ["it does not"])


def in_order(item):
    """The kinds of a PDF's structure in reading order."""
    import pikepdf

    if isinstance(item, pikepdf.Array):
        for child in item:
            yield from in_order(child)
    elif isinstance(item, pikepdf.Dictionary):
        if "/S" in item:
            yield str(item.S)
        if "/K" in item:
            yield from in_order(item.K)


def check_pages(name, file):
    """No page with a scrap of a table or of a text on it."""
    if not shutil.which("pdftotext"):
        skip(f"{name}: how full its pages are (poppler-utils is not installed)")
        return
    text = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, errors="replace", check=True).stdout
    pages = [[line for line in page.splitlines() if line.strip()] for page in text.split("\f")[:-1]]
    images = subprocess.run(["pdfimages", "-list", file], capture_output=True, text=True, check=True).stdout
    pictured = {int(line.split()[0]) for line in images.splitlines()[2:]}
    check(f"{name}: no page holds a scrap", [
        f"page {number}: {lines}" for number, lines in enumerate(pages, 1) if len(lines) < 7 and number not in pictured]
          + ([] if pages else ["no page was read"]))


def words_of(file):
    """Of each page its width, its height and its words, each with its edges from the left and from the top, in points."""
    text = subprocess.run(["pdftotext", "-bbox", file, "-"], capture_output=True, text=True, errors="replace", check=True).stdout
    for page in re.findall(r"<page .*?</page>", text, re.S):
        width, height = map(float, re.search(r'width="([\d.]+)" height="([\d.]+)"', page).groups())
        yield width, height, [(*map(float, box[:4]), html.unescape(box[4])) for box in re.findall(
            r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>', page)]


def check_lists(name, file, paper):
    """No list that begins on a wide page, under a table, and goes on on an upright one, or the other way round; no torn note."""
    if not shutil.which("pdftotext"):
        skip(f"{name}: on which pages its lists and notes stand (poppler-utils is not installed)")
        return
    pages = [(width > height, squeezed("".join(word for *_, word in words))) for width, height, words in words_of(file)]
    lists = [block["items"] for section in paper["sections"] for block in section["blocks"] if block["type"] == "bullets"]
    torn = [
        items[0] for items in lists
        if len({is_wide for is_wide, text in pages for item in items if "•" + squeezed(item)[:40] in text}) > 1]
    check(f"{name}: no list goes over pages of two directions", torn)
    tables = [block["table"] for section in paper["sections"] for block in section["blocks"] if block["type"] == "table"]
    notes = {squeezed(table["footnote"].get("note") or "") for table in tables}
    check(f"{name}: every note under a table stands on one page", [
        note[:60] for note in notes
        if any(note[:40] in text for _, text in pages) and not any(note in text for _, text in pages)])


def check_places(name, file, places):
    """Each place of a figure, a page and edges from its foot, holds the words of a chart whole, and cuts through no other."""
    if not shutil.which("pdftotext"):
        skip(f"{name}: where its figures stand (poppler-utils is not installed)")
        return
    pages = list(words_of(file))
    problems = []
    for number, left, foot, right, head in places:
        _, height, words = pages[number]
        within = cut = 0
        for x1, y1, x2, y2, _ in words:
            is_over = x1 < right and x2 > left and height - y2 < head and height - y1 > foot
            is_whole = x1 > left - 3 and x2 < right + 3 and height - y2 > foot - 3 and height - y1 < head + 3
            within += is_whole
            cut += is_over and not is_whole
        if within < 2 or cut:
            problems.append(f"page {number + 1}: {within} words within, {cut} cut through")
    check(f"{name}: every figure says where it stands", problems)


def check_boxes(name, file):
    """No word outside its page, and none that runs into the margins or over another."""
    if not shutil.which("pdftotext"):
        skip(f"{name}: where its words stand (poppler-utils is not installed)")
        return
    problems, over = [], []
    pages = list(words_of(file))
    if not any(boxes for _, _, boxes in pages):
        problems.append("no word was read")
    for number, (width, height, boxes) in enumerate(pages, 1):
        for left, top, right, bottom, word in boxes:
            if left < 36 or right > width - 36 or top < 20 or bottom > height - 20:
                problems.append(f"page {number}: '{word}' at {left:.0f} to {right:.0f} of {width:.0f}")
        lines = {}
        for box in boxes:
            lines.setdefault(round(box[1]), []).append(box)
        for line in lines.values():
            line.sort()
            over += [f"page {number}: '{a[4]}' over '{b[4]}'" for a, b in zip(line, line[1:]) if b[0] < a[2] - 1.5]
    check(f"{name}: every word within its page", problems)
    check(f"{name}: no word over another", over)


# What stands on upright pages before a wide one: how high, in millimetres, and of what kind; and how many pages are upright then.
FILLINGS = {
    "a short page before a wide one goes with it": ([(220, "p"), (60, "p")], 1),
    "a page that is full enough stays": ([(220, "p"), (200, "p")], 2),
    "what began on the page before stays": ([(190, "p"), (140, "pre")], 2),
    "a chart stays upright": ([(220, "p"), (60, "figure")], 2),
}


def check_filling(folder):
    """Upright pages that would end early before wide ones."""
    wheels = pathlib.Path(".deps/py-pdf").resolve()
    if not (wheels / "weasyprint").exists() or not shutil.which("pdftotext"):
        skip("pages before wide ones (WeasyPrint or poppler-utils is not installed)")
        return
    for name, (blocks, upright) in FILLINGS.items():
        # A text that may break in its middle has a line for each 10 mm.
        body = "".join(
            f"<pre>{chr(10).join(['line'] * (height // 10))}</pre>" if kind == "pre" else
            f'<{kind} style="height: {height}mm">Block</{kind}>' for height, kind in blocks)
        (folder / "filling.html").write_text(
            "<!DOCTYPE html><html lang='en-GB'><head><title>Pages</title><style>@page { size: A4; margin: 10mm } "
            "@page wide { size: A4 landscape } .wide { page: wide } * { margin: 0; break-inside: avoid } "
            "pre { break-inside: auto; line-height: 10mm; orphans: 1; widows: 1 }</style></head>"
            f"<body><main><section>{body}<div class='wide'><p>Wide</p></div></section></main></body></html>")
        job = {"id": "filling", "html": str(folder / "filling.html"), "pdf": str(folder / "filling.pdf")}
        made = subprocess.run(
            [sys.executable, "Sources/Papers/Resources/pdf.py"], input=json.dumps(job) + "\n", capture_output=True, text=True,
            env={**os.environ, "PYTHONPATH": str(wheels)})
        if "error" in made.stdout or not made.stdout:
            check(f"pages: {name}", [made.stdout or made.stderr])
            continue
        shapes = [width < height for width, height, _ in words_of(folder / "filling.pdf")]
        check(f"pages: {name}", [] if shapes == [True] * upright + [False] else [str(shapes)])


# Word


def check_word(name, file, paper):
    with zipfile.ZipFile(file) as archive:
        document = ElementTree.fromstring(archive.read("word/document.xml"))
        core = archive.read("docProps/core.xml").decode()
        styles = archive.read("word/styles.xml").decode()
        footers = [archive.read(part).decode() for part in archive.namelist() if re.match(r"word/footer\d*\.xml", part)]
    check(f"{name}: titled, in English",
          ([] if paper["title"] in html.unescape(core) else ["the title is another"])
          + ([] if "<dc:language>en-GB" in core and re.search(r'<w:lang [^>]*w:val="en-GB"', styles) else ["the language is another"]))
    def style(paragraph):
        found = paragraph.find(f"{W}pPr/{W}pStyle")
        return found.get(W + "val") if found is not None else ""
    def text(element):
        return "".join(piece.text or "" for piece in element.iter(W + "t"))
    headings = [text(p) for p in document.iter(W + "p") if style(p) == "Heading1"]
    missing = [section["heading"] for section in paper["sections"] if section["heading"] not in headings]
    check(f"{name}: every section has a real heading", missing)
    real = [table for table in document.iter(W + "tbl") if table.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None]
    heads = [[text(cell) for cell in table.find(W + "tr").iter(W + "tc")] for table in real]
    def columns(table):
        return [html.unescape(cell["heading"]) for cell in table["columns"]]
    def is_there(table):
        return columns(table) in heads or any(set(head) <= set(columns(table)) for head in heads)
    lost = [
        columns(table) for table in tables(paper)
        if table["id"] not in in_no_print(paper) and not is_there(table) and not any(holds(other, table) and is_there(other) for other in tables(paper))
    ]
    check(f"{name}: every table, or one that holds it, is a table with a repeated heading row", [str(one) for one in lost])
    named = [table for table in document.iter(W + "tbl") if table.find(f"{W}tblPr/{W}tblCaption") is None]
    check(f"{name}: every table has a title for screen readers", [f"{len(named)} have not"] * bool(named))
    words = {figure["alternative"] for figure in figures(paper)}
    said = [item.get("descr") for item in document.iter(DRAWING + "docPr")]
    check(f"{name}: every picture has its words", [str(item) for item in said if item not in words]
          + ([] if len(said) == len(words) else [f"{len(said)} pictures, {len(words)} charts"]))
    marks = {mark.get(W + "name") for mark in document.iter(W + "bookmarkStart")}
    links = [(link.get(W + "anchor"), text(link)) for link in document.iter(W + "hyperlink")]
    listed = [text(p) for p in document.iter(W + "p") if style(p) == "TOC1" and p.find(W + "hyperlink") is not None]
    check(f"{name}: a list of contents leads to every section but the first, if that is in brief",
          [] if listed == headings[paper["sections"][0]["id"] == "in-brief":] else [str(listed)])
    check(f"{name}: every link leads somewhere", [f"{words} to {anchor}" for anchor, words in links if anchor not in marks])
    sources = [p for p in document.iter(W + "p") if style(p) == "Source" and re.match(r"Source: data sets? \d", text(p))]
    bare = [text(p) for p in sources if p.find(W + "hyperlink") is None]
    check(f"{name}: data sets named by number lead to their list", bare)
    def keeps(paragraph):
        return paragraph.find(f"{W}pPr/{W}keepNext") is not None or style(paragraph) == "CaptionedFigure"
    loose = [text(table.find(W + "tr")) for table in real if len(table.findall(W + "tr")) > 2
             and not all(keeps(p) for row in table.findall(W + "tr")[:2] for p in row.iter(W + "p"))]
    loose += ["a picture" for p in document.iter(W + "p") if p.find(f"{W}r/{W}drawing") is not None and not keeps(p)]
    check(f"{name}: headings of tables and pictures stay with what belongs to them", loose)
    body = list(document.find(W + "body"))
    ended = [item for item in body[:-1] if item.tag == W + "p"][-1].find(f"{W}pPr/{W}sectPr")
    check(f"{name}: no empty page at its end", [] if ended is None else ["a section ends with its last paragraph"])
    sections = list(document.iter(W + "sectPr"))
    bare = [1 for section in sections if section.find(W + "footerReference") is None]
    check(f"{name}: every page is numbered", [f"{len(bare)} sections are not"] * bool(bare))
    check(f"{name}: every page has its title", [] if all(paper["title"] in html.unescape(footer) for footer in footers) else footers)
    try:
        import docx
    except ImportError:
        skip(f"{name}: opened with python-docx (it is not installed)")
        return
    opened = docx.Document(file)
    check(f"{name}: python-docx opens it", [] if opened.core_properties.title == paper["title"] and opened.tables else ["it is empty"])


# Excel


def check_workbook(name, file, folder, papers):
    try:
        import openpyxl
    except ImportError:
        skip(f"{name}: read back (openpyxl is not installed)")
        return None
    book = openpyxl.load_workbook(file, data_only=True)
    formulas = openpyxl.load_workbook(file)
    check(f"{name}: cover, contents and notes come first", [] if book.sheetnames[:3] == ["Cover", "Contents", "Notes"] else book.sheetnames[:3])
    merged = [sheet.title for sheet in book if sheet.merged_cells.ranges]
    check(f"{name}: no merged cells", merged)
    thawed = [sheet.title for sheet in book.worksheets[1:] if not sheet.freeze_panes]
    check(f"{name}: headings are frozen", thawed)
    for list_of in ("Contents", "Notes"):
        listed = [row[0].value for row in book[list_of].iter_rows(min_row=4) if row[0].value]
        check(f"{name}: the {list_of.lower()} list every sheet and lead to it", [] if listed == book.sheetnames[3:] else ["they do not"])
    leads = [(sheet.title, sheet["A4"].hyperlink.location) for sheet in book.worksheets[3:]]
    check(f"{name}: every sheet leads to its line of the notes",
          [title for row, (title, place) in enumerate(leads) if place != f"'Notes'!A{row + 4}"])
    blank = [sheet.title for sheet in book for row in sheet.iter_rows() if all(cell.value is None for cell in row)]
    check(f"{name}: no blank rows", blank)
    entries = json.loads((folder / "tables/tables.json").read_text())["tables"]
    wanted = [table for paper in papers for table in tables(paper)]
    named = [title for paper in papers for title in [titles(paper)[table["id"]] for table in tables(paper)]]
    listed = [row[1].value for row in book["Contents"].iter_rows(min_row=4, max_row=3 + len(named))]
    check(f"{name}: the contents call tables by their numbers", [f"{a}, not {b}" for a, b in zip(listed, named) if a != b])
    charted = {figure["table"]["id"]: figure.get("charted", []) for paper in papers for figure in figures(paper)}
    problems, sums = [], 0
    for title, table, called in zip(book.sheetnames[3:], wanted, named):
        sheet, raw = book[title], formulas[title]
        if sheet["A1"].value != called:
            problems.append(f"{title}: another title")
        if [cell.value for cell in sheet[5]][: len(table["columns"])] != [column["heading"] for column in table["columns"]]:
            problems.append(f"{title}: other headings")
        for r, row in enumerate(table["rows"]):
            for c, (cell, column) in enumerate(zip(row, table["columns"])):
                place = sheet.cell(r + 6, c + 1)
                formula = raw.cell(r + 6, c + 1).value
                if column["is_number"] and is_number(cell["stored"]):
                    good = place.data_type == "n" and abs(place.value - float(cell["stored"])) <= 1e-9 * max(1, abs(place.value))
                    if isinstance(formula, str):
                        sums += 1
                        good = good and formula.startswith("=SUM(") and table["has_total_row"] and r == len(table["rows"]) - 1
                elif place.value is None and column["name"] in charted.get(table["id"], []):
                    good = f"“{cell['shown']}”" in sheet["A2"].value
                else:
                    good = (place.value or "") == cell["shown"] and place.data_type in ("s", "n" if not cell["shown"] else "s")
                if not good:
                    problems.append(f"{title} {place.coordinate}: {place.value!r}, not {cell}")
    check(f"{name}: every cell is the paper's", problems)
    check_looks(name, book, wanted)
    check_charts(name, formulas, papers)
    totals = [table for table in wanted if table["has_total_row"]]
    check(f"{name}: totals are formulas", [] if not totals or sums else ["there is none"])
    own = [entry for entry in entries if "paper" not in entry]
    count = 3 + len(wanted) + len(own)
    problems = [] if len(book.sheetnames) == count else [f"{len(book.sheetnames)} sheets, of {count}"]
    for title, entry in zip(book.sheetnames[3 + len(wanted):], own):
        with open(folder / entry["file"], newline="", encoding="utf-8") as data:
            rows = list(csv.reader(data))[1:]
        got = [["" if cell.value is None else cell.value for cell in row] for row in book[title].iter_rows(min_row=6, max_col=len(entry["columns"]))]
        want = [[float(text) if column.get("number_format") and is_number(text) else text for text, column in zip(row, entry["columns"])] for row in rows]
        if got != want:
            problems.append(title)
    check(f"{name}: data sheets are the data files", problems)
    drawn = sum(len(sheet._charts) for sheet in formulas)
    with zipfile.ZipFile(file) as archive:
        drawings = "".join(archive.read(part).decode() for part in archive.namelist() if part.startswith("xl/drawings/drawing"))
    described = len(re.findall(r'<xdr:cNvPr [^>]*descr="[^"]{40,}', drawings))
    check(f"{name}: native charts have their words", [] if drawn and described == drawn else [f"{drawn} charts, {described} described"])
    return book


def check_looks(name, book, wanted):
    """Numbers keep the words of the paper, texts have their room, and a sheet fits its page."""
    from openpyxl.utils import get_column_letter

    lost, left, cut, low, unprinted = [], [], [], [], []
    for title, table in zip(book.sheetnames[3:], wanted):
        sheet = book[title]
        for r, row in enumerate(table["rows"]):
            for c, (cell, column) in enumerate(zip(row, table["columns"])):
                place = sheet.cell(r + 6, c + 1)
                if column["is_number"] and is_number(cell["stored"]):
                    if any(word not in place.number_format for word in re.findall(r"[a-z]+|\+", cell["shown"])):
                        lost.append(f"{title} {place.coordinate}: {cell['shown']} as {place.number_format}")
                elif column["is_number"] and place.value and place.alignment.horizontal != "right":
                    left.append(f"{title} {place.coordinate}")
                elif isinstance(place.value, str) and not place.alignment.wrap_text:
                    if len(place.value) > 1.3 * sheet.column_dimensions[get_column_letter(c + 1)].width:
                        cut.append(f"{title} {place.coordinate}: {place.value}")
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.alignment.wrap_text:
                    width = sheet.column_dimensions[get_column_letter(cell.column)].width
                    # Of narrow letters more than the width says find room.
                    lines = len(cell.value) / (1.4 * width)
                    if lines > 1 and (sheet.row_dimensions[cell.row].height or 15) < min(12.5 * lines, 409):
                        low.append(f"{sheet.title} {cell.coordinate}")
        if not sheet.print_area or sheet.oddFooter.right.text != "Page &P of &N" or len(sheet["A2"].value or "") > 250 and not sheet["A2"].alignment.wrap_text:
            unprinted.append(sheet.title)
    check(f"{name}: numbers keep the words of the paper", lost)
    check(f"{name}: words among numbers stand right", left)
    check(f"{name}: no text is cut", cut)
    check(f"{name}: rows are as high as their lines", low)
    check(f"{name}: every sheet has a print area, a foot with its page, and no long first line", unprinted)


def check_charts(name, book, papers):
    """A native chart draws the columns that its figure names, on the scale of which its title speaks."""
    drawn = {}
    for sheet in book:
        for chart in sheet._charts:
            title = "".join(run.t for paragraph in chart.title.tx.rich.p for run in paragraph.r or [])
            columns = [sheet[re.search(r"\$([A-Z]+)\$(\d+)$", series.tx.strRef.f).expand(r"\1\2")].value for series in chart.series]
            drawn[sheet["A1"].value, title] = (columns, chart.y_axis.scaling.min, chart)
    problems = []
    for paper, figure in ((paper, figure) for paper in papers for figure in figures(paper)):
        called = titles(paper)
        wished, table = figure.get("charted", []), figure["table"]
        # Of one row, or of a column without a number, nothing can be drawn.
        names = [
            column["heading"] for c, column in enumerate(table["columns"])
            if column["name"] in wished and len(table["rows"]) > 1 and any(is_number(row[c]["stored"]) for row in table["rows"])
        ]
        got = drawn.get((called[table["id"]], called[figure["id"]]))
        if sorted(map(str, got[0] if got else [])) != sorted(names):
            problems.append(f"{figure['id']}: draws {got and got[0]}, not {names}")
        elif got and "does not start at 0" in figure["title"] and not got[1]:
            problems.append(f"{figure['id']}: its scale starts at {got[1]}")
    check(f"{name}: native charts draw what their figures name", problems)


def is_number(text):
    try:
        float(text)
        return True
    except ValueError:
        return False


# The same number everywhere


def check_fifty(name, folder, papers, book):
    """Fifty numbers of the papers, by a fixed seed, in every format."""
    chosen = []
    for paper in papers:
        unprinted = in_no_print(paper)
        for table in tables(paper):
            if table["id"] in unprinted:
                continue
            for r, row in enumerate(table["rows"]):
                for c, cell in enumerate(row):
                    if table["columns"][c]["is_number"] and is_number(cell["stored"]):
                        chosen.append((paper, table, r, c, cell))
    random.Random(50).shuffle(chosen)
    chosen = chosen[:50]
    entries = {(entry.get("paper"), entry["id"]): entry["file"] for entry in json.loads((folder / "tables/tables.json").read_text())["tables"]}
    texts = {}
    for paper in papers:
        page = (folder / f"{paper['name']}.html").read_text()
        texts[paper["name"], "HTML"] = page
        if shutil.which("pdftotext"):
            printed = subprocess.run(["pdftotext", "-layout", folder / f"{paper['name']}.pdf", "-"], capture_output=True, text=True, errors="replace")
            texts[paper["name"], "PDF"] = squeezed(printed.stdout)
        with zipfile.ZipFile(folder / f"{paper['name']}.docx") as archive:
            texts[paper["name"], "Word"] = archive.read("word/document.xml").decode()
    problems = []
    sheets = [(paper["name"], table["id"]) for paper in papers for table in tables(paper)]
    for paper, table, r, c, cell in chosen:
        where = f"{cell['shown']} of {table['id']}, row {r + 1}"
        rows = html_rows(texts[paper["name"], "HTML"], paper, table)
        if len(rows) <= r or rows[r][c] != cell["shown"]:
            problems.append(f"HTML: {where}")
        if (paper["name"], "PDF") in texts and squeezed(cell["shown"]) not in texts[paper["name"], "PDF"]:
            problems.append(f"PDF: {where}")
        if f">{html.escape(cell['shown'])}<" not in texts[paper["name"], "Word"]:
            problems.append(f"Word: {where}")
        with open(folder / entries[paper["name"], table["id"]], newline="", encoding="utf-8") as data:
            stored = list(csv.reader(data))[r + 1][c]
        if stored != cell["stored"]:
            problems.append(f"CSV: {where}")
        if book is not None:
            sheet = book[book.sheetnames[3 + sheets.index((paper["name"], table["id"]))]]
            value = sheet.cell(r + 6, c + 1).value
            if not isinstance(value, (int, float)) or abs(value - float(cell["stored"])) > 1e-9 * max(1, abs(value)):
                problems.append(f"workbook: {where}")
    check(f"{name}: {len(chosen)} numbers stand in HTML, PDF, Word, workbook, CSV and JSON", problems if chosen else ["there is no number"])


def in_no_print(paper):
    """What paper and Word leave to the web page: tables that most readers may skip, and those behind charts that are too large."""
    blocks = [block for section in paper["sections"] for block in section["blocks"] if "table" in block]
    shown = [block["table"] for block in blocks if block["type"] == "table"]
    return {block["table"]["id"] for block in blocks if block["type"] == "annex"} | {
        table["id"] for table in (figure["table"] for figure in figures(paper))
        if len(table["columns"]) * len(table["rows"]) > 60 and not any(holds(one, table) for one in shown)
    }


def holds(table, other):
    """Whether every figure of the other table stands in this one, in rows of the same headings."""
    rows = {row[0]["shown"]: row for row in table["rows"]}
    if len(rows) != len(table["rows"]) or any(row[0]["shown"] not in rows for row in other["rows"]):
        return table["rows"] == other["rows"]
    pairs = [(row, rows[row[0]["shown"]]) for row in other["rows"]]
    return all(
        any(all(theirs[column] == ours[mine] for theirs, ours in pairs) for mine in range(len(table["columns"])))
        for column in range(1, len(other["columns"]))
    )


def html_rows(page, paper, table):
    """Of the table, or what it holds of the one in the page to which its chart leads."""
    caption = f'<caption id="{table["id"]}-caption">'
    if caption not in page:
        other = next(one for one in tables(paper) if holds(one, table) and f'<caption id="{one["id"]}-caption">' in page)
        found = {row[0]: row for row in html_rows(page, paper, other)}
        mine = [
            next(
                index for index in range(len(other["columns"]))
                if all(found[row[0]["shown"]][index] == row[column]["shown"] for row in table["rows"])
            )
            for column in range(len(table["columns"]))
        ]
        return [[found[row[0]["shown"]][index] for index in mine] for row in table["rows"]]
    start = page.index(caption)
    body = page[page.index("<tbody>", start) : page.index("</tbody>", start)]
    rows = []
    for row in re.findall(r"<tr[^>]*>(.*?)</tr>", body):
        cells = re.findall(r"<t[hd]([^>]*)>(.*?)</t[hd]>", row)
        spans = [int((re.search(r'colspan="(\d+)"', attributes) or [0, 1])[1]) for attributes, _ in cells]
        rows.append([html.unescape(text) for (_, text), span in zip(cells, spans) for _ in range(span)])
    return rows


# The whole folder


def check_json(name, papers_folder):
    schema = json.loads(pathlib.Path("Schemas/paper-1.json").read_text())
    problems = [f"{file.name}: {fault}" for file in sorted(papers_folder.glob("*.json")) for fault in faults(json.loads(file.read_text()), schema, schema, "$")]
    check(f"{name}: the papers' JSON fits its published schema", problems)


def faults(value, schema, root, place):
    """What does not fit a schema, as far as ours goes: of JSON Schema only what Schemas/paper-1.json uses."""
    known = {"$schema", "$id", "$defs", "$ref", "title", "description", "type", "required", "additionalProperties", "properties",
             "items", "const", "enum", "oneOf", "pattern", "minimum"}
    if set(schema) - known:
        return [f"{place}: the schema uses {set(schema) - known}"]
    if "$ref" in schema:
        return faults(value, root["$defs"][schema["$ref"].split("/")[-1]], root, place)
    if "oneOf" in schema:
        fits = [one for one in schema["oneOf"] if not faults(value, one, root, place)]
        return [] if len(fits) == 1 else [f"{place}: fits {len(fits)} of its forms"]
    if "const" in schema and value != schema["const"] or "enum" in schema and value not in schema["enum"]:
        return [f"{place}: {value!r}"]
    types = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int}
    if "type" in schema and not isinstance(value, types[schema["type"]]):
        return [f"{place}: not {schema['type']}"]
    if "minimum" in schema and value < schema["minimum"]:
        return [f"{place}: {value} is below {schema['minimum']}"]
    if "pattern" in schema and not re.search(schema["pattern"], value):
        return [f"{place}: {value!r} is not of the pattern"]
    found = []
    if isinstance(value, dict):
        found += [f"{place}: no {key}" for key in schema.get("required", []) if key not in value]
        for key, item in value.items():
            if key in schema.get("properties", {}):
                found += faults(item, schema["properties"][key], root, f"{place}.{key}")
            elif schema.get("additionalProperties") is False:
                found.append(f"{place}: {key} is unknown")
    if isinstance(value, list) and "items" in schema:
        for index, item in enumerate(value):
            found += faults(item, schema["items"], root, f"{place}[{index}]")
    return found


def hashes(folder):
    return {str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(folder.rglob("*")) if file.is_file()}


def check_record(name, folder):
    outputs = {output["file"]: output["sha256"] for output in json.loads((folder / "run.json").read_text())["outputs"]}
    found = hashes(folder)
    found.pop("run.json")
    check(f"{name}: the record holds the hash of every file", [file for file in {*found, *outputs} if found.get(file) != outputs.get(file)])


def run(*arguments):
    return subprocess.run([PLACES, *map(str, arguments)], capture_output=True, text=True)


def check_rewriting(name, folder):
    """An old run's papers, again, are the same; and the model is not needed. One that somebody went on writing is kept."""
    before = hashes(folder)
    word = folder / "capital-paper.docx"
    word.write_bytes(b"went on writing")
    refused = run("report", folder, "--formats", "html,docx")
    kept = refused.returncode == 65 and "E602" in refused.stderr and word.read_bytes() == b"went on writing"
    check(f"{name}: a paper that was changed since is kept", [] if kept else [refused.stderr])
    for file in [*folder.glob("*.pdf"), *folder.glob("*.docx"), *folder.glob("*.html"), folder / "workbook.xlsx"]:
        file.unlink()
    again = run("report", folder, "--formats", "html,pdf,docx,xlsx")
    check(f"{name}: an old run's papers are made again", [] if again.returncode == 0 else [again.stderr])
    after = hashes(folder)
    check(f"{name}: and every file is the same to the byte", [file for file in {*before, *after} if before.get(file) != after.get(file)])


def check_word_pages(name, folder, papers):
    """How the Word papers fall into pages, in another program than Word."""
    files = [file for paper in papers if (file := folder / f"{paper['name']}.docx").exists()]
    if not shutil.which("soffice") or not files:
        skip(f"{name}: how its Word papers fall into pages (LibreOffice is not installed)")
        return
    with tempfile.TemporaryDirectory() as place:
        home = f"-env:UserInstallation={pathlib.Path(place, 'home').as_uri()}"
        made = subprocess.run(
            ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", place, *files], capture_output=True, text=True)
        printed = [pathlib.Path(place, f"{file.stem}.pdf") for file in files]
        if not all(file.exists() for file in printed):
            check(f"{name}: LibreOffice opens its Word papers", [made.stderr or made.stdout])
            return
        for file in printed:
            check_pages(f"{name} {file.stem}.docx", file)
            check_boxes(f"{name} {file.stem}.docx", file)


def check_folder(name, folder, papers):
    for paper in papers:
        label = f"{name} {paper['name']}"
        check_numbers(label, folder, paper)
        if (folder / f"{paper['name']}.pdf").exists():
            try:
                check_pdf(f"{label}.pdf", folder / f"{paper['name']}.pdf", paper)
            except ImportError:
                skip(f"{label}.pdf: its structure (pikepdf is not installed)")
        else:
            skip(f"{label}.pdf: it was left out")
        if (folder / f"{paper['name']}.docx").exists():
            check_word(f"{label}.docx", folder / f"{paper['name']}.docx", paper)
        else:
            skip(f"{label}.docx: it was left out")
    check_word_pages(name, folder, papers)
    book = check_workbook(f"{name} workbook.xlsx", folder / "workbook.xlsx", folder, papers)
    check_json(name, folder / "papers")
    check_record(name, folder)
    return book


def check_model(model, folder):
    written = run("run", f"Models/{model}", "--reports", folder)
    check(f"{model}: the run succeeds", [] if written.returncode == 0 else [written.stderr])
    run_folder = next((folder / model).iterdir())
    papers = [json.loads(file.read_text())["paper"] for file in run_folder.glob("papers/*.json")]
    papers.sort(key=lambda paper: paper["name"] != "capital-paper")
    book = check_folder(model, run_folder, papers)
    left_out = json.loads((run_folder / "run.json").read_text())["left_out"]
    if left_out:
        skip(f"{model}: the same numbers everywhere ({left_out[0]})")
    else:
        check_fifty(model, run_folder, papers, book)
        check_rewriting(model, run_folder)


def check_nothing_published(folder):
    """Where every count is small, the open data hold none of them."""
    problems, cells = [], 0
    for file in sorted(folder.glob("open-data/*.csv")):
        if file.name.endswith(".meta.csv"):
            continue
        with open(file, newline="", encoding="utf-8") as data:
            for row in csv.DictReader(data):
                hidden = {name: text for name, text in row.items() if name.endswith("_count") and name != "place_count"}
                cells += len(hidden)
                # A nought names nobody.
                problems += [f"{file.name}: {name} is {text}" for name, text in hidden.items() if text not in ("c", "0")]
    check("loneham: every count of its open data is suppressed", problems + ([] if cells else ["there is none"]))


def check_awkward(folder):
    """The paper of all that is awkward, from its content alone."""
    place = folder / "awkward-run"
    shutil.copytree("Tests/Fixtures/awkward-run", place)
    record = json.loads((place / "run.json").read_text())
    for output in record["outputs"]:
        output["sha256"] = hashlib.sha256((place / output["file"]).read_bytes()).hexdigest()
    (place / "run.json").write_text(json.dumps(record))
    made = run("report", place)
    check("awkward: it is made in every format", [] if made.returncode == 0 else [made.stderr])
    paper = json.loads((place / "papers/awkward-paper.json").read_text())["paper"]
    check_folder("awkward", place, [paper])


def main():
    with tempfile.TemporaryDirectory() as folder:
        check_filling(pathlib.Path(folder))
        check_awkward(pathlib.Path(folder))
        for model in MODELS:
            check_model(model, pathlib.Path(folder))
        good = next(pathlib.Path(folder).glob("exampleton/*/demographic-paper.pdf"), None)
        if good:
            check_broken(good, pathlib.Path(folder))
        check_nothing_published(next((pathlib.Path(folder) / "loneham").iterdir()))
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    sys.exit(1 if failed else 0)


main()
