"""The records and their ids."""
