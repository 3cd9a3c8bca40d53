"""JSON Schemas of answers, reduced to what the strict modes of model servers accept."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel

from ..storyboard.treatment import UNASKED, Treatment
from .language_model import AnswerForm

_KEPT = ("type", "enum", "description")
"""Keywords that every strict mode takes as they are. Bounds, patterns, titles and defaults are dropped:
what they ask for is checked when the answer is read."""
TREATMENT_TOKENS = 16_000
"""The most that a whole treatment may have: about fifty shots."""


@cache
def strict_schema(kind: type[BaseModel]) -> dict[str, Any]:
    """A strict JSON Schema for that type; the caller must not change it.

    Every object lists all its properties as required and allows no others; what may be missing is
    ``anyOf`` with null; enumerations are listed; a ``$ref`` stands alone.
    """
    return strictly(kind.model_json_schema())


def strictly(schema: Mapping[str, Any]) -> dict[str, Any]:
    """A JSON Schema reduced to what every strict mode takes. What is strict already stays as it is."""
    whole = _strict(schema)
    if "$defs" in schema:
        whole["$defs"] = {name: _strict(part) for name, part in schema["$defs"].items()}
    return whole


@cache
def treatment_schema() -> dict[str, Any]:
    """A strict JSON Schema for ``Treatment`` as models are asked for it; the caller must not change it."""
    schema = strictly(Treatment.model_json_schema())
    for kind, names in UNASKED.items():
        part = schema if kind == "Treatment" else schema["$defs"][kind]
        for name in names:
            del part["properties"][name]
            part["required"].remove(name)
    return schema


def treatment_form() -> AnswerForm:
    """The form of an answer that is a whole treatment."""
    return AnswerForm("treatment", treatment_schema(), TREATMENT_TOKENS)


def response_format(form: AnswerForm) -> dict[str, Any]:
    """The ``response_format`` of a chat completion that answers in that form and nothing else."""
    return {
        "type": "json_schema",
        "json_schema": {"name": form.name, "strict": True, "schema": strictly(form.schema)},
    }


def _strict(schema: Mapping[str, Any]) -> dict[str, Any]:
    if "$ref" in schema:
        return {"$ref": schema["$ref"]}
    reduced: dict[str, Any] = {key: schema[key] for key in _KEPT if key in schema}
    if "description" in reduced:
        reduced["description"] = " ".join(str(reduced["description"]).replace("`", "").split())
    if "anyOf" in schema:
        reduced["anyOf"] = [_strict(option) for option in schema["anyOf"]]
    if "items" in schema:
        reduced["items"] = _strict(schema["items"])
    if "properties" in schema:
        reduced["properties"] = {name: _strict(part) for name, part in schema["properties"].items()}
        reduced["required"] = list(schema["properties"])
        reduced["additionalProperties"] = False
    return reduced
