#!/usr/bin/env bash
# A browser opens the pages for people: nothing on them is refused or missing, on a phone and in the dark too, and the feeds
# that they offer by autodiscovery are what they say.
#
#   tests/browser.sh [PROGRAM] [FOLDER]
#
# PROGRAM defaults to target/release/feedwright; needs chromium, curl and python3. Screenshots go to FOLDER, where one is given.
set -euo pipefail
shots=${2:-}
. "$(dirname "$0")/with_demo.sh"

# What the browser makes of a page; what it complains about goes to $work/complaints.
browse() {
  timeout 60 chromium --headless --no-sandbox --disable-gpu --user-data-dir="$work/profile" --enable-logging=stderr "$@" \
    2> >(grep CONSOLE >> "$work/complaints" || true)
}

: > "$work/complaints"
for page in / /the-harbour-gazette/politics /the-harbour-gazette/arabic /health /no/such/feed; do
  browse --dump-dom "$base$page" > "$work/dom"
  python3 - "$base" "$page" "$work/dom" <<'PY'
import sys, urllib.request
from html.parser import HTMLParser

base, page, dom = sys.argv[1], sys.argv[2], open(sys.argv[3]).read()


class Links(HTMLParser):
    found = []

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "link" and attributes.get("rel") == "alternate":
            self.found.append(attributes)


reader = Links()
reader.feed(dom)
faults = [] if "</h1>" in dom else ["it shows no heading"]
if not reader.found and page != "/no/such/feed":
    faults.append("it offers no feed")
for link in reader.found:
    with urllib.request.urlopen(link["href"]) as answer:
        told, body = answer.headers.get_content_type(), answer.read().decode()
    if told != link["type"]:
        faults.append(f"{link['href']} is offered as {link['type']} and comes as {told}")
    if link["href"] not in body:
        faults.append(f"{link['href']} calls itself something else")
for fault in faults:
    print(f"{page}: {fault}")
print(f"{page}: {len(reader.found)} feeds offered")
sys.exit(bool(faults))
PY
done

if [ -n "$shots" ]; then
  mkdir -p "$shots"
  for page in index: politics:the-harbour-gazette/politics arabic:the-harbour-gazette/arabic health:health missing:no/such/feed; do
    shot() { browse --hide-scrollbars --screenshot="$shots/${page%%:*}-$1.png" "${@:2}" "$base/${page#*:}"; }
    dark=--blink-settings=preferredColorScheme=0
    shot phone --window-size=420,1400
    shot phone-dark --window-size=420,1400 $dark
    shot desktop --window-size=1200,1200
    shot desktop-dark --window-size=1200,1200 $dark
  done
fi

# Browsers ask for an icon by themselves; that there is none is no complaint.
if grep -v favicon "$work/complaints"; then
  fail "the browser complains"
fi
