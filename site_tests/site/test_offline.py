"""The offline copy, out of its zip, in a real Chromium without a network: everything works by clicking from its first page on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from playwright.sync_api import Page, expect

from generator.cli import main
from generator.site import offline
from site_tests.support.chromium import VERSION, Open
from site_tests.support.composing import find, menu, rows
from site_tests.support.files import contents


@pytest.fixture(scope="module", params=["site", "zensical_site"])
def built(request: pytest.FixtureRequest) -> Path:
    """The site of each engine, with its offline copy beside it."""
    found: Path = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="module")
def folder(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The zip unpacked where a reader might put it."""
    place = tmp_path_factory.mktemp("reader") / "Für die Schule #1"
    with ZipFile(built.parent / offline.ZIP) as packed:
        packed.extractall(place)
    (top,) = place.iterdir()
    return top


@pytest.fixture
def home(visit: Open, folder: Path) -> Iterator[Page]:
    """The first page, as a double click opens it; what a browser complains of, or asks for outside the folder, fails the test."""
    page = visit((folder / "index.html").as_uri(), offline=True)
    complaints: list[str] = []
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.reload()
    yield page
    assert complaints == []
    # Chromium shows PDFs with pages of its own.
    assert [url for url in asked if not url.startswith((f"{folder.as_uri()}/", "data:", "blob:", "chrome"))] == []


def at(page: Page, folder: Path, address: str) -> None:
    """The page is a file of the folder, not a list of files and not an address elsewhere, and its scripts have run."""
    expect(page).to_have_url(re.compile(f"^{re.escape(folder.as_uri())}/{re.escape(address)}([?#].*)?$"))
    page.wait_for_load_state()
    expect(page.locator(".md-header")).to_be_visible()


def test_the_zip_holds_the_folder(built: Path, folder: Path) -> None:
    assert contents(folder) == contents(built.parent / offline.FOLDER)
    assert folder.name == f"engagement-playbook-{VERSION}-site"


def test_a_reader_clicks_from_home_to_a_practice_a_level_a_tool_and_back(home: Page, folder: Path) -> None:
    home.get_by_role("link", name="Practices", exact=True).first.click()
    at(home, folder, "practices/index.html")
    home.locator(".md-content").get_by_role("link", name=re.compile("1A Prioritize")).first.click()
    at(home, folder, "practices/1a/index.html")
    home.get_by_role("navigation", name="1A by level").get_by_role("link", name="School").click()
    at(home, folder, "practices/1a/school/index.html")
    home.locator(".pb-tool-name a").first.click()
    at(home, folder, "tools/managing-or-engaging/index.html")
    home.locator(".pb-brand").click()
    at(home, folder, "index.html")


@pytest.mark.full_browser
def test_a_word_file_is_saved_and_a_pdf_opens(home: Page, folder: Path) -> None:
    home.get_by_role("link", name="Handouts & sessions", exact=True).first.click()
    at(home, folder, "handouts/index.html")
    with home.expect_download() as saved:
        home.locator("a[href$='1a-school.docx']").click()
    assert saved.value.path().read_bytes() == (folder / "handouts" / "1a-school.docx").read_bytes()
    home.locator("a[href$='/1a-school.pdf'], a[href='1a-school.pdf']").first.click()
    expect(home).to_have_url((folder / "handouts" / "1a-school.pdf").as_uri())


def test_the_search_finds_and_its_result_opens(home: Page, folder: Path) -> None:
    home.get_by_role("searchbox", name="Search").fill("state family engagement")
    home.keyboard.press("Enter")
    at(home, folder, "search/index.html")
    home.locator("#pb-results a[href*='practices/4c/state']").first.click()
    at(home, folder, "practices/4c/state/index.html")


def test_browse_filters_and_its_links_open(home: Page, folder: Path) -> None:
    home.get_by_role("link", name="Practices", exact=True).first.click()
    home.get_by_role("link", name="All items", exact=True).first.click()
    at(home, folder, "browse/index.html")
    home.get_by_label("Search within").fill("trust")
    expect(home.locator("#pb-status")).to_contain_text(" of ")
    home.locator("#pb-list li[data-id]:visible a").first.click()
    expect(home.locator(":target")).to_be_visible()
    assert home.url.startswith(folder.as_uri())


def test_the_matrix_leads_to_its_boxes(home: Page, folder: Path) -> None:
    home.get_by_role("link", name="Practices", exact=True).first.click()
    home.get_by_role("link", name="Map of practices", exact=True).first.click()
    at(home, folder, "matrix/index.html")
    home.locator(".pb-grid td[data-cell='2b.district'] a").first.click()
    at(home, folder, "practices/2b/district/index.html")


def test_a_form_is_kept_and_found_again(home: Page, folder: Path) -> None:
    home.get_by_role("link", name="Take stock", exact=True).first.click()
    at(home, folder, "reflect/index.html")
    home.get_by_role("link", name="1A School").click()
    at(home, folder, "reflect/1a/school/index.html")
    home.locator("textarea[name='1a.school.q1']").fill("More than we thought")
    expect(home.locator("#pb-saved")).to_contain_text("Saved in this browser")
    home.get_by_role("link", name="Take stock", exact=True).first.click()
    home.locator("#pb-all-sessions tbody a").first.click()
    at(home, folder, "reflect/1a/school/index.html")
    expect(home.locator("textarea[name='1a.school.q1']")).to_have_value("More than we thought")


def test_a_guide_form_is_kept_and_saved_as_a_file_that_the_team_page_reads(home: Page, folder: Path) -> None:
    home.goto((folder / "self-reflection" / "lea" / "index.html").as_uri())
    home.locator("form.pb-fill input[type=radio]").first.check()
    expect(home.locator("#pb-saved")).to_contain_text("Saved in this browser")
    with home.expect_download() as saved:
        home.get_by_role("button", name="Save to a file").first.click()
    home.get_by_role("link", name="Take stock", exact=True).first.click()
    home.locator(".md-content a[href*='team/']").first.click()
    at(home, folder, "team/index.html")
    home.locator("#pb-team-files").set_input_files({"name": "a.json", "mimeType": "application/json", "buffer": saved.value.path().read_bytes()})
    expect(home.locator("#pb-team-status")).to_have_text("1 file: 1 session of 1 form")
    home.locator(".pb-team-form h2 a").click()
    at(home, folder, "self-reflection/lea/index.html")


def test_a_handout_is_composed_from_a_page_and_printed(home: Page, folder: Path) -> None:
    home.goto((folder / "practices/1a/school/index.html").as_uri())
    menu(home, "q2").get_by_role("button", name="Add to my session").click()
    home.get_by_role("link", name="My session (1)").click()
    at(home, folder, "compose/index.html")
    find(home, "trust").first.click()
    expect(rows(home)).to_have_count(2)
    assert home.pdf().startswith(b"%PDF-")
    home.reload()
    expect(rows(home)).to_have_count(2)


def test_a_page_prints(home: Page, folder: Path) -> None:
    home.goto((folder / "practices/1a/school/index.html").as_uri())
    assert home.pdf().startswith(b"%PDF-")


def test_a_copied_link_is_the_published_address(visit: Open, folder: Path) -> None:
    """Nobody else has the reader's folder."""
    page = visit((folder / "practices/1a/school/index.html").as_uri(), offline=True, permissions=["clipboard-read", "clipboard-write"])
    menu(page, "q2").locator(".pb-copy").click()
    expect(page.locator(".pb-said")).to_have_text("Link copied")
    assert page.evaluate("navigator.clipboard.readText()") == "https://engagement-playbook.example/practices/1a/school/#q2"


def test_a_link_that_needs_a_server_leaves_the_last_copy_and_the_last_site(small_project: Path) -> None:
    begin, template = "{% block body %}\n", small_project / "theme" / "pages" / "home.md.jinja"
    above, below = template.read_text(encoding="utf-8").split(begin)
    template.write_text(f'{above}{begin}<img alt="Tools" src="assets/card.png" srcset="tools/ 2x">\n{below}', encoding="utf-8")
    for folder in ("site", offline.FOLDER):
        (small_project / folder).mkdir()
        (small_project / folder / "index.html").write_text("the last good one")
    result = CliRunner().invoke(main, ["build", "--root", str(small_project), "--offline"])
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        f"theme/pages/home.md.jinja:{above.count(chr(10)) + 2}:48: error[folder-link] /: 'Tools' leads to the folder 'tools/'",
        "    hint: write the page's file, as in 'tools/index.html': opened from a folder, the link shows a list of files",
        "1 problem",
    ]
    for folder in ("site", offline.FOLDER):
        assert (small_project / folder / "index.html").read_text() == "the last good one"
    assert not (small_project / offline.ZIP).exists()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<a href="../tools/">', '<a href="../tools/index.html">'),
        ('<a href="../tools/#uses">', '<a href="../tools/index.html#uses">'),
        ('<a href="../browse/?level=state&amp;kind=tool#x">', '<a href="../browse/index.html?level=state&amp;kind=tool#x">'),
        ('<a href="..">', '<a href="../index.html">'),
        ('<a href="./">', '<a href="./index.html">'),
        ("<a title='a > b' href='../tools/'>", "<a title='a > b' href=\"../tools/index.html\">"),
        ("<a href=../tools/ id=x>", '<a href="../tools/index.html" id=x>'),
        ("<a title=\"set href=x/ or href='y/'\" id=z>", "<a title=\"set href=x/ or href='y/'\" id=z>"),
        ('<form action="../search/">', '<form action="../search/index.html">'),
        ('<a href="#uses">', '<a href="#uses">'),
        ('<a href="../handouts/1a.pdf">', '<a href="../handouts/1a.pdf">'),
        ('<a href="https://example.org/tools/">', '<a href="https://example.org/tools/">'),
        ('<a href="mailto:a@example.org">', '<a href="mailto:a@example.org">'),
        ('<p>write href="../tools/" there</p>', '<p>write href="../tools/" there</p>'),
        ('<a data-href="../tools/" title="href=\'x/\'">', '<a data-href="../tools/" title="href=\'x/\'">'),
    ],
)
def test_only_links_to_folders_change(before: str, after: str) -> None:
    assert offline.page(before) == after
