#!/usr/bin/env python3
"""Holds `history --graph` against `git log --graph` on random graphs, line by line.

    compare_drawings.py PLAN_TOOL [GRAPHS [SEED]]

Exits with 77 (skipped) where git is not installed. The commits get dates in the order of the
history, so that git lists them as it does.
"""
import os
import random
import shutil
import subprocess
import sys
import tempfile


class Tool:
    def __init__(self, path):
        self.process = subprocess.Popen([path], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True)

    def ask(self, line, until_dot=False):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        lines = []
        while True:
            answer = self.process.stdout.readline().rstrip("\n")
            if not until_dot:
                return answer
            if answer == ".":
                return lines
            lines.append(answer.rstrip())


def random_graph(rng):
    """(id, downs), parents first; merges of up to four."""
    revs, heads = [], []
    most = rng.choice([2, 3, 4])
    roots, forks, merges = rng.random() * 0.1, rng.random() * 0.5, rng.random() * 0.4
    for i in range(rng.randint(1, rng.choice([6, 12, 30, 80]))):
        known, kind = [r[0] for r in revs], rng.random()
        if not known or kind < roots:
            downs = []
        elif kind < roots + forks:
            downs = [rng.choice(known)]
        elif len(heads) > 1 and rng.random() < merges:
            downs = rng.sample(heads, min(len(heads), rng.randint(2, most)))
        elif len(known) > 2 and rng.random() < merges / 2:
            downs = rng.sample(known, 2)
        else:
            downs = [rng.choice(heads)]
        revs.append(("r%dq" % i, downs))
        heads = [h for h in heads if h not in downs] + [revs[-1][0]]
    return revs


def drawing_of_git(revs, order, folder):
    marks = {ident: i + 1 for i, (ident, _) in enumerate(revs)}
    date = {ident: 1700000000 - 10 * i for i, ident in enumerate(order)}
    stream = []
    for ident, downs in revs:
        who = "t <t@t> %d +0000" % date[ident]
        stream += ["commit refs/heads/%s" % ident, "mark :%d" % marks[ident], "committer " + who,
                   "data %d" % len(ident), ident]
        stream += ["%s :%d" % ("merge" if i else "from", marks[d]) for i, d in enumerate(downs)]
        stream.append("")
    env = dict(os.environ, GIT_CONFIG_GLOBAL="/dev/null", GIT_CONFIG_SYSTEM="/dev/null",
               HOME=folder)
    git = ["git", "-C", folder]
    subprocess.run(["git", "init", "-q", "--bare", folder], check=True, env=env)
    subprocess.run(git + ["fast-import", "--quiet", "--force"], input="\n".join(stream) + "\n",
                   text=True, check=True, env=env)
    log = subprocess.run(git + ["log", "--graph", "--date-order", "--format=%s", "--all"],
                         check=True, env=env, stdout=subprocess.PIPE, text=True)
    return [line.rstrip() for line in log.stdout.splitlines()]


def main():
    if shutil.which("git") is None:
        print("git is not installed")
        sys.exit(77)
    tool = Tool(sys.argv[1])
    n = int(sys.argv[2]) if len(sys.argv) > 2 else 40
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    n_lines = 0
    for i in range(n):
        revs = random_graph(random.Random(seed * 1000003 + i))
        text = " ".join(r + (":" + ",".join(d) if d else "") for r, d in revs)
        assert tool.ask("graph " + text) == "ok"
        ours = tool.ask("draw :", until_dot=True)
        order = tool.ask("history :").split()
        with tempfile.TemporaryDirectory() as folder:
            theirs = drawing_of_git(revs, order, folder)
        n_lines += len(ours)
        if ours != theirs:
            print("graph:", text)
            print("\n".join(["ours:"] + ours + ["git:"] + theirs))
            sys.exit(1)
    print(n, "drawings,", n_lines, "lines: all as git draws them")


main()
