#include "config/conninfo.h"

#include <string.h>

static size_t skip_space(ag_str text, size_t at) {
    while (at < text.n && ag_is_space(text.p[at])) {
        at++;
    }
    return at;
}

static bool is_key_char(char c) {
    return ag_is_alnum(c) || c == '_';
}

/* Offset behind the value; a quoted one without its closing quote ends beyond the text. */
static size_t value_end(ag_str text, size_t at, bool is_quoted) {
    while (at < text.n && (is_quoted ? text.p[at] != '\'' : !ag_is_space(text.p[at]))) {
        at += text.p[at] == '\\' ? 2 : 1;
    }
    if (!is_quoted && at > text.n) {
        at = text.n;
    }
    return is_quoted && at >= text.n ? text.n + 1 : at;
}

ag_conninfo_step ag_conninfo_next(ag_str text, size_t *at, ag_conninfo_pair *pair) {
    size_t i = skip_space(text, *at);
    memset(pair, 0, sizeof *pair);
    pair->start = i;
    if (i >= text.n) {
        *at = pair->end = text.n;
        return AG_CONNINFO_END;
    }
    pair->value = (ag_str){text.p + i, text.n - i};
    pair->end = text.n;
    while (i < text.n && is_key_char(text.p[i])) {
        i++;
    }
    pair->key = (ag_str){text.p + pair->start, i - pair->start};
    i = skip_space(text, i);
    if (pair->key.n == 0 || i >= text.n || text.p[i] != '=') {
        *at = text.n;
        return AG_CONNINFO_BROKEN;
    }
    i = skip_space(text, i + 1);
    bool is_quoted = i < text.n && text.p[i] == '\'';
    i += is_quoted ? 1 : 0;
    size_t end = value_end(text, i, is_quoted);
    bool is_broken = end > text.n;
    pair->value = (ag_str){text.p + i, (is_broken ? text.n : end) - i};
    pair->end = is_broken ? text.n : end + (is_quoted ? 1 : 0);
    *at = pair->end;
    return is_broken ? AG_CONNINFO_BROKEN : AG_CONNINFO_PAIR;
}

bool ag_conninfo_looks_like(ag_str text) {
    size_t i = skip_space(text, 0);
    size_t start = i;
    while (i < text.n && is_key_char(text.p[i])) {
        i++;
    }
    size_t end = skip_space(text, i);
    return i > start && end < text.n && text.p[end] == '=';
}

void ag_conninfo_unescape(ag_buf *out, ag_str value) {
    for (size_t i = 0; i < value.n; i++) {
        if (value.p[i] == '\\' && i + 1 < value.n) {
            i++;
        }
        ag_buf_putc(out, value.p[i]);
    }
}

static int hex_value(char c) {
    if (ag_is_digit(c)) {
        return c - '0';
    }
    c = ag_lower_char(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool ag_percent_decode(ag_buf *out, ag_str text, size_t *bad) {
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] != '%') {
            ag_buf_putc(out, text.p[i]);
            continue;
        }
        int high = i + 2 < text.n ? hex_value(text.p[i + 1]) : -1;
        int low = i + 2 < text.n ? hex_value(text.p[i + 2]) : -1;
        if (high < 0 || low < 0 || high + low == 0) {
            *bad = i;
            return false;
        }
        ag_buf_putc(out, (char)(high * 16 + low));
        i += 2;
    }
    return true;
}

void ag_percent_encode(ag_buf *out, const char *text) {
    for (; *text != '\0'; text++) {
        if (ag_is_alnum(*text) || strchr("-._~/:", *text) != NULL) {
            ag_buf_putc(out, *text);
        } else {
            ag_buf_printf(out, "%%%02X", (unsigned)(unsigned char)*text);
        }
    }
}

bool ag_hosts_valid(ag_str hosts) {
    bool is_port = false;
    bool is_in_brackets = false;
    for (size_t i = 0; i < hosts.n; i++) {
        char c = hosts.p[i];
        is_in_brackets = c == '[' || (is_in_brackets && c != ']');
        if (is_in_brackets) {
            continue;
        }
        if (is_port && c != ',' && !ag_is_digit(c)) {
            return false;
        }
        is_port = c == ':' || (is_port && c != ',');
    }
    return !is_in_brackets;
}
