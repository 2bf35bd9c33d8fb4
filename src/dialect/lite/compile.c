/* Statements of lowered operations, and a whole schema as a script. */
#include <string.h>

#include "base/str.h"
#include "dialect/lite/ddl.h"
#include "dialect/lite/lite.h"
#include "sql/normal.h"

typedef bool (*compile_op)(const ag_op *op, ag_script *script, ag_error *err);

static void add_statement(ag_script *script, ag_buf *sql) {
    ag_script_sql(script, "%s", ag_buf_text(sql));
    ag_buf_release(sql);
}

/* Copies a text with some ranges replaced; the ranges are in the order of the text. */
typedef struct edit {
    ag_lite_range range;
    const char *name;
} edit;

static void put_edited(ag_buf *buf, const char *sql, const edit *edits, size_t n) {
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        ag_buf_putn(buf, sql + at, edits[i].range.at - at);
        ag_lite_quote(buf, edits[i].name);
        at = edits[i].range.at + edits[i].range.n;
    }
    ag_buf_puts(buf, sql + at);
}

/* A table's stored text as it is; another name only where the table has been renamed since. */
static void put_table(ag_buf *buf, const ag_table *table, const char *name) {
    ag_arena *arena = ag_arena_new();
    ag_lite_table parsed;
    if (table->sql == NULL || !ag_lite_parse_table(arena, table->sql, &parsed, NULL)) {
        ag_lite_put_table(buf, table);
    } else if (ag_text_ieq(parsed.name.text, name)) {
        ag_buf_puts(buf, table->sql);
    } else {
        edit edits[] = {{parsed.name.range, name}};
        put_edited(buf, table->sql, edits, 1);
    }
    ag_arena_free(arena);
}

static void put_index(ag_buf *buf, const ag_index *index, const char *table) {
    ag_arena *arena = ag_arena_new();
    ag_lite_index parsed;
    if (index->sql == NULL || !ag_lite_parse_index(arena, index->sql, &parsed, NULL)) {
        ag_lite_put_index(buf, table, index);
    } else if (ag_text_ieq(parsed.name.text, index->name) &&
               ag_text_ieq(parsed.table.text, table)) {
        ag_buf_puts(buf, index->sql);
    } else {
        edit edits[] = {{parsed.name.range, index->name}, {parsed.table.range, table}};
        put_edited(buf, index->sql, edits, 2);
    }
    ag_arena_free(arena);
}

static void put_definition(ag_buf *buf, const char *definition) {
    ag_str bare = ag_lite_bare(definition);
    ag_buf_putn(buf, bare.p, bare.n);
}

static bool create_table(const ag_op *op, ag_script *script, ag_error *err) {
    (void)err;
    ag_buf sql = AG_BUF_INIT;
    put_table(&sql, op->after.table, op->after.table->name);
    add_statement(script, &sql);
    return true;
}

/* WORDS name */
static bool plain(ag_script *script, const char *words, const char *name) {
    ag_buf sql = AG_BUF_INIT;
    ag_buf_puts(&sql, words);
    ag_lite_quote(&sql, name);
    add_statement(script, &sql);
    return true;
}

static bool drop_table(const ag_op *op, ag_script *script, ag_error *err) {
    (void)err;
    return plain(script, "DROP TABLE ", op->name);
}

static bool drop_index(const ag_op *op, ag_script *script, ag_error *err) {
    (void)err;
    return plain(script, "DROP INDEX ", op->name);
}

static bool create_index(const ag_op *op, ag_script *script, ag_error *err) {
    (void)err;
    ag_buf sql = AG_BUF_INIT;
    put_index(&sql, op->after.index, op->table);
    add_statement(script, &sql);
    return true;
}

/* ALTER TABLE table WORDS name */
static void put_alter(ag_buf *sql, const char *table, const char *words, const char *name) {
    ag_buf_puts(sql, "ALTER TABLE ");
    ag_lite_quote(sql, table);
    ag_buf_puts(sql, words);
    ag_lite_quote(sql, name);
}

static bool rename_table(const ag_op *op, ag_script *script, ag_error *err) {
    (void)err;
    ag_buf sql = AG_BUF_INIT;
    put_alter(&sql, op->name, " RENAME TO ", op->new_name);
    add_statement(script, &sql);
    return true;
}

static bool rename_column(const ag_op *op, ag_script *script, ag_error *err) {
    (void)err;
    ag_buf sql = AG_BUF_INIT;
    put_alter(&sql, op->table, " RENAME COLUMN ", op->name);
    ag_buf_puts(&sql, " TO ");
    ag_lite_quote(&sql, op->new_name);
    add_statement(script, &sql);
    return true;
}

static bool drop_column(const ag_op *op, ag_script *script, ag_error *err) {
    (void)err;
    ag_buf sql = AG_BUF_INIT;
    put_alter(&sql, op->table, " DROP COLUMN ", op->name);
    add_statement(script, &sql);
    return true;
}

static bool add_column(const ag_op *op, ag_script *script, ag_error *err) {
    (void)err;
    ag_buf sql = AG_BUF_INIT;
    ag_buf_puts(&sql, "ALTER TABLE ");
    ag_lite_quote(&sql, op->table);
    ag_buf_puts(&sql, " ADD COLUMN ");
    ag_lite_put_bare_column(&sql, op->after.column);
    add_statement(script, &sql);
    return true;
}

static bool create_object(const ag_op *op, ag_script *script, ag_error *err) {
    (void)err;
    ag_buf sql = AG_BUF_INIT;
    put_definition(&sql, op->after.object->definition);
    add_statement(script, &sql);
    return true;
}

static bool drop_object(const ag_op *op, ag_script *script, ag_error *err) {
    if (op->object != AG_VIEW && op->object != AG_TRIGGER) {
        return ag_fail(err, AG_FAILED, "SQLite has no %s", ag_kind_plural(op->object));
    }
    return plain(script, op->object == AG_VIEW ? "DROP VIEW " : "DROP TRIGGER ", op->name);
}

static bool rebuild_table(const ag_op *op, ag_script *script, ag_error *err) {
    (void)err;
    const ag_rebuild *rebuild = op->after.rebuild;
    char hash[AG_SQL_HASH_SIZE];
    ag_sql_token_hash(AG_SQL_SQLITE, rebuild->before_sql, hash);
    ag_item *item = ag_script_add(script, AG_ITEM_REBUILD, NULL);
    item->table = ag_arena_strdup(script->arena, rebuild->table);
    item->hash = ag_arena_strdup(script->arena, hash);
    for (size_t i = 0; i < rebuild->statements.n; i++) {
        ag_script_add(script, AG_ITEM_STATEMENT, rebuild->statements.items[i]);
    }
    ag_script_add(script, AG_ITEM_END, NULL);
    return true;
}

/* What SQLite has a statement for; all else is lowered to these and to rebuilds. */
static const compile_op compilers[AG_N_OP_KINDS] = {
    [AG_OP_CREATE_TABLE] = create_table,   [AG_OP_DROP_TABLE] = drop_table,
    [AG_OP_RENAME_TABLE] = rename_table,   [AG_OP_ADD_COLUMN] = add_column,
    [AG_OP_DROP_COLUMN] = drop_column,     [AG_OP_RENAME_COLUMN] = rename_column,
    [AG_OP_CREATE_INDEX] = create_index,   [AG_OP_DROP_INDEX] = drop_index,
    [AG_OP_CREATE_OBJECT] = create_object, [AG_OP_DROP_OBJECT] = drop_object,
    [AG_OP_REBUILD_TABLE] = rebuild_table,
};

bool ag_lite_compile(const ag_op *op, const ag_compile_options *options, ag_script *script,
                     ag_error *err) {
    (void)options;
    compile_op compile = (unsigned)op->kind < AG_N_OP_KINDS ? compilers[op->kind] : NULL;
    if (compile == NULL) {
        ag_arena *arena = ag_arena_new();
        ag_fail(err, AG_FAILED, "SQLite has no statement to %s", ag_op_describe(arena, op));
        ag_arena_free(arena);
        return false;
    }
    return compile(op, script, err);
}

static void end_statement(ag_buf *out) {
    ag_buf_puts(out, ";\n");
}

bool ag_lite_dump(const ag_schema *schema, ag_buf *out, ag_error *err) {
    (void)err;
    for (size_t i = 0; i < schema->tables.n; i++) {
        put_table(out, schema->tables.items[i], schema->tables.items[i]->name);
        end_statement(out);
    }
    for (size_t i = 0; i < schema->tables.n; i++) {
        const ag_table *table = schema->tables.items[i];
        for (size_t k = 0; k < table->indexes.n; k++) {
            put_index(out, table->indexes.items[k], table->name);
            end_statement(out);
        }
    }
    /* Views may name what comes later, triggers must find what they are on. */
    static const ag_kind kinds[] = {AG_VIEW, AG_TRIGGER};
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        for (size_t i = 0; i < schema->objects.n; i++) {
            if (schema->objects.items[i]->kind == kinds[k]) {
                put_definition(out, schema->objects.items[i]->definition);
                end_statement(out);
            }
        }
    }
    return true;
}
