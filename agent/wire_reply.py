"""What a model server's response means: an answer, or trouble that may pass or not."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any, TypeVar

from ..storyboard.schema import clean_text
from .wire_answer import MOST_BYTES, Unreadable, read_json

T = TypeVar("T")
TOO_MUCH = "sent more than can be an answer"


@dataclass(frozen=True)
class Reply:
    """A model's answer. ``fault`` says what is already known to be wrong with it, else it is empty."""

    text: str
    model: str
    fault: str = ""


@dataclass(frozen=True)
class Usage:
    """Tokens that a server says were used; None where it does not say."""

    tokens_in: int | None = None
    tokens_out: int | None = None


@dataclass(frozen=True)
class Trouble:
    """Why a call gave nothing. ``words`` go on after the endpoint's name."""

    words: str
    passing: bool = False
    wait: float | None = None
    refused: bool = False
    status: int = 0
    said: str = ""
    """What the server said, cleaned and shortened."""
    too_long: bool = False
    unworked: bool = False
    """Nothing was taken on: no connection, or refused before any work."""


def read_envelope(body: str, read: Callable[[Any], T | Trouble]) -> T | Trouble:
    """What ``read`` makes of a response's JSON; ``Trouble`` where it is none, or an error."""
    try:
        value = read_json(body)
    except Unreadable:
        return Trouble("did not answer as the OpenAI wire has it", passing=True)
    if isinstance(value, dict) and "error" in value and value["error"]:
        return Trouble(f"answered with an error ({_message(value['error'])[0][:300]})", passing=True)
    return read(value)


def read_reply(value: Any) -> Reply | Trouble:
    """The answer in a chat completion, cleaned."""
    choices = value.get("choices") if isinstance(value, dict) else None
    first = choices[0] if isinstance(choices, list) and choices else None
    message = first.get("message") if isinstance(first, dict) else None
    if not isinstance(first, dict) or not isinstance(message, dict):
        return Trouble("answered without a choice", passing=True)
    model = value.get("model")
    model = clean_text(model[:200]).strip()[:120] if isinstance(model, str) else ""
    finish, refusal = first.get("finish_reason"), message.get("refusal")
    if finish == "content_filter" or (isinstance(refusal, str) and refusal.strip()):
        why = f": {clean_text(refusal[:400])[:200]}" if isinstance(refusal, str) and refusal.strip() else ""
        return Trouble(f"refused to answer this{why}. Word it differently", refused=True)
    if finish == "length":
        return Reply("", model, "The answer was cut off at the server's limit of length. Be shorter.")
    text = _text(message.get("content"))
    if len(text) > MOST_BYTES:
        return Trouble(TOO_MUCH, too_long=True)
    if text.strip():
        return Reply(clean_text(text), model)
    if message.get("tool_calls"):
        return Reply("", model, "There are no tools. Answer with the JSON object itself.")
    return Trouble("answered with nothing", passing=True)


def read_usage(body: str) -> Usage:
    """What a chat completion says it used. Never raises."""
    if len(body) > MOST_BYTES:
        return Usage()
    try:
        value = read_json(body)
    except Unreadable:
        return Usage()
    used = value.get("usage") if isinstance(value, dict) else None
    if not isinstance(used, dict):
        return Usage()
    counts = [used.get(name) for name in ("prompt_tokens", "completion_tokens")]
    given, made = (n if isinstance(n, int) and not isinstance(n, bool) and n >= 0 else None for n in counts)
    return Usage(given, made)


def _text(content: Any) -> str:
    """The text of a message, which some servers send in parts."""
    if isinstance(content, list):
        parts = [part.get("text") for part in content if isinstance(part, dict)]
        return "".join(part for part in parts if isinstance(part, str))
    return content if isinstance(content, str) else ""


def read_models(value: Any) -> list[str] | Trouble:
    """The names in a list of models, cleaned and sorted."""
    rows = value.get("data") if isinstance(value, dict) else None
    if not isinstance(rows, list):
        return Trouble("gave no list of its models")
    names = [row.get("id") for row in rows if isinstance(row, dict)]
    return sorted({clean_text(name)[:120] for name in names if isinstance(name, str) and name})


def read_error(text: str) -> tuple[str, str]:
    """(message, code) of an error's body, cleaned; at most 1,000 characters each."""
    try:
        value = read_json(text)
    except Unreadable:
        return ("" if "<" in text else clean_text(text[:1000])), ""
    return _message(value.get("error", value) if isinstance(value, dict) else value)


def _message(error: Any) -> tuple[str, str]:
    if not isinstance(error, dict):
        return clean_text(str(error)[:1000]), ""
    words = error.get("message") or error.get("detail") or ""
    marks = " ".join(str(error.get(k) or "") for k in ("code", "type", "param"))
    return clean_text(str(words)[:1000]), clean_text(marks[:1000]).strip()[:1000]


def retry_after(headers: Any) -> float | None:
    """Seconds that the server asks to wait for (RFC 9110, 10.2.3), None where it does not say."""
    try:
        if "retry-after-ms" in headers:
            wait = float(headers["retry-after-ms"]) / 1000
        elif "retry-after" in headers:
            asked = headers["retry-after"]
            wait = (
                float(asked)
                if asked[:1].isdigit()
                else parsedate_to_datetime(asked).timestamp() - time.time()
            )
        else:
            return None
    except (ValueError, TypeError, OverflowError):
        return None
    return max(0.0, wait) if math.isfinite(wait) else None
