/* Statements of lowered operations. Each kind has one function; the table is at the end. */
#include "dialect/pg/compile.h"

#include <string.h>

#include "base/str.h"
#include "schema/node.h"

void ag_pg_say(ag_script *script, ag_buf *sql) {
    ag_script_add(script, AG_ITEM_STATEMENT, ag_buf_text(sql));
    ag_buf_release(sql);
}

/* What each kind is called in DDL, and how its name is written. */
typedef enum naming {
    BARE,
    AS_WRITTEN, /* no identifier: "(a AS b)" */
    QUALIFIED,
    WITH_SIGNATURE,
    WITH_METHOD, /* the signature is "USING btree" */
    OF_OPERANDS, /* an operator and the types on its sides */
    ON_TABLE,
    IN_TABLE
} naming;
static const struct {
    const char *words;
    naming naming;
} targets[AG_N_KINDS] = {
    [AG_NAMESPACE] = {"SCHEMA", BARE},
    [AG_EXTENSION] = {"EXTENSION", BARE},
    [AG_LANGUAGE] = {"LANGUAGE", BARE},
    [AG_ACCESS_METHOD] = {"ACCESS METHOD", BARE},
    [AG_COLLATION] = {"COLLATION", QUALIFIED},
    [AG_BASE_TYPE] = {"TYPE", QUALIFIED},
    [AG_ENUM] = {"TYPE", QUALIFIED},
    [AG_DOMAIN] = {"DOMAIN", QUALIFIED},
    [AG_COMPOSITE] = {"TYPE", QUALIFIED},
    [AG_RANGE] = {"TYPE", QUALIFIED},
    [AG_SEQUENCE] = {"SEQUENCE", QUALIFIED},
    [AG_FUNCTION] = {"FUNCTION", WITH_SIGNATURE},
    [AG_PROCEDURE] = {"PROCEDURE", WITH_SIGNATURE},
    [AG_CAST] = {"CAST", AS_WRITTEN},
    [AG_OPERATOR] = {"OPERATOR", OF_OPERANDS},
    [AG_OPERATOR_FAMILY] = {"OPERATOR FAMILY", WITH_METHOD},
    [AG_OPERATOR_CLASS] = {"OPERATOR CLASS", WITH_METHOD},
    [AG_AGGREGATE] = {"AGGREGATE", WITH_SIGNATURE},
    [AG_CONVERSION] = {"CONVERSION", QUALIFIED},
    [AG_TRANSFORM] = {"TRANSFORM", AS_WRITTEN},
    [AG_TS_PARSER] = {"TEXT SEARCH PARSER", QUALIFIED},
    [AG_TS_TEMPLATE] = {"TEXT SEARCH TEMPLATE", QUALIFIED},
    [AG_TS_DICTIONARY] = {"TEXT SEARCH DICTIONARY", QUALIFIED},
    [AG_TS_CONFIGURATION] = {"TEXT SEARCH CONFIGURATION", QUALIFIED},
    [AG_FOREIGN_WRAPPER] = {"FOREIGN DATA WRAPPER", BARE},
    [AG_FOREIGN_SERVER] = {"SERVER", BARE},
    [AG_TABLE] = {"TABLE", QUALIFIED},
    [AG_COLUMN] = {"COLUMN", IN_TABLE},
    [AG_CONSTRAINT] = {"CONSTRAINT", ON_TABLE},
    [AG_INDEX] = {"INDEX", QUALIFIED},
    [AG_FOREIGN_TABLE] = {"FOREIGN TABLE", QUALIFIED},
    [AG_STATISTICS] = {"STATISTICS", QUALIFIED},
    [AG_VIEW] = {"VIEW", QUALIFIED},
    [AG_MATVIEW] = {"MATERIALIZED VIEW", QUALIFIED},
    [AG_RULE] = {"RULE", ON_TABLE},
    [AG_TRIGGER] = {"TRIGGER", ON_TABLE},
    [AG_POLICY] = {"POLICY", ON_TABLE},
    [AG_EVENT_TRIGGER] = {"EVENT TRIGGER", BARE},
    [AG_PUBLICATION] = {"PUBLICATION", BARE},
};

void ag_pg_put_target(ag_buf *buf, ag_kind kind, const char *ns, const char *table,
                      const char *name, const char *signature) {
    ag_buf_printf(buf, "%s ", targets[kind].words);
    switch (targets[kind].naming) {
    case BARE:
        ag_pg_quote(buf, name);
        break;
    case AS_WRITTEN:
        ag_buf_puts(buf, name);
        break;
    case QUALIFIED:
        ag_pg_put_name(buf, ns, name);
        break;
    case WITH_METHOD:
        ag_pg_put_name(buf, ns, name);
        ag_buf_printf(buf, " %s", signature != NULL ? signature : "");
        break;
    case OF_OPERANDS:
        ag_pg_quote(buf, ns);
        ag_buf_printf(buf, ".%s %s", name, signature != NULL ? signature : "");
        break;
    case WITH_SIGNATURE:
        ag_pg_put_name(buf, ns, name);
        /* The grammar knows no aggregate without arguments, but one of any row. */
        ag_buf_puts(buf, kind == AG_AGGREGATE && ag_text_eq(signature, "()") ? "(*)"
                         : signature != NULL                                 ? signature
                                                                             : "");
        break;
    case ON_TABLE:
        ag_pg_quote(buf, name);
        ag_buf_puts(buf, " ON ");
        ag_pg_put_name(buf, ns, table);
        break;
    case IN_TABLE:
        ag_pg_put_name(buf, ns, table);
        ag_buf_putc(buf, '.');
        ag_pg_quote(buf, name);
        break;
    }
}

/* Comments */

static void put_comment(ag_buf *sql, const char *comment) {
    ag_buf_puts(sql, " IS ");
    if (comment == NULL) {
        ag_buf_puts(sql, "NULL");
    } else {
        ag_sql_quote_string(sql, comment);
    }
}

/* An extension brings a comment along, which is what it has where nothing else is said. */
static void restore_comment(ag_script *script, const char *extension) {
    ag_buf body = AG_BUF_INIT;
    ag_buf sql = AG_BUF_INIT;
    ag_buf_puts(&body, "BEGIN EXECUTE format('COMMENT ON EXTENSION %I IS %L', ");
    ag_sql_quote_string(&body, extension);
    ag_buf_puts(&body, ", (SELECT comment FROM pg_catalog.pg_available_extensions WHERE name = ");
    ag_sql_quote_string(&body, extension);
    ag_buf_puts(&body, ")); END");
    ag_pg_put_block(&sql, ag_buf_text(&body));
    ag_pg_say(script, &sql);
    ag_buf_release(&body);
}

void ag_pg_change_comment(ag_script *script, ag_kind kind, const char *ns, const char *table,
                          const char *name, const char *comment) {
    ag_buf sql = AG_BUF_INIT;
    ag_buf_puts(&sql, "COMMENT ON ");
    ag_pg_put_target(&sql, kind, ns, table, name, NULL);
    put_comment(&sql, comment);
    ag_pg_say(script, &sql);
}

void ag_pg_say_comment(ag_script *script, ag_kind kind, const char *ns, const char *table,
                       const char *name, const char *comment) {
    if (comment != NULL) {
        ag_pg_change_comment(script, kind, ns, table, name, comment);
    }
}

void ag_pg_say_column_comments(ag_script *script, const char *ns, const char *table,
                               const ag_columns *columns) {
    for (size_t i = 0; i < columns->n; i++) {
        const ag_column *column = columns->items[i];
        ag_pg_say_comment(script, AG_COLUMN, ns, table, column->name, column->comment);
    }
}

/* Without one of its own, "public" has the comment that every database comes with. */
static const char *comment_of(const ag_op *op) {
    bool is_public =
        op->object == AG_NAMESPACE && ag_text_eq(op->name, ag_dialect_postgresql.default_namespace);
    return op->after.text == NULL && is_public ? AG_PG_PUBLIC_COMMENT : op->after.text;
}

static void set_comment(const ag_op *op, ag_script *script) {
    if (op->object == AG_EXTENSION && op->after.text == NULL) {
        restore_comment(script, op->name);
        return;
    }
    ag_buf sql = AG_BUF_INIT;
    ag_buf_puts(&sql, "COMMENT ON ");
    ag_pg_put_target(&sql, op->object, op->ns, op->table, op->name, op->signature);
    put_comment(&sql, comment_of(op));
    ag_pg_say(script, &sql);
}

/* Shared forms */

void ag_pg_put_alter_table(ag_buf *buf, bool only, const char *ns, const char *table) {
    ag_buf_puts(buf, only ? "ALTER TABLE ONLY " : "ALTER TABLE ");
    ag_pg_put_name(buf, ns, table);
    ag_buf_putc(buf, ' ');
}

void ag_pg_say_alter_table(ag_script *script, const char *ns, const char *table, const char *words,
                           const char *name) {
    ag_buf sql = AG_BUF_INIT;
    ag_pg_put_alter_table(&sql, false, ns, table);
    ag_buf_puts(&sql, words);
    if (name != NULL) {
        ag_buf_putc(&sql, ' ');
        ag_pg_quote(&sql, name);
    }
    ag_pg_say(script, &sql);
}

void ag_pg_say_options(ag_script *script, const char *head, const ag_options *before,
                       const ag_options *after) {
    ag_options gone = {NULL, 0, 0};
    ag_options set = {NULL, 0, 0};
    for (size_t i = 0; i < before->n; i++) {
        if (ag_options_find(after, before->items[i].name) == NULL) {
            ag_vec_push(NULL, &gone, before->items[i]);
        }
    }
    for (size_t i = 0; i < after->n; i++) {
        const ag_option *old = ag_options_find(before, after->items[i].name);
        if (old == NULL || !ag_text_eq(old->value, after->items[i].value)) {
            ag_vec_push(NULL, &set, after->items[i]);
        }
    }
    ag_buf sql = AG_BUF_INIT;
    if (gone.n > 0) {
        ag_buf_printf(&sql, "%sRESET ", head);
        ag_pg_put_option_names(&sql, &gone);
        ag_pg_say(script, &sql);
    }
    if (set.n > 0) {
        ag_buf_printf(&sql, "%sSET ", head);
        ag_pg_put_options(&sql, &set);
        ag_pg_say(script, &sql);
    }
    ag_vec_release(&gone);
    ag_vec_release(&set);
}

static void drop_target(const ag_op *op, ag_script *script) {
    ag_buf sql = AG_BUF_INIT;
    ag_buf_puts(&sql, "DROP ");
    ag_pg_put_target(&sql, op->object, op->ns, op->table, op->name, op->signature);
    /* A base type and its functions need each other; what else needed it has gone before. */
    ag_buf_puts(&sql, op->object == AG_BASE_TYPE ? " CASCADE" : "");
    ag_pg_say(script, &sql);
}

/* Either its name changes or its namespace. */
static void put_new_place(ag_buf *sql, const ag_op *op) {
    ag_buf_puts(sql, op->new_ns != NULL ? " SET SCHEMA " : " RENAME TO ");
    ag_pg_quote(sql, op->new_ns != NULL ? op->new_ns : op->new_name);
}

/*
 * The functions that make values of a range type are called as it is, and come and go with it, but
 * do not follow it. Its multirange, which has no node, servers before 14 lack.
 */
static void say_range(const ag_op *op, ag_script *script, ag_buf *alter) {
    const char *new_ns = op->new_ns != NULL ? op->new_ns : op->ns;
    ag_buf name = AG_BUF_INIT;
    ag_buf block = AG_BUF_INIT;
    ag_buf_puts(&block, "DECLARE\n    maker regprocedure;\nBEGIN\n    ");
    if (op->before.any == NULL) {
        ag_buf_puts(&block, "IF to_regtype(");
        ag_pg_put_name(&name, op->ns, op->name);
        ag_sql_quote_string(&block, ag_buf_text(&name));
        ag_buf_puts(&block, ") IS NULL THEN\n        RETURN;\n    END IF;\n    ");
        ag_buf_clear(&name);
    }
    ag_pg_put_name(&name, new_ns, op->new_name);
    ag_buf_printf(&block, "%s;\n    FOR maker IN\n        SELECT d.objid FROM pg_depend d\n",
                  ag_buf_text(alter));
    ag_buf_puts(&block, "        WHERE d.classid = 'pg_proc'::regclass AND d.deptype = 'i'\n"
                        "        AND d.refclassid = 'pg_type'::regclass AND d.refobjid = ");
    ag_sql_quote_string(&block, ag_buf_text(&name));
    ag_buf_puts(&block, "::regtype\n    LOOP\n        EXECUTE format('ALTER FUNCTION %s");
    ag_buf_puts(&block,
                op->new_ns != NULL ? " SET SCHEMA %I', maker, " : " RENAME TO %I', maker, ");
    ag_sql_quote_string(&block, op->new_ns != NULL ? op->new_ns : op->new_name);
    ag_buf_puts(&block, ");\n    END LOOP;\nEND");
    ag_buf_clear(alter);
    ag_pg_put_block(alter, ag_buf_text(&block));
    ag_buf_release(&name);
    ag_buf_release(&block);
    ag_pg_say(script, alter);
}

static void rename_target(const ag_op *op, ag_script *script) {
    ag_buf sql = AG_BUF_INIT;
    ag_buf_puts(&sql, "ALTER ");
    ag_pg_put_target(&sql, op->object, op->ns, op->table, op->name, op->signature);
    put_new_place(&sql, op);
    if (op->object == AG_RANGE) {
        say_range(op, script, &sql);
    } else {
        ag_pg_say(script, &sql);
    }
}

/* Without a node it is one that a column owns: somebody may have given it another name. */
static void rename_sequence(const ag_op *op, ag_script *script) {
    ag_buf sql = AG_BUF_INIT;
    ag_buf_puts(&sql, "ALTER SEQUENCE ");
    ag_buf_puts(&sql, op->before.any == NULL ? "IF EXISTS " : "");
    ag_pg_put_name(&sql, op->ns, op->name);
    put_new_place(&sql, op);
    ag_pg_say(script, &sql);
}

/* ALTER TABLE t RENAME COLUMN a TO b */
static void rename_part(const ag_op *op, ag_script *script, const char *words) {
    ag_buf sql = AG_BUF_INIT;
    ag_pg_put_alter_table(&sql, false, op->ns, op->table);
    ag_buf_puts(&sql, words);
    ag_pg_quote(&sql, op->name);
    ag_buf_puts(&sql, " TO ");
    ag_pg_quote(&sql, op->new_name);
    ag_pg_say(script, &sql);
}

static void rename_column(const ag_op *op, ag_script *script) {
    rename_part(op, script, "RENAME COLUMN ");
}

static void rename_constraint(const ag_op *op, ag_script *script) {
    rename_part(op, script, "RENAME CONSTRAINT ");
}

static void drop_column(const ag_op *op, ag_script *script) {
    ag_buf sql = AG_BUF_INIT;
    ag_pg_put_alter_table(&sql, op->plan.only, op->ns, op->table);
    ag_buf_puts(&sql, "DROP COLUMN ");
    ag_pg_quote(&sql, op->name);
    ag_pg_say(script, &sql);
}

static void drop_constraint(const ag_op *op, ag_script *script) {
    ag_pg_say_alter_table(script, op->ns, op->table, "DROP CONSTRAINT", op->name);
}

static void drop_index(const ag_op *op, ag_script *script) {
    ag_buf sql = AG_BUF_INIT;
    ag_buf_puts(&sql, op->plan.concurrently ? "DROP INDEX CONCURRENTLY " : "DROP INDEX ");
    ag_pg_put_name(&sql, op->ns, op->name);
    ag_pg_say(script, &sql);
}

/* Namespaces and extensions */

static void create_namespace(const ag_op *op, ag_script *script) {
    ag_buf sql = AG_BUF_INIT;
    ag_buf_puts(&sql, "CREATE SCHEMA ");
    ag_pg_quote(&sql, op->after.ns->name);
    ag_pg_say(script, &sql);
    ag_pg_say_comment(script, AG_NAMESPACE, NULL, NULL, op->after.ns->name, op->after.ns->comment);
}

static void create_extension(const ag_op *op, ag_script *script) {
    const ag_extension *extension = op->after.extension;
    ag_buf sql = AG_BUF_INIT;
    ag_buf_puts(&sql, "CREATE EXTENSION IF NOT EXISTS ");
    ag_pg_quote(&sql, extension->name);
    if (extension->ns != NULL) {
        ag_buf_puts(&sql, " WITH SCHEMA ");
        ag_pg_quote(&sql, extension->ns);
    }
    if (extension->version != NULL) {
        ag_buf_puts(&sql, " VERSION ");
        ag_sql_quote_string(&sql, extension->version);
    }
    ag_pg_say(script, &sql);
    ag_pg_say_comment(script, AG_EXTENSION, NULL, NULL, extension->name, extension->comment);
}

/* Scripts seldom lead back: without one the newer version stays, and everything that uses it. */
static void say_update(ag_script *script, ag_buf *sql, const ag_extension *before,
                       const ag_extension *after) {
    if (before->version == NULL || strverscmp(before->version, after->version) < 0) {
        ag_pg_say(script, sql);
        return;
    }
    ag_buf block = AG_BUF_INIT;
    ag_buf_printf(&block,
                  "BEGIN\n    %s;\n"
                  "EXCEPTION WHEN invalid_parameter_value OR undefined_file THEN\n"
                  "    RAISE WARNING '%%', SQLERRM;\nEND",
                  ag_buf_text(sql));
    ag_buf_clear(sql);
    ag_pg_put_block(sql, ag_buf_text(&block));
    ag_buf_release(&block);
    ag_pg_say(script, sql);
}

static void alter_extension(const ag_op *op, ag_script *script) {
    const ag_extension *before = op->before.extension;
    const ag_extension *after = op->after.extension;
    ag_buf sql = AG_BUF_INIT;
    if (after->version != NULL && !ag_text_eq(before->version, after->version)) {
        ag_buf_puts(&sql, "ALTER EXTENSION ");
        ag_pg_quote(&sql, after->name);
        ag_buf_puts(&sql, " UPDATE TO ");
        ag_sql_quote_string(&sql, after->version);
        say_update(script, &sql, before, after);
    }
    if (after->ns != NULL && !ag_text_eq(before->ns, after->ns)) {
        ag_buf_puts(&sql, "ALTER EXTENSION ");
        ag_pg_quote(&sql, after->name);
        ag_buf_puts(&sql, " SET SCHEMA ");
        ag_pg_quote(&sql, after->ns);
        ag_pg_say(script, &sql);
    }
}

/* Objects with a definition */

/* Without the semicolons and comments behind it; `replace`: CREATE becomes CREATE OR REPLACE. */
static void say_definition(ag_script *script, const char *definition, bool replace) {
    ag_buf sql = AG_BUF_INIT;
    ag_str text = ag_str_of(definition);
    ag_lexer lexer = ag_lexer_of(AG_SQL_POSTGRES, text);
    ag_token first = ag_lexer_next_solid(&lexer);
    ag_token second = ag_lexer_next_solid(&lexer);
    size_t start = 0;
    if (replace && ag_token_is(text, first, "create") && !ag_token_is(text, second, "or")) {
        start = first.offset + first.n;
        ag_buf_puts(&sql, "CREATE OR REPLACE");
    }
    size_t end = start;
    for (ag_token token = second; token.kind != AG_TOKEN_END; token = ag_lexer_next_solid(&lexer)) {
        end = ag_token_is(text, token, ";") ? end : token.offset + token.n;
    }
    ag_buf_putn(&sql, definition + start, end - start);
    ag_pg_say(script, &sql);
}

static void say_object(ag_script *script, const ag_op *op, bool replace) {
    const ag_object *object = op->after.object;
    say_definition(script, object->definition, replace);
    for (size_t i = 0; i < object->extras.n; i++) {
        say_definition(script, object->extras.items[i], false);
    }
}

static void create_object(const ag_op *op, ag_script *script) {
    const ag_object *object = op->after.object;
    say_object(script, op, false);
    if (object->comment != NULL) {
        ag_op comment = *op;
        comment.after.text = object->comment;
        set_comment(&comment, script);
    }
    ag_pg_say_column_comments(script, op->ns, object->name, &object->columns);
}

static void replace_object(const ag_op *op, ag_script *script) {
    if (ag_pg_changes_in_place(op->before.object, op->after.object)) {
        ag_pg_change_in_place(op, script);
        return;
    }
    say_object(script, op, true);
}

static const ag_pg_compiler compilers[AG_N_OP_KINDS] = {
    [AG_OP_CREATE_NAMESPACE] = create_namespace,
    [AG_OP_DROP_NAMESPACE] = drop_target,
    [AG_OP_RENAME_NAMESPACE] = rename_target,
    [AG_OP_CREATE_EXTENSION] = create_extension,
    [AG_OP_DROP_EXTENSION] = drop_target,
    [AG_OP_ALTER_EXTENSION] = alter_extension,
    [AG_OP_CREATE_ENUM] = ag_pg_create_enum,
    [AG_OP_DROP_ENUM] = drop_target,
    [AG_OP_RENAME_ENUM] = rename_target,
    [AG_OP_ALTER_ENUM] = ag_pg_alter_enum,
    [AG_OP_CREATE_DOMAIN] = ag_pg_create_domain,
    [AG_OP_DROP_DOMAIN] = drop_target,
    [AG_OP_RENAME_DOMAIN] = rename_target,
    [AG_OP_ALTER_DOMAIN] = ag_pg_alter_domain,
    [AG_OP_CREATE_COMPOSITE] = ag_pg_create_composite,
    [AG_OP_DROP_COMPOSITE] = drop_target,
    [AG_OP_RENAME_COMPOSITE] = rename_target,
    [AG_OP_ALTER_COMPOSITE] = ag_pg_alter_composite,
    [AG_OP_CREATE_SEQUENCE] = ag_pg_create_sequence,
    [AG_OP_DROP_SEQUENCE] = drop_target,
    [AG_OP_RENAME_SEQUENCE] = rename_sequence,
    [AG_OP_ALTER_SEQUENCE] = ag_pg_alter_sequence,
    [AG_OP_CREATE_TABLE] = ag_pg_create_table,
    [AG_OP_DROP_TABLE] = drop_target,
    [AG_OP_RENAME_TABLE] = rename_target,
    [AG_OP_ALTER_TABLE] = ag_pg_alter_table,
    [AG_OP_SAVE_ROWS] = ag_pg_save_rows,
    [AG_OP_RESTORE_ROWS] = ag_pg_restore_rows,
    [AG_OP_ADD_COLUMN] = ag_pg_add_column,
    [AG_OP_DROP_COLUMN] = drop_column,
    [AG_OP_RENAME_COLUMN] = rename_column,
    [AG_OP_ALTER_COLUMN] = ag_pg_alter_column,
    [AG_OP_ADD_CONSTRAINT] = ag_pg_add_constraint,
    [AG_OP_DROP_CONSTRAINT] = drop_constraint,
    [AG_OP_RENAME_CONSTRAINT] = rename_constraint,
    [AG_OP_ALTER_CONSTRAINT] = ag_pg_alter_constraint,
    [AG_OP_CREATE_INDEX] = ag_pg_create_index,
    [AG_OP_DROP_INDEX] = drop_index,
    [AG_OP_RENAME_INDEX] = rename_target,
    [AG_OP_ALTER_INDEX] = ag_pg_alter_index,
    [AG_OP_CREATE_OBJECT] = create_object,
    [AG_OP_DROP_OBJECT] = drop_target,
    [AG_OP_RENAME_OBJECT] = rename_target,
    [AG_OP_REPLACE_OBJECT] = replace_object,
    [AG_OP_SET_COMMENT] = set_comment,
    [AG_OP_ALTER_ACCESS] = ag_pg_alter_access,
};

/* What lowering must have rewritten. */
static bool is_lowered(const ag_op *op) {
    if (op->kind == AG_OP_ALTER_ENUM) {
        return !ag_pg_swaps_enum(op->before.enum_, op->after.enum_);
    }
    return true;
}

bool ag_pg_compile(const ag_op *op, const ag_compile_options *options, ag_script *script,
                   ag_error *err) {
    ag_pg_compiler compile = (unsigned)op->kind < AG_N_OP_KINDS ? compilers[op->kind] : NULL;
    if (compile == NULL || !is_lowered(op)) {
        ag_arena *arena = ag_arena_new();
        ag_fail(err, AG_FAILED, "PostgreSQL has no statement to %s", ag_op_describe(arena, op));
        ag_arena_free(arena);
        return false;
    }
    if (op->plan.concurrently) {
        ag_script_add(script, AG_ITEM_AUTOCOMMIT, NULL);
    }
    if (op->plan.is_unchecked) {
        ag_script_sql(script, "SET %scheck_function_bodies = off",
                      options->standalone ? "" : "LOCAL ");
    }
    compile(op, script);
    if (op->plan.concurrently) {
        ag_script_add(script, AG_ITEM_TRANSACTION, NULL);
    }
    if (op->plan.ends_part) {
        ag_script_add(script, AG_ITEM_PART, NULL);
    }
    return true;
}
