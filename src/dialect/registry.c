/* The one list of dialects. */
#include "base/str.h"
#include "dialect/dialect.h"

static const ag_dialect *const dialects[] = {
    &ag_dialect_sqlite,
};

const ag_dialect *ag_dialect_find(const char *name) {
    for (size_t i = 0; i < sizeof dialects / sizeof dialects[0]; i++) {
        if (ag_text_eq(dialects[i]->name, name)) {
            return dialects[i];
        }
    }
    return NULL;
}

size_t ag_dialect_all(const ag_dialect *const **out) {
    *out = dialects;
    return sizeof dialects / sizeof dialects[0];
}
