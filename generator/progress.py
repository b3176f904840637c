"""How far a long run is: what the makers ask for, and lines for where no terminal shows a bar."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

Progress = Callable[[str, int], AbstractContextManager[Callable[[], None]]]
"""What is made and how many of it, to a step that is called after each."""

Asking = Callable[[int], AbstractContextManager[Callable[[], None]]]
"""The same for addresses that are asked."""

EVERY = 25
"""After so many a line is said,"""
PAUSE = datetime.timedelta(seconds=10)
"""and after so long."""


@contextmanager
def asking(number: int, say: Callable[[str], None]) -> Iterator[Callable[[], None]]:
    """Says how many addresses there are at once, then how many are asked now and then, and at the end."""
    done, said, spoken = 0, datetime.datetime.now(datetime.UTC), 0

    def tell() -> None:
        nonlocal said, spoken
        said, spoken = datetime.datetime.now(datetime.UTC), done
        say(f"links: {done} of {number} asked")

    def one() -> None:
        nonlocal done
        done += 1
        if done - spoken >= EVERY or done == number or datetime.datetime.now(datetime.UTC) - said >= PAUSE:
            tell()

    say(f"links: asking {number}")
    yield one
