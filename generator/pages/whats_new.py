"""The pages of what was: what is new in each edition, and one at the old address of each page that is no longer here."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalog.routes import answering, relative
from generator.model.history import Retired
from generator.pages import descriptions
from generator.pages.renderer import Page, Writer, shortened
from generator.views.shared.retired import editions, gone_page


def pages(writer: Writer) -> Iterator[Page]:
    """The page of what is new, then the retired ones."""
    yield writer.fixed_page(
        "whats-new",
        "What is new",
        "whats-new.md.jinja",
        editions=editions,
    )
    for retired in writer.catalog.retired.values():
        for address in retired.addresses:
            if "#" not in address:
                yield _retired(writer, retired, answering(address))


def _retired(writer: Writer, retired: Retired, page: str) -> Page:
    """Leads on to what took its place; where nothing did, says why."""
    return writer.page(
        page,
        f"No longer here: {shortened(retired.was, 80)}",
        "retired.md.jinja",
        descriptions.retired(retired),
        gone=lambda here: gone_page(here, retired),
        moved=_moved(writer, page, retired.replaced_by) if retired.replaced_by else None,
    )


def _moved(writer: Writer, page: str, to: str) -> dict[str, str]:
    """Where a browser goes on to, from a folder too, and the address that search engines shall keep."""
    target, mark, anchor = writer.routes.address(to).partition("#")
    return {"refresh": f"{relative(page, '')}{target}index.html{mark}{anchor}", "canonical": writer.settings.address + target}
