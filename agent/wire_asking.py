"""What is sent to a model server, as far as it is known to take it, and how many tokens that may be."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .language_model import AnswerForm, Message, Picture
from .wire_schema import response_format
from .wire_words import schema_in_words

FORMS = ("json_schema", "json_object", "text")
"""Formats of an answer, from the one that helps most to the one that every server takes."""
CAPS = ("max_completion_tokens", "max_tokens", "")
"""What the limit of an answer's tokens is called."""
_TOKENS_OF_A_PICTURE = 3_000
"""More than any server is known to count for one of at most 768 pixels in its low detail."""


@dataclass
class Known:
    """What a server was found to take; kept by whoever asks it again in the same session."""

    form: int = 0
    seeded: bool = True
    cap: int = 0
    spelled: bool = False
    """The schema has to be told in words too: the server takes it, and does not keep to it."""
    notices: list[str] = field(default_factory=list)

    @property
    def format(self) -> str:
        """The format of answer that is asked for."""
        return FORMS[self.form]


@dataclass(frozen=True)
class Asking:
    """One question to a model, whatever the server takes of it."""

    messages: Sequence[Message]
    form: AnswerForm
    seed: int
    pictures: Sequence[Picture] = ()

    def sent(self, known: Known, most_tokens: int | None) -> dict[str, Any]:
        """The fields of the request beside the model's name. ``most_tokens`` None: no limit is told."""
        said = [dict[str, Any](message) for message in self.messages]
        if known.form > 0 or known.spelled:
            said[0]["content"] += schema_in_words(self.form)
        if self.pictures:
            said[-1]["content"] = [{"type": "text", "text": said[-1]["content"]}, *map(_part, self.pictures)]
        sent: dict[str, Any] = {"messages": said}
        if known.seeded:
            sent["seed"] = self.seed
        if known.format == "json_schema":
            sent["response_format"] = response_format(self.form)
        elif known.format == "json_object":
            sent["response_format"] = {"type": "json_object"}
        if CAPS[known.cap] and most_tokens is not None:
            sent[CAPS[known.cap]] = most_tokens
        return sent

    @property
    def tokens(self) -> int:
        """More tokens than the question can have: a token is at least one byte of UTF-8."""
        size = sum(len(message["content"].encode("utf-8", "replace")) + 16 for message in self.messages)
        return size + len(schema_in_words(self.form).encode()) + len(self.pictures) * _TOKENS_OF_A_PICTURE


def _part(picture: Picture) -> Mapping[str, Any]:
    data = base64.b64encode(picture.data).decode("ascii")
    url = f"data:image/{picture.kind};base64,{data}"
    return {"type": "image_url", "image_url": {"url": url, "detail": "low"}}


def names_a_cap(said: str) -> bool:
    """Whether a server's words are about the limit of tokens."""
    return any(name in said for name in CAPS if name)
