/* Statements that make and change tables as a whole. */
#include "base/str.h"
#include "dialect/pg/compile.h"
#include "schema/node.h"

static void say_replica_identity(ag_script *script, const ag_table *table) {
    const char *identity = table->replica_identity;
    const char *words = ag_text_ieq(identity, "full")      ? "REPLICA IDENTITY FULL"
                        : ag_text_ieq(identity, "nothing") ? "REPLICA IDENTITY NOTHING"
                                                           : "REPLICA IDENTITY DEFAULT";
    ag_pg_say_alter_table(script, table->ns, table->name, words, NULL);
}

static void say_row_security(ag_script *script, const ag_table *table, bool is_on, bool is_forced) {
    if (is_on != table->row_security) {
        ag_pg_say_alter_table(
            script, table->ns, table->name,
            table->row_security ? "ENABLE ROW LEVEL SECURITY" : "DISABLE ROW LEVEL SECURITY", NULL);
    }
    if (is_forced != table->force_row_security) {
        ag_pg_say_alter_table(script, table->ns, table->name,
                              table->force_row_security ? "FORCE ROW LEVEL SECURITY"
                                                        : "NO FORCE ROW LEVEL SECURITY",
                              NULL);
    }
}

/* A serial column is NOT NULL until told otherwise. */
static void say_serial_nulls(ag_script *script, const ag_table *table) {
    for (size_t i = 0; i < table->columns.n; i++) {
        const ag_column *column = table->columns.items[i];
        if (column->serial && column->nullable && !column->inherited) {
            ag_buf sql = AG_BUF_INIT;
            ag_pg_put_alter_table(&sql, false, table->ns, table->name);
            ag_buf_puts(&sql, "ALTER COLUMN ");
            ag_pg_quote(&sql, column->name);
            ag_buf_puts(&sql, " DROP NOT NULL");
            ag_pg_say(script, &sql);
        }
    }
}

static void say_constraint_marks(ag_script *script, const ag_table *table) {
    for (size_t i = 0; i < table->constraints.n; i++) {
        const ag_constraint *constraint = table->constraints.items[i];
        if (!constraint->inherited) {
            ag_pg_say_index_marks(script, table->ns, table->name, constraint->name,
                                  constraint->clustered, constraint->replica_identity);
            ag_pg_say_comment(script, AG_CONSTRAINT, table->ns, table->name, constraint->name,
                              constraint->comment);
            ag_pg_say_comment(script, AG_INDEX, table->ns, NULL, constraint->name,
                              constraint->index_comment);
        }
    }
}

void ag_pg_create_table(const ag_op *op, ag_script *script) {
    const ag_table *table = op->after.table;
    ag_buf sql = AG_BUF_INIT;
    ag_pg_put_table(&sql, table);
    ag_pg_say(script, &sql);
    say_serial_nulls(script, table);
    for (size_t i = 0; i < table->columns.n; i++) {
        ag_column column = *table->columns.items[i];
        if (column.inherited) { /* these come from the parent */
            column.storage = column.compression = NULL;
        }
        ag_pg_say_attributes(script, false, table->ns, table->name, NULL, &column);
    }
    say_row_security(script, table, false, false);
    if (table->replica_identity != NULL) {
        say_replica_identity(script, table);
    }
    ag_pg_say_comment(script, AG_TABLE, table->ns, NULL, table->name, table->comment);
    ag_pg_say_column_comments(script, table->ns, table->name, &table->columns);
    say_constraint_marks(script, table);
}

/* Partitions and parents */

/* ALTER TABLE parent ATTACH PARTITION child BOUND, or DETACH. */
static void say_partition(ag_script *script, const ag_table *side, const ag_table *child,
                          bool attach) {
    ag_buf sql = AG_BUF_INIT;
    ag_pg_put_alter_table(&sql, false, side->parent_ns, side->parent);
    ag_buf_puts(&sql, attach ? "ATTACH PARTITION " : "DETACH PARTITION ");
    ag_pg_put_name(&sql, child->ns, child->name);
    if (attach) {
        ag_buf_putc(&sql, ' ');
        ag_pg_put_expr(&sql, side->bound, false);
    }
    ag_pg_say(script, &sql);
}

/* The parents that one list has and the other lacks. */
static void say_inherits(ag_script *script, const ag_table *table, const ag_strings *has,
                         const ag_strings *lacks, const char *words) {
    for (size_t i = 0; i < has->n; i++) {
        if (!ag_strings_has(lacks, has->items[i])) {
            ag_buf sql = AG_BUF_INIT;
            ag_pg_put_alter_table(&sql, false, table->ns, table->name);
            ag_buf_printf(&sql, "%s %s", words, has->items[i]);
            ag_pg_say(script, &sql);
        }
    }
}

bool ag_pg_same_parent(const ag_table *a, const ag_table *b) {
    return ag_text_eq(a->parent, b->parent) && ag_text_eq(a->parent_ns, b->parent_ns);
}

bool ag_pg_same_partition(const ag_table *a, const ag_table *b) {
    return ag_pg_same_parent(a, b) && ag_text_eq(a->bound, b->bound);
}

static void say_parents(ag_script *script, const ag_table *before, const ag_table *after) {
    bool moves = !ag_pg_same_partition(before, after);
    if (moves && before->parent != NULL) {
        say_partition(script, before, after, false);
    }
    say_inherits(script, after, &before->inherits, &after->inherits, "NO INHERIT");
    say_inherits(script, after, &after->inherits, &before->inherits, "INHERIT");
    if (moves && after->parent != NULL) {
        say_partition(script, after, after, true);
    }
}

void ag_pg_alter_table(const ag_op *op, ag_script *script) {
    const ag_table *before = op->before.table;
    const ag_table *after = op->after.table;
    const char *ns = after->ns;
    const char *name = after->name;
    say_parents(script, before, after);
    if (before->unlogged != after->unlogged) {
        ag_pg_say_alter_table(script, ns, name, after->unlogged ? "SET UNLOGGED" : "SET LOGGED",
                              NULL);
    }
    if (!ag_text_eq(before->access_method, after->access_method)) {
        ag_pg_say_alter_table(script, ns, name, "SET ACCESS METHOD",
                              after->access_method != NULL ? after->access_method : "heap");
    }
    if (!ag_text_eq(before->tablespace, after->tablespace)) {
        ag_pg_say_alter_table(script, ns, name, "SET TABLESPACE",
                              after->tablespace != NULL ? after->tablespace : "pg_default");
    }
    ag_buf head = AG_BUF_INIT;
    ag_pg_put_alter_table(&head, op->plan.only, ns, name);
    ag_pg_say_options(script, ag_buf_text(&head), &before->options, &after->options);
    ag_buf_release(&head);
    if (!ag_text_ieq(before->replica_identity, after->replica_identity)) {
        say_replica_identity(script, after);
    }
    say_row_security(script, after, before->row_security, before->force_row_security);
}
