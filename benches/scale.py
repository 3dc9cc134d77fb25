#!/usr/bin/env python3
"""A store of 100,000 entries under 10,000 tags -> start, memory and cold feeds, measured from outside.

    cargo build --release --bin feedwright --example fill
    benches/scale.py

Installs nothing. Tells the time from the start of the program to its first answered feed; its memory at rest, and after more
feeds were asked for than the cache holds; and how long a cold feed of 50 full-text items takes, alone and for many at once.
"""

import argparse
import concurrent.futures
import pathlib
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent

# What the targets say.
START_SECONDS, RESTING_MB, COLD_MS = 1.0, 150, 10

# Authors that benches/fill.rs makes, each with hundreds of entries.
AUTHORS = 500


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--tags", type=int, default=10_000)
    parser.add_argument("--directory", help="keep the store here, to use it again")
    parser.add_argument("--binary", default=ROOT / "target" / "release" / "feedwright")
    arguments = parser.parse_args()
    fill = ROOT / "target" / "release" / "examples" / "fill"
    if not fill.exists() or not pathlib.Path(arguments.binary).exists():
        sys.exit("missing: cargo build --release --bin feedwright --example fill")
    with tempfile.TemporaryDirectory(prefix="feedwright-scale-") as temporary:
        directory = pathlib.Path(arguments.directory or temporary)
        measure(arguments, fill, directory)


def measure(arguments, fill, directory):
    config = directory / "config.toml"
    if not config.exists():
        begun = time.monotonic()
        numbers = [str(arguments.entries), str(arguments.tags), str(free_port())]
        subprocess.run([fill, directory, *numbers], check=True)
        size = (directory / "feedwright.db").stat().st_size / 1e6
        print(f"filled in {time.monotonic() - begun:.0f} s: {size:.0f} MB")
    port = int(re.search(r"127\.0\.0\.1:(\d+)", config.read_text())[1])
    with open(directory / "log", "w") as log:
        # The second start finds the file in the system's memory, as a restart does.
        for turn in ["first", "second"]:
            server = Server(arguments.binary, config, port, log)
            seconds = server.start()
            print(row(f"{turn} start to first feed, s", seconds, START_SECONDS))
            print(f"{'':4}CPU time until then: {server.cpu():.2f} s")
            if turn == "second":
                look(server)
            server.stop()


def look(server):
    time.sleep(3)
    print(row("memory at rest, MB", server.memory(), RESTING_MB))
    authors = [f"/paper/author/author-{number}" for number in range(AUTHORS)]
    before, times = server.cpu(), []
    for path in authors[:200]:
        begun = time.monotonic()
        server.get(path + ".rss")
        times.append((time.monotonic() - begun) * 1000)
    spent = (server.cpu() - before) / len(times) * 1000
    print(row("cold feed of 50 items, ms, median", statistics.median(times), COLD_MS))
    print(f"{'':4}slowest of {len(times)}: {max(times):.1f} ms; CPU a feed: {spent:.1f} ms")
    print(f"{'':4}one cold feed asked for by 50 at once: {crowd(server, authors[300:310]):.1f} ms of CPU")
    for number in range(2_000):
        server.get(f"/paper/tag/tag-{number}.rss")
    print(f"{'':4}memory after 2,000 more feeds: {server.memory():.0f} MB")


def crowd(server, paths):
    """CPU time for a cold feed that fifty ask for at once."""
    with concurrent.futures.ThreadPoolExecutor(50) as pool:
        before = server.cpu()
        for path in paths:
            list(pool.map(server.get, [path + ".atom"] * 50))
        return (server.cpu() - before) / len(paths) * 1000


def row(what, value, target):
    return f"{what:36}{value:7.2f}  {'met' if value <= target else 'missed'} ({target})"


class Server:
    def __init__(self, binary, config, port, log):
        self.command, self.port, self.log = [binary, "run", "--config", config], port, log

    def start(self):
        """Seconds until a feed is answered."""
        begun = time.monotonic()
        self.process = subprocess.Popen(self.command, stderr=self.log)
        while True:
            try:
                assert len(self.get("/all.rss")) > 10_000
                return time.monotonic() - begun
            except OSError:
                if self.process.poll() is not None:
                    sys.exit(f"it ended; see {self.log.name}")
                time.sleep(0.005)

    def stop(self):
        self.process.terminate()
        self.process.wait(15)

    def get(self, path):
        return urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}").read()

    def cpu(self):
        """Seconds of all threads."""
        tasks = pathlib.Path(f"/proc/{self.process.pid}/task").iterdir()
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9

    def memory(self):
        text = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", text)[1]) / 1000


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


if __name__ == "__main__":
    main()
