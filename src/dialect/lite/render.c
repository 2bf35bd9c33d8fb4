/* CREATE texts and their parts from nodes. */
#include <string.h>

#include "base/str.h"
#include "dialect/lite/lite.h"

void ag_lite_quote(ag_buf *buf, const char *name) {
    ag_sql_quote_ident(buf, AG_SQL_SQLITE, name, false);
}

static void put_upper(ag_buf *buf, const char *text) {
    for (; *text != '\0'; text++) {
        ag_buf_putc(buf, *text >= 'a' && *text <= 'z' ? (char)(*text - 'a' + 'A') : *text);
    }
}

/* A line comment at the end of an expression would swallow what follows it. */
static void put_expr(ag_buf *buf, const char *expr) {
    ag_str bare = ag_lite_bare(expr);
    ag_buf_putn(buf, bare.p, bare.n);
}

static void put_enclosed(ag_buf *buf, const char *expr) {
    ag_buf_putc(buf, '(');
    put_expr(buf, expr);
    ag_buf_putc(buf, ')');
}

static void put_name_of_constraint(ag_buf *buf, const char *name) {
    if (name != NULL) {
        ag_buf_puts(buf, "CONSTRAINT ");
        ag_lite_quote(buf, name);
        ag_buf_putc(buf, ' ');
    }
}

static void put_on_conflict(ag_buf *buf, const char *on_conflict) {
    if (on_conflict != NULL) {
        ag_buf_puts(buf, " ON CONFLICT ");
        put_upper(buf, on_conflict);
    }
}

/* A function call or a lone name: what may stand as an index element without parentheses. */
static bool is_call(const char *expr) {
    ag_str text = ag_str_of(expr);
    ag_lexer lexer = ag_lexer_of(AG_SQL_SQLITE, text);
    ag_token token = ag_lexer_next_solid(&lexer);
    if (token.kind != AG_TOKEN_WORD ||
        ag_sql_is_reserved(AG_SQL_SQLITE, ag_token_text(text, token))) {
        return false;
    }
    if (!ag_token_is(text, ag_lexer_next_solid(&lexer), "(")) {
        return false;
    }
    for (size_t depth = 1; depth > 0;) {
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
        ag_lite_quote(buf, key->column);
    } else if (is_call(key->expr)) {
        put_expr(buf, key->expr);
    } else {
        put_enclosed(buf, key->expr);
    }
    if (key->collation != NULL) {
        ag_buf_puts(buf, " COLLATE ");
        ag_lite_quote(buf, key->collation);
    }
    if (key->descending) {
        ag_buf_puts(buf, " DESC");
    }
}

static void put_keys(ag_buf *buf, const ag_keys *keys, const char *last_word) {
    ag_buf_putc(buf, '(');
    for (size_t i = 0; i < keys->n; i++) {
        ag_buf_puts(buf, i > 0 ? ", " : "");
        put_key(buf, &keys->items[i]);
    }
    ag_buf_puts(buf, last_word);
    ag_buf_putc(buf, ')');
}

static void put_reference(ag_buf *buf, const ag_constraint *key) {
    ag_buf_puts(buf, "REFERENCES ");
    ag_lite_quote(buf, key->ref_table);
    for (size_t i = 0; i < key->ref_columns.n; i++) {
        ag_buf_puts(buf, i > 0 ? ", " : " (");
        ag_lite_quote(buf, key->ref_columns.items[i]);
    }
    ag_buf_puts(buf, key->ref_columns.n > 0 ? ")" : "");
    if (key->match != NULL) {
        ag_buf_puts(buf, " MATCH ");
        if (ag_text_ieq(key->match, "full") || ag_text_ieq(key->match, "partial")) {
            put_upper(buf, key->match);
        } else {
            ag_lite_quote(buf, key->match);
        }
    }
    if (key->on_delete != NULL) {
        ag_buf_puts(buf, " ON DELETE ");
        put_upper(buf, key->on_delete);
    }
    if (key->on_update != NULL) {
        ag_buf_puts(buf, " ON UPDATE ");
        put_upper(buf, key->on_update);
    }
    if (key->deferrability != NULL) {
        ag_buf_putc(buf, ' ');
        put_upper(buf, key->deferrability);
    } else if (key->deferrable) {
        ag_buf_puts(buf,
                    key->initially_deferred ? " DEFERRABLE INITIALLY DEFERRED" : " DEFERRABLE");
    }
}

void ag_lite_put_constraint(ag_buf *buf, const ag_constraint *constraint, bool autoincrement) {
    put_name_of_constraint(buf, constraint->name);
    switch (constraint->kind) {
    case AG_PRIMARY_KEY:
        ag_buf_puts(buf, "PRIMARY KEY ");
        put_keys(buf, &constraint->keys, autoincrement ? " AUTOINCREMENT" : "");
        break;
    case AG_UNIQUE:
        ag_buf_puts(buf, "UNIQUE ");
        put_keys(buf, &constraint->keys, "");
        break;
    case AG_FOREIGN_KEY:
        ag_buf_puts(buf, "FOREIGN KEY ");
        put_keys(buf, &constraint->keys, "");
        ag_buf_putc(buf, ' ');
        put_reference(buf, constraint);
        return;
    case AG_CHECK:
    case AG_EXCLUDE: /* adopt lets none through. */
        ag_buf_puts(buf, "CHECK ");
        put_enclosed(buf, constraint->expr == NULL ? "1" : constraint->expr);
        break;
    }
    put_on_conflict(buf, constraint->on_conflict);
}

void ag_lite_put_inline(ag_buf *buf, const ag_constraint *constraint, bool autoincrement) {
    ag_buf_putc(buf, ' ');
    put_name_of_constraint(buf, constraint->name);
    switch (constraint->kind) {
    case AG_PRIMARY_KEY:
        ag_buf_puts(buf, "PRIMARY KEY");
        ag_buf_puts(buf, constraint->keys.items[0].descending ? " DESC" : "");
        put_on_conflict(buf, constraint->on_conflict);
        ag_buf_puts(buf, autoincrement ? " AUTOINCREMENT" : "");
        return;
    case AG_UNIQUE:
        ag_buf_puts(buf, "UNIQUE");
        break;
    case AG_FOREIGN_KEY:
        put_reference(buf, constraint);
        return;
    case AG_CHECK:
    case AG_EXCLUDE:
        ag_buf_puts(buf, "CHECK ");
        put_enclosed(buf, constraint->expr == NULL ? "1" : constraint->expr);
        break;
    }
    put_on_conflict(buf, constraint->on_conflict);
}

static void put_default(ag_buf *buf, const char *name, const char *expr) {
    ag_buf_putc(buf, ' ');
    put_name_of_constraint(buf, name);
    ag_buf_puts(buf, "DEFAULT ");
    if (ag_lite_is_plain_default(expr)) {
        put_expr(buf, expr);
    } else {
        put_enclosed(buf, expr);
    }
}

/* Type, default, NOT NULL and so on: all but the constraints that are nodes of their own. */
static void put_properties(ag_buf *buf, const ag_column *column) {
    if (!column->nullable) {
        ag_buf_putc(buf, ' ');
        put_name_of_constraint(buf, column->not_null_name);
        ag_buf_puts(buf, "NOT NULL");
        put_on_conflict(buf, column->on_conflict);
    }
    if (column->default_expr != NULL && column->generated == AG_GENERATED_NONE) {
        put_default(buf, column->default_name, column->default_expr);
    }
    if (column->collation != NULL) {
        ag_buf_putc(buf, ' ');
        put_name_of_constraint(buf, column->collation_name);
        ag_buf_puts(buf, "COLLATE ");
        ag_lite_quote(buf, column->collation);
    }
    if (column->generated != AG_GENERATED_NONE) {
        ag_buf_putc(buf, ' ');
        put_name_of_constraint(buf, column->generated_name);
        ag_buf_puts(buf, "GENERATED ALWAYS AS ");
        put_enclosed(buf, column->generated_expr);
        ag_buf_puts(buf, column->generated == AG_GENERATED_STORED ? " STORED" : " VIRTUAL");
    }
}

/* Where each constraint of a table is written: inside a column, or NULL for behind the columns. */
typedef struct placing {
    const ag_table *table;
    const ag_column **columns; /* one for each constraint. */
} placing;

static size_t place_of(const ag_table *table, const char *column) {
    for (size_t i = 0; i < table->columns.n; i++) {
        if (ag_text_ieq(table->columns.items[i]->name, column)) {
            return i;
        }
    }
    return table->columns.n;
}

/* The name of the column that a constraint would be written in, or NULL. */
static const char *wanted_column(const ag_table *table, const ag_constraint *constraint) {
    bool is_primary = constraint->kind == AG_PRIMARY_KEY;
    if (constraint->kind == AG_CHECK) {
        return constraint->inline_column;
    }
    const ag_key *key = constraint->keys.n == 1 ? &constraint->keys.items[0] : NULL;
    if (key == NULL || key->column == NULL || key->collation != NULL ||
        (key->descending && !is_primary)) {
        return NULL;
    }
    /* A lone descending INTEGER means another thing inside its column than behind the columns. */
    bool may_move = is_primary && !(key->descending && table->without_rowid);
    return may_move ? key->column : constraint->inline_column;
}

static bool is_lone_integer(const ag_table *table, const ag_constraint *key) {
    size_t place = key->keys.n == 1 ? place_of(table, key->keys.items[0].column) : table->columns.n;
    return place < table->columns.n && ag_lite_is_rowid_type(table->columns.items[place]->type);
}

/*
 * Keys keep their order among each other, because SQLite numbers their indexes by it; so do foreign
 * keys. One that has to stand behind the columns takes all later ones of its sort with it.
 */
static placing place_constraints(ag_arena *arena, const ag_table *table) {
    placing out = {table, ag_arena_array(arena, table->constraints.n, sizeof *out.columns)};
    size_t least[2] = {0, 0};
    for (size_t i = 0; i < table->constraints.n; i++) {
        const ag_constraint *constraint = table->constraints.items[i];
        size_t sort = constraint->kind == AG_FOREIGN_KEY ? 1 : 0;
        /* The rowid has no index to be numbered, and behind the columns a descending INTEGER
         * would be the rowid, which it is not. */
        bool is_ordered = constraint->kind != AG_CHECK &&
                          (constraint->kind != AG_PRIMARY_KEY || table->without_rowid ||
                           !is_lone_integer(table, constraint));
        const char *column = wanted_column(table, constraint);
        size_t place = column == NULL ? table->columns.n : place_of(table, column);
        if (place < table->columns.n && (!is_ordered || place >= least[sort])) {
            out.columns[i] = table->columns.items[place];
        } else {
            place = table->columns.n;
        }
        if (is_ordered) {
            least[sort] = place;
        }
    }
    return out;
}

/* The primary key goes first, unless a unique constraint on the same column has to. */
static const ag_constraint *leading_key(const placing *placed, const ag_column *column) {
    for (size_t i = 0; i < placed->table->constraints.n; i++) {
        const ag_constraint *constraint = placed->table->constraints.items[i];
        if (placed->columns[i] == column && constraint->kind == AG_PRIMARY_KEY) {
            return constraint;
        }
        if (placed->columns[i] == column && constraint->kind == AG_UNIQUE) {
            return NULL;
        }
    }
    return NULL;
}

static void put_placed_column(ag_buf *buf, const placing *placed, const ag_column *column) {
    const ag_table *table = placed->table;
    ag_lite_quote(buf, column->name);
    if (*column->type != '\0') {
        ag_buf_putc(buf, ' ');
        ag_buf_puts(buf, column->type);
    }
    const ag_constraint *key = leading_key(placed, column);
    if (key != NULL) {
        ag_lite_put_inline(buf, key, table->autoincrement);
    }
    put_properties(buf, column);
    for (size_t i = 0; i < table->constraints.n; i++) {
        if (placed->columns[i] == column && table->constraints.items[i] != key) {
            ag_lite_put_inline(buf, table->constraints.items[i], table->autoincrement);
        }
    }
}

void ag_lite_put_column(ag_buf *buf, const ag_table *table, const ag_column *column) {
    ag_arena *arena = ag_arena_new();
    placing placed = place_constraints(arena, table);
    put_placed_column(buf, &placed, column);
    ag_arena_free(arena);
}

void ag_lite_put_bare_column(ag_buf *buf, const ag_column *column) {
    ag_table table = {.name = ""};
    placing placed = {&table, NULL};
    put_placed_column(buf, &placed, column);
}

static void put_options(ag_buf *buf, const ag_table *table) {
    if (table->without_rowid) {
        ag_buf_puts(buf, " WITHOUT ROWID");
    }
    if (table->strict) {
        ag_buf_puts(buf, table->without_rowid ? ", STRICT" : " STRICT");
    }
}

void ag_lite_put_table(ag_buf *buf, const ag_table *table) {
    ag_arena *arena = ag_arena_new();
    placing placed = place_constraints(arena, table);
    ag_buf_puts(buf, "CREATE TABLE ");
    ag_lite_quote(buf, table->name);
    ag_buf_puts(buf, " (");
    for (size_t i = 0; i < table->columns.n; i++) {
        ag_buf_puts(buf, i > 0 ? ",\n    " : "\n    ");
        put_placed_column(buf, &placed, table->columns.items[i]);
    }
    for (size_t i = 0; i < table->constraints.n; i++) {
        if (placed.columns[i] == NULL) {
            ag_buf_puts(buf, ",\n    ");
            ag_lite_put_constraint(buf, table->constraints.items[i], table->autoincrement);
        }
    }
    ag_buf_puts(buf, "\n)");
    put_options(buf, table);
    ag_arena_free(arena);
}

void ag_lite_put_index(ag_buf *buf, const char *table, const ag_index *index) {
    ag_buf_puts(buf, index->unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ");
    ag_lite_quote(buf, index->name);
    ag_buf_puts(buf, " ON ");
    ag_lite_quote(buf, table);
    ag_buf_putc(buf, ' ');
    put_keys(buf, &index->keys, "");
    if (index->where != NULL) {
        ag_buf_puts(buf, " WHERE ");
        put_expr(buf, index->where);
    }
}
