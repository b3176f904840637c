"""One page of every layout in a real Chromium: light and dark, wide and narrow, with the menu closed and open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page

LAYOUTS = {
    "home": "",
    "browse": "browse/",
    "browse, chosen": "browse/?q=family&level=state&sort=kind",
    "matrix": "matrix/",
    "form of a cell": "reflect/4c/school/",
    "sessions": "reflect/",
    "team": "team/",
    "theory of action": "forms/theory-of-action/",
    "compose": "compose/",
    "practices": "practices/",
    "practice": "practices/4b/",
    "practice at a level": "practices/1a/school/",
    "practice at a level with notes": "practices/4c/school/",
    "domains": "domains/",
    "domain": "domains/turnaround-leadership/",
    "levels": "levels/",
    "level": "levels/school/",
    "habits": "habits/",
    "habit": "habits/participation/",
    "tools": "tools/",
    "tool": "tools/four-simple-questions/",
    "questions": "questions/",
    "handouts": "handouts/",
    "guides": "guides/",
    "cycle": "cycle/",
    "step of the cycle": "cycle/create-a-plan/",
    "coaching": "coaching/",
    "forms": "forms/",
    "form": "forms/planning-template/",
    "self-reflection": "self-reflection/lea/",
    "leadership": "leadership/",
    "future states": "leadership/1a/school/",
    "turnaround practices": "turnaround-practices/",
    "resources": "resources/",
    "glossary": "glossary/",
    "sources": "sources/",
    "coverage": "coverage/",
    "links": "links/",
    "about": "about/",
    "how to use": "how-to-use/",
    "search": "search/?q=parents",
    "data": "data/",
    "what is new": "whats-new/",
    "no such page": "404.html",
}

WIDE, PHONE, NARROWEST = 1280, 375, 320
"""Window widths in pixels; a window of 1280 pixels at 400 % zoom is as wide as the narrowest."""

STATES = {
    "wide, light": (WIDE, "light"),
    "wide, dark": (WIDE, "dark"),
    "phone, light": (PHONE, "light"),
    "phone, dark": (PHONE, "dark"),
}
ON_PHONES = [state for state, (width, _) in STATES.items() if width == PHONE]

RULES = {
    "light": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    # What is not about colors is the same in the dark.
    "dark": ["color-contrast", "link-in-text-block"],
}
START_AXE = """([parts, rules]) => {
    window.found = axe.run({ include: parts }, { runOnly: rules, resultTypes: ["violations"] }).then(({ violations }) =>
        violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`)));
}"""


@dataclass
class Seen:
    """What one page did in one state."""

    width_needed: dict[int, int] = field(default_factory=dict)
    """The page's own width, by the window's."""
    broken: str = ""
    """Why it could not be looked at."""
    scheme: str = ""
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    violations_with_menu: list[str] = field(default_factory=list)


class Visits:
    """Looks at each layout when it is first asked for, in all states at once; each state keeps one page, which costs half of a new one."""

    def __init__(self, contexts: dict[str, BrowserContext], address: str) -> None:
        self.address = address
        self._pages = {state: context.new_page() for state, context in contexts.items()}
        self._at: dict[str, Seen] = {}
        self._seen: dict[str, dict[str, Seen]] = {}
        for state, page in self._pages.items():
            self._listen(state, page)

    def __call__(self, layout: str, state: str) -> Seen:
        if layout not in self._seen:
            self._at = self._seen[layout] = {state: Seen() for state in STATES}
            try:
                self._visit(LAYOUTS[layout])
            except Error as error:
                for seen in self._at.values():
                    seen.broken = str(error)
        seen = self._seen[layout][state]
        assert not seen.broken, seen.broken
        return seen

    def _listen(self, state: str, page: Page) -> None:
        page.on("console", lambda message: self._at[state].complaints.extend(_complaint(message)))
        page.on("pageerror", lambda error: self._at[state].complaints.append(str(error)))
        page.on("request", lambda request: self._at[state].requests.append(request.url))

    def _visit(self, path: str) -> None:
        for state, page in self._pages.items():
            page.set_viewport_size({"width": STATES[state][0], "height": 800})
            response = page.goto(self.address + path)
            if not response or not response.ok:
                raise Error(f"no page at {path}")
            if path.startswith("search/"):
                page.locator("#pb-results li").first.wait_for()
            # Items of a long list are alike; with a thousand hidden ones axe takes minutes.
            page.evaluate("document.querySelectorAll('[data-id][hidden]').forEach(item => item.remove())")
            self._at[state].scheme = page.locator("body").get_attribute("data-md-color-scheme") or ""
            page.evaluate(START_AXE, [["html"], RULES[STATES[state][1]]])
        for state, page in self._pages.items():
            self._at[state].violations = page.evaluate("window.found")
            _measure(page, self._at[state])
            if state in ON_PHONES:
                page.locator(".pb-menu-button").click()
                page.evaluate(START_AXE, [[".md-header", ".md-sidebar--primary"], RULES[STATES[state][1]]])
        for state in ON_PHONES:
            page = self._pages[state]
            self._at[state].violations_with_menu = page.evaluate("window.found")
            page.locator(".pb-menu-button").click()
            page.set_viewport_size({"width": NARROWEST, "height": 800})
            _measure(page, self._at[state])


def _complaint(message: ConsoleMessage) -> Iterator[str]:
    if message.type in ("error", "warning"):
        yield message.text


def _measure(page: Page, seen: Seen) -> None:
    window, needed = page.evaluate("[innerWidth, document.documentElement.scrollWidth]")
    seen.width_needed[window] = needed


@pytest.fixture(scope="module")
def visits(browser: Browser, address: str) -> Iterator[Visits]:
    """Every layout in every state, each page loaded once."""
    contexts = {}
    for state, (width, scheme) in STATES.items():
        contexts[state] = browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme=scheme,  # type: ignore[arg-type]
            reduced_motion="reduce",
        )
        contexts[state].add_init_script(AXE_SCRIPT)
    yield Visits(contexts, address)
    for context in contexts.values():
        context.close()


every_layout = pytest.mark.parametrize("layout", LAYOUTS)
every_state = pytest.mark.parametrize("state", STATES)


@every_layout
@every_state
def test_no_page_scrolls_sideways(visits: Visits, layout: str, state: str) -> None:
    for window, needed in visits(layout, state).width_needed.items():
        assert needed <= window


@every_layout
@every_state
def test_no_page_complains_in_the_console(visits: Visits, layout: str, state: str) -> None:
    assert not visits(layout, state).complaints


@every_layout
@every_state
def test_no_page_asks_another_host(visits: Visits, layout: str, state: str) -> None:
    assert not [url for url in visits(layout, state).requests if not url.startswith((visits.address, "data:"))]


@every_layout
@every_state
def test_no_page_has_an_accessibility_violation(visits: Visits, layout: str, state: str) -> None:
    assert not visits(layout, state).violations


@every_layout
@pytest.mark.parametrize("state", ON_PHONES)
def test_no_open_menu_has_an_accessibility_violation(visits: Visits, layout: str, state: str) -> None:
    assert not visits(layout, state).violations_with_menu


@every_layout
@every_state
def test_every_page_follows_the_system_from_light_to_dark(visits: Visits, layout: str, state: str) -> None:
    assert visits(layout, state).scheme == ("slate" if "dark" in state else "default")
