"""One way to compare the names that people type: what makes no difference is folded away. theme/assets/team/statistics.js does the same."""

from __future__ import annotations

import unicodedata


def folded(text: str) -> str:
    """A text as it is compared: NFKC, without case, without format characters, with one space between words.

    Case is folded by lower, upper and lower again, and a final sigma as any other, because JavaScript has no `casefold`.
    """
    one = unicodedata.normalize("NFKC", text)
    one = unicodedata.normalize("NFKC", one.lower().upper().lower().replace("ς", "σ"))
    return " ".join("".join(sign for sign in one if unicodedata.category(sign) != "Cf").split())


def order(text: str) -> tuple[bytes, bytes]:
    """What texts are sorted by: as they are compared, then as they are written; by UTF-16, as JavaScript sorts."""
    return folded(text).encode("utf-16-be", "replace"), text.encode("utf-16-be", "replace")
