#!/usr/bin/env bash
# One SQLite schema through the main job: load it into A, export A as a model, build B from the model,
# and hold B against A: check is clean, a second revision writes nothing, the catalogs agree, and
# `downgrade base` leaves nothing behind.
#
#   AUTOGEN=… roundtrip_sqlite.sh SCHEMA.sql
#   Exit code 77 (skipped) when the file is absent.
set -u
schema=$1
autogen=${AUTOGEN:?path of the autogen binary}
[ -e "$schema" ] || { echo "skipped: $schema is absent"; exit 77; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "FAILED: $*" >&2; exit 1; }

# Everything the pragmas tell of a database, one fact a line. Version tables are not part of it.
catalog() {
    sqlite3 -batch "$1" <<'SQL'
.mode list
CREATE TEMP TABLE t AS SELECT name FROM pragma_table_list
  WHERE schema = 'main' AND type IN ('table', 'view') AND name NOT LIKE 'sqlite\_%' ESCAPE '\'
    AND name NOT IN ('alembic_version', 'autogen_history');
SELECT 'list', l.name, l.type, l.ncol, l.wr, l.strict FROM pragma_table_list l JOIN t USING (name)
  WHERE l.schema = 'main' ORDER BY l.name;
SELECT 'column', t.name, c.cid, c.name, c.type, c."notnull", c.dflt_value, c.pk, c.hidden
  FROM t, pragma_table_xinfo(t.name) c ORDER BY t.name, c.cid;
SELECT 'fk', t.name, f.* FROM t, pragma_foreign_key_list(t.name) f ORDER BY t.name, f.id, f.seq;
SELECT 'index', t.name, i.name, i."unique", i.origin, i.partial
  FROM t, pragma_index_list(t.name) i ORDER BY t.name, i.name;
SELECT 'key', i.name, k.* FROM t, pragma_index_list(t.name) i, pragma_index_xinfo(i.name) k
  ORDER BY i.name, k.seqno;
SELECT 'trigger', s.name, s.tbl_name FROM sqlite_schema s WHERE type = 'trigger' ORDER BY name;
SELECT 'autoincrement', name FROM sqlite_schema WHERE type = 'table'
  AND lower(sql) LIKE '%autoincrement%' ORDER BY name;
SQL
}

# The names and words of constraints, which no pragma shows: words of the stored text, sorted.
constraint_words() {
    sqlite3 -batch "$1" "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL
        AND name NOT IN ('alembic_version', 'autogen_history') ORDER BY tbl_name, name" | sed 's/--.*//' |
        tr -c '[:alnum:]_' '\n' | tr '[:upper:]' '[:lower:]' |
        grep -xE 'constraint|check|conflict|rollback|abort|fail|ignore|replace|deferrable|deferred|strict|autoincrement|where|desc|cascade|restrict' |
        sort | uniq -c
}

# A model with its objects by name; columns and constraints keep their order.
sorted() {
    jq 'def by_name: to_entries | sort_by(.key) | from_entries;
        map_values(if type == "object" then by_name else . end)
        | .tables |= map_values(if has("indexes") then .indexes |= by_name else . end)' "$1"
}

sqlite3 -batch "$work/a.db" < "$schema" || fail "the schema does not load"
cd "$work" || exit 1
"$autogen" -q --url "sqlite:///$work/a.db" inspect --format json -o model.json || fail "inspect"
"$autogen" -q --url "sqlite:///b.db" init --model model.json || fail "init"
"$autogen" -q revision -m "everything" || fail "revision"
"$autogen" -q upgrade head || fail "upgrade"
"$autogen" check > check.txt || { cat check.txt; fail "check is not clean"; }
before=$(ls migrations/versions | wc -l)
"$autogen" revision -m "again" 2> again.txt || fail "second revision"
[ "$(ls migrations/versions | wc -l)" -eq "$before" ] || fail "a second revision was written"
grep -q 'No changes detected.' again.txt || fail "no message: $(cat again.txt)"
catalog a.db > a.txt
catalog b.db > b.txt
diff a.txt b.txt > catalog.diff || { head -50 catalog.diff; fail "the catalogs differ"; }
constraint_words a.db > a.words
constraint_words b.db > b.words
diff a.words b.words || fail "constraint details differ"
"$autogen" -q --url "sqlite:///$work/b.db" inspect --format json -o b.json || fail "inspect of B"
diff <(sorted model.json) <(sorted b.json) || fail "the exports of A and B differ"
"$autogen" -q downgrade base || fail "downgrade"
left=$(sqlite3 b.db "SELECT group_concat(name) FROM sqlite_schema WHERE name NOT IN
    ('alembic_version', 'autogen_history') AND name NOT LIKE 'sqlite\_%' ESCAPE '\'")
[ -z "$left" ] || fail "left behind: $left"
echo "ok: $(wc -l < a.txt) facts agree"
