"""What is told of an office file in which no blank can be found: that it is none of ours, or that a program took our blanks away."""

from __future__ import annotations

from collections.abc import Collection

from generator.collecting.readers import UnreadableError
from generator.collecting.readers.package import Package
from generator.collecting.readers.session import Known


def lost(package: Package, known: Known, texts: Collection[str]) -> UnreadableError:
    """`texts` are all that is written in the file."""
    if not known.mentioned(texts) and not (known.printed and known.printed.has(package.title)):
        return UnreadableError("not-ours", "it is no handout of this site", "collect what was filled in on the site, or on its handouts")
    return UnreadableError(
        "lost-blanks",
        f"it is a handout of this site, but its blanks were lost when {package.program or 'another program'} saved it",
        "fill in the PDF, or the form on the site; what is written in this file has to be copied by hand",
    )
