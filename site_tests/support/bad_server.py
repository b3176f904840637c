"""A real server on this machine that does what servers of the world do wrong: one way for each path."""

from __future__ import annotations

import gzip
import http.server
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Way = Callable[["Handler"], None]

HTML = "text/html; charset=utf-8"


class Handler(http.server.BaseHTTPRequestHandler):
    """One request; what it does stands in the server's `ways`, by path."""

    server: Server

    def do_GET(self) -> None:
        """What to do with any request."""
        self.close_connection = True
        self.server.seen.append((self.command, self.path))
        self.server.headers.append(dict(self.headers))
        self.server.ways.get(self.path, status(404))(self)

    do_HEAD = do_GET  # noqa: N815

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        """A whole answer; a header's name has '_' for '-'."""
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Requests are not worth a line."""


class Server(http.server.ThreadingHTTPServer):
    """What it was asked, and what it does for each path."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.ways: dict[str, Way] = {}
        self.seen: list[tuple[str, str]] = []
        self.headers: list[dict[str, str]] = []
        self.over = threading.Event()
        self.cut_off = threading.Event()
        """Set when the other side closed before all was sent."""

    def handle_error(self, request: object, client_address: object) -> None:
        """A closed connection is what some tests are about."""
        self.cut_off.set()

    def url(self, path: str, host: str = "127.0.0.1", scheme: str = "http") -> str:
        """The address of a path here."""
        return f"{scheme}://{host}:{self.server_port}{path}"


@contextmanager
def running(trust: ssl.SSLContext | None = None) -> Iterator[Server]:
    """A server, with HTTPS where there is a certificate."""
    with Server() as server:
        if trust:
            server.socket = trust.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server
        server.over.set()
        server.shutdown()


def status(number: int, **headers: str) -> Way:
    """Nothing but a status."""
    return lambda handler: handler.answer(number, b"", **headers)


def page(title: str, *, status: int = 200) -> Way:
    """A web page with a title."""
    return lambda handler: handler.answer(status, f"<title>{title}</title><h1>Hello</h1>".encode(), Content_Type=HTML)


def document(handler: Handler) -> None:
    """A PDF."""
    handler.answer(200, b"%PDF-1.7", Content_Type="application/pdf")


def redirect(number: int, to: str) -> Way:
    """A redirect."""
    return status(number, Location=to)


def first(*ways: Way) -> Way:
    """One way after another, the last one for good."""
    rest = list(ways)
    return lambda handler: (rest.pop(0) if len(rest) > 1 else rest[0])(handler)


def only_get(way: Way) -> Way:
    """HEAD is refused."""
    return lambda handler: way(handler) if handler.command == "GET" else handler.answer(405)


def hang(handler: Handler) -> None:
    """Not a word."""
    handler.server.over.wait(20)


def drip_headers(handler: Handler) -> None:
    """Headers that never end, letter by letter."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while not handler.server.over.wait(0.02):
        handler.wfile.write(b"x")


def slow(handler: Handler) -> None:
    """Late, but in time."""
    handler.server.over.wait(0.1)
    page("Late")(handler)


def endless_body(chunk: bytes, pause: float) -> Way:
    """A page that never ends."""

    def way(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", HTML)
        handler.end_headers()
        while handler.command == "GET" and not handler.server.over.wait(pause):
            handler.wfile.write(chunk)

    return way


BOMB = gzip.compress(b"<title>Small</title>" + b" " * 20_000_000)
"""Twenty kilobytes that unpack to twenty megabytes."""


def bomb(handler: Handler) -> None:
    """A small body that is a large one."""
    handler.answer(200, BOMB, Content_Type=HTML, Content_Encoding="gzip")


def breaks_off(handler: Handler) -> None:
    """Half of what was promised."""
    handler.send_response(200)
    handler.send_header("Content-Type", HTML)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"<title>Half a" * (handler.command == "GET"))


def raw(content: bytes) -> Way:
    """Anything at all in place of an answer."""

    def write(handler: Handler) -> None:
        handler.wfile.write(content)

    return write
