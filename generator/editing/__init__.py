"""The commands that write data/: a new record, and one that is retired."""
