"""The served site when the connection is lost for a while: what was typed is kept, and all works when it is back."""

from __future__ import annotations

import pytest
from playwright.sync_api import Error, Route, expect

from site_tests.support.chromium import Open

ANSWER = "Typed while the train was in a tunnel"


def test_a_form_keeps_what_was_typed_without_a_connection(visit: Open, address: str) -> None:
    page = visit("reflect/1a/school/")
    page.context.set_offline(True)
    page.locator("textarea[name='1a.school.q1']").fill(ANSWER)
    expect(page.locator("#pb-saved")).to_contain_text("Saved in this browser")
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        page.goto(f"{address}matrix/")
    page.context.set_offline(False)
    page.goto(f"{address}reflect/")
    page.locator("#pb-all-sessions tbody a").first.click()
    expect(page.locator("textarea[name='1a.school.q1']")).to_have_value(ANSWER)


def test_a_click_that_failed_works_when_the_connection_is_back(visit: Open, address: str) -> None:
    page = visit("practices/")
    page.context.set_offline(True)
    page.locator(".md-content a[href*='1a']").first.click()
    page.wait_for_url("chrome-error://**")
    page.context.set_offline(False)
    page.reload()
    expect(page).to_have_url(f"{address}practices/1a/")
    expect(page.locator("h1")).to_contain_text("1A")


@pytest.mark.parametrize("lost", ["search-entries.js", "lunr.js", "search/index.js", "search/ranking.js", "base/playbook.js", "*"])
def test_a_search_that_could_not_be_loaded_says_so_and_works_when_asked_again(visit: Open, lost: str) -> None:
    page = visit("practices/")

    def break_off(route: Route) -> None:
        route.abort("internetdisconnected")

    where = f"**/assets/{lost}" if lost != "*" else "**/assets/{search-entries,lunr,search/index,search/ranking}.js"
    page.context.route(where, break_off)
    page.get_by_role("searchbox", name="Search").fill("parents")
    page.keyboard.press("Enter")
    expect(page.locator("#pb-status")).to_have_text("The search could not be loaded: the connection was lost. Press Search to try again.")
    expect(page.locator("#pb-query")).to_have_value("parents")
    page.context.unroute(where)
    page.locator("#pb-search").get_by_role("button", name="Search").click()
    expect(page.locator("#pb-results li").first).to_be_visible()
    expect(page.locator("#pb-query")).to_have_value("parents")


@pytest.mark.parametrize(
    ("where", "lost"), [("team/", "blanks.js"), ("compose/", "items.js"), ("reflect/1a/school/", "forms/fill.js"), ("browse/", "base/words.js")]
)
def test_a_page_without_one_of_its_scripts_says_so_and_can_be_loaded_again(visit: Open, where: str, lost: str) -> None:
    page = visit("practices/")
    page.context.route(f"**/assets/{lost}", lambda route: route.abort("internetdisconnected"))
    page.goto(page.url.replace("practices/", where))
    expect(page.get_by_role("alert").filter(has_text="A part of this page could not be loaded")).to_be_visible()
    page.context.unroute_all()
    page.get_by_role("link", name="Load the page again").click()
    expect(page.locator("#pb-not-whole")).to_be_hidden()
