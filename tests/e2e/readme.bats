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

@test "help, manual and completions name every command and option" {
    autogen help --man >man.1
    autogen help --completion bash >autogen.bash
    bash -n autogen.bash
    autogen help --completion fish >autogen.fish
    for command in $(autogen help | sed -n '/^Commands:/,/^$/p' | awk 'NR > 1 && NF {print $1}'); do
        autogen help "$command" >help.txt
        autogen "$command" --help >again.txt
        diff help.txt again.txt
        grep -q "^\.Ss $command" man.1
        grep -qw "$command" autogen.bash
        grep -qw "$command" autogen.fish
        for option in $(sed -n '/^Options:/,/^$/p' help.txt | grep -oE -- '--[a-z-]+' | sort -u); do
            grep -qF -- "\\-${option#--}" man.1
            grep -qF -- "$option" autogen.bash
        done
    done
}
