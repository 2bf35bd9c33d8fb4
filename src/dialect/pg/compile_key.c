/* Statements about constraints and indexes. */
#include "base/str.h"
#include "dialect/pg/compile.h"
#include "schema/node.h"

void ag_pg_say_index_marks(ag_script *script, const char *ns, const char *table, const char *name,
                           bool clustered, bool replica_identity) {
    if (clustered) {
        ag_pg_say_alter_table(script, ns, table, "CLUSTER ON", name);
    }
    if (replica_identity) {
        ag_pg_say_alter_table(script, ns, table, "REPLICA IDENTITY USING INDEX", name);
    }
}

/* A mark that is taken away; whoever gets it instead says so itself. */
static void say_lost_marks(ag_script *script, const ag_op *op, const ag_index *before,
                           const ag_index *after) {
    if (before->clustered && !after->clustered) {
        ag_pg_say_alter_table(script, op->ns, op->table, "SET WITHOUT CLUSTER", NULL);
    }
    if (before->replica_identity && !after->replica_identity) {
        ag_pg_say_alter_table(script, op->ns, op->table, "REPLICA IDENTITY DEFAULT", NULL);
    }
}

/* Storage options and tablespace of an index, its own or that of a constraint. */
static void say_index_storage(ag_script *script, const ag_op *op, const char *name,
                              const ag_index *before, const ag_index *after) {
    ag_buf head = AG_BUF_INIT;
    ag_buf_puts(&head, "ALTER INDEX ");
    ag_pg_put_name(&head, op->ns, name);
    ag_buf_putc(&head, ' ');
    ag_pg_say_options(script, ag_buf_text(&head), &before->options, &after->options);
    if (!ag_text_eq(before->tablespace, after->tablespace)) {
        ag_buf_puts(&head, "SET TABLESPACE ");
        ag_pg_quote(&head, after->tablespace != NULL ? after->tablespace : "pg_default");
        ag_pg_say(script, &head);
    }
    ag_buf_release(&head);
}

/* Indexes */

static void say_target(ag_script *script, const ag_op *op, const char *number, const char *target) {
    ag_buf sql = AG_BUF_INIT;
    ag_buf_puts(&sql, "ALTER INDEX ");
    ag_pg_put_name(&sql, op->ns, op->name);
    ag_buf_printf(&sql, " ALTER COLUMN %s SET STATISTICS %s", number, target);
    ag_pg_say(script, &sql);
}

static void say_statistics(ag_script *script, const ag_op *op, const ag_options *before,
                           const ag_options *after) {
    static const char by_default[] = "-1";
    for (size_t i = 0; i < before->n; i++) {
        if (ag_options_find(after, before->items[i].name) == NULL) {
            say_target(script, op, before->items[i].name, by_default);
        }
    }
    for (size_t i = 0; i < after->n; i++) {
        const ag_option *old = ag_options_find(before, after->items[i].name);
        if (old == NULL || !ag_text_eq(old->value, after->items[i].value)) {
            say_target(script, op, after->items[i].name, after->items[i].value);
        }
    }
}

static void say_attach(const ag_op *op, ag_script *script, const ag_index *index) {
    ag_buf sql = AG_BUF_INIT;
    ag_buf_puts(&sql, "ALTER INDEX ");
    ag_pg_put_name(&sql, op->plan.parent_ns != NULL ? op->plan.parent_ns : op->ns, index->parent);
    ag_buf_puts(&sql, " ATTACH PARTITION ");
    ag_pg_put_name(&sql, op->ns, op->name);
    ag_pg_say(script, &sql);
}

void ag_pg_create_index(const ag_op *op, ag_script *script) {
    const ag_index *index = op->after.index;
    ag_buf sql = AG_BUF_INIT;
    ag_pg_put_index(&sql, op->ns, op->table, index, &op->plan);
    ag_pg_say(script, &sql);
    if (index->parent != NULL) {
        say_attach(op, script, index);
    }
    ag_pg_say_index_marks(script, op->ns, op->table, index->name, index->clustered,
                          index->replica_identity);
    static const ag_options none = {NULL, 0, 0};
    say_statistics(script, op, &none, &index->statistics);
    ag_pg_say_comment(script, AG_INDEX, op->ns, NULL, index->name, index->comment);
}

void ag_pg_alter_index(const ag_op *op, ag_script *script) {
    const ag_index *before = op->before.index;
    const ag_index *after = op->after.index;
    if (before->parent == NULL && after->parent != NULL) {
        say_attach(op, script, after);
    }
    say_index_storage(script, op, op->name, before, after);
    say_statistics(script, op, &before->statistics, &after->statistics);
    say_lost_marks(script, op, before, after);
    ag_pg_say_index_marks(script, op->ns, op->table, op->name,
                          after->clustered && !before->clustered,
                          after->replica_identity && !before->replica_identity);
}

/* Constraints */

static void put_deferrability(ag_buf *sql, const ag_constraint *constraint) {
    ag_buf_puts(sql, constraint->deferrable ? " DEFERRABLE" : " NOT DEFERRABLE");
    if (constraint->deferrable) {
        ag_buf_puts(sql, constraint->initially_deferred ? " INITIALLY DEFERRED"
                                                        : " INITIALLY IMMEDIATE");
    }
}

/* A key takes an index over, with all that the index says. */
static void put_takeover(ag_buf *sql, const ag_constraint *constraint, const char *index) {
    ag_buf_puts(sql, "CONSTRAINT ");
    ag_pg_quote(sql, constraint->name);
    ag_buf_puts(sql, constraint->kind == AG_PRIMARY_KEY ? " PRIMARY KEY" : " UNIQUE");
    ag_buf_puts(sql, " USING INDEX ");
    ag_pg_quote(sql, index);
    if (constraint->deferrable) {
        put_deferrability(sql, constraint);
    }
}

void ag_pg_add_constraint(const ag_op *op, ag_script *script) {
    const ag_constraint *constraint = op->after.constraint;
    ag_buf sql = AG_BUF_INIT;
    ag_pg_put_alter_table(&sql, op->plan.only, op->ns, op->table);
    ag_buf_puts(&sql, "ADD ");
    if (op->plan.using_index != NULL) {
        put_takeover(&sql, constraint, op->plan.using_index);
    } else {
        ag_pg_put_constraint(&sql, constraint);
    }
    ag_pg_say(script, &sql);
    if (constraint->name != NULL) {
        ag_pg_say_index_marks(script, op->ns, op->table, constraint->name, constraint->clustered,
                              constraint->replica_identity);
    }
    ag_pg_say_comment(script, AG_CONSTRAINT, op->ns, op->table, constraint->name,
                      constraint->comment);
    ag_pg_say_comment(script, AG_INDEX, op->ns, NULL, constraint->name, constraint->index_comment);
}

/* What the index behind a constraint has of the two. */
static ag_index index_of(const ag_constraint *constraint) {
    return (ag_index){.options = constraint->options,
                      .tablespace = constraint->tablespace,
                      .clustered = constraint->clustered,
                      .replica_identity = constraint->replica_identity};
}

void ag_pg_alter_constraint(const ag_op *op, ag_script *script) {
    const ag_constraint *before = op->before.constraint;
    const ag_constraint *after = op->after.constraint;
    if (before->deferrable != after->deferrable ||
        before->initially_deferred != after->initially_deferred) {
        ag_buf sql = AG_BUF_INIT;
        ag_pg_put_alter_table(&sql, false, op->ns, op->table);
        ag_buf_puts(&sql, "ALTER CONSTRAINT ");
        ag_pg_quote(&sql, op->name);
        put_deferrability(&sql, after);
        ag_pg_say(script, &sql);
    }
    if (before->not_valid && !after->not_valid) {
        ag_pg_say_alter_table(script, op->ns, op->table, "VALIDATE CONSTRAINT", op->name);
    }
    ag_index old_index = index_of(before);
    ag_index new_index = index_of(after);
    say_index_storage(script, op, op->name, &old_index, &new_index);
    say_lost_marks(script, op, &old_index, &new_index);
    ag_pg_say_index_marks(script, op->ns, op->table, op->name,
                          after->clustered && !before->clustered,
                          after->replica_identity && !before->replica_identity);
    if (!ag_text_eq(before->index_comment, after->index_comment)) {
        ag_pg_change_comment(script, AG_INDEX, op->ns, NULL, op->name, after->index_comment);
    }
}
