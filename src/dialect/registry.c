/* The one list of dialects. */
#include "base/str.h"
#include "dialect/dialect.h"

static const ag_dialect *const dialects[] = {
    &ag_dialect_sqlite,
    &ag_dialect_postgresql,
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

/* Names that may stand in revision files, whether or not this build can open such a database. */
static const struct {
    const char *name;
    ag_sql_flavor flavor;
} flavors[] = {
    {"sqlite", AG_SQL_SQLITE},
    {"postgresql", AG_SQL_POSTGRES},
};

bool ag_dialect_flavor(const char *name, ag_sql_flavor *flavor, ag_error *err) {
    enum { N = sizeof flavors / sizeof flavors[0] };
    const char *names[N];
    for (size_t i = 0; i < N; i++) {
        names[i] = flavors[i].name;
        if (ag_text_eq(name, names[i])) {
            *flavor = flavors[i].flavor;
            return true;
        }
    }
    ag_fail(err, AG_INPUT, "unknown dialect '%.60s'", name);
    const char *near = ag_did_you_mean(name, names, N);
    if (near != NULL) {
        return ag_hint(err, "did you mean '%s'?", near);
    }
    ag_buf list = AG_BUF_INIT;
    for (size_t i = 0; i < N; i++) {
        ag_buf_printf(&list, "%s%s", i == 0 ? "" : ", ", names[i]);
    }
    ag_hint(err, "there are: %s", ag_buf_text(&list));
    ag_buf_release(&list);
    return false;
}
