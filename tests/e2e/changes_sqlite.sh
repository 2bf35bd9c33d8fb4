#!/usr/bin/env bash
# Change pairs on SQLite: a schema with data goes through one change a case. Everything the change does
# not name stays as it was (rows, rowids, counters, indexes, triggers, views, children), the downgrade
# restores the stored texts, and the revision behaves on databases it was not made from.
#
#   AUTOGEN=… changes_sqlite.sh [CASE…]
set -u
autogen=${AUTOGEN:?path of the autogen binary}
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

# name | jq filter on the model | table that changes | columns of it that must keep their values
cases() {
    cat <<'CASES'
type|.tables.person.columns.nick.type="TEXT"|person|id,org_id,email,nick,age,score,note,code,shout,kept
type_affinity|.tables.person.columns.age.type="TEXT"|person|id,org_id,email,nick,score,note,code
not_null|.tables.person.columns.age.nullable=false|person|id,org_id,email,nick,age,score,note,code
not_null_default|.tables.person.columns.nick.nullable=false|person|id,org_id,email,age,score,note,code
null|.tables.person.columns.email.nullable=true|person|id,org_id,email,nick,age,score,note,code
default_set|.tables.person.columns.age.default=5|person|id,org_id,email,nick,age,score,note,code
default_change|.tables.person.columns.nick.default="'z'"|person|id,org_id,email,nick,age,score,note,code
default_drop|del(.tables.person.columns.nick.default)|person|id,org_id,email,nick,age,score,note,code
collation|.tables.person.columns.code.collation="NOCASE"|person|id,org_id,email,nick,age,score,note,code
add_column|.tables.person.columns.fresh={"type":"TEXT","default":"'new'"}|person|id,org_id,email,nick,age,score,note,code
add_column_expr|.tables.person.columns.fresh={"type":"TEXT","default":"(lower('NEW'))"}|person|id,org_id,email,nick,age,score,note,code
add_not_null|.tables.person.columns.fresh={"type":"INT","nullable":false,"default":0}|person|id,org_id,email,nick,age,score,note,code
add_generated|.tables.person.columns.fresh={"type":"TEXT","generated":"code || '!'","stored":true}|person|id,org_id,email,nick,age,score,note,code
add_virtual|.tables.person.columns.fresh={"type":"TEXT","generated":"code || '!'"}|person|id,org_id,email,nick,age,score,note,code
drop_column|del(.tables.person.columns.score)|person|id,org_id,email,nick,age,note,code
drop_generated|del(.tables.person.columns.kept)|person|id,org_id,email,nick,age,score,note,code
add_unique|.tables.person.unique += [{"columns":["note","age"]}]|person|id,org_id,email,nick,age,score,note,code
add_check|.tables.child.checks={"ck_what":"length(what) < 9"}|child|id,person_id,what
add_fk|.tables.bare.foreign_keys={"fk_a":{"columns":["a"],"references":"org","referred":["id"]}}|bare|rowid,a,b
add_index|.tables.child.indexes.ix_what={"columns":["what"]}|child|id,person_id,what
drop_index|del(.tables.person.indexes.ix_lower)|person|id,org_id,email,nick,age,score,note,code
change_index|.tables.person.indexes.ix_lower.where="age > 2"|person|id,org_id,email,nick,age,score,note,code
rename_column|.tables.person.columns |= with_entries(if .key=="score" then .key="points" \| .value.renamed_from="score" else . end)|person|id,org_id,email,nick,age,note,code
rename_table|.tables.bare.renamed_from="bare" \| .tables.nude=.tables.bare \| del(.tables.bare)|nude|rowid,a,b
bare_type|.tables.bare.columns.b.type="BLOB"|bare|rowid,a
exact_type|.tables.exact.columns.v.type="ANY"|exact|k,v,extra
exact_check|.tables.exact.checks={"ck_k":"k <> ''"}|exact|k,v,extra
exact_add|.tables.exact.columns.more={"type":"TEXT"}|exact|k,v,extra
primary_key|.tables.bare.columns.a.nullable=false \| .tables.bare.primary_key=["a"]|bare|a,b
no_strict|del(.tables.exact.strict)|exact|k,v,extra
to_rowid|del(.tables.exact.without_rowid)|exact|k,v,extra
add_table|.tables.extra={"columns":{"id":{"type":"INTEGER"},"p":{"type":"INT"}},"primary_key":["id"],"foreign_keys":[{"columns":["p"],"references":"person","referred":["id"]}]}|person|id,email
drop_table|del(.tables.child) \| del(.views.with_child) \| del(.triggers.tr_child)|person|id,org_id,email,nick,age,score,note,code
drop_view|del(.views.with_child)|person|id,org_id,email,nick,age,score,note,code
drop_trigger|del(.triggers.tr_person)|person|id,org_id,email,nick,age,score,note,code
many|.tables.person.columns.age.type="TEXT" \| .tables.person.columns.nick.default="'q'" \| .tables.person.columns.fresh={"type":"INT","default":3} \| del(.tables.person.columns.score) \| .tables.person.indexes.ix_new={"columns":["fresh"]} \| .tables.child.columns.what.nullable=false \| .tables.exact.columns.v.type="ANY"|person|id,org_id,email,nick,note,code
rename_and_type|.tables.person.columns |= with_entries(if .key=="score" then .key="points" \| .value.renamed_from="score" \| .value.type="NUMERIC" else . end)|person|id,org_id,email,nick,age,note,code
rename_indexed|.tables.person.columns |= with_entries(if .key=="note" then .key="memo" \| .value.renamed_from="note" else . end) \| .tables.person.indexes.ix_note.columns=["memo"]|person|id,org_id,email,nick,age,score,code
rename_fk_child|(.tables.child.columns |= with_entries(if .key=="person_id" then .key="pid" \| .value.renamed_from="person_id" else . end)) \| (.. \| strings) |= gsub("person_id";"pid") \| .tables.child.columns.pid.renamed_from="person_id"|child|id,what
rename_parent_key|(.tables.org.columns |= with_entries(if .key=="id" then .key="oid2" \| .value.renamed_from="id" else . end)) \| .tables.org.primary_key=["oid2"] \| .tables.person.foreign_keys.fk_org.referred=["oid2"]|org|name
conflict_clause|.tables.person.columns.email.on_conflict="replace" \| .tables.person.unique[0].on_conflict="replace"|person|id,org_id,email,nick,age,score,note,code
drop_unique|del(.tables.person.unique[1])|person|id,org_id,email,nick,age,score,note,code
drop_named_unique|del(.tables.person.unique[0])|person|id,org_id,email,nick,age,score,note,code
drop_named_check|del(.tables.person.checks[1])|person|id,org_id,email,nick,age,score,note,code
drop_unnamed_check|del(.tables.person.checks[0])|person|id,org_id,email,nick,age,score,note,code
change_check|.tables.person.checks[1].expr="length(nick) < 60"|person|id,org_id,email,nick,age,score,note,code
drop_fk|del(.tables.person.foreign_keys)|person|id,org_id,email,nick,age,score,note,code
fk_action|.tables.person.foreign_keys.fk_org.on_delete="cascade"|person|id,org_id,email,nick,age,score,note,code
fk_not_deferrable|del(.tables.person.foreign_keys.fk_org.deferrable,.tables.person.foreign_keys.fk_org.initially,.tables.person.foreign_keys.fk_org.deferred,.tables.person.foreign_keys.fk_org.initially_deferred)|person|id,org_id,email,nick,age,score,note,code
rename_viewed|(.tables.person.columns |= with_entries(if .key=="email" then .key="mail" \| .value.renamed_from="email" else . end)) \| .tables.person.unique[0].columns=["mail"] \| .tables.person.columns.shout.generated="upper(mail)" \| .tables.person.columns.kept.generated="lower(mail)" \| .tables.person.indexes.ix_lower.columns[0].expr="lower(mail)" \| .views.adults="CREATE VIEW adults AS SELECT id, mail, age FROM person WHERE age >= 18" \| .views.with_child="CREATE VIEW with_child AS SELECT a.mail AS post, c.what FROM adults a JOIN child c ON c.person_id = a.id" \| .triggers.tr_person.definition="CREATE TRIGGER tr_person AFTER UPDATE OF mail ON person BEGIN INSERT INTO log VALUES (old.mail || ' -> ' || new.mail); END"|person|id,org_id,nick,age,score,note,code
strict_on|.tables.org.strict=true|org|id,name
child_strict|.tables.child.strict=true|child|id,person_id,what
generated_expr|.tables.person.columns.kept.generated="lower(email) || '?'"|person|id,org_id,email,nick,age,score,note,code
generated_kind|.tables.person.columns.shout.stored=true|person|id,org_id,email,nick,age,score,note,code
generated_off|del(.tables.person.columns.kept.generated,.tables.person.columns.kept.stored)|person|id,org_id,email,nick,age,score,note,code
drop_collation|del(.tables.person.columns.email.collation)|person|id,org_id,email,nick,age,score,note,code
drop_indexed_column|del(.tables.person.columns.note) \| del(.tables.person.indexes.ix_note)|person|id,org_id,email,nick,age,score,code
drop_unique_column|del(.tables.person.columns.code) \| del(.tables.person.unique[1])|person|id,org_id,email,nick,age,score,note
drop_checked_column|del(.tables.person.columns.nick) \| del(.tables.person.unique[1]) \| del(.tables.person.checks[1])|person|id,org_id,email,age,score,note,code
drop_fk_column|del(.tables.person.columns.org_id) \| del(.tables.person.foreign_keys)|person|id,email,nick,age,score,note,code
without_rowid|.tables.child.without_rowid=true|child|id,person_id,what
pk_drop|del(.tables.exact.without_rowid) \| del(.tables.exact.primary_key)|exact|k,v,extra
pk_wider|.tables.exact.primary_key=["k"]|exact|k,v,extra
add_unique_named|.tables.child.unique={"uq_w":["what"]}|child|id,person_id,what
add_checks_two|.tables.child.checks=["length(what) < 9","id > 0"]|child|id,person_id,what
fk_self|.tables.child.columns.up={"type":"INTEGER"} \| .tables.child.foreign_keys += [{"columns":["up"],"references":"child","referred":["id"],"on_delete":"cascade"}]|child|id,person_id,what
col_middle|.tables.child.columns = {"id":.tables.child.columns.id,"mid":{"type":"TEXT"},"person_id":.tables.child.columns.person_id,"what":.tables.child.columns.what}|child|id,person_id,what
view_change|.views.adults="CREATE VIEW adults AS SELECT id, email, age, nick FROM person WHERE age >= 21"|person|id,email
trigger_change|.triggers.tr_child.definition="CREATE TRIGGER tr_child AFTER INSERT ON child BEGIN UPDATE person SET age = age + 0 WHERE id = new.person_id; END"|child|id,person_id,what
view_and_type|.views.adults="CREATE VIEW adults AS SELECT id, email, age, nick FROM person WHERE age >= 21" \| .tables.person.columns.age.type="BIGINT"|person|id,email
rename_checked|(.tables.person.columns |= with_entries(if .key=="nick" then .key="alias" \| .value.renamed_from="nick" else . end)) \| .tables.person.unique[1]=["code","alias"] \| .tables.person.checks[1].expr="length(alias) < 50"|person|id,org_id,email,age,score,note,code
CASES
}

# Tokens of the stored texts: without comments' and blanks' layout and without identifier quotes.
stored() {
    sqlite3 -batch "$1" "SELECT type, name, sql FROM sqlite_schema WHERE name NOT IN
        ('alembic_version', 'autogen_history') AND sql IS NOT NULL
        AND name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY type, name" | tr -d ' \t\n"`[]'
}
names() {
    sqlite3 -batch "$1" "SELECT type, name, tbl_name FROM sqlite_schema WHERE name NOT IN
        ('alembic_version', 'autogen_history') AND name NOT LIKE 'sqlite\_%' ESCAPE '\'
        AND name NOT LIKE 'sqlite_autoindex%' ORDER BY type, name"
}
rows() { sqlite3 -batch "$1" "SELECT $3 FROM $2 ORDER BY 1"; }
others() { # every table's rows but the one that changes, and the counters
    sqlite3 -batch "$1" .dump | grep -E '^INSERT INTO' |
        grep -vE "INSERT INTO \"?($2|alembic_version|autogen_history|sqlite_sequence)\"?[ (]" | sort
    sqlite3 -batch "$1" "SELECT * FROM sqlite_sequence"
}
content() { sqlite3 -batch "$1" .dump; }

check_case() {
    local name=$1 filter=$2 table=$3 columns=$4 source_table
    source_table=$table
    [ "$name" = rename_table ] && source_table=bare
    local dir=$work/$name
    mkdir "$dir" && cd "$dir" || return 1
    cp "$work/start.db" a.db
    "$autogen" -q --url "sqlite:///a.db" inspect -o start.json || return 1
    jq "$filter" start.json > model.json || return 1
    "$autogen" -q --url sqlite:///a.db init --model model.json || return 1
    [ "$name" = add_fk ] && sqlite3 a.db "UPDATE bare SET a = NULL"
    cp a.db before.db
    "$autogen" -q revision -m "$name" || return 1
    ls migrations/versions/*.sql > /dev/null 2>&1 || { echo "no revision written"; return 1; }
    "$autogen" -q upgrade head || return 1
    "$autogen" check > check.txt 2>&1 || { cat check.txt migrations/versions/*.sql; return 1; }
    diff <(rows before.db "$source_table" "$columns") <(rows a.db "$table" "$columns") || return 1
    if [ "$name" != rename_table ] && [ "$name" != drop_table ] && [ "$name" != add_table ]; then
        diff <(others before.db "$table") <(others a.db "$table") || return 1
    fi
    [ -z "$(sqlite3 a.db 'PRAGMA foreign_key_check; PRAGMA integrity_check' | grep -v '^ok$')" ] ||
        { echo "foreign keys or integrity broken"; return 1; }
    cp a.db upgraded.db
    "$autogen" -q downgrade base || { cat migrations/versions/*.sql; return 1; }
    [ "$(stored before.db)" = "$(stored a.db)" ] ||
        { diff <(stored before.db) <(stored a.db); cat migrations/versions/*.sql; return 1; }
    check_elsewhere "$name" "$source_table"
}

# The same revision on a database with an extra index and trigger, and on one altered by hand.
check_elsewhere() {
    local name=$1 table=$2 code
    cp before.db extra.db
    sqlite3 extra.db "CREATE INDEX ix_extra ON $table (1);
        CREATE TRIGGER tr_extra AFTER DELETE ON $table BEGIN DELETE FROM log; END;"
    "$autogen" -q --url sqlite:///extra.db upgrade head || return 1
    if [ "$name" != drop_table ]; then
        [ "$(names extra.db | grep -c _extra)" -eq 2 ] || { echo "extra objects lost"; return 1; }
    fi
    sed '/autogen:downgrade/,$d' migrations/versions/*.sql | grep -q -- '-- autogen:rebuild' || return 0
    cp before.db altered.db
    sqlite3 altered.db "ALTER TABLE $table ADD COLUMN by_hand TEXT"
    content altered.db > altered.before
    "$autogen" -q --url sqlite:///altered.db upgrade head 2> altered.txt
    code=$?
    [ $code -eq 5 ] || { echo "altered table: exit $code"; cat altered.txt; return 1; }
    diff altered.before <(content altered.db | grep -v -e alembic_version -e autogen_history) > d.txt ||
        { cat d.txt; echo "altered table was touched"; return 1; }
}

sqlite3 "$work/start.db" < "$root/fixtures/schemas/sqlite/change_start.sql" || exit 1
wanted=" $* "
while IFS= read -r line; do
    name=${line%%|*}
    [ "$wanted" = "  " ] || [[ $wanted == *" $name "* ]] || continue
    rest=${line#*|}
    columns=${rest##*|}
    rest=${rest%|*}
    table=${rest##*|}
    filter=${rest%|*}
    filter=${filter//\\|/|}
    if (check_case "$name" "$filter" "$table" "$columns") > "$work/out.txt" 2>&1; then
        echo "ok $name"
    else
        echo "NOT OK $name"
        sed 's/^/    /' "$work/out.txt"
        failures=$((failures + 1))
    fi
done < <(cases)
[ $failures -eq 0 ] || { echo "$failures cases failed"; exit 1; }
