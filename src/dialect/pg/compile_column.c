/* Statements that add and change columns. */
#include <string.h>

#include "base/str.h"
#include "dialect/pg/compile.h"
#include "dialect/pg/sequence.h"
#include "schema/node.h"

/* The column that statements are about. */
typedef struct subject {
    ag_script *script;
    bool only;
    const char *ns, *table, *column;
    const char *using_expr; /* NULL: the cast that the types need */
} subject;

/* "ALTER TABLE t ALTER COLUMN c " */
static void put_head(ag_buf *sql, const subject *s, bool only) {
    ag_pg_put_alter_table(sql, only, s->ns, s->table);
    ag_buf_puts(sql, "ALTER COLUMN ");
    ag_pg_quote(sql, s->column);
    ag_buf_putc(sql, ' ');
}

/* A change that stays with this table where it has partitions or children. */
static void say_own(const subject *s, const char *words, const char *rest) {
    ag_buf sql = AG_BUF_INIT;
    put_head(&sql, s, s->only);
    ag_buf_puts(&sql, words);
    ag_buf_puts(&sql, rest);
    ag_pg_say(s->script, &sql);
}

/* A change that they must share. */
static void say_shared(const subject *s, const char *words) {
    ag_buf sql = AG_BUF_INIT;
    put_head(&sql, s, false);
    ag_buf_puts(&sql, words);
    ag_pg_say(s->script, &sql);
}

/* Attributes */

/* SET STORAGE DEFAULT came with PostgreSQL 16. */
static const char *usual_storage(const char *type) {
    static const char *const in_main[] = {"numeric", "inet", "cidr"};
    for (size_t i = 0; i < sizeof in_main / sizeof *in_main; i++) {
        size_t n = strlen(in_main[i]);
        if (strncmp(type, in_main[i], n) == 0 && (type[n] == '\0' || type[n] == '(')) {
            return "main";
        }
    }
    return "extended";
}

static void say_storage(const subject *s, const ag_column *after) {
    const char *storage = after->storage != NULL ? after->storage : usual_storage(after->type);
    ag_buf words = AG_BUF_INIT;
    ag_pg_put_upper(&words, storage);
    say_own(s, "SET STORAGE ", ag_buf_text(&words));
    ag_buf_release(&words);
}

static void say_attributes(const subject *s, const ag_column *before, const ag_column *after) {
    if (!ag_text_ieq(before->storage, after->storage)) {
        say_storage(s, after);
    }
    if (!ag_text_ieq(before->compression, after->compression)) {
        say_own(s, "SET COMPRESSION ", after->compression != NULL ? after->compression : "default");
    }
    if (before->statistics != after->statistics) {
        char number[24];
        snprintf(number, sizeof number, "%d", after->statistics);
        say_own(s, "SET STATISTICS ", number);
    }
    ag_buf head = AG_BUF_INIT;
    put_head(&head, s, s->only);
    ag_pg_say_options(s->script, ag_buf_text(&head), &before->options, &after->options);
    ag_buf_release(&head);
}

void ag_pg_say_attributes(ag_script *script, bool only, const char *ns, const char *table,
                          const ag_column *before, const ag_column *after) {
    static const ag_column usual = {.statistics = -1};
    subject s = {script, only, ns, table, after->name, NULL};
    say_attributes(&s, before != NULL ? before : &usual, after);
}

void ag_pg_add_column(const ag_op *op, ag_script *script) {
    const ag_column *column = op->after.column;
    ag_buf sql = AG_BUF_INIT;
    ag_pg_put_alter_table(&sql, false, op->ns, op->table);
    ag_buf_puts(&sql, "ADD COLUMN ");
    ag_pg_put_column_text(&sql, op->ns, column, true);
    ag_pg_say(script, &sql);
    subject s = {script, op->plan.only, op->ns, op->table, column->name, NULL};
    if (column->serial && column->nullable) {
        say_shared(&s, "DROP NOT NULL");
    }
    ag_pg_say_attributes(script, op->plan.only, op->ns, op->table, NULL, column);
    ag_pg_say_comment(script, AG_COLUMN, op->ns, op->table, column->name, column->comment);
}

/* Sequences of serial columns */

static void put_serial_sequence(ag_buf *buf, const subject *s) {
    ag_arena *arena = ag_arena_new();
    ag_pg_put_name(buf, s->ns, ag_pg_object_name(arena, s->table, s->column, "seq"));
    ag_arena_free(arena);
}

static void say_sequence(const subject *s, const char *words, const char *rest) {
    ag_buf sql = AG_BUF_INIT;
    ag_buf_puts(&sql, words);
    put_serial_sequence(&sql, s);
    ag_buf_puts(&sql, rest);
    ag_pg_say(s->script, &sql);
}

/* Makes what the type "serial" makes for a new column. */
static void say_serial(const subject *s, const ag_column *column) {
    ag_buf rest = AG_BUF_INIT;
    ag_buf_printf(&rest, " AS %s OWNED BY ", column->type);
    ag_pg_put_name(&rest, s->ns, s->table);
    ag_buf_putc(&rest, '.');
    ag_pg_quote(&rest, s->column);
    say_sequence(s, "CREATE SEQUENCE ", ag_buf_text(&rest));
    ag_buf_clear(&rest);
    ag_arena *arena = ag_arena_new();
    const char *name = ag_pg_object_name(arena, s->table, s->column, "seq");
    say_own(s, "SET DEFAULT ", ag_pg_nextval(arena, s->ns, name));
    ag_arena_free(arena);
    ag_buf_release(&rest);
}

/* The numbers that the rows have are taken. */
static void say_start_behind_rows(const subject *s, const ag_sequence_options *options) {
    if (options->has_increment && options->increment < 0) {
        return;
    }
    ag_buf table = AG_BUF_INIT;
    ag_buf column = AG_BUF_INIT;
    ag_buf sql = AG_BUF_INIT;
    ag_pg_put_name(&table, s->ns, s->table);
    ag_pg_quote(&column, s->column);
    ag_buf_puts(&sql, "SELECT pg_catalog.setval(pg_catalog.pg_get_serial_sequence(");
    ag_sql_quote_string(&sql, ag_buf_text(&table));
    ag_buf_puts(&sql, ", ");
    ag_sql_quote_string(&sql, s->column);
    ag_buf_printf(&sql, "), max(%s)) FROM %s HAVING max(%s) >= %lld", ag_buf_text(&column),
                  ag_buf_text(&table), ag_buf_text(&column),
                  (long long)(options->has_min ? options->min : 1));
    ag_pg_say(s->script, &sql);
    ag_buf_release(&table);
    ag_buf_release(&column);
}

/* Alteration */

static bool changes_type(const ag_column *before, const ag_column *after) {
    return !ag_text_eq(before->type, after->type) ||
           !ag_text_eq(before->collation, after->collation);
}

/* The old default need not fit the new type. */
static bool drops_default(const ag_column *before, const ag_column *after) {
    if (before->default_expr == NULL || before->generated != AG_GENERATED_NONE) {
        return false;
    }
    return after->default_expr == NULL ||
           (changes_type(before, after) &&
            (!ag_text_eq(before->default_expr, after->default_expr) ||
             !ag_pg_same_base_type(before->type, after->type)));
}

static void say_type(const subject *s, const ag_column *before, const ag_column *after) {
    ag_buf words = AG_BUF_INIT;
    ag_buf cast = AG_BUF_INIT;
    ag_buf_printf(&words, "TYPE %s", after->type);
    if (after->collation != NULL) {
        ag_buf_puts(&words, " COLLATE ");
        ag_pg_put_collation(&words, after->collation);
    }
    if (s->using_expr != NULL) {
        ag_buf_puts(&cast, s->using_expr);
    } else {
        ag_pg_put_cast(&cast, s->column, before->type, after->type);
    }
    if (cast.n > 0) {
        ag_buf_printf(&words, " USING %s", ag_buf_text(&cast));
    }
    say_shared(s, ag_buf_text(&words));
    ag_buf_release(&words);
    ag_buf_release(&cast);
}

/* What must be gone before the type changes. */
static void say_removals(const subject *s, const ag_column *before, const ag_column *after) {
    if (before->generated != AG_GENERATED_NONE && after->generated == AG_GENERATED_NONE) {
        say_shared(s, "DROP EXPRESSION");
    }
    if (before->identity != AG_IDENTITY_NONE && after->identity == AG_IDENTITY_NONE) {
        say_shared(s, "DROP IDENTITY");
    }
    if (before->serial && !after->serial) {
        say_own(s, "DROP DEFAULT", "");
        say_sequence(s, "DROP SEQUENCE ", "");
    } else if (drops_default(before, after)) {
        say_own(s, "DROP DEFAULT", "");
    }
}

static void say_default(const subject *s, const ag_column *before, const ag_column *after) {
    if (after->serial && !before->serial) {
        say_serial(s, after);
        return;
    }
    if (after->serial && !ag_text_eq(before->type, after->type)) {
        ag_buf rest = AG_BUF_INIT;
        ag_buf_printf(&rest, " AS %s", after->type);
        say_sequence(s, "ALTER SEQUENCE ", ag_buf_text(&rest));
        ag_buf_release(&rest);
    }
    bool is_new = !ag_text_eq(before->default_expr, after->default_expr) ||
                  drops_default(before, after) || before->generated != AG_GENERATED_NONE;
    if (after->default_expr != NULL && after->generated == AG_GENERATED_NONE && is_new) {
        ag_buf expr = AG_BUF_INIT;
        ag_pg_put_expr(&expr, after->default_expr, false);
        say_own(s, "SET DEFAULT ", ag_buf_text(&expr));
        ag_buf_release(&expr);
    }
}

static const char *identity_sequence(ag_arena *arena, const subject *s, const ag_column *column) {
    const char *name = column->identity_options.name;
    return name != NULL ? name : ag_pg_object_name(arena, s->table, s->column, "seq");
}

static void say_sequence_name(const subject *s, const ag_column *before, const ag_column *after) {
    ag_arena *arena = ag_arena_new();
    const char *old_name = identity_sequence(arena, s, before);
    const char *new_name = identity_sequence(arena, s, after);
    if (!ag_text_eq(old_name, new_name)) {
        ag_buf sql = AG_BUF_INIT;
        ag_buf_puts(&sql, "ALTER SEQUENCE ");
        ag_pg_put_name(&sql, s->ns, old_name);
        ag_buf_puts(&sql, " RENAME TO ");
        ag_pg_quote(&sql, new_name);
        ag_pg_say(s->script, &sql);
    }
    ag_arena_free(arena);
}

static void say_identity(const subject *s, const ag_column *before, const ag_column *after) {
    ag_buf words = AG_BUF_INIT;
    if (after->identity == AG_IDENTITY_NONE) {
        return;
    }
    if (before->identity == AG_IDENTITY_NONE) {
        ag_buf_puts(&words, "ADD ");
        ag_pg_put_identity(&words, s->ns, after);
        say_shared(s, ag_buf_text(&words));
        say_start_behind_rows(s, &after->identity_options);
    } else {
        if (before->identity != after->identity) {
            ag_buf_puts(&words, after->identity == AG_IDENTITY_ALWAYS
                                    ? " SET GENERATED ALWAYS"
                                    : " SET GENERATED BY DEFAULT");
        }
        ag_buf options = AG_BUF_INIT;
        ag_pg_put_sequence_changes(&options, &before->identity_options, &after->identity_options,
                                   " SET");
        ag_buf_puts(&words, ag_buf_text(&options));
        ag_buf_release(&options);
        if (words.n > 0) {
            ag_buf sql = AG_BUF_INIT;
            put_head(&sql, s, false);
            ag_buf_puts(&sql, ag_buf_text(&words) + 1);
            ag_pg_say_sequence_change(s->script, &sql, &before->identity_options,
                                      &after->identity_options);
        }
        say_sequence_name(s, before, after);
    }
    ag_buf_release(&words);
}

static bool is_recomputed(const ag_column *before, const ag_column *after) {
    return after->generated != AG_GENERATED_NONE &&
           (before->generated != after->generated ||
            !ag_text_eq(before->generated_expr, after->generated_expr));
}

/* Only a new column computes its values anew. */
static void say_anew(const ag_op *op, ag_script *script) {
    ag_pg_say_alter_table(script, op->ns, op->table, "DROP COLUMN", op->name);
    ag_pg_add_column(op, script);
}

static void alter(const subject *s, const ag_op *op, const ag_column *before,
                  const ag_column *after) {
    say_removals(s, before, after);
    if (changes_type(before, after)) {
        say_type(s, before, after);
    }
    say_default(s, before, after);
    if (before->nullable != after->nullable) {
        const char *words = after->nullable ? "DROP NOT NULL" : "SET NOT NULL";
        if (op->table_kind == AG_TABLE_PARTITIONED) {
            say_shared(s, words);
        } else {
            say_own(s, words, "");
        }
    }
    say_identity(s, before, after);
    if (after->serial && !before->serial) {
        say_start_behind_rows(s, &after->identity_options);
    }
    ag_column left = *before;
    if (changes_type(before, after)) { /* a new type brings its own */
        left.storage = left.compression = NULL;
    }
    say_attributes(s, &left, after);
}

/* Values move to a new column that takes the old one's place: what is left to say of it. */
static ag_column move_values(const subject *s, const ag_op *op) {
    ag_arena *arena = ag_arena_new();
    const ag_column *before = op->before.column;
    const ag_column moved = {.name = ag_pg_object_name(arena, op->table, op->name, "new"),
                             .type = before->type,
                             .collation = before->collation,
                             .nullable = true,
                             .statistics = -1};
    ag_pg_add_column(&(ag_op){.ns = op->ns, .table = op->table, .after.column = &moved}, s->script);
    subject m = {s->script, false, op->ns, op->table, moved.name, NULL};
    ag_buf words = AG_BUF_INIT;
    ag_buf_printf(&words, "TYPE %s USING ", moved.type);
    ag_pg_quote(&words, op->name);
    say_shared(&m, ag_buf_text(&words));
    ag_pg_say_alter_table(s->script, op->ns, op->table, "DROP COLUMN", op->name);
    ag_buf_clear(&words);
    ag_pg_put_alter_table(&words, false, op->ns, op->table);
    ag_buf_puts(&words, "RENAME COLUMN ");
    ag_pg_quote(&words, moved.name);
    ag_buf_puts(&words, " TO ");
    ag_pg_quote(&words, op->name);
    ag_pg_say(s->script, &words);
    ag_column left = moved;
    left.name = before->name;
    ag_arena_free(arena);
    return left;
}

void ag_pg_alter_column(const ag_op *op, ag_script *script) {
    const ag_column *before = op->before.column;
    const ag_column *after = op->after.column;
    subject s = {script, op->plan.only, op->ns, op->table, op->name, op->plan.using_expr};
    if (is_recomputed(before, after)) {
        say_anew(op, script);
    } else if (op->plan.by_copy) {
        ag_column moved = move_values(&s, op);
        alter(&s, op, &moved, after);
        ag_pg_say_comment(script, AG_COLUMN, op->ns, op->table, op->name, after->comment);
    } else {
        alter(&s, op, before, after);
    }
}
