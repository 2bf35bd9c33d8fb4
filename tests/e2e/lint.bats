#!/usr/bin/env bats
# lint: findings of revisions in every format, and its exit codes.

load helpers

revision() { # ID UPGRADE [DOWNGRADE]
    autogen -q revision --empty -m "make $1" --rev-id "$1"
    file=migrations/versions/$1_make_$1.sql
    printf -- '-- make %s\n--\n-- Revision ID: %s\n' "$1" "$1" >head
    grep '^-- Revises' "$file" >>head
    printf '\n-- autogen:upgrade\n%s\n\n-- autogen:downgrade\n%s\n' "$2" "${3:-SELECT 1;}" |
        cat head - >"$file"
}

@test "nothing to find is exit 0, something is 3" {
    autogen -q init
    revision aaa1 'CREATE TABLE t (a int);' 'DROP TABLE t;'
    run autogen lint
    [ "$status" -eq 0 ]
    [ "$output" = "No findings." ]
    revision bbb1 $'-- gone\nDROP TABLE u;'
    run autogen lint
    [ "$status" -eq 3 ]
    [ "$output" = "$PWD/migrations/versions/bbb1_make_bbb1.sql:8:1: warning: loses data: every row of u [loses_data]" ]
}

@test "by default those are looked at that are not applied" {
    autogen -q init
    revision aaa1 'CREATE TABLE t (a int); DROP TABLE IF EXISTS u;'
    run autogen lint
    [ "$status" -eq 3 ]
    autogen -q upgrade head
    run autogen lint
    [ "$status" -eq 0 ]
    run autogen lint aaa1
    [ "$status" -eq 3 ]
    run autogen lint :head
    [ "$status" -eq 3 ]
    run autogen lint current
    [ "$status" -eq 3 ]
    run autogen lint migrations/versions/aaa1_make_aaa1.sql
    [ "$status" -eq 3 ]
    [[ "$output" == "migrations/versions/aaa1_make_aaa1.sql:7:"* ]]
}

@test "rules of revisions: downgrade, message, identifier, two heads" {
    autogen -q init
    revision aaa1 'CREATE TABLE t (a int);' '-- nothing'
    autogen -q revision --rev-id bbb1
    sed -i "s/^-- Revision ID: bbb1/-- Revision ID: $(printf 'b%.0s' {1..40})/" migrations/versions/bbb1*
    run autogen lint
    [ "$status" -eq 3 ]
    [[ "$output" == *"[no_downgrade]"* ]]
    [[ "$output" == *"[no_message]"* ]]
    [[ "$output" == *"[long_id]"* ]]
    autogen -q revision -m other --rev-id ccc1 --head aaa1 --splice
    run autogen lint
    [[ "$output" == *"error: "*"autogen merge"*"[two_heads]"* ]]
}

@test "json, github and sarif" {
    autogen -q init
    revision aaa1 'DROP TABLE "a%b";'
    run autogen lint --format json
    [ "$status" -eq 3 ]
    [ "$(jq -r '.findings[0] | "\(.rule) \(.severity) \(.revision) \(.line) \(.column)"' <<<"$output")" = \
        "loses_data warning aaa1 7 1" ]
    [ "$(autogen lint --json)" = "$output" ]
    run autogen lint --format github
    [ "$output" = "::warning file=migrations/versions/aaa1_make_aaa1.sql,line=7,col=1,title=loses_data::loses data: every row of a%25b" ]
    run autogen lint --format sarif
    [ "$(jq -r .version <<<"$output")" = 2.1.0 ]
    [ "$(jq -r '.runs[0].results[0].locations[0].physicalLocation | "\(.artifactLocation.uri) \(.region.startLine)"' <<<"$output")" = \
        "migrations/versions/aaa1_make_aaa1.sql 7" ]
    [ "$(jq -r '.runs[0].tool.driver.rules[] | select(.id == "loses_data").defaultConfiguration.level' <<<"$output")" = warning ]
    run autogen lint --format xml
    [ "$status" -eq 2 ]
}

@test "a file that cannot be read right is exit 6, an unknown revision 5" {
    autogen -q init
    revision aaa1 '-- autogen:nonsense'
    run autogen lint
    [ "$status" -eq 6 ]
    run autogen lint nothere
    [ "$status" -eq 5 ]
}
