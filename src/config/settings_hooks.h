/* The section [post_write_hooks] of autogen.ini. */
#ifndef AG_CONFIG_SETTINGS_HOOKS_H
#define AG_CONFIG_SETTINGS_HOOKS_H

#include "config/settings.h"

/** Reads the hooks into the settings; mistakes go to `diags`. */
bool ag_settings_read_hooks(ag_ini *ini, ag_diags *diags, ag_settings *settings);

#endif
