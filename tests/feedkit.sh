#!/usr/bin/env bash
# Judges what the program serves with the feed acceptance kit: own checks of documents and wire, schemas, fifteen readers, REDbot.
#
#   tests/feedkit.sh [PROGRAM] [PART,PART…]
#
# PROGRAM defaults to target/release/feedwright, the parts to docs,schema,readers,http,redbot. The kit is looked for in
# ../shared/tools/feedkit, or where FEEDKIT says; without it there is nothing to do and that is no failure. What the kit needs
# is installed into FEEDKIT_TOOLS (default: feedkit in the user's cache) the first time. Needs curl and python3.
#
# FEEDKIT_QUICK=1 installs only what takes a minute: two readers from Debian and those in Python; the kit passes over the others.
# FEEDKIT_SLOW=1 also measures how long slow clients are put up with, which takes minutes. ATOM_SCHEMA may name the RELAX NG
# schema of RFC 4287.
#
# Two services are judged. The demo shows every kind of feed. A second one reads the same newspaper with small feeds, so that
# they have further pages, names a hub, and has a section that breaks, for the health feed; then one of its sections is renamed
# and another removed.
set -euo pipefail
cd "$(dirname "$0")/.."
program=${1:-target/release/feedwright}
parts=${2:-docs,schema,readers,http,redbot}
kit=${FEEDKIT:-../shared/tools/feedkit}
if [ ! -x "$kit/run" ]; then
  echo "no kit at $kit, nothing is judged"
  exit 0
fi
export FEEDKIT_TOOLS=${FEEDKIT_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/feedkit}
export ATOM_SCHEMA=${ATOM_SCHEMA:-$FEEDKIT_TOOLS/schema/atom.rng}

# The kit's own Python packages, of the versions that its setup names.
quick_setup() {
  local packages
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends newsboat sfeed libxml2-utils python3-venv > /dev/null
  packages=$(sed -n 's#^"$tools/venv/bin/pip" install -q ##p' "$kit/setup")
  python3 -m venv "$FEEDKIT_TOOLS/venv"
  # shellcheck disable=SC2086
  "$FEEDKIT_TOOLS/venv/bin/pip" install -q $packages
}
if [ -n "${FEEDKIT_QUICK:-}" ]; then
  [ -x "$FEEDKIT_TOOLS/venv/bin/redbot" ] || quick_setup
elif [ ! -x "$FEEDKIT_TOOLS/bin/gofeed-reader" ]; then
  "$kit/setup" "$FEEDKIT_TOOLS"
fi
slow=()
[ -z "${FEEDKIT_SLOW:-}" ] || slow=(--slow)

work=$(mktemp -d)
services=()
finish() {
  for service in "${services[@]}"; do kill "$service" 2>/dev/null || true; done
  rm -rf "$work"
}
trap finish EXIT
fail() { echo "$*"; cat "$work"/*.log; exit 1; }

# The log of a service, and how many sections are to be polled in it.
await_polls() {
  for _ in $(seq 300); do
    [ "$(grep -c -E ': ([0-9]+ items|not modified)' "$1")" -ge "$2" ] && sleep 1 && return
    sleep 0.2
  done
  fail "not every section was polled"
}

failed=0
# Parts, then addresses and options: judges them, and goes on after a failure so that all are told.
judge() {
  local only=$1
  shift
  [ -n "$only" ] || return 0
  if ! "$kit/run" --only "$only" "$@" > "$work/findings"; then
    failed=1
  fi
  grep -h -E '^(FAIL|WARN)|URLs?:' "$work/findings" || cat "$work/findings"
}

# The parts that were asked for, out of those given.
of() { comm -12 <(tr , '\n' <<< "$parts" | sort) <(printf '%s\n' "$@" | sort) | paste -sd, -; }
documents=$(of docs schema readers)
wire=$(of http redbot)

"$program" demo --listen 127.0.0.1:0 --pace 0 > "$work/demo" 2> "$work/demo.log" &
services+=($!)
await_polls "$work/demo.log" 7
base=$(sed -n 's#^ *\(http://[^ ]*\)/opml .*#\1#p' "$work/demo")
newspaper=$(sed -n 's#.*stands at \(http://[^ ]*\)/ .*#\1#p' "$work/demo")

# Every configured feed that shows something, and the fullest of a tag and of an author.
curl -fsS "$base/feeds.json" > "$work/feeds.json"
feeds=$(python3 - "$work/feeds.json" <<'PY'
import json, sys

feeds = json.load(open(sys.argv[1]))["feeds"]
fullest = {}
for feed in filter(lambda feed: feed["items"], feeds):
    address = feed["rss"].removesuffix(".rss")
    kind = next((kind for kind in ("/tag/", "/author/") if kind in address), address)
    if kind not in fullest or feed["items"] > fullest[kind][0]:
        fullest[kind] = (feed["items"], address)
print("\n".join(address for _, address in fullest.values()))
PY
)
for feed in $feeds; do
  echo "== ${feed#"$base"}"
  # Several authors are one name in RSS and Atom, where half of all readers would lose all but one, and several in JSON.
  judge "$documents" --parity --waive P-AUTHORS "$feed.rss" "$feed.atom" "$feed.json"
done
section=$base/the-harbour-gazette/politics
echo "== the lists and pages"
judge "$documents" "$base/opml" "$base/" "$section"
echo "== the wire"
judge "$wire" "${slow[@]}" "$section.rss" "$section.atom" "$section.json" "$base/opml"

# The second service: its sections, each as slug and path, then what is named besides.
configure() {
  {
    printf '[server]\nlisten = "127.0.0.1:%s"\n[store]\npath = "%s/second.db"\n' "$port" "$work"
    printf '[websub]\nhub = "http://127.0.0.1:9/"\n[poll]\npause = "0s"\nshow_items = 4\n'
    printf '[[site]]\ntitle = "Gazette"\nurl = "%s/"\nprivate_network = true\n' "$newspaper"
    for section; do
      printf '[[site.section]]\nslug = "%s"\nurl = "/%s"\n' "${section%=*}" "${section#*=}"
    done
  } > "$work/config.toml"
}
start_second() {
  "$program" --config "$work/config.toml" run > "$work/second" 2> "$work/second.log" &
  service=$!
  services+=("$service")
}
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
second=http://127.0.0.1:$port
configure politics=politics culture=culture broken=no/such/page
start_second
await_polls "$work/second.log" 2
echo "== further pages, a hub, and the health feed"
for feed in "gazette.{}" "gazette.{}?page=2" "health.{}"; do
  judge "$documents" --parity --waive P-AUTHORS "$second/${feed/\{\}/rss}" "$second/${feed/\{\}/atom}" "$second/${feed/\{\}/json}"
done
# The index tells when each source was last read: in the demo every few seconds, here it stands still.
judge "$wire" "$second/gazette.atom" "$second/gazette.atom?page=2" "$second/"
kill "$service"
wait "$service" || true

configure news=politics
start_second
for _ in $(seq 100); do
  curl -fso /dev/null "$second/healthz" && break
  sleep 0.1
done
echo "== what was renamed and what was removed"
judge docs --moved "$second/gazette/politics.rss" --gone "$second/gazette/culture.rss" "$second/gazette/news.rss"
exit "$failed"
