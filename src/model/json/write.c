#include "model/json.h"

#include "model/json/form.h"

bool ag_model_write_json(const ag_schema *schema, const ag_dialect *dialect, ag_buf *out,
                         ag_error *err) {
    ag_map types = AG_MAP_INIT;
    ag_json_writer w = {.out = out,
                        .schema = schema,
                        .dialect = dialect,
                        .scratch = ag_arena_new(),
                        .is_first = true,
                        .err = err,
                        .types = &types};
    ag__json_open(&w, '{', true);
    ag__json_write(&w, &ag__json_model, schema);
    ag__json_close(&w, '}');
    ag_buf_putc(out, '\n');
    ag_map_release(&types);
    ag_arena_free(w.scratch);
    return !w.has_failed;
}
