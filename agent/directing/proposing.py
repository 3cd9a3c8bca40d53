"""Proposing: what a person said is read, checked and shown as a difference. Changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ...storyboard.edit_types import Edit
from ...storyboard.edits import apply_all
from ...storyboard.errors import BadInput
from ...storyboard.schema import clean_text
from ..steps import Steps
from .brief_kept import loosened
from .difference import Difference, difference
from .discreet import without_keys
from .locks import kept_from
from .turn import Turn
from .understood import Reader, Talk, Understood

LONGEST = 20_000
"""Characters of one sentence of a person; more is a text to be told, not a change."""


def hear(
    production: Steps, words: str, reader: Reader, talk: Talk, tell: Callable[[str], None]
) -> tuple[Understood, str]:
    """What the words mean, and the words as they are kept (without keys).

    Raises ``BadInput`` for what is no sentence, and ``WriterError`` where a model fails.
    """
    said = without_keys(" ".join(clean_text(words).split()))
    if not said:
        raise BadInput("Nothing was said. Say what is to be changed, such as: scene 2 at night.")
    if len(said) > LONGEST:
        raise BadInput(f"That is {len(said):,} characters long; say it in at most {LONGEST:,}.")
    if hasattr(reader, "purse"):
        reader.purse = production.purse()
    return reader.understand(production.film, said, talk, tell), said


def turn_of(production: Steps, understood: Understood, earlier: Sequence[Edit] = ()) -> Turn:
    """The turn that was understood: a proposal with its difference, or what else it is.

    ``earlier`` are edits that wait for a yes still; the proposal is of both together. Changes nothing.
    """
    if understood.unread or understood.question:
        return _asked(understood)
    if understood.edits:
        return proposal(production, (*earlier, *understood.edits), understood)
    if understood.history or understood.deed:
        words = "; ".join(understood.read_as) or understood.deed or "a step in the history"
        return Turn("deed", words, understood)
    if understood.answer:
        return Turn("answer", lines(understood.answer, *understood.notices), understood)
    return Turn("refusal", lines(*understood.refused) or _NOTHING, understood)


_NOTHING = "That was not understood, so nothing was changed. Say it in other words."


def _asked(understood: Understood) -> Turn:
    """A question, or what was not understood: nothing of the sentence is done."""
    unread = [f"Not understood: {part!r}." for part in understood.unread]
    if understood.question:
        choices = [f"  {n}. {choice}" for n, choice in enumerate(understood.choices, 1)]
        words = lines(*unread, understood.question, *choices)
        return Turn("question", words, understood, choices=understood.choices)
    rest = [f"Understood, but not done yet: {part}." for part in understood.read_as]
    told = (*understood.refused, *understood.notices)
    return Turn("refusal", lines(*unread, *rest, *told, "Nothing was changed."), understood)


def proposal(production: Steps, edits: Sequence[Edit], understood: Understood) -> Turn:
    """The edits as a proposal, or a refusal that says why they cannot be made. Changes nothing."""
    film = production.film
    if film.story is None:
        return Turn("refusal", "The film has no story yet, so there is nothing to change.", understood)
    try:
        kept = kept_from(film, edits)
        if kept:
            return Turn("refusal", lines(*kept, "Nothing was changed."), understood)
        after = apply_all(film, edits)
        if film.shots and not after.shots:
            words = "That would take the last shot out of the film. Nothing was changed."
            return Turn("refusal", words, understood)
        if after == film:
            words = lines(*understood.refused, "The film is like that already; nothing changes.")
            return Turn("answer", words, understood)
        asked, nearest = loosened(film, after)
        found = difference(production, edits, nearest)
    except BadInput as error:
        return Turn("refusal", str(error), understood)
    words = _proposed(understood, asked, found)
    return Turn("proposal", words, understood, found, (*edits, *nearest), tuple(asked))


def _proposed(understood: Understood, asked: Sequence[str], found: Difference) -> str:
    loosening = [f"{words} On yes, that is what is asked for from now on." for words in asked]
    return lines(
        *(f"Cannot be done: {part}" for part in understood.refused),
        *understood.notices,
        *(f"  {row}" for row in found.rows),
        *loosening,
        found.words,
    )


def lines(*parts: str) -> str:
    """The parts that say something, a line each."""
    return "\n".join(part for part in parts if part)
