#!/usr/bin/env bats
# Each exit code and each line that scripts look for: CODE|STREAM|COMMAND|TEXT, run in order in one
# project; STREAM is where the text must stand.

load helpers

@test "messages and exit codes are those of the manual" {
    cat >model.json <<'JSON'
{"tables": {"t": {"columns": {"id": {"type": "integer"}}, "primary_key": ["id"]}}}
JSON
    echo '{"tables": 7}' >bad.json
    while IFS='|' read -r code stream command text; do
        status=0
        bash -c "autogen $command" >out 2>err </dev/null || status=$?
        if [ "$status" -ne "$code" ] || ! grep -qF -e "$text" "$stream"; then
            echo "autogen $command: exit $status, expected $code with '$text' on $stream"
            cat out err
            false
        fi
    done <<'CASES'
0|err|init --model model.json|Generating autogen.ini … done
1|err|init|already exists and is not empty
2|err|upgrad|did you mean 'upgrade'?
2|err|upgrade --dry-rum|did you mean --dry-run?
2|err|downgrade|'downgrade' needs REV
2|err|history -r aaa1|History range requires [start]:[end], [start]:, or :[end]
2|err|upgrade a:b|Range revision not allowed
2|err|stamp --purge --sql head|--purge needs a database
3|out|check|New upgrade operations detected:
0|err|revision -m one --rev-id aaa1|Generating
5|err|check|Target database is not up to date.
3|out|diff --exit-code|create table t
5|err|revision -m early|Target database is not up to date.
5|err|revision -m early|apply what is there first: autogen upgrade heads
0|err|upgrade head|Running upgrade  -> aaa1, one
0|out|check|No new upgrade operations detected.
0|err|revision -m none|No changes detected. (A revision to be written by hand: --empty)
0|out|current|aaa1 (head)
0|out|verify|The history is proven.
0|out|history|<base> -> aaa1 (head), one
0|err|downgrade base|Running downgrade aaa1 -> , one
0|err|stamp head|Running stamp  -> aaa1
5|err|show nothere|Can't locate revision identified by 'nothere'
0|err|revision --empty -m two --rev-id bbb1|done
0|err|revision --empty -m three --rev-id ccc1 --head aaa1 --splice|done
5|err|upgrade head|Multiple head revisions are present for given argument 'head';
5|err|current --check-heads|Database is not on all head revisions
0|out|heads|bbb1 (head)
6|err|diff bad.json model.json|bad.json:1:
4|err|--url postgresql://nobody@127.0.0.1:1/nothing current|error:
CASES
}

@test "what only reads files needs no database" {
    autogen -q init
    for id in aaa1 bbb1 ccc1; do
        autogen -q revision --empty -m "make $id" --rev-id $id
    done
    autogen -q revision --empty -m side --rev-id ddd1 --head aaa1 --splice --branch-label concurrently
    sed -i '/^url/d' autogen.ini
    while IFS='|' read -r command first; do
        # shellcheck disable=SC2086
        autogen $command >out
        [ "$(head -n 1 out)" = "$first" ] || {
            echo "autogen $command:" && cat out
            false
        }
    done <<'CASES'
heads|ccc1 (head)
branches|aaa1 (branchpoint)
history|bbb1 -> ccc1 (head), make ccc1
history -r bbb1:ccc1|bbb1 -> ccc1 (head), make ccc1
history -r -1:ccc1|bbb1 -> ccc1 (head), make ccc1
history -r :concurrently|aaa1 -> ddd1 (concurrently) (head), side
history --graph -v|* Rev: ccc1 (head)
show concurrently|Rev: ddd1 (head)
show ccc1-1|Rev: bbb1
show ccc1@head|Rev: ccc1 (head)
CASES
    autogen -q merge heads --rev-id eee1
    autogen -q revision --empty -m six --rev-id fff1 --head head
    autogen -q rebase fff1 --onto ccc1
    run autogen show current
    [ "$status" -eq 2 ]
    [[ "$output" == *"no database is named"* ]]
    [ ! -e app.db ]
}

@test "an interrupted command ends with 130" {
    autogen -q init
    autogen -q revision --empty -m slow --rev-id aaa1
    sed -i 's/^-- autogen:upgrade.*/&\nWITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n;/' \
        migrations/versions/aaa1_slow.sql
    run timeout --preserve-status -s INT 2 "$AUTOGEN" upgrade head
    [ "$status" -eq 130 ]
    [ "$(autogen current)" = "" ]
}

@test "progress shows on a terminal and nowhere else" {
    command -v script >/dev/null || skip "no script(1)"
    autogen -q init
    autogen -q revision --empty -m one --rev-id aaa1
    sed -i 's/^-- autogen:upgrade.*/&\nCREATE TABLE t (a int);/' migrations/versions/aaa1_one.sql
    autogen upgrade head 2>plain
    run grep -c $'\r' plain
    [ "$output" = 0 ]
    autogen -q downgrade base || autogen -q stamp base
    sqlite3 app.db "DROP TABLE IF EXISTS t"
    TERM=xterm script -qec "'$AUTOGEN' upgrade head" typescript >/dev/null
    grep -q 'CREATE TABLE t (a int) 1/1' typescript
}
