"""Every page of the site: a row for each page that is no record's own, and one for each kind of record that has pages.

Whatever needs a list of pages reads this table: addresses, menu, descriptions, search, the file that holds a page's words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from generator.catalog.index import Catalog
from generator.catalog.site_page import OnePage, SearchWords, SitePage, Subject, Words, listed, shortened
from generator.model import guides, ids, playbook


def _domains(catalog: Catalog) -> Iterator[Subject]:
    for domain in catalog.domains.values():
        yield Subject(domain.id, domain.slug, partial(_domain_words, catalog, domain), "domains", domain)


def _domain_words(catalog: Catalog, domain: playbook.Domain) -> Words:
    practices = listed(f"{ids.code(practice.id)} {practice.title}" for practice in catalog.practices_of[domain.id])
    return {"number": ids.domain_number(domain.id), "record": domain, "practices": practices}


def _practices(catalog: Catalog) -> Iterator[Subject]:
    for practice in catalog.practices.values():
        yield Subject(practice.id, practice.id, partial(_cell_words, catalog, practice.cells), practice.domain, practice)


def _cells(catalog: Catalog) -> Iterator[Subject]:
    """The overviews are on the pages of their practices."""
    for cell in catalog.cells.values():
        if ids.level_of(cell.id):
            yield Subject(cell.id, ids.as_path(cell.id), partial(_cell_words, catalog, (cell,)), ids.practice_of(cell.id), cell)


def _reflections(catalog: Catalog) -> Iterator[Subject]:
    for cell in catalog.cells.values():
        words = partial(_cell_words, catalog, (cell,))
        yield Subject(ids.reflection_id(cell.id), ids.as_path(cell.id), words, "reflect", cell, "questions")


def _cell_words(catalog: Catalog, cells: tuple[playbook.Cell, ...]) -> Words:
    """Of one cell, or of all cells of a practice."""
    first = cells[0].id
    practice, level = catalog.practices[ids.practice_of(first)], catalog.levels.get(ids.level_of(first) or "")
    return {
        "code": ids.code(practice.id),
        "practice": practice.title,
        "place": catalog.place(first),
        "level": level.title if level else "",
        "level_teams": level.title.lower() if level else "",
        "held": _held(catalog, cells),
    }


def _held(catalog: Catalog, cells: Iterable[playbook.Cell]) -> str:
    """'6 touch points, 3 tools, 4 questions'; a tool that is used twice counts once."""
    cells = tuple(cells)
    numbers = {
        "touch point": sum(len(catalog.touch_points(cell)) for cell in cells),
        "tool": len({use.tool for cell in cells for use in cell.tool_uses()}),
        "question": sum(len(cell.questions) for cell in cells),
    }
    return ", ".join(f"{number} {one}{'' if number == 1 else 's'}" for one, number in numbers.items() if number)


def _levels(catalog: Catalog) -> Iterator[Subject]:
    for level in catalog.levels.values():
        yield Subject(level.id, level.id, partial(dict, record=level, lower=level.title.lower()), "levels", level)


def _habits(catalog: Catalog) -> Iterator[Subject]:
    for column in catalog.columns.values():
        yield Subject(column.id, column.id, partial(dict, record=column), "habits", column)


def _tools(catalog: Catalog) -> Iterator[Subject]:
    for tool in catalog.tools.values():
        yield Subject(tool.id, tool.id, partial(dict, record=tool), "tools", tool)


def _steps(catalog: Catalog) -> Iterator[Subject]:
    for step in catalog.companions.cycle.steps:
        yield Subject(step.id, step.id, partial(dict, record=step, purpose=" ".join(step.purpose.said)), "cycle", step)


def _forms(catalog: Catalog) -> Iterator[Subject]:
    for form in catalog.companions.forms.values():
        yield Subject(form.id, form.id, partial(dict, record=form), "forms", form)


def _sections(catalog: Catalog) -> Iterator[Subject]:
    for section in catalog.companions.sections:
        words = partial(_section_words, catalog, section)
        yield Subject(ids.section_id(section.cell), ids.as_path(section.cell), words, "leadership", section)


def _section_words(catalog: Catalog, section: guides.LeadershipSection) -> Words:
    practice = catalog.practices[ids.practice_of(section.cell)]
    return {"states": len(section.future_states), "place": catalog.place(section.cell), "practice": practice.title}


def _whats_new(catalog: Catalog) -> Iterator[Subject]:
    newest = catalog.released[0] if catalog.released else None
    yield Subject("whats-new", "", dict, record=newest, field="summary")


def _retired(catalog: Catalog) -> Iterator[Subject]:
    """The pages that were; what stood on a page that is still there has none."""
    for retired in catalog.retired.values():
        for address in retired.addresses:
            if "#" not in address:
                yield Subject("", answering(address), partial(dict, record=retired, was=shortened(retired.was, 80)), "", retired)


def answering(address: str) -> str:
    """What answers at a retired address: itself, but for a file the page in a folder of its name ('handouts/x.pdf/')."""
    return address if "#" in address or address.endswith("/") else f"{address}/"


SITE_PAGES = (
    SitePage(
        key="home",
        address="",
        title="Home",
        description="Twelve practices to turn a school around, for school, district and state teams: what to do together, tools, questions to ask.",
        template="home",
        view="front_pages:HomeView",
        edited="content/home.md",
    ),
    SitePage(
        key="search",
        address="search/",
        title="Search",
        description=(
            "Find touch points, tools and questions for school improvement in your own words. The search runs in your browser and sends nothing."
        ),
        template="search",
        view="front_pages:SearchView",
    ),
    # ---- Practices ----
    SitePage(
        key="practices",
        address="practices/",
        title="Practices",
        description="The twelve practices of the Four Domains for Rapid School Improvement, each for school, district and state.",
        template="practices",
        view="practice_pages:PracticesView",
        entry="practices",
        search=SearchWords("The twelve practices of the four domains."),
    ),
    SitePage(
        key="matrix",
        address="matrix/",
        title="Map of practices",
        description=(
            "The twelve practices by overview, school, district and state on one screen: how many touch points, tools and questions each holds."
        ),
        template="matrix",
        view="front_pages:MatrixView",
        entry="practices",
        search=SearchWords("Twelve practices by level on one screen, with what each holds.", ("matrix", "overview table", "grid")),
    ),
    SitePage(
        key="browse",
        address="browse/",
        title="All items",
        description="Every touch point, tool use, question, strategy and coaching item in one list: choose by practice, level, habit, kind or tool.",
        template="browse",
        view="front_pages:BrowseView",
        entry="practices",
        search=SearchWords("Every single item, to choose by practice, level, habit, kind or tool.", ("browse", "filter")),
    ),
    SitePage(
        key="levels",
        address="levels/",
        title="Levels",
        description="What the playbook asks of a school, a district and a state: pick the level at which you work.",
        template="levels",
        view="practice_pages:LevelsView",
        entry="practices",
        search=SearchWords("School, district and state."),
        edited="data/playbook.yml",
    ),
    SitePage(
        key="level",
        address="levels/{}/",
        title="{record.title} level",
        description="All twelve practices at the {lower} level, with their tools and handouts. {record.purpose}",
        template="level",
        view="practice_pages:LevelView",
        label="{record.title}",
        subjects=_levels,
    ),
    SitePage(
        key="habits",
        address="habits/",
        title="Habits",
        description="The three habits of Leading by Convening, how to bring people along: {habits}.",
        template="habits",
        view="practice_pages:HabitsView",
        entry="practices",
        search=SearchWords("The three habits of Leading by Convening: how to bring people along."),
        edited="data/playbook.yml",
    ),
    SitePage(
        key="habit",
        address="habits/{}/",
        title="{record.title}",
        description="{record.title}, in all twelve practices and at every level. {record.purpose}",
        template="habit",
        view="practice_pages:HabitView",
        subjects=_habits,
    ),
    SitePage(
        key="domains",
        address="domains/",
        title="Domains",
        description="The four domains of rapid school improvement: {domains}.",
        template="domains",
        view="practice_pages:DomainsView",
        entry="practices",
        search=SearchWords("The four domains: what to change."),
        edited="data/domains.yml",
    ),
    SitePage(
        key="domain",
        address="domains/{}/",
        title="Domain {number}: {record.title}",
        description="{record.title}: {practices}.",
        template="domain",
        view="practice_pages:DomainView",
        label="{number} {record.title}",
        subjects=_domains,
    ),
    SitePage(
        key="practice",
        address="practices/{}/",
        title="{code} {practice}",
        description="{code} {practice}: what school, district and state are asked, side by side. {held}.",
        template="practice",
        view="practice_pages:PracticeView",
        subjects=_practices,
    ),
    SitePage(
        key="cell",
        address="practices/{}/",
        title="{place}: {practice}",
        description="What {level_teams} teams can do and ask together: {held}. {code} {practice}.",
        template="cell",
        view="practice_pages:CellView",
        label="{level}",
        subjects=_cells,
    ),
    # ---- Tools & questions ----
    SitePage(
        key="tools",
        address="tools/",
        title="Tools",
        description="{tools} tools for engaging people in school improvement: what each is for, where it is used, the original, an archived copy.",
        template="tools",
        view="tool_pages:ToolsView",
        entry="tools",
        search=SearchWords("All tools that the playbook points to."),
        edited="data/tools.yml",
    ),
    SitePage(
        key="tool",
        address="tools/{}/",
        title="{record.title}",
        description="{record.title} ({record.type}): {record.purpose}",
        template="tool",
        view="tool_pages:ToolView",
        subjects=_tools,
    ),
    SitePage(
        key="questions",
        address="questions/",
        title="Reflection questions",
        description="{questions} questions for a school, district or state leadership team to reflect on, by practice and level.",
        template="questions",
        view="tool_pages:QuestionsView",
        entry="tools",
        label="Questions",
        search=SearchWords("All questions to reflect on, by practice and level.", ("discussion questions",)),
    ),
    SitePage(
        key="links",
        address="links/",
        title="Links",
        description="Which of the outside addresses on this site still open: each with its last check, an archived copy and what uses it.",
        template="links",
        view="tool_pages:LinksView",
        entry="tools",
        search=SearchWords("Which outside addresses still open, and their archived copies.", ("dead links", "broken links")),
    ),
    SitePage(
        key="resources",
        address="resources/",
        title="Resources",
        description="{resources} documents and pages that The Engagement Playbook sends its readers to: what each is for, and an archived copy.",
        template="resources",
        view="tool_pages:ResourcesView",
        entry="tools",
        search=SearchWords("Whole documents and pages that the playbook sends readers to."),
        edited="data/resources.yml",
    ),
    # ---- Handouts & sessions ----
    SitePage(
        key="handouts",
        address="handouts/",
        title="Handouts",
        description=(
            "Handouts for school improvement meetings: touch point and reflection sheets, packets, coaching questions, forms; PDF, Word, Excel."
        ),
        template="handouts",
        view="session_pages:HandoutsView",
        entry="handouts",
        search=SearchWords(
            "Sheets to print, fill out or change: touch points, questions, coaching, forms, packets.",
            ("worksheets", "printables", "PDF", "packets", "reflection sheet", "touch point sheet"),
        ),
    ),
    SitePage(
        key="compose",
        address="compose/",
        title="Plan a session",
        description=(
            "Make a handout and a session plan of your own: choose items, order them, set room to write and minutes, print, share by address."
        ),
        template="compose",
        view="session_pages:ComposeView",
        entry="handouts",
        search=SearchWords(
            "Choose items, order them, set room to write and minutes, and print a handout and a session plan.",
            ("make your own handout", "compose", "agenda"),
        ),
    ),
    # ---- Take stock ----
    SitePage(
        key="reflect",
        address="reflect/",
        title="Reflect",
        description="Forms to fill out online, alone or with a team: touch points, questions, next steps. What you write stays in your browser.",
        template="sessions",
        view="session_pages:SessionsView",
        entry="reflect",
        search=SearchWords("Forms to fill out online, saved in your browser.", ("my answers", "saved sessions")),
    ),
    SitePage(
        key="reflection",
        address="reflect/{}/",
        title="{place}: reflect",
        description="Fill out online, alone or together: {held} and next steps. {place}, {practice}.",
        template="reflect",
        view="session_pages:ReflectView",
        subjects=_reflections,
    ),
    SitePage(
        key="lea-self-reflection",
        address="self-reflection/lea/",
        title="LEA self-reflection",
        description="{elements} elements in which a district looks at how it supports school improvement, each described at four levels.",
        template="rubric",
        view="guide_pages:RubricView",
        entry="reflect",
        edited="data/guides/lea-self-reflection.yml",
    ),
    SitePage(
        key="team",
        address="team/",
        title="Compare answers",
        description="Compare the answers of a team: median, spread and count, greatest disagreement first. Files never leave your device.",
        template="team",
        view="session_pages:TeamView",
        entry="reflect",
        search=SearchWords(
            "The answers of many people side by side: median, spread, greatest disagreement first, two dates compared.",
            ("team", "merge answers", "team results"),
        ),
    ),
    # ---- Improvement cycle ----
    SitePage(
        key="cycle",
        address="cycle/",
        title="Improvement cycle",
        description="A school improvement cycle in six steps, from setting the direction to adjusting course: tools, examples, coaching tips.",
        template="cycle",
        view="guide_pages:CycleView",
        entry="cycle",
        edited="data/guides/cycle.yml",
    ),
    SitePage(
        key="step",
        address="cycle/{}/",
        title="{record.title}",
        description="{record.title}, a step of the school improvement cycle. {purpose}",
        template="step",
        view="guide_pages:StepView",
        subjects=_steps,
    ),
    SitePage(
        key="coaching",
        address="coaching/",
        title="Coaching questions",
        description="{coaching} questions and hints for coaches of school improvement teams, by step of the improvement cycle and level.",
        template="coaching",
        view="guide_pages:CoachingView",
        entry="cycle",
        edited="data/guides/coaching.yml",
    ),
    SitePage(
        key="forms",
        address="forms/",
        title="Forms",
        description="Forms for school improvement teams, to print or fill out: {forms}.",
        template="forms",
        view="guide_pages:FormsView",
        entry="cycle",
        search=SearchWords("Templates to fill out."),
    ),
    SitePage(
        key="form",
        address="forms/{}/",
        title="{record.title}",
        description="{record.title}: {record.purpose}",
        template="form",
        view="guide_pages:FormView",
        subjects=_forms,
    ),
    SitePage(
        key="guides",
        address="guides/",
        title="Guides",
        description=(
            "Four companions of the playbook: a guide for turnaround leaders, an improvement cycle, its coaching and forms, turnaround practices."
        ),
        template="guides",
        view="guide_pages:GuidesView",
        entry="cycle",
    ),
    SitePage(
        key="leadership",
        address="leadership/",
        title="Turnaround leadership guide",
        description="How things look when turnaround leadership has taken hold in a school or district, what to do to get there, what to ask.",
        template="leadership",
        view="guide_pages:LeadershipView",
        entry="cycle",
        label="Turnaround leadership",
        edited="data/guides/leadership.yml",
    ),
    SitePage(
        key="section",
        address="leadership/{}/",
        title="Future states: {place}",
        description="{states} future states, with what to do and what to ask: {place}, {practice}.",
        template="section",
        view="guide_pages:SectionView",
        label="{place}",
        subjects=_sections,
    ),
    SitePage(
        key="turnaround-practices",
        address="turnaround-practices/",
        title="Turnaround practices",
        description="Four practices of successful turnaround schools as another organization names them, and where they meet the playbook.",
        template="turnaround_practices",
        view="guide_pages:TurnaroundPracticesView",
        entry="cycle",
        edited="data/guides/turnaround-practices.yml",
    ),
    # ---- About ----
    SitePage(
        key="about",
        address="about/",
        title="About the two frameworks",
        description=(
            "Two frameworks, the Four Domains and Leading by Convening: what each is, who made it, how The Engagement Playbook joins the two."
        ),
        template="about",
        view="front_pages:AboutView",
        entry="about",
        search=SearchWords(
            "The Four Domains and Leading by Convening: what they are and where they come from.",
            ("introduction", "authors"),
        ),
        edited="content/about.md",
    ),
    SitePage(
        key="how-to-use",
        address="how-to-use/",
        title="How to use this site",
        description="How to find what you need here, read a page, print a handout, fill out a form, share a link and cite the printed playbook.",
        template="prose",
        view="front_pages:ProseView",
        entry="about",
        search=SearchWords("How to read a page, find, print, share a link, cite the printed page.", ("help", "guide", "privacy")),
        edited="content/how-to-use.md",
    ),
    SitePage(
        key="glossary",
        address="glossary/",
        title="Glossary",
        description="{terms} words of school turnaround in plain language: adaptive challenge, community of practice, LEA, SEA, touch point.",
        template="glossary",
        view="reference_pages:GlossaryView",
        entry="about",
        search=SearchWords("What the words and abbreviations mean."),
        edited="data/glossary.yml",
    ),
    SitePage(
        key="sources",
        address="sources/",
        title="Sources and errata",
        description="The five documents that this edition is made from, who wrote them and on what terms they stand, and the errors found in them.",
        template="sources",
        view="reference_pages:SourcesView",
        entry="about",
        edited="content/sources.md",
    ),
    SitePage(
        key="coverage",
        address="coverage/",
        title="Coverage",
        description=(
            "What of The Engagement Playbook and its companion guides this edition carries, what is left out and why, how well search finds it."
        ),
        template="coverage",
        view="reference_pages:CoverageView",
        entry="about",
        search=SearchWords("What this edition carries of the original, and what is missing."),
    ),
    SitePage(
        key="data",
        address="data/",
        title="Data",
        description="All content of this edition as files for other programs: JSON with its JSON Schema, CSV tables, ids, addresses and sources.",
        template="data",
        view="reference_pages:DataView",
        entry="about",
        search=SearchWords("All content as files for other programs.", ("download", "export", "JSON", "CSV")),
    ),
    SitePage(
        key="whats-new",
        address="whats-new/",
        title="What is new",
        description="What each edition of this site added, said in other words, moved or took out, the newest first, with old and new words.",
        template="whats-new",
        view="reference_pages:WhatsNewView",
        entry="about",
        search=SearchWords("What each edition changed.", ("changelog", "updates", "news")),
        subjects=_whats_new,
    ),
    SitePage(
        key="accessibility",
        address="accessibility/",
        title="Accessibility",
        description="What was tested so that everyone can use this site: keyboard, screen readers, large letters, colors; and what was not.",
        template="prose",
        view="front_pages:ProseView",
        entry="about",
        search=SearchWords("What was tested so that everyone can use this site, what was not, and known limits.", ("WCAG", "screen reader", "a11y")),
        edited="content/accessibility.md",
    ),
    SitePage(
        key="not-covered",
        address="not-covered/",
        title="What this site does not cover",
        description="What people look for here and will not find, such as interpreters, bus times or report cards, and whom to ask instead.",
        template="prose",
        view="front_pages:ProseView",
        entry="about",
        search=SearchWords("What people look for here and will not find, and whom to ask instead.", ("not covered", "not on this site")),
        edited="content/not-covered.md",
    ),
    # ---- In no menu ----
    SitePage(
        key="retired",
        address="{}",
        title="No longer here: {was}",
        description="No longer here since version {record.since}. {record.why}",
        template="retired",
        view="reference_pages:RetiredView",
        subjects=_retired,
    ),
)

ENTRIES = {
    "practices": "Practices",
    "tools": "Tools & questions",
    "handouts": "Handouts & sessions",
    "reflect": "Take stock",
    "cycle": "Improvement cycle",
    "about": "About",
}
"""The entries of the menu with their labels; each is named as the page that it opens."""


TEMPLATES = tuple(dict.fromkeys(row.template_file for row in SITE_PAGES))
"""The templates of all pages."""


def site_pages(catalog: Catalog) -> Iterator[OnePage]:
    """Each page of the site, in the order of the table."""
    for row in SITE_PAGES:
        yield from row.pages(catalog)
