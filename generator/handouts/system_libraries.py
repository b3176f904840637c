"""What the machine brings that decides over the bytes of a handout: a file's name depends on it, and a release lists it."""

from __future__ import annotations

import ctypes
import platform
import sys
import zlib
from contextlib import suppress
from functools import cache

PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
"""The system's libraries that WeasyPrint needs, as Debian names their packages."""


@cache
def versions() -> dict[str, str]:
    """Each library to its version, 'missing' where it is not there; what cuts the fonts down is named by its maker."""
    pango, harfbuzz, fontconfig = (_loaded(name) for name in ("libpango-1.0.so.0", "libharfbuzz.so.0", "libfontconfig.so.1"))
    return {
        "Pango": _said(pango, "pango_version_string"),
        "HarfBuzz": _said(harfbuzz, "hb_version_string"),
        # WeasyPrint takes another one silently.
        "font subsetter": "HarfBuzz" if _loaded("libharfbuzz-subset.so.0") else "fontTools",
        "fontconfig": str(fontconfig.FcGetVersion()) if fontconfig else "missing",
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        "Python": platform.python_version(),
    }


def _loaded(name: str) -> ctypes.CDLL | None:
    stem, _, number = name.partition(".so.")
    with suppress(OSError):
        return ctypes.CDLL(f"{stem}.{number}.dylib" if sys.platform == "darwin" else name)
    return None


def _said(library: ctypes.CDLL | None, function: str) -> str:
    """What a function without arguments returns as text."""
    if library is None:
        return "missing"
    ask = getattr(library, function)
    ask.restype = ctypes.c_char_p
    return bytes(ask()).decode()
