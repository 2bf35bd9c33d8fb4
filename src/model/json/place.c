/* Offsets in a JSON text to lines and columns, or to the places of what it was made from. */
#include "base/vec.h"
#include "model/json/dom.h"

/* Distance of two marks in bytes. */
enum { MARK_EVERY = 32 };

typedef struct ag_json_mark {
    uint32_t line, column;
} ag_json_mark;

/* Moves a mark over the bytes [from, to). */
static void step_over(const ag_json_doc *doc, ag_json_mark *here, size_t from, size_t to) {
    const char *text = doc->text;
    for (size_t i = from; i < to; i++) {
        if (text[i] == '\n') {
            *here = (ag_json_mark){here->line + 1, 1};
        } else if (i + 1 >= doc->n || ((unsigned char)text[i + 1] & 0xC0u) != 0x80u) {
            here->column++;
        }
    }
}

/* Bytes from `at` to the next mark: each is a character and none ends a line. */
static bool is_plain_stretch(const char *text) {
    unsigned odd = 0;
    for (size_t i = 0; i < MARK_EVERY; i++) {
        odd |= (unsigned)(text[i] == '\n') | ((unsigned char)text[i] & 0x80u);
    }
    return odd == 0;
}

void ag__json_make_marks(ag_json_doc *doc) {
    doc->n_marks = doc->n / MARK_EVERY + 1;
    doc->marks = ag_arena_array(doc->arena, doc->n_marks, sizeof *doc->marks);
    ag_json_mark here = {1, 1};
    size_t at = 0;
    for (size_t i = 0; i < doc->n_marks; i++, at += MARK_EVERY) {
        doc->marks[i] = here;
        bool is_whole = at + MARK_EVERY < doc->n;
        if (is_whole && is_plain_stretch(doc->text + at) &&
            ((unsigned char)doc->text[at + MARK_EVERY] & 0xC0u) != 0x80u) {
            here.column += MARK_EVERY;
        } else {
            step_over(doc, &here, at, is_whole ? at + MARK_EVERY : doc->n);
        }
    }
}

/* The last place at or before an offset. */
static ag_loc loc_of_place(const ag_json_doc *doc, uint32_t offset) {
    size_t low = 0;
    size_t high = doc->n_places;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (doc->places[middle].offset <= offset) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return doc->places[low].loc;
}

/* The column of an offset counts the characters that *ended* before it: marks may fall inside one.
 */
ag_loc ag_json_loc(const ag_json_doc *doc, uint32_t offset) {
    if (doc->n_places > 0) {
        return loc_of_place(doc, offset);
    }
    size_t at = offset < doc->n ? offset : doc->n;
    ag_json_mark here = doc->marks[at / MARK_EVERY];
    step_over(doc, &here, at / MARK_EVERY * MARK_EVERY, at);
    return (ag_loc){.file = doc->file, .line = (int)here.line, .column = (int)here.column};
}

void ag_json_excerpt(ag_error *err, const ag_json_doc *doc, uint32_t offset) {
    if (err != NULL && doc->n_places == 0) {
        ag_error_excerpt(err, doc->text, doc->n, offset);
    }
}
