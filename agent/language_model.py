"""The seam for language models: a conversation and the form of its answer go in, an answer comes out.

Writers, the director and the critic ask through it, whoever answers: a server on the OpenAI wire, weights
on this machine, or a function. What a model says is data; whoever asks validates it, and asks again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol, runtime_checkable

Message = dict[str, str]
"""``role`` (system, user or assistant) and ``content``."""


@dataclass(frozen=True)
class AnswerForm:
    """What the answer has to be: one JSON object after ``schema``, a strict JSON Schema.

    Strict: every object lists all its properties as required and allows no others; what may be missing
    is ``anyOf`` with null. ``name`` is letters, digits, hyphens and underscores. ``maxLength``, ``minItems``
    and ``maxItems`` may be in it: they bind weights on this machine, and are left out for servers.
    """

    name: str
    schema: Mapping[str, Any]
    most_tokens: int = 4_096
    """The longest that the answer may be, in the model's tokens; thinking is not counted."""


@dataclass(frozen=True)
class Picture:
    """A picture that belongs to the last message: an encoded PNG or JPEG, made by ourselves."""

    data: bytes
    kind: Literal["png", "jpeg"] = "png"


@dataclass(frozen=True)
class Answer:
    """A model's answer, cleaned (``schema.clean_text``). ``fault`` says what is already known to be wrong
    with it (cut off, too long), in words fit for the model; else it is empty."""

    text: str
    model: str
    fault: str = ""


@runtime_checkable
class LanguageModel(Protocol):
    """Answers, a bounded number of times and within a bounded time."""

    name: str
    """Who answers, for people: ``gpt-x at api.example.com``, ``qwen3-4b on this machine``."""
    model: str
    notices: list[str]
    """What a person must be told of how answers came to be; grows as it is asked."""

    def ask(
        self, messages: list[Message], form: AnswerForm, seed: int, pictures: tuple[Picture, ...] = ()
    ) -> Answer:
        """One answer. Raises ``WriterRefused`` (will not succeed if tried again), ``WriterError`` (no answer
        within time and tries), ``LimitReached`` or ``OverBudget``."""
        ...

    def close(self) -> None:
        """Give everything back. Safe to call twice."""
        ...
