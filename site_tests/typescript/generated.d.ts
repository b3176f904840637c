// What the scripts find that no file of theme/assets declares: scripts that the build writes.

/** assets/blanks.js, made by generator/forms/form_fields.py. */
declare const playbookBlanks: Record<string, unknown>;
