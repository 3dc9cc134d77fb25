#!/usr/bin/env bash
# A real reader subscribes to the demo's feeds by its OPML, and shows every item of every section.
#
#   tests/newsboat.sh [PROGRAM]          PROGRAM defaults to target/release/feedwright; needs newsboat and curl
set -euo pipefail
program=${1:-target/release/feedwright}
work=$(mktemp -d)
"$program" demo --listen 127.0.0.1:0 --pace 0s > "$work/demo.out" 2> "$work/demo.log" &
demo=$!
trap 'kill $demo 2>/dev/null; rm -rf "$work"' EXIT
for _ in $(seq 100); do grep -q '^Subscribe' "$work/demo.out" && break; sleep 0.2; done
base=$(sed -n 's#.*\(http://127.0.0.1:[0-9]*\)/opml.*#\1#p' "$work/demo.out" | head -n 1)
[ -n "$base" ] || { cat "$work/demo.out" "$work/demo.log"; echo "the demo did not start"; exit 1; }

# What the demo has published must be there before it is counted.
for _ in $(seq 100); do curl -fsS "$base/healthz" > "$work/health" 2>/dev/null && ! grep -q '"never_polled":[1-9]' "$work/health" && break; sleep 0.2; done
sleep 1

curl -fsS "$base/all.json" > "$work/all.json"
wanted=$(python3 -c 'import json,sys; print(len(json.load(open(sys.argv[1]))["items"]))' "$work/all.json")
fault=0
for format in rss atom; do
  printf '%s\n' "$base/all.$format" > "$work/urls"
  newsboat -q -u "$work/urls" -c "$work/cache-$format.db" -C /dev/null -x reload
  shown=$(python3 - "$work/cache-$format.db" <<'PY'
import sqlite3, sys
items = sqlite3.connect(sys.argv[1]).execute("select guid, title, content, pubDate from rss_item").fetchall()
assert all(guid and title and date for guid, title, content, date in items), items
print(len(items))
PY
)
  echo "newsboat shows $shown of $wanted items of /all.$format"
  [ "$shown" = "$wanted" ] && [ "$wanted" -gt 0 ] || fault=1
done
exit $fault
