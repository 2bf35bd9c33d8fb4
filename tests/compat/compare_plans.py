#!/usr/bin/env python3
"""Holds plans against Alembic's own on random graphs: order, rows, heads, current, history.

    compare_plans.py PLAN_TOOL [GRAPHS [SEED]]

Exits with 77 (skipped) where Alembic is not installed. Where Alembic leaves an order to Python's
hashes only the sets are compared; where docs/decisions.md departs from it, nothing is.
"""
import random
import subprocess
import sys
import warnings

try:
    from alembic.runtime.migration import HeadMaintainer, RevisionStep
    from alembic.script.base import ScriptDirectory
    from alembic.script.revision import (
        RangeNotAncestorError, Revision, RevisionError, RevisionMap)
    from alembic.util import CommandError
except ImportError:
    print("alembic is not installed")
    sys.exit(77)


class Tool:
    def __init__(self, path):
        self.process = subprocess.Popen([path], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True)

    def tell(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def ask(self, line):
        self.tell(line)
        return self.process.stdout.readline().rstrip("\n")


def random_graph(rng):
    """A list of (id, downs, labels, dependencies); parents come first, files are shuffled."""
    revs, heads, n = [], [], rng.randint(1, rng.choice([4, 8, 15, 60]))
    for i in range(n):
        ident = "r%03d" % rng.randrange(1000) + "xyz"[i % 3] + str(i)
        known = [r[0] for r in revs]
        kind = rng.random()
        if not known or kind < 0.12:
            downs = []
        elif kind < 0.25:
            downs = [rng.choice(known)]
        elif kind < 0.4 and len(heads) > 1:
            downs = rng.sample(heads, 2)
        else:
            downs = [rng.choice(heads)]
        depends = []
        if known and rng.random() < 0.2:
            depends = [d for d in rng.sample(known, min(len(known), rng.randint(1, 2)))
                       if d not in downs]
        labels = ["label%d" % i] if rng.random() < 0.15 else []
        revs.append((ident, downs, labels, depends))
        heads = [h for h in heads if h not in downs] + [ident]
    if rng.random() < 0.5:
        rng.shuffle(revs)
    return revs


def as_text(revs):
    words = []
    for ident, downs, labels, depends in revs:
        words.append(ident + (":" + ",".join(downs) if downs else ""))
        if labels:
            words.append("[" + ",".join(labels) + "]")
        if depends:
            words.append("{" + ",".join(depends) + "}")
    return " ".join(words)


class FakeContext:
    """Stands in for MigrationContext: HeadMaintainer only writes rows."""
    as_sql = True


class Maintainer(HeadMaintainer):
    def __init__(self, heads):
        super().__init__(FakeContext(), heads)

    def _insert_version(self, version):
        self.heads.add(version)

    def _delete_version(self, version):
        self.heads.remove(version)

    def _update_version(self, from_, to_):
        self.heads.remove(from_)
        self.heads.add(to_)


class Module:
    def upgrade(self):
        pass

    downgrade = upgrade


def alembic_plan(revmap, rows, target, is_upgrade):
    """Ids in order and the rows after each step."""
    if is_upgrade:
        revs = list(revmap.iterate_revisions(target, tuple(rows), implicit_base=True))[::-1]
    else:
        revs = list(revmap.iterate_revisions(tuple(rows), target, select_for_downgrade=True))
    maintainer, out = Maintainer(rows), []
    for rev in revs:
        rev.module = Module()
        maintainer.update_to_step(RevisionStep(revmap, rev, is_upgrade))
        out.append((rev.revision, frozenset(maintainer.heads)))
    return out


def alembic_stamp(revmap, rows, targets):
    """The rows that a stamp leaves."""
    scripts = ScriptDirectory.__new__(ScriptDirectory)
    scripts.revision_map = revmap
    maintainer = Maintainer(rows)
    for step in scripts._stamp_revs(tuple(targets), tuple(rows)):
        maintainer.update_to_step(step)
    return frozenset(maintainer.heads)


def compare_stamp(tool, rng, revmap, text, rows, names, counts):
    """One target, or two that have nothing to do with each other."""
    targets = [rng.choice(names)]
    ours_text = tool.ask("stamp " + " ".join(targets))
    try:
        theirs = alembic_stamp(revmap, rows, targets)
    except (CommandError, RevisionError, AssertionError, KeyError) as error:
        theirs = error
    counts["stamps"] += 1
    what = "stamp " + " ".join(targets)
    if ours_text.startswith("error: "):
        if not isinstance(theirs, Exception):
            fail(text, rows, what, ours_text, theirs)
        return
    ours = our_stamp(ours_text, rows)
    if not minimal(revmap, ours):
        fail(text, rows, what, ours, "rows that are minimal")
    if isinstance(theirs, Exception):
        counts["only ours"] += 1
    elif ours != theirs and minimal(revmap, theirs):
        fail(text, rows, what, ours, theirs)


def our_stamp(answer, rows):
    rows = set(rows)
    for change in answer.replace(";", "").split():
        if change[0] == "+":
            rows.add(change[1:])
        elif change[0] == "-":
            rows.remove(change[1:])
        else:
            before, after = change.split(">")
            rows.remove(before)
            rows.add(after)
    return frozenset(rows)


def our_plan(answer, rows):
    rows, out = set(rows), []
    for step in filter(None, answer.split("; ")):
        ident, *changes = step.split(" ")
        for change in changes:
            if change[0] == "+":
                assert change[1:] not in rows, (change, rows)
                rows.add(change[1:])
            elif change[0] == "-":
                rows.remove(change[1:])
            else:
                before, after = change.split(">")
                rows.remove(before)
                assert after not in rows, (change, rows)
                rows.add(after)
        out.append((ident, frozenset(rows)))
    return out


def fail(graph, rows, what, ours, theirs):
    print("graph:   ", graph)
    print("rows:    ", " ".join(rows))
    print("question:", what)
    print("ours:    ", ours)
    print("alembic: ", theirs)
    sys.exit(1)


def minimal(revmap, rows):
    revs = revmap.get_revisions(tuple(rows))
    for rev in revs:
        below = set(revmap._get_ancestor_nodes([rev])) - {rev}
        if below & set(revs):
            return False
    return True


def has_free_order(revs):
    """Alembic takes two dependencies of one revision in the order of a set."""
    return any(len(r[3]) > 1 for r in revs)


def compare(tool, rng, counts):
    revs = random_graph(rng)
    text = as_text(revs)
    answer = tool.ask("graph " + text)
    if answer != "ok":
        fail(text, [], "graph", answer, "a good graph")
    revmap = RevisionMap(lambda: [Revision(i, tuple(d), tuple(p), tuple(b))
                                  for i, d, b, p in revs])
    for name, theirs in (("heads", revmap.heads), ("real_heads", revmap._real_heads),
                         ("bases", revmap.bases)):
        ours = tool.ask(name)
        if ours != " ".join(theirs):
            fail(text, [], name, ours, theirs)
    ids = [r[0] for r in revs]
    labels = [label for r in revs for label in r[2]]
    rows = set()
    for _ in range(8):
        tool.tell("rows " + " ".join(sorted(rows)))
        ours = set(tool.ask("current").split())
        theirs = {r.revision for r in revmap._get_all_current(tuple(rows))}
        if ours != theirs:
            fail(text, rows, "current", ours, theirs)
        compare_stamp(tool, rng, revmap, text, rows, ids + labels + ["heads", "base"] +
                      [x + "@head" for x in labels + ids] + [x + "@base" for x in labels], counts)
        is_upgrade = rng.random() < 0.6
        targets = list(ids) + ["heads", "head", "base"]
        targets += [x + "@head" for x in labels] + [x + "@heads" for x in labels]
        targets += [x + s for x in ids for s in ("+1", "-1", "-2", "+2")]
        targets += [x[:rng.randint(3, 5)] for x in ids] + ["head-1"]
        targets += ["+1", "+2"] if is_upgrade else ["-1", "-2"]
        targets += [x + ("@+1" if is_upgrade else "@-1") for x in labels]
        targets += [x + "@base" for x in labels]
        target = rng.choice(targets)
        if not is_upgrade and (target == "heads" or target.endswith("@heads")):
            continue
        what = ("upgrade " if is_upgrade else "downgrade ") + target
        ours_text = tool.ask(what)
        try:
            theirs = alembic_plan(revmap, rows, target, is_upgrade)
        except (RevisionError, RangeNotAncestorError, AssertionError, AttributeError, TypeError,
                IndexError, KeyError) as error:
            theirs = error
        counts["asked"] += 1
        if ours_text.startswith("error: "):
            if not isinstance(theirs, Exception):
                ambiguous_start = len(rows) > 1 and target in ("-1", "-2")
                if not ambiguous_start and "@-" not in target:
                    fail(text, rows, what, ours_text, theirs)
            counts["errors"] += 1
            continue
        ours = our_plan(ours_text, rows)
        if isinstance(theirs, Exception):
            counts["only ours"] += 1
            counts[type(theirs).__name__ + " " + str(theirs)[:40]] = counts.get(
                type(theirs).__name__ + " " + str(theirs)[:40], 0) + 1
        elif ours != theirs:
            same_set = {i for i, _ in ours} == {i for i, _ in theirs}
            row_bug = not all(minimal(revmap, r) for _, r in theirs)
            if not (same_set and (row_bug or has_free_order(revs))):
                fail(text, rows, what, ours, theirs)
            counts["order or rows left open"] += 1
        for _, after in ours:
            if not minimal(revmap, after):
                fail(text, rows, what, ours, "rows that are minimal")
        rows = set(ours[-1][1]) if ours else rows
    lower, upper = rng.choice(ids + [""]), rng.choice(ids + [""])
    ours = tool.ask("history %s:%s" % (lower, upper))
    try:
        theirs = " ".join(r.revision for r in revmap.iterate_revisions(
            upper or "heads", lower or "base", inclusive=True, assert_relative_length=False))
    except (RevisionError, AssertionError) as error:
        theirs = error
    if isinstance(theirs, AssertionError):
        counts["only ours"] += 1
    elif isinstance(theirs, Exception) != ours.startswith("error: ") or (
            not isinstance(theirs, Exception) and ours != theirs and
            not (has_free_order(revs) and sorted(ours.split()) == sorted(theirs.split())) and
            not is_between(revmap, lower, upper, set(ours.split()), set(theirs.split()))):
        fail(text, rows, "history %s:%s" % (lower, upper), ours, theirs)


def is_between(revmap, lower, upper, ours, theirs):
    """Alembic leaves out what stands on the lower end through a dependency only; we list all that
    the upper end needs and that needs the lower end."""
    ends = [upper] if upper else list(revmap._real_heads)
    needed = below(revmap, ends)
    wanted = {i for i in needed if lower in below(revmap, [i])} if lower else needed
    return bool(lower) and theirs <= ours and ours == wanted


def below(revmap, ids):
    nodes = revmap._get_ancestor_nodes(
        [revmap.get_revision(i) for i in ids], include_dependencies=True)
    return {r.revision for r in nodes} | set(ids)


def main():
    warnings.simplefilter("ignore")
    tool = Tool(sys.argv[1])
    n = int(sys.argv[2]) if len(sys.argv) > 2 else 300
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    counts = {"asked": 0, "stamps": 0, "errors": 0, "only ours": 0, "order or rows left open": 0}
    for i in range(n):
        compare(tool, random.Random(seed * 1000003 + i), counts)
    print(n, "graphs:", ", ".join("%s %d" % item for item in counts.items()))


main()
