/* What operations cost on a PostgreSQL table that has rows. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "dialect/pg/compile.h"
#include "schema/node.h"

/* Defaults */

static bool is_volatile_name(ag_str name) {
    static const char *const names[] = {
        "random",           "gen_random_uuid", "uuid_generate_v1", "uuid_generate_v1mc",
        "uuid_generate_v4", "clock_timestamp", "timeofday",        "nextval",
        "setval",           "currval",         "lastval",          "gen_salt",
        "gen_random_bytes", "random_between",  "uuidv4",           "uuidv7",
        "pg_sleep",         "random_normal"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (ag_str_ieq(name, names[i])) {
            return true;
        }
    }
    return false;
}

static bool is_said_stable(const char *definition) {
    ag_str text = ag_str_of(definition);
    ag_lexer lexer = ag_lexer_of(AG_SQL_POSTGRES, text);
    for (;;) {
        ag_token token = ag_lexer_next_solid(&lexer);
        if (token.kind == AG_TOKEN_END) {
            return false;
        }
        if (ag_token_is(text, token, "stable") || ag_token_is(text, token, "immutable")) {
            return true;
        }
    }
}

/* A function of the user's may be volatile, and is unless all of its name say otherwise. */
static bool is_users_stable(const ag_schema *schema, ag_str ns, ag_str name) {
    bool is_found = false;
    for (size_t i = 0; schema != NULL && i < schema->objects.n; i++) {
        const ag_object *it = schema->objects.items[i];
        if (it->kind == AG_FUNCTION && ag_str_eq(ns, it->ns) && ag_str_eq(name, it->name)) {
            if (!is_said_stable(it->definition)) {
                return false;
            }
            is_found = true;
        }
    }
    return is_found;
}

/* Without a schema, functions of users are not known. */
static bool is_volatile(const char *expr, const ag_schema *schema) {
    if (expr == NULL) {
        return false;
    }
    ag_str text = ag_str_of(expr);
    ag_lexer lexer = ag_lexer_of(AG_SQL_POSTGRES, text);
    ag_str name = {NULL, 0};
    ag_str ns = {NULL, 0};
    for (;;) {
        ag_token token = ag_lexer_next_solid(&lexer);
        if (token.kind == AG_TOKEN_END) {
            return false;
        }
        bool is_users = ns.n > 0 && !ag_str_ieq(ns, "pg_catalog");
        if (ag_token_is(text, token, "(") && name.n > 0 &&
            (is_users ? !is_users_stable(schema, ns, name) : is_volatile_name(name))) {
            return true;
        }
        if (ag_token_is(text, token, ".")) {
            ns = name;
            continue;
        }
        bool is_name = token.kind == AG_TOKEN_WORD || token.kind == AG_TOKEN_QUOTED;
        if (!is_name || name.n == 0 || name.p[name.n] != '.') {
            ns = (ag_str){NULL, 0};
        }
        name = is_name ? ag_token_text(text, token) : (ag_str){NULL, 0};
    }
}

bool ag_pg_is_default_stable(const char *expr, const ag_schema *schema) {
    return !is_volatile(expr, schema);
}

static unsigned effects_of_add(const ag_op *op) {
    const ag_column *column = op->after.column;
    bool is_same = (op->facts & AG_FACT_STABLE_DEFAULT) != 0;
    bool fills_rows = column->serial || column->identity != AG_IDENTITY_NONE ||
                      column->generated == AG_GENERATED_STORED ||
                      (!is_same && is_volatile(column->default_expr, NULL)) ||
                      (op->facts & AG_FACT_CHECKED) != 0;
    return fills_rows ? AG_REWRITES_TABLE | AG_BLOCKS_ALL : 0;
}

/* Types: the base and the numbers of its modifier. */

typedef struct parsed_type {
    char base[64];
    int args[2];
    int n_args;
} parsed_type;

static void keep_base(parsed_type *type, const char *text) {
    size_t n = 0;
    size_t depth = 0;
    for (const char *p = text; *p != '\0' && n + 1 < sizeof type->base; p++) {
        depth += *p == '(' ? 1u : 0u;
        if (depth == 0) {
            type->base[n++] = *p;
        }
        depth -= *p == ')' && depth > 0 ? 1u : 0u;
    }
    type->base[n] = '\0';
}

static parsed_type parse_type(const char *text) {
    parsed_type type = {.n_args = 0};
    keep_base(&type, text);
    const char *open = strchr(text, '(');
    for (const char *p = open; p != NULL && type.n_args < 2 && (*p == '(' || *p == ',');) {
        char *end = NULL;
        long number = strtol(p + 1, &end, 10);
        if (end == p + 1 || number < INT_MIN || number > INT_MAX) {
            break;
        }
        type.args[type.n_args++] = (int)number;
        p = end;
    }
    return type;
}

static bool is_base(const parsed_type *type, const char *base) {
    return strcmp(type->base, base) == 0;
}

static bool is_text(const parsed_type *type) {
    return is_base(type, "text") || is_base(type, "character varying") ||
           is_base(type, "character") || is_base(type, "bpchar");
}

static bool is_one_of(const parsed_type *type, const char *const *list) {
    for (; *list != NULL; list++) {
        if (is_base(type, *list)) {
            return true;
        }
    }
    return false;
}

static bool is_moment(const parsed_type *type) {
    static const char *const moments[] = {"timestamp without time zone",
                                          "timestamp with time zone",
                                          "time without time zone",
                                          "time with time zone",
                                          "interval",
                                          NULL};
    return is_one_of(type, moments);
}

/* A modifier that takes all that the other took: none, or one as long. */
static bool is_wider(const parsed_type *from, const parsed_type *to) {
    enum { MICROSECONDS = 6 };
    if (to->n_args == 0 || (is_moment(to) && to->args[0] >= MICROSECONDS)) {
        return true;
    }
    bool is_long_enough = from->n_args > 0 && to->args[0] >= from->args[0];
    return is_base(from, "numeric") ? is_long_enough && to->args[1] == from->args[1]
                                    : is_long_enough;
}

static bool is_citext(const parsed_type *type) {
    return strcmp(type->base, "citext") == 0 || ag_text_ends(type->base, ".citext");
}

/* Between these the bytes stay, as long as no length is to be kept. */
static bool is_same_bytes(const parsed_type *from, const parsed_type *to) {
    if (to->n_args > 0) {
        return false;
    }
    bool is_padded = is_base(from, "character") || is_base(from, "bpchar");
    bool from_text = is_base(from, "text") || is_base(from, "character varying") ||
                     is_base(from, "xml") || is_citext(from);
    bool to_text = is_base(to, "text") || is_base(to, "character varying") || is_citext(to);
    if (is_base(to, "bpchar")) {
        return from_text || is_padded;
    }
    return (to_text && from_text && !(is_base(from, "xml") && is_citext(to))) ||
           (is_base(from, "bit") && is_base(to, "bit varying"));
}

/* Changes that leave the rows as they are. */
static bool is_free(const parsed_type *from, const parsed_type *to) {
    if (strcmp(from->base, to->base) == 0) {
        bool keeps_length = is_base(from, "character varying") || is_base(from, "numeric") ||
                            is_base(from, "bit varying") || is_moment(from);
        bool is_list = ag_text_ends(from->base, "[]");
        return (from->n_args == 0 && to->n_args == 0) || (keeps_length && is_wider(from, to)) ||
               (is_list && to->n_args == 0);
    }
    return is_same_bytes(from, to) || (is_base(from, "cidr") && is_base(to, "inet"));
}

/* How much of a number or moment a type keeps; 0 = neither. */
static int rank_of(const parsed_type *type) {
    static const char *const ranks[] = {"smallint",
                                        "integer",
                                        "bigint",
                                        "real",
                                        "double precision",
                                        "numeric",
                                        NULL,
                                        "date",
                                        "timestamp without time zone",
                                        "timestamp with time zone"};
    for (size_t i = 0; i < sizeof ranks / sizeof *ranks; i++) {
        if (ranks[i] != NULL && is_base(type, ranks[i])) {
            return (int)i + 1;
        }
    }
    return 0;
}

/* Whether values are cut or rounded without a word. */
static bool narrows(const parsed_type *from, const parsed_type *to) {
    int rank_from = rank_of(from);
    int rank_to = rank_of(to);
    if (strcmp(from->base, to->base) == 0) {
        bool is_cut = is_base(to, "numeric")
                          ? to->n_args > 0 && (from->n_args == 0 || to->args[1] < from->args[1])
                          : !is_text(to) && !is_wider(from, to);
        return is_cut && !is_base(to, "bit") && !is_base(to, "bit varying");
    }
    bool is_whole = rank_to >= 1 && rank_to <= 3;
    bool are_moments = rank_from >= 8 && rank_to >= 8;
    return (is_whole && rank_from >= 4 && rank_from <= 6) || (rank_to == 4 && rank_from == 5) ||
           (rank_to >= 4 && rank_to <= 5 && rank_from == 6) ||
           (are_moments && rank_to < rank_from) || (is_base(from, "json") && is_base(to, "jsonb"));
}

/* Whether a value may be refused. */
static bool may_refuse(const parsed_type *from, const parsed_type *to) {
    int rank_from = rank_of(from);
    int rank_to = rank_of(to);
    if (strcmp(from->base, to->base) == 0) {
        return !is_wider(from, to) && (is_text(to) || is_base(to, "numeric") ||
                                       is_base(to, "bit") || is_base(to, "bit varying"));
    }
    if (is_text(to)) {
        return to->n_args > 0 && !(is_text(from) && is_wider(from, to) && from->n_args > 0);
    }
    bool is_number = rank_from >= 1 && rank_from <= 6 && rank_to >= 1 && rank_to <= 6;
    bool are_moments = rank_from >= 8 && rank_to >= 8;
    if (is_number) {
        return rank_to < rank_from || to->n_args > 0;
    }
    return !are_moments && !(is_base(from, "cidr") && is_base(to, "inet"));
}

bool ag_pg_keeps_bytes(const char *from, const char *to) {
    parsed_type a = parse_type(from);
    parsed_type b = parse_type(to);
    return is_free(&a, &b);
}

static unsigned effects_of_type(const ag_op *op) {
    const ag_column *before = op->before.column;
    const ag_column *after = op->after.column;
    unsigned again =
        (op->facts & AG_FACT_READ_AGAIN) != 0 ? (unsigned)(AG_SCANS_TABLE | AG_BLOCKS_ALL) : 0;
    if (ag_text_eq(before->type, after->type)) {
        return ag_text_eq(before->collation, after->collation) ? 0 : again;
    }
    if ((op->facts & AG_FACT_SAME_BYTES) != 0) {
        return again;
    }
    parsed_type from = parse_type(before->type);
    parsed_type to = parse_type(after->type);
    unsigned effects = is_free(&from, &to) ? again : AG_REWRITES_TABLE | AG_BLOCKS_ALL;
    effects |= narrows(&from, &to) ? (unsigned)AG_NARROWS_TYPE : 0;
    return effects | (may_refuse(&from, &to) ? (unsigned)AG_CASTS_TYPE : 0);
}

static unsigned effects_of_column(const ag_op *op) {
    const ag_column *before = op->before.column;
    const ag_column *after = op->after.column;
    bool is_recomputed = after->generated != AG_GENERATED_NONE &&
                         !ag_text_eq(before->generated_expr, after->generated_expr);
    if (is_recomputed || op->plan.by_copy) {
        return AG_REWRITES_TABLE | AG_BLOCKS_ALL;
    }
    unsigned effects = effects_of_type(op);
    if (before->nullable && !after->nullable && !op->plan.is_proven) {
        effects |= AG_SCANS_TABLE | AG_BLOCKS_ALL;
    }
    return effects;
}

static unsigned effects_of_constraint(const ag_op *op) {
    const ag_constraint *constraint = op->after.constraint;
    if (constraint->not_valid || op->plan.using_index != NULL) {
        return 0;
    }
    switch (constraint->kind) {
    case AG_FOREIGN_KEY:
        return AG_SCANS_TABLE | AG_BLOCKS_WRITES;
    case AG_CHECK:
        return AG_SCANS_TABLE | AG_BLOCKS_ALL;
    case AG_PRIMARY_KEY:
    case AG_UNIQUE:
    case AG_EXCLUDE:
        break;
    }
    return AG_BUILDS_INDEX | AG_BLOCKS_ALL;
}

static unsigned effects_of_table(const ag_op *op) {
    const ag_table *before = op->before.table;
    const ag_table *after = op->after.table;
    bool moves = before->unlogged != after->unlogged ||
                 !ag_text_eq(before->access_method, after->access_method) ||
                 !ag_text_eq(before->tablespace, after->tablespace);
    unsigned effects = moves ? AG_REWRITES_TABLE | AG_BLOCKS_ALL : 0;
    bool joins = after->parent != NULL && !ag_pg_same_partition(before, after) &&
                 (op->facts & AG_FACT_IN_BOUND) == 0;
    return effects | (joins ? (unsigned)(AG_SCANS_TABLE | AG_BLOCKS_ALL) : 0);
}

static unsigned effects_of_index(const ag_op *op) {
    if (op->plan.concurrently) {
        return AG_BUILDS_INDEX | AG_NO_TRANSACTION;
    }
    return op->plan.only ? 0 : AG_BUILDS_INDEX | AG_BLOCKS_WRITES;
}

unsigned ag_pg_effects(const ag_op *op) {
    switch ((int)op->kind) {
    case AG_OP_ADD_COLUMN:
        return effects_of_add(op);
    case AG_OP_DROP_COLUMN:
        return AG_LOSES_POSITION;
    case AG_OP_ALTER_COLUMN:
        return effects_of_column(op);
    case AG_OP_ADD_CONSTRAINT:
        return effects_of_constraint(op);
    case AG_OP_ALTER_CONSTRAINT:
        return op->before.constraint->not_valid && !op->after.constraint->not_valid ? AG_SCANS_TABLE
                                                                                    : 0;
    case AG_OP_ALTER_TABLE:
        return effects_of_table(op);
    case AG_OP_RESTORE_ROWS:
        return AG_REWRITES_TABLE | AG_BLOCKS_ALL;
    case AG_OP_CREATE_INDEX:
        return effects_of_index(op);
    case AG_OP_DROP_INDEX:
        return op->plan.concurrently ? AG_NO_TRANSACTION : 0;
    case AG_OP_ALTER_INDEX:
        return ag_text_eq(op->before.index->tablespace, op->after.index->tablespace)
                   ? 0
                   : AG_BLOCKS_ALL;
    default:
        return 0;
    }
}
