"""Sessions: one person's answers to one form, the same whatever kind of file they came in."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Literal, Protocol

from generator.collecting.readers import UnreadableError
from generator.collecting.readers.folding import folded
from generator.collecting.readers.package import Package
from generator.forms.form_fields import Blank, FormBlanks
from generator.forms.saved_answers import LONGEST
from generator.model import ids

WHO = ("name", "team", "date")
"""What the names of the blanks for who and when end in."""

OTHER = FormBlanks("other-handouts", "Other handouts", "", "", ())
"""Where answers go that belong to no form: those of coaching questions and of future states."""

HANDOUTS = ("coaching", "leadership")
"""What the blanks of handouts begin with that are no form on screen."""

DATES = (
    r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})",
    r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4}|\d{2})",
    r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})",
    r"(?P<named>[a-z]+) (?P<day>\d{1,2}),? (?P<year>\d{4})",
    r"(?P<day>\d{1,2}) (?P<named>[a-z]+) (?P<year>\d{4})",
)
"""How people write a day; 3/4/2026 is the fourth of March, as the Word files write it. theme/assets/team/statistics.js has the same."""

DAY = timedelta(days=1)

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
"""A month is named in whole or by its first three letters."""


@dataclass(frozen=True)
class Session:
    """One person's session of one form.

    `signed` is what the blank '<prefix>.name' says; `name` is that, else what the session or its file is called. `team` is the blank
    '<prefix>.team'. `day` is the blank '<prefix>.date' where it is a date, else the day of `changed`, and then `no_day` is what stands in that
    blank. `answers` are all others that are not empty; `wording` is what stood beside them. `origin` is the session that this one was opened as a
    copy of, else itself. `doubtful` is whether the clock was wrong when it was changed: it says a day to come, or one before it was begun; then its
    day is that on which it was begun.
    """

    form: str
    title: str
    id: str
    signed: str
    name: str
    team: str
    day: date
    no_day: str
    changed: datetime
    answers: Mapping[str, str]
    wording: Mapping[str, str]
    origin: str = ""
    doubtful: bool = False

    @property
    def person(self) -> tuple[str, ...]:
        """What the sessions of one person have in common: the form, the name and the team; where nobody signed, the session they were copied from."""
        name = folded(self.signed)
        return (self.form, name, folded(self.team)) if name else (self.form, self.origin or self.id)

    def is_later(self, other: Session) -> bool:
        """Whether this save is not older than another; a wrong clock does not win."""
        return self.changed >= other.changed if self.doubtful == other.doubtful else other.doubtful


@dataclass(frozen=True)
class Saved:
    """When a file says that it was changed last and begun, if it does; and its own name and id."""

    changed: datetime
    begun: datetime | None = None
    id: str = ""
    origin: str = ""
    name: str = ""


@dataclass(frozen=True)
class Paper:
    """A filled-in handout: what each of its blanks holds, '' for an empty one, and its label where the file has it.

    `not_read` are the words of people that stand in no blank, `beside` those that stand next to one and are read as its answer. `number` tells the
    papers of one file apart. `packet` is whether all its sheets are one person's: then who and when need to stand on one of them only.
    """

    answers: Mapping[str, str]
    wording: Mapping[str, str]
    not_read: tuple[str, ...] = ()
    number: int = 0
    packet: bool = True
    beside: tuple[str, ...] = ()


class Printed(Protocol):
    """The handouts as the site gives them out, to be laid beside filled-in ones."""

    def has(self, title: str) -> bool:
        """Whether a handout has this title."""
        ...

    def like(self, title: str, forms: Collection[str], kind: Literal["docx", "xlsx"]) -> Iterable[Package]:
        """The files of this kind with this title; if there are none, those of these forms."""
        ...


@dataclass(frozen=True)
class Known:
    """The forms of this edition, and their blanks by name; `now` is when files are collected, for what is later than that has a wrong clock."""

    forms: Mapping[str, FormBlanks]
    printed: Printed | None = None
    now: datetime | None = None

    def is_to_come(self, time: datetime) -> bool:
        """Whether a time is more than a day later than now."""
        return self.now is not None and time > self.now + DAY

    @cached_property
    def blanks(self) -> dict[str, Blank]:
        return {blank.name: blank for form in self.forms.values() for blank in form.blanks}

    @cached_property
    def form_of(self) -> dict[str, str]:
        """Each blank's form by the blank's name."""
        return {blank.name: form.id for form in self.forms.values() for blank in form.blanks}

    def form(self, name: str, title: str) -> FormBlanks:
        """The form of this id; one without blanks where this edition no longer has it."""
        return OTHER if name == OTHER.id else self.forms.get(name) or FormBlanks(name, title, "", name, ())

    def by_form(self, names: Mapping[str, str]) -> dict[str, dict[str, str]]:
        """Blanks by the id of their form. One that no form knows is of a form that asks something else in the same file, or of no form."""
        there = {self.form_of[name] for name in names if name in self.form_of}
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for name, answer in names.items():
            around = (form for form in there if ids.is_in(name, self.forms[form].prefix))
            found[self.form_of.get(name) or max(around, key=len, default=OTHER.id)][name] = answer
        return found

    def mentioned(self, texts: Iterable[str]) -> set[str]:
        """The forms whose pages are named in these texts, as at the head of each handout."""
        addresses = {word.strip(".,;:()") for text in texts for word in text.split() if word.rstrip(".,;:()").endswith("/")}
        return {name for name, form in self.forms.items() if any(address.endswith(f"/{form.page}") for address in addresses)}

    @cached_property
    def beginnings(self) -> set[str]:
        return {ids.begins(form.prefix) for form in self.forms.values()} | set(HANDOUTS)


def of_paper(paper: Paper, known: Known, content: bytes, name: str, changed: datetime) -> Iterator[Session]:
    """A session for each form of a handout that has answers; `name` is what the file is called.

    The session's id is made of the file's bytes: a copy of a file counts once.
    """
    if not any(ids.begins(blank) in known.beginnings for blank in paper.answers):
        raise UnreadableError("not-ours", "it is no handout of this site", "collect what was filled in on the site, or on its handouts")
    read = {blank: _value(known.blanks.get(blank), _clean(blank, text)) for blank, text in paper.answers.items()}
    forms = known.by_form(read)
    first = [_who(known.form(form, ""), answers) for form, answers in forms.items()]
    fallback = {part: next((who[part] for who in first if who[part]), "") for part in WHO} if paper.packet else {}
    # What a label says of a blank that is known stands in the form.
    labels = {blank: words for blank, words in paper.wording.items() if blank not in known.blanks}
    code = hashlib.sha256(content + bytes(paper.number)).hexdigest()[:32]
    saved = Saved(changed, id=code, name=name)
    for form, answers in forms.items():
        found = of_answers(known, known.form(form, ""), answers, labels, saved, fallback)
        if found.answers:
            yield found


def of_answers(
    known: Known,
    form: FormBlanks,
    answers: Mapping[str, str],
    wording: Mapping[str, str],
    saved: Saved,
    fallback: Mapping[str, str] | None = None,
) -> Session:
    """A session out of all that the blanks of a form hold."""
    who = {part: text or (fallback or {}).get(part, "") for part, text in _who(form, answers).items()}
    kept = {blank: answer for blank, text in answers.items() if not _is_who(form, blank) and (answer := _clean(blank, text))}
    words = {blank: " ".join(_clean(blank, text).split()) for blank, text in wording.items() if blank in kept}
    begun = saved.begun if saved.begun and not known.is_to_come(saved.begun) else None
    doubtful = known.is_to_come(saved.changed) or bool(begun and saved.changed < begun - DAY)
    day, written = day_of(who["date"]), _line(who["date"])
    signed = _line(who["name"])
    no_day = "" if day else written
    last = (begun if doubtful and begun else saved.changed).date()
    named, team = signed or _line(saved.name), _line(who["team"])
    return Session(
        form.id, _line(form.title), saved.id, signed, named, team, day or last, no_day, saved.changed, kept, words, saved.origin or saved.id, doubtful
    )


def _is_who(form: FormBlanks, blank: str) -> bool:
    return ids.last(blank) in WHO and (form is OTHER or ids.around(blank) == form.prefix)


def _who(form: FormBlanks, answers: Mapping[str, str]) -> dict[str, str]:
    found = {ids.last(blank): _clean(blank, text) for blank, text in answers.items() if _is_who(form, blank)}
    return {part: found.get(part, "") for part in WHO}


def day_of(text: str) -> date | None:
    """The day that a text names, if it does; of a year in two digits, 69 to 99 are of the last century."""
    found = next(filter(None, (re.fullmatch(form, folded(text), re.ASCII) for form in DATES)), None)
    if not found:
        return None
    parts = found.groupdict()
    named = parts.get("named")
    month = next((at for at, name in enumerate(MONTHS, 1) if named in (name, name[:3])), 0) if named else int(parts["month"])
    year = int(parts["year"]) + (0 if len(parts["year"]) == 4 else 1900 if parts["year"] >= "69" else 2000)
    try:
        return date(year, month, int(parts["day"]))
    except ValueError:
        return None


def _value(blank: Blank | None, text: str) -> str:
    """The value that a form keeps for the words that people read: 'not yet' to 'not-yet'."""
    if blank is None or not blank.choices:
        return text
    if blank.choices[0][0] == "on":
        return {"on": "on", "yes": "on", "x": "on", "no": "", "": ""}.get(text.casefold(), text)
    return next((value for value, title in blank.choices if text.casefold() in (value, title.casefold())), text)


def _clean(blank: str, text: str) -> str:
    """A text with line breaks of one kind and no signs that cannot be seen or written."""
    if len(text) > LONGEST:
        raise UnreadableError("too-long", f"the text of '{blank[:60]}' has more than {LONGEST:,} letters", "make it shorter and save the file again")
    text = re.sub(r"\r\n?", "\n", text).encode("utf-8", "replace").decode()
    return "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) != "Cc").strip()


def _line(text: str) -> str:
    return " ".join(_clean("name", text).split())
