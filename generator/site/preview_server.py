"""A server for this machine alone: it shows a folder, and an open page loads again when there is something new."""

from __future__ import annotations

import re
import sys
import threading
import time
from collections import Counter
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

_START = "/.reload/start.js"
# A script that the server holds back until there is news: it needs no more than the site's own policy allows.
_ASK = """\
const number = document.currentScript.dataset.number;
function ask() {
    const script = document.createElement("script");
    script.src = `/.reload/${number}.js`;
    script.onload = () => ask();
    script.onerror = () => setTimeout(ask, 1000);
    document.head.append(script);
}
addEventListener("load", ask);
"""
_RELOAD = b"ask = () => {}; location.reload();"
_PATIENCE = 25
"""Seconds for which a question for news is held back."""
_MOMENT = 1


class Preview(ThreadingHTTPServer):
    """Shows `folder` at `address`; OSError when the port is taken."""

    daemon_threads = True

    def __init__(self, folder: Path, port: int) -> None:
        super().__init__(("127.0.0.1", port), partial(_Handler, folder))
        # Pages of an earlier run ask with a lower number.
        self.number = int(time.time())
        self._news = threading.Condition()
        self._asking: Counter[int] = Counter()

    @property
    def address(self) -> str:
        """Where the site is shown: 'http://127.0.0.1:8000/'."""
        return f"http://127.0.0.1:{self.server_port}/"

    def show(self) -> None:
        """Make every open page load again, and leave the processor to them until they are back or a moment is over."""
        with self._news:
            pages = self._asking.total()
            self.number += 1
            self._news.notify_all()
            self._news.wait_for(lambda: self._asking[self.number] >= pages, _MOMENT)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that went away is no news; anything else is told."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    def is_newer(self, number: int) -> bool:
        """Whether there is news since `number`; waits for it a while."""
        with self._news:
            self._asking[number] += 1
            self._news.notify_all()
            found = self._news.wait_for(lambda: self.number > number, _PATIENCE)
            self._asking[number] -= 1
            return found


class _Handler(SimpleHTTPRequestHandler):
    server: Preview

    def __init__(self, folder: Path, *rest: Any) -> None:
        self.folder = folder
        super().__init__(*rest, directory=str(folder))

    def do_GET(self) -> None:
        """A page with the script that asks for news, or a file as it is."""
        path = Path(self.translate_path(self.path))
        page = path / "index.html" if self.path.partition("?")[0].endswith("/") else path
        if self.path == _START:
            self._answer(_ASK.encode(), "text/javascript")
        elif asked := re.fullmatch(r"/\.reload/(\d{1,12})\.js", self.path):
            self._answer(_RELOAD if self.server.is_newer(int(asked[1])) else b"", "text/javascript")
        elif page.suffix == ".html" and page.is_file():
            self._page(page, HTTPStatus.OK)
        elif not path.exists():
            self._page(self.folder / "404.html", HTTPStatus.NOT_FOUND)
        else:
            super().do_GET()

    def _page(self, page: Path, status: HTTPStatus) -> None:
        script = f'<script src="{_START}" data-number="{self.server.number}"></script>'.encode()
        content = page.read_bytes() if page.is_file() else b"Nothing is built yet: the terminal says why."
        self._answer(content.replace(b"</body>", script + b"</body>") if b"</body>" in content else content + script, "text/html", status)

    def _answer(self, content: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def end_headers(self) -> None:
        """What is shown is always the newest."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *args: object) -> None:
        """Requests are not worth a line."""
