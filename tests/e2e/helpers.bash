# Loaded by the scripts of this folder: each test works in a fresh folder, with the command in PATH
# and none of the caller's settings.
# shellcheck shell=bash

setup() {
    if [ -z "${AUTOGEN:-}" ]; then
        AUTOGEN=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)/build/dev/src/autogen
    fi
    export AUTOGEN
    PATH=$(dirname "$AUTOGEN"):$PATH
    unset DATABASE_URL NO_COLOR
    export LC_ALL=C.UTF-8
    mkdir -p "$BATS_TEST_TMPDIR/project"
    cd "$BATS_TEST_TMPDIR/project" || return 1
}
