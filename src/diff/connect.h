/*
 * What connect.c (who is about what) and uses.c (who uses what) share. Internal to src/diff.
 */
#ifndef AG_DIFF_CONNECT_H
#define AG_DIFF_CONNECT_H

#include "diff/graph.h"

typedef AG_VEC(size_t) ag_vertex_list;

/** The operations on one object. */
typedef struct ag_entry {
    ag_kind kind;
    const char *ns;
    ag_vertex_list rename, make, change, drop;
    size_t used_by; /**< the vertex, plus one, whose new state uses it. */
    bool is_serial; /**< the sequence of a serial column, which has no operations of its own. */
} ag_entry;
typedef AG_VEC(ag_entry *) ag_entries;

/** Unique keys of a table, as one thing that foreign keys to it use. */
#define AG_UNIQUE_KEYS AG_CONSTRAINT
/** Partitions of a table at any depth, as one thing that foreign keys to it use. */
#define AG_PARTITIONS AG_COLUMN

typedef struct ag_connector {
    ag_graph *graph;
    ag_map by_key;   /**< ag_entry. */
    ag_map by_name;  /**< ag_entries by bare name: what texts may mention. */
    ag_map released; /**< ag_vertex_list by a name that becomes free. */
    size_t n_by_kind[AG_N_KINDS];
    ag_buf buf;
    /* the operation being connected */
    size_t v;
    const ag_op *op;
    const ag_entry *own;
} ag_connector;

/** Operations fall into four classes. */
typedef enum ag_role { AG_RENAMING, AG_MAKING, AG_CHANGING, AG_DROPPING } ag_role;

ag_role ag__role_of(const ag_op *op);

/* connect.c */

/** The key of an entry; lives until the next call. */
const char *ag__entry_key(ag_connector *c, ag_kind kind, const char *ns, const char *name,
                          const char *part);
/** The entry of a thing, or NULL when no operation is about it. */
ag_entry *ag__find_entry(ag_connector *c, ag_kind kind, const char *ns, const char *name,
                         const char *part);
/** `key`: the foreign key that can be given up, for AG_EDGE_FOREIGN. */
void ag__add_edge(ag_connector *c, size_t from, size_t to, ag_edge_kind kind,
                  const ag_constraint *key);
/** The current operation runs after, or before, all of a list. */
void ag__after_all(ag_connector *c, const ag_vertex_list *list, ag_edge_kind kind,
                   const ag_constraint *key);
void ag__before_all(ag_connector *c, const ag_vertex_list *list, ag_edge_kind kind,
                    const ag_constraint *key);

/* connect_rows.c: tables that are made anew. */

void ag__connect_rows(ag_connector *c);

/* connect_logging.c: tables that become, or were, unlogged. */

void ag__connect_logging(ag_connector *c);

/* uses.c: edges to and from what the current operation uses */

/** Its namespace and its table. */
void ag__use_place(ag_connector *c, bool is_old);
/** What its nodes name. */
void ag__use_nodes(ag_connector *c);

#endif
