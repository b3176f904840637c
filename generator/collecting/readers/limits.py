"""How much a file may hold: a small one can unpack to gigabytes, so what is read of it is measured as it comes."""

from __future__ import annotations

from generator.collecting.readers import UnreadableError
from generator.forms.saved_answers import LONGEST

MOST_BLANKS = 10_000
"""In a file; the largest of our handouts has 1,400."""
LONGEST_NAME = 200
"""Letters in a blank's name, as in saved files."""
MOST_LETTERS = 2_000_000
"""In all texts of a file, labels among them."""


class Measure:
    """Counts the blanks and letters of one file; raises UnreadableError as soon as they are too many."""

    def __init__(self) -> None:
        self._blanks = self._letters = 0

    def blank(self, name: str, text: str, label: str = "") -> str:
        """The text of one more blank, if there is still room for it."""
        self._blanks += 1
        if self._blanks > MOST_BLANKS:
            raise too_large(f"it has more than {MOST_BLANKS:,} blanks")
        return self.text(checked(name), text, label)

    def text(self, name: str, text: str, label: str = "") -> str:
        """One more text, in a blank or not."""
        self._letters += len(name) + len(text) + len(label)
        if len(text) > LONGEST:
            raise UnreadableError(
                "too-long", f"the text of '{name[:60]}' has more than {LONGEST:,} letters", "make it shorter and save the file again"
            )
        if self._letters > MOST_LETTERS:
            raise too_large(f"its texts have more than {MOST_LETTERS:,} letters")
        return text


def checked(name: str) -> str:
    """A blank's name, if it is not too long."""
    if len(name) > LONGEST_NAME:
        raise too_large(f"the name '{name[:60]}…' has more than {LONGEST_NAME} letters")
    return name


def too_large(message: str) -> UnreadableError:
    """A file that holds more than any filled-in handout."""
    return UnreadableError("too-large", message, "ask for the handout as it was filled in, without anything else in it")
