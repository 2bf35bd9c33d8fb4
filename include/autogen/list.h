/* AG_LIST(T): the public shape of every list in a schema: `items`, `n`, and room for `cap`. */
#ifndef AUTOGEN_LIST_H
#define AUTOGEN_LIST_H

#include <stddef.h>

#define AG_LIST(T)                                                                                 \
    struct {                                                                                       \
        T *items;                                                                                  \
        size_t n;                                                                                  \
        size_t cap;                                                                                \
    }

/** A list of strings. */
typedef AG_LIST(const char *) ag_strings;

#endif
