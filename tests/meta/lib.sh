# Sourced by the gates of this folder. A gate prints one line per violation and fails if there are
# any. AG_SOURCE_DIR is the tree to look at, AG_BUILD_DIR a build of it.
# shellcheck shell=bash
set -euo pipefail
export LC_ALL=C.UTF-8

cd "${AG_SOURCE_DIR:-$(dirname "${BASH_SOURCE[0]}")/../..}"
build=${AG_BUILD_DIR:-build/dev}
n_violations=0

violation() {
    printf '%s\n' "$*"
    n_violations=$((n_violations + 1))
}

# Reads lines of violations.
violations_from() {
    local line
    while IFS= read -r line; do
        violation "$line"
    done
}

finish() {
    if [ "$n_violations" -gt 0 ]; then
        printf '%s: %d to mend\n' "${0##*/}" "$n_violations"
        exit 1
    fi
    exit 0
}

# The test is listed as skipped: what it needs is not here.
skip() {
    printf 'skipped: %s\n' "$*"
    exit 77
}

# The files of the project, below the folders given (all of them without any).
project_files() {
    if git rev-parse --is-inside-work-tree >/dev/null 2>&1; then
        git ls-files --cached --others --exclude-standard -- "$@" | while IFS= read -r file; do
            [ ! -f "$file" ] || printf '%s\n' "$file"
        done
    else
        local folder folders=()
        for folder in "${@:-.}"; do
            [ ! -e "$folder" ] || folders+=("$folder")
        done
        [ ${#folders[@]} -gt 0 ] || return 0
        find "${folders[@]}" -type f -not -path './build/*' -not -path './.git/*' | sed 's|^\./||' | sort
    fi
}

c_files() {
    project_files "${@:-.}" | grep -E '\.[ch]$' || :
}
