"""A Word file from the HTML of a handout."""
