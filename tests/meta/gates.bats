#!/usr/bin/env bats
# Each gate passes on a small good tree and fails on each kind of violation put into it.

setup() {
    gates=${AG_SOURCE_DIR:-$(cd "$BATS_TEST_DIRNAME/../.." && pwd)}/tests/meta
    tree=$BATS_TEST_TMPDIR/tree
    mkdir -p "$tree"/{src/base,src/op,src/cli,src/dialect,src/diff,include/autogen,tests/meta,tests/unit}
    cp "$gates/compilers.sh" "$tree/tests/meta/"
    printf '| `%s/` | a room |\n' base op cli dialect diff >"$tree/src/README.md"
    printf '#include <stddef.h>\nint ag_one(void);\n' >"$tree/src/base/one.h"
    printf '#include "base/one.h"\n\nint ag_one(void) {\n    return 1;\n}\n' >"$tree/src/base/one.c"
    printf '#define AG_API __attribute__((visibility("default")))\n' >"$tree/include/autogen/export.h"
    printf '#include <autogen/export.h>\n\nAG_API int ag_two(void);\n' >"$tree/include/autogen/two.h"
    export AG_SOURCE_DIR=$tree AG_BUILD_DIR=$tree/build
}

# gate NAME: runs it on the tree.
gate() {
    run "$gates/$1"
}

refuses() {
    echo "$output"
    [ "$status" -eq 1 ]
    [[ $output == *"$1"* ]]
}

make_library() {
    mkdir -p "$tree/build/src"
    printf '%s\n' "$@" >"$tree/library.c"
    gcc -shared -fPIC -o "$tree/build/src/libautogen.so" "$tree/library.c"
    rm "$tree/library.c"
}

@test "a good tree passes every gate that needs no library" {
    for name in sizes includes headers dialects map text messages; do
        gate $name
        echo "$name: $output"
        [ "$status" -eq 0 ] || [ "$status" -eq 77 ]
    done
}

@test "sizes: a file of 701 lines" {
    for _ in {1..701}; do echo '/* */'; done >"$tree/src/base/long.c"
    gate sizes
    refuses "src/base/long.c: 701 lines"
}

@test "sizes: a function of 101 lines, unless excepted with a reason" {
    { echo 'int f(int x) {'; for _ in {1..99}; do echo '    x++;'; done; echo '}'; } >"$tree/src/base/f.c"
    gate sizes
    refuses "src/base/f.c:f: function of 101 lines"
    echo 'src/base/f.c:f a table that reads best whole' >"$tree/tests/meta/sizes.allow"
    gate sizes
    [ "$status" -eq 0 ]
    echo 'src/base/f.c:f' >"$tree/tests/meta/sizes.allow"
    gate sizes
    refuses "has no reason"
}

@test "sizes: a complexity of 26, and an exception that is no longer needed" {
    { echo 'int f(int x) {'; for i in {1..25}; do echo "    if (x == $i) x++;"; done; echo 'return x; }'; } \
        >"$tree/src/base/f.c"
    gate sizes
    refuses "src/base/f.c:f: complexity 26"
    rm "$tree/src/base/f.c"
    echo 'src/base/f.c:f a reason' >"$tree/tests/meta/sizes.allow"
    gate sizes
    refuses "no longer needs its exception"
}

@test "messages: one that no test looks for, and a promise that none keeps" {
    printf 'int f(void) {\n    return ag_fail(err, AG_INPUT, "%%s is not what"\n                   " was wanted in %%d", a, 1);\n}\n' \
        >"$tree/src/cli/f.c"
    gate messages
    refuses "src/cli/f.c: no test looks for: is not what was wanted in"
    echo '# "is not what was wanted in"' >"$tree/tests/unit/test_f.c"
    gate messages
    [ "$status" -eq 0 ]
    mkdir "$tree/docs"
    printf '## Lines that scripts look for\n| `Kept promise PATH` | err | any |\n## JSON\n' >"$tree/docs/commands.md"
    gate messages
    refuses 'docs/commands.md: no test looks for: `Kept promise PATH`'
    rm "$tree/tests/unit/test_f.c"
    printf '# A reason.\nis not what was wanted in\n' >"$tree/tests/meta/messages.allow"
    rm "$tree/docs/commands.md"
    gate messages
    [ "$status" -eq 0 ]
}

@test "includes: upwards, sideways, a certain database, and private headers in the command" {
    echo '#include "op/op.h"' >"$tree/src/base/bad.c"
    gate includes
    refuses "src/base/bad.c:1: base must not know op"
    echo '#include "dialect/pg/types.h"' >"$tree/src/base/bad.c"
    mv "$tree/src/base/bad.c" "$tree/src/diff/bad.c"
    gate includes
    refuses "only src/dialect knows a certain database"
    echo '#include "base/buf.h"' >"$tree/src/cli/bad.c"
    gate includes
    refuses "the command includes public headers only"
}

@test "includes: a library outside of its room, the locale, a private header in a public one" {
    echo '#include <sqlite3.h>' >"$tree/src/diff/bad.c"
    gate includes
    refuses "sqlite3 is known to src/dialect only"
    echo '#  include <ctype.h>' >"$tree/src/diff/bad.c"
    gate includes
    refuses "looks at the locale"
    echo '#include "base/buf.h"' >"$tree/include/autogen/bad.h"
    gate includes
    refuses "a public header includes only <"
    echo '#include <unistd.h>' >"$tree/include/autogen/bad.h"
    gate includes
    refuses "must not need <unistd.h>"
}

@test "includes: a room without a place in the order" {
    mkdir "$tree/src/attic"
    echo 'int x;' >"$tree/src/attic/x.c"
    gate includes
    refuses "room attic has no place"
}

@test "headers: one that leans on another" {
    echo 'size_t ag_three(void);' >"$tree/src/base/three.h"
    gate headers
    refuses "base/three.h does not compile alone"
}

@test "headers: a public one that is not C++, or an extension" {
    echo 'int ag_new(int class);' >"$tree/include/autogen/three.h"
    gate headers
    refuses "autogen/three.h does not compile alone"
    echo 'enum { a, b = ({ 1; }) };' >"$tree/include/autogen/three.h"
    gate headers
    refuses "autogen/three.h does not compile alone"
}

@test "symbols: exported without a declaration, declared without a definition, not in the list" {
    make_library 'int ag_two(void) { return 2; }'
    "$gates/symbols" --update
    gate symbols
    [ "$status" -eq 0 ]
    make_library 'int ag_two(void) { return 2; }' 'int ag_leak(void) { return 3; }'
    gate symbols
    refuses "ag_leak is exported and in no public header"
    refuses "ag_leak is new"
    make_library 'int unrelated;'
    gate symbols
    refuses "ag_two is declared AG_API and not in the library"
    refuses "ag_two is gone"
}

@test "silent: a library that prints or exits" {
    make_library 'int ag_two(void) { return 2; }'
    gate silent
    [ "$status" -eq 0 ]
    make_library '#include <stdio.h>' '#include <stdlib.h>' \
        'void f(int x) { printf("%d", x); exit(1); }'
    gate silent
    refuses "printf is used by the library"
    refuses "exit is used by the library"
}

@test "dialects: asking for one by name" {
    echo 'if (strcmp(d->name, "postgresql") == 0) {' >"$tree/src/diff/bad.c"
    gate dialects
    refuses "asks for a dialect by name"
    echo 'src/diff/bad.c | strcmp(d->name, | a reason' >"$tree/tests/meta/dialects.allow"
    gate dialects
    [ "$status" -eq 0 ]
    echo 'if (op->dialect == other) {' >"$tree/src/diff/bad.c"
    gate dialects
    refuses "compares dialects"
    echo 'ag_lite_quote(x);' >"$tree/src/diff/bad.c"
    gate dialects
    refuses "calls into one dialect"
    echo 'if (dialect == NULL || dialect->can_alter) {' >"$tree/src/diff/bad.c"
    gate dialects
    [ "$status" -eq 0 ]
    mv "$tree/src/diff/bad.c" "$tree/src/dialect/registry.c"
    echo 'if (ag_text_ieq(scheme, "postgres")) {' >"$tree/src/dialect/registry.c"
    gate dialects
    [ "$status" -eq 0 ]
}

@test "map: a folder without a row, a row without a folder" {
    mkdir "$tree/src/attic"
    gate map
    refuses "no row for src/attic/"
    rmdir "$tree/src/attic"
    echo '| `cellar/` | a room |' >>"$tree/src/README.md"
    gate map
    refuses "src/cellar/ is not there"
}

@test "text: white space, tabs, missing newline, machine paths" {
    printf 'int x; \n' >"$tree/src/base/bad.c"
    gate text
    refuses "white space at the end"
    printf 'int\tx;\n' >"$tree/src/base/bad.c"
    gate text
    refuses "tab"
    printf 'int x;' >"$tree/src/base/bad.c"
    gate text
    refuses "no newline at the end"
    printf 'see /%s/someone/notes\n' home >"$tree/notes.md"
    gate text
    refuses "path of somebody's machine"
    printf '<<<<<<< %s\n' HEAD >"$tree/notes.md"
    gate text
    refuses "merge marker"
}
