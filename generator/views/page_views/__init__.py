"""One frozen view for each template of theme/pages/: its fields are the names that the template uses."""
