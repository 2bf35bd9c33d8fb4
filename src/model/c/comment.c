/* Documentation comments: what is in them, without what makes them comments. */
#include "base/buf.h"
#include "base/str.h"
#include "model/c/lower.h"

/* One line without white space and the decoration at its ends. */
static ag_str line_of(const char *start, size_t n, bool is_block) {
    ag_str line = ag_str_trim((ag_str){start, n});
    if (is_block) {
        while (line.n > 0 && *line.p == '*') {
            line.p++;
            line.n--;
        }
    } else if (line.n >= 2 && line.p[0] == '/' && line.p[1] == '/') {
        size_t skip = line.n > 2 && (line.p[2] == '/' || line.p[2] == '!') ? 3 : 2;
        skip += line.n > skip && line.p[skip] == '<' ? 1 : 0;
        line.p += skip;
        line.n -= skip;
    }
    return ag_str_trim(line);
}

static ag_str without_brief(ag_str line) {
    static const char *const commands[] = {"@brief ", "\\brief "};
    for (size_t i = 0; i < 2; i++) {
        if (line.n > 7 && ag_str_eq((ag_str){line.p, 7}, commands[i])) {
            return ag_str_trim((ag_str){line.p + 7, line.n - 7});
        }
    }
    return line;
}

/* Lines of a paragraph are one line of the comment; an empty one divides paragraphs. */
static void put_line(ag_buf *out, ag_str line, bool *is_divided) {
    if (line.n == 0) {
        *is_divided = out->n > 0;
        return;
    }
    if (out->n > 0) {
        ag_buf_puts(out, *is_divided ? "\n\n" : " ");
    }
    *is_divided = false;
    line = out->n == 0 ? without_brief(line) : line;
    ag_buf_putn(out, line.p, line.n);
}

const char *ag_c_comment_text(ag_arena *arena, const char *raw) {
    if (raw == NULL) {
        return NULL;
    }
    bool is_block = ag_text_starts(raw, "/*");
    ag_str text = ag_str_of(raw);
    if (is_block) {
        size_t skip = text.n > 2 && (text.p[2] == '*' || text.p[2] == '!') ? 3 : 2;
        skip += text.n > skip && text.p[skip] == '<' ? 1 : 0;
        bool is_closed = text.n >= skip + 2 && ag_text_ends(raw, "*/");
        text = (ag_str){text.p + skip, text.n < skip ? 0 : text.n - skip - (is_closed ? 2 : 0)};
    }
    ag_buf out = AG_BUF_INIT;
    bool is_divided = false;
    for (size_t at = 0; at <= text.n;) {
        size_t n = 0;
        while (at + n < text.n && text.p[at + n] != '\n') {
            n++;
        }
        put_line(&out, line_of(text.p + at, n, is_block), &is_divided);
        at += n + 1;
    }
    const char *copy = out.n == 0 ? NULL : ag_buf_copy(&out, arena);
    ag_buf_release(&out);
    return copy;
}
