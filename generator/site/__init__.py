"""The site: built by an engine, checked, served, packed."""
