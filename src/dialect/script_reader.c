#include "dialect/script_reader.h"

ag_str ag_shell_word(ag_str line, ag_str *argument) {
    size_t n = 1;
    while (n < line.n && !ag_is_space(line.p[n])) {
        n++;
    }
    ag_str rest = ag_str_trim((ag_str){line.p + n, line.n - n});
    if (rest.n > 0 && rest.p[rest.n - 1] == ';') {
        rest.n--;
    }
    if (rest.n >= 2 && (rest.p[0] == '\'' || rest.p[0] == '"') && rest.p[rest.n - 1] == rest.p[0]) {
        rest = (ag_str){rest.p + 1, rest.n - 2};
    }
    *argument = rest;
    return (ag_str){line.p + 1, n == 0 ? 0 : n - 1};
}

bool ag_str_is_any(ag_str word, const char *const *texts, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (ag_str_ieq(word, texts[i])) {
            return true;
        }
    }
    return false;
}
