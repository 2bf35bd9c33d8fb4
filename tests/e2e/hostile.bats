#!/usr/bin/env bats
# What the ini file and messages may say: it becomes names of files and comments, or is refused.

load helpers

the_file() { find migrations/versions -name '*.sql'; }

fresh() { # with one line more in autogen.ini
    rm -rf migrations autogen.ini app.db
    autogen -q init
    [ -z "${1:-}" ] || printf '%s\n' "$1" >>autogen.ini
}

@test "a file template cannot lead out of its folder, nor to hidden files" {
    for template in '../%%(rev)s' '/tmp/ag_%%(rev)s' 'a/../../%%(rev)s' '..' '.%%(rev)s' '%%(rev)s/' 'a//%%(rev)s'; do
        fresh "file_template = $template"
        run autogen revision --empty -m it
        echo "$template: $output"
        [ "$status" -eq 6 ]
        [[ "$output" == *"autogen.ini:"*"the file template gives a name that cannot be used"* ]]
        [ -z "$(the_file)" ]
    done
}

@test "a file template is no format of C" {
    for template in '%%s' '%%n%%n' '%%(rev)d' '%%(rev)' '%%(nope)s' '%(rev)s' '%s%n' '%%('; do
        fresh "file_template = $template"
        run autogen revision --empty -m it
        echo "$template: $output"
        [ "$status" -eq 6 ]
        [[ "$output" == "autogen.ini:"* ]]
        [ -z "$(the_file)" ]
    done
    fresh 'file_template = 100%%%%_%%(rev)s'
    autogen -q revision --empty -m it --rev-id abc1
    [ "$(the_file)" = "migrations/versions/100%_abc1.sql" ]
}

@test "a file template of bytes that are no text, or too many of them, is refused" {
    for bad in $'\xff' $'\x01' $'\x1b[31m' "$(printf 'x%.0s' {1..10240})"; do
        fresh "file_template = %%(rev)s$bad"
        run autogen revision --empty -m it
        [ "$status" -eq 6 ]
        [[ "$output" == "autogen.ini:"*"error: "* ]]
        [[ "$output" != *$'\x1b'* ]]
        [ -z "$(the_file)" ]
    done
}

@test "quotes, blanks and dollars in a file template are part of the name" {
    fresh "file_template = %%(rev)s 'a' \"b\" \$(id) \`c\`; d"
    autogen -q revision --empty -m it --rev-id abc1
    [ -e "migrations/versions/abc1 'a' \"b\" \$(id) \`c\`.sql" ] ||
        [ -e "migrations/versions/abc1 'a' \"b\" \$(id) \`c\`; d.sql" ]
    [ "$(autogen heads)" = "abc1 (head)" ]
    autogen -q upgrade head
    autogen -q downgrade base
}

@test "a file that is there is not written over" {
    fresh 'file_template = same'
    autogen -q revision --empty -m one --rev-id abc1
    run autogen revision --empty -m two
    [ "$status" -eq 1 ]
    [[ "$output" == *"same.sql: File exists"* ]]
    [ "$(autogen heads)" = "abc1 (head)" ]
}

@test "a message becomes a harmless name, and a comment that is no directive" {
    for message in '../../etc/passwd' $'a\nb' $'\u202eabc' '' '   ' '....' '/' '%(rev)s %s %n' \
        "' \" \` \$(id) ;" $'c\x01\x1b[31m' '-- Revision ID: zzz' $'x\n\n-- Revision ID: zzz\n-- Revises: q' \
        $'x\n-- autogen:downgrade\nDROP TABLE t;' '${message}' '% if x:' "$(printf 'm%.0s' {1..10240})"; do
        fresh
        autogen -q revision --empty -m "$message" --rev-id abc1
        name=$(the_file)
        echo "$message: $name"
        [[ "$name" =~ ^migrations/versions/abc1_[[:alnum:]_]*\.sql$ ]]
        [ "${#name}" -lt 100 ]
        [[ "$(autogen heads)" == "abc1 (head)" ]]
        ! LC_ALL=C grep -q $'\x1b\|\xe2\x80\xae' "$name"
        run autogen -q upgrade head
        [ "$status" -eq 0 ]
        autogen -q downgrade base
    done
    fresh
    run autogen revision --empty -m $'bad\xff'
    [ "$status" -ne 0 ]
    [[ "$output" == *"not UTF-8"* ]]
    [ -z "$(the_file)" ]
}

@test "a version table of any name is a name" {
    for table in 'a"b' "a'; DROP TABLE x; --" 'select' '%%s' $'\u202ex' "$(printf 'v%.0s' {1..10240})"; do
        fresh "version_table = $table"
        autogen -q revision --empty -m it --rev-id abc1
        autogen -q upgrade head
        [ "$(autogen current)" = "abc1 (head)" ]
        rm app.db
        autogen upgrade head --sql | sqlite3 -bail app.db
        [ "$(autogen current)" = "abc1 (head)" ]
    done
}
