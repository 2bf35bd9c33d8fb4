/* Text that is safe on one comment line. */
#include <stdint.h>

#include "sql/token.h"

/* Characters that end lines, reorder or hide text where it is shown. */
static bool is_deceptive(uint32_t c) {
    static const struct {
        uint32_t first;
        uint32_t last;
    } ranges[] = {
        {0x00, 0x1F},     {0x7F, 0x9F},     {0xAD, 0xAD},       {0x34F, 0x34F},   {0x61C, 0x61C},
        {0x115F, 0x1160}, {0x17B4, 0x17B5}, {0x180B, 0x180F},   {0x200B, 0x200F}, {0x2028, 0x202E},
        {0x2060, 0x206F}, {0x3164, 0x3164}, {0xFE00, 0xFE0F},   {0xFEFF, 0xFEFF}, {0xFFA0, 0xFFA0},
        {0xFFF0, 0xFFFB}, {0xFFFE, 0xFFFF}, {0xE0000, 0xE0FFF},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
        if (c >= ranges[i].first && c <= ranges[i].last) {
            return true;
        }
    }
    return false;
}

static void put_code(ag_buf *buf, uint32_t c) {
    switch (c) {
    case '\t':
        ag_buf_puts(buf, "\\t");
        break;
    case '\n':
        ag_buf_puts(buf, "\\n");
        break;
    case '\r':
        ag_buf_puts(buf, "\\r");
        break;
    default:
        ag_buf_printf(buf, c < 0x80 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x", (unsigned)c);
        break;
    }
}

/* Decodes the well-formed character at `p`; its length, or 0 when it is not well-formed. */
static size_t decode(const char *p, size_t n, uint32_t *c) {
    unsigned char lead = (unsigned char)p[0];
    size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (length > n || !ag_utf8_valid(p, length, NULL)) {
        return 0;
    }
    *c = length == 1 ? lead : lead & (0x7Fu >> length);
    for (size_t i = 1; i < length; i++) {
        *c = *c << 6 | ((unsigned char)p[i] & 0x3Fu);
    }
    return length;
}

void ag_sql_comment_text(ag_buf *buf, const char *text) {
    ag_str rest = ag_str_of(text);
    while (rest.n > 0) {
        uint32_t c = 0;
        size_t n = decode(rest.p, rest.n, &c);
        if (n == 0) {
            n = 1;
            ag_buf_printf(buf, "\\x%02x", (unsigned)(unsigned char)rest.p[0]);
        } else if (is_deceptive(c)) {
            put_code(buf, c);
        } else {
            ag_buf_putn(buf, rest.p, n);
        }
        rest.p += n;
        rest.n -= n;
    }
}
