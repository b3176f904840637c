"""What was read of pages, kept between builds under a hash of their bytes: after an edit, only the pages that it changed are parsed."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from pathlib import Path

from lxml import etree

from generator.output import folders
from generator.site.link_check import page_links
from generator.site.link_check.page_links import Page

FILE = "links.json"
"""What is kept, below build/."""


class KnownPages:
    """The pages of the last check, and those of this one, which alone are kept."""

    def __init__(self, build: Path) -> None:
        self.file = build / FILE
        self.reader = hashlib.sha256(Path(page_links.__file__).read_bytes() + repr(etree.LXML_VERSION).encode()).hexdigest()
        self.before = self._kept()
        self.now: dict[str, Page] = {}

    def page(self, content: bytes) -> Page:
        """What an HTML file holds, from its bytes."""
        key = hashlib.sha256(content).hexdigest()
        found = self.before.get(key) or page_links.page(content)
        self.now[key] = found
        return found

    def keep(self) -> None:
        """Keep what was read where it is other than before; where there is no room, it is read again the next time."""
        if self.now != self.before:
            value = {"reader": self.reader, "pages": {key: (page.anchors, page.ways, page.policy) for key, page in self.now.items()}}
            with suppress(OSError):
                folders.write(self.file, json.dumps(value, separators=(",", ":")).encode())

    def _kept(self) -> dict[str, Page]:
        """Nothing where the file is not there, damaged, or of another version of the reader."""
        with suppress(OSError, ValueError, LookupError, TypeError):
            kept = json.loads(self.file.read_bytes())
            if kept["reader"] == self.reader:
                return {key: Page(anchors, tuple(ways), policy) for key, (anchors, ways, policy) in kept["pages"].items()}
        return {}
