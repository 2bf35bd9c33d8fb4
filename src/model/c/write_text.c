/* Pieces of C: names, strings, values. */
#include <string.h>

#include "model/c/lower.h"
#include "model/c/writer.h"

const ag_json *ag__c_w_get(const ag_c_writer *w, const ag_json *object, const char *key) {
    return object->type == AG_JSON_OBJECT ? ag_json_get(w->doc, object, key) : NULL;
}

const char *ag__c_w_text(const ag_c_writer *w, const ag_json *string) {
    return ag_json_text(w->arena, w->doc, string);
}

/* Characters that turn the direction of writing: compilers warn of them, and rightly so. */
static bool is_bidi(const char *p) {
    unsigned char last = p[0] == '\xe2' && p[1] != '\0' ? (unsigned char)p[2] : 0;
    return (p[1] == '\x80' && (last == 0x8e || last == 0x8f || (last >= 0xaa && last <= 0xae))) ||
           (p[1] == '\x81' && last >= 0xa6 && last <= 0xa9);
}

void ag__c_w_string(ag_buf *out, const char *text) {
    static const char escaped[] = "\"\\\a\b\f\n\r\t\v";
    static const char letters[] = "\"\\abfnrtv";
    ag_buf_putc(out, '"');
    for (const char *p = text; *p != '\0'; p++) {
        const char *found = strchr(escaped, *p);
        unsigned char c = (unsigned char)*p;
        if (found != NULL) {
            ag_buf_putc(out, '\\');
            ag_buf_putc(out, letters[found - escaped]);
        } else if (c < 0x20 || c == 0x7f) {
            ag_buf_printf(out, "\\%03o", c);
        } else if (is_bidi(p)) {
            ag_buf_printf(out, "\\%03o\\%03o\\%03o", c, (unsigned char)p[1], (unsigned char)p[2]);
            p += 2;
        } else {
            ag_buf_puts(out, *p == '?' && p[1] == '?' ? "?\\" : ""); /* no trigraphs */
            ag_buf_putc(out, *p == '?' && p[1] == '?' ? *++p : *p);
        }
    }
    ag_buf_putc(out, '"');
}

/*
 * Words that nothing can be called in C or C++: keywords, what the headers of both and of POSIX
 * define as macros (but for those in capitals that hold no underscore, see is_macro_like), and the
 * names of types that the header itself uses.
 */
static bool is_taken_word(const char *word) {
    static const char words[] =
        " alignas alignof and and_eq asm auto bitand bitor bool break case catch char char8_t"
        " char16_t char32_t class compl concept const consteval constexpr constinit const_cast"
        " continue co_await co_return co_yield decltype default delete do double dynamic_cast else"
        " enum explicit export extern false float for friend goto i386 if inline int linux long"
        " mutable namespace new noexcept not not_eq nullptr operator or or_eq private protected"
        " public register reinterpret_cast requires restrict return short signed sizeof static"
        " static_assert static_cast struct switch template this thread_local throw true try typedef"
        " typeid typename typeof typeof_unqual union unix unsigned using virtual void volatile"
        " wchar_t while xor xor_eq int8_t int16_t int32_t int64_t uint8_t"
        " typeof_unqual final override import module asm fortran complex imaginary noreturn errno"
        " h_errno math_errhandling stdin stdout stderr basename d_fileno h_addr no_argument"
        " optional_argument required_argument s6_addr sa_handler sa_sigaction sched_priority"
        " si_addr si_band si_fd si_int si_overrun si_pid si_ptr si_status si_stime si_timerid"
        " si_uid si_utime si_value st_atime st_ctime st_mtime EXIT_FAILURE EXIT_SUCCESS LC_ALL"
        " LC_COLLATE LC_CTYPE LC_MESSAGES LC_MONETARY LC_NUMERIC LC_TIME MATH_ERREXCEPT MATH_ERRNO"
        " PATH_MAX RAND_MAX SEEK_CUR SEEK_END SEEK_SET SIG_DFL SIG_ERR SIG_IGN TIME_UTC ";
    const char *found = strstr(words, word);
    for (; found != NULL; found = strstr(found + 1, word)) {
        if (found[-1] == ' ' && found[strlen(word)] == ' ') {
            return true;
        }
    }
    return false;
}

/* Names in capitals are those of macros: EOF, NULL, EMAIL if a program likes. */
static bool is_macro_like(const char *name) {
    bool has_capital = false;
    for (; *name != '\0'; name++) {
        if (*name >= 'a' && *name <= 'z') {
            return false;
        }
        has_capital = has_capital || ag_lower_char(*name) != *name;
    }
    return has_capital;
}

bool ag__c_w_is_identifier(const char *name) {
    if (!ag_is_alpha(*name) && *name != '_') {
        return false;
    }
    while (ag_is_alnum(*name) || *name == '_') {
        name++;
    }
    return *name == '\0';
}

void ag__c_w_name(ag_buf *out, const char *name) {
    if (ag__c_w_is_identifier(name) && !ag_text_istarts(name, "ag_") && !is_macro_like(name) &&
        !is_taken_word(name)) {
        ag_buf_puts(out, name);
    } else {
        ag__c_w_string(out, name);
    }
}

static void put_list(const ag_c_writer *w, ag_buf *out, const ag_json *list) {
    ag_buf_putc(out, '(');
    for (uint32_t i = 0; i < list->n; i++) {
        ag_buf_puts(out, i > 0 ? ", " : "");
        ag__c_w_value(w, out, &list->items[i]);
    }
    ag_buf_putc(out, ')');
}

/* {"sqlite": …}: AG_ON(sqlite, …) */
static void put_dialects(const ag_c_writer *w, ag_buf *out, const ag_json *object) {
    for (uint32_t i = 0; i < object->n; i++) {
        ag_buf_puts(out, i > 0 ? ", AG_ON(" : "AG_ON(");
        ag__c_w_name(out, ag__c_w_text(w, ag_json_key(object, i)));
        ag_buf_puts(out, ", ");
        ag__c_w_value(w, out, ag_json_value(object, i));
        ag_buf_putc(out, ')');
    }
}

void ag__c_w_value(const ag_c_writer *w, ag_buf *out, const ag_json *value) {
    ag_str raw = ag_json_raw(w->doc, value);
    switch ((ag_json_type)value->type) {
    case AG_JSON_STRING:
        ag__c_w_string(out, ag__c_w_text(w, value));
        break;
    case AG_JSON_LIST:
        put_list(w, out, value);
        break;
    case AG_JSON_OBJECT:
        put_dialects(w, out, value);
        break;
    case AG_JSON_NULL:
        ag_buf_puts(out, "NULL");
        break;
    case AG_JSON_FALSE:
    case AG_JSON_TRUE:
    case AG_JSON_NUMBER:
        ag_buf_putn(out, raw.p, raw.n);
        break;
    }
}

const char *ag__c_w_identifier(ag_arena *arena, ag_map *taken, const char *prefix,
                               const char *name) {
    enum { LONGEST = 60 };
    ag_buf buf = AG_BUF_INIT;
    ag_buf_puts(&buf, prefix);
    for (const char *p = name; *p != '\0' && buf.n < LONGEST; p++) {
        ag_buf_putc(&buf, ag_is_alnum(*p) ? *p : '_');
    }
    const char *text = ag_buf_text(&buf);
    /* What begins with an underscore belongs to the compiler. */
    bool is_good = ag_is_alpha(*text) && !ag_text_starts(text, "AG_");
    char *word = ag_arena_printf(arena, "%s%s", is_good ? "" : "c_", text);
    if (*prefix == '\0' && is_macro_like(word)) {
        word = ag_text_lower(arena, word);
    }
    if (is_taken_word(word)) {
        word = ag_arena_printf(arena, "%s_", word);
    }
    const char *plain = word;
    for (int i = 2; ag_map_has(taken, word); i++) {
        word = ag_arena_printf(arena, "%s_%d", plain, i);
    }
    (void)ag_map_put(taken, word, taken);
    ag_buf_release(&buf);
    return word;
}

bool ag__c_w_is_doc(ag_arena *arena, const char *text) {
    if (strstr(text, "*/") != NULL || strstr(text, "/*") != NULL || strstr(text, "??") != NULL ||
        strpbrk(text, "\\\n\r\f\v") != NULL || strlen(text) > 90) {
        return false;
    }
    for (const char *p = text; *p != '\0'; p++) {
        if (is_bidi(p)) {
            return false;
        }
    }
    const char *raw = ag_arena_printf(arena, "/** %s */", text);
    return ag_text_eq(ag_c_comment_text(arena, raw), text);
}

void ag__c_w_set(const ag_c_writer *w, ag_buf *out, const char *macro, const char *lead,
                 const char *key, const ag_json *value) {
    if (value->type != AG_JSON_OBJECT) {
        ag_buf_printf(out, "%s%s(", lead, macro);
        ag__c_w_name(out, key);
        ag_buf_puts(out, ", ");
        ag__c_w_value(w, out, value);
        ag_buf_putc(out, ')');
        return;
    }
    for (uint32_t i = 0; i < value->n; i++) {
        const char *inner = ag__c_w_text(w, ag_json_key(value, i));
        ag__c_w_set(w, out, macro, lead, ag_arena_printf(w->arena, "%s.%s", key, inner),
                    ag_json_value(value, i));
    }
}
