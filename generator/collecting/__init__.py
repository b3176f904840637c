"""Collecting: the files of many people, or of one person over time, read and put side by side; `collection` does the whole."""
