"""The files that people write by hand: found, read and, as far as that needs no other file, checked."""
