#include "dialect/dialect.h"

#include "base/str.h"

bool ag_dialect_can(const ag_dialect *dialect, ag_capability capability) {
    return (dialect->capabilities & (unsigned)capability) != 0;
}

char *ag_dialect_name(ag_arena *arena, const ag_dialect *dialect, const char *ns,
                      const char *name) {
    ag_buf buf = AG_BUF_INIT;
    if (ns != NULL) {
        dialect->quote(&buf, ns);
        ag_buf_putc(&buf, '.');
    }
    dialect->quote(&buf, name);
    char *text = ag_buf_copy(&buf, arena);
    ag_buf_release(&buf);
    return text;
}

bool ag_dialect_is(const ag_dialect *dialect, const char *name) {
    return ag_text_eq(dialect->name, name);
}
