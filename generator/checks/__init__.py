"""The data, the texts and the settings, read and checked: nothing is written while a problem is open."""
