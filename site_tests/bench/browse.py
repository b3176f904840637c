"""How long the browse page takes to answer a key press, with the processor slowed four times as on an old phone. Run by `make bench`."""

from __future__ import annotations

import statistics
from pathlib import Path

from real import PHONE, WIDE, chromium, served

SITE = Path(__file__).parent.parent / "site"
WORDS = ("family", "trust", "data")
WATCH = """() => {
    window.pressed = [];
    document.addEventListener("keydown", () => {
        const start = performance.now();
        requestAnimationFrame(() => setTimeout(() => window.pressed.push(performance.now() - start)));
    }, true);
}"""
"""From the key to the moment after the next frame is drawn, in milliseconds."""


def answers(size: dict[str, int]) -> list[float]:
    """Milliseconds for each letter typed and taken away again."""
    with served(SITE) as address, chromium() as browser:
        page = browser.new_page(viewport=size)  # type: ignore[arg-type]
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
        page.goto(f"{address}browse/")
        page.locator("#pb-words").focus()
        page.evaluate(WATCH)
        for word in WORDS:
            for key in (*word, *["Backspace"] * len(word)):
                page.keyboard.press(key)
                page.wait_for_timeout(150)
        found: list[float] = page.evaluate("pressed")
    return found


def main() -> None:
    """A line for each size of the window."""
    for name, size in (("wide", WIDE), ("phone", PHONE)):
        found = sorted(answers(size))
        slow = found[int(len(found) * 0.9)]
        print(
            f"browse, {name}: {len(found)} key presses at a quarter of the speed: median {statistics.median(found):.0f} ms, 90 % within {slow:.0f} ms"
        )


if __name__ == "__main__":
    main()
