"""Opens the papers and the page in a browser, as their readers do.

Run from the repository's root, after a debug build:
    PYTHONPATH=.deps/py-test python3 Tests/Browser/check_papers.py

Each check prints a line; the last line counts them. Without Playwright or Chromium everything is skipped, and says so.
"""

import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

PLACES = pathlib.Path(".build/debug/places")
MODELS = ["gloucestershire", "exampleton", "loneham"]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DESKTOP, PHONE, NARROW = 1280, 360, 320

passed = failed = skipped = 0


def check(name, problems):
    """A check passes when it finds no problems."""
    global passed, failed
    if problems:
        failed += 1
        print(f"FAILED  {name}")
        for problem in problems:
            print(f"        {problem}")
    else:
        passed += 1
        print(f"passed  {name}")


def finish():
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    sys.exit(1 if failed else 0)


def violations(axe, page):
    found = axe.run(page, options={"runOnly": {"type": "tag", "values": RULES}}).response["violations"]
    return [
        f"{rule['id']}: {rule['help']}: {node['target']}" for rule in found for node in rule["nodes"][:3]
    ]


def unjudged(axe, page):
    """Texts of which axe does not say whether they stand out, since what is behind them shades off."""
    answer = axe.run(page, options={"runOnly": {"type": "rule", "values": ["color-contrast"]}}).response
    nodes = [node for rule in answer["incomplete"] for node in rule["nodes"]]
    shading = [node for node in nodes for found in node["any"] if (found["data"] or {}).get("messageKey") == "bgGradient"]
    return [f"{len(shading)} texts, first {shading[0]['target']}"] if shading else []


def check_paper(axe, browser, model, paper):
    for width in (DESKTOP, PHONE):
        page = browser.new_page(viewport={"width": width, "height": 900})
        complaints = []
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.goto(paper.as_uri())
        # Behind the shade at a table's edge axe judges no colour of its text.
        page.add_style_tag(content=".scroll { background: none !important; }")
        check(f"{model}: axe finds nothing at {width} px", violations(axe, page))
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        check(f"{model}: nor with everything unfolded", violations(axe, page))
        check(f"{model}: and judges the colours of every text", unjudged(axe, page))
        check(f"{model}: the console is silent at {width} px", complaints)
        if width == DESKTOP:
            beyond = page.evaluate(
                "[...document.querySelectorAll('.scroll')].filter(s => s.scrollWidth > s.clientWidth + 1"
                " && s.querySelectorAll('thead th').length < 20)"
                ".map(s => `${s.getAttribute('aria-labelledby')}: ${s.scrollWidth - s.clientWidth} px are hidden`)")
            check(f"{model}: every table of fewer than 20 columns is seen whole at {width} px", beyond)
            long = page.evaluate(
                "[...document.querySelectorAll('section > p, section > ul')].filter(p => p.clientWidth > 700).length")
            check(f"{model}: no line of text is longer at {width} px than is easily read", [f"{long} are"] * bool(long))
        page.close()
    page = browser.new_page(viewport={"width": NARROW, "height": 900})
    page.goto(paper.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    width = page.evaluate("document.documentElement.scrollWidth")
    check(f"{model}: nothing sticks out at {NARROW} px", [f"page is {width} px wide"] if width > NARROW else [])
    beyond = page.evaluate(
        "[...document.querySelectorAll('th')].filter(h => h.scrollWidth > h.clientWidth + 1).map(h => h.textContent)")
    check(f"{model}: no heading of a table reaches into the next cell at {NARROW} px", beyond)
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(h => +h.tagName[1])")
    jumps = [f"h{a} then h{b}" for a, b in zip(levels, levels[1:]) if b > a + 1]
    check(f"{model}: one h1, headings in order", jumps + ([] if levels.count(1) == 1 else ["not one h1"]))
    tables = page.evaluate(
        "[...document.querySelectorAll('table')].filter(t => !t.caption || !t.caption.textContent.trim()"
        " || !t.querySelector('th[scope=col]') "
        "|| (t.querySelector('tbody tr') && !t.querySelector('tbody th[scope=row]'))).length"
    )
    check(f"{model}: every table has a caption and headers", [f"{tables} have not"] if tables else [])
    short = page.evaluate("[...document.querySelectorAll('img')].filter(i => (i.alt || '').length < 40).length")
    images = page.evaluate("document.querySelectorAll('img').length")
    charts = pathlib.Path(".deps/py/vl_convert").exists()
    problems = [f"{short} have none worth the name"] if short else []
    problems += ["there are no charts"] if charts and not images else []
    check(f"{model}: every chart says in words what it shows", problems)
    broken = page.evaluate("[...document.images].filter(i => !i.complete || i.naturalWidth === 0).length")
    check(f"{model}: every chart is drawn", [f"{broken} are not"] if broken else [])
    page.focus("body")
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.textContent")
    check(f"{model}: the first stop of the keyboard skips to the paper", [] if "Skip" in first else [first])
    printed = page.pdf(format="A4")
    check(f"{model}: it prints", [] if printed.startswith(b"%PDF") else ["no PDF came"])
    page.close()


def check_page(axe, browser, reports):
    server = subprocess.Popen(
        [PLACES, "serve", "--port", "0", "--reports", reports], stderr=subprocess.PIPE, text=True
    )
    try:
        address = re.search(r"http://127\.0\.0\.1:\d+", server.stderr.readline()).group()
        page = browser.new_page(viewport={"width": PHONE, "height": 800})
        page.goto(address)
        check("page: axe finds nothing", violations(axe, page))
        page.select_option("#model", "exampleton")
        page.click("button")
        title = page.title()
        check("page: the button opens the paper", [] if "Exampleton" in title else [title])
        page.goto(address)
        page.fill("#scenario", "late-home")
        page.click("button")
        text = page.inner_text("body")
        check("page: a wrong scenario gets the right word back", [] if "did you mean 'late-homes'?" in text else [text])
        check("page: axe finds nothing in a refusal", violations(axe, page))
        page.goto(address)
        check_list(page)
        check("page: axe finds nothing in a list with runs", violations(axe, page))
        for path in ("/none", "/reports/none.pdf"):
            answer = page.goto(address + path)
            there = [page.inner_text("h1"), page.get_attribute("a", "href")]
            good = answer.status == 404 and there == ["There is no such page", "/"]
            check(f"page: {path} is answered by a page that leads back", [] if good else [f"{answer.status}: {there}"])
            check(f"page: axe finds nothing in the answer to {path}", violations(axe, page))
        page.close()
    finally:
        server.terminate()
        server.wait()


def check_list(page):
    headings = [heading.inner_text() for heading in page.query_selector_all("h3")]
    named = [text for text in headings if re.fullmatch(r"Exampleton, 1 March 2018, central [0-9a-f]{8}", text)]
    check("page: a run is headed by authority, date and scenario", [] if named else [str(headings)])
    links = [(link.inner_text(), link.bounding_box()["height"]) for link in page.query_selector_all("main a")]
    low = [f"{text}: {height} px" for text, height in links if height < 24]
    check("page: every link is 24 px high or more", low if links else ["there is none"])
    page.set_viewport_size({"width": NARROW, "height": 800})
    width = page.evaluate("document.documentElement.scrollWidth")
    check(f"page: nothing sticks out at {NARROW} px", [f"page is {width} px wide"] if width > NARROW else [])


def awkward(folder):
    """The paper of all that is awkward, from its content alone."""
    place = pathlib.Path(folder) / "awkward-run"
    shutil.copytree("Tests/Fixtures/awkward-run", place)
    record = json.loads((place / "run.json").read_text())
    for output in record["outputs"]:
        output["sha256"] = hashlib.sha256((place / output["file"]).read_bytes()).hexdigest()
    (place / "run.json").write_text(json.dumps(record))
    run = subprocess.run([PLACES, "report", place, "--formats", "html"], capture_output=True, text=True)
    check("awkward: its paper is made", [] if run.returncode == 0 else [run.stderr])
    return place.glob("*.html")


def main():
    global skipped
    chromium = next((p for p in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if p), None)
    try:
        from axe_playwright_python.sync_playwright import Axe
        from playwright.sync_api import sync_playwright
    except ImportError:
        sync_playwright = None
    if not (chromium and sync_playwright):
        skipped = 1
        print("skipped: the papers were not opened in a browser; 'scripts/setup test' installs what that needs")
        finish()
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        for model in MODELS:
            run = subprocess.run(
                [PLACES, "run", f"Models/{model}", "--reports", folder, "--formats", "html,csv"],
                capture_output=True, text=True,
            )
            check(f"{model}: the run succeeds", [] if run.returncode == 0 else [run.stderr])
            for paper in sorted(pathlib.Path(folder).glob(f"{model}/*/*.html")):
                check_paper(Axe(), browser, f"{model} {paper.stem}", paper)
        for paper in awkward(folder):
            check_paper(Axe(), browser, "awkward", paper)
        report = pathlib.Path("Reports/backtest/england/report.html").resolve()
        check_paper(Axe(), browser, "backtest", report)
        check_page(Axe(), browser, folder)
        browser.close()
    finish()


main()
