"""Builds the Engagement Playbook site from the records in data/."""
