"""What a page's own words say of it, where its status says 200."""

from __future__ import annotations

import pytest

from generator.external_links.page_headings import headings
from generator.external_links.responses import Answer
from generator.external_links.verdicts import judge


@pytest.mark.parametrize(
    ("title", "verdict"),
    [
        ("Page Not Found", "failing"),
        ("404 - File or directory not found.", "failing"),
        ("Sorry, this page isn’t available", "failing"),
        ("The resource you asked for could not be found", "failing"),
        ("Oops! Something went wrong", "failing"),
        ("This page no longer exists", "failing"),
        ("Attention Required! | Cloudflare", "unsure"),
        ("Are you a robot?", "unsure"),
        ("Found: what families want from schools", "fine"),
        ("Resources that help when answers are not easy", "fine"),
        ("Lost and found", "fine"),
        ("S. 1177, section 4040", "fine"),
    ],
)
def test_a_title_tells_a_page_from_the_lack_of_one(title: str, verdict: str) -> None:
    url = "https://example.org/page"
    heading = headings(f"<title>{title}</title>".encode())
    assert judge(url, Answer(url, 200, html=True, headings=heading)).verdict == verdict
