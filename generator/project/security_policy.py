"""The content security policy in mkdocs.yml: it allows what the pages need, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.problems import Mark, Problem, suggestion

NEEDED: Mapping[str, frozenset[str]] = {
    "default-src": frozenset({"'none'"}),
    "script-src": frozenset({"'self'"}),
    "style-src": frozenset({"'self'"}),
    "img-src": frozenset({"'self'", "data:"}),
    "font-src": frozenset({"'self'"}),
    "connect-src": frozenset({"'self'"}),
    "form-action": frozenset({"'self'"}),
    "base-uri": frozenset({"'none'"}),
}
"""Each directive with all that it allows: files of the site, pictures inside styles, no script in a page."""


def problems(policy: object, mark: Mark) -> Iterator[Problem]:
    """What differs in the policy that stands at `mark`."""
    if not isinstance(policy, str):
        yield _problem(mark, "the pages have no content security policy", f"write 'policy: >-' and in the line below: {_written(NEEDED)}")
        return
    directives = [part.split() for part in policy.split(";") if part.strip()]
    names = [name.lower() for name, *_ in directives]
    meant = set()
    for number, (name, *sources) in enumerate(directives):
        directive = names[number]
        if directive not in NEEDED:
            hint = suggestion(directive, NEEDED)
            meant.add(next((known for known in NEEDED if known in hint and "did you mean" in hint), ""))
            yield _problem(mark, f"no directive '{name}' is used here", hint)
        elif directive in names[:number]:
            yield _problem(mark, f"'{name}' appears twice: browsers read only the first", "keep one of them")
        elif frozenset(map(str.lower, sources)) != NEEDED[directive]:
            said = f"'{name}' allows {' '.join(sources) or 'nothing'}, and the pages need {' '.join(sorted(NEEDED[directive], reverse=True))}"
            yield _problem(mark, said, f"write {_written({directive: NEEDED[directive]})}")
    if lacking := {name: sources for name, sources in NEEDED.items() if name not in names and name not in meant}:
        yield _problem(mark, f"the policy lacks {', '.join(lacking)}", f"add {_written(lacking)}")


def _written(directives: Mapping[str, frozenset[str]]) -> str:
    return "; ".join(f"{name} {' '.join(sorted(sources))}" for name, sources in directives.items())


def _problem(mark: Mark, message: str, hint: str) -> Problem:
    return Problem(mark, "weak-policy", "extra.policy", message, hint)
