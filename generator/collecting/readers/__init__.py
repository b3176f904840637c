"""Files that people saved, each read into sessions."""


class UnreadableError(Exception):
    """A file that cannot be read: a code that never changes, what is wrong, what to do."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint
