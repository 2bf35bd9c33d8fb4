#include "base/embed.h"

#include <string.h>

const ag_embedded *ag_embedded_find(const ag_embedded *table, const char *name) {
    for (; table->name != NULL; table++) {
        if (strcmp(table->name, name) == 0) {
            return table;
        }
    }
    return NULL;
}
