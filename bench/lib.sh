# Sourced by the benchmarks: measures programs against each other and prints ratios.
# shellcheck shell=bash
set -euo pipefail
export LC_ALL=C.UTF-8
unset DATABASE_URL

bench=${BASH_SOURCE[1]##*/bench_}
bench=${bench%.*}
AUTOGEN=${AUTOGEN:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/build/release/src/autogen}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
is_over=0

autogen() { "$AUTOGEN" "$@"; }

# Microseconds that a command takes, what it prints thrown away. A failing command ends the run.
micros() {
    local from=$EPOCHREALTIME
    "$@" >/dev/null 2>"$folder/stderr" || {
        cat "$folder/stderr" >&2
        echo "failed: $*" >&2
        exit 1
    }
    local to=$EPOCHREALTIME
    echo $((${to/./} - ${from/./}))
}

median() { sort -n | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'; }

# compare NAME LIMIT TIMES REFERENCE: runs the functions `measured` and `reference` in turn, TIMES
# times each, and prints the ratio of their medians.
compare() {
    local name=$1 limit=$2 times=$3 reference=$4 i
    : >"$folder/a"
    : >"$folder/b"
    for ((i = 0; i < times; i++)); do
        micros reference >>"$folder/b"
        micros measured >>"$folder/a"
    done
    ratio "$name" "$limit" "$(median <"$folder/a")" "$(median <"$folder/b")" "$reference"
}

# ratio NAME LIMIT MICROSECONDS MICROSECONDS REFERENCE
ratio() {
    awk -v name="$bench $1" -v limit="$2" -v a="$3" -v b="$4" -v reference="$5" 'BEGIN {
        r = a / (b > 0 ? b : 1)
        printf "%s: %.2f x %s (limit %s; %.1f ms against %.1f ms)%s\n", name, r, reference, limit,
               a / 1000, b / 1000, (r > limit ? " TOO SLOW" : "")
        exit (r > limit)
    }' || is_over=1
}

# Peak memory of a command in KiB.
peak() {
    python3 -c 'import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)' "$@"
}

# memory NAME LIMIT KIB KIB REFERENCE
memory() {
    awk -v name="$bench $1" -v limit="$2" -v a="$3" -v b="$4" -v reference="$5" 'BEGIN {
        printf "%s: %.2f x %s (limit %s; %.1f MiB against %.1f MiB)%s\n", name, a / b, reference, limit,
               a / 1024, b / 1024, (a > limit * b ? " TOO MUCH" : "")
        exit (a > limit * b)
    }' || is_over=1
}

finish() { exit "$is_over"; }
