#include "model/sql_model.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/str.h"
#include "model/sql_file.h"
#include "schema/node.h"

/* How it went with a statement so far. */
typedef struct trial {
    bool is_done; /* it ran, or is never to run */
    ag_script_excuse excuse;
    ag_error *why; /* of the last try; NULL when it did not fail */
} trial;

/* Statements that were passed over for one reason, of which the first is shown. */
typedef struct passed_over {
    const ag_sql_piece *first;
    const char *why;
    size_t n;
} passed_over;

typedef struct loader {
    ag_conn *conn;
    const ag_dialect *dialect;
    ag_arena *arena;
    ag_sql_pieces pieces;
    trial *trials;     /* one for each piece */
    bool needs_access; /* owners and grants are part of the model */
    bool is_fresh;     /* nothing ran in this session */
    ag_map places;     /* lower-case name of what was created -> ag_loc */
    passed_over passed[AG_N_SCRIPT_ROLES];
    ag_diags *diags;
    ag_error *err;
} loader;

/* The name behind CREATE … TABLE | VIEW | …: good enough to say where an object was written. */
static void note_place(loader *l, const ag_sql_piece *p) {
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

/* ---- Running ---- */

static bool is_over(const ag_error *why) {
    return why->code == AG_INTERRUPTED || strncmp(why->sqlstate, "08", 2) == 0 ||
           strncmp(why->sqlstate, "57P", 3) == 0;
}

/* Tries one statement; false when there is no use in going on. */
static bool run_piece(loader *l, size_t i) {
    const ag_sql_piece *p = &l->pieces.items[i];
    trial *t = &l->trials[i];
    ag_error why;
    ag_error_clear(&why);
    l->is_fresh = false;
    if (ag_conn_exec(l->conn, p->sql, &why)) {
        t->is_done = p->role != AG_SCRIPT_SETTING;
        t->why = NULL;
        note_place(l, p);
        return true;
    }
    if (t->why == NULL) {
        t->why = ag_arena_new_of(l->arena, ag_error);
    }
    *t->why = why;
    t->excuse = l->dialect->scripts->excuse(p->sql, p->role, &why);
    /* What is there already, or not there to be removed, is so at this place and not later. */
    t->is_done = t->excuse == AG_EXCUSE_SILENT ||
                 (t->excuse == AG_EXCUSE_NAMED && p->role == AG_SCRIPT_REMOVAL);
    return !is_over(&why) || (*l->err = why, false);
}

static bool is_open(const loader *l, size_t i) {
    return !l->trials[i].is_done && l->pieces.items[i].role != AG_SCRIPT_SETTING;
}

/* A file is a session of its own: its settings hold for its own statements, in every pass. */
static bool run_session(loader *l, size_t begin, size_t end, size_t *left) {
    size_t n_open = 0;
    for (size_t i = begin; i < end; i++) {
        n_open += is_open(l, i) ? 1 : 0;
    }
    const char *reset = l->dialect->scripts->reset;
    if (n_open > 0 && !l->is_fresh && reset != NULL && !ag_conn_exec(l->conn, reset, l->err)) {
        return false;
    }
    for (size_t i = begin; i < end && n_open > 0; i++) {
        if (!l->trials[i].is_done) {
            bool was_open = is_open(l, i);
            if (!run_piece(l, i)) {
                return false;
            }
            n_open -= was_open ? 1 : 0;
            *left += is_open(l, i) ? 1 : 0;
        }
    }
    return true;
}

static bool run_pass(loader *l, size_t *left) {
    *left = 0;
    for (size_t begin = 0, end = 0; begin < l->pieces.n; begin = end) {
        while (end < l->pieces.n &&
               l->pieces.items[end].session == l->pieces.items[begin].session) {
            end++;
        }
        if (!run_session(l, begin, end, left)) {
            return false;
        }
    }
    return true;
}

/* ---- What did not run ---- */

/* Where in the file the server's position is; without one, the start of the statement. */
static ag_loc place_of(const ag_sql_piece *p, const ag_error *why) {
    if (why->position <= 1) {
        return p->loc;
    }
    size_t offset = p->start;
    for (int c = 1; c < why->position && offset < p->n_text; c++) {
        offset++;
        while (offset < p->n_text && ((unsigned char)p->text[offset] & 0xC0u) == 0x80u) {
            offset++;
        }
    }
    return ag_loc_of_offset(p->loc.file, p->text, p->n_text, offset);
}

static void pass_over(loader *l, size_t i, const char *why) {
    const ag_sql_piece *p = &l->pieces.items[i];
    passed_over *o = &l->passed[p->role];
    if (o->n++ == 0) {
        o->first = p;
        o->why = why;
    }
}

static void report(loader *l, size_t i) {
    const ag_sql_piece *p = &l->pieces.items[i];
    const trial *t = &l->trials[i];
    if (t->why == NULL || t->excuse == AG_EXCUSE_SILENT) {
        return;
    }
    bool is_needed = p->role == AG_SCRIPT_ACCESS && l->needs_access;
    if (t->excuse == AG_EXCUSE_NAMED && !is_needed) {
        pass_over(l, i, t->why->message);
        return;
    }
    ag_error *diag = ag_diags_at(l->diags, place_of(p, t->why), p->text, "%s", t->why->message);
    if (diag != NULL) {
        const char *hint = l->dialect->scripts->hint == NULL || t->why->hint[0] != '\0'
                               ? t->why->hint
                               : l->dialect->scripts->hint(t->why);
        memcpy(diag->sqlstate, t->why->sqlstate, sizeof diag->sqlstate);
        hint = is_needed ? "roles belong to the whole server: CREATE ROLE first" : hint;
        ag_hint(diag, "%s", hint == NULL ? "" : hint);
    }
}

static bool run_all(loader *l) {
    size_t left = 0;
    size_t before = 0;
    do {
        before = left;
        if (!run_pass(l, &left)) {
            return false;
        }
    } while (left > 0 && (before == 0 || left < before));
    for (size_t i = 0; i < l->pieces.n; i++) {
        if (l->pieces.items[i].role == AG_SCRIPT_OUTSIDE) {
            pass_over(l, i, "it reaches beyond the database of the model");
        } else {
            report(l, i);
        }
    }
    return l->diags->list.n == 0 || ag_diags_fail(l->diags, l->err);
}

/* The first words of a statement, on one line. */
static char *beginning_of(ag_arena *arena, const char *sql) {
    enum { N_SHOWN = 60 };
    ag_buf buf = AG_BUF_INIT;
    for (const char *c = sql; *c != '\0' && buf.n < N_SHOWN; c++) {
        bool is_blank = ag_is_space(*c);
        if (!is_blank || (buf.n > 0 && !ag_is_space(c[-1]))) {
            ag_buf_putc(&buf, is_blank ? ' ' : *c);
        }
    }
    char *text = ag_arena_strdup(arena, ag_buf_text(&buf));
    ag_utf8_trim_partial(text);
    ag_buf_release(&buf);
    return strlen(text) < strlen(sql) ? ag_arena_printf(arena, "%s…", text) : text;
}

static void warn(const loader *l, ag_arena *arena, ag_strings *warnings) {
    for (size_t role = 0; role < AG_N_SCRIPT_ROLES; role++) {
        const passed_over *o = &l->passed[role];
        if (o->n == 0) {
            continue;
        }
        char *more = o->n == 1 ? ag_arena_strdup(arena, "")
                               : ag_arena_printf(arena, " (and %zu more like it)", o->n - 1);
        ag_vec_push(arena, warnings,
                    ag_arena_printf(arena, "%s:%d:%d: \"%s\" is passed over: %s%s",
                                    o->first->loc.file, o->first->loc.line, o->first->loc.column,
                                    beginning_of(arena, o->first->sql), o->why, more));
    }
}

/* ---- Places ---- */

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

static bool read_files(loader *l, const ag_strings *files) {
    for (size_t i = 0; i < files->n; i++) {
        if (!ag_sql_file_read(l->arena, l->dialect, files->items[i], i, &l->pieces, l->err)) {
            return false;
        }
    }
    l->trials = ag_arena_alloc(l->arena, (l->pieces.n + 1) * sizeof *l->trials);
    for (size_t i = 0; i < l->pieces.n; i++) {
        l->trials[i] = (trial){.is_done = l->pieces.items[i].role == AG_SCRIPT_OUTSIDE};
    }
    return true;
}

bool ag_model_read_sql(ag_conn *scratch, const ag_dialect *dialect, const ag_strings *files,
                       bool needs_access, ag_schema **out, ag_strings *warnings, ag_diags *diags,
                       ag_error *err) {
    loader l = {.conn = scratch,
                .dialect = dialect,
                .needs_access = needs_access,
                .is_fresh = true,
                .diags = diags,
                .err = err};
    l.arena = ag_arena_new();
    const char *reset = dialect->scripts->reset;
    *out = NULL;
    bool ok = read_files(&l, files) && run_all(&l) &&
              (reset == NULL || ag_conn_exec(scratch, reset, err));
    if (ok) {
        ag_introspect_options everything = {0};
        ok = dialect->introspect(scratch, &everything, out, err);
    }
    if (ok) {
        attach_places(&l, *out);
        warn(&l, (*out)->arena, warnings);
    }
    ag_map_release(&l.places);
    ag_arena_free(l.arena);
    return ok;
}
