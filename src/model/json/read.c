/*
 * Documents to a schema: parse, walk, then settle what only the whole model can say (references
 * without a namespace, columns of partitions, names), validate, and let the dialect adopt it.
 */
#include <string.h>

#include "base/file.h"
#include "base/str.h"
#include "model/input.h"
#include "model/json.h"
#include "model/json/form.h"
#include "schema/validate.h"

/* ---- settling ---- */

/* A reference without a namespace: the table beside it, else the one of the default namespace. */
static void settle_reference(const ag_json_reader *r, const ag_table *table, ag_constraint *c) {
    if (c->kind != AG_FOREIGN_KEY || c->ref_table == NULL || c->ref_namespace != NULL) {
        return;
    }
    const char *other = r->dialect->default_namespace;
    bool is_beside = ag_schema_table(r->schema, table->ns, c->ref_table) != NULL;
    c->ref_namespace =
        !is_beside && ag_schema_table(r->schema, other, c->ref_table) != NULL ? other : table->ns;
}

static void inherit_columns(const ag_json_reader *r, ag_table *table, const ag_table *parent) {
    ag_columns own = table->columns;
    table->columns = (ag_columns){NULL, 0, 0};
    for (size_t i = 0; i < parent->columns.n; i++) {
        const ag_column *theirs = parent->columns.items[i];
        bool is_own = false;
        for (size_t j = 0; j < own.n && !is_own; j++) {
            is_own = ag_text_eq(own.items[j]->name, theirs->name);
        }
        if (!is_own) {
            ag_column *copy = ag_column_clone(r->arena, theirs);
            copy->inherited = copy->taken_over = true;
            ag_vec_push(r->arena, &table->columns, copy);
        }
    }
    for (size_t i = 0; i < own.n; i++) {
        ag_vec_push(r->arena, &table->columns, own.items[i]);
    }
}

ag_table *ag__json_table_of_text(const ag_dialect *dialect, const ag_schema *schema,
                                 const char *qualified) {
    ag_table *found = NULL;
    ag_arena *scratch = ag_arena_new();
    for (size_t i = 0; i < schema->tables.n && found == NULL; i++) {
        ag_table *table = schema->tables.items[i];
        if (ag_text_eq(ag_dialect_name(scratch, dialect, table->ns, table->name), qualified)) {
            found = table;
        }
    }
    ag_arena_free(scratch);
    return found;
}

enum { SETTLING = 1, SETTLED = 2 };

/* Columns of a parent that the child does not name come first, as the server has it. */
static void settle_columns(const ag_json_reader *r, ag_table *table, ag_map *states, int depth) {
    static int settling = SETTLING;
    static int settled = SETTLED;
    char *key = ag_node_key(r->arena, AG_TABLE, table->ns, table->name);
    if (ag_map_has(states, key) || depth > 100) {
        return; /* done, or a circle of parents */
    }
    (void)ag_map_put(states, key, &settling);
    ag_table *parent =
        table->parent == NULL ? NULL : ag_schema_table(r->schema, table->parent_ns, table->parent);
    if (parent != NULL) {
        settle_columns(r, parent, states, depth + 1);
        inherit_columns(r, table, parent);
    }
    for (size_t i = table->inherits.n; i > 0; i--) {
        parent = ag__json_table_of_text(r->dialect, r->schema, table->inherits.items[i - 1]);
        if (parent != NULL) {
            settle_columns(r, parent, states, depth + 1);
            inherit_columns(r, table, parent);
        }
    }
    (void)ag_map_put(states, key, &settled);
}

/* Whoever names one partition of a table names all of them. */
static void close_parent(const ag_json_reader *r, const ag_table *table) {
    ag_table *parent =
        table->parent == NULL ? NULL : ag_schema_table(r->schema, table->parent_ns, table->parent);
    if (parent != NULL) {
        parent->open_partitions = false;
    }
}

static void settle(ag_json_reader *r) {
    ag_map states = AG_MAP_INIT;
    for (size_t i = 0; i < r->schema->tables.n; i++) {
        ag_table *table = r->schema->tables.items[i];
        for (size_t j = 0; j < table->constraints.n; j++) {
            settle_reference(r, table, table->constraints.items[j]);
        }
        close_parent(r, table);
        if (table->parent != NULL || table->inherits.n > 0) {
            settle_columns(r, table, &states, 0);
        }
    }
    ag_map_release(&states);
    ag__json_settle_access(r);
    if (ag_schema_covers(r->schema, AG_TABLE)) {
        ag_schema_cover(r->schema, AG_COLUMN);
        ag_schema_cover(r->schema, AG_CONSTRAINT);
        ag_schema_cover(r->schema, AG_INDEX);
        ag_schema_cover(r->schema, AG_ENUM);
    }
    ag_naming_apply(r->schema, &r->naming, r->dialect->max_identifier);
}

/* ---- the whole ---- */

static ag_validate_rules rules_of(const ag_dialect *dialect) {
    bool names = (dialect->capabilities & AG_CAN_NAME_CONSTRAINTS) != 0;
    return (ag_validate_rules){.names_constraints = names,
                               .keys_are_relations = names,
                               .needs_types = (dialect->capabilities & AG_ROWID_KEYS) == 0,
                               .takes_empty_names = (dialect->capabilities & AG_EMPTY_NAMES) != 0};
}

static size_t offset_of(const ag_error *err, const char *text, size_t n) {
    size_t at = 0;
    for (int line = 1; line < err->line && at < n; line++) {
        const char *end = memchr(text + at, '\n', n - at);
        at = end == NULL ? n : (size_t)(end - text) + 1;
    }
    for (int column = 1; column < err->column && at < n; column++) {
        at++;
        while (at < n && ((unsigned char)text[at] & 0xC0u) == 0x80u) {
            at++;
        }
    }
    return at;
}

/* The lines around mistakes that were found in the schema rather than in the text. */
static void add_excerpts(ag_diags *diags, const ag_json_source *sources, size_t n_sources) {
    for (size_t i = 0; i < diags->list.n; i++) {
        ag_error *err = &diags->list.items[i];
        for (size_t j = 0; err->excerpt[0] == '\0' && err->line > 0 && j < n_sources; j++) {
            const char *text = sources[j].text;
            size_t n = sources[j].n;
            if (sources[j].n_places > 0 || !ag_text_eq(err->file, sources[j].file)) {
                continue;
            }
            if (n >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
                text += 3;
                n -= 3;
            }
            ag_error_excerpt(err, text, n, offset_of(err, text, n));
        }
    }
}

static size_t rank_of(const ag_error *err, const ag_json_source *sources, size_t n) {
    size_t i = 0;
    while (i < n && !ag_text_eq(sources[i].file, err->file)) {
        i++;
    }
    return i;
}

static bool is_later(const ag_error *a, const ag_error *b, const ag_json_source *sources,
                     size_t n) {
    size_t x = rank_of(a, sources, n);
    size_t y = rank_of(b, sources, n);
    int order = x == n && y == n ? strcmp(a->file, b->file) : 0;
    if (order != 0) {
        return order > 0; /* files that the sources include */
    }
    if (x != y || a->line != b->line) {
        return x != y ? x > y : a->line > b->line;
    }
    return a->column > b->column;
}

/* In the order of the files; a short list, so that the simplest stable sort will do. */
static void sort_diags(ag_diags *diags, size_t from, const ag_json_source *sources, size_t n) {
    for (size_t i = from + 1; i < diags->list.n; i++) {
        ag_error err = diags->list.items[i];
        size_t j = i;
        for (; j > from && is_later(&diags->list.items[j - 1], &err, sources, n); j--) {
            diags->list.items[j] = diags->list.items[j - 1];
        }
        diags->list.items[j] = err;
    }
}

/* The places of a made document, with names of files that outlive it. */
static const ag_json_place *keep_places(ag_arena *names, ag_arena *arena,
                                        const ag_json_source *source) {
    ag_json_place *places = ag_arena_array(arena, source->n_places, sizeof *places);
    const char *from = NULL;
    const char *kept = NULL;
    for (size_t i = 0; i < source->n_places; i++) {
        places[i] = source->places[i];
        if (kept == NULL || places[i].loc.file != from) {
            from = places[i].loc.file;
            kept = ag_arena_strdup(names, from);
        }
        places[i].loc.file = kept;
    }
    return places;
}

static void read_documents(ag_json_reader *r, const ag_json_source *sources, size_t n) {
    ag_arena *trees = ag_arena_new();
    for (size_t i = 0; i < n; i++) {
        ag_json_doc *doc = NULL;
        ag_json_source source = sources[i];
        source.file = ag_arena_strdup(r->arena, source.file);
        source.places = keep_places(r->arena, trees, &source);
        if (ag_json_parse_source(trees, &source, &doc, r->diags)) {
            doc->file = source.file; /* the nodes' places outlive the tree */
            r->doc = doc;
            (void)ag__json_read(r, &ag__json_model, doc->root, r->schema);
        }
    }
    ag_arena_free(trees);
}

/* ---- what is written for other dialects ---- */

static bool is_before(ag_loc a, ag_loc b) {
    return a.line < b.line || (a.line == b.line && a.column < b.column);
}

static bool is_inside(const ag_json_reader *r, const ag_error *err) {
    ag_loc at = {.line = err->line, .column = err->column};
    for (size_t i = 0; i < r->spans.n; i++) {
        const ag_json_span *span = &r->spans.items[i];
        if (ag_text_eq(span->from.file, err->file) && !is_before(at, span->from) &&
            is_before(at, span->to)) {
            return true;
        }
    }
    return false;
}

/* Reads the model as one of another dialect; only the mistakes in what is written for it count. */
static void check_other(const ag_dialect *dialect, const ag_json_source *sources, size_t n,
                        ag_diags *diags) {
    ag_schema *schema = ag_schema_new(dialect->name);
    ag_diags found = AG_DIAGS_INIT;
    ag_json_reader r = {.schema = schema,
                        .arena = schema->arena,
                        .dialect = dialect,
                        .diags = &found,
                        .is_of_other = true,
                        .position = -1};
    read_documents(&r, sources, n);
    for (size_t i = 0; i < found.list.n; i++) {
        if (is_inside(&r, &found.list.items[i])) {
            ag_diags_add(diags, &found.list.items[i]);
        }
    }
    ag_map_release(&r.types);
    ag_vec_release(&r.spans);
    ag_diags_release(&found);
    ag_schema_free(schema);
}

static void check_others(const ag_json_reader *r, const ag_json_source *sources, size_t n) {
    const ag_dialect *const *all = NULL;
    size_t n_dialects = ag_dialect_all(&all);
    for (size_t i = 0; i < n_dialects; i++) {
        if ((r->others & (1u << i)) != 0) {
            check_other(all[i], sources, n, r->diags);
        }
    }
}

bool ag_model_read_json_texts(const ag_json_source *sources, size_t n, const ag_dialect *dialect,
                              ag_schema **out, ag_diags *diags, ag_error *err) {
    ag_schema *schema = ag_schema_new(dialect->name);
    ag_diags warnings = AG_DIAGS_INIT;
    ag_json_reader r = {.schema = schema,
                        .arena = schema->arena,
                        .dialect = dialect,
                        .diags = diags,
                        .position = -1};
    ag_validate_rules rules = rules_of(dialect);
    size_t n_before = diags->list.n;
    size_t before = n_before + diags->n_dropped;
    read_documents(&r, sources, n);
    ag_map_release(&r.types);
    check_others(&r, sources, n);
    settle(&r);
    rules.external = &r.external;
    (void)ag_schema_validate(schema, &rules, diags, &warnings);
    if (dialect->adopt != NULL) {
        (void)dialect->adopt(schema, diags);
        ag_schema_touch(schema);
    }
    bool ok = diags->list.n + diags->n_dropped == before;
    for (size_t i = 0; ok && i < warnings.list.n; i++) {
        ag_diags_add(diags, &warnings.list.items[i]);
    }
    add_excerpts(diags, sources, n);
    sort_diags(diags, n_before, sources, n);
    ag_diags_release(&warnings);
    if (!ok) {
        ag_schema_free(schema);
        *out = NULL;
        return ag_diags_fail(diags, err);
    }
    *out = schema;
    return true;
}

bool ag_model_read_json(const ag_strings *inputs, const ag_dialect *dialect, ag_schema **out,
                        ag_diags *diags, ag_error *err) {
    ag_arena *arena = ag_arena_new();
    ag_strings files = {NULL, 0, 0};
    AG_VEC(ag_json_source) sources = {NULL, 0, 0};
    bool ok = true;
    *out = NULL;
    for (size_t i = 0; ok && i < inputs->n; i++) {
        ok = ag_model_expand(arena, inputs->items[i], ".json", &files, err);
    }
    for (size_t i = 0; ok && i < files.n; i++) {
        ag_json_source source = {.file = files.items[i]};
        char *text = NULL;
        ok = ag_file_read(arena, source.file, AG_INPUT, &text, &source.n, err);
        source.text = text;
        ag_vec_push(arena, &sources, source);
    }
    ok = ok && ag_model_read_json_texts(sources.items, sources.n, dialect, out, diags, err);
    ag_arena_free(arena);
    return ok;
}
