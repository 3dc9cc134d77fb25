# Sourced: PROGRAM's demo, polled whole -> $base, where its feeds are served; $work, a folder that goes with it; and `fail SENTENCE`.
program=${1:-target/release/feedwright}
work=$(mktemp -d)
"$program" demo --listen 127.0.0.1:0 --pace 0 > "$work/out" 2> "$work/log" &
demo=$!
trap 'kill $demo 2>/dev/null || true; rm -rf "$work"' EXIT
fail() { echo "$*"; cat "$work/out" "$work/log"; exit 1; }

# Every section was polled once each has said so in the log.
for _ in $(seq 200); do
  [ "$(grep -c ' items' "$work/log")" -ge 7 ] && break
  sleep 0.2
done
sleep 1
base=$(sed -n 's#^ *\(http://[^ ]*\)/opml .*#\1#p' "$work/out")
[ -n "$base" ] || fail "the demo printed no addresses"
