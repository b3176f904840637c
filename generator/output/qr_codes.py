"""The codes to scan that lead from paper back to a page; templates ask for one by a picture's address, 'qr:https://example.org/'."""

from __future__ import annotations

from io import BytesIO

import segno

SCHEME = "qr:"


def drawn(picture: str, kind: str, **look: object) -> BytesIO:
    """The code for such an address, as a picture of some kind (svg, png)."""
    out = BytesIO()
    segno.make(picture.removeprefix(SCHEME), error="m", boost_error=False).save(out, kind=kind, border=0, **look)
    out.seek(0)
    return out
