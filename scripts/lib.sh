# Sourced by the scripts of this folder: where the project is, and what they say.
# shellcheck shell=bash
set -euo pipefail

AG_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export AG_ROOT

say() { printf '==> %s\n' "$*"; }
die() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

# How many compilers or tests run side by side.
jobs_count() { nproc 2>/dev/null || echo 2; }

# configure_and_build PRESET [TARGET…]: builds build/PRESET; what is built already is kept.
configure_and_build() {
    local preset=$1
    shift
    if [ ! -f "$AG_ROOT/build/$preset/build.ninja" ]; then
        (cd "$AG_ROOT" && cmake --preset "$preset" >"/tmp/ag-configure.$$" 2>&1) || {
            cat "/tmp/ag-configure.$$" >&2
            rm -f "/tmp/ag-configure.$$"
            die "configuring build/$preset failed"
        }
        rm -f "/tmp/ag-configure.$$"
    fi
    NINJA_STATUS="[$preset %f/%t] " ninja -C "$AG_ROOT/build/$preset" -j "$(jobs_count)" "$@"
}

# Runs a command as root: as it is, or through sudo.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        die "this needs root or sudo: $*"
    fi
}
