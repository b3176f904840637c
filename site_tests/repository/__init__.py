"""The project around the code: its structure, documents, set-up and workflows, and the tests themselves."""
