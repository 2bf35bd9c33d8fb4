/* Parts of statements: expressions, keys, options, columns, constraints. */
#include "dialect/pg/render.h"

#include <inttypes.h>
#include <string.h>

#include "base/str.h"
#include "sql/cast_lists.h"

void ag_pg_put_upper(ag_buf *buf, const char *text) {
    for (; *text != '\0'; text++) {
        ag_buf_putc(buf, *text >= 'a' && *text <= 'z' ? (char)(*text - 'a' + 'A') : *text);
    }
}

/* A line comment at the end would swallow what follows: the text is cut behind its last token. */
void ag_pg_put_expr(ag_buf *buf, const char *expr, bool enclosed) {
    ag_str text = ag_str_of(expr);
    ag_lexer lexer = ag_lexer_of(AG_SQL_POSTGRES, text);
    size_t end = 0;
    for (;;) {
        ag_token token = ag_lexer_next_solid(&lexer);
        if (token.kind == AG_TOKEN_END) {
            break;
        }
        end = token.offset + token.n;
    }
    ag_str trimmed = ag_str_trim((ag_str){expr, end});
    ag_buf_puts(buf, enclosed ? "(" : "");
    ag_sql_put_cast_lists(buf, trimmed);
    ag_buf_puts(buf, enclosed ? ")" : "");
}

/* Words that the grammar has for something else behind the default of a definition. */
static bool needs_parentheses(const char *expr) {
    static const char *const words[] = {"collate", "not", "in",  "like", "ilike",    "similar",
                                        "between", "and", "or",  "is",   "isnull",   "notnull",
                                        "at",      "any", "all", "some", "overlaps", "operator"};
    ag_lexer lexer = ag_lexer_of(AG_SQL_POSTGRES, ag_str_of(expr));
    long depth = 0;
    for (;;) {
        ag_token token = ag_lexer_next_solid(&lexer);
        if (token.kind == AG_TOKEN_END) {
            return false;
        }
        char c = token.kind == AG_TOKEN_PUNCT ? expr[token.offset] : ' ';
        depth += (c == '(' || c == '[') - (c == ')' || c == ']');
        for (size_t i = 0; depth == 0 && i < sizeof words / sizeof words[0]; i++) {
            if (ag_token_is(lexer.text, token, words[i])) {
                return true;
            }
        }
    }
}

void ag_pg_put_default(ag_buf *buf, const char *expr) {
    ag_buf_puts(buf, " DEFAULT ");
    ag_pg_put_expr(buf, expr, needs_parentheses(expr));
}

void ag_pg_put_names(ag_buf *buf, const ag_strings *names) {
    ag_buf_putc(buf, '(');
    for (size_t i = 0; i < names->n; i++) {
        ag_buf_puts(buf, i > 0 ? ", " : "");
        ag_pg_quote(buf, names->items[i]);
    }
    ag_buf_putc(buf, ')');
}

/* Options */

static bool is_plain_value(const char *value) {
    static const char *const words[] = {"on", "off", "true", "false", "auto"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (ag_text_eq(value, words[i])) {
            return true;
        }
    }
    size_t n_digits = strspn(value, "0123456789");
    size_t n = n_digits;
    if (n > 0 && value[n] == '.') {
        n += 1 + strspn(value + n + 1, "0123456789");
    }
    return n_digits > 0 && value[n] == '\0';
}

static void put_option_name(ag_buf *buf, const char *name) {
    static const char toast[] = "toast.";
    if (ag_text_starts(name, toast)) {
        ag_buf_puts(buf, toast);
        name += sizeof toast - 1;
    }
    ag_pg_quote(buf, name);
}

static void put_options(ag_buf *buf, const ag_options *options, bool has_values) {
    ag_buf_putc(buf, '(');
    for (size_t i = 0; i < options->n; i++) {
        const ag_option *option = &options->items[i];
        ag_buf_puts(buf, i > 0 ? ", " : "");
        put_option_name(buf, option->name);
        if (!has_values || option->value == NULL) {
            continue;
        }
        ag_buf_putc(buf, '=');
        if (is_plain_value(option->value)) {
            ag_buf_puts(buf, option->value);
        } else {
            ag_sql_quote_string(buf, option->value);
        }
    }
    ag_buf_putc(buf, ')');
}

void ag_pg_put_options(ag_buf *buf, const ag_options *options) {
    put_options(buf, options, true);
}

void ag_pg_put_option_names(ag_buf *buf, const ag_options *options) {
    put_options(buf, options, false);
}

/* Keys */

/* Functions that are keywords of their own. */
static bool is_function_keyword(ag_str word) {
    return ag_str_ieq(word, "coalesce") || ag_str_ieq(word, "greatest") ||
           ag_str_ieq(word, "least") || ag_str_ieq(word, "nullif");
}

static bool takes_name(ag_lexer *lexer, ag_str text) {
    ag_token token = ag_lexer_next_solid(lexer);
    if (token.kind == AG_TOKEN_QUOTED) {
        return true;
    }
    ag_str word = ag_token_text(text, token);
    return token.kind == AG_TOKEN_WORD &&
           (!ag_sql_is_keyword(AG_SQL_POSTGRES, word) || is_function_keyword(word));
}

/* A function call: what may stand as an index element without parentheses. */
static bool is_call(const char *expr) {
    ag_str text = ag_str_of(expr);
    ag_lexer lexer = ag_lexer_of(AG_SQL_POSTGRES, text);
    ag_token token;
    do {
        if (!takes_name(&lexer, text)) {
            return false;
        }
        token = ag_lexer_next_solid(&lexer);
    } while (ag_token_is(text, token, "."));
    size_t depth = ag_token_is(text, token, "(") ? 1 : 0;
    if (depth == 0) {
        return false;
    }
    while (depth > 0) {
        token = ag_lexer_next_solid(&lexer);
        if (token.kind == AG_TOKEN_END) {
            return false;
        }
        depth += ag_token_is(text, token, "(") ? 1u : 0u;
        depth -= ag_token_is(text, token, ")") ? 1u : 0u;
    }
    return ag_lexer_next_solid(&lexer).kind == AG_TOKEN_END;
}

static void put_key(ag_buf *buf, const ag_key *key) {
    if (key->column != NULL) {
        ag_pg_quote(buf, key->column);
    } else {
        ag_pg_put_expr(buf, key->expr, !is_call(key->expr));
    }
    if (key->collation != NULL) {
        ag_buf_puts(buf, " COLLATE ");
        ag_pg_put_collation(buf, key->collation);
    }
    if (key->opclass != NULL) {
        ag_buf_printf(buf, " %s", key->opclass);
    }
    if (key->opclass_options.n > 0) {
        ag_buf_puts(buf, key->opclass == NULL ? "" : " ");
        ag_pg_put_options(buf, &key->opclass_options);
    }
    if (key->descending) {
        ag_buf_puts(buf, " DESC");
    }
    if (key->nulls != AG_NULLS_DEFAULT) {
        ag_buf_puts(buf, key->nulls == AG_NULLS_FIRST ? " NULLS FIRST" : " NULLS LAST");
    }
    if (key->op != NULL) {
        ag_buf_printf(buf, " WITH %s", key->op);
    }
}

void ag_pg_put_keys(ag_buf *buf, const ag_keys *keys) {
    ag_buf_putc(buf, '(');
    for (size_t i = 0; i < keys->n; i++) {
        ag_buf_puts(buf, i > 0 ? ", " : "");
        put_key(buf, &keys->items[i]);
    }
    ag_buf_putc(buf, ')');
}

/* Sequences */

static void put_number(ag_buf *buf, const char *words, bool has_it, int64_t number) {
    if (has_it) {
        ag_buf_printf(buf, " %s %" PRId64, words, number);
    }
}

/* A change of options under way: `lead` stands before each. */
typedef struct changes {
    ag_buf *buf;
    const char *lead;
} changes;

void ag_pg_put_sequence_options(ag_buf *buf, const ag_sequence_options *options) {
    put_number(buf, "START WITH", options->has_start, options->start);
    put_number(buf, "INCREMENT BY", options->has_increment, options->increment);
    put_number(buf, "MINVALUE", options->has_min, options->min);
    put_number(buf, "MAXVALUE", options->has_max, options->max);
    put_number(buf, "CACHE", options->has_cache, options->cache);
    ag_buf_puts(buf, options->cycle ? " CYCLE" : "");
}

/* Where a sequence starts: the server takes the end that it counts from. */
static int64_t start_of(const ag_sequence_options *options) {
    if (options->has_start) {
        return options->start;
    }
    if (options->has_increment && options->increment < 0) {
        return options->has_max ? options->max : -1;
    }
    return options->has_min ? options->min : 1;
}

static void put_change(const changes *c, const char *words, bool had, int64_t before, bool has,
                       int64_t after, const char *usual) {
    if (had == has && (!has || before == after)) {
        return;
    }
    ag_buf_puts(c->buf, c->lead);
    if (has) {
        put_number(c->buf, words, true, after);
    } else {
        ag_buf_printf(c->buf, " %s", usual);
    }
}

static bool falls(const ag_sequence_options *options) {
    return options->has_increment && options->increment < 0;
}

bool ag_pg_may_leave_sequence(const ag_sequence_options *before, const ag_sequence_options *after) {
    int64_t start = start_of(before);
    int64_t min = after->has_min ? after->min : falls(after) ? INT64_MIN : 1;
    int64_t max = after->has_max ? after->max : falls(after) ? -1 : INT64_MAX;
    return start < min || start > max;
}

void ag_pg_put_sequence_changes(ag_buf *buf, const ag_sequence_options *before,
                                const ag_sequence_options *after, const char *lead) {
    changes c = {buf, lead};
    bool turns = falls(before) != falls(after); /* its usual bounds are others then */
    put_change(&c, "INCREMENT BY", before->has_increment, before->increment, after->has_increment,
               after->increment, "INCREMENT BY 1");
    put_change(&c, "MINVALUE", before->has_min || (turns && !after->has_min), before->min,
               after->has_min, after->min, "NO MINVALUE");
    put_change(&c, "MAXVALUE", before->has_max || (turns && !after->has_max), before->max,
               after->has_max, after->max, "NO MAXVALUE");
    put_change(&c, "START WITH", true, start_of(before), true, start_of(after), "");
    put_change(&c, "CACHE", before->has_cache, before->cache, after->has_cache, after->cache,
               "CACHE 1");
    if (before->cycle != after->cycle) {
        ag_buf_printf(buf, "%s %s", lead, after->cycle ? "CYCLE" : "NO CYCLE");
    }
}

/* Columns */

const char *ag_pg_serial_type(const char *type) {
    if (ag_text_eq(type, "bigint")) {
        return "bigserial";
    }
    return ag_text_eq(type, "smallint") ? "smallserial" : "serial";
}

void ag_pg_put_identity(ag_buf *buf, const char *ns, const ag_column *column) {
    ag_buf_printf(buf, "GENERATED %s AS IDENTITY",
                  column->identity == AG_IDENTITY_ALWAYS ? "ALWAYS" : "BY DEFAULT");
    ag_buf options = AG_BUF_INIT;
    if (column->identity_options.name != NULL) {
        ag_buf_puts(&options, " SEQUENCE NAME ");
        ag_pg_put_name(&options, ns, column->identity_options.name);
    }
    ag_pg_put_sequence_options(&options, &column->identity_options);
    if (options.n > 0) {
        ag_buf_printf(buf, " (%s)", ag_buf_text(&options) + 1);
    }
    ag_buf_release(&options);
}

void ag_pg_put_column_text(ag_buf *buf, const char *ns, const ag_column *column,
                           bool says_not_null) {
    ag_pg_quote(buf, column->name);
    ag_buf_putc(buf, ' ');
    ag_buf_puts(buf, column->serial ? ag_pg_serial_type(column->type) : column->type);
    if (column->collation != NULL) {
        ag_buf_puts(buf, " COLLATE ");
        ag_pg_put_collation(buf, column->collation);
    }
    if (column->default_expr != NULL && column->generated == AG_GENERATED_NONE) {
        ag_pg_put_default(buf, column->default_expr);
    }
    if (column->identity != AG_IDENTITY_NONE) {
        ag_buf_putc(buf, ' ');
        ag_pg_put_identity(buf, ns, column);
    } else if (!column->nullable && !column->serial && says_not_null) {
        ag_buf_puts(buf, " NOT NULL");
    }
    if (column->generated != AG_GENERATED_NONE) {
        ag_buf_puts(buf, " GENERATED ALWAYS AS ");
        ag_pg_put_expr(buf, column->generated_expr, true);
        ag_buf_puts(buf, column->generated == AG_GENERATED_STORED ? " STORED" : " VIRTUAL");
    }
}

/* Constraints */

static void put_action(ag_buf *buf, const char *words, const char *action) {
    if (action != NULL && !ag_text_ieq(action, "no action")) {
        ag_buf_printf(buf, " %s ", words);
        ag_pg_put_upper(buf, action);
    }
}

static void put_reference(ag_buf *buf, const ag_constraint *key) {
    ag_buf_puts(buf, " REFERENCES ");
    ag_pg_put_name(buf, key->ref_namespace, key->ref_table);
    if (key->ref_columns.n > 0) {
        ag_buf_putc(buf, ' ');
        ag_pg_put_names(buf, &key->ref_columns);
    }
    if (key->match != NULL && !ag_text_ieq(key->match, "simple")) {
        ag_buf_puts(buf, " MATCH ");
        ag_pg_put_upper(buf, key->match);
    }
    put_action(buf, "ON UPDATE", key->on_update);
    put_action(buf, "ON DELETE", key->on_delete);
    if (key->on_delete != NULL && key->on_delete_columns.n > 0) {
        ag_buf_putc(buf, ' ');
        ag_pg_put_names(buf, &key->on_delete_columns);
    }
}

/* What keys with an index have behind their elements. */
static void put_index_part(ag_buf *buf, const ag_constraint *constraint) {
    ag_pg_put_keys(buf, &constraint->keys);
    if (constraint->include.n > 0) {
        ag_buf_puts(buf, " INCLUDE ");
        ag_pg_put_names(buf, &constraint->include);
    }
    if (constraint->options.n > 0) {
        ag_buf_puts(buf, " WITH ");
        ag_pg_put_options(buf, &constraint->options);
    }
    if (constraint->tablespace != NULL) {
        ag_buf_puts(buf, " USING INDEX TABLESPACE ");
        ag_pg_quote(buf, constraint->tablespace);
    }
}

static void put_exclude(ag_buf *buf, const ag_constraint *constraint) {
    ag_buf_puts(buf, "EXCLUDE ");
    if (constraint->method != NULL) {
        ag_buf_puts(buf, "USING ");
        ag_pg_quote(buf, constraint->method);
        ag_buf_putc(buf, ' ');
    }
    put_index_part(buf, constraint);
    if (constraint->where != NULL) {
        ag_buf_puts(buf, " WHERE ");
        ag_pg_put_expr(buf, constraint->where, true);
    }
}

static void put_body(ag_buf *buf, const ag_constraint *constraint) {
    switch (constraint->kind) {
    case AG_PRIMARY_KEY:
        ag_buf_puts(buf, "PRIMARY KEY ");
        put_index_part(buf, constraint);
        break;
    case AG_UNIQUE:
        ag_buf_puts(buf, constraint->nulls_not_distinct ? "UNIQUE NULLS NOT DISTINCT " : "UNIQUE ");
        put_index_part(buf, constraint);
        break;
    case AG_FOREIGN_KEY:
        ag_buf_puts(buf, "FOREIGN KEY ");
        ag_pg_put_keys(buf, &constraint->keys);
        put_reference(buf, constraint);
        break;
    case AG_CHECK:
        ag_buf_puts(buf, "CHECK ");
        ag_pg_put_expr(buf, constraint->expr, true);
        ag_buf_puts(buf, constraint->no_inherit ? " NO INHERIT" : "");
        break;
    case AG_EXCLUDE:
        put_exclude(buf, constraint);
        break;
    }
}

void ag_pg_put_constraint(ag_buf *buf, const ag_constraint *constraint) {
    if (constraint->name != NULL) {
        ag_buf_puts(buf, "CONSTRAINT ");
        ag_pg_quote(buf, constraint->name);
        ag_buf_putc(buf, ' ');
    }
    put_body(buf, constraint);
    if (constraint->deferrable) {
        ag_buf_puts(buf, " DEFERRABLE");
        ag_buf_puts(buf, constraint->initially_deferred ? " INITIALLY DEFERRED" : "");
    }
    ag_buf_puts(buf, constraint->not_valid ? " NOT VALID" : "");
}
