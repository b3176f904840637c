"""The search, and its score."""
