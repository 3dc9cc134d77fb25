#!/usr/bin/env python3
"""Makes pages that are meant to hurt, reads each with `feedwright article`, and says what that cost.

    tests/hostile.py [PROGRAM] [--only WORD]      PROGRAM defaults to target/release/feedwright

Every page is at most as large as a poll would fetch. Exits 1 where one took more than 5 s of processor time or 500 MB of memory, or ended in anything
but an article or a sentence. Python 3.11, standard library only.
"""
import argparse, os, subprocess, sys, tempfile, time
from pathlib import Path

# What the project promises for any page, and the most that a poll reads of one (`page_bytes`).
SECONDS, MEGABYTES, PAGE_BYTES = 5, 500, 10_000_000
SENTENCE = "The harbour was closed on Friday, and it will not be opened before the storm is over. "
BODY = f"<h1>The harbour</h1><p>{SENTENCE}</p><p>{SENTENCE}</p>"
KINDS = "div span b i em a p ul ol li table tr td blockquote section article font center form button select option h1 h2 ruby svg math template".split()
KINDS += "noscript details dl dd pre figure figcaption object applet marquee nobr label iframe".split()


def page(body="", head=""):
    return f"<!doctype html><html lang=en><head><title>The harbour</title>{head}</head><body><article>{BODY}{body}</article></body></html>"


def nested(kind, times=10_000):
    return page(f"<{kind}>word " * times)


def many(text, most=PAGE_BYTES - 1_000, times=1_000_000):
    """`text` with numbers, as often as it fits"""
    parts, size = [], 0
    for number in range(times):
        part = text.replace("#", str(number))
        size += len(part.encode())
        if size > most:
            break
        parts.append(part)
    return "".join(parts)


def ld(text):
    return f'<script type="application/ld+json">{text}</script>'


PAGES = {f"10,000 nested {kind}": lambda kind=kind: nested(kind) for kind in KINDS} | {
    "100,000 nested div": lambda: nested("div", 100_000),
    "10,000 nested div, closed": lambda: page("<div>" * 10_000 + "word" + "</div>" * 10_000),
    "nested by turns": lambda: page("<div><b><ul><li><table><tr><td><a href=x>" * 10_000),
    "10,000 tables in tables": lambda: page("<table><tr><td>word" * 10_000),
    "tables with text beside their cells": lambda: page("<table>word<tr>word" * 50_000),
    "200,000 siblings": lambda: page(many("<p>Line # of it.</p>", times=200_000)),
    "200,000 different siblings": lambda: page(many("<div class=c# id=i#>Line # of it.</div>", times=200_000)),
    "200,000 names that share their place": lambda: page(many("<p class='of-a-class-#-of-a-class'>Line # of it.</p>", times=200_000)),
    "drawings that are never closed": lambda: page("<svg><path d=M0>" * 600_000),
    "drawings with something else in them": lambda: page("<svg><g><title>x</title><p>" * 300_000),
    "a drawing of 8 MB": lambda: page("<svg>" + "<path d=M0 />" * 600_000 + "</svg>"),
    "1,000,000 drawings": lambda: page("<svg></svg>" * 800_000),
    "programs by the thousand": lambda: page("<script>a('<p>')</script><style>b</style>" * 200_000),
    "parts of a page sent late": lambda: page(many("<template id=B:#></template><div>wait<!--/$--></div>", 4_000_000, 100_000)
                                              + many("<div hidden id=S:#><p>Line # of it.</div>", 5_000_000, 100_000)),
    "parts in parts sent late": lambda: page("<template id=B:0></template><!--/$-->" + many("<div hidden id=S:#><template id=B:#></template><!--/$-->", times=100_000)),
    "100,000 translations": lambda: page(head=many("<link rel=alternate hreflang=aa-# href=/aa/#>", times=100_000)),
    "200,000 classes of one kind": lambda: page(many("<div class='related-# share-#'>Line # of it.</div>", times=200_000)),
    "a paragraph of 8 MB": lambda: page("<p>" + SENTENCE * (8_000_000 // len(SENTENCE))),
    "a paragraph of 8 MB without blanks": lambda: page("<p>" + "harbour" * 1_140_000),
    "a paragraph of 8 MB, one letter": lambda: page("<p>" + "a" * 8_000_000),
    "8 MB of dots": lambda: page("<p>" + "." * 8_000_000),
    "8 MB of blanks": lambda: page("<p>" + " " * 8_000_000),
    "8 MB of quotes": lambda: page("<p>" + "\"'" * 4_000_000),
    "8 MB of accents": lambda: page("<p>a" + "\u0301" * 4_000_000),
    "8 MB of Chinese": lambda: page("<p>" + "港口星期五关闭。" * 330_000),
    "8 MB of broken encoding": lambda: page("<p>" + "Ã©" * 2_000_000),
    "8 MB of Arabic in one line": lambda: page("<p>" + "أغلق الميناء يوم الجمعة " * 180_000),
    "100,000 links": lambda: page(many("<a href=/story/#>A headline with the number #</a> ", times=100_000)),
    "100,000 links in a list": lambda: page("<ul>" + many("<li><a href=/story/#>A headline with the number #</a>", times=100_000)),
    "50,000 blocks of JSON-LD": lambda: page(head=many(ld('{"@type":"NewsArticle","headline":"H #","url":"/#"}'), times=50_000)),
    "50,000 items of a graph": lambda: page(head=ld('{"@graph":[' + many('{"@type":"NewsArticle","@id":"#","headline":"The harbour","author":{"@id":"#"}},', 9_000_000, 50_000) + "{}]}")),
    "JSON nested 100,000 deep": lambda: page(head=ld("[" * 100_000) + ld('{"a":' * 100_000)),
    "JSON nested 100 deep, 1,000 times": lambda: page(head=ld('{"@graph":[' * 60 + "{}" + "]}" * 60) * 1_000),
    "JSON with 100,000 trailing commas": lambda: page(head=ld('{"a":[' + "1,\n" * 1_000_000 + ",]}")),
    "JSON of one text of 8 MB": lambda: page(head=ld('{"@type":"NewsArticle","articleBody":"' + SENTENCE * 90_000 + '"}')),
    "JSON of escapes": lambda: page(head=ld('{"@type":"NewsArticle","headline":"The harbour","articleBody":"' + "\\u0026lt;p\\u0026gt;" * 450_000 + '"}')),
    "JSON that is never closed": lambda: page(head=ld('{"@type":"NewsArticle","headline":"' + "/* //" * 1_600_000)),
    "100,000 authors": lambda: page(head=ld('{"@type":"NewsArticle","headline":"The harbour","author":[' + many('{"name":"Jane Doe#"},', 9_000_000, 100_000) + '{}]}')),
    "100,000 keywords": lambda: page(head=ld('{"@type":"NewsArticle","headline":"The harbour","keywords":"' + many("word #, ", 9_000_000, 100_000) + '"}')),
    "100,000 meta": lambda: page(head=many("<meta property='article:tag' content='tag #'><meta name=author content='Jane Doe#'>", times=100_000)),
    "100,000 images of meta": lambda: page(head=many("<meta property=og:image content='/p/#.jpg'><meta property=og:image:width content=#>", times=100_000)),
    "100,000 br": lambda: page("<p>" + "word<br>" * 100_000),
    "1,000,000 br": lambda: page("<p>" + "<br>" * 1_000_000),
    "300,000 entities": lambda: page("<p>" + "&amp;&hellip;&#x41;&notit;" * 75_000),
    "300,000 ampersands": lambda: page("<p>" + "&" * 8_000_000),
    "ampersands between letters": lambda: page("<p>" + "a&" * 4_000_000),
    "quotes between letters": lambda: page("<p>" + "a«" * 2_500_000),
    "no-break spaces between letters": lambda: page("<p>" + "a\u00a0" * 2_500_000),
    "ampersands in small elements": lambda: page("<p>" + "<font>a&</font>" * 600_000),
    "an alt of ampersands": lambda: page(f"<p>{SENTENCE}<img src=/p.jpg alt='{'a&' * 2_000_000}'> {SENTENCE}"),
    "a frame's title of ampersands": lambda: page(f"<p>{SENTENCE}<iframe src=//v.example/p title='{'a&' * 2_000_000}'></iframe> {SENTENCE}"),
    "an attribute of 5 MB": lambda: page(f"<p class='{'word ' * 1_000_000}'>word"),
    "an address of 5 MB": lambda: page(f"<p><a href='/{'word/' * 1_000_000}'>word</a> {SENTENCE}<img src='/{'w' * 1_000_000}'>"),
    "a srcset of 5 MB": lambda: page("<p><img srcset='" + many("/p/#.jpg #w, ", 5_000_000) + "'>" + SENTENCE),
    "1,000,000 attributes": lambda: page("<p " + many("a#=# ", 8_000_000) + ">word"),
    "5,000 elements of 1,000 attributes": lambda: page(("<p " + many("a#=# ", 1_800) + ">word") * 5_000),
    "formatting that is never closed": lambda: page("".join(f"<b a={n}>" for n in range(1_000)) + "<p>word" * 100_000),
    "formatting closed in the wrong order": lambda: page("<b><i><u><s><em><strong>word</b></i></u></s>" * 30_000),
    "adoption agency": lambda: page("<a><b><p></a></b>word" * 50_000),
    "adoption agency, deep": lambda: page("<b>" + "<div>" * 250 + "</b>word" * 50_000),
    "50,000 closing tags": lambda: page("<div>" * 250 + "</span></b></p>" * 200_000),
    "100,000 figures": lambda: page(many("<figure><img src=/p/#.jpg><figcaption>Picture # of it</figcaption></figure>", times=100_000)),
    "100,000 players": lambda: page(many("<video src=/v/#.mp4></video><audio src=/a/#.mp3></audio>", times=100_000)),
    "100,000 frames": lambda: page(many("<iframe src='https://www.youtube.com/embed/#'></iframe>", times=100_000)),
    "50,000 dates": lambda: page(many("<time datetime=2025-01-01T10:00:#>3 March 2025, 10:#</time><p>Published: March 3, 2025 10:#</p>", times=50_000)),
    "50,000 spans with dates": lambda: page(many("<span class=date>3. März 2025 um 10:# Uhr</span>", times=50_000)),
    "50,000 links to authors": lambda: page(many("<a rel=author class=byline href=/author/jane-#>By Jane Doe#</a>", times=50_000)),
    "50,000 bylines": lambda: page(many("<p class=byline>By Jane Doe#, John Roe# and Ann Poe# in Paris</p>", times=50_000)),
    "a byline of 8 MB": lambda: page("<p class=byline>By " + "Jane Doe and " * 600_000),
    "50,000 tag links": lambda: page("<div class=tags>" + many("<a rel=tag href=/tag/t#>Tag #</a>", times=50_000)),
    "50,000 microdata items": lambda: page(many("<div itemscope itemtype='https://schema.org/NewsArticle'><span itemprop=headline>The harbour #</span>", times=50_000)),
    "100,000 headings": lambda: page(many("<h1>The harbour #</h1><h2>Of #</h2>", times=100_000)),
    "100,000 quotations": lambda: page(many("<blockquote>He said that # was # and # was the word.</blockquote>", times=100_000)),
    "100,000 labels of other stories": lambda: page(many("<p>Read more:</p><p><a href=/s/#>The other story #</a></p>", times=100_000)),
    "100,000 comments": lambda: page("<!-- word -->" * 100_000 + "<!--" * 1_000_000),
    "100,000 scripts": lambda: page(many("<script>var a# = {\"headline\": \"#\"};</script>", times=100_000)),
    "a script of 9 MB": lambda: page(head="<script>window.__STATE__ = " + many('{"articleBody":"' + SENTENCE + '#"},', 9_000_000) + "</script>"),
    "a page in a comment": lambda: "<html><!--" + page("<p>" + SENTENCE * 1_000) * 90,
    "a page of nul": lambda: page("<p>" + "\0word" * 1_600_000),
    "a title of 5 MB": lambda: page().replace("<title>The harbour", "<title>" + "The harbour - " * 350_000),
    "a heading of 5 MB": lambda: page().replace("<h1>The harbour", "<h1>" + "The harbour - " * 350_000),
    "a description of 5 MB": lambda: page(head=f"<meta name=description content='{SENTENCE * 60_000}'>"),
    "a mail address that never ends": lambda: page("<p>" + "a@" * 4_000_000 + "<p>" + "a." * 1_000_000),
    "parentheses": lambda: page("<p>" + "(" * 8_000_000),
    "clocks": lambda: page("<p>" + "10:" * 2_600_000),
    "digits": lambda: page("<p>" + many("#", 8_000_000)),
    "angles and letters": lambda: page("<a" * 4_000_000),
    "angles and slashes": lambda: page("</" * 4_000_000),
    "angles": lambda: page("<" * 8_000_000),
    "open tags": lambda: page("<p " * 2_600_000),
    "select and options": lambda: page("<select>" + "<option>word" * 200_000),
    "200 frames of text in hidden markup": lambda: page("<template>" + "<p>" + SENTENCE * 500 + "</template>" + "<noscript><p>" + SENTENCE * 500 + "</noscript>"),
    "doctypes": lambda: page("<!doctype html><html><head><body a=b>" * 200_000),
}


def run(program, file):
    """-> (processor seconds, megabytes at the peak, what it said)"""
    with open(file.with_suffix(".out"), "w+") as out:
        child = subprocess.Popen([program, "article", file, "--json"], stdout=out, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
        begun = time.monotonic()
        while True:
            pid, status, usage = os.wait4(child.pid, os.WNOHANG)
            if pid:
                break
            # The clock on the wall runs faster on a busy machine; it only ends what has run away.
            if time.monotonic() - begun > 20 * SECONDS:
                child.kill()
                _, status, usage = os.wait4(child.pid, 0)
                break
            time.sleep(0.01)
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        said = out.read(1_000_000)
    fault = "" if said.startswith("{") and child.returncode == 0 else said.strip()[:150] or f"ended with {child.returncode} and no word"
    died = child.returncode < 0 or child.returncode > 100 or "panicked" in said
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000, fault, died


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("program", nargs="?", default="target/release/feedwright")
    arguments.add_argument("--only", default="", help="pages whose name holds this")
    given = arguments.parse_args()
    bad, worst, largest, pages = [], (0, ""), (0, ""), 0
    with tempfile.TemporaryDirectory(prefix="hostile-") as work:
        for name, make in PAGES.items():
            if given.only not in name:
                continue
            pages += 1
            file = Path(work) / "page.html"
            file.write_text(make()[:PAGE_BYTES], encoding="utf-8", errors="replace")
            seconds, megabytes, fault, died = run(given.program, file)
            over = seconds > SECONDS or megabytes > MEGABYTES or died
            print(f"{'BAD ' if over else ''}{name}: {file.stat().st_size / 1e6:.1f} MB, {seconds:.2f} s, {megabytes:.0f} MB{'; ' + fault if fault else ''}", flush=True)
            bad += [name] if over else []
            worst, largest = max(worst, (seconds, name)), max(largest, (megabytes, name))
    print(f"{pages} pages; the slowest took {worst[0]:.2f} s ({worst[1]}), the largest {largest[0]:.0f} MB ({largest[1]})")
    if bad:
        print(f"over {SECONDS} s or {MEGABYTES} MB, or broken: {', '.join(bad)}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
