"""The values that several kinds of pages show."""
