"""The base of all data types, and canonical JSON.

Everything here is immutable, refuses unknown fields, and holds whole numbers only: what is
hashed must have one spelling on every machine.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from functools import partial
from operator import eq, is_
from typing import Annotated, Any, ClassVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StringConstraints,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

SCHEMA_VERSION = 2
"""Version of ``film.json`` and ``edits.jsonl``. Raised when a field changes meaning; see ``upgrade.py``."""


class Data(BaseModel):
    """Immutable plain data. Unknown fields, NaN and wrong types are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        from .field_words import field_words

        schema = handler(core)
        fields = handler.resolve_ref_schema(schema).get("properties", {})
        for name, words in field_words(cls).items():
            if name in fields:
                fields[name].setdefault("description", words)
        return schema


class Grown(Data):
    """Data that goes into keys and got fields after the first release.

    A field in ``later`` that holds its default is left out when the data is written, and so out of
    every key: a new field throws no take away.

    It is left out by what is no Python function: an interrupt that comes while pydantic writes is raised in
    the next one that it calls, and out of a serialiser it would come as another error. (Unions of models are
    written by ``SerializeAsAny`` for the same reason: another would swallow it.)
    """

    later: ClassVar[frozenset[str]] = frozenset()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        schema = handler(source)
        inner: Any = handler.resolve_ref_schema(schema)
        while inner["type"] != "model-fields":
            inner = inner["schema"]
        for name in cls.later:
            default = cls.model_fields[name].default
            same = is_ if default is None else eq
            inner["fields"][name]["serialization_exclude_if"] = partial(same, default)
        return schema


def _clean(value: object) -> object:
    """NFC text without lone surrogates, NUL, bidirectional overrides or zero-width marks."""
    if not isinstance(value, str):
        return value
    text = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    kept = (
        c for c in text if c in "\n\t" or (unicodedata.category(c) not in {"Cc", "Cs"} and c not in _UNSEEN)
    )
    return unicodedata.normalize("NFC", "".join(kept))


_UNSEEN = frozenset("\u200b\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

Text = Annotated[str, BeforeValidator(_clean), StringConstraints(max_length=20_000)]
"""Free words: NFC, no control characters, at most 20,000 characters."""
LongText = Annotated[str, BeforeValidator(_clean), StringConstraints(max_length=1_100_000)]
"""Free words as ``Text``, at most 1,100,000 characters: what a person hands in."""
Name = Annotated[str, BeforeValidator(_clean), StringConstraints(max_length=120, strip_whitespace=True)]
"""A display name: NFC, at most 120 characters. Never identity: that is the id."""
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$")]
"""A stable id: lower-case ASCII letters, digits and hyphens, 1 to 64 characters."""
Key = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""A take's key: 64 hexadecimal digits (SHA-256)."""
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-f]{6}$")]
"""An sRGB colour, ``#rrggbb`` in lower case."""
RendererName = Annotated[
    str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,31}(:[a-z0-9][a-z0-9.-]{0,47})?$")
]
"""A registered renderer, such as ``animatic`` or ``diffusion:wan-vace``. Never a class path."""


def as_json(data: BaseModel, indent: int | None = None) -> bytes:
    """The data as JSON in UTF-8. Unlike pydantic's own writer, an interrupt meanwhile stays what it is."""
    separators = (",", ":") if indent is None else None
    plain = data.model_dump(mode="json")
    return json.dumps(
        plain, ensure_ascii=False, allow_nan=False, indent=indent, separators=separators
    ).encode()


def clean_text(value: str) -> str:
    """The text as every type here stores it (see ``Text``); for use before a type is built."""
    cleaned = _clean(value)
    assert isinstance(cleaned, str)
    return cleaned


def canonical(value: Any) -> bytes:
    """Canonical JSON of plain data: sorted keys, NFC text, whole numbers, UTF-8, no spaces.

    Raises ``TypeError`` for floats and for anything that is not plain data.
    """
    return json.dumps(_plain(value), sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return _plain(value.model_dump(mode="json"))
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {unicodedata.normalize("NFC", str(k)): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    raise TypeError(f"{type(value).__name__} has no canonical form")


def digest(value: Any) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical(value)).hexdigest()
