#!/usr/bin/env bats
# What goes wrong with a history and its commands: each message, with its exit code.
# tests/meta/messages holds the list complete.

load helpers

says() { # TEXT: on standard error of the last command, too
    grep -qF -e "$1" err || {
        cat err
        false
    }
}

start() {
    autogen -q init
    versions=migrations/versions
}

revision() { # ID PARENT [UP [DOWN]]
    printf -- '-- make %s\n--\n-- Revision ID: %s\n-- Revises: %s\n\n-- autogen:upgrade\n%b\n-- autogen:downgrade\n%b\n' \
        "$1" "$1" "$2" "${3:-}" "${4:-}" >"$versions/$1.sql"
}

@test "headers" {
    start
    file=$versions/a.sql
    printf -- '-- one\n-- Revision ID: aaa1\n-- Revision ID: aaa2\n' >$file
    fails 6 "a.sql:3:1: error: 'Revision ID' stands in the header twice" heads
    printf -- '-- Revision ID: aaa1 aaa2\n' >$file
    fails 6 "a.sql:1:17: error: 'Revision ID' must be one identifier" heads
    printf -- '-- one\n' >$file
    fails 6 "there is no line '-- Revision ID: …' in the header" heads
    says "the header is the comment at the top of the file, before the first directive or statement"
    printf -- '-- a\0b\n-- Revision ID: aaa1\n' >$file
    fails 6 "a.sql:1:1: error: there is a NUL byte in this line" heads
    { yes -- '-- a long comment' | head -c 5000000; printf -- '-- Revision ID: aaa1\n'; } >$file
    fails 6 "the header is longer than 1 MiB" heads
    printf -- '-- Revision ID: a@1\n' >$file
    fails 6 "Character(s) '@' not allowed in revision identifier 'a@1'" heads
    printf -- '-- Revision ID: head\n' >$file
    fails 6 "'head' is a word of its own and cannot be a revision identifier" heads
    printf -- '-- Revision ID: a;1\n' >$file
    fails 6 "white space, quotes, commas, semicolons, parentheses and control characters are not allowed in a revision identifier" heads
    printf -- '-- Revision ID: %0300d\n' 1 >$file
    fails 6 "the revision identifier is longer than 255 bytes" heads
    printf -- '-- Revision ID: a\xff1\n' >$file
    fails 6 "the revision identifier is not UTF-8" heads
}

@test "files and folders" {
    start
    mkfifo $versions/pipe.sql
    fails 6 "cannot read $PWD/$versions/pipe.sql: it is not a file" heads
    rm $versions/pipe.sql
    ln -s nowhere $versions/gone.sql
    fails 6 "cannot read $PWD/$versions/gone.sql: No such file or directory" heads
    rm $versions/gone.sql
    deep=$versions
    for _ in $(seq 70); do deep=$deep/d; done
    mkdir -p "$deep"
    echo 'recursive_version_locations = true' >>autogen.ini
    fails 6 "are nested more than 64 deep" heads
    rm -r migrations
    fails 1 "Path doesn't exist: $PWD/migrations" heads
    says "'autogen init' makes a new folder for revisions"
    mkdir -p $versions
    revision aaa1 ""
    truncate -s 270000000 $versions/aaa1.sql
    fails 6 "aaa1.sql is larger than 256 MiB" upgrade head
    [ ! -e app.db ] || [ "$(sqlite3 app.db 'SELECT count(*) FROM sqlite_schema')" = 0 ]
}

@test "graphs" {
    start
    revision aaa1 ""
    sed 's/make aaa1/twice/' $versions/aaa1.sql >$versions/twice.sql
    fails 5 "Revision aaa1 is present more than once" heads
    says "it is in $PWD/$versions/aaa1.sql and in $PWD/$versions/twice.sql"
    rm $versions/twice.sql
    revision bbb1 aaa
    fails 5 "bbb1.sql:4:13: error: Revision aaa referenced from bbb1 is not present" heads
    says "bbb1.sql must name it in full; did you mean 'aaa1'?"
    revision bbb1 zzz
    fails 5 "Revision zzz referenced from bbb1 is not present" heads
    says "bbb1.sql names it; its file is in none of the version locations"
    revision bbb1 bbb1
    fails 5 "bbb1.sql:4:13: error: Self-loop is detected in revisions (bbb1)" heads
    revision bbb1 ccc1
    revision ccc1 bbb1
    fails 5 "bbb1.sql:4:13: error: Cycle is detected in revisions (bbb1, ccc1)" heads
    says "the files are $PWD/$versions/bbb1.sql, $PWD/$versions/ccc1.sql"
    revision bbb1 aaa1
    sed -i 's/^-- Revises:.*/&\n-- Depends On: ccc1/' $versions/bbb1.sql
    fails 5 "bbb1.sql:5:16: error: Dependency cycle is detected in revisions (bbb1, ccc1)" heads
    sed -i 's/ccc1/bbb1/' $versions/bbb1.sql
    fails 5 "bbb1.sql:5:16: error: Dependency self-loop is detected in revisions (bbb1)" heads
    revision bbb1 aaa1
    sed -i 's/^-- Revises:.*/&\n-- Branch Labels: net/' $versions/bbb1.sql $versions/ccc1.sql
    fails 5 "ccc1.sql:5:19: error: Branch name 'net' in revision ccc1 already used by revision bbb1" heads
    says "it is in $PWD/$versions/bbb1.sql and in $PWD/$versions/ccc1.sql"
    sed -i 's/net/aaa1/' $versions/ccc1.sql
    fails 5 "Branch name 'aaa1' in revision ccc1 already used by revision aaa1" heads
}

@test "identifiers" {
    start
    revision aaa1 ""
    revision bbb1 aaa1
    revision abc1 bbb1
    revision abc2 bbb1
    while IFS='|' read -r command text hint; do
        # shellcheck disable=SC2086
        fails 5 "$text" $command
        says "$hint"
    done <<'CASES'
show zz|Can't locate revision identified by 'zz'|a prefix must have at least 3 characters
show abc|Can't locate revision identified by 'abc'|2 revisions begin with 'abc': abc1, abc2
show bbb2|Can't locate revision identified by 'bbb2'|did you mean 'bbb1'?
show aaa1@|Can't locate revision identified by 'aaa1@'|
show @head|Can't locate revision identified by '@head'|
show abc1@abc2|Revision abc2 is not a member of branch 'abc1'|
show head|Multiple head revisions are present for given argument 'head'; please specify a specific target revision, '<branchname>@head' to narrow to a specific head, or 'heads' for all heads|autogen merge abc1 abc2
show bbb1@head|Multiple head revisions are present for given argument 'bbb1@head'|autogen rebase abc2 --onto abc1
show aaa1+9|Ambiguous walk|name the revision to go to; the ways are: abc1, abc2
show abc1+1|Relative revision +1 didn't produce 1 migrations|
show abc1-9|Relative revision -9 didn't produce 9 migrations|
show abc1+99999999|Relative revision +99999999 didn't produce that many migrations|
upgrade -1|Relative revision -1 didn't produce 1 migrations|
upgrade +0|Relative revision +0 didn't produce 0 migrations|
downgrade head|Multiple head revisions|
downgrade heads|Multiple head revisions are present for given argument 'heads'; please specify a specific target revision|
downgrade aaa1|Destination aaa1 is not a valid downgrade target from current head(s)|
history -r current-1:|Relative revision|
history -r abc1:abc2|Requested range abc1:abc2 does not refer to ancestor/descendant revisions along the same branch|
upgrade current:head --sql|'current' is relative to a database, which is not asked here|name a revision, or a number of steps from one, such as head-1
stamp aaa1 bbb1|Requested revision bbb1 overlaps with other requested revisions aaa1|
CASES
    autogen -q upgrade heads
    fails 5 "Ambiguous downgrade from multiple current revisions" downgrade -1
    says "say which one: abc1@-1, abc2@-1"
    fails 5 "Ambiguous upgrade from multiple current revisions" upgrade +1
    says "say which one: abc1@+1, abc2@+1"
    fails 5 "Ambiguous walk from multiple current revisions" show -- -1
    says "say which one: abc1@-1, abc2@-1"
    fails 2 "Range revision not allowed" stamp aaa1:abc1
    says "a range such as aaa1:abc1 goes with --sql"
    revision ccc1 ""
    revision ddd1 ""
    sqlite3 app.db "UPDATE alembic_version SET version_num = 'gone' WHERE version_num = 'abc1'"
    for command in "upgrade heads" "downgrade base" "current" "stamp aaa1"; do
        # shellcheck disable=SC2086
        fails 5 "Can't locate revision identified by 'gone'" $command
        says "the database is at this revision, but no file has it: get the file, or set the version by hand with 'autogen stamp --purge REVISION'"
    done
    autogen -q stamp --purge bbb1
    [ "$(autogen current)" = bbb1 ]
}

@test "sections and statements" {
    start
    file=$versions/aaa1.sql
    while IFS='|' read -r body text hint; do
        printf -- '-- Revision ID: aaa1\n%b\n' "$body" >$file
        fails 6 "$text" upgrade head
        says "aaa1.sql:"
        says "$hint"
    done <<'CASES'
SELECT 1;|a statement stands before the first section|write '-- autogen:upgrade' on a line before it
-- autogen:upgrade\nCOMMIT;|autogen begins and ends the transactions of a revision itself|'-- autogen:part' ends one and starts the next; statements after '-- autogen:autocommit' run outside of one
-- autogen:upgrade\n-- autogen:autocommit\n-- autogen:autocommit|the autocommit block before it has no '-- autogen:transaction'|
-- autogen:upgrade\nSELECT 1\n-- autogen:part|a directive stands inside of a statement|the statement that begins at line 3 has no semicolon
-- autogen:upgrade\n  -- autogen:part\nSELECT 1;|a directive must stand at the beginning of its line|
-- autogen:upgrade\n-- Autogen:part|a directive is not spelt right|it begins with '-- autogen:', without other blanks or capitals
-- autogen:part|misplaced '-- autogen:part': no section has begun|
-- autogen:upgrade\n-- autogen:autocommit\n-- autogen:part|it stands in an autocommit block, where there is no transaction|
-- autogen:upgrade\n-- autogen:rebuild t 0123456789abcdef\n-- autogen:part|it stands in a rebuild|
-- autogen:upgrade\n-- autogen:rebuild t 0123456789abcdef\n-- autogen:downgrade|the rebuild before it has no '-- autogen:end'|
-- autogen:upgrade\n-- autogen:rebuild t 0123456789abcdef|this rebuild has no '-- autogen:end'|
-- autogen:upgrade\n-- autogen:rebuild t 12|a rebuild names its table and a hash of 16 hexadecimal digits|
-- autogen:upgrade\n-- autogen:autocommit\n-- autogen:rebuild t 0123456789abcdef|a rebuild needs a transaction|
-- autogen:upgrade\n-- autogen:part now|this directive takes no arguments|
-- autogen:upgrade oracle|unknown dialect 'oracle'|
-- autogen:upgrade postgresql\nSELECT 1;|sqlite|
CASES
}

@test "revision, merge, rebase" {
    start
    revision aaa1 ""
    revision bbb1 aaa1
    fails 5 "Revision aaa1 is not a head revision; please specify --splice to create a new branch from this revision" revision --head aaa1 -m x
    fails 5 "revision bbb1 exists already: $PWD/$versions/bbb1.sql" revision --rev-id bbb1 -m x
    fails 2 "Character(s) '-' not allowed in revision identifier 'bad-id'" revision --rev-id bad-id -m x
    fails 2 "the revision identifier '$(printf %033d 1)' is longer than the 32 characters that the version table holds" revision --rev-id "$(printf %033d 1)"
    fails 2 "the revision identifier is empty" revision --rev-id "" -m x
    fails 2 "Path elsewhere is not represented in current version locations" revision --version-path elsewhere
    fails 5 "a merge joins at least two revisions; 1 given" merge heads
    says "'autogen heads' lists what could be merged"
    fails 5 "Duplicate head revisions specified" merge bbb1 bbb1
    fails 5 "revision aaa1 cannot follow bbb1: that one comes after it already" rebase aaa1 --onto bbb1
    fails 2 "'rebase' needs --onto HEAD, the new parent" rebase aaa1
    fails 2 "--against is database or history, not 'nothing'" revision --against nothing
    fails 2 "take --autogenerate or --empty, not both" revision --autogenerate --empty
    fails 6 "no key model in section [autogen]" revision --autogenerate -m x
    revision ccc1 aaa1
    fails 5 "Multiple heads are present; please specify the head revision on which the new revision should be based, or perform a merge." revision -m x
    says "autogen merge bbb1 ccc1"
    fails 5 "'heads' names 2 revisions; a revision has one parent" revision --head heads -m x
    fails 5 "Branch name 'bbb1' is already used by revision bbb1" revision --head bbb1 --branch-label bbb1 -m x
    autogen -q upgrade heads
    fails 5 "revision ccc1 is applied to this database; it cannot get a new parent" rebase ccc1 --onto bbb1
    says "downgrade below it first, or merge: autogen merge heads"
    autogen -q merge heads --rev-id ddd1
    fails 5 "revision ddd1 joins 2 revisions; a rebase would part them again" rebase ddd1 --onto bbb1
    says "rebase what it joins, or delete its file and merge anew"
    fails 5 "revision ddd1 cannot follow itself" rebase ddd1 --onto ddd1
    rm $versions/ddd1*
    revision eee1 aaa1
    sed -i 's/^-- Revises: /--  revises :/; s/$/\r/' $versions/eee1.sql
    autogen rebase eee1 --onto bbb1 2>err
    says "Rebased eee1 onto bbb1"
    [ "$(sed -n 4p $versions/eee1.sql)" = $'-- Revises: bbb1\r' ]
    [ "$(grep -c -i revises $versions/eee1.sql)" = 1 ]
    echo 'version_locations = %(here)s/one %(here)s/two' >>autogen.ini
    fails 2 "Multiple version locations present, please specify --version-path" revision -m x
    printf -- '-- Revision ID: another\n' >migrations/script.mako
    fails 6 "the template $PWD/migrations/script.mako does not write" revision -m x --version-path one
    says "compare it with a built-in one: 'autogen list_templates'"
}

@test "templates that lose the message in SQL" {
    start
    cat >migrations/script.mako <<'MAKO'
-- Revision ID: ${up_revision}
-- Revises: ${down_revision | comma,n}
-- Create Date: ${create_date}

-- autogen:upgrade
-- ${message}
-- autogen:downgrade
MAKO
    fails 6 "the template $PWD/migrations/script.mako writes a line of the message as SQL" revision -m $'one\nDROP TABLE t;'
    says 'write it as ${message | comment}'
    printf -- '-- ${message | comment}\n-- Revision ID: ${up_revision}\nNONSENSE;\n' >migrations/script.mako
    fails 6 "the template does not write a revision file" revision -m one
}

@test "init and templates" {
    fails 2 "No such template 'gneric'" init --template gneric
    says "did you mean 'generic'?"
    fails 2 "No such template 'zzzzzzzz'" init --template zzzzzzzz
    says "'autogen list_templates' names them"
    autogen init 2>err
    says "Creating directory migrations … done"
    says "Next: name your model in autogen.ini, then 'autogen revision -m \"first\"'."
    fails 1 "Directory migrations already exists and is not empty" init
    says "name another folder: autogen init DIR"
    autogen init second 2>err
    says "File autogen.ini already exists, skipping"
}

@test "post write hooks" {
    start
    cat >>autogen.ini <<'INI'

[post_write_hooks]
hooks = fmt
fmt.type = exec
fmt.executable = ./fmt
fmt.options = --in-place REVISION_SCRIPT_FILENAME
INI
    fails 1 "post write hook 'fmt' failed: ./fmt cannot be run" revision --empty -m zero --rev-id aaa0
    says "the revision file $PWD/$versions/"
    says "was written and stays"
    rm -f $versions/*.sql
    printf '#!/bin/sh\necho "$@" >args\nexit 3\n' >fmt
    chmod +x fmt
    fails 1 "ended with 3" revision --empty -m one --rev-id aaa1
    says "Running post write hook 'fmt' …"
    [ "$(cat args)" = "--in-place $PWD/$versions/aaa1_one.sql" ]
    [ -e $versions/aaa1_one.sql ]
    printf '#!/bin/sh\necho "-- formatted" >>"$2"\n' >fmt
    autogen revision --empty -m two --rev-id bbb1
    tail -n 1 $versions/bbb1_two.sql | grep -q '^-- formatted$'
    sed -i 's/^fmt.options.*/fmt.options = --twice=REVISION_SCRIPT_FILENAME:REVISION_SCRIPT_FILENAME/' autogen.ini
    printf '#!/bin/sh\necho "$@" >args\n' >fmt
    mkdir sub
    rm args
    (cd sub && autogen -q -c ../autogen.ini revision --empty -m four --rev-id abb1)
    [ "$(cat sub/args)" = "--twice=$PWD/$versions/abb1_four.sql:$PWD/$versions/abb1_four.sql" ]
    sed -i '/^fmt.options/d' autogen.ini
    autogen -q revision --empty -m five --rev-id abb2
    [ "$(cat args)" = "$PWD/$versions/abb2_five.sql" ]
    printf '#!/bin/sh\nkill -9 $$\n' >fmt
    fails 1 "post write hook 'fmt' failed: " revision --empty -m three --rev-id ccc1
}

@test "upgrade, downgrade, stamp" {
    start
    revision aaa1 "" "CREATE TABLE t (a int);"
    revision bbb1 aaa1
    fails 2 "Range revision not allowed" upgrade aaa1:bbb1
    says "a range such as aaa1:bbb1 goes with --sql"
    fails 2 "downgrade with --sql requires <fromrev>:<torev>" downgrade aaa1 --sql
    fails 2 "take --sql or --dry-run, not both" upgrade --sql --dry-run
    fails 2 "Stamp operation with --sql only supports a single starting revision at a time" stamp --sql base:aaa1 aaa1:bbb1
    fails 2 "--purge needs a database: it cannot go with --sql" stamp --purge --sql head
    autogen -q upgrade head
    echo '-- a word more' >>$versions/aaa1.sql
    revision ccc1 bbb1
    fails 5 "1 applied revision was edited after it ran: aaa1 ($PWD/$versions/aaa1.sql)" upgrade head
    says "put the file back as it was, or accept it with --allow-edited"
    autogen -q upgrade head --allow-edited
    sqlite3 app.db "CREATE TRIGGER no BEFORE UPDATE ON alembic_version BEGIN SELECT RAISE(ABORT, 'not here'); END"
    fails 4 "cannot change the version table alembic_version" downgrade bbb1
}

@test "parts of an interrupted revision" {
    start
    revision aaa1 "" 'CREATE TABLE t (a int);\n-- autogen:part\nINSERT INTO t VALUES (1);\n-- autogen:part\nINSERT INTO nowhere VALUES (1);'
    fails 4 "no such table: nowhere" upgrade head
    says "2 of the 3 parts of revision aaa1 are done; the next upgrade goes on from there"
    fails 5 "the upgrade of revision aaa1 was interrupted and must be finished first" downgrade base
    says "go on with 'autogen upgrade aaa1', or settle by hand what it left and say where the database is with 'autogen stamp'"
    cp $versions/aaa1.sql good
    sed -i 's/a int/a text/' $versions/aaa1.sql
    fails 5 "part 1 of revision aaa1 has run already and was changed since" upgrade head
    says "the upgrade of this revision was interrupted: its finished parts must stay as they were, later ones may be edited"
    printf -- '-- Revision ID: aaa1\n-- autogen:upgrade\nCREATE TABLE t (a int);\n-- autogen:downgrade\n' >$versions/aaa1.sql
    fails 5 "part 2 of revision aaa1 has run already and is not in its file any more" upgrade head
    says "put it back into $PWD/$versions/aaa1.sql"
    sed 's/nowhere/t/' good >$versions/aaa1.sql
    autogen -q upgrade head
    [ "$(sqlite3 app.db 'SELECT count(*) FROM t')" = 2 ]
    sed -i 's/^-- autogen:downgrade/&\nDELETE FROM t;\n-- autogen:part\nDROP TABLE nowhere;/' $versions/aaa1.sql
    fails 5 "was edited" upgrade head
    autogen -q upgrade head --allow-edited
    fails 4 "no such table: nowhere" downgrade base
    fails 5 "the downgrade of revision aaa1 was interrupted and must be finished first" upgrade head
    says "go on with 'autogen downgrade'"
    autogen -q stamp base
    [ "$(autogen current)" = "" ]
    sqlite3 app.db "DROP TABLE t"
    autogen -q upgrade head
}

@test "sources and formats" {
    start
    fails 2 "a postgresql and a sqlite database cannot be compared" diff postgresql:///a sqlite:///b.db
    touch a.sql b.sql
    fails 2 "--format of inspect is json, sql, c, mermaid or dot, not 'xml'" inspect --format xml
    fails 2 "--format of diff is text, sql or json, not 'xml'" diff --format xml a.sql b.sql
    fails 2 "--format of lint is text, json, github or sarif, not 'xml'" lint --format xml
    fails 2 "--rename takes OLD=NEW, not 'old'" diff --rename old a.sql b.sql
    fails 2 "unknown dialect 'oracle'" diff --dialect oracle a.json b.json
    says "take sqlite or postgresql"
    fails 2 "--color is auto, always or never, not 'red'" --color red heads
    fails 2 "take --quiet or --verbose, not both" -q -v heads
    fails 2 "unknown option --dri-run of 'upgrade'; did you mean --dry-run?" upgrade --dri-run
    fails 2 "unknown option --jso; did you mean --json?" --jso
    fails 2 "unknown option --qqqqqqq" --qqqqqqq
    fails 2 "'heads' does not take 'x'; see 'autogen help heads'" heads x
    fails 2 "'show' needs REV" show
    fails 2 "unknown command 'zzzzzz'; see 'autogen help'" help zzzzzz
    fails 2 "unknown option" upgrade --zzzzzz
    says "see 'autogen help upgrade'"
    fails 2 "unknown option" upgrade -Z
    fails 2 "needs a value (" revision -m
    fails 2 "needs a value (" revision --rev-id
    fails 2 "takes no value" upgrade --sql=yes
    fails 2 "take bash, zsh or fish" help --completion tcsh
    fails 2 "see 'autogen help'" zzzzzz
    fails 2 "for example --rename users.mail=users.email" diff --rename old a.sql b.sql
    fails 2 "no command given; see 'autogen help'"
    fails 2 "unknown command 'headz'" headz
    says "did you mean 'heads'?"
    fails 2 'unknown kind of database "mysql"' inspect mysql://host/db
    fails 2 'SQLite has no parameter "nix"' diff "sqlite:///a.db?nix=1" nix.json
}

@test "what needs the history on another database" {
    start
    echo '{"tables": {"t": {"columns": {"id": {"type": "integer"}}, "primary_key": ["id"]}}}' >model.json
    printf 'model = model.json\ndialects = sqlite postgresql\n' >>autogen.ini
    autogen -q revision -m one --rev-id aaa1 # nothing to replay yet
    grep -q '^-- autogen:upgrade postgresql' $versions/aaa1_one.sql
    sed -i 's/"columns": {/&"a": {"type": "text"}, /' model.json
    autogen -q upgrade head
    PGHOST=/nowhere fails 4 "the sections for postgresql need the history replayed there" revision -m two
    says "name a postgresql server as dev_url, or leave postgresql out of dialects"
}

@test "tables of our own that cannot be made" {
    start
    revision aaa1 ""
    sqlite3 app.db 'CREATE VIEW autogen_history AS SELECT 1'
    fails 4 "cannot create the table autogen_history" upgrade head
    sqlite3 app.db 'DROP VIEW autogen_history; CREATE VIEW alembic_version AS SELECT 1'
    fails 4 "cannot create the version table alembic_version" ensure_version
}

@test "editors" {
    start
    revision aaa1 ""
    unset VISUAL EDITOR
    fails 2 'no editor: set $VISUAL or $EDITOR' edit head
    EDITOR=false fails 1 "Error executing editor (false)" edit head
    EDITOR="$(printf %05000d 1)" fails 2 "the editor command is too long" edit head
    revision bbb1 ""
    EDITOR=: fails 2 "'heads' names 2 revisions; edit takes one" edit heads
    mkdir "a folder"
    printf '#!/bin/sh\necho "$1" >"$2.seen"\n' >"a folder/ed it"
    chmod +x "a folder/ed it"
    VISUAL="'a folder/ed it' --wait" EDITOR=false autogen edit aaa1
    [ "$(cat $versions/aaa1.sql.seen)" = --wait ]
    mv $versions/aaa1.sql "$versions/a b'c.sql"
    EDITOR='sed -i s/make/made/' autogen edit aaa1
    grep -q '^-- made aaa1' "$versions/a b'c.sql"
}

@test "a section for each way is needed, and a rebase looks at its database" {
    start
    cat >$versions/aaa1.sql <<'SQL'
-- one

-- Revision ID: aaa1
-- Revises:

-- autogen:upgrade postgresql
CREATE TABLE a (x int);
-- autogen:downgrade
DROP TABLE a;
SQL
    fails 6 "revision aaa1 has no upgrade section for sqlite" upgrade
    says "write '-- autogen:upgrade sqlite'; it may be empty"
    sed -i 's/upgrade postgresql/upgrade/; s/autogen:downgrade/& postgresql/' $versions/aaa1.sql
    autogen -q upgrade
    fails 6 "revision aaa1 has no downgrade section for sqlite" downgrade base
    [ "$(autogen current)" = "aaa1 (head)" ]
    revision bbb1 aaa1
    revision ccc1 aaa1
    cp $versions/ccc1.sql was
    fails 2 "cannot tell which database is meant by \"typo\"" --url typo rebase ccc1 --onto bbb1
    cmp was $versions/ccc1.sql
    revision ddd1 aaa1
    fails 5 "Multiple head revisions are present" upgrade head
    says "autogen merge bbb1 ccc1 ddd1"
}

@test "verify tells what a downgrade left before it goes on" {
    start
    revision aaa1 ""
    sed -i 's/^-- autogen:upgrade.*/&\nCREATE TABLE a (x int);/' $versions/aaa1.sql
    run autogen verify
    echo "$output"
    [ "$status" -eq 3 ]
    [[ "$output" == *"the downgrade left a difference: "*a* ]]
    [[ "$output" != *"upgrade again"* ]]
}

@test "a failure says what one transaction for all, or none, leaves behind" {
    start
    revision aaa1 "" "CREATE TABLE a (x int);"
    revision bbb1 aaa1 "NONSENSE;"
    export AUTOGEN_TRANSACTION=all
    fails 4 "NONSENSE" upgrade
    says "nothing of this upgrade was kept"
    [ "$(autogen current)" = "" ]
    export AUTOGEN_TRANSACTION=none
    fails 4 "NONSENSE" upgrade
    says "the statements before it stay done, and the next upgrade of revision bbb1 would run them again"
    [ "$(autogen current)" = aaa1 ]
}

@test "results that could not be written are an error" {
    start
    revision aaa1 ""
    autogen -q upgrade
    for command in heads history "show aaa1" current "upgrade --sql" "heads --json" help list_templates --version; do
        # shellcheck disable=SC2086
        run bash -c "autogen $command >/dev/full"
        [ "$status" -eq 1 ]
        [ "$output" = "error: cannot write to standard output: No space left on device" ]
    done
}
