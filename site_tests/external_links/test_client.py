"""Asking addresses at a real server that misbehaves: no fault of theirs stops, delays or fools the check."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import httpx
import pytest
import trustme

from generator.external_links import networks, transport
from generator.external_links.client import Asker, Outcomes, Patience, ask_all
from generator.external_links.page_headings import unpacked
from generator.external_links.verdicts import Finding, judge
from site_tests.support import bad_server as way
from site_tests.support.bad_server import Server, running

pytestmark = pytest.mark.usefixtures("own_loop")

QUICK = Patience(connect=2, read=0.4, whole=0.8, body=0.3, bytes=4096, redirects=5, waits=(1, 4, 16), longest_wait=100, between=2, hosts=4)
AGENT = "engagement-playbook-links/0.1.0 (+https://engagement-playbook.example/)"


@dataclass
class Network:
    """How the check goes out in a test: names that only it knows, which IP addresses count as public, and the waits that it asked for."""

    names: dict[str, list[str]] = field(default_factory=dict)
    permitted: Callable[[str], bool] = lambda address: True
    trust: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    patience: Patience = QUICK
    waits: list[float] = field(default_factory=list)
    resolved: list[str] = field(default_factory=list)

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        await asyncio.sleep(0)

    async def resolve(self, host: str, port: int) -> Sequence[str]:
        self.resolved.append(host)
        return self.names[host] if host in self.names else await transport.resolve(host, port)

    def ask(self, *urls: str) -> dict[str, Finding]:
        """What is found of each address."""

        async def run() -> Outcomes:
            carrier = transport.CheckedTransport(self.permitted, self.resolve, self.trust)
            try:
                return await ask_all(Asker(carrier, AGENT, self.patience, self.sleep), urls, self.patience, self.sleep, lambda: None)
            finally:
                await carrier.aclose()

        return {url: judge(url, outcome) for url, outcome in asyncio.run(run()).items()}

    def find(self, url: str) -> Finding:
        """What is found of one address."""
        return self.ask(url)[url]

    def retries(self) -> list[float]:
        """The waits between tries, without the pauses that are for politeness."""
        return [wait for wait in self.waits if wait != QUICK.between]


@pytest.fixture
def network() -> Network:
    return Network()


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as found:
        yield found


OPENS, FOUND = Finding("fine", "opens"), Finding("fine", "opens, by a redirect")
NOT_FOUND = Finding("failing", "the page says that it was not found")
TIME = Finding("unsure", "no answer in time")
BROKEN = Finding("unsure", "an answer that breaks off or is not HTTP")
HOME = Finding("failing", "leads to a home page only")

CASES = {
    "a page": (way.page("Tools"), OPENS),
    "a document": (way.document, OPENS),
    "late but in time": (way.slow, OPENS),
    "hanging": (way.hang, TIME),
    "headers that drip for ever": (way.drip_headers, TIME),
    "endless redirects": (way.redirect(302, "/here"), Finding("failing", "redirects without end")),
    "a body of a gigabyte": (way.endless_body(b"<p>" + b"x" * 100_000, 0), OPENS),
    "a body that never ends": (way.endless_body(b"<title>Hello</title>", 0.05), OPENS),
    "a compressed bomb": (way.bomb, OPENS),
    "a page that is not found and says 200": (way.page("Page not found"), NOT_FOUND),
    "404 in the title only": (way.page("Error 404 | School"), NOT_FOUND),
    "a domain for sale": (way.page("This domain may be for sale"), NOT_FOUND),
    "403 for robots": (way.status(403), Finding("unsure", "refuses programs (403)")),
    "a wall for robots that says 200": (way.page("Just a moment..."), Finding("unsure", "asks whether a human is there")),
    "404": (way.status(404), Finding("failing", "not found (404)")),
    "410": (way.status(410), Finding("failing", "gone (410)")),
    "401": (way.status(401), Finding("unsure", "asks for a password (401)")),
    "an odd status": (way.status(418), Finding("unsure", "odd answer (418)")),
    "500 for ever": (way.status(500), Finding("unsure", "error of the server (500)")),
    "HEAD refused, GET fine": (way.only_get(way.page("Tools")), OPENS),
    "closing in the middle of the body": (way.breaks_off, BROKEN),
    "closing without a word": (way.raw(b""), BROKEN),
    "garbage in place of HTTP": (way.raw(b"\x00\xff no http here\r\n\r\n" * 9), BROKEN),
    "a header of a megabyte": (way.raw(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 1_000_000), BROKEN),
    "moved for a time": (way.redirect(302, "/new"), FOUND),
    "a redirect to nowhere": (way.redirect(302, "http://[::1"), BROKEN),
    "a redirect to a file": (way.redirect(302, "file:///etc/passwd"), Finding("failing", "not an address that can be asked")),
    "a redirect home": (way.redirect(301, "/"), HOME),
    "a redirect home in other words": (way.redirect(302, "/index.html"), HOME),
    "a redirect to a page to sign in": (way.redirect(302, "/sign-in"), Finding("unsure", "leads to a page to sign in")),
}


@pytest.mark.parametrize("case", CASES)
def test_it_is_judged(server: Server, network: Network, case: str) -> None:
    answer, finding = CASES[case]
    server.ways = {"/here": answer, "/new": way.page("New"), "/": way.page("Home"), "/index.html": way.page("Home"), "/sign-in": way.page("Sign in")}
    assert network.find(server.url("/here")) == finding


def test_a_permanent_redirect_suggests_the_new_address(server: Server, network: Network) -> None:
    server.ways = {"/old": way.redirect(301, "/newer"), "/newer": way.redirect(308, "/newest"), "/newest": way.document}
    assert network.find(server.url("/old")) == Finding("moved", "moved for good", server.url("/newest"))


def test_what_follows_a_temporary_redirect_is_not_suggested(server: Server, network: Network) -> None:
    server.ways = {
        "/old": way.redirect(301, "/kept"),
        "/kept": way.redirect(302, "/today"),
        "/today": way.redirect(301, "/now"),
        "/now": way.document,
    }
    assert network.find(server.url("/old")).moved_to == server.url("/kept")


def test_a_web_page_is_not_the_document_that_was_asked_for(server: Server, network: Network) -> None:
    server.ways = {"/guide.pdf": way.page("Welcome"), "/http://example.org/guide.pdf": way.page("Archive")}
    asked = network.ask(server.url("/guide.pdf"), server.url("/http://example.org/guide.pdf"))
    assert list(asked.values()) == [Finding("unsure", "a web page comes in place of the document"), OPENS]


@pytest.mark.parametrize(
    ("headers", "waited"),
    [
        pytest.param({}, 1, id="none"),
        pytest.param({"Retry_After": "7"}, 7, id="seconds"),
        pytest.param({"Retry_After": "Sun, 22 Nov 2026 10:00:30 GMT", "Date": "Sun, 22 Nov 2026 10:00:00 GMT"}, 30, id="a date"),
        pytest.param({"Retry_After": "999999999999999"}, 100, id="for ever, cut to what is bearable"),
        pytest.param({"Retry_After": "soon"}, 1, id="nonsense"),
        pytest.param({"Retry_After": "-5"}, 1, id="the past"),
    ],
)
def test_a_busy_host_is_asked_again_when_it_says_so(server: Server, network: Network, headers: dict[str, str], waited: float) -> None:
    def busy(handler: way.Handler) -> None:
        handler.send_response_only(429)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()

    server.ways = {"/busy": way.first(busy, way.document)}
    assert network.find(server.url("/busy")) == OPENS
    assert network.retries() == [waited]


def test_a_host_that_stays_busy_is_asked_with_growing_waits_and_left_alone(server: Server, network: Network) -> None:
    server.ways = {"/busy": way.status(429)}
    assert network.find(server.url("/busy")) == Finding("unsure", "too many requests (429)")
    assert network.retries() == [1, 4, 16]
    assert server.seen == [("HEAD", "/busy")] * 4


def test_an_error_that_passes_is_forgotten(server: Server, network: Network) -> None:
    server.ways = {"/": way.first(way.status(503), way.status(502), way.document)}
    assert network.find(server.url("/")) == OPENS


def test_patience_with_a_host_is_spent_once(server: Server, network: Network) -> None:
    server.ways = {"/a": way.status(503), "/b": way.status(503)}
    network.ask(server.url("/a"), server.url("/b"))
    assert server.seen == [("HEAD", "/a")] * 4 + [("HEAD", "/b")]


def test_addresses_on_one_host_are_asked_one_after_another_with_a_pause(server: Server, network: Network) -> None:
    now, most = [0], [0]

    def counted(handler: way.Handler) -> None:
        now[0] += 1
        most[0] = max(most[0], now[0])
        handler.server.over.wait(0.05)
        now[0] -= 1
        way.document(handler)

    server.ways = dict.fromkeys(("/a", "/b", "/c"), counted)
    network.ask(*(server.url(path) for path in server.ways))
    assert most == [1]
    assert network.waits == [QUICK.between] * 2


def test_hosts_do_not_wait_for_each_other(server: Server, network: Network) -> None:
    meet = threading.Barrier(2)

    def together(handler: way.Handler) -> None:
        meet.wait(5)
        way.document(handler)

    network.patience = replace(QUICK, read=6, whole=6)
    network.names = {"one.example": ["127.0.0.1"], "two.example": ["127.0.0.1"]}
    server.ways = {"/": together}
    asked = network.ask(server.url("/", "one.example"), server.url("/", "two.example"))
    assert set(asked.values()) == {OPENS}


def test_a_request_says_who_asks(server: Server, network: Network) -> None:
    server.ways = {"/": way.page("Hello")}
    network.find(server.url("/"))
    assert {headers["User-Agent"] for headers in server.headers} == {AGENT}


def test_a_large_body_is_not_read_to_its_end(server: Server, network: Network) -> None:
    server.ways = {"/": way.endless_body(b"x" * 100_000, 0)}
    network.find(server.url("/"))
    assert server.cut_off.wait(10)


def test_a_bomb_is_unpacked_no_further_than_the_limit() -> None:
    assert len(unpacked(way.BOMB, "gzip", 4096)) == 4096


def test_a_document_is_not_fetched(server: Server, network: Network) -> None:
    server.ways = {"/guide.pdf": way.document}
    network.find(server.url("/guide.pdf"))
    assert server.seen == [("HEAD", "/guide.pdf")]


def test_an_address_beyond_ascii_is_asked_as_browsers_do(server: Server, network: Network) -> None:
    network.names = {"xn--schler-5ya.example": ["127.0.0.1"]}
    server.ways = {"/%C3%BCbung%20eins": way.document}
    assert network.find(server.url("/übung%20eins", "schüler.example")) == OPENS


def test_a_fragment_stays_at_home(server: Server, network: Network) -> None:
    server.ways = {"/page": way.page("Hello")}
    assert network.find(server.url("/page#part")) == OPENS
    assert {path for _, path in server.seen} == {"/page"}


def test_a_cookie_on_the_way_is_kept_until_the_page_comes_and_no_longer(server: Server, network: Network) -> None:
    def wall(handler: way.Handler) -> None:
        known = "seen=1" in handler.headers.get("Cookie", "")
        (way.document if known else way.status(302, Location="/here", Set_Cookie="seen=1"))(handler)

    server.ways = {"/here": wall}
    assert network.find(server.url("/here")) == FOUND
    assert "Cookie" not in server.headers[0]
    network.find(server.url("/here"))
    assert "Cookie" not in server.headers[2]


# ---- Names ----


@pytest.mark.parametrize(
    ("error", "finding"),
    [
        pytest.param(socket.EAI_NONAME, Finding("failing", "no host of this name"), id="no such host"),
        pytest.param(socket.EAI_AGAIN, TIME, id="a name service that is silent"),
    ],
)
def test_a_name_that_leads_nowhere(network: Network, monkeypatch: pytest.MonkeyPatch, error: int, finding: Finding) -> None:
    async def fail(host: str, port: int) -> Sequence[str]:
        raise socket.gaierror(error, "no")

    monkeypatch.setattr(network, "resolve", fail)
    assert network.find("http://gone.example/") == finding


def test_a_host_that_listens_to_nobody(network: Network) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        assert network.find(f"http://127.0.0.1:{closed.getsockname()[1]}/") == Finding("failing", "no connection")


def test_the_next_address_of_a_host_is_tried_where_one_is_closed(server: Server, network: Network) -> None:
    network.names = {"two.example": ["127.0.0.99", "127.0.0.1"]}
    server.ways = {"/": way.document}
    assert network.find(server.url("/", "two.example")) == OPENS


@pytest.mark.parametrize("url", ["http://", "http://[::1/", "http://a b/", "http://" + "a" * 300 + ".example/", "http://x.example:99999/"])
def test_what_is_no_address_is_told_and_stops_nothing(network: Network, url: str) -> None:
    assert network.find(url).verdict == "failing"


# ---- Certificates ----


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.mark.parametrize(
    ("issued", "asked", "trusted", "finding"),
    [
        pytest.param("school.example", "school.example", True, OPENS, id="right"),
        pytest.param("other.example", "school.example", True, Finding("unsure", "no secure connection: wrong certificate"), id="for another name"),
        pytest.param("school.example", "school.example", False, Finding("unsure", "no secure connection: wrong certificate"), id="self-signed"),
    ],
)
def test_a_certificate_is_checked_for_the_name(authority: trustme.CA, issued: str, asked: str, trusted: bool, finding: Finding) -> None:
    ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(issued).configure_cert(ours)
    network = Network(names={asked: ["127.0.0.1"]})
    if trusted:
        authority.configure_trust(network.trust)
    with running(ours) as server:
        server.ways = {"/": way.document}
        assert network.find(server.url("/", asked, "https")) == finding


# ---- Where no request may go ----

LOCAL = Finding("unsure", "leads into a local network: not asked")

REFUSED = """127.0.0.1 127.8.9.1 0.0.0.0 10.1.2.3 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 100.64.0.1 192.0.0.8 192.0.2.1
    198.18.0.1 198.51.100.7 203.0.113.7 192.88.99.1 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255 :: ::1 fe80::1 fe80::1%eth0 fec0::1 fc00::1
    fd12:3456::1 ff02::1 ::ffff:127.0.0.1 ::ffff:192.168.1.1 ::7f00:1 64:ff9b::7f00:1 64:ff9b:1::1 2002:7f00:1:: 2001::1 2001:db8::1 100::1"""


@pytest.mark.parametrize("address", REFUSED.split())
def test_an_address_that_is_not_public_is_refused(address: str) -> None:
    assert not networks.public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "172.32.0.1", "2606:4700::1111", "2a00:1450::1", "::ffff:8.8.8.8"])
def test_an_address_of_the_public_internet_is_permitted(address: str) -> None:
    assert networks.public(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]", "0"])
def test_nothing_of_this_machine_is_asked_in_whatever_way_it_is_written(server: Server, network: Network, host: str) -> None:
    network.permitted = networks.public
    assert network.find(server.url("/", host)).verdict in ("unsure", "failing")
    assert server.seen == []


@pytest.mark.parametrize("names", [["10.0.0.1"], ["8.8.8.8", "127.0.0.1"], []], ids=["private", "public and private", "none"])
def test_a_public_name_of_a_local_address_is_refused(network: Network, names: list[str]) -> None:
    network.permitted = networks.public
    network.names = {"sly.example": names}
    assert network.find("http://sly.example/") == LOCAL


@pytest.mark.parametrize("number", [301, 302, 307])
def test_a_redirect_into_the_local_network_is_not_followed(server: Server, network: Network, number: int) -> None:
    network.names = {"good.example": ["127.0.0.1"], "sly.example": ["127.0.0.2"]}
    network.permitted = lambda address: address == "127.0.0.1"
    server.ways = {"/": way.redirect(number, server.url("/secret", "sly.example")), "/secret": way.document}
    assert network.find(server.url("/", "good.example")) == LOCAL
    assert ("HEAD", "/secret") not in server.seen


def test_the_connection_goes_to_the_very_address_that_was_checked(server: Server, network: Network) -> None:
    """A name that leads elsewhere when it is asked a second time gets nowhere: each request asks once, checks and connects to that."""
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    network.names = {}
    checked: list[str] = []

    async def rebound(host: str, port: int) -> Sequence[str]:
        return next(answers)

    network.resolve = rebound  # type: ignore[method-assign]
    network.permitted = lambda address: not checked.append(address)  # type: ignore[func-returns-value]
    server.ways = {"/": way.document}
    assert network.find(server.url("/", "rebound.example")) == OPENS
    assert checked == ["127.0.0.1"]
    assert server.headers[0]["Host"] == f"rebound.example:{server.server_port}"


def test_a_proxy_in_the_environment_is_not_used(server: Server, network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    server.ways = {"/": way.document}
    assert network.find(server.url("/")) == OPENS


def test_only_http_and_https_are_spoken(network: Network) -> None:
    carrier = transport.CheckedTransport(network.permitted, network.resolve, network.trust)
    with pytest.raises(httpx.UnsupportedProtocol):
        asyncio.run(carrier.handle_async_request(httpx.Request("GET", "ftp://example.org/")))
