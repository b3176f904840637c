"""How to cite a page: a reference for the site, and one for each original that it is made from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from generator.catalog.index import PLAYBOOK, Catalog
from generator.catalog.routes import Routes
from generator.model import playbook
from generator.project.settings import Settings


@dataclass(frozen=True)
class Citation:
    """Two kinds of references in the style of the American Psychological Association, as plain text; the site's ends with the address."""

    site: str
    address: str
    originals: tuple[str, ...]


class Citations:
    """Knows which printed pages of which documents stand on each page of the site."""

    def __init__(self, catalog: Catalog, routes: Routes, settings: Settings) -> None:
        self._catalog = catalog
        self._settings = settings
        self._printed: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        for name, record in catalog.all_carriers():
            if name not in catalog.documents:
                for source in record.sources:
                    self._printed[routes.page(name)][catalog.document_of[source]].update(catalog.pages(record))

    def of(self, page: str, title: str) -> Citation:
        """The references for a page; one without items of its own cites the playbook as a whole."""
        edition, settings = self._catalog.edition, self._settings
        printed = self._printed.get(page) or {PLAYBOOK: set()}
        day = date.fromisoformat(edition.date)
        when = f"{day.year}, {day:%B} {day.day}"
        return Citation(
            site=f"{title}. ({when}). In {settings.name} (version {edition.version}).",
            address=settings.address + page,
            originals=tuple(original(document, printed[name]) for name, document in self._catalog.documents.items() if name in printed),
        )


def original(document: playbook.Document, printed: Iterable[int] = ()) -> str:
    """'McCauley, C., & Cashman, J. (2018). The Engagement Playbook (p. 4). Center on School Turnaround at WestEd. ERIC ED584115.'"""
    people = [_inverted(author) for author in document.authors]
    publisher = document.publisher or ""
    authors = f"{', '.join(people[:-1])}, & {people[-1]}" if len(people) > 1 else "".join(people) or f"{publisher}."
    title = f"{document.title} ({_pages(printed)})" if printed else document.title
    parts = (f"{authors} ({document.year or 'n.d.'})", title, publisher if people else "", document.identifier or "", document.url or "")
    return ". ".join(part for part in parts if part) + "."


def _inverted(name: str) -> str:
    """'Carlas McCauley' to 'McCauley, C.'"""
    *given, family = name.split()
    return f"{family}, {' '.join(f'{word[0]}.' for word in given)}"


def _pages(numbers: Iterable[int]) -> str:
    """{4, 7} to 'pp. 4, 7'; pages in a row become a range."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    said = [f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
    return ("p. " if len(said) == 1 and len(runs[0]) == 1 else "pp. ") + ", ".join(said)
