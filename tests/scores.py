#!/usr/bin/env python3
"""Scores articles and listings against public ground truth that lies beside the project, and holds what was reached.

    tests/scores.py SHARED [--program target/release/feedwright] [--learn-site] [--write]

SHARED holds tools/score_articles.py, tools/score_listings.py, data/articles and data/listings. Prints the tables, then every number that fell
below tests/scores.json by more than chance rounding; exits 1 if one did. --write puts today's numbers there. Python 3.11, standard library only.
"""
import argparse, json, subprocess, sys, tempfile
from pathlib import Path

FLOORS = Path(__file__).with_name("scores.json")
# The numbers that are held; a page more or less among a hundred is one hundredth, rounding far less.
ARTICLE = "body_f1 body_exact snip_f1 title auth_f1 day instant tag_f1 summ img lang".split()
LISTING = "F1 tau title date_acc exact".split()
ROUNDING = 0.0005


def output_of(*command, into=None):
    if into:
        with open(into, "w", encoding="utf-8") as file:
            return subprocess.run(command, check=True, stdout=file)
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def articles(shared, program, work, more):
    scorer, data = shared / "tools/score_articles.py", shared / "data/articles"
    labels, lines, found, scores = data / "labels.jsonl", work / "articles.jsonl", work / "feedwright.jsonl", work / "scores.json"
    output_of(sys.executable, scorer, labels, "--core", "--manifest", data / "pages", "--into", work / "pages", into=lines)
    output_of(program, "article", "--batch", lines, *more, into=found)
    print(output_of(sys.executable, scorer, "--core", "--json", scores, labels, found))
    sets = json.loads(scores.read_text())
    return {f"articles {name} {measure}": value for name, rows in sets.items() for row in rows.values()
            for measure, value in row.items() if measure in ARTICLE} | {
            f"articles {name} safe": 1 - row.get("unsafe", 0) for name, rows in sets.items() for row in rows.values()}


def listings(shared, program, work):
    scorer, data = shared / "tools/score_listings.py", shared / "data/listings"
    labels, lines, found = data / "labels.jsonl", work / "listings.jsonl", work / "listings-found.jsonl"
    output_of(sys.executable, scorer, labels, "--manifest", data / "pages", into=lines)
    output_of(program, "listing", "--batch", lines, into=found)
    table = output_of(sys.executable, scorer, labels, found)
    print(table)
    means = json.loads(table.strip().splitlines()[-1])
    return {f"listings {measure}": means[measure] for measure in LISTING} | {"listings found": 1 - means["zero"]}


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("shared", type=Path)
    arguments.add_argument("--program", default="target/release/feedwright")
    arguments.add_argument("--learn-site", action="store_true", help="let the pages of one host inform each other")
    arguments.add_argument("--write", action="store_true", help="hold today's numbers from now on")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="scores-") as work:
        reached = articles(given.shared, given.program, Path(work), ["--learn-site"] * given.learn_site) | listings(given.shared, given.program, Path(work))
    if given.write:
        FLOORS.write_text(json.dumps({name: round(value, 4) for name, value in sorted(reached.items())}, indent=1) + "\n")
    floors = json.loads(FLOORS.read_text())
    fallen = [f"{name}: {reached.get(name, 0):.4f}, was {floor:.4f}" for name, floor in floors.items() if reached.get(name, 0) < floor - ROUNDING]
    print("\n".join(fallen) if fallen else f"all {len(floors)} numbers hold")
    return 1 if fallen else 0


if __name__ == "__main__":
    sys.exit(main())
