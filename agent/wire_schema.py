"""The JSON Schema of a treatment, reduced to what the strict modes of model servers accept."""

from __future__ import annotations

from functools import cache
from typing import Any

from ..storyboard.treatment import Treatment

_KEPT = ("type", "enum", "description")
"""Keywords that every strict mode takes as they are. Bounds, patterns, titles and defaults are dropped:
what they ask for is checked when the answer is read."""


@cache
def _treatment() -> dict[str, Any]:
    whole = Treatment.model_json_schema()
    schema = _strict(whole)
    schema["$defs"] = {name: _strict(part) for name, part in whole["$defs"].items()}
    shot = schema["$defs"]["TreatedShot"]
    del shot["properties"]["seconds"]
    shot["required"].remove("seconds")
    return schema


def treatment_schema() -> dict[str, Any]:
    """A strict JSON Schema for ``Treatment``; the caller must not change it.

    Every object lists all its properties as required and allows no others; what may be missing is
    ``anyOf`` with null; enumerations are listed; a ``$ref`` stands alone.
    """
    return _treatment()


def response_format() -> dict[str, Any]:
    """The ``response_format`` of a chat completion that answers with a treatment and nothing else."""
    return {
        "type": "json_schema",
        "json_schema": {"name": "treatment", "strict": True, "schema": treatment_schema()},
    }


def _strict(schema: dict[str, Any]) -> dict[str, Any]:
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
