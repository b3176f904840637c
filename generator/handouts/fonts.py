"""The fonts of the handouts: Source Sans out of its package, cut down to the characters of European languages."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources
from io import BytesIO

from generator.handouts import HandoutError

FACES = {"Regular": (400, "normal"), "Semibold": (600, "normal"), "Bold": (700, "normal"), "It": (400, "italic")}
"""The part of a face's file name to its weight and style."""

CHARACTERS = (range(0x20, 0x7F), range(0xA0, 0x250), range(0x2010, 0x2028), range(0x2030, 0x203B), (0x20AC, 0x2122, 0x2190, 0x2192, 0x2260))
"""Latin with its accents, punctuation, and the signs that texts use. A field holds its whole font, so the fonts are kept small."""


def originals() -> dict[str, bytes]:
    """Each face's name to its font file as the package brings it."""
    try:
        folder = resources.files("font_source_sans_pro") / "files"
        return {face: (folder / f"SourceSansPro-{face}.ttf").read_bytes() for face in FACES}
    except (ModuleNotFoundError, FileNotFoundError) as error:
        hint = "hint: run ./setup.sh site, which installs the package font-source-sans-pro"
        raise HandoutError(f"the font Source Sans Pro is missing: {error}\n{hint}") from error


def cut(content: bytes) -> bytes:
    """A font file with only these characters."""
    # Takes long to load, and is seldom needed.
    from fontTools import subset
    from fontTools.ttLib import TTFont

    font = TTFont(BytesIO(content), recalcTimestamp=False)
    options = subset.Options(layout_features=["kern"], notdef_outline=True)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[code for part in CHARACTERS for code in part])
    cutter.subset(font)
    out = BytesIO()
    font.save(out)
    return out.getvalue()


def rules(addresses: Mapping[str, str]) -> str:
    """The style rules that name the faces; `addresses` says where the file of each is."""
    return "\n".join(
        f'@font-face {{ font-family: "Source Sans"; font-weight: {weight}; font-style: {style}; src: url("{addresses[face]}"); }}'
        for face, (weight, style) in FACES.items()
    )
