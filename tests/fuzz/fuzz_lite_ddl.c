/*
 * Any text as a stored CREATE statement of SQLite: what the parser takes lies inside of the text,
 * and a table that it takes prints as one that it takes again.
 */
#include <stdlib.h>
#include <string.h>

#include "dialect/lite/ddl.h"
#include "dialect/lite/lite.h"
#include "fuzz.h"
#include "schema/node.h"

static void check(bool is_right) {
    if (!is_right) {
        abort();
    }
}

static void check_range(size_t n, ag_lite_range range) {
    check(range.at <= n && range.n <= n - range.at);
}

static void check_parts(size_t n, const ag_lite_parts *parts, ag_lite_range around) {
    for (size_t i = 0; i < parts->n; i++) {
        const ag_lite_part *part = &parts->items[i];
        check_range(n, part->range);
        check(part->range.at >= around.at && part->range.n <= around.n);
        check_range(n, part->body);
        check_range(n, part->expr);
        for (size_t k = 0; k < part->elements.n; k++) {
            check_range(n, part->elements.items[k].range);
            check_range(n, part->elements.items[k].expr);
        }
    }
}

static void check_table(ag_arena *arena, const char *sql, size_t n) {
    ag_lite_table table;
    ag_error err = {0};
    if (!ag_lite_parse_table(arena, sql, &table, &err)) {
        check(err.message[0] != '\0');
        return;
    }
    check(table.columns.n > 0 && table.open < table.columns_end &&
          table.columns_end <= table.close);
    for (size_t i = 0; i < table.columns.n; i++) {
        check_range(n, table.columns.items[i].range);
        check_parts(n, &table.columns.items[i].parts, table.columns.items[i].range);
    }
    check_parts(n, &table.constraints, (ag_lite_range){table.columns_end, n});
}

static void check_printing(const char *sql) {
    ag_schema *schema = ag_schema_new("sqlite");
    ag_table *table = NULL;
    if (ag_lite_add_table(schema, sql, &table, NULL)) {
        ag_buf text = AG_BUF_INIT;
        ag_buf again = AG_BUF_INIT;
        ag_lite_put_table(&text, table);
        check(ag_lite_add_table(schema, ag_buf_text(&text), &table, NULL));
        ag_lite_put_table(&again, table);
        check(strcmp(ag_buf_text(&text), ag_buf_text(&again)) == 0);
        ag_buf_release(&text);
        ag_buf_release(&again);
    }
    ag_schema_free(schema);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    ag_arena *arena = ag_arena_new();
    char *sql = ag_arena_strndup(arena, (const char *)data, size);
    size_t n = strlen(sql);
    ag_lite_index index;
    ag_lite_view view;
    ag_lite_trigger trigger;
    ag_lite_virtual virtual_table;
    check_table(arena, sql, n);
    check_printing(sql);
    if (ag_lite_parse_index(arena, sql, &index, NULL)) {
        check(index.elements.n > 0);
        check_range(n, index.where);
    }
    if (ag_lite_parse_view(arena, sql, &view, NULL)) {
        check_range(n, view.select);
    }
    if (ag_lite_parse_trigger(arena, sql, &trigger, NULL)) {
        check_range(n, trigger.body);
    }
    if (ag_lite_parse_virtual(arena, sql, &virtual_table, NULL)) {
        check_range(n, virtual_table.arguments);
    }
    (void)ag_lite_statement_of(sql);
    ag_arena_free(arena);
    return 0;
}
