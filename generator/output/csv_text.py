"""CSV as every spreadsheet reads it, where no text is taken for a formula; theme/assets/base/files.js keeps the same rules in the browser."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

_LIKE_A_FORMULA = re.compile(r"[\t\r\n]|\s*['=+\-@＝＋－＠]")
_LIKE_ONE_INSIDE = re.compile(r"""([;\t\r\n])(?=["\s]*[=+\-@＝＋－＠])""")
"""Where a spreadsheet that takes semicolons or tabs for separators begins a cell."""


def written(rows: Iterable[Iterable[str]], *, any_separator: bool = False) -> bytes:
    """UTF-8 with the mark that Excel asks for, lines as RFC 4180 has them.

    Where a text begins as a formula would, or with an apostrophe, an apostrophe of ours stands before it. With `any_separator`, for texts that
    we do not know, so too inside a text where another separator than the comma would begin a cell.
    """
    text = io.StringIO()
    csv.writer(text).writerows([_safe(_LIKE_ONE_INSIDE.sub(r"\1'", cell) if any_separator else cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _safe(cell: str) -> str:
    return f"'{cell}" if _LIKE_A_FORMULA.match(cell) else cell
