"""A handout as HTML: the one document that its PDF, Word and Excel files are made from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from generator.catalog.handout_list import STATUS, Handout, Shelf
from generator.catalog.index import Catalog
from generator.catalog.routes import Routes
from generator.forms.layout import parts
from generator.handouts.worker import FRONT_PAGES
from generator.model import ids
from generator.output.templates import COMPILED, compile_all, environment
from generator.project.settings import Settings
from generator.views import guide_parts, practices
from generator.views.shared.parts import Here, Item, items


class Printer:
    """Renders handouts as HTML; links go to the site's own address, so that paper leads back."""

    def __init__(self, root: Path, catalog: Catalog, routes: Routes, settings: Settings) -> None:
        self.catalog = catalog
        self.routes = routes
        self.settings = settings
        self.here = Here(catalog, routes, "", Shelf(catalog))
        self.subjects: dict[tuple[Any, str], dict[str, Any]] = {}
        self.environment = environment(root / "theme" / "print", root / COMPILED)
        compile_all(self.environment)

    def sheet(self, handout: Handout) -> str:
        """A handout by the template of its kind."""
        return self._render(f"{handout.kind}.html.jinja", handout, **self._subject(handout))

    def book(self, handout: Handout) -> str:
        """A handout as tables, each section a worksheet of its Excel file."""
        return self._render(f"{handout.kind}.book.jinja", handout, **self._subject(handout))

    def packet(self, handout: Handout, parts: list[tuple[Handout, int]]) -> tuple[str, ...]:
        """A packet's cover and contents, once for each number of pages that they may take."""
        texts = []
        for front in FRONT_PAGES:
            contents, page = [], front + 1
            for part, pages in parts:
                contents.append((self.title(part), page))
                page += pages
            texts.append(self._render("packet.html.jinja", handout, contents=contents))
        return tuple(texts)

    def numbers(self, count: int) -> str:
        """The numbers of a packet's pages, each on a page of its own."""
        return self.environment.get_template("page-numbers.html.jinja").render(count=count)

    def title(self, part: Handout) -> str:
        """What a packet calls one of its parts."""
        return f"{self.catalog.place(part.cell)}: {self.catalog.practices[ids.practice_of(part.cell)].title}"

    def _subject(self, handout: Handout) -> dict[str, Any]:
        """What the template shows; the handouts of one record share it."""
        view = _SUBJECTS[handout.kind]
        if (view, handout.about) not in self.subjects:
            self.subjects[view, handout.about] = view(self.here, handout)
        return self.subjects[view, handout.about]

    def _render(self, template: str, handout: Handout, **values: Any) -> str:
        # The paper leads to the form that can be filled in on screen; the form leads to the page.
        form = ids.reflection_id(handout.about)
        way = self.routes.address(form if form in self.routes else handout.about)
        site = self.settings.address
        return self.environment.get_template(template).render(
            edition=self.catalog.edition,
            handout=handout,
            paper=self.settings.paper,
            site=site,
            site_short=_short(site),
            url=site + way,
            short=_short(site + way),
            STATUS=STATUS,
            **{"domain": "", **values},
        )


def _short(address: str) -> str:
    """An address as people type it."""
    found = urlsplit(address)
    return f"{found.netloc}{found.path}{'#' if found.fragment else ''}{found.fragment}"


def _cell(here: Here, handout: Handout) -> dict[str, Any]:
    view = practices.cell(here, here.catalog.cells[handout.cell])
    at = f"at the {view.level.title.lower()} level" if view.level else "overview"
    return {"cell": view, "at": at, "domain": view.domain.id, "widths": _widths([column.statements for column in view.columns])}


LEAST = 22
"""The width in percent that a column has at least."""


def _widths(columns: list[tuple[Item, ...]]) -> list[float]:
    """The widths of columns in percent: who has more to say gets more room."""
    needs = [max(1, sum(len(text) for item in _flat(column) for text in item.said)) ** 0.8 for column in columns]
    spare = 100 - LEAST * len(needs)
    return [round(LEAST + spare * need / sum(needs), 1) for need in needs]


def _flat(found: tuple[Item, ...]) -> Iterator[Item]:
    for item in found:
        yield item
        yield from _flat(item.points)


def _future_states(here: Here, handout: Handout) -> dict[str, Any]:
    view = guide_parts.section(here, here.catalog.companions.sections_of[handout.cell])
    return {"section": view, "at": f"at the {view.level.title.lower()} level", "domain": view.domain.id}


def _coaching(here: Here, handout: Handout) -> dict[str, Any]:
    sets = zip(here.catalog.companions.coaching.sets, guide_parts.coaching(here), strict=True)
    return {"coached": next(view for record, view in sets if record.id == handout.about), "levels": here.catalog.levels}


def _rubric(here: Here, handout: Handout) -> dict[str, Any]:
    record = here.catalog.companions.rubric
    return {
        "domains": guide_parts.rubric(here),
        "introduction": items(here, record.introduction),
        "levels": [(level.id, level.title) for level in record.levels],
        "closing": record.closing,
    }


def _form(here: Here, handout: Handout) -> dict[str, Any]:
    form = here.catalog.companions.forms[handout.about]
    return {"form": form, "parts": parts(form, here.catalog.practices)}


_SUBJECTS: Mapping[str, Callable[[Here, Handout], dict[str, Any]]] = {
    "practice": _cell,
    "touch-points": _cell,
    "reflection": _cell,
    "future-states": _future_states,
    "coaching": _coaching,
    "self-reflection": _rubric,
    "planning-template": _form,
    "fishbone": _form,
    "form": _form,
}
"""What the template of each kind shows."""
