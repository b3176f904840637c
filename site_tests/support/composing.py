"""How tests compose a handout: in the page as a reader would, or as an address that is put together here anew."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import Locator, Page, expect

COMPOSE = "compose/"
KEPT = "Object.keys(localStorage).filter(key => key.startsWith('pb.handout.')).map(key => JSON.parse(localStorage[key]))"
HOSTILE = "<img src=x onerror=\"document.body.dataset.hacked='yes'\"><script>document.body.dataset.hacked='yes'</script>"


def kept(page: Page) -> list[dict[str, Any]]:
    """The handouts that the browser keeps."""
    found: list[dict[str, Any]] = page.evaluate(KEPT)
    return found


def rows(page: Page) -> Locator:
    """The entries of the handout at hand."""
    return page.locator("#pb-entries .pb-entry")


def said(page: Page) -> list[str]:
    """What the entries say, in order; the reader's own words as they stand in their field."""
    found: list[str] = page.evaluate(
        """[...document.querySelectorAll('#pb-entries .pb-entry')].map(row =>
            row.querySelector('[name=text]')?.value ?? row.querySelector('.pb-entry-said').textContent)"""
    )
    return found


def arrive(page: Page) -> None:
    """A link has led to the page where handouts are composed, and its scripts are at work: it shows what was chosen before."""
    page.wait_for_url(re.compile("/compose/"))
    expect(rows(page)).not_to_have_count(0)


def menu(page: Page, anchor: str) -> Locator:
    """The opened menu of an item of a page."""
    found = page.locator(f"#{anchor} > .pb-item-menu")
    if found.get_attribute("open") is None:
        found.locator("summary").click()
    return found


def press_add(page: Page, anchor: str) -> None:
    """Press the button in the menu of an item: it adds the item, and the next time removes it. Then close the menu, which covers what follows."""
    menu(page, anchor).locator(".pb-add").click()
    page.keyboard.press("Escape")


def own(page: Page, kind: str, text: str, minutes: int | None = None) -> None:
    """Add an entry of one's own: 'Heading', 'Text or question', 'Other step'."""
    page.get_by_role("button", name=kind, exact=True).click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(text)
    if minutes is not None:
        rows(page).last.locator("[name=minutes]").fill(str(minutes))


def find(page: Page, words: str) -> Locator:
    """The buttons of the items that are found."""
    page.get_by_label("Find items to add").fill(words)
    expect(page.locator("#pb-item-number")).not_to_be_empty()
    return page.locator("#pb-item-results button")


def check(pairs: list[tuple[str, str]]) -> str:
    """FNV-1a of 32 bits over names and values, in base 36."""
    total = 0x811C9DC5
    for letter in json.dumps(pairs, ensure_ascii=False, separators=(",", ":")):
        total = ((total ^ ord(letter)) * 0x01000193) & 0xFFFFFFFF
    digits = ""
    while total:
        total, digit = divmod(total, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return digits or "0"


def address(*pairs: tuple[str, str], version: str = "1") -> str:
    """The page with a handout in its address: address(("t", "Trust"), ("e", "1a.school.q1~l~10~g4"))."""
    whole = [("v", version), *pairs]
    return f"{COMPOSE}#{urlencode([*whole, ('c', check(whole))])}"
