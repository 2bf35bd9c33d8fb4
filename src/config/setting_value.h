/* Reading one value of each kind. Mistakes are reported with their place inside the value. */
#ifndef AG_CONFIG_SETTING_VALUE_H
#define AG_CONFIG_SETTING_VALUE_H

#include "config/settings.h"

/** A value and where it came from. */
typedef struct ag_setting_value {
    const char *text;
    size_t n;
    const uint32_t *at; /**< as in ag_ini_value; NULL outside of the file. */
    const ag_ini *ini;  /**< NULL outside of the file. */
    const char *name;   /**< the key, variable or option. */
    const char *folder; /**< what relative paths are relative to. */
    const ag_env *env;
    ag_arena *arena;
    ag_diags *diags;
} ag_setting_value;

/** Reads a value as a row of the table says and stores it in the settings. */
bool ag_setting_read(const ag_setting_value *v, const ag_setting_spec *spec, ag_settings *settings);
/** Reports a mistake at an offset of the value; returns the diagnostic or NULL. */
ag_error *ag_setting_mistake(const ag_setting_value *v, size_t offset, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/** The value as one line without the blanks around it and without quotes around all of it. */
bool ag_setting_line(const ag_setting_value *v, const char **out);
/** Items separated by blanks, commas or lines; quotes keep an item together. */
bool ag_setting_items(const ag_setting_value *v, ag_strings *out);
/** Words as a shell splits them. */
bool ag_setting_words(const ag_setting_value *v, ag_strings *out);

#endif
