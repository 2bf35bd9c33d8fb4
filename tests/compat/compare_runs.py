#!/usr/bin/env python3
"""Runs the same histories side by side with Alembic itself, on SQLite files.

    compare_runs.py AUTOGEN [RANDOM_HISTORIES [SEED]]

Each history is written twice: as Alembic's .py files and as autogen's .sql files. Every revision
notes in a table that it ran. After each command the two databases must hold the same notes in the
same order and the same version rows, and current, heads, branches and history must answer the same.
Shapes and commands are those in which Alembic is right; where it is arbitrary or wrong
(docs/decisions.md) the unit tests alone say what is expected. Exits with 77 where Alembic is not
installed.
"""
import contextlib
import io
import logging
import os
import random
import re
import sqlite3
import subprocess
import sys
import tempfile
import warnings

try:
    import alembic
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError
except ImportError:
    print("alembic is not installed")
    sys.exit(77)

ENV = """
import sqlalchemy as sa
from alembic import context
engine = sa.create_engine(context.config.get_main_option("sqlalchemy.url"),
                          isolation_level="AUTOCOMMIT")
with engine.connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
"""

PY = '''"""make {id}"""
from alembic import op
revision = {id!r}
down_revision = {downs!r}
branch_labels = {labels!r}
depends_on = {depends!r}


def upgrade():
    op.execute("INSERT INTO notes (what) VALUES ('up {id}')")


def downgrade():
    op.execute("INSERT INTO notes (what) VALUES ('down {id}')")
'''

SQL = """-- make {id}
--
-- Revision ID: {id}
-- Revises: {downs}
-- Branch Labels: {labels}
-- Depends On: {depends}

-- autogen:upgrade
INSERT INTO notes (what) VALUES ('up {id}');

-- autogen:downgrade
INSERT INTO notes (what) VALUES ('down {id}');
"""

# name, revisions as tests/unit/rev_build.h reads them, commands
SHAPES = [
    ("line", "aaa1 bbb1:aaa1 ccc1:bbb1 ddd1:ccc1",
     ["upgrade +1", "upgrade bbb1", "downgrade -1", "upgrade +2", "downgrade aaa1", "upgrade head",
      "downgrade ccc1", "upgrade head-1", "upgrade heads", "downgrade -2", "upgrade ccc", "stamp head",
      "downgrade base", "upgrade bbb1+1", "downgrade bbb1-1", "stamp base", "upgrade nothere",
      "downgrade nothere", "stamp nothere", "upgrade +9", "downgrade -9"]),
    ("two heads", "aaa1 bbb1:aaa1 ccc1:aaa1",
     ["upgrade head", "upgrade bbb1", "upgrade heads", "downgrade aaa1", "upgrade ccc1",
      "upgrade heads", "downgrade base", "stamp heads", "stamp bbb1", "upgrade heads"]),
    ("labels", "aaa1 bbb1:aaa1 [left] ccc1:aaa1 [right] ddd1:bbb1 eee1:ccc1",
     ["upgrade left@head", "upgrade right@head", "downgrade left@-1", "upgrade left@+1",
      "downgrade aaa1", "upgrade heads", "downgrade right@base", "upgrade right@+2", "stamp left",
      "upgrade heads", "downgrade left@aaa1"]),
    ("merge", "aaa1 bbb1:aaa1 ccc1:aaa1 ddd1:bbb1,ccc1 eee1:ddd1",
     ["upgrade head", "downgrade ddd1", "downgrade bbb1", "upgrade ddd1", "downgrade ccc1",
      "upgrade head", "downgrade base", "upgrade ccc1", "upgrade head", "stamp ddd1",
      "stamp base", "stamp bbb1 ccc1",
      "upgrade head", "downgrade aaa1"]),
    ("merge of three", "aaa1 bbb1:aaa1 ccc1:aaa1 ddd1:aaa1 eee1:bbb1,ccc1,ddd1",
     ["upgrade head", "downgrade ccc1", "upgrade head", "downgrade base", "upgrade bbb1",
      "upgrade eee1", "downgrade aaa1"]),
    ("two bases", "aaa1 [app] bbb1:aaa1 xxx1 [aux] yyy1:xxx1",
     ["upgrade app@head", "upgrade aux@head", "downgrade app@base", "upgrade heads",
      "downgrade aux@base", "upgrade aux@+1", "upgrade heads", "downgrade base", "stamp heads",
      "stamp app@base", "upgrade heads"]),
    ("dependency", "aaa1 bbb1:aaa1 xxx1 {aaa1} yyy1:xxx1 {bbb1}",
     ["upgrade xxx1", "upgrade bbb1", "upgrade yyy1", "downgrade xxx1", "upgrade heads",
      "downgrade aaa1", "upgrade yyy1", "downgrade xxx1@base", "upgrade heads", "downgrade base"]),
    ("dependency on a label", "aaa1 [app] bbb1:aaa1 xxx1 [aux] {app} yyy1:xxx1",
     ["upgrade aux@head", "upgrade heads", "downgrade aux@base", "upgrade yyy1", "downgrade base"]),
    ("splice", "aaa1 bbb1:aaa1 ccc1:bbb1 ddd1:aaa1 eee1:bbb1 fff1:ccc1,ddd1",
     ["upgrade eee1", "upgrade heads", "downgrade bbb1", "upgrade fff1", "upgrade heads",
      "downgrade base"]),
    ("merge of bases", "aaa1 bbb1 ccc1:aaa1,bbb1",
     ["upgrade bbb1", "upgrade head", "downgrade aaa1", "upgrade head", "downgrade base"]),
    ("labels are inherited", "aaa1 [net] bbb1:aaa1 ccc1:bbb1 ddd1:bbb1 [side] eee1:ddd1 xxx1 [aux] yyy1:xxx1",
     ["upgrade side@head", "upgrade net@ccc1", "downgrade side@-1", "downgrade side@base", "upgrade aux@+1",
      "upgrade aux@head", "stamp side@head", "upgrade heads", "downgrade aux@-2", "downgrade side@bbb1",
      "upgrade side@+2", "downgrade base"]),
    ("dependencies across branches", "aaa1 [one] bbb1:aaa1 {two} ccc1:bbb1 xxx1 [two] yyy1:xxx1 {aaa1} zzz1:yyy1 {ccc1}",
     ["upgrade bbb1", "upgrade zzz1", "downgrade yyy1", "upgrade heads", "downgrade two@base", "upgrade one@head",
      "upgrade heads", "downgrade one@base", "stamp bbb1", "upgrade heads", "stamp xxx1", "stamp heads"]),
    ("merge of four, and on", "aaa1 bbb1:aaa1 ccc1:aaa1 ddd1:aaa1 eee1:aaa1 fff1:bbb1,ccc1 ggg1:ddd1,eee1 hhh1:fff1,ggg1 iii1:hhh1",
     ["upgrade fff1", "upgrade head", "downgrade hhh1", "downgrade fff1", "upgrade hhh1", "downgrade ggg1",
      "downgrade aaa1", "upgrade ddd1", "upgrade ccc1", "upgrade head", "stamp fff1", "stamp fff1 ggg1",
      "upgrade heads", "downgrade base"]),
    ("a merge with a third branch beside it", "aaa1 bbb1:aaa1 ccc1:aaa1 ddd1:bbb1,ccc1 eee1:aaa1 [free] fff1:ddd1",
     ["upgrade free@head", "upgrade fff1", "downgrade free@aaa1", "upgrade heads", "downgrade bbb1", "stamp fff1",
      "downgrade free@base", "upgrade heads", "stamp base", "stamp fff1 eee1", "downgrade ddd1"]),
    ("three bases", "aaa1 bbb1 ccc1 ddd1:aaa1 eee1:bbb1,ccc1",
     ["upgrade ccc1", "upgrade heads", "downgrade bbb1", "upgrade eee1", "stamp aaa1", "upgrade heads",
      "downgrade base", "stamp ddd1 eee1", "downgrade aaa1"]),
    ("steps within branches", "aaa1 bbb1:aaa1 [left] ccc1:bbb1 ddd1:ccc1 eee1:aaa1 [right] fff1:eee1 ggg1:fff1",
     ["upgrade left@+2", "upgrade right@+3", "upgrade left@head-1", "downgrade left@-1", "upgrade ccc1+1",
      "downgrade right@-2", "upgrade right@head", "downgrade ggg1-1", "upgrade heads", "downgrade left@base",
      "upgrade bbb1+9", "upgrade left@+9", "upgrade right@eee1"]),
    # In two folders, by turns.
    ("two places", "@aaa1 bbb1:aaa1 ccc1:bbb1 [left] ddd1:aaa1 [right] eee1:ddd1 {left} fff1:ccc1,eee1 xxx1",
     ["upgrade left@head", "upgrade eee1", "downgrade aaa1", "upgrade heads", "downgrade right@base", "upgrade fff1",
      "downgrade aaa1", "stamp xxx1", "upgrade heads", "downgrade base"]),
]


def parse(text):
    revs = []
    for word in text.lstrip("@").split():
        if word[0] == "[":
            revs[-1][2].extend(word[1:-1].split(","))
        elif word[0] == "{":
            revs[-1][3].extend(word[1:-1].split(","))
        else:
            ident, _, downs = word.partition(":")
            revs.append((ident, downs.split(",") if downs else [], [], []))
    return revs


def one_or_many(names):
    return None if not names else names[0] if len(names) == 1 else tuple(names)


def notes_and_rows(path):
    with contextlib.closing(sqlite3.connect(path)) as db:
        notes = [r[0] for r in db.execute("SELECT what FROM notes ORDER BY id")]
        try:
            rows = sorted(r[0] for r in db.execute("SELECT version_num FROM alembic_version"))
        except sqlite3.OperationalError:
            rows = []
        return notes, rows


class Side:
    def __init__(self, folder, places):
        self.folder = folder
        self.places = places
        self.db = os.path.join(folder, "app.db")
        for place in places:
            os.makedirs(os.path.join(folder, "m", place))
        with contextlib.closing(sqlite3.connect(self.db)) as db:
            db.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, what TEXT)")
            db.commit()

    def write(self, path, text):
        with open(os.path.join(self.folder, path), "w", encoding="utf-8") as out:
            out.write(text)

    def write_revision(self, number, name, text):
        self.write(os.path.join("m", self.places[number % len(self.places)], name), text)


class Theirs(Side):
    def __init__(self, folder, revs, places):
        super().__init__(folder, places)
        self.write("m/env.py", ENV)
        self.write("m/script.py.mako", "")
        for i, (ident, downs, labels, depends) in enumerate(revs):
            self.write_revision(i, ident + ".py",
                                PY.format(id=ident, downs=one_or_many(downs),
                                          labels=one_or_many(labels),
                                          depends=one_or_many(depends)))

    def run(self, name, *words):
        out = io.StringIO()
        config = Config(stdout=out)
        config.set_main_option("script_location", os.path.join(self.folder, "m"))
        config.set_main_option("sqlalchemy.url", "sqlite:///" + self.db)
        config.set_main_option("path_separator", "newline")
        config.set_main_option("version_locations", "\n".join(
            os.path.join(self.folder, "m", place) for place in self.places))
        try:
            if name == "stamp":
                command.stamp(config, list(words))
            else:
                getattr(command, name)(config, *words)
        except (CommandError, AssertionError):
            return False, ""
        return True, out.getvalue()


class Ours(Side):
    def __init__(self, folder, revs, places, program):
        super().__init__(folder, places)
        self.program = program
        self.write("autogen.ini", "[autogen]\nscript_location = %(here)s/m\nurl = sqlite:///app.db\n"
                   "version_locations = " + " ".join("%(here)s/m/" + p for p in places) + "\n")
        for i, (ident, downs, labels, depends) in enumerate(revs):
            self.write_revision(i, ident + ".sql",
                                SQL.format(id=ident, downs=", ".join(downs),
                                           labels=", ".join(labels), depends=", ".join(depends)))

    def run(self, name, *words):
        done = subprocess.run([self.program, name, *words], cwd=self.folder, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert done.returncode in (0, 5), (name, words, done.stderr)
        return done.returncode == 0, done.stdout


def sorted_lines(text):
    """Lines in an order of their own, names within a list too: Alembic's follow Python's hashes."""
    lines = []
    for line in text.splitlines():
        line = re.sub(r"^([\w, <>]+?)( \(.*?\))? -> ",
                      lambda m: ", ".join(sorted(m.group(1).split(", "))) + " -> ", line)
        line = re.sub(r"\(([\w, ]+)\)", lambda m: "(" + ", ".join(
            sorted(m.group(1).split(", "))) + ")", line)
        lines.append(line)
    return sorted(lines)


def without_labels(text):
    """`current` prints ids and heads; Alembic adds what else it marks."""
    lines = []
    for line in text.splitlines():
        marks = re.findall(r"\(((?:effective )?head)\)", line)
        lines.append(line.split()[0] + "".join(" (%s)" % m for m in marks))
    return sorted(lines)


def compare(where, question, ours, theirs):
    if ours != theirs:
        print("%s: %s\n  ours:    %s\n  alembic: %s" % (where, question, ours, theirs))
        sys.exit(1)


def run_history(name, text, commands, program):
    revs = parse(text)
    places = ["second", "first"] if text[0] == "@" else ["versions"]
    n = 0
    with tempfile.TemporaryDirectory() as folder:
        ours = Ours(os.path.join(folder, "ours"), revs, places, program)
        theirs = Theirs(os.path.join(folder, "theirs"), revs, places)
        where = "%s (%s)" % (name, text)
        for question in (["heads"], ["branches"], ["history"]):
            compare(where, question, sorted_lines(ours.run(*question)[1]),
                    sorted_lines(theirs.run(*question)[1]))
        for line in commands:
            words = line.split()
            ok_ours, _ = ours.run(*words)
            ok_theirs, _ = theirs.run(*words)
            compare(where, line + ": accepted", ok_ours, ok_theirs)
            compare(where, line + ": notes and rows", notes_and_rows(ours.db),
                    notes_and_rows(theirs.db))
            compare(where, line + ": current", without_labels(ours.run("current")[1]),
                    without_labels(theirs.run("current")[1]))
            n += 1
    return n


def random_history(rng):
    """Names in the order of the files, so that both sides see the same one."""
    revs, heads = [], []
    for i in range(rng.randint(2, 14)):
        ident = "r%02d%s" % (i, "".join(rng.choice("abcdef") for _ in range(6)))
        known, kind = [r[0] for r in revs], rng.random()
        if not known or kind < 0.1:
            downs = []
        elif kind < 0.3:
            downs = [rng.choice(known)]
        elif kind < 0.45 and len(heads) > 1:
            downs = rng.sample(heads, 2)
        else:
            downs = [rng.choice(heads)]
        depends = [rng.choice(known)] if known and rng.random() < 0.15 else []
        revs.append((ident, downs, [d for d in depends if d not in downs]))
        heads = [h for h in heads if h not in downs] + [ident]
    words = []
    for ident, downs, depends in revs:
        words.append(ident + (":" + ",".join(downs) if downs else ""))
        words += ["{%s}" % ",".join(depends)] if depends else []
    ids = [r[0] for r in revs]
    commands = []
    for _ in range(4):
        commands += ["upgrade " + rng.choice(ids + ["heads"]),
                     rng.choice(["upgrade heads", "downgrade base"])]
    return " ".join(words), commands


def main():
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    program = os.path.abspath(sys.argv[1])
    n_random = int(sys.argv[2]) if len(sys.argv) > 2 else 12
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    n = sum(run_history(name, text, commands, program) for name, text, commands in SHAPES)
    for i in range(n_random):
        text, commands = random_history(random.Random(seed * 1000003 + i))
        n += run_history("random %d" % i, text, commands, program)
    print("%d commands on %d histories: as Alembic %s" % (n, len(SHAPES) + n_random,
                                                          alembic.__version__))


main()
