#!/usr/bin/env python3
"""Serves a folder of real article pages from loopback as one site would, polls it with feedwright, and says what became of each.

    tests/real_pages.py LABELS.jsonl PAGES_DIR [--core] [--program target/release/feedwright] [--keep DIR]
    tests/real_pages.py --copies 1000 fixtures/*/article.html

LABELS.jsonl has a line {"id", "core", "gold": {"title"}} a page, PAGES_DIR a file ID.html.gz or ID.html each; with --copies, that many copies are
made of the given pages in turn, to see what reading an article costs. The pages stand under listing pages of fifty links. Everything goes the ordinary way: a config.toml, `feedwright once`, `feedwright export`. Exits 1 unless every page
became an entry or a sentence that says why not, and every feed parses. Python 3.11, standard library only.
"""
import argparse, gzip, html, json, re, resource, subprocess, sys, tempfile, threading, time
import xml.etree.ElementTree as ET
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, unquote

LINKS_A_LISTING = 50


def read_labels(path, core):
    with open(path, encoding="utf-8") as lines:
        labels = [json.loads(line) for line in lines if line.strip()]
    return [label for label in labels if label.get("core") or not core]


def headline(page, label):
    """What an editor would write over the link: the known title, else the page's own, else its name."""
    title = (label.get("gold") or {}).get("title")
    if isinstance(title, list):
        title = title[0]
    if not title:
        found = re.search(rb"<title[^>]*>(.*?)</title>", page, re.S | re.I)
        title = html.unescape(found.group(1).decode("utf-8", "replace")) if found else ""
    return " ".join(title.split()) or f"The story of {label['id']}"


def labelled(labels, pages):
    """-> (id, label, body) of each page"""
    for label in labels:
        packed = pages / f"{label['id']}.html.gz"
        yield label["id"], label, gzip.decompress(packed.read_bytes()) if packed.exists() else (pages / f"{label['id']}.html").read_bytes()


def copied(files, copies):
    """-> (id, label, body) of each copy"""
    # A page that names its own address would make all its copies one story.
    bodies = [re.sub(rb"<[^>]*(canonical|og:url|mainEntityOfPage)[^>]*>", b"", Path(file).read_bytes()) for file in files]
    for number in range(copies):
        yield f"copy-{number}", {"id": str(number), "gold": {"title": f"The story that is number {number} of them"}}, bodies[number % len(bodies)]


def newspaper(stories):
    """-> (path -> body, number of listing pages)"""
    site, cards = {"/robots.txt": b"User-agent: *\nAllow: /\n"}, []
    for name, label, body in stories:
        path = "/story/" + quote(name)
        site[unquote(path)] = body
        cards.append(f'<article class="card"><h2><a href="{path}">{html.escape(headline(body, label))}</a></h2></article>')
    listings = range(0, len(cards), LINKS_A_LISTING)
    for number, start in enumerate(listings):
        part = "\n".join(cards[start:start + LINKS_A_LISTING])
        site[f"/list/{number}"] = f'<!doctype html><html><head><meta charset="utf-8"><title>List {number}</title></head><body><main>{part}</main></body></html>'.encode()
    return site, len(listings)


def serve(site):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = 1 << 16  # head and body in one packet, or each answer waits for an acknowledgement

        def do_GET(self):
            body = site.get(unquote(self.path.split("?")[0]))
            self.send_response(200 if body is not None else 404)
            body = body or b"not here"
            self.send_header("Content-Type", "text/plain" if self.path == "/robots.txt" else "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_port


def configuration(folder, port, listings, articles):
    text = f"""
[store]
path = "{folder}/feedwright.db"

[poll]
pause = "0s"
backfill = {articles}
keep_items = {articles}
keep_age = "36500d"
show_items = {LINKS_A_LISTING}
recheck = "0s"

[[site]]
title = "Real pages"
url = "http://127.0.0.1:{port}/"
private_network = true
"""
    for number in range(listings):
        text += f'\n[[site.section]]\nurl = "/list/{number}"\nslug = "list-{number}"\n'
    path = folder / "config.toml"
    path.write_text(text)
    return path


def entries_of(export):
    """-> (identifiers of every entry in the listings' feeds, faults)"""
    found, faults, feeds = set(), [], 0
    for path in sorted(export.rglob("*")):
        if path.suffix in (".rss", ".atom", ".opml"):
            feeds += 1
            try:
                ET.parse(path)
            except ET.ParseError as error:
                faults.append(f"{path}: {error}")
        elif path.suffix == ".json":
            feeds += 1
            feed = json.loads(path.read_bytes())
            found |= {item["id"] for item in feed.get("items", []) if isinstance(feed.get("items"), list)}
    return found, faults, feeds


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("inputs", nargs="+", metavar="LABELS.jsonl PAGES_DIR | PAGE.html")
    arguments.add_argument("--copies", type=int, help="read this many copies of the given pages")
    arguments.add_argument("--core", action="store_true", help="only the pages marked core")
    arguments.add_argument("--program", default="target/release/feedwright")
    arguments.add_argument("--keep", type=Path, help="work in this folder and leave it behind")
    given = arguments.parse_args()
    if given.copies:
        stories = list(copied(given.inputs, given.copies))
    else:
        stories = list(labelled(read_labels(given.inputs[0], given.core), Path(given.inputs[1])))
    site, listings = newspaper(stories)
    folder = given.keep or Path(tempfile.mkdtemp(prefix="real-pages-"))
    folder.mkdir(parents=True, exist_ok=True)
    config = configuration(folder, serve(site), listings, len(stories))
    started = time.monotonic()
    polled = subprocess.run([given.program, "once", "--config", config, "--json"], stdout=subprocess.PIPE, text=True)
    wall, cpu = time.monotonic() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    sections = json.loads(polled.stdout)["sections"]
    export = folder / "feeds"
    subprocess.run([given.program, "export", "--config", config, export], check=True, stdout=subprocess.DEVNULL)
    found, faults, feeds = entries_of(export)
    new = sum(section["new"] for section in sections)
    passed = [(item["url"], item["reason"]) for section in sections for item in section["passed"]]
    failed = [section for section in sections if section["error"]]
    for url, reason in passed:
        print(f"no entry: {reason}")
    for section in failed:
        print(f"{section['section']}: {section['error']}")
    for fault in faults:
        print(fault)
    unexplained = len(stories) - new - len(passed)
    print(f"{len(stories)} pages: {new} entries, {len(passed)} passed over with a reason, {unexplained} unexplained")
    print(f"{feeds} documents, {len(faults)} of them broken; {len(found)} entries in them")
    print(f"{wall:.1f} s, {cpu.ru_utime + cpu.ru_stime:.1f} s of CPU, {(cpu.ru_utime + cpu.ru_stime) * 1000 / max(1, len(stories)):.1f} ms a page, at most {cpu.ru_maxrss // 1024} MB")
    return 1 if faults or unexplained or failed else 0


if __name__ == "__main__":
    sys.exit(main())
