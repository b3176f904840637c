"""JSON Schemas made from the models: for the files in data/, so that editors complete and check, for playbook.json and for what readers save."""

from __future__ import annotations

import json

from pydantic import BaseModel

from generator.exports import playbook_json
from generator.forms.saved_answers import Answers
from generator.forms.saved_handout import Composition
from generator.model import guides, history, link_status, measurements, playbook, search_terms, term_list

SCHEMAS: dict[str, type[BaseModel]] = {
    "edition": playbook.Edition,
    "introduction": playbook.IntroductionFile,
    "domains": playbook.DomainFile,
    "practice": playbook.Practice,
    "tools": playbook.ToolFile,
    "resources": playbook.ResourceFile,
    "glossary": playbook.GlossaryFile,
    "errata": playbook.ErratumFile,
    "sources": playbook.DocumentFile,
    "term_list": term_list.TermList,
    "synonyms": search_terms.SynonymFile,
    "asked": search_terms.AskedFile,
    "search_score": search_terms.SearchScore,
    "figures": measurements.FigureFile,
    "link_status": link_status.LinkStatusFile,
    "source_map": playbook.SourceMap,
    "leadership_introduction": guides.LeadershipIntroduction,
    "leadership": guides.LeadershipSection,
    "cycle": guides.Cycle,
    "coaching": guides.Coaching,
    "rubric": guides.Rubric,
    "form": guides.FormFile,
    "turnaround_practices": guides.ExternalPractices,
    "crosswalk": guides.Crosswalk,
    "retired": history.RetiredFile,
    "released": history.Released,
    "playbook": playbook_json.Export,
    "answers": Answers,
    "composition": Composition,
}
"""The name of each schema file, and what it describes."""


def schemas() -> dict[str, str]:
    """The name of each schema file to its text."""
    return {f"{name}.schema.json": _text(shape) for name, shape in SCHEMAS.items()}


def _text(shape: type[BaseModel]) -> str:
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **shape.model_json_schema(by_alias=True)}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
