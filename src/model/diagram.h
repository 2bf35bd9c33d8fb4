/* Diagrams of a schema: tables with their columns, foreign keys as lines. */
#ifndef AG_MODEL_DIAGRAM_H
#define AG_MODEL_DIAGRAM_H

#include <autogen/schema.h>

#include "base/buf.h"

/** An entity-relationship diagram in Mermaid's language. */
void ag_model_write_mermaid(const ag_schema *schema, ag_buf *out);
/** A graph in Graphviz' DOT language. */
void ag_model_write_dot(const ag_schema *schema, ag_buf *out);

#endif
