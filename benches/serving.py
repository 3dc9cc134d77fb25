#!/usr/bin/env python3
"""feedwright and nginx with the same bytes, side by side -> CPU time a request and p99 latency as ratios.

    cargo build --release --bin feedwright --example fill
    benches/serving.py

Installs nothing; wrk and nginx are in Debian (apt-get install wrk nginx-light). Both servers answer with one made-up feed
(about 240 KB, 70 KB packed), in turns, for 304, gzip and identity at 16, 128 and 1,000 connections; each cell is the median
of the ratios of all rounds, since the machine is never quiet. CPU time is what the kernel counts for every thread and worker.
"""

import argparse
import gzip
import os
import pathlib
import re
import resource
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
PATH = "/all.rss"

# What the targets say: CPU time a request and p99 latency as ratios to nginx.
MEDIAN_CPU, MOST_CPU, IDENTITY_CPU, P99 = 1.0, 1.1, 1.0, 1.2

NGINX = """\
daemon off;
worker_processes {workers};
{user}
pid {directory}/nginx.pid;
error_log {directory}/error.log;
events {{ worker_connections 4096; }}
http {{
    access_log off;
    sendfile on;
    tcp_nopush on;
    tcp_nodelay on;
    gzip_static on;
    open_file_cache max=100 inactive=10m;
    open_file_cache_valid 10m;
    keepalive_timeout 75;
    keepalive_requests 100000000;
    types {{ application/rss+xml rss; }}
    client_body_temp_path {directory}/t1;
    proxy_temp_path {directory}/t2;
    fastcgi_temp_path {directory}/t3;
    uwsgi_temp_path {directory}/t4;
    scgi_temp_path {directory}/t5;
    server {{ listen 127.0.0.1:{port} reuseport backlog=1024; root {directory}/www; }}
}}
"""


def main():
    arguments = parse()
    release = ROOT / "target" / "release"
    binary = pathlib.Path(arguments.binary or release / "feedwright")
    needs = [
        (shutil.which("wrk"), "wrk: apt-get install wrk"),
        (shutil.which("nginx"), "nginx: apt-get install nginx-light"),
        (binary.exists(), f"{binary}: cargo build --release --bin feedwright"),
        ((release / "examples" / "fill").exists(), "cargo build --release --example fill"),
    ]
    missing = [help for there, help in needs if not there]
    if missing:
        sys.exit("missing:\n  " + "\n  ".join(missing))
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    with tempfile.TemporaryDirectory(prefix="feedwright-bench-") as directory:
        os.chmod(directory, 0o755)
        bench(arguments, binary, release / "examples" / "fill", pathlib.Path(directory))


def parse():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=3, help="of each run of wrk")
    parser.add_argument("--kinds", default="304,gzip,identity")
    parser.add_argument("--connections", default="16,128,1000")
    parser.add_argument("--binary", help="another feedwright to measure")
    return parser.parse_args()


def bench(arguments, binary, fill, directory):
    ports = [free_port(), free_port()]
    subprocess.run([fill, directory / "paper", "60", "20", str(ports[0])], check=True)
    log = open(directory / "feedwright.log", "w")
    command = [binary, "run", "--config", directory / "paper" / "config.toml"]
    ours = Server("feedwright", subprocess.Popen(command, stderr=log), ports[0])
    theirs = None
    try:
        ours.wait()
        theirs = nginx(ours, directory, ports[1])
        compare(arguments, ours, theirs)
    finally:
        for server in filter(None, [ours, theirs]):
            server.process.terminate()
            server.process.wait(15)
    log.close()


def nginx(ours, directory, port):
    """nginx with what feedwright serves, as files."""
    www = directory / "www"
    www.mkdir()
    plain = ours.get({})[1]
    packed = ours.get({"Accept-Encoding": "gzip"})[1]
    assert gzip.decompress(packed) == plain
    (www / PATH[1:]).write_bytes(plain)
    (www / (PATH[1:] + ".gz")).write_bytes(packed)
    print(f"{len(plain):,} bytes, {len(packed):,} packed; {os.cpu_count()} cores")
    file = directory / "nginx.conf"
    user = "user root;" if os.getuid() == 0 else ""
    workers = os.cpu_count()
    file.write_text(NGINX.format(directory=directory, port=port, user=user, workers=workers))
    process = subprocess.Popen(["nginx", "-p", directory, "-c", file])
    server = Server("nginx", process, port)
    server.wait()
    return server


def compare(arguments, ours, theirs):
    at_rest = ours.memory()
    results = {}
    title = f"{'':16}{'CPU ratio':>10}{'(least-most)':>14}{'us/request':>18}{'requests':>10}{'p99':>7}{'p99 ms':>16}"
    print(title)
    for kind in arguments.kinds.split(","):
        for connections in map(int, arguments.connections.split(",")):
            cell = Cell()
            for turn in range(arguments.rounds):
                order = [ours, theirs] if turn % 2 else [theirs, ours]
                runs = {s.name: s.run(kind, connections, arguments.seconds) for s in order}
                cell.add(runs["feedwright"], runs["nginx"])
            results[kind, connections] = cell
            print(f"{kind:>9} c{connections:<5}{cell}", flush=True)
    verdict(results)
    print(f"memory at rest: {at_rest}; after all: {ours.memory()}; nginx: {theirs.memory()}")


def verdict(results):
    small = [cell.cpu() for (kind, _), cell in results.items() if kind != "identity"]
    identity = [cell.cpu() for (kind, most), cell in results.items() if kind == "identity" and most <= 16]
    late = [cell.p99() for cell in results.values()]
    rows = []
    if small:
        rows.append(("CPU of 304 and gzip, median", statistics.median(small), MEDIAN_CPU))
        rows.append(("CPU of 304 and gzip, most", max(small), MOST_CPU))
    if identity:
        rows.append(("CPU of identity at 16", max(identity), IDENTITY_CPU))
    rows.append(("p99 latency, most", max(late), P99))
    for what, value, target in rows:
        print(f"{what:30}{value:6.2f}  {'met' if value <= target else 'missed'} ({target})")


class Cell:
    """The rounds of one kind of request at one number of connections."""

    def __init__(self):
        self.rounds = []

    def add(self, ours, theirs):
        self.rounds.append((ours, theirs))

    def ratios(self, name):
        return [ours[name] / theirs[name] for ours, theirs in self.rounds]

    def cpu(self):
        return statistics.median(self.ratios("cpu"))

    def p99(self):
        return statistics.median(self.ratios("p99"))

    def mid(self, name, whose):
        return statistics.median(pair[whose][name] for pair in self.rounds)

    def __str__(self):
        cpu = self.ratios("cpu")
        times = f"{self.mid('cpu', 0):.1f} / {self.mid('cpu', 1):.1f}"
        late = f"{self.mid('p99', 0):.1f} / {self.mid('p99', 1):.1f}"
        span = f"({min(cpu):.2f}-{max(cpu):.2f})"
        rate = statistics.median(self.ratios("rate"))
        return f"{self.cpu():10.2f}{span:>14}{times:>18}{rate:10.2f}{self.p99():7.2f}{late:>16}"


class Server:
    def __init__(self, name, process, port):
        self.name, self.process, self.port = name, process, port
        self.url = f"http://127.0.0.1:{port}{PATH}"

    def wait(self):
        for _ in range(100):
            try:
                self.get({})
                return
            except (OSError, urllib.error.URLError):
                time.sleep(0.1)
        sys.exit(f"{self.name} does not answer")

    def get(self, fields):
        with urllib.request.urlopen(urllib.request.Request(self.url, headers=fields)) as answer:
            return answer.headers["ETag"], answer.read()

    def run(self, kind, connections, seconds):
        """One run of wrk."""
        fields = {} if kind == "identity" else {"Accept-Encoding": "gzip"}
        if kind == "304":
            fields["If-None-Match"] = self.get(fields)[0]
        command = ["wrk", "-t2", f"-c{connections}", f"-d{seconds}s", "--latency", "--timeout", "10s"]
        for name, value in fields.items():
            command += ["-H", f"{name}: {value}"]
        before = self.cpu()
        text = subprocess.run([*command, self.url], check=True, capture_output=True, text=True).stdout
        used = self.cpu() - before
        if "Non-2xx" in text or "Socket errors" in text:
            print(f"  {self.name}, {kind}, {connections}: {text}")
        requests = int(re.search(r"(\d+) requests in", text)[1])
        late = re.search(r"99%\s+([\d.]+)(us|ms|s)", text)
        late = float(late[1]) * {"us": 0.001, "ms": 1, "s": 1000}[late[2]]
        return {"cpu": used / requests * 1e6, "rate": requests / seconds, "p99": late}

    def processes(self):
        own = self.process.pid
        children = pathlib.Path(f"/proc/{own}/task/{own}/children").read_text().split()
        return [own, *map(int, children)]

    def cpu(self):
        """Seconds of all threads of all processes."""
        spent = 0
        for process in self.processes():
            for thread in pathlib.Path(f"/proc/{process}/task").iterdir():
                spent += int((thread / "schedstat").read_text().split()[0])
        return spent / 1e9

    def memory(self):
        kb = 0
        for process in self.processes():
            text = pathlib.Path(f"/proc/{process}/status").read_text()
            kb += int(re.search(r"VmRSS:\s+(\d+)", text)[1])
        return f"{kb / 1000:.1f} MB"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


if __name__ == "__main__":
    main()
