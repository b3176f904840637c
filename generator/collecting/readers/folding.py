"""One way to compare the names that people type: what makes no difference is folded away. theme/assets/team/names.js does the same."""

from __future__ import annotations

import re
import unicodedata

SAME_SIGN = {
    "'": "`´‘’‚‛′ʹʻʼʽˈ＇‹›",
    '"': "“”„‟″«»＂",
    "-": "‐‑‒–—―−﹘﹣－",
}
"""Quotes and dashes that keyboards and phones write for one another: each stands for the one before it."""

_SIGNS = {ord(sign): one for one, signs in SAME_SIGN.items() for sign in signs}
_ACCENTS = re.compile("[\u0300-\u036f]")
"""The marks that stand on letters; those that are vowels of other scripts stay."""

DIGITS = 12
"""How long a number is compared by its value."""


def folded(text: str) -> str:
    """A text as it is compared: NFKC, without case, accents and format characters, quotes and dashes of one kind, one space between words.

    Case is folded by lower, upper and lower again, and a final sigma as any other, because JavaScript has no `casefold`.
    """
    one = unicodedata.normalize("NFKD", text.translate(_SIGNS))
    one = unicodedata.normalize("NFKD", one.lower().upper().lower().replace("ς", "σ"))
    one = unicodedata.normalize("NFKC", _ACCENTS.sub("", one).translate(_SIGNS))
    return " ".join("".join(sign for sign in one if unicodedata.category(sign) != "Cf").split())


def order(text: str) -> tuple[bytes, bytes]:
    """What texts are sorted by: as they are compared, 9 before 10, then as they are written; by UTF-16, as JavaScript sorts."""
    numbered = re.sub(r"[0-9]+", lambda number: number[0].rjust(DIGITS, "0"), folded(text))
    return numbered.encode("utf-16-be", "replace"), text.encode("utf-16-be", "replace")
