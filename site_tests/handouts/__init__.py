"""The handouts as PDF, Word and Excel files."""
