"""Every page of the site: each row of the table of pages with its view and its template."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.exports import search_entries
from generator.exports.csv_tables import Table
from generator.external_links import addresses
from generator.pages.renderer import Page, Writer
from generator.project.settings import PAPERS
from generator.views.page_views.page_context import DataFile, Inputs


def pages(writer: Writer, size: int, tables: Sequence[Table]) -> Iterator[Page]:
    """All pages in the order of the table; `size` is that of playbook.json, `tables` hold the same as CSV."""
    inputs = Inputs(
        prose=writer.prose,
        forms=writer.forms,
        paper=PAPERS[writer.settings.paper],
        address=writer.settings.address,
        outside=addresses.find(writer.catalog, writer.routes, writer.prose.values()),
        json_size=size,
        tables=tuple(DataFile(table.file, table.about, table.rows, len(table.content)) for table in tables),
        found_as={entry.url: entry.title for entry in search_entries.entries(writer.catalog, writer.routes)},
    )
    for page in writer.routes.pages:
        yield writer.page(page, inputs)
