#!/usr/bin/env bash
# The demo from end to end, as a user would see it: it starts, prints addresses that work, gives stories in every format, and
# ends at Ctrl-C with the way to a real site.
#
#   tests/demo.sh [PROGRAM]              PROGRAM defaults to target/release/feedwright; needs curl and python3
set -euo pipefail
. "$(dirname "$0")/with_demo.sh"

# Every address that it printed answers, and soon with stories.
addresses=$(grep -o "$base/[^ ]*" "$work/out" | sort -u)
for _ in $(seq 100); do
  stories=$(curl -fsS "$base/all.json" 2>/dev/null | python3 -c 'import json,sys; print(len(json.load(sys.stdin)["items"]))' 2>/dev/null || echo 0)
  [ "$stories" -ge 20 ] && break
  sleep 0.2
done
[ "$stories" -ge 20 ] || fail "only $stories stories came"
for address in $addresses; do
  status=$(curl -sS -o "$work/answer" -w '%{http_code} %{content_type}' "$address")
  echo "$status  $address"
  case $status in 200*) ;; *) fail "$address answers $status" ;; esac
done
etag=$(curl -fsSI "$base/all.rss" | tr -d '\r' | sed -n 's/^etag: //p')
status=$(curl -sS -o /dev/null -w '%{http_code}' -H "If-None-Match: $etag" "$base/all.rss")
[ "$status" = 304 ] || fail "asked again with its ETag, all.rss answers $status"

kill -INT $demo
wait $demo || fail "the demo did not end in order"
grep -q 'feedwright check' "$work/out" || fail "the demo did not say how to go on"
echo "the demo gave $stories stories and ended in order"
