/* Expressions from text to tree; private to src/template. */
#ifndef AG_TEMPLATE_PARSER_H
#define AG_TEMPLATE_PARSER_H

#include "template/lexer.h"

/**
 * Parses an expression from the current token on; leaves the first token behind it current. With an
 * unexpected token the error says what was there instead.
 */
bool ag__parse_expr(ag_lexer *lexer, const ag_expr **out);
/** Fails at the current token: "expected X, not Y". */
bool ag__parse_unexpected(ag_lexer *lexer, const char *expected);
/** Reads a name that is no keyword and passes it. */
bool ag__parse_name(ag_lexer *lexer, const char *what, const char **name);
/** Did-you-mean for a function or filter that there is not. */
bool ag__parse_hint_function(ag_lexer *lexer, ag_str name, bool (*fits)(const ag_function *f));

#endif
