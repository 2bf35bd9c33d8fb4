#!/usr/bin/env bats
# Options that several commands share, in the forms people write them: -x, -n, --tag, ranges, names of
# revisions.

load helpers

# base, a branch with the label net, another one, an independent base, a merge:
#   aaa1 -> bbb1 -> ccc1 ------> fff1
#        -> ddd1 (net) -> eee1 /        xxx1 (aux) -> yyy1 {ccc1}
graph() {
    autogen -q init
    revision aaa1 ""
    revision bbb1 aaa1
    revision ccc1 bbb1
    revision ddd1 aaa1 "Branch Labels: net"
    revision eee1 ddd1
    revision fff1 "ccc1, eee1"
    revision xxx1 "" "Branch Labels: aux"
    revision yyy1 xxx1 "Depends On: ccc1"
}

revision() { # ID PARENTS [FIELD]
    printf -- '-- make %s\n--\n-- Revision ID: %s\n-- Revises: %s\n-- %s\n\n-- autogen:upgrade\nCREATE TABLE %s (a int);\n-- autogen:downgrade\nDROP TABLE %s;\n' \
        "$1" "$1" "$2" "${3:-}" "$1" "$1" >"migrations/versions/$1.sql"
}

tables() { sqlite3 "${1:-app.db}" "SELECT group_concat(name, ' ') FROM (SELECT name FROM sqlite_schema WHERE length(name) = 4 ORDER BY 1)"; }

rows() { sqlite3 "${1:-app.db}" "SELECT group_concat(version_num, ' ') FROM (SELECT * FROM alembic_version ORDER BY 1)"; }

@test "-x reaches the configuration and the template, before or after the command" {
    graph
    sed -i 's|^url = .*|url = sqlite:///%(x_tenant)s.db|' autogen.ini
    autogen -x tenant=one -q upgrade aaa1
    autogen upgrade bbb1 -q -x tenant=two --x other=1
    [ "$(tables one.db)" = aaa1 ]
    [ "$(tables two.db)" = "aaa1 bbb1" ]
    run autogen upgrade head
    [ "$status" -ne 0 ]
    [[ "$output" == *"x_tenant"* ]]
    autogen heads # reads files only
    sed -i '1s/.*/-- ${message} for ${config.x.who}/' migrations/script.mako
    autogen -q revision --empty --head aaa1 --splice -m note --rev-id ggg1 -x who=ada
    [ "$(head -n 1 migrations/versions/ggg1_note.sql)" = "-- note for ada" ]
    run autogen revision --empty --head ggg1 -m note
    [ "$status" -eq 6 ]
    [[ "$output" == *"script.mako:1:"* ]]
}

@test "-n reads another section, whose url comes before the environment's" {
    graph
    printf '[second]\nscript_location = %%(here)s/migrations\nurl = sqlite:///second.db\n' >>autogen.ini
    export DATABASE_URL=sqlite:///environment.db
    autogen -q upgrade aaa1
    autogen -n second -q upgrade bbb1
    autogen -q current --name second
    [ "$(tables environment.db)" = aaa1 ]
    [ "$(tables second.db)" = "aaa1 bbb1" ]
    [ ! -e app.db ]
    autogen -n second --url sqlite:///given.db -q upgrade aaa1
    [ "$(tables given.db)" = aaa1 ]
    run autogen -n secund current
    [ "$status" -eq 2 ]
    [[ "$output" == *"secund"* ]]
}

@test "--tag heads each script that --sql prints" {
    graph
    for command in "upgrade aaa1 --sql" "downgrade bbb1:aaa1 --sql" "stamp aaa1 --sql"; do
        # shellcheck disable=SC2086
        [ "$(autogen $command --tag 'release 7' | head -n 1)" = "-- Tag: release 7" ]
    done
}

@test "an offline range runs in the shell and leaves what an upgrade would" {
    graph
    autogen upgrade base:ccc1 --sql | sqlite3 -bail app.db
    [ "$(tables)" = "aaa1 bbb1 ccc1" ]
    autogen upgrade ccc1:heads --sql | sqlite3 -bail app.db
    [ "$(tables)" = "aaa1 bbb1 ccc1 ddd1 eee1 fff1 xxx1 yyy1" ]
    [ "$(rows)" = "fff1 yyy1" ]
    autogen -q downgrade eee1
    [ "$(rows)" = "eee1 yyy1" ]
    autogen downgrade eee1:aaa1 --sql >down.sql
    run autogen current
    [ "$output" = $'ccc1\neee1\nyyy1 (head)' ]
    rm app.db
    autogen upgrade :eee1 --sql | sqlite3 -bail app.db
    [ "$(tables)" = "aaa1 ddd1 eee1" ]
    autogen downgrade eee1:base --sql | sqlite3 -bail app.db
    [ "$(tables)" = "" ]
    autogen upgrade aux@base:aux@head --sql | grep -c 'CREATE TABLE' >n
    [ "$(cat n)" -eq 6 ] # the version table, xxx1, yyy1, and what that depends on
}

@test "history takes a range in every form" {
    graph
    autogen -q upgrade ddd1
    while IFS='|' read -r range ids; do
        [ "$(autogen history --json -r "$range" | jq -r '.revisions | map(.id) | sort | join(" ")')" = "$ids" ] || {
            echo "history -r $range:" && autogen history -r "$range"
            false
        }
    done <<'CASES'
:|aaa1 bbb1 ccc1 ddd1 eee1 fff1 xxx1 yyy1
bbb1:|bbb1 ccc1 fff1 yyy1
bbb1:yyy1|bbb1 ccc1 yyy1
bbb1:+1|bbb1 ccc1
net:+2|ddd1 eee1 fff1
net@base:+2|aaa1 ddd1
aux@base:+1|xxx1
aux@base:|aaa1 bbb1 ccc1 xxx1 yyy1
-1:+1|aaa1 ddd1 eee1
bbb1:ccc1|bbb1 ccc1
bbb1:bbb1|bbb1
:bbb1|aaa1 bbb1
base:bbb1|aaa1 bbb1
net:|ddd1 eee1 fff1
net:net@head|ddd1 eee1 fff1
:aux@head|aaa1 bbb1 ccc1 xxx1 yyy1
aux:heads|xxx1 yyy1
current:|ddd1 eee1 fff1
current:fff1|ddd1 eee1 fff1
:current|aaa1 ddd1
-1:ccc1|bbb1 ccc1
-1:current|aaa1 ddd1
ccc1-1:ccc1|bbb1 ccc1
fff:|fff1
CASES
}

@test "stamp takes several, labels, and steps; --purge takes what is there away" {
    graph
    autogen -q stamp net ccc1
    [ "$(rows)" = "ccc1 ddd1" ]
    autogen -q stamp net@head
    [ "$(rows)" = fff1 ]
    autogen -q stamp base
    autogen -q stamp bbb1 net aux
    [ "$(rows)" = "bbb1 ddd1 xxx1" ]
    autogen -q stamp aux@head
    [ "$(rows)" = "ddd1 yyy1" ]
    autogen -q stamp aux@base
    [ "$(rows)" = ddd1 ]
    autogen -q stamp ddd1+1
    [ "$(rows)" = eee1 ]
    autogen -q stamp -- -1
    [ "$(rows)" = ddd1 ]
    sqlite3 app.db "INSERT INTO alembic_version VALUES ('gone'), ('away')"
    autogen -q stamp --purge heads
    [ "$(rows)" = "fff1 yyy1" ]
    [ "$(tables)" = "" ]
}

@test "current --check-heads counts what is applied, not rows" {
    autogen -q init
    revision aaa1 ""
    revision xxx1 "" "Depends On: aaa1"
    autogen -q upgrade heads
    [ "$(rows)" = xxx1 ]
    autogen current --check-heads >out
    [ "$(cat out)" = $'aaa1 (effective head)\nxxx1 (head)' ]
    [ "$(autogen heads)" = $'aaa1 (effective head)\nxxx1 (head)' ]
    [ "$(autogen heads --resolve-dependencies)" = 'xxx1 (head)' ]
    autogen -q downgrade xxx1@base
    run autogen current --check-heads
    [ "$status" -eq 5 ]
}
