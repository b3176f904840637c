"""A server that compresses texts, as hosts of static sites do."""

from __future__ import annotations

import gzip
from contextlib import AbstractContextManager
from functools import lru_cache
from pathlib import Path

from site_tests.support.chromium import Quiet, served

TEXTS = {".html", ".css", ".js", ".json", ".svg", ".xml", ".csv"}


@lru_cache(maxsize=2000)
def _compressed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), 6, mtime=0)


class _Handler(Quiet):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:  # noqa: N802 (the name that http.server calls)
        """A text compressed, anything else as it is."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() and self.path.partition("?")[0].endswith("/") else path
        if path.suffix not in TEXTS or not path.is_file():
            super().do_GET()
            return
        content = _compressed(path)
        self.send_response(200)
        for name, value in (("Type", f"{self.guess_type(path)}; charset=utf-8"), ("Encoding", "gzip"), ("Length", str(len(content)))):
            self.send_header(f"Content-{name}", value)
        self.end_headers()
        self.wfile.write(content)

    def end_headers(self) -> None:
        """Files may be kept for a while."""
        self.send_header("Cache-Control", "max-age=600")
        super().end_headers()


def compressing(folder: Path) -> AbstractContextManager[str]:
    """A folder on this machine: 'http://127.0.0.1:1234/'."""
    return served(folder, _Handler)
