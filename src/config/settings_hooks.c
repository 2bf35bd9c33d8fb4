#include "config/settings_hooks.h"

#include <string.h>

#include "base/file.h"
#include "config/setting_value.h"

/* The attributes of a hook: `NAME.type = …` and so on. */
typedef enum attribute {
    TYPE,
    EXECUTABLE,
    ENTRYPOINT,
    MODULE,
    OPTIONS,
    CWD,
    N_ATTRIBUTES
} attribute;

static const char *const attribute_names[N_ATTRIBUTES] = {"type",   "executable", "entrypoint",
                                                          "module", "options",    "cwd"};

/* In the order of ag_hook_type: its name and the attribute that says what to run. */
static const struct {
    const char *name;
    attribute target;
} types[] = {{"exec", EXECUTABLE}, {"console_scripts", ENTRYPOINT}, {"module", MODULE}};

typedef struct reader {
    ag_ini *ini;
    const ag_ini_section *section;
    ag_diags *diags;
    ag_settings *out;
} reader;

/* The expanded value of a key; false when it is not there or broken. */
static bool value_of(reader *r, const char *key, ag_setting_value *v) {
    ag_ini_entry *entry = ag_ini_own(r->ini, r->section, key);
    ag_ini_value value;
    if (entry == NULL || !ag_ini_expand(r->ini, r->section, entry, r->diags, &value)) {
        return false;
    }
    *v = (ag_setting_value){.text = value.text,
                            .n = value.n,
                            .at = value.at,
                            .ini = r->ini,
                            .name = key,
                            .folder = r->out->folder,
                            .arena = r->out->arena,
                            .diags = r->diags};
    return true;
}

static const char *key_of(const reader *r, const char *hook, attribute a) {
    return ag_arena_printf(r->out->arena, "%s.%s", hook, attribute_names[a]);
}

/* One line of text, or NULL. */
static const char *text_of(reader *r, const char *hook, attribute a) {
    ag_setting_value v;
    const char *text = NULL;
    bool ok = value_of(r, key_of(r, hook, a), &v) && ag_setting_line(&v, &text);
    return ok ? text : NULL;
}

/* "./tools/fmt" is meant from the folder of the file, "fmt" is looked up in PATH. */
static const char *path_of(const reader *r, const char *path, bool is_program) {
    bool is_name = is_program && strchr(path, '/') == NULL;
    bool is_here = strcmp(r->out->folder, ".") == 0;
    return is_name || is_here ? path : ag_path_join(r->out->arena, r->out->folder, path);
}

static bool read_type(reader *r, const char *name, ag_loc at, ag_hook *hook) {
    ag_setting_value v;
    const char *text = NULL;
    const char *key = key_of(r, name, TYPE);
    if (ag_ini_own(r->ini, r->section, key) == NULL) {
        ag_hint(ag_diags_at(r->diags, at, r->ini->shown, "there is no hook \"%.80s\"", name),
                "a hook needs a line %.80s = exec, and %.80s.executable", key, name);
        return false;
    }
    if (!value_of(r, key, &v) || !ag_setting_line(&v, &text)) {
        return false;
    }
    for (size_t i = 0; text != NULL && i < sizeof types / sizeof *types; i++) {
        if (strcmp(types[i].name, text) == 0) {
            hook->type = (ag_hook_type)i;
            return true;
        }
    }
    ag_hint(ag_setting_mistake(&v, 0, "unknown type of hook \"%.80s\"", text == NULL ? "" : text),
            "it is exec, console_scripts or module");
    return false;
}

static bool read_hook(reader *r, const char *name, ag_loc at) {
    ag_hook hook = {.name = name, .loc = at};
    if (!read_type(r, name, at, &hook)) {
        return false;
    }
    hook.loc = ag_ini_own(r->ini, r->section, key_of(r, name, TYPE))->loc;
    attribute target = types[hook.type].target;
    hook.target = text_of(r, name, target);
    const char *key = key_of(r, name, target);
    if (hook.target == NULL && ag_ini_own(r->ini, r->section, key) == NULL) {
        ag_diags_at(r->diags, hook.loc, r->ini->shown, "a hook of type %s needs the key %.120s",
                    types[hook.type].name, key);
        return false;
    }
    if (hook.target == NULL) {
        ag_diags_at(r->diags, hook.loc, r->ini->shown, "the key %.120s has no value", key);
        return false;
    }
    hook.target = hook.type == AG_HOOK_EXEC ? path_of(r, hook.target, true) : hook.target;
    hook.cwd = text_of(r, name, CWD);
    hook.cwd = hook.cwd == NULL ? NULL : path_of(r, hook.cwd, false);
    ag_setting_value v;
    if (value_of(r, key_of(r, name, OPTIONS), &v) && !ag_setting_words(&v, &hook.options)) {
        return false;
    }
    ag_vec_push(r->out->arena, &r->out->hooks, hook);
    return true;
}

/* Keys other than `hooks` must be NAME.ATTRIBUTE; hooks that are not listed are switched off. */
static bool check_keys(const reader *r) {
    bool ok = true;
    for (size_t i = 0; i < r->section->entries.n; i++) {
        const ag_ini_entry *entry = r->section->entries.items[i];
        const char *dot = strrchr(entry->key, '.');
        const char *word = dot == NULL ? entry->key : dot + 1;
        bool is_known =
            ag_text_ieq(entry->key, "hooks") || ag_ini_is_referenced(r->ini, entry->key);
        for (size_t a = 0; dot != NULL && a < N_ATTRIBUTES; a++) {
            is_known = is_known || ag_text_ieq(word, attribute_names[a]);
        }
        if (is_known) {
            continue;
        }
        ok = false;
        ag_error *e =
            ag_diags_at(r->diags, entry->loc, r->ini->shown, "unknown key \"%.80s\"", entry->key);
        const char *near = ag_did_you_mean(word, attribute_names, N_ATTRIBUTES);
        if (dot != NULL && near != NULL) {
            ag_hint(e, "did you mean %.*s.%s?", (int)(dot - entry->key), entry->key, near);
        } else {
            ag_hint(e, "known are: hooks, and NAME.type, NAME.executable, NAME.entrypoint, "
                       "NAME.module, NAME.options and NAME.cwd");
        }
    }
    return ok;
}

bool ag_settings_read_hooks(ag_ini *ini, ag_diags *diags, ag_settings *settings) {
    reader r = {ini, ag_ini_section_of(ini, "post_write_hooks"), diags, settings};
    ag_setting_value v;
    ag_strings names = {NULL, 0, 0};
    if (r.section == NULL) {
        return true;
    }
    bool ok = check_keys(&r);
    ag_ini_entry *entry = ag_ini_own(ini, r.section, "hooks");
    if (entry == NULL) {
        return ok;
    }
    if (!value_of(&r, "hooks", &v) || !ag_setting_items(&v, &names)) {
        return false;
    }
    for (size_t i = 0; i < names.n; i++) {
        ok = read_hook(&r, names.items[i], entry->loc) && ok;
    }
    return ok;
}
