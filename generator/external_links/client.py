"""Asks addresses: HEAD, then GET where that says more, with limits on everything and another try where a fault may pass.

Many hosts are asked at once, one address after another at each host.
"""

from __future__ import annotations

import asyncio
import ssl
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

import httpx

from generator.external_links.page_headings import headings, unpacked
from generator.external_links.responses import PASSING, Answer, Failure, Hop, Outcome, Reason
from generator.external_links.transport import LocalAddressError, NoSuchHostError

Sleep = Callable[[float], Awaitable[None]]
Outcomes = Mapping[str, Outcome]
"""Addresses to what came of asking them."""


@dataclass(frozen=True)
class Patience:
    """How long to wait, in seconds, and how much to take."""

    connect: float = 15
    read: float = 20
    whole: float = 60
    """One request with its redirects, up to its headers."""
    body: float = 10
    bytes: int = 32_768
    redirects: int = 10
    waits: tuple[float, ...] = (5, 20, 60)
    """Between tries; there are no more tries than these and one."""
    longest_wait: float = 120
    """What an answer may ask us to wait."""
    between: float = 2
    """Between two requests to one host."""
    hosts: int = 6
    """How many hosts are asked at the same time."""


class Asker:
    """Asks addresses through one transport; it introduces itself as `agent`."""

    def __init__(self, transport: httpx.AsyncBaseTransport, agent: str, patience: Patience, sleep: Sleep) -> None:
        self._transport = transport
        self._headers = {"User-Agent": agent, "Accept": "*/*", "Accept-Encoding": "identity"}
        self._patience = patience
        self._sleep = sleep

    async def ask(self, url: str, waits: tuple[float, ...]) -> Outcome:
        """What comes of an address, after as many more tries as there are `waits`. A fault of ours is an outcome too: the others are still asked."""
        try:
            return await self._patiently(url, waits)
        except Exception as error:
            return Failure("fault", type(error).__name__)

    async def _patiently(self, url: str, waits: tuple[float, ...]) -> Outcome:
        outcome = await self._once(url)
        for wait in waits:
            if not outcome.passing:
                break
            await self._sleep(min(outcome.wait or wait, self._patience.longest_wait))
            outcome = await self._once(url)
        return outcome

    async def _once(self, url: str) -> Outcome:
        head = await self._request("HEAD", url)
        if isinstance(head, Failure) and head.reason not in ("time", "broken"):
            return head
        if isinstance(head, Answer) and (head.status in PASSING or (head.status == 200 and not head.html)):
            return head
        await self._sleep(self._patience.between)
        return await self._request("GET", url)

    async def _request(self, method: str, url: str) -> Outcome:
        """One request and its redirects. Cookies are kept among these and forgotten after."""
        times = httpx.Timeout(self._patience.read, connect=self._patience.connect)
        client = httpx.AsyncClient(transport=_Lent(self._transport), headers=self._headers, timeout=times, trust_env=False)
        try:
            async with client, asyncio.timeout(self._patience.whole) as limit:
                return await self._follow(client, client.build_request(method, url), limit)
        except (TimeoutError, httpx.TransportError, httpx.InvalidURL, UnicodeError, ValueError) as error:
            return Failure(_reason(error))

    async def _follow(self, client: httpx.AsyncClient, request: httpx.Request, limit: asyncio.Timeout) -> Outcome:
        hops: list[Hop] = []
        while True:
            response = await client.send(request, stream=True)
            try:
                if not response.next_request:
                    limit.reschedule(None)
                    return await self._answer(response, tuple(hops))
                request = response.next_request
                hops.append(Hop(response.status_code, str(request.url)))
            finally:
                await response.aclose()
            if len(hops) > self._patience.redirects:
                return Failure("redirects")

    async def _answer(self, response: httpx.Response, hops: tuple[Hop, ...]) -> Answer:
        html = response.headers.get("content-type", "").lower().startswith(("text/html", "application/xhtml"))
        reads = html and response.request.method == "GET"
        found = headings(await self._body(response)) if reads else ()
        return Answer(str(response.url), response.status_code, hops, html, found, _asked_wait(response))

    async def _body(self, response: httpx.Response) -> bytes:
        """The beginning of a body, as much as comes within the limits."""
        body = b""
        try:
            async with asyncio.timeout(self._patience.body):
                async for chunk in response.aiter_raw():
                    body += chunk
                    if len(body) >= self._patience.bytes:
                        break
        except (TimeoutError, httpx.ReadTimeout):
            pass  # what came until then is enough to judge by
        return unpacked(body, response.headers.get("content-encoding", "").lower().strip(), self._patience.bytes)


class _Lent(httpx.AsyncBaseTransport):
    """A transport that outlives the clients that use it."""

    def __init__(self, transport: httpx.AsyncBaseTransport) -> None:
        self.handle_async_request = transport.handle_async_request  # type: ignore[method-assign]


def _reason(error: Exception) -> Reason:
    """Why there is no answer, in our words."""
    if isinstance(error, NoSuchHostError):
        return "no host"
    if isinstance(error, LocalAddressError):
        return "local"
    if isinstance(error, TimeoutError | httpx.TimeoutException):
        return "time"
    if isinstance(error, httpx.ConnectError):
        return "certificate" if _is_of_tls(error) else "no connection"
    if isinstance(error, httpx.UnsupportedProtocol | httpx.InvalidURL) or not isinstance(error, httpx.TransportError):
        return "no address"
    return "broken"


def _is_of_tls(error: BaseException | None) -> bool:
    while error:
        if isinstance(error, ssl.SSLError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _asked_wait(response: httpx.Response) -> float | None:
    """The seconds that Retry-After asks for; a date there is counted from the answer's own."""
    asked = response.headers.get("retry-after", "").strip()
    if asked.isdigit() and asked.isascii():
        return float(asked[:9])
    try:
        return max(0.0, (parsedate_to_datetime(asked) - parsedate_to_datetime(response.headers["date"])).total_seconds())
    except (ValueError, TypeError, KeyError, OverflowError):
        return None


async def ask_all(asker: Asker, urls: Iterable[str], patience: Patience, sleep: Sleep, done: Callable[[], None]) -> Outcomes:
    """What came of each address; `done` is called after each."""
    hosts: dict[str, list[str]] = defaultdict(list)
    for url in urls:
        hosts[url.split("/", 3)[2].lower()].append(url)
    found: dict[str, Outcome] = {}
    places = asyncio.Semaphore(patience.hosts)

    async def ask_host(at_host: list[str]) -> None:
        waits = patience.waits
        async with places:
            for number, url in enumerate(at_host):
                if number:
                    await sleep(patience.between)
                found[url] = await asker.ask(url, waits)
                # A host that was waited for in vain gets one try for each of its other addresses.
                waits = () if found[url].passing else waits
                done()

    async with asyncio.TaskGroup() as tasks:
        for at_host in hosts.values():
            tasks.create_task(ask_host(at_host))
    return found
