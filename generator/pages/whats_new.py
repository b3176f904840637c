"""The pages of what was: what is new in each edition, and one at the old address of each page that is no longer here."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalog.routes import relative
from generator.catalog.site_page import OnePage
from generator.model.history import Retired
from generator.pages.renderer import Page, Writer
from generator.views.shared.retired import editions, gone_page


def pages(writer: Writer) -> Iterator[Page]:
    """The page of what is new, then the retired ones."""
    yield writer.page(
        "whats-new",
        editions=editions,
    )
    for page in writer.routes.pages:
        if isinstance(page.subject.record, Retired):
            yield _retired(writer, page, page.subject.record)


def _retired(writer: Writer, page: OnePage, retired: Retired) -> Page:
    """Leads on to what took its place; where nothing did, says why."""
    return writer.render(
        page,
        gone=lambda here: gone_page(here, retired),
        moved=_moved(writer, page.address, retired.replaced_by) if retired.replaced_by else None,
    )


def _moved(writer: Writer, page: str, to: str) -> dict[str, str]:
    """Where a browser goes on to, from a folder too, and the address that search engines shall keep."""
    target, mark, anchor = writer.routes.address(to).partition("#")
    return {"refresh": f"{relative(page, '')}{target}index.html{mark}{anchor}", "canonical": writer.settings.address + target}
