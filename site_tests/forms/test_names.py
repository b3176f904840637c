"""The names that answers are saved under: none changes, whatever is reworded."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from generator.checks.checked_edition import Edition
from generator.forms import form_fields
from generator.forms.form_fields import FormBlanks
from generator.forms.layout import Part, parts
from generator.model.guides import Node
from site_tests.support.nonempty import nonempty

NAMES = Path(__file__).parent / "names.txt"


def _lines(form: FormBlanks) -> list[str]:
    """Each blank's name, with the values of its choices."""
    values = {blank.name: " ".join(value for value, _ in blank.choices) for blank in form.blanks}
    return [f"{name} = {chosen}" if chosen else name for name, chosen in values.items()]


def test_no_name_of_a_form_changes(edition: Edition) -> None:
    """A line may be added. One that is changed or removed loses what people wrote there."""
    forms = form_fields.forms(edition.catalog, edition.routes)
    found = [line for name in edition.catalog.companions.forms for line in _lines(forms[name])]
    assert found == NAMES.read_text(encoding="utf-8").splitlines()


def test_a_reworded_label_changes_no_name(edition: Edition) -> None:
    for form in nonempty(edition.catalog.companions.forms.values()):
        practices = edition.catalog.practices
        reworded = [_reworded(node) for node in form.nodes]
        there = parts(form.model_copy(update={"nodes": tuple(reworded)}), practices)
        assert _names(there) == _names(parts(form, practices))


def _reworded(node: Node) -> Node:
    """A part of a form where every label reads otherwise."""
    reworded: dict[str, object] = {"label": "Reworded", "nodes": tuple(map(_reworded, node.nodes))}
    for field in ("options", "columns", "row_labels"):
        reworded[field] = tuple(line.model_copy(update={"label": "Reworded"}) for line in getattr(node, field))
    return node.model_copy(update=reworded)


def _names(found: Iterable[Part]) -> list[object]:
    """The names and values in parts of a form, as they are in each other."""
    whole: list[object] = []
    for part in found:
        whole += [part.name, *(name for row in part.rows for name in row.names), _names(part.parts)]
        whole += [(choice.name, choice.value, choice.words) for choice in part.choices]
    return whole
