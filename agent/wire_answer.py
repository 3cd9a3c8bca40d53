"""Reading what a model or its server answered: strictly, and within bounds, whatever it sent."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from ..storyboard.schema import clean_text
from ..storyboard.treatment import Treatment

K = TypeVar("K", bound=BaseModel)
MOST_BYTES = 2_000_000
"""Of an answer, in UTF-8. A story of an hour has about a fifth of it."""
TOO_LONG = f"The answer is longer than {MOST_BYTES // 1_000_000} MB. Answer far shorter."
DEEPEST = 40
"""Levels of nesting. A treatment has 7, a server's envelope about as many."""
MOST_DIGITS = 18
"""Of a whole number."""
MOST_FAULTS = 12
"""Faults of one answer that are told at once."""
_TOKENS = re.compile(r'"(?:[^"\\]|\\.)*+\\?(?:"|\Z)|[\[\]{}]', re.DOTALL)
_THOUGHT = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)


class Unreadable(ValueError):
    """An answer that is not what was asked for. ``str()`` says why, fit to be told to the model."""


@dataclass(frozen=True)
class Read:
    """A treatment as it was answered, and what was passed over to find it."""

    treatment: Treatment
    notices: tuple[str, ...] = ()


def read_treatment(text: str) -> Read:
    """The treatment in a model's answer, which may be fenced or stand between other words.

    Raises ``Unreadable`` for everything else; never ``RecursionError`` or a bare ``ValueError``.
    """
    treatment, around = read_answer(text, Treatment)
    notices = ("The model wrote other words around the story; they were passed over.",) if around else ()
    return Read(treatment, notices)


def read_answer(text: str, kind: type[K]) -> tuple[K, bool]:
    """The one ``kind`` in a model's answer, and whether other words stood around it.

    Raises ``Unreadable`` for everything else, in words fit to be told to the model.
    """
    value, around = _found(text)
    if not isinstance(value, dict):
        raise Unreadable("The answer is no JSON object.")
    try:
        return kind.model_validate(value), around
    except ValidationError as error:
        raise Unreadable(_faults(error)) from None
    except RecursionError:
        raise Unreadable("The answer is nested too deeply.") from None


def keeps_to(text: str, schema: Mapping[str, Any]) -> bool:
    """Whether the answer is an object with all keys of that schema's outermost object."""
    try:
        value, _ = _found(text)
    except Unreadable:
        return False
    return isinstance(value, dict) and set(schema.get("required", ())) <= value.keys()


def read_json(text: str) -> Any:
    """The value of a JSON text that is nothing else, of any length. Raises ``Unreadable``."""
    _shallow(text)
    try:
        return _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise Unreadable(_broken(text, error)) from None
    except RecursionError:
        raise Unreadable("It is nested too deeply.") from None


def _found(text: str) -> tuple[Any, bool]:
    """The one JSON object in the text, and whether there were other words around it."""
    if len(text) > MOST_BYTES or len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise Unreadable(TOO_LONG)
    text = _THOUGHT.sub("", text, count=1)
    _shallow(text)
    fence = text.find("```")
    start = text.find("{", fence + 3 if 0 <= fence < text.find("{") else 0)
    if start < 0:
        raise Unreadable("The answer holds no JSON object. Answer with the JSON object alone.")
    try:
        value, end = _DECODER.raw_decode(text, start)
    except json.JSONDecodeError as error:
        raise Unreadable(_broken(text, error)) from None
    except RecursionError:
        raise Unreadable("The answer is nested too deeply.") from None
    before, after = text[:start].strip(), text[end:].strip()
    if "[" in before or re.search(r"[\[{]", after):
        raise Unreadable("The answer holds more than one JSON value. Answer with one JSON object alone.")
    fenced = re.fullmatch(r"```[a-zA-Z]{0,8}", before) and after == "```"
    return value, bool((before or after) and not fenced)


def _shallow(text: str) -> None:
    depth = 0
    for token in _TOKENS.finditer(text):
        mark = token[0]
        if mark in "[{":
            depth += 1
            if depth > DEEPEST:
                raise Unreadable(f"The answer is nested more than {DEEPEST} levels deep.")
        elif mark in "]}":
            depth -= 1


def _broken(text: str, error: json.JSONDecodeError) -> str:
    if error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string"):
        return "The answer breaks off before its JSON is complete. Write less, and all of it."
    return f"The answer is not valid JSON: {error.msg} at line {error.lineno}, column {error.colno}."


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    whole = dict(pairs)
    if len(whole) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise Unreadable(f"The key {clean_text(twice)[:60]!r} stands twice in one object.")
    return whole


def _whole(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise Unreadable(f"There is a number of {len(digits):,} digits.")
    return int(digits)


def _fraction(digits: str) -> float:
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise Unreadable("There is a number too large to be one.")
    return number


def _constant(name: str) -> Any:
    raise Unreadable(f"{name} is no JSON value.")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_once, parse_int=_whole, parse_float=_fraction, parse_constant=_constant, strict=False
)
"""Line breaks inside strings are let through, since they lose nothing; all else is as JSON has it."""


def _faults(error: ValidationError) -> str:
    told = []
    for fault in error.errors(include_url=False, include_input=False)[:MOST_FAULTS]:
        where = ".".join(clean_text(str(step))[:40] for step in fault["loc"]) or "the whole"
        words = clean_text(fault["msg"])[:300]
        if fault["type"] == "too_long":
            words = f"at most {fault['ctx']['max_length']} characters, not {fault['ctx']['actual_length']}"
        told.append(f"{where}: {words}")
    more = error.error_count() - len(told)
    return "The JSON does not fit the schema. " + "; ".join(told) + (f"; and {more} more" if more else "")
