"""What a page of the site is: a row of the table in `page_table`, and each single page that a row makes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial

from generator.catalog.index import Catalog
from generator.model.playbook import Record

Words = Mapping[str, object]
"""What stands for the names in braces of a row's texts."""


@dataclass(frozen=True)
class Subject:
    """What one page is about: `id` is how links name it ('' where none may), `path` fills the braces of the row's address."""

    id: str
    path: str
    words: Callable[[], Words]
    """Only asked for when the page is made: an edition with errors may lack what they need."""
    under: str = ""
    """The id of the page that it is under in the menu."""
    record: Record | None = None
    field: str = ""
    """The field of the record that the page shows, where it does not show the whole record."""


@dataclass(frozen=True)
class SearchWords:
    """What the search shows of a page, and other names that people type for it."""

    text: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SitePage:
    """One page, or one page for each record of a kind. Names in braces in its texts are filled in from the subject's words."""

    key: str
    """How templates and hand-written pages link to it: to['how-to-use'], @how-to-use."""
    address: str
    """From the site's root; '{}' stands for the record."""
    title: str
    description: str
    """What search engines and shared links show: one or two sentences of our own."""
    template: str
    """The name of its template: 'tool' of theme/pages/tool.md.jinja."""
    view: str
    """What the template shows: 'tool_pages:ToolView' of generator/views/page_views/."""
    entry: str = ""
    """The entry of the menu that holds it; '' where the menu does not show it."""
    label: str = ""
    """What the menu calls it, where that is not its title."""
    search: SearchWords | None = None
    """None where `exports.search_entries` makes the entry from the records of the page."""
    edited: str = ""
    """The file with its words, where it is neither that of the subject's record nor the template."""
    subjects: Callable[[Catalog], Iterable[Subject]] | None = None
    """None for a page that is no record's own."""

    @property
    def of_records(self) -> bool:
        """Whether it makes a page for each record of a kind."""
        return "{" in self.address

    @property
    def template_file(self) -> str:
        """Its template from the project's root."""
        return f"theme/pages/{self.template}.md.jinja"

    @property
    def summary(self) -> str:
        """One line on what is there, for lists of pages."""
        return self.search.text if self.search else self.description

    def pages(self, catalog: Catalog) -> Iterator[OnePage]:
        """The pages of this row."""
        subjects = self.subjects(catalog) if self.subjects else (Subject(self.key, "", partial(totals, catalog)),)
        for subject in subjects:
            yield OnePage(self, subject)


@dataclass(frozen=True)
class OnePage:
    """A single page of the site."""

    row: SitePage
    subject: Subject

    @property
    def id(self) -> str:
        """How links name it: 'your-brand'; '' where none may."""
        return self.subject.id

    @property
    def under(self) -> str:
        """The id of the page that it is under in the menu; '' for those at its top, and those that are not in it."""
        return self.subject.under or (self.row.entry if self.row.entry != self.row.key else "")

    @cached_property
    def address(self) -> str:
        """From the site's root: 'tools/your-brand/'; '' is the home page."""
        return self.row.address.format(self.subject.path)

    @cached_property
    def _words(self) -> Words:
        return self.subject.words()

    @property
    def title(self) -> str:
        """As its head and the search show it."""
        return self.row.title.format_map(self._words)

    @property
    def label(self) -> str:
        """As the menu shows it."""
        return (self.row.label or self.row.title).format_map(self._words)

    @property
    def description(self) -> str:
        """What search engines and shared links show of it."""
        return self.row.description.format_map(self._words)

    @property
    def summary(self) -> str:
        """One line on what is there."""
        return self.row.summary.format_map(self._words)


def totals(catalog: Catalog) -> Words:
    """How much the edition holds, for pages that are no record's own."""
    found = catalog.companions
    return {
        "domains": listed(domain.title for domain in catalog.domains.values()),
        "habits": listed(column.title for column in catalog.columns.values()),
        "questions": sum(len(cell.questions) for cell in catalog.cells.values()),
        "tools": len(catalog.tools),
        "resources": len(catalog.resources),
        "terms": len(catalog.terms),
        "coaching": len(found.coaching_items),
        "elements": len(found.elements),
        "forms": listed(form.title for form in found.forms.values()),
    }


def listed(names: Iterable[str]) -> str:
    """'one, two and three'."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def shortened(text: str, longest: int) -> str:
    """A text of at most so many letters, cut between words."""
    return text if len(text) <= longest else text[: longest - 1].rsplit(" ", 1)[0].rstrip(",.;:") + "…"
