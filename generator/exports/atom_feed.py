"""The editions as an Atom feed, for those who want to be told of a new one."""

from __future__ import annotations

from xml.etree import ElementTree

from generator.catalog.index import Catalog
from generator.catalog.routes import FEED, PAGES, edition_anchor
from generator.project.settings import Settings

ATOM = "http://www.w3.org/2005/Atom"


def feed(catalog: Catalog, settings: Settings) -> bytes:
    """The feed; its entries have the addresses of the editions for ids, the newest first."""
    page = settings.address + PAGES["whats-new"]
    root = ElementTree.Element("feed", xmlns=ATOM)
    _texts(root, id=page, title=f"{settings.name}: what is new", updated=_moment(catalog.edition.date))
    ElementTree.SubElement(root, "link", rel="self", type="application/atom+xml", href=settings.address + FEED)
    ElementTree.SubElement(root, "link", rel="alternate", type="text/html", href=page)
    _texts(ElementTree.SubElement(root, "author"), name=settings.name)
    for released in catalog.released:
        address = f"{page}#{edition_anchor(released.version)}"
        entry = ElementTree.SubElement(root, "entry")
        _texts(entry, id=address, title=f"Version {released.version}", updated=_moment(released.date), summary=released.summary)
        ElementTree.SubElement(entry, "link", rel="alternate", type="text/html", href=address)
    ElementTree.indent(root)
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _texts(parent: ElementTree.Element, **texts: str) -> None:
    for name, text in texts.items():
        ElementTree.SubElement(parent, name).text = text


def _moment(date: str) -> str:
    """A day as Atom wants it: with a time, which nobody kept."""
    return f"{date}T00:00:00Z"
