"""What a run tells the maintainer: text, GitHub annotations or JSON, each address at its place in the data."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from generator.external_links.addresses import Address
from generator.external_links.status_file import Renewed, Statuses
from generator.external_links.verdicts import FAULT
from generator.model.link_status import DAYS_TO_DEAD, LinkStatus
from generator.problems import Level, Problem, as_github, as_text

_LEVELS: dict[str, Level] = {"dead": "warning", "unsure": "warning", "moved": "notice"}


@dataclass(frozen=True)
class Checked:
    """An address, what is known of it and of its archived copy, and whether this run called it dead first."""

    address: Address
    status: LinkStatus
    archived: LinkStatus | None
    newly_dead: bool


def newly_dead(addresses: Sequence[Address], renewed: Renewed) -> bool:
    """Whether an address that stands in the data died: then `playbook links` ends with 1."""
    return any(checked.newly_dead for checked in _checked(addresses, renewed))


def report(addresses: Sequence[Address], renewed: Renewed, form: str) -> str:
    """Everything that is not fine, at every place where it stands; in JSON everything."""
    found = list(_checked(addresses, renewed))
    if form == "json":
        return json.dumps([_as_json(checked) for checked in found], indent=2)
    told = sorted((problem, level) for checked in found for problem, level in _problems(checked))
    if form == "github":
        return "\n".join(as_github(problem, level) for problem, level in told)
    return "\n".join([*(as_text(problem, level) for problem, level in told), summary(found)])


def faults(renewed: Renewed) -> Iterator[str]:
    """The addresses, archived copies among them, at which this program failed: nobody would look for a bug in a list of unsure addresses."""
    for status in renewed.statuses:
        if status.reason.startswith(FAULT):
            yield f"{status.url}: {status.reason}; report it with the address, which is asked again by the next run"


def summary(found: Sequence[Checked]) -> str:
    """'26 addresses: 20 fine, 1 moved, 2 unsure, 3 dead'."""
    counts = Counter(checked.status.verdict for checked in found)
    return f"{len(found)} addresses: {', '.join(f'{counts[verdict]} {verdict}' for verdict in ('fine', 'moved', 'unsure', 'dead'))}"


def _checked(addresses: Sequence[Address], renewed: Renewed) -> Iterator[Checked]:
    known: Statuses = {status.url: status for status in renewed.statuses}
    for address in addresses:
        if address.url in known:
            yield Checked(address, known[address.url], known.get(address.archived or ""), address.url in renewed.newly_dead)


def _problems(checked: Checked) -> Iterator[tuple[Problem, Level]]:
    status = checked.status
    if status.verdict == "fine":
        return
    days = f", on {len(status.failing)} of {DAYS_TO_DEAD} days" if status.failing else ""
    message = f"'{status.url}' is {status.verdict}: {status.reason}{days}"
    for use in checked.address.uses:
        level: Level = "error" if checked.newly_dead else _LEVELS[status.verdict]
        yield Problem(use.mark, f"link-{status.verdict}", use.path, message, _suggestion(checked)), level


def _suggestion(checked: Checked) -> str:
    """What to do about it."""
    if checked.status.moved_to:
        return f"write the new address: {checked.status.moved_to}"
    copy = checked.archived
    if checked.status.verdict == "dead":
        if copy and copy.verdict in ("fine", "moved"):
            return f"readers are led to the archived copy, {copy.url}; a tool may name another place in 'replaced_by'"
        return "no archived copy is known to open; look for another place, a tool names it in 'replaced_by'"
    return "open it in a browser; it is asked again by the next run"


def _as_json(checked: Checked) -> dict[str, object]:
    status = checked.status.model_dump(mode="json")
    return {
        **status,
        "newly_dead": checked.newly_dead,
        "archived": checked.archived.model_dump(mode="json") if checked.archived else None,
        "suggestion": "" if checked.status.verdict == "fine" else _suggestion(checked),
        "uses": [asdict(use) for use in checked.address.uses],
    }
