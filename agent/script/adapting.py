"""Adapting: a text that a person brings, made fit for whoever tells it."""

from __future__ import annotations

from dataclasses import dataclass

from ..outline import is_idea
from ..outline.tongue import language_of
from .condensing import Condensed, condense, condense_to, told_seconds
from .source import Source

USUAL_SECONDS = 90
"""Of a film of a text that is too long to be told whole, where no length was asked for."""
WHOLE_SECONDS = 180
"""What takes no longer is told whole where no length was asked for."""
MOST_CHARACTERS = 55_000
"""That a language model is given."""
_CARD_SECONDS = 6
_WORD_FOR_WORD = frozenset({"segments", "script"})
"""Writers that take a text as it is."""


@dataclass(frozen=True)
class Adapted:
    """What is to be told; ``seconds`` is None where the story sets its length."""

    text: str
    seconds: int | None
    notices: tuple[str, ...]


def adapt(source: Source, seconds: int | None, writer: str) -> Adapted:
    """The text of ``source`` for a writer by name, for a film of so many seconds (None: none was asked for).

    The built-in writer narrates a text in its own words: what is too long is condensed to what can be said.
    A language model makes a story of it, and gets it whole, or as much of it as it takes.
    """
    text = source.text.strip()
    if source.kind == "script" or writer in _WORD_FOR_WORD or not text or is_idea(text):
        return Adapted(source.text, seconds, source.notices)
    language = language_of(text)
    long = told_seconds(text, language)
    if seconds is None and long > WHOLE_SECONDS:
        seconds = USUAL_SECONDS
    if writer != "outline":
        if len(text) <= MOST_CHARACTERS:
            return Adapted(text, seconds, source.notices)
        short = condense_to(text, MOST_CHARACTERS, language)
        return Adapted(
            short.text, seconds, (*source.notices, _said(text, short, f"to what {writer} can be given"))
        )
    room = None if seconds is None else seconds - (_CARD_SECONDS if seconds >= 20 else 2)
    if room is None or long <= room:
        return Adapted(text, seconds, source.notices)
    short = condense(text, room, language)
    return Adapted(short.text, seconds, (*source.notices, _said(text, short, f"to {seconds} seconds")))


def _said(text: str, short: Condensed, how: str) -> str:
    named = f", with {', '.join(short.names)}" if short.names else ""
    share = f"{short.kept_share:.0%}" if short.kept_share >= 0.01 else f"{short.kept_share:.1%}"
    return (
        f"The text was condensed {how}: {share} of its {len(text.split()):,} words, its own sentences in "
        f"their order{named}. Nothing was added to them."
    )
