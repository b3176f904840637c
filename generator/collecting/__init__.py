"""Collecting: the files of many people, or of one person over time, read and put side by side; `collection` does the whole."""


class UnreadableError(Exception):
    """A file that cannot be read: a code that never changes, what is wrong, what to do."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint
