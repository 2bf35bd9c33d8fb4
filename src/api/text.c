/* Text results. */
#include "api/ctx.h"

ag_text *ag_text_new(void) {
    ag_arena *arena = ag_arena_new();
    ag_text *text = ag_arena_new_of(arena, ag_text);
    text->owner = arena;
    text->text = "";
    return text;
}

void ag_text_take(ag_text *text, ag_buf *buf) {
    text->n = buf->n;
    text->text = ag_buf_copy(buf, text->owner);
    ag_buf_release(buf);
}

void ag_text_free(ag_text *text) {
    if (text != NULL) {
        ag_arena_free(text->owner);
    }
}
