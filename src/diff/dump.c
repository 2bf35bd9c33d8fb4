#include "diff/dump.h"

#include "base/buf.h"
#include "diff/diff.h"
#include "schema/node.h"

static bool write_op(const ag_dialect *dialect, const ag_op *op, ag_buf *out, ag_error *err) {
    const ag_compile_options options = {.standalone = true};
    ag_script *script = ag_script_new();
    bool ok = dialect->compile(op, &options, script, err);
    for (size_t i = 0; ok && i < script->items.n; i++) {
        if (script->items.items[i].kind == AG_ITEM_STATEMENT) {
            ag_buf_puts(out, script->items.items[i].text);
            ag_buf_puts(out, ";\n");
        }
    }
    ag_script_free(script);
    return ok;
}

static bool write_ops(const ag_dialect *dialect, const ag_schema *nothing, const ag_schema *schema,
                      ag_buf *out, ag_error *err) {
    const ag_compile_options options = {.standalone = true};
    ag_diff_result diff = {.ops = NULL};
    ag_ops *up = NULL;
    ag_ops *down = NULL;
    if (!ag_diff(dialect, nothing, schema, NULL, &diff, err)) {
        return false;
    }
    bool ok = dialect->lower(diff.ops, nothing, schema, &options, &up, &down, err);
    for (size_t i = 0; ok && i < up->list.n; i++) {
        ok = write_op(dialect, up->list.items[i], out, err);
    }
    ag_ops_free(up);
    ag_ops_free(down);
    ag_diff_result_release(&diff);
    return ok;
}

bool ag_diff_dump(const ag_dialect *dialect, const ag_schema *schema, ag_buf *out, ag_error *err) {
    if (dialect->dump != NULL) {
        return dialect->dump(schema, out, err);
    }
    ag_schema *nothing = ag_schema_new(dialect->name);
    nothing->covers = schema->covers;
    bool ok = write_ops(dialect, nothing, schema, out, err);
    ag_schema_free(nothing);
    return ok;
}
