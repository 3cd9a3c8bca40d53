"""What a conversation keeps between turns: small plain JSON, and what it means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, TypedDict

from pydantic import ValidationError

from ...storyboard.edit_types import EDIT, Edit
from ...storyboard.errors import BadInput
from .turn import Turn
from .understood import Talk, Understood

REMEMBERED = 40
"""Sentences of a conversation that are kept, of both sides."""
_POINTED = 8
"""Shots and entities that pointing words may mean."""
_TOLD = 6
"""Sentences of the person that a reader is told."""
_LONGEST = 600
"""Characters of one sentence that are kept."""


class Conversation(TypedDict, total=False):
    """The state of the director's graph. No story, frame, path or key ever enters a checkpoint."""

    heard: str
    said: list[list[str]]
    """[who, words] of the last turns, the last last; who is ``person`` or ``director``."""
    shots: list[str]
    entities: list[str]
    asked: str
    choices: list[str]
    """Answers to what was asked: a person may give their number."""
    reading: dict[str, Any]
    """What was understood last, as plain data."""
    pending: list[dict[str, Any]]
    """Edits that were shown and wait for a yes."""
    agreed: bool
    """The deed that was read was agreed to."""
    words: str
    """What caused the pending edits: all sentences since the last yes or no."""
    shown: str
    """What was shown of them."""
    meaning: list[str]
    """What they mean for the film, as it was shown: rows, shots made again, cost."""


def talk_of(state: Conversation) -> Talk:
    """What a reader is told of the conversation."""
    said = [words for who, words in state.get("said", ()) if who == "person"]
    return Talk(
        shots=tuple(state.get("shots", ())),
        entities=tuple(state.get("entities", ())),
        said=tuple(said[-_TOLD:]),
        asked=state.get("asked", ""),
        pending=edits_of(state.get("pending", ())),
    )


def edits_of(kept: Sequence[Any]) -> tuple[Edit, ...]:
    """Edits from plain data. Raises ``BadInput`` for what is none: the file may be a stranger's."""
    try:
        return tuple(EDIT.validate_python(edit) for edit in kept)
    except ValidationError:
        raise BadInput("What waited for a yes could not be read any more. Say it again.") from None


def plain_edits(edits: Sequence[Edit]) -> list[dict[str, Any]]:
    """Edits as plain data."""
    return [edit.model_dump(mode="json") for edit in edits]


_LISTS = ("shots", "entities", "read_as", "choices", "refused", "unread", "notices")


def plain_reading(read: Understood) -> dict[str, Any]:
    """What was understood, as plain data."""
    lists = {name: list(getattr(read, name)) for name in _LISTS}
    return {
        "edits": plain_edits(read.edits), "history": read.history, "deed": read.deed,
        "answer": read.answer, "question": read.question, **lists,
    }  # fmt: skip


def reading_of(kept: dict[str, Any]) -> Understood:
    """The same again. Raises ``BadInput`` for what is none."""
    lists: dict[str, Any] = {name: tuple(map(str, kept.get(name, ()))) for name in _LISTS}
    deed = kept.get("deed")
    if deed not in (None, "render", "board", "quote", "show", "approve", "stop"):
        raise BadInput("What was understood could not be read any more. Say it again.")
    return Understood(
        edits=edits_of(kept.get("edits", ())), history=int(kept.get("history", 0)), deed=deed,
        answer=str(kept.get("answer", "")), question=str(kept.get("question", "")), **lists,
    )  # fmt: skip


def after_turn(state: Conversation, turn: Turn) -> Conversation:
    """What the conversation keeps of a turn: what was said, and what it was about, the last first."""
    said = [
        *state.get("said", ()),
        ["person", _short(state.get("heard", ""))],
        ["director", _short(turn.words)],
    ]
    read = turn.understood
    shots = [*read.shots, *state.get("shots", ())]
    entities = [*read.entities, *state.get("entities", ())]
    return Conversation(
        heard="",
        said=[pair for pair in said if pair[1]][-REMEMBERED:],
        shots=list(dict.fromkeys(shots))[:_POINTED],
        entities=list(dict.fromkeys(entities))[:_POINTED],
        asked=read.question if turn.kind == "question" else "",
        choices=list(turn.choices),
    )


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"


def chosen(state: Conversation, heard: str) -> str:
    """What was said; the choice itself, where its number was said in answer to a question."""
    choices, number = state.get("choices", ()), heard.strip().strip(".)")
    if state.get("asked") and number.isdecimal() and len(number) < 4 and 1 <= int(number) <= len(choices):
        return choices[int(number) - 1]
    return heard


def caused(state: Conversation) -> tuple[str, ...]:
    """The words behind what was understood last: with the sentence that was asked about, where one was."""
    heard = chosen(state, state["heard"])
    before = [words for who, words in state.get("said", ()) if who == "person"]
    return (before[-1], heard) if state.get("asked") and before else (heard,)


def meaning_of(turn: Turn) -> list[str]:
    """What a proposal means for the film: two that are equal need not be shown twice."""
    found = turn.difference
    assert found is not None
    return [*found.rows, *turn.loosened, " ".join(found.again), found.cost]


_YES = re.compile(
    r"(?:(?:yes|yeah|yep|yup|y|ok|okay|sure|fine|good|great|perfect|right|agreed|correct)\b[\s,.!]*)?"
    r"(?:(?:please|do (?:it|that|so)|go(?: ahead| on)?|make it so|apply(?: it| that)?|please do)\b[\s,.!]*)*",
    re.IGNORECASE,
)
_NO = re.compile(
    r"(?:no|nope|nah|n|cancel(?: it| that)?|don'?t(?: do (?:it|that))?|never ?mind|forget (?:it|that)"
    r"|leave (?:it|that)(?: as it is| alone)?|not? thanks?|rather not|no thank you)[\s,.!]*",
    re.IGNORECASE,
)
_INSTEAD = re.compile(r"(?:no|nope|nah|not that|wait)\b[\s,.!:;-]+", re.IGNORECASE)


def yes_or_no(words: str) -> bool | None:
    """Whether words that answer "shall I?" are a yes or a no; None where they say something else."""
    said = words.strip().replace("’", "'")
    if not said:
        return None
    if _NO.fullmatch(said):
        return False
    return True if _YES.fullmatch(said) else None


def instead(words: str) -> str | None:
    """What is wanted in place of what was shown ("no, at dusk" -> "at dusk"); None where it comes on top."""
    match = _INSTEAD.match(words.strip())
    return words.strip()[match.end() :] if match else None
