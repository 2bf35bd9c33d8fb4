#!/usr/bin/env bats
# The history as several people see it: branches drawn and listed, two revisions that collide, files
# that were edited after they ran.

load helpers

fork() { # one base, two revisions on it; sets $left and $right to their files
    autogen -q init
    autogen -q revision -m base --rev-id aaa1
    autogen -q revision -m left --rev-id bbb1
    autogen -q revision -m right --rev-id ccc1 --head aaa1 --splice
    left=$PWD/migrations/versions/bbb1_left.sql
    right=$PWD/migrations/versions/ccc1_right.sql
}

with_model() {
    echo '{"tables": {}}' >model.json
    sed -i 's/^;* *model *=.*/model = model.json/; s/^# *model *=.*/model = model.json/' autogen.ini
    grep -q '^model = model.json' autogen.ini || sed -i '/^\[autogen\]/a model = model.json' autogen.ini
}

@test "history --graph draws branches as git does" {
    fork
    autogen -q merge bbb1 ccc1 --rev-id ddd1 -m both
    run autogen history --graph
    [ "$status" -eq 0 ]
    [ "$output" = '*   bbb1, ccc1 -> ddd1 (head) (mergepoint), both
|\
* | aaa1 -> bbb1, left
| * aaa1 -> ccc1, right
|/
* <base> -> aaa1 (branchpoint), base' ]
    run autogen history --graph -r bbb1:
    [ "${lines[0]}" = '* bbb1, ccc1 -> ddd1 (head) (mergepoint), both' ] ||
        [ "${lines[0]}" = '*   bbb1, ccc1 -> ddd1 (head) (mergepoint), both' ]
    run autogen history --graph -v
    [ "${lines[1]}" = '|\  Merges: bbb1, ccc1' ]
}

@test "branches lists each branch point with what branches off" {
    fork
    autogen -q revision -m deep --rev-id ddd1 --head ccc1 --branch-label net
    run autogen branches
    [ "$output" = 'aaa1 (branchpoint)
     -> bbb1 (head)
     -> ccc1 (net)' ]
    run autogen branches -v
    [[ "$output" == *"Branches into: bbb1, ccc1"* ]]
    [[ "$output" == *"     -> bbb1 (head), left"* ]]
    [ "$(autogen branches --json | jq -r '.revisions[0].next | join(" ")')" = "bbb1 ccc1" ]
}

@test "current shows ids and heads only" {
    fork
    autogen -q revision -m deep --rev-id ddd1 --head ccc1 --branch-label net
    autogen -q upgrade heads
    run autogen current
    [ "$output" = $'bbb1 (head)\nddd1 (head)' ]
    autogen -q downgrade ccc1
    run autogen current
    [ "$output" = $'bbb1 (head)\nccc1' ]
    run autogen current --check-heads
    [ "$status" -eq 5 ]
    [[ "$output" == *"Database is not on all head revisions"* ]]
}

@test "two heads name both files and the commands that mend them" {
    fork
    with_model
    for command in "upgrade head" "check" "check --against history" "revision -m next"; do
        # shellcheck disable=SC2086
        run autogen $command
        [ "$status" -eq 5 ]
        [[ "$output" == *"Multiple head"* ]]
        [[ "$output" == *"$left"* ]]
        [[ "$output" == *"$right"* ]]
        [[ "$output" == *"autogen merge bbb1 ccc1"* ]]
        [[ "$output" == *"autogen rebase ccc1 --onto bbb1"* ]]
    done
}

@test "the rebase that is printed puts one behind the other" {
    fork
    with_model
    command=$(autogen upgrade head 2>&1 | grep -o 'autogen rebase [^;]*')
    eval "$command"
    run autogen heads
    [ "$output" = "ccc1 (head)" ]
    [ "$(autogen history | head -1)" = "bbb1 -> ccc1 (head), right" ]
    autogen upgrade head
    autogen check
}

@test "the merge that is printed joins them" {
    fork
    with_model
    command=$(autogen check 2>&1 | grep -o 'autogen merge [a-z0-9]* [a-z0-9]*')
    eval "$command"
    [ "$(autogen heads | wc -l)" -eq 1 ]
    autogen upgrade head
    autogen check
}

@test "the side that has run here stays, the other one is to move" {
    fork
    autogen -q upgrade ccc1
    run autogen upgrade head
    [ "$status" -eq 5 ]
    [[ "$output" == *"autogen rebase bbb1 --onto ccc1"* ]]
    run autogen rebase ccc1 --onto bbb1
    [ "$status" -eq 5 ]
    [[ "$output" == *"revision ccc1 is applied to this database"* ]]
    grep -q '^-- Revises: aaa1' "$right"
    autogen rebase bbb1 --onto ccc1
    grep -q '^-- Revises: ccc1' "$left"
}

@test "branches with labels of their own and heads that all ran, are no collision" {
    fork
    with_model
    autogen upgrade heads
    autogen check
    autogen -q downgrade base
    sed -i 's/^-- Branch Labels:.*/-- Branch Labels: net/' "$right"
    run autogen check --against history
    [ "$status" -eq 0 ]
}

@test "an applied file that was edited is reported until it is accepted" {
    autogen -q init
    with_model
    autogen -q revision --empty -m one --rev-id aaa1
    autogen -q revision --empty -m two --rev-id bbb1
    autogen -q upgrade head
    echo "-- a word more" >>migrations/versions/aaa1_one.sql
    run autogen current
    [ "$status" -eq 0 ]
    [[ "$output" == *"warning: revision aaa1 was edited after it ran: $PWD/migrations/versions/aaa1_one.sql"* ]]
    [ "$(autogen current 2>/dev/null)" = "bbb1 (head)" ]
    [ "$(autogen current --json 2>/dev/null | jq -r '.edited[]')" = aaa1 ]
    for command in "check" "upgrade head" "upgrade head --dry-run"; do
        # shellcheck disable=SC2086
        run autogen $command
        [ "$status" -eq 5 ]
        [[ "$output" == *"1 applied revision was edited after it ran: aaa1 ($PWD/migrations/versions/aaa1_one.sql)"* ]]
        [[ "$output" == *"--allow-edited"* ]]
    done
    run autogen check --allow-edited
    [ "$status" -eq 0 ]
    autogen upgrade head --allow-edited
    autogen check
    [ -z "$(autogen current 2>&1 >/dev/null)" ]
}

@test "a directive that is unknown or misplaced is an error with its line" {
    autogen -q init
    autogen -q revision --empty -m one --rev-id aaa1
    file=migrations/versions/aaa1_one.sql
    cp "$file" good
    while IFS='|' read -r text message; do
        cp good "$file"
        printf '%b\n' "$text" >>"$file"
        line=$(wc -l <"$file")
        run autogen upgrade head
        [ "$status" -eq 6 ]
        [[ "$output" == *"aaa1_one.sql:$line:"*"$message"* ]]
    done <<'CASES'
-- autogen:nonsense|unknown directive
-- autogen:upgade|did you mean '-- autogen:upgrade'?
--autogen:part|a directive is not spelt right
-- autogen:end|no '-- autogen:rebuild' stands before it
-- autogen:transaction|no '-- autogen:autocommit' stands before it
-- autogen:autocommit\n-- autogen:autocommit|the autocommit block before it has no
CASES
}
