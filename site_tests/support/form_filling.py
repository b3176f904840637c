"""What tests of forms share: filling in, and what the browser keeps of it."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

CELL = "reflect/1a/school/"
FILL = """form => {
    for (const blank of form.querySelectorAll("input[name], textarea[name]")) {
        if (blank.type === "radio" || blank.type === "checkbox") blank.checked = true;
        else blank.value = blank.type === "date" ? "2026-11-22" : `Answer <b>"to"</b> ${blank.name}`;
        blank.dispatchEvent(new Event("input", { bubbles: true }));
    }
}"""
FILLED = """form => Object.fromEntries([...new FormData(form)])"""
KEPT = "Object.values(localStorage).filter(text => text.startsWith('{')).map(text => JSON.parse(text))"
SAVED = "Saved in this browser"


def sessions(page: Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate(KEPT)
    return found


def saved(page: Page) -> None:
    expect(page.locator("#pb-saved")).to_contain_text(SAVED)
    expect(page.locator("#pb-saved-at")).not_to_have_text("Saving …")


def write(page: Page, name: str, text: str) -> None:
    page.locator(f"[name='{name}']").fill(text)
    saved(page)
