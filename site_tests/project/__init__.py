"""The project around the code: its structure, documents, set-up, workflows, and the tests themselves."""
