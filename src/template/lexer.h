/*
 * Words and signs of expressions; private to src/template. The lexer walks a part of the template's
 * text: a control line, or all that follows a "${".
 */
#ifndef AG_TEMPLATE_LEXER_H
#define AG_TEMPLATE_LEXER_H

#include "template/ast.h"

typedef enum ag_token_kind {
    AG_TOKEN_END,
    AG_TOKEN_NAME,
    AG_TOKEN_INT,
    AG_TOKEN_STRING,
    AG_TOKEN_SIGN,
} ag_token_kind;

typedef struct ag_token {
    ag_token_kind kind;
    size_t at;
    ag_str text;     /**< as written. */
    ag_str string;   /**< of STRING: with escapes resolved; in the arena. */
    int64_t integer; /**< of INT. */
} ag_token;

typedef struct ag_lexer {
    ag_arena *arena;
    const ag_template *tmpl;
    size_t pos;
    size_t end;
    ag_token token; /**< the current token. */
    ag_error *err;
} ag_lexer;

/** Reads the next token into `token`. */
bool ag__lexer_next(ag_lexer *lexer);
/** Whether the current token is this sign or word. */
bool ag__lexer_at(const ag_lexer *lexer, const char *text);

#endif
