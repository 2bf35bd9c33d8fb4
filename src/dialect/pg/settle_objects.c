/*
 * Definitions that the database spells otherwise: each is made under a temporary name, read back,
 * and given its real name again. Views and functions are made in the temporary namespace; triggers,
 * rules and policies on a temporary table with the columns of theirs.
 */
#include <string.h>

#include "base/str.h"
#include "dialect/pg/introspect.h"
#include "dialect/pg/settle.h"
#include "schema/node.h"
#include "sql/normal.h"

/* ---- which ---- */

static bool is_routine(ag_kind kind) {
    return kind == AG_FUNCTION || kind == AG_PROCEDURE;
}

static bool is_view(ag_kind kind) {
    return kind == AG_VIEW || kind == AG_MATVIEW;
}

static bool is_on_table(ag_kind kind) {
    return kind == AG_TRIGGER || kind == AG_RULE || kind == AG_POLICY;
}

static bool is_same_object(const ag_object *a, const ag_object *b) {
    return a->kind == b->kind && ag_text_eq(a->ns, b->ns) && ag_text_eq(a->name, b->name) &&
           (!is_on_table(a->kind) || ag_text_eq(a->table, b->table));
}

static bool has_same_definition(const ag_object *a, const ag_object *b) {
    return ag_sql_tokens_equal(AG_SQL_POSTGRES, a->definition, b->definition);
}

static void find_in_object(ag_pg_settler *s, ag_object *object, const ag_map *by_name) {
    const char *key = ag_node_key(s->scratch, object->kind, object->ns, object->name);
    if (object->definition == NULL || !ag_map_has(by_name, key)) {
        return;
    }
    ag_pg_object_doubt doubt = {.object = object};
    size_t n = 0;
    for (size_t i = 0; i < s->database->objects.n; i++) {
        const ag_object *old = s->database->objects.items[i];
        if (!is_same_object(old, object)) {
            continue;
        }
        n++;
        doubt.old = old;
        if (has_same_definition(old, object)) {
            object->signature = ag_arena_strdup(s->model->arena, old->signature);
            return;
        }
    }
    if (n > 0) {
        doubt.old = n == 1 ? doubt.old : NULL; /* which of several overloads is not known */
        doubt.name = ag_arena_printf(s->scratch, "autogen_%zu", s->objects.n);
        ag_vec_push(s->scratch, &s->objects, doubt);
    }
}

void ag_pg_find_object_doubts(ag_pg_settler *s) {
    ag_map by_name = AG_MAP_INIT;
    for (size_t i = 0; i < s->database->objects.n; i++) {
        const ag_object *old = s->database->objects.items[i];
        ag_map_put(&by_name, ag_node_key(s->scratch, old->kind, old->ns, old->name), s);
    }
    for (size_t i = 0; i < s->model->objects.n; i++) {
        ag_object *object = s->model->objects.items[i];
        if (is_view(object->kind) || is_routine(object->kind) || is_on_table(object->kind)) {
            find_in_object(s, object, &by_name);
        }
    }
    ag_map_release(&by_name);
}

char *ag_pg_object_doubt_name(ag_arena *arena, const ag_pg_object_doubt *doubt) {
    return ag_arena_printf(arena, "%s %s.%s", ag_kind_name(doubt->object->kind), doubt->object->ns,
                           doubt->object->name);
}

void ag_pg_assume_object_equal(ag_pg_settler *s, const ag_pg_object_doubt *doubt) {
    if (doubt->old != NULL) {
        doubt->object->definition = ag_arena_strdup(s->model->arena, doubt->old->definition);
        doubt->object->signature = ag_arena_strdup(s->model->arena, doubt->old->signature);
    }
}

/* ---- statements ---- */

/* A definition by tokens: where the name stands that has to be another one. */
typedef struct statement {
    ag_str text;
    ag_tokens tokens;
    size_t name;  /* first token of the name */
    size_t after; /* the one behind it */
} statement;

static bool is(const statement *st, size_t i, const char *word) {
    return i < st->tokens.n && ag_token_is(st->text, st->tokens.items[i], word);
}

static bool is_any(const statement *st, size_t i, const char *const *words) {
    while (*words != NULL && !is(st, i, *words)) {
        words++;
    }
    return *words != NULL;
}

static bool is_name(const statement *st, size_t i) {
    ag_token_kind kind = st->tokens.items[i].kind;
    return kind == AG_TOKEN_WORD || kind == AG_TOKEN_QUOTED;
}

static size_t offset_of(const statement *st, size_t i) {
    return i < st->tokens.n ? st->tokens.items[i].offset : st->text.n;
}

static bool find_name(statement *st, ag_kind kind) {
    static const char *const leading[] = {"create",    "or",           "replace",    "temp",
                                          "temporary", "materialized", "constraint", NULL};
    static const char *const kinds[] = {"view", "function", "procedure", "trigger",
                                        "rule", "policy",   NULL};
    static const char *const condition[] = {"if", "not", "exists", NULL};
    size_t i = 0;
    while (is_any(st, i, leading)) {
        i++;
    }
    if (!is_any(st, i, kinds)) {
        return false; /* a recursive view keeps its name in its query */
    }
    i++;
    while (is_any(st, i, condition)) {
        i++;
    }
    const char *before = kind == AG_RULE ? "to" : "on";
    while (is_on_table(kind) && i < st->tokens.n && !is(st, i, before)) {
        i++;
    }
    i += is_on_table(kind) ? 1 : 0;
    st->name = i;
    for (st->after = i; st->after < st->tokens.n && is_name(st, st->after); st->after += 2) {
        if (!is(st, st->after + 1, ".")) {
            st->after++;
            return true;
        }
    }
    return false;
}

/* The query of a materialized view: from behind AS to WITH [NO] DATA. */
static bool find_query(const statement *st, size_t *as, size_t *end) {
    long depth = 0;
    *as = st->after;
    while (*as < st->tokens.n && (depth > 0 || !is(st, *as, "as"))) {
        depth += is(st, *as, "(");
        depth -= is(st, *as, ")");
        ++*as;
    }
    *end = st->tokens.n;
    if (*end > 3 && is(st, *end - 1, "data")) {
        *end -= is(st, *end - 2, "no") ? 3 : 2;
    }
    return *as < *end;
}

static const char *finish(ag_arena *arena, ag_buf *buf) {
    const char *text = ag_buf_copy(buf, arena);
    ag_buf_release(buf);
    return text;
}

static void put_range(ag_buf *buf, const statement *st, size_t from, size_t to) {
    size_t start = offset_of(st, from);
    ag_buf_putn(buf, st->text.p + start, offset_of(st, to) - start);
}

static const char *create_view(ag_arena *arena, const statement *st, const ag_object *object,
                               const char *name) {
    ag_buf buf = AG_BUF_INIT;
    size_t as = st->tokens.n;
    size_t end = st->tokens.n;
    ag_buf_printf(&buf, "CREATE TEMP VIEW %s ", name);
    if (object->kind == AG_VIEW) {
        put_range(&buf, st, st->after, end);
    } else if (find_query(st, &as, &end)) {
        bool has_names = is(st, st->after, "(");
        size_t close = st->after;
        while (has_names && close < as && !is(st, close, ")")) {
            close++;
        }
        put_range(&buf, st, st->after, has_names ? close + 1 : st->after);
        ag_buf_putc(&buf, ' ');
        put_range(&buf, st, as, end);
    }
    return finish(arena, &buf);
}

/* What a trigger is on, as a temporary table (or view) with the same columns. */
static const char *create_relation(ag_pg_settler *s, const ag_object *object, const char *name) {
    const ag_table *table = ag_schema_table(s->model, object->table_ns, object->table);
    if (table == NULL) {
        table = ag_schema_table(s->database, object->table_ns, object->table);
    }
    const ag_object *view =
        table != NULL ? NULL
                      : ag_schema_object(s->database, AG_VIEW, object->table_ns, object->table);
    if (table == NULL && view == NULL) {
        return NULL;
    }
    const ag_columns *columns = table != NULL ? &table->columns : &view->columns;
    ag_buf buf = AG_BUF_INIT;
    ag_buf_printf(&buf, table != NULL ? "CREATE TEMP TABLE %s (" : "CREATE TEMP VIEW %s AS SELECT ",
                  name);
    for (size_t i = 0; i < columns->n; i++) {
        const ag_column *column = columns->items[i];
        ag_buf_puts(&buf, i == 0 ? "" : ", ");
        if (table == NULL) {
            ag_buf_printf(&buf, "NULL::%s AS ", column->type);
        }
        ag_pg_quote(&buf, column->name);
        if (table != NULL) {
            ag_buf_printf(&buf, " %s", column->type);
        }
    }
    ag_buf_puts(&buf, table != NULL ? ")" : "");
    return finish(s->scratch, &buf);
}

/* The rest of a definition, its own table's columns (`t.id`) under the temporary name if need be.
 */
static void put_rest(ag_pg_settler *s, ag_buf *buf, const statement *st,
                     const ag_pg_object_doubt *doubt) {
    size_t from = st->after;
    for (size_t i = from; doubt->renames && i + 1 < st->tokens.n; i++) {
        if (is_name(st, i) && is(st, i + 1, ".") && !is(st, i - 1, ".") &&
            ag_text_eq(ag_token_unquote(s->scratch, AG_SQL_POSTGRES, st->text, st->tokens.items[i]),
                       doubt->object->table)) {
            put_range(buf, st, from, i);
            ag_buf_puts(buf, doubt->name);
            from = i + 1;
        }
    }
    put_range(buf, st, from, st->tokens.n);
}

static void add_statements(ag_pg_settler *s, const ag_pg_object_doubt *doubt, ag_strings *sql) {
    const ag_object *object = doubt->object;
    statement st = {.text = ag_str_of(object->definition)};
    st.tokens = ag_sql_tokens(s->scratch, AG_SQL_POSTGRES, st.text);
    if (!find_name(&st, object->kind)) {
        return;
    }
    if (is_view(object->kind)) {
        ag_vec_push(s->scratch, sql, create_view(s->scratch, &st, object, doubt->name));
        return;
    }
    if (is_on_table(object->kind)) {
        const char *relation = create_relation(s, object, doubt->name);
        if (relation == NULL) {
            return;
        }
        ag_vec_push(s->scratch, sql, relation);
    }
    ag_buf buf = AG_BUF_INIT;
    put_range(&buf, &st, 0, st.name);
    ag_buf_printf(&buf, "pg_temp.%s ", doubt->name);
    put_rest(s, &buf, &st, doubt);
    ag_vec_push(s->scratch, sql, finish(s->scratch, &buf));
}

/* ---- reading back ---- */

static char *replaced(ag_arena *arena, const char *text, const char *from, const char *to) {
    ag_buf buf = AG_BUF_INIT;
    size_t n = strlen(from);
    for (const char *hit = strstr(text, from); hit != NULL; hit = strstr(text, from)) {
        ag_buf_putn(&buf, text, (size_t)(hit - text));
        ag_buf_puts(&buf, to);
        text = hit + n;
    }
    ag_buf_puts(&buf, text);
    char *result = ag_buf_copy(&buf, arena);
    ag_buf_release(&buf);
    return result;
}

/* The text with the real names for the temporary ones. */
static const char *with_real_names(ag_pg_settler *s, const ag_pg_object_doubt *doubt,
                                   const char *text) {
    const ag_object *object = doubt->object;
    bool is_on = is_on_table(object->kind);
    ag_buf qualified = AG_BUF_INIT;
    ag_buf bare = AG_BUF_INIT;
    ag_pg_put_name(&qualified, is_on ? object->table_ns : object->ns,
                   is_on ? object->table : object->name);
    ag_pg_quote(&bare, is_on ? object->table : object->name);
    const char *temporary[] = {ag_arena_printf(s->scratch, "%s.%s", s->temp, doubt->name),
                               ag_arena_printf(s->scratch, "pg_temp.%s", doubt->name)};
    for (size_t i = 0; i < sizeof temporary / sizeof temporary[0]; i++) {
        text = replaced(s->scratch, text, temporary[i], ag_buf_text(&qualified));
    }
    text = replaced(s->scratch, text, doubt->name, ag_buf_text(&bare));
    ag_buf_release(&qualified);
    ag_buf_release(&bare);
    return text;
}

/* A materialized view keeps what is between its name and AS, but for the names of columns. */
static const char *materialized(ag_pg_settler *s, const ag_object *object, const char *view) {
    const char *query = strstr(view, " AS\n");
    statement st = {.text = ag_str_of(object->definition)};
    st.tokens = ag_sql_tokens(s->scratch, AG_SQL_POSTGRES, st.text);
    size_t as = 0;
    size_t end = 0;
    if (query == NULL || !find_name(&st, object->kind) || !find_query(&st, &as, &end)) {
        return NULL;
    }
    size_t from = st.after;
    while (is(&st, st.after, "(") && from < as && !is(&st, from, ")")) {
        from++;
    }
    from += is(&st, from, ")");
    ag_buf buf = AG_BUF_INIT;
    ag_buf_puts(&buf, "CREATE MATERIALIZED VIEW ");
    ag_pg_put_name(&buf, object->ns, object->name);
    ag_buf_putc(&buf, ' ');
    put_range(&buf, &st, from, as);
    ag_buf_puts(&buf, query + 1);
    return finish(s->scratch, &buf);
}

static void take(ag_pg_settler *s, const ag_schema *read, const ag_pg_object_doubt *doubt) {
    ag_object *object = doubt->object;
    for (size_t i = 0; i < read->objects.n; i++) {
        const ag_object *tried = read->objects.items[i];
        const char *name = is_on_table(object->kind) ? tried->table : tried->name;
        if (!ag_text_eq(name, doubt->name)) {
            continue;
        }
        const char *text = with_real_names(s, doubt, tried->definition);
        if (object->kind == AG_MATVIEW) {
            text = materialized(s, object, text);
        }
        if (text != NULL) {
            object->definition = ag_arena_strdup(s->model->arena, text);
            object->signature = ag_arena_strdup(s->model->arena, tried->signature);
        }
        return;
    }
}

static bool read_back(ag_pg_settler *s, const ag_pg_object_doubt *doubts, size_t n, ag_error *err) {
    static const unsigned queries = 1u << AG_PG_VIEWS | 1u << AG_PG_ROUTINES | 1u << AG_PG_TRIGGERS;
    ag_introspect_options options = {.namespaces = {&s->temp, 1, 1}};
    ag_schema *read = NULL;
    if (!ag_pg_introspect_some(s->conn, &options, queries, &read, err)) {
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        take(s, read, &doubts[i]);
    }
    ag_schema_free(read);
    return true;
}

/* As long as the server takes all, at once; else by halves. */
static bool try_some(ag_pg_settler *s, ag_pg_object_doubt *doubts, size_t n, ag_error *err) {
    static const char savepoint[] = "autogen_objects";
    ag_strings sql = {NULL, 0, 0};
    bool ran = false;
    for (size_t i = 0; i < n; i++) {
        add_statements(s, &doubts[i], &sql);
    }
    if (sql.n == 0) {
        return true;
    }
    if (!ag_pg_run_many(s, savepoint, &sql, NULL, &ran, err)) {
        return false;
    }
    if (ran) {
        return read_back(s, doubts, n, err) && ag_pg_go_back(s, savepoint, err);
    }
    if (n > 1) {
        return try_some(s, doubts, n / 2, err) && try_some(s, doubts + n / 2, n - n / 2, err);
    }
    if (doubts->renames || !is_on_table(doubts->object->kind)) {
        return true;
    }
    doubts->renames = true;
    return try_some(s, doubts, 1, err);
}

bool ag_pg_try_objects(ag_pg_settler *s, ag_error *err) {
    enum { BATCH = 200 };
    for (size_t i = 0; i < s->objects.n; i += BATCH) {
        size_t n = s->objects.n - i < BATCH ? s->objects.n - i : BATCH;
        if (!try_some(s, s->objects.items + i, n, err)) {
            return false;
        }
    }
    return true;
}
