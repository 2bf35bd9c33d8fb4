#include "model/sql_model.h"

#include <string.h>

#include "base/file.h"
#include "base/map.h"
#include "base/str.h"
#include "schema/node.h"
#include "sql/split.h"

/* A statement that has not run yet. */
typedef struct pending {
    const char *sql;
    const char *text; /* of the whole file, for excerpts */
    ag_loc loc;
    size_t start; /* offset of `sql` in the text */
    bool is_done;
    ag_error why; /* of the last try */
} pending;

typedef struct loader {
    ag_conn *conn;
    const ag_dialect *dialect;
    ag_arena *arena;
    AG_VEC(pending) statements;
    ag_map places; /* lower-case name of what was created -> ag_loc */
    ag_diags *diags;
    ag_error *err;
} loader;

/* BEGIN and COMMIT of a dump: one refused statement must not take the others with it. */
static bool is_transaction_control(ag_sql_flavor flavor, ag_str sql) {
    static const char *const words[] = {"begin", "commit", "end", "start"};
    ag_lexer lexer = ag_lexer_of(flavor, sql);
    ag_token first = ag_lexer_next_solid(&lexer);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (ag_token_is(sql, first, words[i])) {
            return true;
        }
    }
    return false;
}

static bool read_file(loader *l, const char *path) {
    char *text = NULL;
    size_t n = 0;
    ag_statements list = {0};
    if (!ag_file_read(l->arena, path, AG_INPUT, &text, &n, l->err) ||
        !ag_sql_split(l->arena, l->dialect->flavor, path, (ag_str){text, n}, &list, l->err)) {
        return false;
    }
    for (size_t i = 0; i < list.n; i++) {
        const ag_statement *s = &list.items[i];
        if (!is_transaction_control(l->dialect->flavor, s->sql)) {
            pending p = {.sql = ag_arena_strndup(l->arena, s->sql.p, s->sql.n),
                         .text = text,
                         .loc = s->loc,
                         .start = s->start};
            ag_vec_push(l->arena, &l->statements, p);
        }
    }
    return true;
}

/* The name behind CREATE … TABLE | VIEW | …: good enough to say where an object was written. */
static void note_place(loader *l, const pending *p) {
    ag_str text = ag_str_of(p->sql);
    ag_lexer lexer = ag_lexer_of(l->dialect->flavor, text);
    static const char *const kinds[] = {"table",  "view",      "index",    "trigger",
                                        "type",   "domain",    "sequence", "function",
                                        "schema", "procedure", "extension"};
    if (!ag_token_is(text, ag_lexer_next_solid(&lexer), "create")) {
        return;
    }
    bool is_named = false;
    for (int i = 0; i < 5 && !is_named; i++) {
        ag_token word = ag_lexer_next_solid(&lexer);
        for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
            is_named = is_named || ag_token_is(text, word, kinds[k]);
        }
    }
    ag_token name = ag_lexer_next_solid(&lexer);
    while (is_named && (ag_token_is(text, name, "if") || ag_token_is(text, name, "not") ||
                        ag_token_is(text, name, "exists"))) {
        name = ag_lexer_next_solid(&lexer);
    }
    ag_token next = ag_lexer_next_solid(&lexer);
    if (ag_token_is(text, next, ".")) {
        name = ag_lexer_next_solid(&lexer);
    }
    if (is_named && (name.kind == AG_TOKEN_WORD || name.kind == AG_TOKEN_QUOTED)) {
        ag_loc *loc = ag_arena_copy(l->arena, &p->loc, sizeof p->loc);
        char *key = ag_token_unquote(l->arena, l->dialect->flavor, text, name);
        (void)ag_map_put(&l->places, ag_text_lower(l->arena, key), loc);
    }
}

/* One pass over what is left; returns how many statements ran. */
static size_t run_pass(loader *l, size_t *left) {
    size_t n_done = 0;
    *left = 0;
    for (size_t i = 0; i < l->statements.n; i++) {
        pending *p = &l->statements.items[i];
        if (p->is_done) {
            continue;
        }
        p->is_done = ag_conn_exec(l->conn, p->sql, &p->why);
        if (p->is_done) {
            note_place(l, p);
            n_done++;
        } else {
            (*left)++;
        }
        if (p->why.code == AG_INTERRUPTED) {
            return 0;
        }
    }
    return n_done;
}

/* Where in the file the server's position is; without one, the start of the statement. */
static ag_loc place_of(const pending *p) {
    if (p->why.position <= 1) {
        return p->loc;
    }
    size_t offset = p->start;
    for (int c = 1; c < p->why.position && p->text[offset] != '\0'; c++) {
        offset++;
        while (((unsigned char)p->text[offset] & 0xC0u) == 0x80u) {
            offset++;
        }
    }
    return ag_loc_of_offset(p->loc.file, p->text, strlen(p->text), offset);
}

static bool report(loader *l) {
    for (size_t i = 0; i < l->statements.n; i++) {
        const pending *p = &l->statements.items[i];
        if (!p->is_done) {
            ag_error *diag = ag_diags_at(l->diags, place_of(p), p->text, "%s", p->why.message);
            if (diag != NULL) {
                memcpy(diag->sqlstate, p->why.sqlstate, sizeof diag->sqlstate);
                ag_hint(diag, "%s", p->why.hint);
            }
        }
    }
    return ag_diags_fail(l->diags, l->err);
}

static bool run_all(loader *l) {
    size_t left = 0;
    while (run_pass(l, &left) > 0 && left > 0) {
    }
    return left == 0 || report(l);
}

static ag_loc find_place(const loader *l, ag_arena *arena, const char *name) {
    const ag_loc *found = ag_map_get(&l->places, ag_text_lower(l->arena, name));
    ag_loc loc = {0};
    if (found != NULL) {
        loc = *found;
        loc.file = ag_arena_strdup(arena, loc.file);
    }
    return loc;
}

static void attach_places(const loader *l, ag_schema *schema) {
    for (size_t i = 0; i < schema->tables.n; i++) {
        ag_table *table = schema->tables.items[i];
        table->loc = find_place(l, schema->arena, table->name);
        for (size_t k = 0; k < table->indexes.n; k++) {
            ag_index *index = table->indexes.items[k];
            index->loc = find_place(l, schema->arena, index->name);
        }
        for (size_t k = 0; k < table->columns.n; k++) {
            table->columns.items[k]->loc = table->loc;
        }
        for (size_t k = 0; k < table->constraints.n; k++) {
            table->constraints.items[k]->loc = table->loc;
        }
    }
    for (size_t i = 0; i < schema->objects.n; i++) {
        schema->objects.items[i]->loc =
            find_place(l, schema->arena, schema->objects.items[i]->name);
    }
    for (size_t i = 0; i < schema->enums.n; i++) {
        schema->enums.items[i]->loc = find_place(l, schema->arena, schema->enums.items[i]->name);
    }
}

bool ag_model_read_sql(ag_conn *scratch, const ag_dialect *dialect, const ag_strings *files,
                       ag_schema **out, ag_diags *diags, ag_error *err) {
    loader l = {.conn = scratch, .dialect = dialect, .diags = diags, .err = err};
    l.arena = ag_arena_new();
    bool ok = true;
    for (size_t i = 0; ok && i < files->n; i++) {
        ok = read_file(&l, files->items[i]);
    }
    ok = ok && run_all(&l);
    if (ok) {
        ag_introspect_options everything = {0};
        ok = dialect->introspect(scratch, &everything, out, err);
    }
    if (ok) {
        attach_places(&l, *out);
    }
    ag_map_release(&l.places);
    ag_arena_free(l.arena);
    return ok;
}
