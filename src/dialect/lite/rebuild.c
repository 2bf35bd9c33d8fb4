#include "dialect/lite/rebuild.h"

#include <string.h>

#include "base/str.h"
#include "dialect/lite/ddl.h"
#include "dialect/lite/lite.h"

#define ROWID_COLUMN "_autogen_rowid"

typedef struct maker {
    ag_arena *arena;
    const char *before_sql, *after_sql;
    ag_lite_table before, after;
    const ag_lite_rebuild_options *options;
    ag_rebuild *rebuild;
    char *table;        /* quoted */
    char *old_table;    /* quoted */
    bool by_copy;       /* the old table cannot be renamed aside; its rows are */
    bool moves_counter; /* the old table has one that outlives it */
} maker;

static void add(maker *m, const char *statement) {
    ag_vec_push(m->arena, &m->rebuild->statements, statement);
}

static char *quoted(ag_arena *arena, const char *name) {
    ag_buf buf = AG_BUF_INIT;
    ag_lite_quote(&buf, name);
    char *text = ag_buf_copy(&buf, arena);
    ag_buf_release(&buf);
    return text;
}

static const ag_lite_column *column_of(const ag_lite_table *table, const char *name) {
    for (size_t i = 0; i < table->columns.n; i++) {
        if (ag_text_ieq(table->columns.items[i].name.text, name)) {
            return &table->columns.items[i];
        }
    }
    return NULL;
}

static bool is_generated(const ag_lite_column *column) {
    return ag_lite_find_part(&column->parts, AG_LITE_GENERATED) != NULL;
}

static bool type_is_integer(const char *sql, const ag_lite_column *column) {
    ag_str type = ag_lite_slice(sql, column->type);
    return ag_str_ieq(type, "integer") || ag_str_ieq(type, "\"integer\"");
}

/* A single-column primary key of type INTEGER is the rowid; INTEGER PRIMARY KEY DESC is not. */
static bool has_rowid_alias(const char *sql, const ag_lite_table *table) {
    for (size_t i = 0; i < table->columns.n; i++) {
        const ag_lite_column *column = &table->columns.items[i];
        const ag_lite_part *key = ag_lite_find_part(&column->parts, AG_LITE_PRIMARY_KEY);
        if (key != NULL) {
            return !key->descending && type_is_integer(sql, column);
        }
    }
    const ag_lite_part *key = ag_lite_find_part(&table->constraints, AG_LITE_PRIMARY_KEY);
    if (key == NULL || key->elements.n != 1) {
        return false;
    }
    const ag_lite_column *column = column_of(table, key->elements.items[0].column.text);
    return column != NULL && type_is_integer(sql, column);
}

/* A name for the rowid that no column has taken; NULL when all three are. */
static const char *rowid_name(const maker *m) {
    static const char *const names[] = {"rowid", "_rowid_", "oid"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (column_of(&m->before, names[i]) == NULL && column_of(&m->after, names[i]) == NULL) {
            return names[i];
        }
    }
    return NULL;
}

static bool keeps_rowid(const maker *m) {
    return m->before.without_rowid.n == 0 && m->after.without_rowid.n == 0 &&
           !has_rowid_alias(m->after_sql, &m->after) && rowid_name(m) != NULL;
}

static bool is_not_null(const ag_lite_column *column) {
    return ag_lite_find_part(&column->parts, AG_LITE_NOT_NULL) != NULL;
}

/* The old value of a column, by its new name where that of an enum was renamed. */
static const char *old_value(const maker *m, const ag_lite_column *column) {
    const char *name = quoted(m->arena, column->name.text);
    const ag_lite_values *values = m->options->values;
    ag_buf cases = AG_BUF_INIT;
    for (size_t i = 0; values != NULL && i < values->n; i++) {
        const ag_lite_value *value = &values->items[i];
        if (ag_text_ieq(value->column, column->name.text)) {
            ag_buf_puts(&cases, " WHEN ");
            ag_sql_quote_string(&cases, value->from);
            ag_buf_puts(&cases, " THEN ");
            ag_sql_quote_string(&cases, value->to);
        }
    }
    const char *text =
        cases.n == 0 ? name
                     : ag_arena_printf(m->arena, "CASE %s%s ELSE %s END", name, cases.text, name);
    ag_buf_release(&cases);
    return text;
}

/* The value a column takes: the old one, with the default for NULLs that may not stay. */
static void put_value(ag_buf *out, const maker *m, const ag_lite_column *before,
                      const ag_lite_column *after) {
    const ag_lite_part *value = ag_lite_find_part(&after->parts, AG_LITE_DEFAULT);
    const char *old = old_value(m, before);
    if (value == NULL || !is_not_null(after) || is_not_null(before)) {
        ag_buf_puts(out, old);
        return;
    }
    ag_str text = ag_lite_slice(m->after_sql, value->expr);
    ag_buf_printf(out, "coalesce(%s, %.*s)", old, AG_STR_ARG(text));
}

static void separate(ag_buf *a, ag_buf *b) {
    if (a->n > 0) {
        ag_buf_puts(a, ", ");
        ag_buf_puts(b, ", ");
    }
}

static bool begins_with_null(const maker *m, const ag_lite_column *column) {
    for (size_t i = 0; i < m->options->nulls.n; i++) {
        if (ag_text_ieq(m->options->nulls.items[i], column->name.text)) {
            return true;
        }
    }
    return false;
}

static void add_copy(maker *m) {
    ag_buf into = AG_BUF_INIT;
    ag_buf from = AG_BUF_INIT;
    if (keeps_rowid(m)) {
        ag_buf_puts(&into, rowid_name(m));
        ag_buf_puts(&from, m->by_copy ? ROWID_COLUMN : rowid_name(m));
    }
    for (size_t i = 0; i < m->after.columns.n; i++) {
        const ag_lite_column *after = &m->after.columns.items[i];
        const ag_lite_column *before = column_of(&m->before, after->name.text);
        if (before == NULL && begins_with_null(m, after)) {
            separate(&into, &from);
            ag_buf_puts(&into, quoted(m->arena, after->name.text));
            ag_buf_puts(&from, "NULL");
        }
        if (before != NULL && !is_generated(after)) {
            separate(&into, &from);
            ag_buf_puts(&into, quoted(m->arena, after->name.text));
            put_value(&from, m, before, after);
        }
    }
    /* OR ABORT overrules the conflict clauses of the table: no row may be passed over silently. */
    if (into.n > 0) {
        add(m, ag_arena_printf(m->arena, "INSERT OR ABORT INTO %s (%s)\nSELECT %s\nFROM %s",
                               m->table, into.text, from.text, m->old_table));
    }
    ag_buf_release(&into);
    ag_buf_release(&from);
}

static bool has_autoincrement(const ag_lite_table *table) {
    for (size_t i = 0; i < table->columns.n; i++) {
        const ag_lite_part *key =
            ag_lite_find_part(&table->columns.items[i].parts, AG_LITE_PRIMARY_KEY);
        if (key != NULL && key->autoincrement) {
            return true;
        }
    }
    const ag_lite_part *key = ag_lite_find_part(&table->constraints, AG_LITE_PRIMARY_KEY);
    return key != NULL && key->autoincrement;
}

static char *literal(ag_arena *arena, const char *text) {
    ag_buf buf = AG_BUF_INIT;
    ag_sql_quote_string(&buf, text);
    char *copy = ag_buf_copy(&buf, arena);
    ag_buf_release(&buf);
    return copy;
}

/* An UPDATE keeps the row where it is, so that the order of the counters stays too. */
static void rename_counter(maker *m, const char *from, const char *to) {
    add(m, ag_arena_printf(m->arena, "UPDATE sqlite_sequence SET name = %s WHERE name = %s",
                           literal(m->arena, to), literal(m->arena, from)));
}

static char *name_aside(const maker *m) {
    return ag_arena_printf(m->arena, AG_LITE_ASIDE "%s", m->before.name.text);
}

/*
 * The counter of an AUTOINCREMENT table stands under the old table's name after the rename, and the
 * copy may have begun a new one. What a table that was AUTOINCREMENT once has left is taken up.
 */
static void add_counter_after_copy(maker *m) {
    if (!has_autoincrement(&m->before) && has_autoincrement(&m->after)) {
        /* A copy of no rows begins a counter too. */
        add(m, ag_arena_printf(m->arena, "DELETE FROM sqlite_sequence WHERE name = %s AND seq = 0",
                               literal(m->arena, m->after.name.text)));
    }
    if (m->moves_counter) {
        add(m, ag_arena_printf(m->arena, "DELETE FROM sqlite_sequence WHERE name = %s",
                               literal(m->arena, m->after.name.text)));
        rename_counter(m, name_aside(m), m->before.name.text);
    }
}

static void add_counter_before_copy(maker *m) {
    if (!has_autoincrement(&m->before) && has_autoincrement(&m->after) && !m->by_copy) {
        rename_counter(m, name_aside(m), m->before.name.text);
    }
}

/* "t.c" in a text of table t: such a text does not survive a rename of its table. */
static bool names_itself(const maker *m) {
    ag_str text = ag_str_of(m->before_sql);
    ag_tokens tokens = ag_sql_tokens(m->arena, AG_SQL_SQLITE, text);
    for (size_t i = 0; i + 1 < tokens.n; i++) {
        ag_token token = tokens.items[i];
        bool is_name = token.kind == AG_TOKEN_WORD || token.kind == AG_TOKEN_QUOTED;
        if (is_name && ag_token_is(text, tokens.items[i + 1], ".") &&
            ag_text_ieq(ag_token_unquote(m->arena, AG_SQL_SQLITE, text, token),
                        m->before.name.text)) {
            return true;
        }
    }
    return false;
}

/* Sets the rows aside under the other name, and the counter with them. */
static void add_set_aside_by_copy(maker *m) {
    ag_buf columns = AG_BUF_INIT;
    if (keeps_rowid(m)) {
        ag_buf_printf(&columns, "%s AS " ROWID_COLUMN, rowid_name(m));
    }
    for (size_t i = 0; i < m->before.columns.n; i++) {
        ag_buf_puts(&columns, columns.n == 0 ? "" : ", ");
        ag_lite_quote(&columns, m->before.columns.items[i].name.text);
    }
    add(m, ag_arena_printf(m->arena, "CREATE TABLE %s AS SELECT %s FROM %s", m->old_table,
                           columns.text, m->table));
    ag_buf_release(&columns);
    if (m->moves_counter) {
        rename_counter(m, m->before.name.text, name_aside(m));
    }
    add(m, ag_arena_printf(m->arena, "DROP TABLE %s", m->table));
}

static void add_set_aside(maker *m) {
    m->by_copy = names_itself(m);
    if (m->by_copy) {
        add_set_aside_by_copy(m);
    } else {
        add(m, ag_arena_printf(m->arena, "ALTER TABLE %s RENAME TO %s", m->table, m->old_table));
    }
}

bool ag_lite_make_rebuild(ag_arena *arena, const char *before_sql, const char *after_sql,
                          const ag_lite_stored_list *dependents,
                          const ag_lite_rebuild_options *options, ag_rebuild **out, ag_error *err) {
    static const ag_lite_rebuild_options none = {.keeps_counter = false};
    maker m = {.arena = arena, .before_sql = before_sql, .after_sql = after_sql};
    m.options = options == NULL ? &none : options;
    if (!ag_lite_parse_table(arena, before_sql, &m.before, err) ||
        !ag_lite_parse_table(arena, after_sql, &m.after, err)) {
        return false;
    }
    m.rebuild = ag_arena_new_of(arena, ag_rebuild);
    m.rebuild->table = m.before.name.text;
    m.rebuild->before_sql = ag_arena_strdup(arena, before_sql);
    m.rebuild->after_sql = ag_arena_strdup(arena, after_sql);
    m.table = quoted(arena, m.before.name.text);
    m.old_table = quoted(arena, name_aside(&m));
    m.moves_counter =
        has_autoincrement(&m.before) && (m.options->keeps_counter || has_autoincrement(&m.after));
    add(&m, "PRAGMA legacy_alter_table = ON");
    add_set_aside(&m);
    add(&m, m.rebuild->after_sql);
    add_counter_before_copy(&m);
    add_copy(&m);
    add_counter_after_copy(&m);
    add(&m, ag_arena_printf(arena, "DROP TABLE %s", m.old_table));
    for (size_t i = 0; i < dependents->n; i++) {
        add(&m, ag_arena_strdup(arena, dependents->items[i].sql));
    }
    add(&m, "PRAGMA legacy_alter_table = OFF");
    *out = m.rebuild;
    return true;
}
