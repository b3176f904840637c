"""The data files that the site offers."""
