"""Where the words of each page are written: the file and line that a reader who wants to change them is led to."""

from __future__ import annotations

from generator.catalog.index import Catalog
from generator.catalog.site_page import OnePage
from generator.problems import Mark


def origin(catalog: Catalog, page: OnePage) -> Mark:
    """A page's record; else the file that its row names; else, for a page that is put together from many files, its template."""
    if record := page.subject.record:
        return catalog.place_of(record).mark(page.subject.field)
    return Mark(page.row.edited or page.row.template_file)
