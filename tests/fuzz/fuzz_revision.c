/* Revision files of any bytes: read, cut into parts, and written again they mean the same. */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "revision/file_private.h"
#include "revision/graph.h"
#include "revision/write.h"

static void require(bool ok) {
    if (!ok) {
        abort();
    }
}

/* Parts that were read, printed as a script and read again. */
static void check_again(ag_arena *arena, const ag_rev_parts *parts) {
    ag_script *script = ag_script_new();
    for (size_t p = 0; p < parts->n; p++) {
        const ag_rev_part *part = &parts->items[p];
        if (part->is_autocommit) {
            ag_script_add(script, AG_ITEM_AUTOCOMMIT, NULL);
        } else if (p > 0) {
            ag_script_add(script, AG_ITEM_PART, NULL);
        }
        for (size_t u = 0; u < part->units.n; u++) {
            const ag_rev_unit *unit = &part->units.items[u];
            if (unit->table != NULL) {
                ag_item *item = ag_script_add(script, AG_ITEM_REBUILD, NULL);
                item->table = unit->table;
                item->hash = unit->hash;
            }
            for (size_t s = 0; s < unit->statements.n; s++) {
                ag_script_add(script, AG_ITEM_STATEMENT, unit->statements.items[s].sql);
            }
            if (unit->table != NULL) {
                ag_script_add(script, AG_ITEM_END, NULL);
            }
        }
        if (part->is_autocommit) {
            ag_script_add(script, AG_ITEM_TRANSACTION, NULL);
        }
    }
    static const char tmpl[] = "-- Revision ID: ${up_revision}\n-- autogen:upgrade sqlite\n"
                               "${sections[0].upgrades}";
    ag_rev_draft draft = {.id = "abc", .message = "x"};
    ag_rev_scripts scripts = {.dialect = "sqlite", .up = script};
    ag_vec_push(arena, &draft.scripts, scripts);
    char *text = NULL;
    size_t n = 0;
    ag_error err;
    /* The last statement of a file may lack its end (of a trigger): then writing says so. */
    require(ag_rev_render(arena, &draft, "t", ag_str_of(tmpl), &text, &n, &err) ||
            err.code == AG_INPUT);
    ag_script_free(script);
}

/* Sections for every dialect are read by rules that are wider than those of one. */
static bool is_for_sqlite(const ag_rev_file *file) {
    for (size_t i = 0; i < file->sections.n; i++) {
        const ag_strings *dialects = &file->sections.items[i]->dialects;
        if (dialects->n != 1 || strcmp(dialects->items[0], "sqlite") != 0) {
            return false;
        }
    }
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    ag_rev_file *file = NULL;
    ag_error err;
    ag_str text = {(const char *)data, size};
    if (!ag_rev_file_parse("f.sql", text, &file, &err)) {
        require(err.code == AG_INPUT && err.message[0] != '\0');
        return 0;
    }
    ag_arena *arena = ag_arena_new();
    static const char *const dialects[] = {"sqlite", "postgresql"};
    for (size_t d = 0; d < 2; d++) {
        for (int up = 0; up < 2; up++) {
            ag_rev_parts parts = {NULL, 0, 0};
            if (ag_rev_file_parts(file, arena, dialects[d], up != 0, &parts, &err) && d == 0 &&
                is_for_sqlite(file)) {
                check_again(arena, &parts);
            }
        }
    }
    /* What it depends on may be labels, which are wider than the identifiers of parents. */
    ag_strings downs = {NULL, 0, 0};
    for (size_t i = 0; i < file->header.depends.n; i++) {
        if (ag_rev_check_name("revision identifier", file->header.depends.items[i], &err)) {
            ag_vec_push(arena, &downs, file->header.depends.items[i]);
        }
    }
    char *rewritten = NULL;
    size_t n = 0;
    require(ag_rev_set_field(arena, "f.sql", text, "Revises", &downs, &rewritten, &n, &err));
    ag_rev_file *again = NULL;
    require(ag_rev_file_parse("f.sql", (ag_str){rewritten, n}, &again, &err));
    require(again->header.downs.n == downs.n);
    ag_rev_file_free(again);
    ag_rev_file_free(file);
    ag_arena_free(arena);
    return 0;
}
