#!/usr/bin/env bash
# A real reader imports the demo's OPML, reads every feed in it, and shows every item with its title and date.
#
#   tests/newsboat.sh [PROGRAM]          PROGRAM defaults to target/release/feedwright; needs newsboat, curl and python3
set -euo pipefail
. "$(dirname "$0")/with_demo.sh"

# Each feed of the OPML list, as the reader itself imports it. A reader's cache of its own for each: newsboat keeps a story
# that stands in several feeds under one of them only.
curl -fsS "$base/opml" > "$work/feeds.opml"
: > "$work/urls"
newsboat -q -u "$work/urls" -c "$work/import.db" -C /dev/null -i "$work/feeds.opml" > /dev/null
python3 - "$work" <<'PY'
import json, sqlite3, subprocess, sys, urllib.request
from pathlib import Path

work, faults, feeds = Path(sys.argv[1]), 0, 0
for line in (work / "urls").read_text().splitlines():
    if not line.startswith("http"):
        continue
    address, feeds = line.split()[0], feeds + 1
    one, cache = work / f"urls-{feeds}", work / f"cache-{feeds}.db"
    one.write_text(address + "\n")
    subprocess.run(["newsboat", "-q", "-u", one, "-c", cache, "-C", "/dev/null", "-x", "reload"], check=True)
    served = json.load(urllib.request.urlopen(address.removesuffix(".rss") + ".json"))["items"]
    shown = sqlite3.connect(cache).execute("select guid, title, pubDate from rss_item").fetchall()
    missing = {item["id"] for item in served} - {guid for guid, _, _ in shown}
    bare = [guid for guid, title, date in shown if not title or not date]
    faults += bool(missing or bare)
    print(f"newsboat shows {len(shown)} of {len(served)} items of {address}", *missing, *bare)
sys.exit(1 if faults or feeds < 5 else 0)
PY
