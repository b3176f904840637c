"""One page of every layout, and every state that a reader brings a page into, in a real Chromium: whole, quiet and accessible in every variant."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from generator.catalog.page_table import SITE_PAGES
from generator.checks.checked_edition import Edition
from generator.forms import form_fields
from site_tests.support.chromium import WIDE, served
from site_tests.support.layouts import FRAME, LAYOUTS, STATES, Forms, State
from site_tests.support.page_faults import faults, listen


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page whose browser has kept nothing yet."""
    context = browser.new_context(viewport=WIDE, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def forms(edition: Edition) -> Forms:
    return form_fields.forms(edition.catalog, edition.routes)


def _look(page: Page, address: str, where: str) -> str:
    heard = listen(page, address)
    response = page.goto(address + where)
    assert response
    assert response.ok
    return "\n".join(faults(page) + heard)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_is_without_faults(page: Page, address: str, layout: str) -> None:
    assert _look(page, address, LAYOUTS[layout]) == ""


@pytest.mark.parametrize("layout", FRAME)
def test_the_frame_of_the_other_engine_is_without_faults(page: Page, zensical_site: Path, layout: str) -> None:
    with served(zensical_site) as other:
        assert _look(page, other, LAYOUTS[layout]) == ""


@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
def test_a_state_is_without_faults(page: Page, address: str, forms: Forms, state: State) -> None:
    heard = listen(page, address)
    page.goto(address + state.where)
    state.enter(page, forms)
    assert "\n".join(faults(page, state.widths, whole=state.whole) + heard) == ""


def test_no_layout_is_left_out(edition: Edition) -> None:
    """Each row of the table of pages has a page that is looked at."""
    looked_at = {page.row.key for page in edition.routes.pages if page.address in LAYOUTS.values()}
    # Pages of what is retired stand in test_retired.py, which gives the site a past.
    assert looked_at == {row.key for row in SITE_PAGES} - {"retired"}
