/* Giving a revision other parents: only a line of its header changes. */
#include <string.h>

#include "base/str.h"
#include "revision/header.h"
#include "revision/write.h"

static void put_field(ag_buf *buf, const char *name, const ag_strings *ids) {
    ag_buf_printf(buf, "-- %s:", name);
    for (size_t i = 0; i < ids->n; i++) {
        ag_buf_printf(buf, "%s%s", i == 0 ? " " : ", ", ids->items[i]);
    }
}

/* Whether the line behind `at` is a comment that would be taken for more of a list above it. */
static bool would_go_on(ag_str text, size_t at) {
    const char *newline = memchr(text.p + at, '\n', text.n - at);
    if (newline == NULL) {
        return false;
    }
    size_t next = (size_t)(newline - text.p) + 1;
    const char *end = memchr(text.p + next, '\n', text.n - next);
    ag_str line = {text.p + next, (end == NULL ? text.n : (size_t)(end - text.p)) - next};
    ag_str shown = ag_str_trim(line);
    return shown.n > 2 && memcmp(shown.p, "--", 2) == 0 && ag_rev_field_of(line) == NULL &&
           !ag_rev_is_directive(line);
}

bool ag_rev_set_field(ag_arena *arena, const char *path, ag_str text, const char *name,
                      const ag_strings *ids, char **out, size_t *n, ag_error *err) {
    ag_rev_header header;
    bool needs_more = false;
    if (!ag_rev_header_parse(arena, path, text, true, &header, &needs_more, err)) {
        return false;
    }
    size_t id_end = 0;
    size_t from = 0;
    size_t to = 0;
    for (size_t at = 0; at < header.n;) {
        const char *newline = memchr(text.p + at, '\n', header.n - at);
        size_t next = newline == NULL ? header.n : (size_t)(newline - text.p) + 1;
        size_t skip = at == 0 && text.n >= 3 && memcmp(text.p, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
        ag_str line = {text.p + at + skip, next - at - skip};
        while (line.n > 0 && (line.p[line.n - 1] == '\n' || line.p[line.n - 1] == '\r')) {
            line.n--;
        }
        const char *field = ag_rev_field_of(line);
        size_t end = (size_t)(line.p - text.p) + line.n;
        if (field != NULL && strcmp(field, name) == 0) {
            from = at + skip;
            to = end;
        } else if (field != NULL && strcmp(field, "Revision ID") == 0) {
            id_end = end;
        }
        at = next;
    }
    ag_buf buf = AG_BUF_INIT;
    bool is_new = to == 0;
    from = is_new ? id_end : from;
    to = is_new ? id_end : to;
    const char *line_end = text.n > to && text.p[to] == '\r' ? "\r\n" : "\n";
    ag_buf_putn(&buf, text.p, from);
    ag_buf_puts(&buf, is_new ? line_end : "");
    put_field(&buf, name, ids);
    if (is_new && would_go_on(text, to)) {
        ag_buf_printf(&buf, "%s--", line_end);
    }
    ag_buf_putn(&buf, text.p + to, text.n - to);
    *out = ag_buf_copy(&buf, arena);
    *n = buf.n;
    ag_buf_release(&buf);
    return true;
}
