#include "template/template.h"

#include <stdio.h>
#include <string.h>

#include "template/parser.h"

/* An % if or % for that is not ended yet. */
typedef struct open_block {
    ag_node *node;
    ag_nodes *body; /* where its lines go now */
    bool has_else;
} open_block;

typedef struct reader {
    ag_arena *arena;
    ag_template *tmpl;
    size_t pos;
    AG_VEC(open_block) open;
    ag_error *err;
} reader;

void ag__template_error(const ag_template *tmpl, size_t at, ag_error *err, const char *format,
                        ...) {
    ag_loc loc = ag_loc_of_offset(tmpl->file, tmpl->text, tmpl->n, at);
    char message[sizeof err->message];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(message, sizeof message, format, args);
    va_end(args);
    (void)ag_fail_at(err, AG_INPUT, loc, tmpl->text, "%s", message);
}

static char peek(const reader *r, size_t ahead) {
    return r->pos + ahead < r->tmpl->n ? r->tmpl->text[r->pos + ahead] : '\0';
}

static bool looking_at(const reader *r, const char *text) {
    size_t n = strlen(text);
    return r->tmpl->n - r->pos >= n && memcmp(r->tmpl->text + r->pos, text, n) == 0;
}

static ag_node *add_node(reader *r, ag_node_kind kind, size_t at) {
    ag_node *node = ag_arena_new_of(r->arena, ag_node);
    node->kind = kind;
    node->at = at;
    ag_nodes *body = r->open.n == 0 ? &r->tmpl->body : r->open.items[r->open.n - 1].body;
    ag_vec_push(r->arena, body, node);
    return node;
}

static void add_text(reader *r, size_t from, size_t to) {
    if (to > from) {
        add_node(r, AG_NODE_TEXT, from)->text = (ag_str){.p = r->tmpl->text + from, .n = to - from};
    }
}

static ag_lexer lexer_of(const reader *r, size_t from, size_t to) {
    return (ag_lexer){.arena = r->arena, .tmpl = r->tmpl, .pos = from, .end = to, .err = r->err};
}

static bool is_filter(const ag_function *f) {
    return f->is_filter;
}

static bool parse_filter(ag_lexer *lexer, ag_arena *arena, ag_node *node) {
    ag_token token = lexer->token;
    const char *name;
    if (!ag__parse_name(lexer, "a filter", &name)) {
        return false;
    }
    ag_filter_use use = {.function = ag__function_find(token.text), .at = token.at};
    if (use.function == NULL || !use.function->is_filter) {
        (void)ag__template_fail(lexer->tmpl, token.at, lexer->err, "there is no filter \"%.200s\"",
                                name);
        return ag__parse_hint_function(lexer, token.text, is_filter);
    }
    ag_vec_push(arena, &node->filters, use);
    return true;
}

/* "${" expression [ "|" filter ("," filter)* ] "}" */
static bool read_output(reader *r) {
    size_t start = r->pos;
    ag_node *node = add_node(r, AG_NODE_OUTPUT, start);
    ag_lexer lexer = lexer_of(r, start + 2, r->tmpl->n);
    bool ok = ag__lexer_next(&lexer) && ag__parse_expr(&lexer, &node->expr);
    const char *separator = "|";
    while (ok && ag__lexer_at(&lexer, separator)) {
        ok = ag__lexer_next(&lexer) && parse_filter(&lexer, r->arena, node);
        separator = ",";
    }
    if (ok && ag__lexer_at(&lexer, "}")) {
        r->pos = lexer.token.at + 1;
        return true;
    }
    if (lexer.token.kind == AG_TOKEN_END) {
        (void)ag__template_fail(r->tmpl, start, r->err, "\"${\" is never closed");
        return ag_hint(r->err, "to write it as it is: ${'${'}");
    }
    return ok ? ag__parse_unexpected(&lexer,
                                     separator[0] == '|' ? "\"|\" or \"}\"" : "\",\" or \"}\"")
              : false;
}

/* The only tag there is: <%doc>. */
static bool read_tag(reader *r) {
    size_t start = r->pos;
    if (looking_at(r, "<%doc>")) {
        const char *rest = r->tmpl->text + start;
        const char *close = strstr(rest, "</%doc>");
        if (close == NULL) {
            return ag__template_fail(r->tmpl, start, r->err, "\"<%%doc>\" is never closed");
        }
        r->pos += (size_t)(close - rest) + strlen("</%doc>");
        return true;
    }
    if (looking_at(r, "</%")) {
        return ag__template_fail(r->tmpl, start, r->err, "the tag closes nothing");
    }
    (void)ag__template_fail(r->tmpl, start, r->err,
                            "of mako's tags only <%%doc> is part of the template language");
    return ag_hint(r->err, "to write it as it is: ${'<%%'}");
}

static bool ends_line(const ag_lexer *lexer) {
    return lexer->token.kind == AG_TOKEN_END || ag__lexer_at(lexer, "#");
}

/* The colon that ends the head of a block; a comment may follow. */
static bool expect_colon(ag_lexer *lexer, const char *keyword) {
    size_t at = lexer->token.at;
    if (!ag__lexer_at(lexer, ":")) {
        (void)ag__parse_unexpected(lexer, "\":\"");
        return lexer->err == NULL || lexer->err->hint[0] != '\0'
                   ? false
                   : ag_hint(lexer->err, "the line \"%% %s\" ends with a colon", keyword);
    }
    if (!ag__lexer_next(lexer)) {
        return false;
    }
    if (ends_line(lexer)) {
        return true;
    }
    (void)ag__template_fail(lexer->tmpl, at + 1, lexer->err, "the line must end with the colon");
    return ag_hint(lexer->err, "write the text on a line of its own");
}

static bool open_block_at(reader *r, ag_node *node, ag_nodes *body) {
    if (r->open.n >= AG_TEMPLATE_DEPTH) {
        return ag__template_fail(r->tmpl, node->at, r->err,
                                 "the template is nested too deeply (more than %d levels)",
                                 AG_TEMPLATE_DEPTH);
    }
    open_block block = {.node = node, .body = body, .has_else = false};
    ag_vec_push(r->arena, &r->open, block);
    return true;
}

/* Starts another arm of an % if; the lines that follow are its. */
static ag_nodes *add_branch(reader *r, ag_node *node, const ag_expr *condition) {
    ag_branch branch = {.condition = condition};
    ag_vec_push(r->arena, &node->branches, branch);
    return &node->branches.items[node->branches.n - 1].body;
}

static bool read_if(reader *r, ag_lexer *lexer, size_t at) {
    const ag_expr *condition;
    if (!ag__parse_expr(lexer, &condition) || !expect_colon(lexer, "if")) {
        return false;
    }
    ag_node *node = add_node(r, AG_NODE_IF, at);
    return open_block_at(r, node, add_branch(r, node, condition));
}

static bool read_for(reader *r, ag_lexer *lexer, size_t at) {
    const char *variable;
    const ag_expr *expr;
    size_t variable_at = lexer->token.at;
    if (!ag__parse_name(lexer, "a variable", &variable)) {
        return false;
    }
    if (strcmp(variable, "loop") == 0) {
        return ag__template_fail(r->tmpl, variable_at, r->err,
                                 "\"loop\" is taken: it describes the loop");
    }
    if (ag__lexer_at(lexer, ",")) {
        return ag__template_fail(r->tmpl, lexer->token.at, r->err, "a loop has one variable only");
    }
    if (!ag__lexer_at(lexer, "in")) {
        return ag__parse_unexpected(lexer, "\"in\"");
    }
    if (!ag__lexer_next(lexer) || !ag__parse_expr(lexer, &expr) || !expect_colon(lexer, "for")) {
        return false;
    }
    ag_node *node = add_node(r, AG_NODE_FOR, at);
    node->variable = variable;
    node->expr = expr;
    return open_block_at(r, node, &node->body);
}

/* % elif and % else; `*block` is the % if they belong to. */
static bool find_if(reader *r, size_t at, const char *keyword, open_block **block) {
    *block = r->open.n == 0 ? NULL : &r->open.items[r->open.n - 1];
    if (*block == NULL || (*block)->node->kind != AG_NODE_IF) {
        return ag__template_fail(r->tmpl, at, r->err, "\"%% %s\" belongs to no \"%% if\"", keyword);
    }
    if ((*block)->has_else) {
        return ag__template_fail(r->tmpl, at, r->err, "\"%% %s\" after \"%% else\"", keyword);
    }
    return true;
}

static bool read_elif(reader *r, ag_lexer *lexer, size_t at) {
    open_block *block;
    const ag_expr *condition;
    if (!find_if(r, at, "elif", &block) || !ag__parse_expr(lexer, &condition) ||
        !expect_colon(lexer, "elif")) {
        return false;
    }
    block->body = add_branch(r, block->node, condition);
    return true;
}

static bool read_else(reader *r, ag_lexer *lexer, size_t at) {
    open_block *block;
    if (!find_if(r, at, "else", &block)) {
        return false;
    }
    if (ag__lexer_at(lexer, "if")) {
        (void)ag__parse_unexpected(lexer, "\":\"");
        return ag_hint(r->err, "write \"elif\"");
    }
    if (!expect_colon(lexer, "else")) {
        return false;
    }
    block->has_else = true;
    block->body = add_branch(r, block->node, NULL);
    return true;
}

static bool read_end(reader *r, ag_lexer *lexer, size_t at, ag_node_kind kind) {
    const char *word = kind == AG_NODE_IF ? "if" : "for";
    if (!ends_line(lexer)) {
        return ag__parse_unexpected(lexer, "the end of the line");
    }
    if (r->open.n == 0) {
        return ag__template_fail(r->tmpl, at, r->err, "\"%% end%s\" ends nothing", word);
    }
    const ag_node *node = r->open.items[r->open.n - 1].node;
    if (node->kind != kind) {
        int line = ag_loc_of_offset("", r->tmpl->text, r->tmpl->n, node->at).line;
        return ag__template_fail(r->tmpl, at, r->err,
                                 "\"%% end%s\" where \"%% end%s\" is due for line %d", word,
                                 kind == AG_NODE_IF ? "for" : "if", line);
    }
    r->open.n--;
    return true;
}

static bool unknown_keyword(reader *r, const ag_token *token) {
    static const char *const known[] = {"if", "elif", "else", "endif", "for", "endfor"};
    if (token->kind != AG_TOKEN_NAME) {
        (void)ag__template_fail(r->tmpl, token->at, r->err, "expected a keyword after \"%%\"");
        return ag_hint(r->err, "a line that starts with %% is written with %%%%");
    }
    const char *word = ag_arena_strndup(r->arena, token->text.p, token->text.n);
    (void)ag__template_fail(r->tmpl, token->at, r->err, "there is no \"%% %.200s\"", word);
    const char *near = ag_did_you_mean(word, known, sizeof known / sizeof known[0]);
    return near != NULL
               ? ag_hint(r->err, "did you mean \"%% %s\"?", near)
               : ag_hint(r->err, "there are if, elif, else, endif, for and endfor; a line that "
                                 "starts with %% is written with %%%%");
}

/* A control line; the position is that of its "%", `end` that of its newline. */
static bool read_control(reader *r, size_t end) {
    size_t at = r->pos;
    ag_lexer lexer = lexer_of(r, at + 1, end);
    if (!ag__lexer_next(&lexer)) {
        return false;
    }
    ag_token token = lexer.token;
    ag_str word = token.kind == AG_TOKEN_NAME ? token.text : ag_str_of("");
    if (word.n > 0 && !ag__lexer_next(&lexer)) {
        return false;
    }
    if (ag_str_eq(word, "if")) {
        return read_if(r, &lexer, at);
    }
    if (ag_str_eq(word, "for")) {
        return read_for(r, &lexer, at);
    }
    if (ag_str_eq(word, "elif")) {
        return read_elif(r, &lexer, at);
    }
    if (ag_str_eq(word, "else")) {
        return read_else(r, &lexer, at);
    }
    if (ag_str_eq(word, "endif") || ag_str_eq(word, "endfor")) {
        return read_end(r, &lexer, at, word.n == 5 ? AG_NODE_IF : AG_NODE_FOR);
    }
    return unknown_keyword(r, &token);
}

/* The end of the line of control or comment at the position: joined lines are one. */
static size_t line_end(const reader *r) {
    const char *text = r->tmpl->text;
    size_t end = r->pos;
    while (end < r->tmpl->n) {
        if (text[end] == '\n') {
            size_t before = end - (end > r->pos && text[end - 1] == '\r');
            if (before == r->pos || text[before - 1] != '\\') {
                break;
            }
        }
        end++;
    }
    return end;
}

/* What may stand only at the start of a line. `*is_done` when there was such a thing. */
static bool read_line_start(reader *r, bool *is_done) {
    size_t start = r->pos;
    *is_done = true;
    while (peek(r, 0) == ' ' || peek(r, 0) == '\t') {
        r->pos++;
    }
    if (looking_at(r, "%%")) {
        add_text(r, start, r->pos);
        size_t first = r->pos + 1;
        while (peek(r, 0) == '%') {
            r->pos++;
        }
        add_text(r, first, r->pos);
        return true;
    }
    bool is_comment = looking_at(r, "##");
    if (is_comment || peek(r, 0) == '%') {
        size_t end = line_end(r);
        bool ok = is_comment || read_control(r, end);
        r->pos = end + (end < r->tmpl->n);
        return ok;
    }
    r->pos = start;
    *is_done = false;
    return true;
}

/* Plain text up to what means something; at least one character. */
static void read_text(reader *r) {
    size_t start = r->pos;
    while (r->pos < r->tmpl->n) {
        char c = peek(r, 0);
        size_t newline = peek(r, 1) == '\n' ? 1 : peek(r, 1) == '\r' && peek(r, 2) == '\n' ? 2 : 0;
        if (c == '\\' && newline > 0) {
            add_text(r, start, r->pos);
            r->pos += 1 + newline;
            return;
        }
        if (r->pos > start &&
            (looking_at(r, "${") || looking_at(r, "<%") || looking_at(r, "</%"))) {
            break;
        }
        r->pos++;
        if (c == '\n') {
            break;
        }
    }
    add_text(r, start, r->pos);
}

static bool read_all(reader *r) {
    while (r->pos < r->tmpl->n) {
        bool is_done = false;
        bool at_start = r->pos == 0 || r->tmpl->text[r->pos - 1] == '\n';
        if (at_start && !read_line_start(r, &is_done)) {
            return false;
        }
        if (is_done) {
            continue;
        }
        if (looking_at(r, "${")) {
            if (!read_output(r)) {
                return false;
            }
        } else if (looking_at(r, "<%") || looking_at(r, "</%")) {
            if (!read_tag(r)) {
                return false;
            }
        } else {
            read_text(r);
        }
    }
    if (r->open.n > 0) {
        const ag_node *node = r->open.items[r->open.n - 1].node;
        const char *word = node->kind == AG_NODE_IF ? "if" : "for";
        return ag__template_fail(r->tmpl, node->at, r->err, "\"%% %s\" has no \"%% end%s\"", word,
                                 word);
    }
    return true;
}

static bool check_text(const ag_template *tmpl, ag_error *err) {
    const char *nul = tmpl->n == 0 ? NULL : memchr(tmpl->text, '\0', tmpl->n);
    size_t bad = 0;
    if (nul != NULL) {
        return ag__template_fail(tmpl, (size_t)(nul - tmpl->text), err,
                                 "the template holds a NUL byte");
    }
    if (!ag_utf8_valid(tmpl->text, tmpl->n, &bad)) {
        return ag__template_fail(tmpl, bad, err, "the template is not UTF-8 (byte 0x%02x)",
                                 (unsigned char)tmpl->text[bad]);
    }
    return true;
}

bool ag_template_parse(ag_arena *arena, const char *file, const char *text, size_t n,
                       const ag_template **tmpl, ag_error *err) {
    if (n > AG_TEMPLATE_CEILING) {
        return ag_fail(err, AG_INPUT, "%s: the template is too large (%zu bytes, at most %zu)",
                       file, n, AG_TEMPLATE_CEILING);
    }
    if (n >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) { /* a byte order mark */
        text += 3;
        n -= 3;
    }
    ag_template *made = ag_arena_new_of(arena, ag_template);
    made->file = ag_arena_strdup(arena, file);
    made->text = ag_arena_strndup(arena, n == 0 ? "" : text, n);
    made->n = n;
    reader r = {.arena = arena, .tmpl = made, .err = err};
    if (!check_text(made, err) || !read_all(&r)) {
        return false;
    }
    *tmpl = made;
    return true;
}
