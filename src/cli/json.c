/* --json: every result as one document. */
#include "cli/cli.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static json_t *text_or_null(const char *text) {
    return text == NULL ? json_null() : json_string(text);
}

static json_t *strings(const ag_strings *list) {
    json_t *array = json_array();
    for (size_t i = 0; i < list->n; i++) {
        json_array_append_new(array, text_or_null(list->items[i]));
    }
    return array;
}

static void print(json_t *document) {
    char *text = json_dumps(document, JSON_INDENT(2));
    if (text != NULL) {
        cli_out("%s\n", text);
    }
    free(text);
    json_decref(document);
}

static json_t *change(const ag_change *c) {
    json_t *object = json_object();
    json_object_set_new(object, "kind", text_or_null(c->kind));
    json_object_set_new(object, "table", text_or_null(c->table));
    json_object_set_new(object, "name", text_or_null(c->name));
    json_object_set_new(object, "summary", text_or_null(c->summary));
    json_object_set_new(object, "hazards", strings(&c->hazards));
    if (c->loc.line > 0) {
        json_object_set_new(object, "file", text_or_null(c->loc.file));
        json_object_set_new(object, "line", json_integer(c->loc.line));
        json_object_set_new(object, "column", json_integer(c->loc.column));
    }
    return object;
}

static json_t *changes_object(const ag_changes *changes) {
    json_t *object = json_object();
    json_t *list = json_array();
    for (size_t i = 0; i < changes->list.n; i++) {
        json_array_append_new(list, change(&changes->list.items[i]));
    }
    json_object_set_new(object, "changes", list);
    json_object_set_new(object, "suggestions", strings(&changes->suggestions));
    json_object_set_new(object, "warnings", strings(&changes->warnings));
    if (changes->sql != NULL) {
        json_object_set_new(object, "sql", json_string(changes->sql));
    }
    return object;
}

void cli_json_changes(const ag_changes *changes) {
    print(changes_object(changes));
}

static json_t *revision(const ag_revision_info *info) {
    json_t *object = json_object();
    json_object_set_new(object, "id", text_or_null(info->id));
    json_object_set_new(object, "revises", strings(&info->down));
    json_object_set_new(object, "depends_on", strings(&info->depends_on));
    json_object_set_new(object, "branch_labels", strings(&info->labels));
    json_object_set_new(object, "next", strings(&info->next));
    json_object_set_new(object, "message", text_or_null(info->message));
    json_object_set_new(object, "create_date", text_or_null(info->create_date));
    json_object_set_new(object, "path", text_or_null(info->path));
    json_object_set_new(object, "is_head", json_boolean(info->is_head));
    json_object_set_new(object, "is_current",
                        info->knows_current ? json_boolean(info->is_current) : json_null());
    json_object_set_new(object, "is_branch_point", json_boolean(info->is_branch_point));
    json_object_set_new(object, "is_merge_point", json_boolean(info->is_merge_point));
    json_object_set_new(object, "is_effective_head", json_boolean(info->is_effective_head));
    return object;
}

void cli_json_revisions(const ag_revisions *revisions) {
    json_t *array = json_array();
    for (size_t i = 0; i < revisions->list.n; i++) {
        json_array_append_new(array, revision(&revisions->list.items[i]));
    }
    json_t *object = json_object();
    json_object_set_new(object, "revisions", array);
    json_object_set_new(object, "edited",
                        revisions->knows_edited ? strings(&revisions->edited) : json_null());
    print(object);
}

void cli_json_revision_result(const ag_revision_result *result) {
    json_t *object = result->changes == NULL ? json_object() : changes_object(result->changes);
    json_object_set_new(object, "written", json_boolean(result->written));
    json_object_set_new(object, "revision", text_or_null(result->id));
    json_object_set_new(object, "path", text_or_null(result->path));
    json_object_set_new(object, "text", text_or_null(result->text));
    print(object);
}

void cli_json_findings(const ag_findings *findings) {
    json_t *array = json_array();
    for (size_t i = 0; i < findings->list.n; i++) {
        const ag_finding *f = &findings->list.items[i];
        json_t *object = json_object();
        json_object_set_new(object, "rule", text_or_null(f->rule->id));
        json_object_set_new(object, "severity", text_or_null(f->rule->severity));
        json_object_set_new(object, "message", text_or_null(f->message));
        json_object_set_new(object, "revision", text_or_null(f->revision));
        json_object_set_new(object, "file", text_or_null(f->loc.file));
        json_object_set_new(object, "line", json_integer(f->loc.line));
        json_object_set_new(object, "column", json_integer(f->loc.column));
        json_array_append_new(array, object);
    }
    json_t *object = json_object();
    json_object_set_new(object, "findings", array);
    print(object);
}

static json_t *sarif_message(const char *text) {
    return json_pack("{s:o}", "text", text_or_null(text));
}

static json_t *sarif_result(const ag_finding *f, const char *path) {
    return json_pack("{s:s, s:s, s:o, s:[{s:{s:{s:o}, s:{s:i, s:i}}}], s:{s:s}}", "ruleId",
                     f->rule->id, "level", f->rule->severity, "message", sarif_message(f->message),
                     "locations", "physicalLocation", "artifactLocation", "uri", text_or_null(path),
                     "region", "startLine", f->loc.line > 0 ? f->loc.line : 1, "startColumn",
                     f->loc.column > 0 ? f->loc.column : 1, "properties", "revision", f->revision);
}

void cli_json_sarif(const ag_findings *findings, const char *(*shown_path)(const char *path)) {
    json_t *rules = json_array();
    for (size_t i = 0; i < findings->rules.n; i++) {
        const ag_finding_rule *r = &findings->rules.items[i];
        json_array_append_new(rules,
                              json_pack("{s:s, s:s, s:o, s:{s:s}}", "id", r->id, "name", r->words,
                                        "shortDescription", sarif_message(r->summary),
                                        "defaultConfiguration", "level", r->severity));
    }
    json_t *results = json_array();
    for (size_t i = 0; i < findings->list.n; i++) {
        const ag_finding *f = &findings->list.items[i];
        json_array_append_new(results, sarif_result(f, shown_path(f->loc.file)));
    }
    print(json_pack("{s:s, s:s, s:[{s:{s:{s:s, s:s, s:o}}, s:o}]}", "version", "2.1.0", "$schema",
                    "https://json.schemastore.org/sarif-2.1.0.json", "runs", "tool", "driver",
                    "name", "autogen", "version", ag_version(), "rules", rules, "results",
                    results));
}

void cli_json_templates(void) {
    const ag_template_info *list = NULL;
    size_t n = ag_list_templates(&list);
    json_t *array = json_array();
    for (size_t i = 0; i < n; i++) {
        json_t *object = json_object();
        json_object_set_new(object, "name", text_or_null(list[i].name));
        json_object_set_new(object, "summary", text_or_null(list[i].summary));
        json_array_append_new(array, object);
    }
    json_t *object = json_object();
    json_object_set_new(object, "templates", array);
    print(object);
}

void cli_json_text(const char *key, const char *text, size_t n) {
    json_t *object = json_object();
    json_object_set_new(object, key, json_stringn(text, n));
    print(object);
}

void cli_json_lines(const char *key, const char *text, size_t n) {
    json_t *object = json_object();
    json_t *list = json_array();
    for (size_t at = 0; at < n;) {
        const char *end = memchr(text + at, '\n', n - at);
        size_t length = end == NULL ? n - at : (size_t)(end - text) - at;
        json_array_append_new(list, json_stringn(text + at, length));
        at += length + 1;
    }
    json_object_set_new(object, key, list);
    print(object);
}

static json_t *error_object(const ag_error *err) {
    json_t *object = json_object();
    json_object_set_new(object, "code", json_integer(err->code));
    json_object_set_new(object, "message", text_or_null(err->message));
    json_object_set_new(object, "hint", text_or_null(err->hint[0] == '\0' ? NULL : err->hint));
    if (err->line > 0) {
        json_object_set_new(object, "file", text_or_null(err->file));
        json_object_set_new(object, "line", json_integer(err->line));
        json_object_set_new(object, "column", json_integer(err->column));
    }
    if (err->sqlstate[0] != '\0') {
        json_object_set_new(object, "sqlstate", text_or_null(err->sqlstate));
    }
    return object;
}

void cli_json_errors(const ag_error *errors, size_t n) {
    json_t *array = json_array();
    for (size_t i = 0; i < n; i++) {
        json_array_append_new(array, error_object(&errors[i]));
    }
    print(json_pack("{s:o}", "errors", array));
}

/* What happened so far; made with the first event. */
static json_t *steps;
static json_t *messages;
static json_t *warnings;

static json_t *in_list(json_t **list) {
    *list = *list != NULL ? *list : json_array();
    return *list;
}

void cli_json_event(const ag_event *event) {
    switch (event->kind) {
    case AG_EVENT_STEP:
        json_array_append_new(in_list(&steps),
                              json_pack("{s:o, s:o}", "revision", text_or_null(event->revision),
                                        "text", text_or_null(event->text)));
        break;
    case AG_EVENT_INFO:
    case AG_EVENT_NOTICE:
        json_array_append_new(in_list(&messages), text_or_null(event->text));
        break;
    case AG_EVENT_WARNING:
        json_array_append_new(in_list(&warnings), text_or_null(event->text));
        break;
    case AG_EVENT_STEP_DONE:
    case AG_EVENT_PROGRESS:
        break;
    }
}

void cli_json_report(void) {
    print(json_pack("{s:O, s:O, s:O}", "steps", in_list(&steps), "messages", in_list(&messages),
                    "warnings", in_list(&warnings)));
}

void cli_json_forget(void) {
    json_decref(steps);
    json_decref(messages);
    json_decref(warnings);
    steps = messages = warnings = NULL;
}
