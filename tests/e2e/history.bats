#!/usr/bin/env bats
# What a stranger tries on histories of odd shapes: ends reached by dependencies, dry runs of files
# that cannot run, rows that no file has, options given twice, folders in version locations.

load helpers

versions=migrations/versions

revision() { # ID PARENTS [FIELD]
    printf -- '-- make %s\n--\n-- Revision ID: %s\n-- Revises: %s\n-- %s\n\n-- autogen:upgrade\nCREATE TABLE %s (a int);\n-- autogen:downgrade\nDROP TABLE %s;\n' \
        "$1" "$1" "$2" "${3:-}" "$1" "$1" >"$versions/$1.sql"
}

ids() { # RANGE: what history lists, sorted
    autogen history --json -r "$1" | jq -r '.revisions | map(.id) | sort | join(" ")'
}

@test "a range of a branch whose head others depend on lists that branch" {
    autogen -q init
    revision aaa1 "" "Branch Labels: app"
    revision aaa2 aaa1
    revision bbb1 "" "Depends On: aaa2"
    revision bbb2 bbb1
    [ "$(ids app@base:)" = "aaa1 aaa2" ]
    [ "$(ids app@base:heads)" = "aaa1 aaa2" ]
    [ "$(ids aaa1:bbb2)" = "aaa1 aaa2 bbb1 bbb2" ]
    [ "$(ids aaa2:)" = "aaa2 bbb1 bbb2" ]
    autogen upgrade app@base:heads --sql | grep -c '^CREATE TABLE aaa' >n
    [ "$(cat n)" -eq 2 ]
    fails 5 "Requested range app@base:bbb2 does not refer to" history -r app@base:bbb2
}

@test "an upper end of +N counts from the lower end, and asks no database" {
    autogen -q init
    sed -i '/^url/d' autogen.ini
    revision aaa1 ""
    revision bbb1 aaa1
    revision ccc1 bbb1
    [ "$(ids aaa1:+1)" = "aaa1 bbb1" ]
    [ "$(ids :+2)" = "aaa1 bbb1" ]
    [ "$(ids base:+1)" = "aaa1" ]
    [ "$(ids -1:head)" = "bbb1 ccc1" ]
    fails 5 "Relative revision +5 didn't produce 5 migrations" history -r aaa1:+5
    fails 2 "no database is named" history -r -1:+1
}

@test "check tells a database that is behind its files, before anything is compared" {
    echo '{"tables": {}}' >model.json
    autogen -q init --model model.json
    revision aaa1 ""
    fails 5 "Target database is not up to date." check
    grep -qF "apply what is there first: autogen upgrade heads" err
    autogen -q upgrade head
    run autogen check
    [ "$status" -eq 3 ]
    [[ "$output" == "New upgrade operations detected:"* ]]
}

@test "a dry run refuses what the run would refuse" {
    autogen -q init
    revision aaa1 ""
    revision bbb1 aaa1
    autogen upgrade head --dry-run >out
    [ "$(cat out)" = $'upgrade  -> aaa1, make aaa1\nupgrade aaa1 -> bbb1, make bbb1' ]
    [ ! -e app.db ]
    cp $versions/bbb1.sql good
    while IFS='|' read -r change text; do
        sed "$change" good >$versions/bbb1.sql
        fails 6 "$text" upgrade head
        fails 6 "$text" upgrade head --dry-run
        [ ! -s out ]
        [ ! -e app.db ]
    done <<'CASES'
s/^CREATE.*/-- autogen:nonsense/|unknown directive
s/^CREATE.*/CREATE TABLE 'x/|bbb1.sql:8:14
/^-- autogen/d|bbb1.sql:7:1
s/^-- autogen:upgrade/& postgresql/|revision bbb1 has no upgrade section for sqlite
CASES
    cp good $versions/bbb1.sql
    autogen -q upgrade head
    sed -i 's/^DROP.*/-- autogen:nonsense/' $versions/bbb1.sql
    fails 6 "unknown directive" downgrade -1 --dry-run
    echo "-- edited" >>$versions/aaa1.sql
    revision ccc1 bbb1
    cp good $versions/bbb1.sql
    fails 5 "1 applied revision was edited after it ran: aaa1" upgrade head --dry-run
    autogen upgrade head --dry-run --allow-edited | grep -qx "upgrade bbb1 -> ccc1, make ccc1"
    fails 5 "1 applied revision was edited after it ran: aaa1" upgrade head
}

@test "a dry run tells of an interrupted revision" {
    autogen -q init
    revision aaa1 ""
    sed -i 's/^CREATE.*/&\n-- autogen:part\nSELECT 1 FROM nothing;/' $versions/aaa1.sql
    revision bbb1 ""
    fails 4 "nothing" upgrade aaa1
    fails 5 "the upgrade of revision aaa1 was interrupted and must be finished first" upgrade bbb1
    fails 5 "the upgrade of revision aaa1 was interrupted and must be finished first" upgrade bbb1 --dry-run
    autogen upgrade aaa1 --dry-run
    sed -i 's/(a int)/(b int)/' $versions/aaa1.sql
    fails 5 "part 1 of revision aaa1 has run already and was changed since" upgrade aaa1 --dry-run
    fails 5 "part 1 of revision aaa1 has run already and was changed since" upgrade aaa1
}

@test "what cannot run makes no database" {
    autogen -q init
    revision aaa1 zzz9
    fails 5 "Revision zzz9 referenced from aaa1 is not present" upgrade head
    revision aaa1 ""
    fails 5 "Can't locate revision identified by 'nothere'" upgrade nothere
    fails 5 "Can't locate revision identified by 'nothere'" stamp nothere
    fails 5 "Can't locate revision identified by 'nothere'" downgrade nothere
    autogen downgrade base
    autogen downgrade base --dry-run
    fails 5 "didn't produce 1 migrations" downgrade -1
    [ ! -e app.db ]
    mkdir folder
    fails 4 "folder" current --url "sqlite:///folder"
    fails 4 "folder" upgrade --url "sqlite:///folder"
}

@test "JSON says null where the database was not asked" {
    autogen -q init
    revision aaa1 ""
    autogen -q upgrade head
    for command in history heads "show aaa1"; do
        # shellcheck disable=SC2086
        autogen $command --json | jq -e '.edited == null and .revisions[0].is_current == null'
    done
    autogen history --json -r current: | jq -e '.revisions[0].is_current == null'
    autogen history --json -i | jq -e '.revisions[0].is_current == true'
    autogen show --json current | jq -e '.revisions[0].is_current == true'
    autogen current --json | jq -e '.edited == [] and .revisions[0].is_current == true'
}

@test "a usage error with --json is a document, and an editor's words are no part of one" {
    autogen -q init
    revision aaa1 ""
    while IFS='|' read -r command text; do
        # shellcheck disable=SC2086
        fails 2 "$text" $command
        jq -e --arg text "$text" '.errors | length == 1 and .[0].code == 2 and (.[0].message | contains($text))' out
    done <<'CASES'
--json upgrad|did you mean 'upgrade'?
upgrade --dry-rum --json|did you mean --dry-run?
downgrade --json|'downgrade' needs REV
--json|no command given
--json stamp --purge --sql head|--purge needs a database
--json upgrade --sql --dry-run|take --sql or --dry-run, not both
--json --color blue heads|--color is auto, always or never
CASES
    fails 2 "no command given" -q
    [ ! -s out ]
    EDITOR='echo noise; :' autogen --json edit aaa1 >out 2>err
    jq -e '.steps == []' out
    grep -q noise err
    EDITOR=false fails 1 "Error executing editor (false)" --json edit aaa1
    jq -e '.errors[0].code == 1' out
}

@test "what a command is to do is said once; options of every command may come again" {
    autogen -q init
    revision aaa1 ""
    fails 2 "--rev-id is given twice, as 'bbb1' and as 'bbb2'" revision --empty --rev-id bbb1 --rev-id bbb2
    fails 2 "--head is given twice, as 'aaa1' and as 'base'" revision --empty --head aaa1 --head base
    fails 2 "--rev-range is given twice" history -r aaa1: -r :aaa1
    autogen -q revision --empty --rev-id bbb1 --rev-id bbb1 --depends-on aaa1
    autogen -q --url sqlite:///one.db upgrade head --url sqlite:///two.db
    [ ! -e one.db ]
    [ -e two.db ]
    fails 2 "--tag heads the script that --sql prints: it goes with --sql" upgrade head --tag x
    fails 2 "--tag heads the script that --sql prints: it goes with --sql" stamp head --tag x
}

@test "a stamp that would take back what it sets is refused" {
    autogen -q init
    revision aaa1 "" "Branch Labels: net"
    revision bbb1 aaa1
    revision xxx1 ""
    fails 5 "Requested revision base overlaps with other requested revisions bbb1" stamp heads base
    fails 5 "Requested revision aaa1@base overlaps with other requested revisions bbb1" stamp bbb1 net@base
    fails 5 "Requested revision aaa1 overlaps with other requested revisions bbb1" stamp bbb1 aaa1
    [ ! -e app.db ]
    autogen -q stamp heads
    autogen -q stamp xxx1 net@base
    [ "$(autogen current)" = "xxx1 (head)" ]
}

@test "revisions are named alike in every command" {
    autogen -q init
    revision aaa1 ""
    revision bbb1 aaa1
    autogen -q upgrade aaa1
    autogen -q revision --empty --rev-id ccc1 --head current --splice --depends-on +1
    grep -qx -- '-- Revises: aaa1' $versions/ccc1_*.sql
    grep -qx -- '-- Depends On: bbb1' $versions/ccc1_*.sql
    fails 2 "'base' is no revision that one could depend on" revision --empty --head bbb1 --depends-on base
    fails 5 "Revision aaa1 is not a head revision; please specify --splice" revision --empty --head current
    fails 5 "Relative revision -1 didn't produce 1 migrations" show --url sqlite:///other.db -- -1
    EDITOR=: fails 5 "'current' is no revision here: there is no file to edit" edit current --url sqlite:///other.db
}

@test "a rebase onto base makes a base; a dependency that becomes the parent goes" {
    autogen -q init
    revision aaa1 ""
    revision bbb1 ""
    revision ccc1 bbb1 "Depends On: aaa1, bbb1"
    autogen rebase ccc1 --onto aaa1 2>&1 | grep -qx "Rebased ccc1 onto aaa1"
    grep -qx -- '-- Revises: aaa1' $versions/ccc1.sql
    grep -qx -- '-- Depends On: bbb1' $versions/ccc1.sql
    autogen rebase ccc1 --onto base 2>&1 | grep -qx "Rebased ccc1 onto base"
    grep -qx -- '-- Revises:' $versions/ccc1.sql
    [ "$(autogen history -r ccc1:ccc1)" = "<base> (bbb1) -> ccc1 (head), make ccc1" ]
    fails 2 "'base' is no revision that one could rebase" rebase base --onto aaa1
}

@test "history -i lists though the database is at a revision that no file has" {
    autogen -q init
    revision aaa1 ""
    autogen -q upgrade head
    sqlite3 app.db "INSERT INTO alembic_version VALUES ('gone')"
    autogen history -i >out 2>err
    [ "$(cat out)" = "<base> -> aaa1 (head) (current), make aaa1" ]
    grep -qx "warning: the database is at revision gone, which no file of this history has" err
    fails 5 "Can't locate revision identified by 'gone'" history -r current:
}

@test "a list of a header that was folded is an error, not a base" {
    autogen -q init
    revision aaa1 ""
    while IFS='|' read -r lines text; do
        printf -- "-- folded\n-- Revision ID: bbb1\n$lines\n" >$versions/bbb1.sql
        fails 6 "$text" heads
    done <<'CASES'
-- Revises:\n--   aaa1|bbb1.sql:4:6: error: 'Revises' stands on one line; this one would not be read
-- Revises: aaa1,\n-- aaa2|bbb1.sql:4:4: error: 'Revises' stands on one line
-- Depends On:\n--\taaa1|bbb1.sql:4:4: error: 'Depends On' stands on one line
CASES
    printf -- '-- free\n-- Revision ID: bbb1\n-- Revises: aaa1\n-- Branch Labels:\n-- a word\n--  more words\n' >$versions/bbb1.sql
    [ "$(autogen heads)" = "bbb1 (head)" ]
}

@test "--version-path takes a folder of a location that is read with its folders" {
    autogen -q init
    fails 2 "is not represented in current version locations" revision --empty --version-path $versions/team
    sed -i '/^\[autogen\]/a recursive_version_locations = true' autogen.ini
    autogen -q revision --empty --rev-id aaa1 -m one --version-path $versions/team/deep
    [ -e $versions/team/deep/aaa1_one.sql ]
    autogen -q revision --empty --rev-id bbb1 -m two
    [ "$(autogen heads)" = "bbb1 (head)" ]
    fails 2 "is not represented in current version locations" revision --empty --version-path migrations
    fails 2 "is not represented in current version locations" revision --empty --version-path ${versions}x
}

@test "a folder that is none, or that cannot be written, is named" {
    autogen -q init
    rmdir $versions
    touch $versions
    fails 6 "the version location $PWD/$versions is not a folder" heads
    rm $versions
    ln -s /proc/self $versions
    fails 1 "cannot write $PWD/$versions/" revision --empty -m one
    sed -i "s|^script_location.*|&\nversion_locations = autogen.ini/versions|" autogen.ini
    fails 1 "autogen.ini: Not a directory" revision --empty -m one
}

@test "verify --from goes back to what the start had, other branches too" {
    autogen -q init
    revision aaa1 ""
    revision bbb1 aaa1
    revision ccc1 aaa1 "Branch Labels: net"
    revision ddd1 "bbb1, ccc1"
    revision xxx1 "" "Depends On: bbb1"
    sed -i 's/^DROP.*//' $versions/aaa1.sql # cannot be taken back
    run autogen verify
    [ "$status" -eq 3 ]
    for start in aaa1 bbb1 net ddd1 xxx1 heads ddd1@head; do
        [ "$(autogen -q verify --from $start)" = "The history is proven." ]
    done
    sed -i 's/^DROP.*//' $versions/ccc1.sql
    run autogen -q verify --from bbb1
    [ "$status" -eq 3 ]
    fails 5 "Can't locate revision identified by 'nothere'" verify --from nothere
}

@test "two that collide are found among many heads, and many heads are joined by one word" {
    echo '{"tables": {}}' >model.json
    autogen -q init --model model.json
    revision aaa1 ""
    for i in $(seq 10 59); do
        revision "net$i" "" "Branch Labels: b$i"
    done
    revision xxx1 aaa1
    revision yyy1 aaa1
    fails 5 "xxx1 and yyy1 both follow aaa1" check
    grep -qF "to join them: autogen merge xxx1 yyy1; or to put one behind the other: autogen rebase yyy1 --onto xxx1" err
    autogen -q upgrade xxx1
    fails 5 "xxx1 and yyy1 both follow aaa1" check
    autogen -q upgrade heads
    run autogen check
    [ "$status" -eq 3 ]
    rm $versions/net*
    for i in $(seq 100 399); do
        revision "h$i" aaa1
    done
    fails 5 "and 297 more; to join them: autogen merge heads" upgrade --url sqlite:///other.db
    revision zzz1 "" "Depends On: h100"
    fails 5 "and 298 more; to join them: autogen merge ID…" show head
    fails 5 "and 297 more; to join them: autogen merge aaa1@heads" show aaa1@head
    autogen -q merge aaa1@heads
    rm $versions/zzz1.sql
    [ "$(autogen heads | wc -l)" -eq 1 ]
}

@test "--json and a format that is none are not taken together" {
    autogen -q init
    fails 2 "take --json or --format sql, not both" --json inspect --format sql
    fails 2 "take --json or --format text, not both" --json lint --format text
    autogen --json lint --format sarif | jq -e '.runs | length == 1'
    fails 1 "cannot write nowhere/x: No such file or directory" --json inspect -o nowhere/x
    jq -e '.errors[0].code == 1' out
}
