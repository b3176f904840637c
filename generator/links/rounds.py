"""A round through all addresses: many hosts at once, one address after another at each host."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from generator.links.answers import Outcome
from generator.links.asking import Asker, Patience, Sleep

Outcomes = Mapping[str, Outcome]
"""Addresses to what came of asking them."""


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
