"""Connections that go to the very address that was looked at: a name is resolved once, checked, and never resolved again."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable, Sequence

import httpx

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""A host's name and port to its IP addresses, the best first."""


_PORTS = {"http": 80, "https": 443}
_LAST_PORT = 65_535


class NoSuchHostError(httpx.ConnectError):
    """Nobody has a host of this name."""


class LocalAddressError(httpx.ConnectError):
    """A host of this name lies where no request of ours may go."""


async def resolve(host: str, port: int) -> Sequence[str]:
    """Ask the system's name service."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


class CheckedTransport(httpx.AsyncBaseTransport):
    """Sends each request, also one that follows a redirect, to an IP address that is permitted; else raises LocalAddressError."""

    def __init__(self, permitted: Callable[[str], bool], resolve: Resolve, trust: ssl.SSLContext) -> None:
        self._permitted = permitted
        self._resolve = resolve
        # A kept connection could serve another name that lives at the same address.
        self._inner = httpx.AsyncHTTPTransport(verify=trust, limits=httpx.Limits(max_keepalive_connections=0))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Resolve, check, connect; where a host has several addresses, the next one is tried."""
        host = request.url.raw_host.decode("ascii")
        if request.url.scheme not in ("http", "https") or not host:
            raise httpx.UnsupportedProtocol(f"'{request.url.scheme}' is neither http nor https", request=request)
        port = _PORTS[request.url.scheme] if request.url.port is None else request.url.port
        if not 0 < port <= _LAST_PORT:
            raise httpx.InvalidURL(f"no port has the number {port}")
        addresses = await self._addresses(request, host, port)
        if not addresses or not all(map(self._permitted, addresses)):
            raise LocalAddressError(f"{host} lies in a local network", request=request)
        for address in addresses[:-1]:
            try:
                return await self._inner.handle_async_request(_pinned(request, host, address))
            except (httpx.ConnectError, httpx.ConnectTimeout):
                continue
        return await self._inner.handle_async_request(_pinned(request, host, addresses[-1]))

    async def _addresses(self, request: httpx.Request, host: str, port: int) -> Sequence[str]:
        try:
            return await self._resolve(host, port)
        except socket.gaierror as error:
            if error.errno == socket.EAI_AGAIN:
                raise httpx.ConnectTimeout("the name service does not answer", request=request) from error
            raise NoSuchHostError(f"no host {host}", request=request) from error

    async def aclose(self) -> None:
        """Close what is open."""
        await self._inner.aclose()


def _pinned(request: httpx.Request, host: str, address: str) -> httpx.Request:
    """The same request to one IP address; the name stays in the Host header and is what the certificate must be for."""
    return httpx.Request(
        request.method,
        request.url.copy_with(host=address),
        headers=request.headers,
        stream=request.stream,
        extensions={**request.extensions, "sni_hostname": host},
    )
