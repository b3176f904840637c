"""The commands that write data."""
