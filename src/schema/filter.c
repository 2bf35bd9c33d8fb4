#include "schema/filter.h"

#include <assert.h>
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <string.h>

#include "base/error.h"
#include "base/str.h"
#include "schema/node.h"

/* Enough for any sane pattern on a name; less than what a hostile one would take for ever. */
enum { MATCH_LIMIT = 1000000, N_SHOWN = 500 };

typedef AG_VEC(pcre2_code *) patterns;

typedef struct sieve {
    const ag_schema *schema;
    const ag_filter *filter;
    patterns include, exclude;
    pcre2_match_data *data;
    pcre2_match_context *context;
    ag_error *err;
} sieve;

static bool compile(sieve *s, const ag_strings *texts, patterns *out) {
    uint32_t options = PCRE2_UTF | PCRE2_MATCH_INVALID_UTF;
    if (ag_schema_folds_case(s->schema)) {
        options |= PCRE2_CASELESS;
    }
    for (size_t i = 0; i < texts->n; i++) {
        int code = 0;
        PCRE2_SIZE at = 0;
        pcre2_code *pattern = pcre2_compile((PCRE2_SPTR)texts->items[i], PCRE2_ZERO_TERMINATED,
                                            options, &code, &at, NULL);
        if (pattern == NULL) {
            char why[200];
            (void)pcre2_get_error_message(code, (PCRE2_UCHAR *)why, sizeof why);
            return ag_fail(s->err, AG_INPUT,
                           "the table pattern \"%.*s\" is wrong at character %zu: %s", N_SHOWN,
                           texts->items[i], (size_t)at + 1, why);
        }
        ag_vec_push(NULL, out, pattern);
    }
    return true;
}

static bool matches_any(sieve *s, const patterns *list, const ag_strings *texts, const char *name,
                        bool *out) {
    *out = false;
    for (size_t i = 0; i < list->n && !*out; i++) {
        int rc =
            pcre2_match(list->items[i], (PCRE2_SPTR)name, strlen(name), 0, 0, s->data, s->context);
        if (rc < 0 && rc != PCRE2_ERROR_NOMATCH) {
            char why[200];
            (void)pcre2_get_error_message(rc, (PCRE2_UCHAR *)why, sizeof why);
            return ag_fail(s->err, AG_INPUT, "the table pattern \"%.*s\" fails on \"%.*s\": %s",
                           N_SHOWN, texts->items[i], N_SHOWN, name, why);
        }
        *out = rc >= 0;
    }
    return true;
}

static bool is_skipped(const sieve *s, const char *name) {
    bool fold = ag_schema_folds_case(s->schema);
    for (size_t i = 0; i < s->filter->skip_tables.n; i++) {
        const char *skipped = s->filter->skip_tables.items[i];
        if (fold ? ag_text_ieq(skipped, name) : ag_text_eq(skipped, name)) {
            return true;
        }
    }
    return false;
}

static bool keeps(sieve *s, const char *name, bool *out) {
    bool is_included = true;
    bool is_excluded = false;
    if (s->include.n > 0 &&
        !matches_any(s, &s->include, &s->filter->include_tables, name, &is_included)) {
        return false;
    }
    if (!matches_any(s, &s->exclude, &s->filter->exclude_tables, name, &is_excluded)) {
        return false;
    }
    *out = is_included && !is_excluded && !is_skipped(s, name);
    return true;
}

/* Which tables stay, as a map from table key to itself. A partition goes with its parent. */
static bool choose(sieve *s, ag_map *kept, bool *all) {
    const ag_tables *tables = &s->schema->tables;
    *all = true;
    for (size_t i = 0; i < tables->n; i++) {
        bool stays = true;
        ag_table *own = tables->items[i];
        const ag_table *table = own;
        for (int depth = 0; table != NULL && stays && depth < 100; depth++) {
            if (!keeps(s, table->name, &stays)) {
                return false;
            }
            table = table->parent == NULL
                        ? NULL
                        : ag_schema_table(s->schema, table->parent_ns, table->parent);
        }
        *all = *all && stays;
        if (stays) {
            assert(own != NULL); /* a list of tables has no holes */
            char *key = ag_node_key(s->schema->arena, AG_TABLE, own->ns, own->name);
            (void)ag_map_put(kept, key, own);
        }
    }
    return true;
}

/* True for a table that the schema had and that is not kept. */
static bool is_gone(const ag_schema *schema, const ag_map *kept, const char *ns,
                    const char *table) {
    const ag_table *found = table == NULL ? NULL : ag_schema_table(schema, ns, table);
    return found != NULL &&
           ag_map_get(kept, ag_node_key(schema->arena, AG_TABLE, found->ns, found->name)) != found;
}

void ag_schema_keep_tables(ag_schema *schema, const ag_map *kept) {
    size_t n = 0;
    for (size_t i = 0; i < schema->objects.n; i++) {
        ag_object *object = schema->objects.items[i];
        if (!is_gone(schema, kept, object->table_ns, object->table)) {
            schema->objects.items[n++] = object;
        }
    }
    schema->objects.n = n;
    n = 0;
    for (size_t i = 0; i < schema->sequences.n; i++) {
        ag_sequence *sequence = schema->sequences.items[i];
        if (!is_gone(schema, kept, sequence->owner_ns, sequence->owner_table)) {
            schema->sequences.items[n++] = sequence;
        }
    }
    schema->sequences.n = n;
    n = 0;
    for (size_t i = 0; i < schema->access.n; i++) {
        ag_access *access = schema->access.items[i];
        const char *table = access->kind == AG_TABLE ? access->name : access->table;
        if (!is_gone(schema, kept, access->ns, table)) {
            schema->access.items[n++] = access;
        }
    }
    schema->access.n = n;
    schema->tables.n = 0;
    for (size_t i = 0; i < kept->n; i++) {
        schema->tables.items[schema->tables.n++] = kept->entries[i].value;
    }
    ag_schema_touch(schema);
}

static void release(patterns *list) {
    for (size_t i = 0; i < list->n; i++) {
        pcre2_code_free(list->items[i]);
    }
    ag_vec_release(list);
}

bool ag_schema_filter(ag_schema *schema, const ag_filter *filter, ag_error *err) {
    sieve s = {.schema = schema, .filter = filter, .err = err};
    ag_map kept = AG_MAP_INIT;
    bool all = true;
    s.data = pcre2_match_data_create(1, NULL);
    s.context = pcre2_match_context_create(NULL);
    bool ok = s.data != NULL && s.context != NULL;
    if (!ok) {
        (void)ag_fail(err, AG_FAILED, "out of memory");
        goto done;
    }
    (void)pcre2_set_match_limit(s.context, MATCH_LIMIT);
    (void)pcre2_set_depth_limit(s.context, MATCH_LIMIT);
    ok = compile(&s, &filter->include_tables, &s.include) &&
         compile(&s, &filter->exclude_tables, &s.exclude) && choose(&s, &kept, &all);
    if (ok && !all) {
        ag_schema_keep_tables(schema, &kept);
    }
done:
    release(&s.include);
    release(&s.exclude);
    pcre2_match_data_free(s.data);
    pcre2_match_context_free(s.context);
    ag_map_release(&kept);
    return ok;
}
