"""The data files that the site offers, and two editions compared."""
