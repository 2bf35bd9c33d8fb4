/* Any text as an annotation at every place, and as what stands at a struct, taken to its end. */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "model/c/annot.h"
#include "model/c/read.h"
#include "model/json.h"

static void check_arg(const ag_arg *arg) {
    if (arg->text == NULL || arg->source == NULL) {
        abort();
    }
    for (size_t i = 0; i < arg->args.n; i++) {
        check_arg(&arg->args.items[i]);
    }
}

static void parse(ag_arena *arena, const char *text, ag_annot_place place) {
    ag_annot annot;
    ag_error err = {0};
    if (!ag_annot_parse(arena, text, place, &annot, &err)) {
        if (err.message[0] == '\0') {
            abort(); /* refused without a word */
        }
        return;
    }
    for (size_t i = 0; i < annot.args.n; i++) {
        check_arg(&annot.args.items[i]);
    }
}

/* struct AG_TABLE(t) t { int a [text]; enum e b; } [text] */
static void lower(ag_arena *arena, const char *text, const ag_dialect *dialect) {
    ag_loc loc = {"fuzz.h", 1, 1};
    ag_c_annot annots[] = {{.text = "table(t)", .loc = loc}, {.text = text, .id = "n", .loc = loc}};
    ag_c_constant value = {.name = "A", .annots = {&annots[1], 1, 1}, .loc = loc};
    ag_c_enum e = {.name = "e", .id = "e", .loc = loc};
    ag_vec_push(arena, &e.values, value);
    ag_c_type types[] = {{.kind = AG_C_INT, .size = 4, .is_signed = true, .spelling = "int"},
                         {.kind = AG_C_ENUM, .enumeration = &e, .spelling = "enum e"}};
    ag_c_field fields[] = {
        {.name = "a", .type = &types[0], .bits = -1, .annots = {&annots[1], 1, 1}, .loc = loc},
        {.name = "b", .type = &types[1], .bits = -1, .comment = text, .loc = loc}};
    ag_c_record record = {.name = "t",
                          .is_whole = true,
                          .fields = {fields, 2, 2},
                          .annots = {annots, 2, 2},
                          .id = "t",
                          .loc = loc};
    ag_c_unit unit = {.file = "fuzz.h", .notes = {&annots[1], 1, 1}};
    ag_c_unit *units = &unit;
    const ag_c_record *one = &record;
    ag_vec_push(arena, &unit.records, one);
    ag_c_result result = {.units = {&units, 1, 1}};
    ag_json_sources sources = {NULL, 0, 0};
    ag_diags diags = AG_DIAGS_INIT;
    ag_schema *schema = NULL;
    (void)ag_model_lower_c(arena, &result, dialect, &sources, &diags);
    (void)ag_model_read_json_texts(sources.items, sources.n, dialect, &schema, &diags, NULL);
    ag_schema_free(schema);
    ag_diags_release(&diags);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    ag_arena *arena = ag_arena_new();
    const char *text = ag_arena_strndup(arena, (const char *)data, size);
    const ag_dialect *const *all = NULL;
    size_t n = ag_dialect_all(&all);
    for (int place = 1; place <= AG_ON_FILE; place *= 2) {
        parse(arena, text, (ag_annot_place)place);
    }
    for (size_t i = 0; i < n; i++) {
        lower(arena, text, all[i]);
    }
    ag_arena_free(arena);
    return 0;
}
