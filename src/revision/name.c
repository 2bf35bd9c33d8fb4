/* What a new revision is called: its id and its file's name. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "base/str.h"
#include "revision/write.h"

static void random_bytes(unsigned char *bytes, size_t n) {
    size_t have = 0;
    while (have < n) {
        ssize_t got = getrandom(bytes + have, n - have, 0);
        if (got > 0) {
            have += (size_t)got;
        } else if (errno != EINTR) {
            break;
        }
    }
    if (have < n) { /* no random device: the clock will do for an id */
        struct timespec now;
        char hex[65];
        (void)clock_gettime(CLOCK_REALTIME, &now);
        long seed[3] = {(long)now.tv_sec, now.tv_nsec, (long)getpid()};
        ag_sha256_hex(seed, sizeof seed, hex);
        memcpy(bytes, hex, n);
    }
}

void ag_rev_new_id(char out[13]) {
    unsigned char bytes[6];
    random_bytes(bytes, sizeof bytes);
    (void)snprintf(out, 13, "%02x%02x%02x%02x%02x%02x", bytes[0], bytes[1], bytes[2], bytes[3],
                   bytes[4], bytes[5]);
}

/* Words of the message joined by "_", in lower case; what is cut off is marked by one more. */
static char *slug_of(ag_arena *arena, const char *message, int limit) {
    ag_buf buf = AG_BUF_INIT;
    ag_buf safe = AG_BUF_INIT;
    ag_sql_comment_text(&safe, message == NULL ? "" : message);
    bool gap = false;
    for (const char *c = ag_buf_text(&safe); *c != '\0'; c++) {
        bool is_word = ag_is_alnum(*c) || *c == '_' || (unsigned char)*c >= 0x80;
        if (is_word && gap && buf.n > 0) {
            ag_buf_putc(&buf, '_');
        }
        gap = is_word ? false : true;
        if (is_word) {
            ag_buf_putc(&buf, ag_lower_char(*c));
        }
    }
    if (limit > 0 && ag_utf8_length(ag_buf_text(&buf), buf.n) > (size_t)limit) {
        size_t end = 0;
        for (int left = limit; left > 0 || ((unsigned char)buf.text[end] & 0xC0u) == 0x80u; end++) {
            left -= ((unsigned char)buf.text[end] & 0xC0u) != 0x80u;
        }
        ag_buf_truncate(&buf, end);
        const char *last = strrchr(ag_buf_text(&buf), '_');
        if (last != NULL) {
            ag_buf_truncate(&buf, (size_t)(last - buf.text));
        }
        ag_buf_putc(&buf, '_');
    }
    char *slug = ag_buf_copy(&buf, arena);
    ag_buf_release(&buf);
    ag_buf_release(&safe);
    return slug;
}

typedef struct token {
    const char *name;
    const char *text; /* NULL: a number */
    long long number;
} token;

/* "%(name)" [0][width][.digits] (s|d): what Python's formatting would make of it. */
static size_t put_token(ag_buf *buf, const char *spec, const token *tokens, size_t n_tokens) {
    size_t name = strcspn(spec + 2, ")");
    const char *p = spec + 2 + name;
    const token *found = NULL;
    for (size_t i = 0; i < n_tokens; i++) {
        if (ag_str_eq((ag_str){spec + 2, name}, tokens[i].name)) {
            found = &tokens[i];
        }
    }
    if (*p != ')' || found == NULL) {
        return 0;
    }
    int digits = 0;
    for (p++; *p == '.' || ag_is_digit(*p); p++) {
        digits = *p == '.' ? 0 : (digits * 10 + (*p - '0')) % 100;
    }
    if (*p != 's' && (*p != 'd' || found->text != NULL)) {
        return 0;
    }
    if (found->text != NULL) {
        ag_buf_puts(buf, found->text);
    } else {
        ag_buf_printf(buf, "%0*lld", digits, found->number);
    }
    return (size_t)(p - spec) + 1;
}

bool ag_rev_file_name(ag_arena *arena, const char *file_template, const char *id,
                      const char *message, int truncate_slug_length, const struct tm *when,
                      long long epoch, char **out, ag_error *err) {
    const token tokens[] = {
        {"rev", id, 0},
        {"slug", slug_of(arena, message, truncate_slug_length), 0},
        {"epoch", NULL, epoch},
        {"year", NULL, when->tm_year + 1900},
        {"month", NULL, when->tm_mon + 1},
        {"day", NULL, when->tm_mday},
        {"hour", NULL, when->tm_hour},
        {"minute", NULL, when->tm_min},
        {"second", NULL, when->tm_sec},
    };
    ag_buf buf = AG_BUF_INIT;
    bool ok = true;
    for (const char *p = file_template; ok && *p != '\0';) {
        size_t n = 1;
        if (p[0] == '%' && p[1] == '%') {
            ag_buf_putc(&buf, '%');
            n = 2;
        } else if (p[0] == '%') {
            n = p[1] == '(' ? put_token(&buf, p, tokens, sizeof tokens / sizeof *tokens) : 0;
            ok = n > 0;
        } else {
            ag_buf_putc(&buf, *p);
        }
        p += n;
    }
    if (!ok) {
        ag_fail(err, AG_INPUT, "file_template '%s' is not understood", file_template);
        ag_hint(err, "it is made of text and the tokens %%(rev)s %%(slug)s %%(epoch)s %%(year)d "
                     "%%(month).2d %%(day).2d %%(hour).2d %%(minute).2d %%(second).2d");
    }
    while (buf.n > 0 && buf.text[buf.n - 1] == '_' && tokens[1].text[0] == '\0') {
        ag_buf_truncate(&buf, buf.n - 1); /* no message: no trailing underscore either */
    }
    if (ok && (buf.n == 0 || buf.text[buf.n - 1] == '/')) {
        ok = ag_fail(err, AG_INPUT, "file_template '%s' makes an empty name", file_template);
    }
    ag_buf_puts(&buf, ".sql");
    *out = ag_buf_copy(&buf, arena);
    ag_buf_release(&buf);
    return ok;
}
