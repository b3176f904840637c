"""The edition as data: playbook.json, the same as CSV, their schemas, what the search and /compose/ load, the feed."""
