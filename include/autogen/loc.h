/* Where something was written: file, line and column. */
#ifndef AUTOGEN_LOC_H
#define AUTOGEN_LOC_H

/** A place in a file. Line 0 means that the thing came from a database. */
typedef struct ag_loc {
    const char *file; /**< NULL or a path that lives as long as the node that carries it. */
    int line;         /**< 1-based; 0 = from a database. */
    int column;       /**< 1-based, in characters; 0 = unknown. */
} ag_loc;

#endif
