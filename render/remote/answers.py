"""What a server's answer means: a picture, a clip in the making, or trouble. Nothing of it is trusted."""

from __future__ import annotations

import base64
import binascii
import json
import math
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any, Literal

from ...storyboard.schema import clean_text

_DONE = frozenset({"completed", "succeeded", "success", "done"})
_FAILED = frozenset({"failed", "error", "cancelled", "canceled", "expired", "rejected"})
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,119}", re.ASCII)
_POLICY = ("content_policy", "content policy", "content_filter", "moderation", "safety", "sensitive")


@dataclass(frozen=True)
class Answer:
    """A response in the 200s, whole."""

    body: bytes
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Trouble:
    """Why a call gave nothing. ``words`` go on after the server's name."""

    words: str
    passing: bool = False
    """It may work when tried again."""
    untaken: bool = False
    """It is known that the server did not take what was asked."""
    policy: bool = False
    """It refuses what is to be seen."""
    gone: bool = False
    """It does not know what it is asked about."""
    wait: float | None = None
    """Seconds that it asks to be left alone for."""


@dataclass(frozen=True)
class Clip:
    """A clip at the server. ``share`` from 0 to 1."""

    id: str
    state: Literal["waiting", "done", "failed"]
    share: float = 0.0
    words: str = ""
    policy: bool = False


def read_json(body: bytes) -> Any:
    """The value in a body; None where it is no JSON."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def read_picture(body: bytes) -> bytes | str | Trouble:
    """The encoded picture of an images answer, or the address of one."""
    value = read_json(body)
    rows = value.get("data") if isinstance(value, dict) else None
    first = rows[0] if isinstance(rows, list) and rows else None
    if not isinstance(first, dict):
        policy = is_policy(_text(value))
        return Trouble("answered without a picture" + _said(value), passing=not policy, policy=policy)
    packed, url = first.get("b64_json"), first.get("url")
    if isinstance(packed, str) and packed:
        try:
            return base64.b64decode(
                packed.partition(",")[2] if packed[:5] == "data:" else packed, validate=True
            )
        except (binascii.Error, ValueError):
            return Trouble("sent a picture that is cut short or damaged", passing=True)
    if isinstance(url, str) and url:
        return url
    return Trouble("answered without a picture")


def read_clip(value: Any) -> Clip | Trouble:
    """A clip in the making, from a create or retrieve answer, or a row of a list."""
    name = value.get("id") if isinstance(value, dict) else None
    if not isinstance(value, dict) or not isinstance(name, str) or not _ID.fullmatch(name):
        policy = is_policy(_text(value))
        return Trouble(
            "did not answer with a clip and its id" + _said(value), passing=not policy, policy=policy
        )
    status = str(value.get("status") or "queued").lower()
    progress = value.get("progress")
    share = float(progress) / 100 if isinstance(progress, int | float) and math.isfinite(progress) else 0.0
    share = min(1.0, max(0.0, share))
    if status in _DONE:
        return Clip(name, "done", 1.0)
    if status in _FAILED:
        error = value.get("error")
        words = _text(error) or status
        return Clip(name, "failed", share, words[:300], is_policy(words + json.dumps(error)[:2000]))
    return Clip(name, "waiting", share, clean_text(status[:40]))


def read_list(body: bytes, order: str) -> Clip | Trouble | None:
    """The clip in a list of clips whose ``metadata`` bears the order; None where there is none."""
    value = read_json(body)
    rows = value.get("data") if isinstance(value, dict) else None
    if not isinstance(rows, list):
        return Trouble("gave no list of its clips")
    for row in rows:
        marks = row.get("metadata") if isinstance(row, dict) else None
        if isinstance(marks, dict) and marks.get("photoplay_order") == order:
            return read_clip(row)
    return None


def read_refusal(status: int, body: bytes, headers: Mapping[str, str], key_variable: str) -> Trouble:
    """What a response outside the 200s means."""
    said = _text(read_json(body))
    told = f"answered {status}" + (f" ({said[:300]})" if said else "")
    if is_policy(said + body[:4000].decode("utf-8", "replace")) and 400 <= status < 500:
        return Trouble(f"refuses what is to be seen ({said[:300] or status})", untaken=True, policy=True)
    if status in (401, 403):
        return Trouble(
            f"refused the key ({status}). Check the environment variable {key_variable}", untaken=True
        )
    if status == 402:
        return Trouble(f"{told}: the account has no credit left", untaken=True)
    if status in (404, 410):
        return Trouble(f"{told}: check url and model in the settings file", untaken=True, gone=True)
    wait = retry_after(headers)
    if status == 429 or (status == 503 and wait is not None):
        return Trouble(f"is busy ({status})", passing=True, untaken=True, wait=wait)
    if status in (408, 409, 425) or status >= 500:
        return Trouble(f"is failing ({told})", passing=True, wait=wait)
    if 300 <= status < 400:
        return Trouble(f"answered {status}, a redirection: set url to where it leads", untaken=status >= 307)
    return Trouble(told, untaken=400 <= status < 500)


def is_policy(said: str) -> bool:
    """Whether a server's words are of its rules on content."""
    lower = said.lower()
    return any(word in lower for word in _POLICY)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that a server asks to wait for (RFC 9110, 10.2.3); None where it does not say."""
    asked = headers.get("retry-after", "")
    try:
        wait = float(asked) if asked[:1].isdigit() else parsedate_to_datetime(asked).timestamp() - time.time()
    except (ValueError, TypeError, OverflowError):
        return None
    return max(0.0, wait) if math.isfinite(wait) else None


def _said(value: Any) -> str:
    words = _text(value)
    return f" ({words[:200]})" if words else ""


def _text(value: Any) -> str:
    """A server's own words in an answer, cleaned; empty where there are none."""
    error = value.get("error", value) if isinstance(value, dict) else value
    if isinstance(error, dict):
        error = error.get("message") or error.get("detail") or error.get("code") or ""
    return " ".join(clean_text(error[:1000]).split()) if isinstance(error, str) and "<" not in error else ""
