#!/usr/bin/env bash
# The unit in packaging/: checked by systemd-analyze, and where a way to run a systemd manager is given, run by it for real: started
# (Type=notify), reloaded with a good and with a bad configuration, started again by the watchdog when it hangs, stopped, and started
# by the first connection to a socket of feedwright.socket.
#
#   tests/systemd.sh [PROGRAM] [WITH_SYSTEMD]
#
# The sockets are also handed over by systemd-socket-activate, for which no manager is needed.
#
# PROGRAM defaults to target/release/feedwright. WITH_SYSTEMD runs a command under a `systemd --user` manager of its own, whose
# folder is in the variable WITH_SYSTEMD_DIR; without it only the units' text and the sockets are. Needs systemd, curl.
set -euo pipefail
program=$(realpath "${1:-target/release/feedwright}")
with_systemd=${2:-}
unit=$(realpath packaging/feedwright.service)
socket_unit=$(realpath packaging/feedwright.socket)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

sed "s#/usr/local/bin/feedwright#$program#" "$unit" > "$work/feedwright.service"
cp "$socket_unit" "$work/feedwright.socket"
systemd-analyze verify --recursive-errors=yes "$work/feedwright.service" "$work/feedwright.socket"
systemd-analyze security --offline=true --threshold=15 "$work/feedwright.service" | tail -n 1
cat > "$work/good.toml" <<TOML
[server]
listen = "127.0.0.1:18765"

[[site]]
title = "Nowhere"
url = "http://127.0.0.1:9/"
private_network = true

[[site.section]]
url = "/news"
TOML

# Sockets that are handed over, without a manager: the first connection starts the program, which answers at both.
systemd-socket-activate --setenv=STATE_DIRECTORY="$work" -l 127.0.0.1:18767 -l "$work/alone.sock" "$program" run --config "$work/good.toml" > "$work/log" 2>&1 &
alone=$!
trap 'kill $alone 2>/dev/null || true; rm -rf "$work"' EXIT
for _ in $(seq 50); do [ -S "$work/alone.sock" ] && break; sleep 0.1; done
for place in --unix-socket\ "$work/alone.sock" --ipv4; do
  # shellcheck disable=SC2086
  answer=$(curl -sS -m 20 $place -o /dev/null -w '%{http_code}' http://127.0.0.1:18767/robots.txt) || true
  [ "$answer" = 200 ] || { echo "no answer through a socket that was handed over"; cat "$work/log"; exit 1; }
done
grep -q "on 127.0.0.1:18767 and unix:$work/alone.sock;" "$work/log" || { cat "$work/log"; exit 1; }
kill "$alone"
wait "$alone" || true
echo "answered through sockets that were handed over"

[ -n "$with_systemd" ] || exit 0

# A user's manager has no DynamicUser and no home of its own to protect; the watchdog is made quick so that nobody waits for it.
export WITH_SYSTEMD_DIR=$work/systemd
mkdir -p "$WITH_SYSTEMD_DIR/config/systemd/user" "$work/etc"
sed -e "s#/usr/local/bin/feedwright#$program#" -e "s#/etc/feedwright/config.toml#$work/etc/config.toml#" \
    -e '/^DynamicUser/d;/^Protect/d;/^Private/d;/^ProcSubset/d;/^CapabilityBoundingSet/d;/^AmbientCapabilities/d;/^RestrictNamespaces/d' \
    -e 's/^WatchdogSec=.*/WatchdogSec=3s/;s/^RestartSec=.*/RestartSec=200ms/;s/^Restart=.*/Restart=on-failure/' \
    "$unit" > "$WITH_SYSTEMD_DIR/config/systemd/user/feedwright.service"
sed -e "s#^ListenStream=.*#ListenStream=$work/feeds.sock#;s/^\# ListenStream=.*/ListenStream=127.0.0.1:18766/" \
    "$socket_unit" > "$WITH_SYSTEMD_DIR/config/systemd/user/feedwright.socket"
sed 's#/news#/other#' "$work/good.toml" > "$work/other.toml"
sed 's#url = "/news"#ulr = "/news"#' "$work/good.toml" > "$work/bad.toml"

cat > "$work/act" <<'ACT'
set -euo pipefail
work=$1
say() { printf '%s\n' "$*"; }
fail() { say "FAILED: $*"; systemctl --user status feedwright --no-pager -l 2>&1 | tail -n 20; exit 1; }
feed() { curl -sS -o /dev/null -w '%{http_code}' "http://127.0.0.1:18765/nowhere/$1.rss"; }
main_pid() { systemctl --user show -p MainPID --value feedwright; }

cp "$work/good.toml" "$work/etc/config.toml"
systemctl --user daemon-reload
systemctl --user start feedwright || fail "it did not tell systemd that it is ready"
say "started: $(systemctl --user show -p StatusText --value feedwright)"
[ "$(feed news)" != 404 ] || fail "its feed is not there"

cp "$work/other.toml" "$work/etc/config.toml"
before=$(main_pid)
systemctl --user reload feedwright || fail "reload"
for _ in $(seq 50); do [ "$(feed other)" != 404 ] && break; sleep 0.1; done
[ "$(feed other)" != 404 ] || fail "the new section is not there"
say "reloaded"

cp "$work/bad.toml" "$work/etc/config.toml"
systemctl --user reload feedwright || fail "reload with a bad configuration"
for _ in $(seq 50); do systemctl --user show -p StatusText --value feedwright | grep -q refused && break; sleep 0.1; done
[ "$(feed other)" != 404 ] || fail "a bad configuration took the feeds away"
[ "$(main_pid)" = "$before" ] || fail "the process changed on reload"
say "bad configuration refused: $(systemctl --user show -p StatusText --value feedwright)"
cp "$work/good.toml" "$work/etc/config.toml"

kill -STOP "$before"
for _ in $(seq 150); do now=$(main_pid); [ "$now" != "$before" ] && [ "$now" != 0 ] && break; sleep 0.1; done
[ "$now" != "$before" ] && [ "$now" != 0 ] || fail "the watchdog did not start it again"
for _ in $(seq 50); do systemctl --user is-active -q feedwright && break; sleep 0.1; done
say "hung, and started again by the watchdog"

systemctl --user stop feedwright
[ "$(systemctl --user show -p Result --value feedwright)" = success ] || fail "it did not end in order"
say "stopped in order"

at_socket() { curl -sS -o /dev/null -w '%{http_code}' --unix-socket "$work/feeds.sock" http://localhost/nowhere/news.rss; }
at_port() { curl -sS -o /dev/null -w '%{http_code}' http://127.0.0.1:18766/nowhere/news.rss; }
systemctl --user start feedwright.socket || fail "systemd does not listen for it"
[ "$(stat -c %a "$work/feeds.sock")" = 660 ] || fail "the socket is not for its group alone"
systemctl --user is-active -q feedwright && fail "it runs before anybody asks"
[ "$(at_socket)" != 404 ] || fail "its feed is not at the socket"
[ "$(at_port)" != 404 ] || fail "its feed is not at the port"
status=$(systemctl --user show -p StatusText --value feedwright)
[ "$status" = "serving on unix:$work/feeds.sock and 127.0.0.1:18766" ] || fail "it serves elsewhere: $status"
say "started by the first connection: $status"
(while [ ! -e "$work/enough" ]; do at_port || say " turned away"; done) > "$work/answers" 2>&1 &
asking=$!
systemctl --user restart feedwright || fail "restart"
sleep 0.5
touch "$work/enough"
wait "$asking"
grep -q "turned away" "$work/answers" && fail "somebody was turned away while it started again"
say "started again while it was asked: nobody was turned away"
systemctl --user stop feedwright.socket feedwright
[ "$(systemctl --user show -p Result --value feedwright)" = success ] || fail "it did not end in order"
ACT
"$with_systemd" bash "$work/act" "$work"
