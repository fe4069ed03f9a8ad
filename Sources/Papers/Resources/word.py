"""Makes Word documents with pandoc: one JSON object a line in, one out; several at once where there are several cores.

In:  {"id": "...", "html": "path", "docx": "path"}, pictures beside the HTML; word.lua and reference.docx beside this file
Out: {"id": "..."}, or {"id": "...", "error": "..."}
"""

import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys
import zipfile

HERE = pathlib.Path(__file__).parent
# More room between collections of pandoc's rubbish: a quarter less time. Where it is built without this option it says nothing of it.
ENVIRONMENT = {**os.environ, "GHCRTS": "-A64m"}
FOOTER = re.compile(r"<w:footerReference [^>]*/>")
SECTION = re.compile(r"(<w:sectPr>)(?!<w:footerReference)")
# The end of a section as the last paragraph, what pandoc may put after it, and the end of the document.
PAGES = r"<w:sectPr>(?:(?!</w:sectPr>).)*</w:sectPr>"
LAST = re.compile(
    rf"<w:p><w:pPr><w:spacing [^>]*>({PAGES})</w:pPr></w:p>((?:\s*<w:bookmarkEnd [^>]*>)*\s*){PAGES}(\s*</w:body>)", re.S)


def with_sections(text):
    """Makes the end of the last section that of the document, which has no empty page then, and gives every section the footer."""
    footers = FOOTER.findall(text)
    text = LAST.sub(r"\2\1\3", text)
    return SECTION.sub(lambda found: found[1] + footers[-1], text) if footers else text


def finish(path):
    """Puts a document's sections in order, its title into its footer, and gives every entry of the archive one time."""
    with zipfile.ZipFile(path) as old:
        parts = {entry.filename: old.read(entry) for entry in old.infolist()}
    title = re.search(r"<dc:title>(.*?)</dc:title>", parts["docProps/core.xml"].decode(), re.S)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts.items():
            if name == "word/document.xml":
                data = with_sections(data.decode()).encode()
            elif re.match(r"word/footer\d*\.xml", name) and title:
                data = data.decode().replace(">Title<", f">{title[1]}<").encode()
            entry = zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, data)


def answer(line):
    job = json.loads(line)
    place = pathlib.Path(job["html"])
    try:
        result = subprocess.run(
            ["pandoc", "-f", "html", place.name, "-M", "lang=en-GB", "--lua-filter", HERE / "word.lua",
             "--reference-doc", HERE / "reference.docx", "-o", job["docx"]],
            cwd=place.parent, capture_output=True, text=True, env=ENVIRONMENT,
        )
        if result.returncode != 0:
            return {"id": job["id"], "error": (result.stderr.strip().splitlines() or ["no reason given"])[-1]}
        finish(job["docx"])
        return {"id": job["id"]}
    except FileNotFoundError:
        return {"id": job["id"], "error": "pandoc is not installed"}
    except Exception as error:  # one bad paper must not lose the others
        return {"id": job["id"], "error": str(error) or type(error).__name__}


with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
    for found in pool.map(answer, sys.stdin.readlines()):
        print(json.dumps(found), flush=True)
