"""Files that people saved, each read into sessions."""

from typing import NamedTuple


class Notice(NamedTuple):
    """What is told of a file: a code that never changes, what is wrong, what to do."""

    code: str
    message: str
    hint: str


class UnreadableError(Exception):
    """A file that cannot be read, with what is told of it."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.notice = Notice(code, message, hint)
