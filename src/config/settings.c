#include "config/settings.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "config/dotenv.h"
#include "config/setting_value.h"
#include "config/settings_hooks.h"

/* What is at hand while the settings are put together. */
typedef struct loader {
    ag_arena *arena;
    const ag_settings_input *input;
    ag_diags *diags;
    ag_settings *out;
    ag_ini ini;
    const ag_ini_section *section; /* NULL when there is none */
} loader;

static const ag_setting_spec specs[AG_N_SETTINGS] = {
#define AG_SETTING(kind, name, default_text, limits, meaning)                                      \
    {#name, AG_KIND_##kind, default_text, limits, meaning, offsetof(ag_settings, name)},
#include "config/settings_list.def"
};

const ag_setting_spec *ag_setting_specs(void) {
    return specs;
}

const char *ag_setting_kind_word(ag_setting_kind kind) {
    switch (kind) {
#define AG_SETTING_KIND(name, type, word)                                                          \
    case AG_KIND_##name:                                                                           \
        return word;
#include "config/settings_list.def"
    }
    return "";
}

/* Reads a value and notes where it came from; a failed one leaves the field as it was. */
static bool read_value(loader *l, ag_setting_id id, const ag_setting_value *v,
                       ag_setting_origin origin) {
    if (!ag_setting_read(v, &specs[id], l->out)) {
        return false;
    }
    bool is_url = specs[id].kind == AG_KIND_URL;
    origin.text = is_url ? ag_url_masked(l->arena, v->text) : v->text;
    l->out->origin[id] = origin;
    return true;
}

/* A value that did not come from the file. */
static bool read_text(loader *l, ag_setting_id id, const char *text, ag_setting_from from,
                      const char *name) {
    ag_setting_value v = {.text = text,
                          .n = strlen(text),
                          .name = name,
                          .env = l->input->env,
                          .arena = l->arena,
                          .diags = l->diags};
    return read_value(l, id, &v, (ag_setting_origin){.from = from, .name = name});
}

static void read_defaults(loader *l) {
    for (size_t id = 0; id < AG_N_SETTINGS; id++) {
        if (specs[id].kind == AG_KIND_DURATION) {
            *(int *)(void *)((char *)l->out + specs[id].offset) = -1;
        }
        (void)read_text(l, (ag_setting_id)id, specs[id].default_text, AG_FROM_DEFAULT,
                        specs[id].name);
    }
}

/* Reads a key of the file. A URL that only lacks an -x is an error for who needs the URL. */
static void read_entry(loader *l, ag_setting_id id, ag_ini_entry *entry) {
    ag_diags own = AG_DIAGS_INIT;
    ag_ini_value value;
    bool ok = ag_ini_expand(&l->ini, l->section, entry, &own, &value);
    ag_setting_origin origin = {.from = AG_FROM_FILE, .name = entry->key, .loc = entry->loc};
    if (ok) {
        ag_setting_value v = {.text = value.text,
                              .n = value.n,
                              .at = value.at,
                              .ini = &l->ini,
                              .name = specs[id].name,
                              .folder = l->out->folder,
                              .env = l->input->env,
                              .arena = l->arena,
                              .diags = l->diags};
        (void)read_value(l, id, &v, origin);
    } else if (specs[id].kind == AG_KIND_URL && own.list.n == 1 && entry->missing_x != NULL) {
        origin.deferred = ag_arena_copy(l->arena, own.list.items, sizeof(ag_error));
        l->out->origin[id] = origin;
    } else {
        for (size_t i = 0; i < own.list.n; i++) {
            ag_diags_add(l->diags, &own.list.items[i]);
        }
    }
    ag_diags_release(&own);
}

static bool setting_of(const char *key, ag_setting_id *id) {
    for (size_t i = 0; i < AG_N_SETTINGS; i++) {
        if (ag_text_ieq(specs[i].name, key)) {
            *id = (ag_setting_id)i;
            return true;
        }
    }
    return false;
}

static const char *alembic_hint(const char *key) {
    static const char *const keys[][2] = {
#define AG_ALEMBIC_KEY(name, hint) {name, hint},
#include "config/settings_list.def"
    };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (ag_text_ieq(keys[i][0], key)) {
            return keys[i][1];
        }
    }
    return NULL;
}

static void unknown_key(loader *l, const ag_ini_entry *entry) {
    ag_error *e =
        ag_diags_at(l->diags, entry->loc, l->ini.shown, "unknown key \"%.80s\"", entry->key);
    const char *names[AG_N_SETTINGS];
    for (size_t i = 0; i < AG_N_SETTINGS; i++) {
        names[i] = specs[i].name;
    }
    const char *known = alembic_hint(entry->key);
    const char *near = ag_did_you_mean(entry->key, names, AG_N_SETTINGS);
    if (known != NULL) {
        ag_hint(e, "%s", known);
    } else if (near != NULL) {
        ag_hint(e, "did you mean %s?", near);
    } else {
        ag_hint(e,
                "docs/configuration.md lists every key; a key of your own must be mentioned as "
                "%%(%.80s)s by another",
                entry->key);
    }
}

/* A key that another value mentions is a variable of the user's own. */
static void check_keys(loader *l, const ag_ini_section *section) {
    for (size_t i = 0; section != NULL && i < section->entries.n; i++) {
        const ag_ini_entry *entry = section->entries.items[i];
        ag_setting_id id;
        if (!setting_of(entry->key, &id) && !ag_ini_is_referenced(&l->ini, entry->key)) {
            unknown_key(l, entry);
        }
    }
}

static void missing_section(loader *l) {
    const char *name = l->out->section;
    ag_error e;
    AG_VEC(const char *) names = {NULL, 0, 0};
    for (size_t i = 0; i < l->ini.sections.n && i < 1000; i++) {
        ag_vec_push(NULL, &names, l->ini.sections.items[i]->name);
    }
    const char *near = ag_did_you_mean(name, names.items, names.n);
    ag_fail(&e, l->input->section != NULL ? AG_USAGE : AG_INPUT,
            "there is no section [%.80s] in %s", name, l->out->path);
    if (near != NULL) {
        ag_hint(&e, "did you mean [%.80s]?", near);
    } else {
        ag_hint(&e, "-n NAME reads the section [NAME]");
    }
    ag_diags_add(l->diags, &e);
    ag_vec_release(&names);
}

/* [post_write_hook] would be passed over without a word. */
static void check_sections(loader *l) {
    static const char *const hooks = "post_write_hooks";
    bool has_hooks = ag_ini_section_of(&l->ini, hooks) != NULL;
    for (size_t i = 0; i < l->ini.sections.n && !has_hooks; i++) {
        const ag_ini_section *s = l->ini.sections.items[i];
        if (ag_did_you_mean(s->name, &hooks, 1) != NULL && s != l->section) {
            ag_hint(ag_diags_at(l->diags, s->loc, l->ini.shown, "unknown section [%.80s]", s->name),
                    "did you mean [%s]?", hooks);
        }
    }
}

/* Keeps the mistakes of the file in the order of its lines. */
static void sort_by_line(ag_diags *diags, size_t from) {
    for (size_t i = from + 1; i < diags->list.n; i++) {
        for (size_t j = i; j > from && diags->list.items[j].line < diags->list.items[j - 1].line;
             j--) {
            ag_error kept = diags->list.items[j];
            diags->list.items[j] = diags->list.items[j - 1];
            diags->list.items[j - 1] = kept;
        }
    }
}

static void read_sections(loader *l, bool is_whole) {
    l->section = ag_ini_section_of(&l->ini, l->out->section);
    if (l->section == NULL) {
        if (is_whole) {
            missing_section(l);
        }
        return;
    }
    for (size_t id = 0; id < AG_N_SETTINGS; id++) {
        ag_ini_entry *entry = ag_ini_find(&l->ini, l->section, specs[id].name);
        if (entry != NULL) {
            read_entry(l, (ag_setting_id)id, entry);
        }
    }
    check_keys(l, l->section);
    const ag_ini_section *fallback = ag_ini_section_of(&l->ini, "DEFAULT");
    check_keys(l, fallback == l->section ? NULL : fallback);
    check_sections(l);
    (void)ag_settings_read_hooks(&l->ini, l->diags, l->out);
}

/* Reads the file when it is there. */
static void read_file(loader *l) {
    struct stat st;
    const char *path = l->out->path;
    if (stat(path, &st) != 0 && (errno == ENOENT || errno == ENOTDIR)) {
        return;
    }
    ag_error err;
    char *text = NULL;
    size_t n = 0;
    l->out->has_file = true;
    if (!ag_file_read(l->arena, path, AG_INPUT, &text, &n, &err)) {
        ag_diags_add(l->diags, &err);
        return;
    }
    size_t before = l->diags->list.n;
    bool is_whole = ag_ini_parse(l->arena, path, text, n, l->input->x, l->diags, &l->ini);
    l->out->shown = l->ini.shown;
    read_sections(l, is_whole);
    sort_by_line(l->diags, before);
}

static void read_environment(loader *l) {
    for (size_t id = 0; id < AG_N_SETTINGS; id++) {
        char name[80] = "AUTOGEN_";
        size_t n = strlen(name);
        for (const char *c = specs[id].name; *c != '\0' && n < sizeof name - 1; c++) {
            name[n++] = *c >= 'a' && *c <= 'z' ? (char)(*c - 'a' + 'A') : *c;
        }
        const char *text = id == AG_SET_url ? NULL : ag_env_get(l->input->env, name);
        if (text != NULL) {
            (void)read_text(l, (ag_setting_id)id, ag_arena_strdup(l->arena, text),
                            AG_FROM_ENVIRONMENT, ag_arena_strdup(l->arena, name));
        }
    }
}

static void read_options(loader *l) {
    for (size_t i = 0; i < l->input->options.n; i++) {
        ag_pair pair = l->input->options.items[i];
        char *name = ag_arena_printf(l->arena, "--%s", pair.key);
        for (char *c = name; *c != '\0'; c++) {
            *c = *c == '_' ? '-' : *c;
        }
        ag_setting_id id;
        if (!setting_of(pair.key, &id)) {
            ag_error e;
            ag_fail(&e, AG_USAGE, "there is no setting \"%.80s\"", pair.key);
            ag_diags_add(l->diags, &e);
        } else {
            (void)read_text(l, id, pair.value, AG_FROM_OPTION, name);
        }
    }
}

/* DATABASE_URL of the .env file beside autogen.ini. True when it was there. */
static bool read_dotenv(loader *l) {
    const char *path = ag_path_join(l->arena, l->out->folder, ".env");
    path = strcmp(l->out->folder, ".") == 0 ? ".env" : path;
    ag_error err;
    char *text = NULL;
    size_t n = 0;
    if (!ag_file_exists(path)) {
        return false;
    }
    if (!ag_file_read(l->arena, path, AG_INPUT, &text, &n, &err)) {
        ag_diags_add(l->diags, &err);
        return false;
    }
    ag_diags own = AG_DIAGS_INIT;
    ag_dotenv dotenv;
    (void)ag_dotenv_parse(l->arena, path, text, n, l->input->env, &own, &dotenv);
    const ag_dotenv_entry *entry = ag_dotenv_get(&dotenv, "DATABASE_URL");
    bool has_url = entry != NULL && entry->value[0] != '\0';
    if (has_url) {
        ag_setting_value v = {.text = entry->value,
                              .n = strlen(entry->value),
                              .name = "DATABASE_URL",
                              .folder = l->out->folder,
                              .arena = l->arena,
                              .diags = l->diags};
        ag_setting_origin origin = {
            .from = AG_FROM_DOTENV, .name = "DATABASE_URL", .loc = entry->loc};
        (void)read_value(l, AG_SET_url, &v, origin);
    }
    /* The file is the application's: its mistakes matter where they may hide the URL. */
    bool may_hide = entry == NULL && memmem(text, n, "DATABASE_URL", 12) != NULL;
    for (size_t i = 0; may_hide && i < own.list.n; i++) {
        ag_diags_add(l->diags, &own.list.items[i]);
    }
    ag_diags_release(&own);
    return has_url;
}

/* Puts a URL of higher rank in the place of the file's. */
static void resolve_url(loader *l) {
    bool has_own = l->input->section != NULL && l->section != NULL &&
                   ag_ini_own(&l->ini, l->section, "url") != NULL &&
                   (l->out->url != NULL || l->out->origin[AG_SET_url].deferred != NULL);
    const char *variable = ag_env_get(l->input->env, "DATABASE_URL");
    if (l->input->url != NULL) {
        (void)read_text(l, AG_SET_url, l->input->url, AG_FROM_OPTION, "--url");
        l->out->url = l->input->url;
    } else if (!has_own && variable != NULL) {
        (void)read_text(l, AG_SET_url, ag_arena_strdup(l->arena, variable), AG_FROM_ENVIRONMENT,
                        "DATABASE_URL");
    } else if (!has_own) {
        (void)read_dotenv(l);
    }
}

static void set_paths(loader *l) {
    const char *path = l->input->config;
    path = path == NULL ? ag_env_get(l->input->env, "AUTOGEN_CONFIG") : path;
    l->out->path = ag_arena_strdup(l->arena, path == NULL ? "autogen.ini" : path);
    l->out->folder = ag_path_dir(l->arena, l->out->path);
    l->out->section =
        ag_arena_strdup(l->arena, l->input->section == NULL ? "autogen" : l->input->section);
}

bool ag_settings_load(ag_arena *arena, const ag_settings_input *input, ag_diags *diags,
                      ag_settings **settings, ag_error *err) {
    size_t before = diags->list.n + diags->n_dropped;
    ag_settings *out = ag_arena_new_of(arena, ag_settings);
    loader l = {.arena = arena, .input = input, .diags = diags, .out = out};
    out->arena = arena;
    out->x = input->x;
    set_paths(&l);
    read_defaults(&l);
    read_file(&l);
    read_environment(&l);
    read_options(&l);
    resolve_url(&l);
    ag_ini_release(&l.ini);
    *settings = out;
    return diags->list.n + diags->n_dropped == before || ag_diags_fail(diags, err);
}

bool ag_settings_need_file(const ag_settings *settings, ag_error *err) {
    if (settings->has_file) {
        return true;
    }
    ag_fail(err, AG_INPUT, "there is no configuration file %s", settings->path);
    return ag_hint(err, "`autogen init` writes one; -c FILE names another");
}

bool ag_settings_need(const ag_settings *settings, ag_setting_id id, ag_error *err) {
    const ag_setting_spec *spec = &specs[id];
    const void *field = (const char *)settings + spec->offset;
    const ag_error *deferred = settings->origin[id].deferred;
    bool is_set = true;
    switch (spec->kind) {
    case AG_KIND_STRING:
    case AG_KIND_PATH:
    case AG_KIND_URL:
    case AG_KIND_TEMPLATE:
    case AG_KIND_ZONE:
        is_set = *(const char *const *)field != NULL;
        break;
    case AG_KIND_PATHS:
    case AG_KIND_SOURCES:
    case AG_KIND_LIST:
    case AG_KIND_PATTERNS:
    case AG_KIND_WORDS:
        is_set = ((const ag_strings *)field)->n > 0;
        break;
    case AG_KIND_BOOL:
    case AG_KIND_INT:
    case AG_KIND_DURATION:
    case AG_KIND_CHOICE:
        break;
    }
    if (is_set) {
        return true;
    }
    if (deferred != NULL && err != NULL) {
        *err = *deferred;
    }
    if (deferred != NULL || !ag_settings_need_file(settings, err)) {
        return false;
    }
    ag_fail(err, AG_INPUT, "no key %s in section [%.80s] of %s", spec->name, settings->section,
            settings->path);
    return ag_hint(err, "%s: %s", spec->name, spec->meaning);
}

bool ag_settings_url(const ag_settings *settings, ag_url *url, ag_error *err) {
    const ag_setting_origin *origin = &settings->origin[AG_SET_url];
    if (settings->url == NULL && origin->deferred != NULL) {
        return ag_settings_need(settings, AG_SET_url, err);
    }
    if (settings->url == NULL) {
        ag_fail(err, AG_USAGE, "no database is named");
        return ag_hint(err,
                       "give --url URL, set DATABASE_URL, or write \"url = sqlite:///app.db\" "
                       "into %s",
                       settings->path);
    }
    if (ag_url_parse(settings->arena, settings->url, url, err)) {
        return true;
    }
    if (err != NULL && origin->loc.line > 0) {
        err->code = AG_INPUT;
        ag_error_locate(err, origin->loc, origin->from == AG_FROM_FILE ? settings->shown : NULL);
    } else {
        ag_prefix(err, "%s", origin->name);
    }
    return false;
}

bool ag_settings_fail(const ag_settings *settings, ag_setting_id id, ag_error *err,
                      const char *format, ...) {
    const ag_setting_origin *origin = &settings->origin[id];
    va_list args;
    va_start(args, format);
    ag_buf message = AG_BUF_INIT;
    ag_buf_vprintf(&message, format, args);
    va_end(args);
    bool is_file = origin->loc.line > 0;
    ag_fail(err, is_file ? AG_INPUT : AG_USAGE, "%s", ag_buf_text(&message));
    ag_buf_release(&message);
    if (is_file) {
        ag_error_locate(err, origin->loc, origin->from == AG_FROM_FILE ? settings->shown : NULL);
    } else if (origin->from != AG_FROM_DEFAULT) {
        ag_prefix(err, "%s", origin->name);
    }
    return false;
}
