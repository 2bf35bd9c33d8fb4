#!/usr/bin/env bats
# What the README and the demo show is what happens.

load helpers

@test "the session of the README can be pasted" {
    awk '/^```sh$/ && !n++ {on = 1; next} /^```$/ {on = 0} on' \
        "$BATS_TEST_DIRNAME/../../README.md" >session.sh
    grep -q 'autogen revision' session.sh
    run bash -euo pipefail session.sh
    echo "$output"
    [ "$status" -eq 0 ]
    [[ $output == *"CREATE TABLE users"* ]]
    [[ $output == *"No new upgrade operations detected."* ]]
    [[ $output == *"Running downgrade"* ]]
}

@test "the demo runs to its end" {
    run "$BATS_TEST_DIRNAME/../../scripts/demo"
    echo "$output"
    [ "$status" -eq 0 ]
    [[ $output == *"RENAME"* ]]
    [[ $output == *"Running downgrade"* ]]
    [[ $output == *"That was it."* ]]
}
