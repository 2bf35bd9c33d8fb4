#!/usr/bin/env bats
# --json: every command prints exactly one document on standard output, of the form docs/commands.md
# gives.

load helpers

document() { # COMMAND…: its standard output, which must be one JSON document
    status=0
    autogen "$@" --json >out 2>err </dev/null || status=$?
    [ "$(jq -s length out)" = 1 ] || {
        echo "autogen $* --json prints:" && cat out err
        false
    }
}

holds() { # JQ…: all are true of the last document
    for condition in "$@"; do
        jq -e "$condition" out >/dev/null || {
            echo "not true: $condition" && cat out err
            false
        }
    done
}

project() {
    echo '{"tables": {"t": {"columns": {"id": {"type": "integer"}}, "primary_key": ["id"]}}}' >model.json
    autogen -q init --model model.json
}

readonly revision_keys='["id","revises","depends_on","branch_labels","next","message","create_date","path","is_head","is_current","is_branch_point","is_merge_point","is_effective_head"]'

@test "every command has one document for what it did" {
    project
    rm -rf autogen.ini migrations
    document init --model model.json
    holds '.messages[0] == "Creating directory migrations … done"' '.steps == []'
    document list_templates
    holds '.templates | map(has("name") and has("summary")) | all'
    document check
    [ "$status" -eq 3 ]
    holds '.changes[0] | .kind == "create_table" and .table == "t" and .summary == "create table t"' '.changes[0].line == 1'
    document diff
    holds '.sql | contains("CREATE TABLE")' '.changes | length == 1'
    document revision -m "one" --rev-id aaa1 --sql
    holds '.written == false' '.text | startswith("-- one\n")' '.revision == "aaa1"'
    document revision -m "one" --rev-id aaa1
    holds '.written' '.path | endswith("/migrations/versions/aaa1_one.sql")' '.changes | length == 1'
    document revision -m "same" --against history
    holds '.written == false' '.revision == null' '.changes == []'
    document upgrade head --dry-run
    holds '.plan == ["upgrade  -> aaa1, one"]'
    document upgrade head --sql
    holds '.sql | contains("CREATE TABLE t")'
    document upgrade head
    holds '.steps == [{"revision": "aaa1", "text": "Running upgrade  -> aaa1, one"}]' '.warnings == []'
    document upgrade head
    holds '.steps == []'
    document current
    holds '.edited == []' ".revisions | length == 1 and (.[0] | keys_unsorted == $revision_keys)" \
        '.revisions[0] | .id == "aaa1" and .is_head and .revises == [] and .message == "one"'
    autogen -q revision --empty -m two --rev-id bbb1 --branch-label net --depends-on aaa1
    autogen -q revision --empty -m three --rev-id ccc1 --head aaa1 --splice
    document history -i
    holds '.revisions | map(.id) == ["bbb1", "ccc1", "aaa1"] or map(.id) == ["ccc1", "bbb1", "aaa1"]' \
        '.revisions[] | select(.id == "aaa1") | .is_current and .is_branch_point and .next == ["bbb1", "ccc1"]'
    document heads
    holds '.revisions | map(.id) == ["bbb1", "ccc1"]' '.revisions[0].branch_labels == ["net"]'
    document branches
    holds '.revisions | map(.id) == ["aaa1"]'
    document show bbb1
    holds '.revisions[0] | .revises == ["aaa1"] and (.create_date | length > 0)'
    EDITOR=: document edit bbb1
    holds '.steps == []'
    document rebase ccc1 --onto bbb1
    holds '.messages == ["Rebased ccc1 onto bbb1"]'
    autogen -q rebase ccc1 --onto aaa1
    document merge heads --rev-id ddd1
    holds '.written' '.revision == "ddd1"'
    document stamp heads
    holds '.steps == [{"revision": "ddd1", "text": "Running stamp aaa1 -> ddd1"}]'
    document downgrade -1
    [ "$status" -eq 5 ]
    document downgrade bbb1
    holds '.steps[0].text == "Running downgrade ddd1 -> bbb1, ccc1, merge heads"'
    document ensure_version
    holds '.steps == []'
    document inspect
    holds '.tables.t.columns.id.type'
    document inspect -o exported.json
    holds '.warnings == []'
    jq -e .tables.t exported.json >/dev/null
    document verify
    holds '.changes == []' '.warnings == []'
    document lint aaa1
    holds '.findings | type == "array"'
}

@test "no command is left out above" {
    for command in $(autogen help | sed -n '/^Commands:/,/^$/s/^  \([a-z_]*\) .*/\1/p'); do
        [ "$command" = help ] || grep -qE "^ *(EDITOR=: )?document $command( |\$)" "$BATS_TEST_FILENAME"
    done
}

@test "a failure is a document too, and words for people on standard error" {
    project
    document show nothere
    [ "$status" -eq 5 ]
    holds '.errors == [{"code": 5, "message": "Can'"'"'t locate revision identified by '"'"'nothere'"'"'", "hint": null}]'
    grep -q "^error: Can't locate revision" err
    printf '{"tables": {"t": 1,\n "u": 2}}' >model.json
    document check
    [ "$status" -eq 6 ]
    holds '.errors | length >= 2' '.errors | map(.line) | unique == [1, 2]' '.errors[0].file | endswith("model.json")'
    autogen -q revision --empty -m bad --rev-id aaa1
    sed -i 's/^-- autogen:upgrade.*/&\nSELEC 1;/' migrations/versions/aaa1_bad.sql
    document upgrade head
    [ "$status" -eq 4 ]
    holds '.errors[0].code == 4' '.errors[0].line == 10'
    document current --check-heads
    [ "$status" -eq 5 ]
    holds '.revisions == []'
}
