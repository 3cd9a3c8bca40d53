"""Attempts: one part of a sentence, tried on the rules; what comes of it can be kept or thrown away."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from dataclasses import dataclass

from pydantic import ValidationError

from ...storyboard.edit_parts import first_fault
from ...storyboard.errors import BadInput
from ..directing.understood import Talk
from . import clauses
from .absence import take_out
from .acting import act
from .camera import camera, light
from .crediting import crediting
from .draft import Cannot, Draft, Unclear
from .faces import face, see_face
from .hands import handed
from .index import Index
from .inserting import insert
from .joins import joins
from .keeping import keep
from .lengths import lengths
from .lines import quoted
from .looks import look
from .marks import Marked
from .naming_over import naming_over
from .ordering import move, order_told, swap
from .presence import put_in
from .refusals import refuse
from .renaming import lock, rename
from .scenes import scene_values
from .scoring import scoring
from .shots import remove, retake
from .split_sound import split_sound
from .standing import stand
from .styles import mood, style
from .titles import cards, title
from .turning import turn_into
from .voices import voice
from .who_speaks import narrated, spoken, talk_less
from .wish import Thread, Wish
from .wording import is_noun, lemmas_of

LONGEST_PART = 160
"""Words of one part of a sentence that are read; a longer one is not understood."""
Rule = Callable[[Wish, Draft], bool]
ALONE: tuple[Rule, ...] = (
    split_sound, naming_over, crediting, scoring, refuse, title, cards, quoted, lock, keep, rename, talk_less,
    spoken, swap, move, retake, remove, narrated, voice, turn_into, handed, stand, see_face, act, take_out,
    put_in, face,
)  # fmt: skip
"""Rules of which one at most reads a part of a sentence, in the order of asking."""
TOGETHER: tuple[Rule, ...] = (joins, lengths, style, mood, camera, light, scene_values, look)
"""Rules that may each take something out of the same part."""
QUOTING: tuple[Rule, ...] = (naming_over, title, cards, quoted, rename)
"""Rules that read two quotations in one sentence."""
SAYING: tuple[Rule, ...] = (spoken,)
"""Rules that read the words of a line without quotation marks."""
INSERTING: tuple[Rule, ...] = (insert,)
ORDERING: tuple[Rule, ...] = (order_told,)
_TOPICS: dict[Rule, str] = {
    voice: "voice",
    look: "look",
    mood: "mood",
    face: "look",
    put_in: "look",
    camera: "camera",
    scene_values: "scene",
}


_EXCEPTIONS = frozenset(("except", "excepting", "unless", "apart"))
"""Words that, left unread, make a wish another one than it was."""


@dataclass(frozen=True)
class Attempt:
    """What came of a part: the draft after it, the part as a wish, and what it was about."""

    draft: Draft
    wish: Wish
    topic: str = ""


def attempt(
    draft: Draft,
    thread: Thread,
    index: Index,
    talk: Talk,
    part: Marked,
    rules: tuple[Rule, ...] | None = None,
    reason: bool = True,
) -> Attempt | None:
    """The draft after this part, or None where it was not understood (well enough). Changes nothing."""
    asked, _ = clauses.bare(part)
    asked = clauses.without_reason(asked) if reason else asked
    if not 0 < len(asked.items) <= LONGEST_PART:
        return None
    wish = Wish(asked, index, talk, copy.copy(thread))
    trial = copied(draft)
    try:
        topic = _read(wish, trial, rules)
    except (Cannot, BadInput) as error:
        trial = copied(draft)
        trial.refused.append(str(error))
        return Attempt(trial, wish)
    except ValidationError as error:  # such as a shot of a million hours
        trial = copied(draft)
        trial.refused.append(f"A film cannot hold that ({first_fault(error)}).")
        return Attempt(trial, wish)
    except Unclear as error:
        trial = copied(draft)
        trial.question = trial.question or error.question
        trial.choices = trial.choices or error.choices
        return Attempt(trial, wish)
    if topic is None:
        return None
    left = wish.left()
    content = Wish(asked, index, talk, thread).left()
    weight = sum(1.5 if is_noun(word) else 1.0 for word in left) + _of_something_else(wish, left)
    if not _EXCEPTIONS.isdisjoint(left) or weight > max(1.0, len(content) * 0.45):
        return None
    if left:
        trial.notice(f"Not used: {' '.join(left)}.")
    return Attempt(trial, wish, topic)


def _read(wish: Wish, draft: Draft, rules: tuple[Rule, ...] | None) -> str | None:
    """Let the rules read; what the wish was about ("" where that has no name), None where none understood."""
    for rule in rules or ALONE:
        if rule(wish, draft):
            return _TOPICS.get(rule, "")
    topic = None
    if rules is None:
        for rule in TOGETHER:
            if rule(wish, draft):
                topic = _TOPICS.get(rule, topic or "")
    return topic


def _of_something_else(wish: Wish, left: list[str]) -> float:
    """What weighs in where a noun that follows a name was not read: "the shop sign" is not the shop."""
    found = re.search(r"@[pbo]\d+ ([a-z]+)\b", wish.text)
    return 1.0 if found and found[1] in left and "NOUN" in _kinds(found[1]) else 0.0


def _kinds(word: str) -> frozenset[str]:
    # Imported on first use: its tables take a tenth of a second to load.
    from lemminflect import getAllLemmas

    return frozenset(getAllLemmas(word)) if lemmas_of(word) else frozenset()


def copied(draft: Draft) -> Draft:
    """A draft that can be thrown away."""
    new = copy.copy(draft)
    for name in ("edits", "read_as", "shots", "entities", "notices", "refused", "unread"):
        setattr(new, name, list(getattr(draft, name)))
    return new
