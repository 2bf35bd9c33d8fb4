/* Statements that keep the rows and the counters of a table that is made anew. */
#include "base/str.h"
#include "dialect/pg/compile.h"
#include "dialect/pg/sequence.h"
#include "schema/node.h"

/* What is kept is a column of both tables. */
static const ag_column *column_of(const ag_table *table, const ag_column *kept) {
    for (size_t i = 0; i < table->columns.n; i++) {
        if (ag_text_eq(table->columns.items[i]->name, kept->name)) {
            return table->columns.items[i];
        }
    }
    return kept;
}

static void put_columns(ag_buf *sql, const ag_table *table) {
    for (size_t i = 0; i < table->columns.n; i++) {
        ag_buf_puts(sql, i > 0 ? ", " : "");
        ag_pg_quote(sql, table->columns.items[i]->name);
    }
}

static void put_value(ag_buf *sql, const ag_column *from, const char *to) {
    size_t start = sql->n;
    if (!ag_text_eq(from->type, to)) {
        ag_pg_put_cast(sql, from->name, from->type, to);
    }
    if (sql->n == start) {
        ag_pg_quote(sql, from->name);
    }
}

/* Where the counter of a column is, and where it waits. */
static void put_sequence(ag_buf *sql, const ag_table *table, const ag_column *column) {
    ag_arena *arena = ag_arena_new();
    const char *name = column->identity_options.name;
    ag_pg_put_name(sql, table->ns,
                   name != NULL ? name
                                : ag_pg_object_name(arena, table->name, column->name, "seq"));
    ag_arena_free(arena);
}

static void put_counter(ag_buf *sql, const ag_table *table, const ag_column *column) {
    ag_arena *arena = ag_arena_new();
    ag_pg_put_name(sql, table->ns,
                   ag_pg_object_name(arena, table->name, column->name, "autogen_counter"));
    ag_arena_free(arena);
}

static void say_force(ag_script *script, const ag_table *table, bool is_forced) {
    if (table->force_row_security) {
        ag_pg_say_alter_table(
            script, table->ns, table->name,
            is_forced ? "FORCE ROW LEVEL SECURITY" : "NO FORCE ROW LEVEL SECURITY", NULL);
    }
}

void ag_pg_save_rows(const ag_op *op, ag_script *script) {
    const ag_table *table = op->before.table;
    const ag_table *between = op->after.table;
    const char *only = table->partition_by != NULL ? "" : "ONLY ";
    ag_buf sql = AG_BUF_INIT;
    ag_buf_printf(&sql, "LOCK TABLE %s", only); /* or rows written meanwhile would be lost */
    ag_pg_put_name(&sql, table->ns, table->name);
    ag_buf_puts(&sql, " IN ACCESS EXCLUSIVE MODE");
    ag_pg_say(script, &sql);
    say_force(script, table, false); /* or policies would hide rows */
    ag_buf_puts(&sql, "CREATE TABLE ");
    ag_pg_put_name(&sql, between->ns, between->name);
    ag_buf_puts(&sql, " AS SELECT ");
    for (size_t i = 0; i < between->columns.n; i++) {
        const ag_column *kept = between->columns.items[i];
        const ag_column *column = column_of(table, kept);
        ag_buf_puts(&sql, i > 0 ? ", " : "");
        ag_pg_quote(&sql, kept->name);
        if (!ag_text_eq(column->type, kept->type)) {
            ag_buf_printf(&sql, "::%s", kept->type);
        }
        if (column->collation != NULL) {
            ag_buf_puts(&sql, " COLLATE \"C\"");
        }
        if (column->collation != NULL || !ag_text_eq(column->type, kept->type)) {
            ag_buf_puts(&sql, " AS ");
            ag_pg_quote(&sql, kept->name);
        }
    }
    ag_buf_printf(&sql, " FROM %s", only);
    ag_pg_put_name(&sql, table->ns, table->name);
    ag_pg_say(script, &sql);
    for (size_t i = 0; i < between->columns.n; i++) {
        if (between->columns.items[i]->serial) {
            ag_buf_puts(&sql, "CREATE TABLE ");
            put_counter(&sql, table, between->columns.items[i]);
            ag_buf_puts(&sql, " AS SELECT last_value, is_called FROM ");
            put_sequence(&sql, table, between->columns.items[i]);
            ag_pg_say(script, &sql);
        }
    }
}

static bool has_identity(const ag_table *table) {
    for (size_t i = 0; i < table->columns.n; i++) {
        if (table->columns.items[i]->identity == AG_IDENTITY_ALWAYS) {
            return true;
        }
    }
    return false;
}

static void say_drop(ag_script *script, ag_buf *name) {
    ag_buf sql = AG_BUF_INIT;
    ag_buf_printf(&sql, "DROP TABLE %s", ag_buf_text(name));
    ag_buf_release(name);
    ag_pg_say(script, &sql);
}

static void restore_counter(ag_script *script, const ag_table *table, const ag_column *column) {
    ag_buf name = AG_BUF_INIT;
    ag_buf sequence = AG_BUF_INIT;
    ag_buf sql = AG_BUF_INIT;
    put_counter(&name, table, column);
    put_sequence(&sequence, table, column);
    ag_buf_puts(&sql, "SELECT pg_catalog.setval(");
    ag_sql_quote_string(&sql, ag_buf_text(&sequence));
    ag_buf_printf(&sql, ", last_value, is_called) FROM %s", ag_buf_text(&name));
    ag_buf_release(&sequence);
    ag_pg_say(script, &sql);
    say_drop(script, &name);
}

void ag_pg_restore_rows(const ag_op *op, ag_script *script) {
    const ag_table *between = op->before.table;
    const ag_table *table = op->after.table;
    ag_buf name = AG_BUF_INIT;
    ag_buf sql = AG_BUF_INIT;
    ag_pg_put_name(&name, between->ns, between->name);
    if (between->columns.n > 0) {
        say_force(script, table, false);
        ag_buf_puts(&sql, "INSERT INTO ");
        ag_pg_put_name(&sql, table->ns, table->name);
        ag_buf_puts(&sql, " (");
        put_columns(&sql, between);
        ag_buf_puts(&sql, has_identity(table) ? ") OVERRIDING SYSTEM VALUE SELECT " : ") SELECT ");
        for (size_t i = 0; i < between->columns.n; i++) {
            const ag_column *kept = between->columns.items[i];
            ag_buf_puts(&sql, i > 0 ? ", " : "");
            put_value(&sql, kept, column_of(table, kept)->type);
        }
        ag_buf_printf(&sql, " FROM %s", ag_buf_text(&name));
        ag_pg_say(script, &sql);
        say_force(script, table, true);
    }
    say_drop(script, &name);
    for (size_t i = 0; i < between->columns.n; i++) {
        if (between->columns.items[i]->serial) {
            restore_counter(script, table, column_of(table, between->columns.items[i]));
        }
    }
}
