"""A handout's PDF: tagged, with form fields, each page filled and none overfull."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from math import inf
from typing import Any

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from generator.handouts import pdf_fields
from generator.output import qr_codes

CLOSER = ("", "pb-closer", "pb-closest")
"""What is tried in turn until a section for one page fits on it."""

SLACK = 4.0
"""CSS pixels that stay free at the foot of a page, for roundings."""


POOR = 0.4
"""A last page that is filled less than this is better saved."""

SHARES = (1.0, 0.6, 0.3)
"""How much of a page's room is shared out: less, where a page would run over."""

MOST = 90.0
"""CSS pixels by which a text area grows at most in a handout of several pages."""


@dataclass(frozen=True)
class Typeset:
    """A finished PDF and the number of its pages."""

    content: bytes
    pages: int


def typeset(html: str, style: str, base: str) -> Typeset:
    """The HTML of a handout as PDF; `base` is the address that its pictures are relative to."""
    source = HTML(string=html, base_url=base, url_fetcher=_Pictures(allowed_protocols={"file"}))
    document = _render(source, style, base)
    for setting in CLOSER[1:]:
        overfull = [element for element, pages in _sections(document, "pb-wide").items() if len(pages) > 1]
        if not overfull:
            break
        for element in overfull:
            element.set("class", f"{element.get('class')} {setting}")
        document = _render(source, style, base)
    document = _without_a_poor_end(source, style, base, document)
    for share in SHARES:
        if not _share_room(document, share):
            break
        filled = _render(source, style, base)
        if len(filled.pages) == len(document.pages):
            document = filled
            break
    return Typeset(pdf_fields.put_in_order(document.write_pdf(pdf_variant="pdf/ua-1", pdf_forms=True)), len(document.pages))


class _Pictures(URLFetcher):  # type: ignore[misc]
    """Reads the theme's pictures, and draws a QR code for an address such as 'qr:https://example.org/'; nothing comes over the network."""

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """A picture by its address."""
        if not url.startswith(qr_codes.SCHEME):
            return super().fetch(url, headers)
        return URLFetcherResponse(url, qr_codes.drawn(url, "svg", omitsize=True), {"Content-Type": "image/svg+xml"})


@cache
def _style(style: str, base: str) -> tuple[FontConfiguration, CSS]:
    """Read once in each process; all handouts share it."""
    fonts = FontConfiguration()
    # As on the site, where the sheet stands among the assets.
    return fonts, CSS(string=style, base_url=f"{base}assets/", font_config=fonts)


def _render(source: HTML, style: str, base: str) -> Any:
    fonts, sheet = _style(style, base)
    return source.render(stylesheets=[sheet], font_config=fonts, pdf_forms=True)


def _sections(document: Any, name: str) -> dict[Any, list[tuple[Any, Any]]]:
    """Each element of this class to its boxes, page by page: [(page, box), …]."""
    found: dict[Any, list[tuple[Any, Any]]] = defaultdict(list)
    for page in document.pages:
        for box in page._page_box.descendants():
            if box.element is not None and not box.element_tag.endswith(("::before", "::after")) and name in box.element.get("class", "").split():
                found[box.element].append((page._page_box, box))
    return found


def _without_a_poor_end(source: HTML, style: str, base: str, document: Any) -> Any:
    """Where little is left for the last page, the same with smaller text areas, if that saves the page."""
    sections = [(element, boxes) for element, boxes in _sections(document, "pb-grow").items() if len(boxes) > 1]
    poor = [element for element, boxes in sections if _bottom(boxes[-1][1]) < POOR * boxes[-1][0].height]
    for element in poor:
        element.set("class", f"{element.get('class')} pb-spare")
    closer = _render(source, style, base) if poor else document
    if len(closer.pages) < len(document.pages):
        return closer
    for element in poor:
        element.set("class", element.get("class").removesuffix(" pb-spare"))
    return document


def _bottom(section: Any) -> float:
    """Where the drawn part of a section ends on its page; a box that goes on overleaf reaches to the foot of the page, so it does not count."""
    return max((box.position_y + box.margin_height() for box in section.descendants() if not getattr(box, "children", ())), default=0.0)


def _share_room(document: Any, share: float) -> bool:
    """Share out a part of what each page of a section has left among its text areas; whether there was any."""
    shared = False
    for boxes in _sections(document, "pb-grow").values():
        most = inf if len(boxes) == 1 else MOST
        for page, section in boxes:
            areas = [box for box in section.descendants() if box.element_tag == "textarea"]
            room = share * (page.content_box_y() + page.height - _bottom(section) - SLACK)
            if areas and room > 0:
                for box in areas:
                    box.element.set("style", f"height: {box.border_height() + min(room / len(areas), most):.2f}px")
                shared = True
    return shared
