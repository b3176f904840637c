"""Looks at one loaded page in every variant and tells its faults in words: wide and at 400 %, light and dark, spaced, still, in forced colors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

WIDE, PHONE, NARROWEST = 1280, 375, 320
"""Window widths in pixels; a window of 1280 pixels at 400 % zoom is as wide as the narrowest."""

RULES: Mapping[str, list[str]] = {
    "light": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    # What is not about colors is the same in the dark.
    "dark": ["color-contrast", "link-in-text-block"],
}
AXE = """rules => axe.run(document, { runOnly: rules, resultTypes: ["violations"], preload: false }).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`)))"""
SCHEMES: Mapping[Literal["light", "dark"], str] = {"light": "default", "dark": "slate"}
"""What the page calls what the system asks for."""
SCRIPT = (Path(__file__).parent / "page_faults.js").read_text(encoding="utf-8")
QUESTIONS = ("sideways", "cut", "overlapping", "spaced")
CONTROLS = {
    "button",
    "link",
    "textbox",
    "searchbox",
    "checkbox",
    "radio",
    "combobox",
    "listbox",
    "spinbutton",
    "DisclosureTriangle",
    "Date",
    "slider",
}
LANDMARKS = {"navigation", "region", "search", "form", "complementary"}
"""Of these a page may have several, which their names must tell apart."""


def equip(page: Page) -> None:
    """Give the page what it is asked with; from now on it keeps what its live regions say."""
    if not page.evaluate("'pageFaults' in window"):
        page.evaluate(AXE_SCRIPT)
        page.evaluate(SCRIPT)


def listen(page: Page, address: str) -> list[str]:
    """What the page complains of, and what it asks of others; filled from now on."""
    heard: list[str] = []
    page.on("console", lambda message: heard.append(f"console: {message.text}") if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: heard.append(f"console: {error}"))
    page.on("request", lambda request: None if request.url.startswith((address, "data:", "blob:")) else heard.append(f"asks {request.url}"))
    return heard


def faults(page: Page, widths: tuple[int, ...] = (WIDE, NARROWEST), *, whole: bool = True) -> list[str]:
    """Whatever is wrong with the page as it stands now; none is what a test wants. Of a page that is not `whole`, a part is out of reach."""
    equip(page)
    found: list[str] = page.evaluate("pageFaults.moving()")
    with _forced_colors(page):
        found += page.evaluate("pageFaults.forced()")
    found += _at_each(page, widths, partial(_layout, whole=whole))
    page.evaluate("pageFaults.thin()")
    found += _at_each(page, widths, _focus)
    page.evaluate("pageFaults.unpin()")
    return found + _at_each(page, widths, _axe)


@contextmanager
def _forced_colors(page: Page) -> Iterator[None]:
    page.emulate_media(forced_colors="active")
    yield
    page.emulate_media(forced_colors="none")


def _at_each(page: Page, widths: tuple[int, ...], look: Callable[[Page], Iterable[str]]) -> list[str]:
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        found += [f"{width} px: {fault}" for fault in look(page)]
    return found


def _layout(page: Page, whole: bool) -> Iterator[str]:
    yield from page.evaluate(f"[{','.join(f'pageFaults.{question}()' for question in QUESTIONS)}].flat()")
    yield from tree_faults(_tree(page), whole)


def _focus(page: Page) -> list[str]:
    # A key tells the browser that the focus is to be shown.
    page.keyboard.press("Shift")
    found: list[str] = page.evaluate("pageFaults.focusing()")
    return found


def _axe(page: Page) -> Iterator[str]:
    """In the light and in the dark."""
    for scheme, name in SCHEMES.items():
        page.emulate_media(color_scheme=scheme)
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", name)
        # What lies half under the head of the page is too small a target for axe.
        page.evaluate("scrollTo(0, 0)")
        yield from (f"{scheme}: {fault}" for fault in page.evaluate(AXE, RULES[scheme]))
    page.emulate_media(color_scheme="light")


def _tree(page: Page) -> list[dict[str, Any]]:
    """What a screen reader is told, in order."""
    session = page.context.new_cdp_session(page)
    nodes: list[dict[str, Any]] = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    return [node for node in nodes if not node.get("ignored")]


def tree_faults(nodes: list[dict[str, Any]], whole: bool = True) -> Iterator[str]:
    """One main, banner and foot; landmarks with names of their own; one h1 and no level skipped; a name for every control."""
    told = [(node["role"]["value"], str(node.get("name", {}).get("value", "")).strip(), node) for node in nodes]
    roles = Counter(role for role, _, _ in told)
    yield from (f"{roles[role]} {role} landmarks" for role in ("main", "banner", "contentinfo") if whole and roles[role] != 1)
    names = Counter((role, name) for role, name, _ in told if role in LANDMARKS)
    yield from (
        f"{count} {role} landmarks named '{name}'" for (role, name), count in names.items() if count > 1 or (not name and role == "navigation")
    )
    yield from (f"no name: {role} {node['backendDOMNodeId']}" for role, name, node in told if role in CONTROLS and not name)
    headings = [(_level(node), name) for role, name, node in told if role == "heading"]
    if whole and [level for level, _ in headings].count(1) != 1:
        yield f"headings of the first level: {[name for level, name in headings if level == 1]}"
    for (above, _), (level, name) in zip([(0, ""), *headings], headings, strict=False):
        if level > above + 1:
            yield f"a level is skipped before the heading '{name}'"


def _level(node: dict[str, Any]) -> int:
    return next(int(value["value"]["value"]) for value in node["properties"] if value["name"] == "level")
