"""The Markdown extension that puts finished HTML aside changes no page."""

from __future__ import annotations

import re
from pathlib import Path

import markdown
import pytest
from lxml import html

from site_tests.support.nonempty import nonempty

STOCK = ["attr_list", "md_in_html", "toc"]
EDGES = {
    "Markdown after a closing tag": "<p>one</p> *two*\n\nthree *four*",
    "an element that nothing closes": "<div>\n<p>one</p>\n\n## Two\n",
    "an element that holds Markdown": '<div markdown="1">\n\n<p>*one*</p>\n\n## Two {: #two }\n\n</div>',
    "the same element within itself": "<ul>\n<li>*one*\n<ul>\n<li>two</li>\n</ul>\n</li>\n</ul>\n\n*three*",
    "an element of a line, first in a paragraph": "<span>one</span> *two*\n\n<a href='x'>three</a>",
    "an element without an end": "one\n\n<hr>\n\n*two*",
    "a tag written as code": "`<p>` *one*\n\n    <p>\n    code\n    </p>\n",
    "a longer name that begins alike": "<p>one</p>\n\n<pre>*two*\n\n## three</pre>\n\n*four*",
    "blank lines and headings inside": "<section>\n<p>one</p>\n\n# two\n\n</section>\n# three",
}


def elements(text: str) -> list[tuple[object, ...]]:
    """Without the ids of h4: in a block with markdown="1" the stock extensions name the headings of HTML too, and no contents list those."""
    found = html.fragment_fromstring(re.sub(r'(?<=<h4) id="[^"]*"', "", text), create_parent="main")
    return [(part.tag, sorted(part.attrib.items()), (part.text or "").split(), (part.tail or "").split()) for part in found.iter()]


def both(text: str) -> tuple[str, str]:
    """Without the extension, with it."""
    return markdown.markdown(text, extensions=STOCK), markdown.markdown(text, extensions=[*STOCK, "generator.site.finished_html"])


@pytest.mark.parametrize("text", EDGES.values(), ids=EDGES)
def test_markdown_around_html_stays_markdown(text: str) -> None:
    without, with_it = both(text)
    assert elements(with_it) == elements(without)


def test_every_page_is_the_same_without_the_extension(site: Path) -> None:
    pages = sorted((site.parent / "build" / "docs").rglob("*.md"))
    assert len(pages) > 150
    for page in nonempty(pages):
        without, with_it = both(page.read_text(encoding="utf-8").split("---\n", 2)[2])
        assert elements(with_it) == elements(without), page


def test_a_page_of_html_is_put_aside_as_a_whole() -> None:
    ours = markdown.Markdown(extensions=[*STOCK, "generator.site.finished_html"])
    ours.preprocessors["finished_html"].run(["# One", "", "<ul>", "<li>two</li>", "", "</ul>", "", "<p>three</p>"])
    assert ours.htmlStash.rawHtmlBlocks == ["<ul>\n<li>two</li>\n\n</ul>", "<p>three</p>"]
