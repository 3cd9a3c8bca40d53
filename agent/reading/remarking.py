"""Remarks: which parts only point, complain or tell what is seen now, and ask for nothing themselves."""

from __future__ import annotations

import re

from . import clauses
from .cues import word_set
from .marks import Marked
from .parting import is_command

_WRONG = re.compile(
    r"\b(?:too|drags?|feels?|wrong|boring|weird|odd|bad|ugly|don't like|doesn't work|terrible|awful|"
    r"strange)\b"
)
_SEEMS = re.compile(
    r"^(?:(?:in|at) @[sc]\d+ ,? ?)?@b\d+ (?:looks?|seems?|is|'s|appears?|comes across as) (?:so |"
    r"very |a bit |rather |"
    r"quite |all |just )*(?!ing\b)[a-z]+(?: (?:in|at|during) @[sc]\d+| there| here)*$"
)
_LASTS = re.compile(r"^@[sci]\d+ (?:is|'s|lasts?|runs?|takes|goes on for)\b.*@d\d+(?: long)?$")
_MISTAKE = re.compile(
    r"^(?:that|this|@i\d+) ?(?:'s|is) (?:all |so |just |not )*(?:wrong|right|a mistake|silly|bad|nonsense)$"
)
_OUGHT = re.compile(r"^@[bi]\d+ (?:should|must|needs? to|has to|ought to)\b")
_SAYS_MORE = frozenset(
    (
        "no",
        "not",
        "without",
        "lose",
        "is",
        "are",
        "again",
        "above",
        "below",
        "before",
        "after",
        "left",
        "right",
        "should",
        "be",
        "out",
        "back",
        "over",
        "same",
        "put",
        "next",
    )
)


def only_points(part: Marked) -> bool:
    """Whether a part only says where: "in the last shot", "8 and 9"."""
    asked, _ = clauses.bare(part)
    idle = word_set("function") | word_set("idle") | word_set("polite")
    words = [i.text for i in asked.items if i.ref is None]
    return (
        bool(asked.of("shot", "scene", "narrator", "being", "thing", "place", "film", "music"))
        and all(w in idle or not w[:1].isalnum() for w in words)
        and len(words) <= 5
        and not asked.of("time", "quote")
        and not any(w in _SAYS_MORE for w in words)
    )


def complains(part: Marked, after: Marked) -> bool:
    """Whether a part only says what is wrong, and the one after it what to do about it."""
    if _MISTAKE.match(after.text) and not is_command(part):
        return True
    asked, _ = clauses.bare(after)
    asks = is_command(after) or _OUGHT.match(asked.text) is not None
    seems = _SEEMS.match(part.text) is not None or _LASTS.match(part.text) is not None
    if not asks or not (seems or (_WRONG.search(part.text) and is_command(after))):
        return False
    refs = asked.of("shot", "scene", "being", "thing", "place", "it")
    return all(
        r.pronoun or r.sort == "it" or r in part.of("being", "shot") for r in refs
    ) and not part.text.startswith(("make", "put", "let"))


def tells_what_is(sentence: Marked, after: Marked) -> bool:
    """Whether a sentence only tells what is seen now, and the one after it what to do about it."""
    asked, _ = clauses.bare(after)
    tells = re.search(r"@b\d+ (?:is|'s) [a-z]+ing\b.* but |\bbut @b\d+ [a-z]+s\b", sentence.text)
    return (
        tells is not None
        and is_command(after)
        and bool(asked.of("it"))
        and not re.search(r"\b(?:should|must|make|let|put|want|please)\b", sentence.text)
    )


def explains(part: Marked) -> bool:
    """Whether a part only says why, or how what was asked for will be."""
    return (
        re.match(
            r"(?:like|as if|as though|because|since) |(?:it|that|there|this|@i\d+) (?:'s|is|was) "
            r"(?!.*\b(?:should|must|now|too)\b)",
            part.text,
        )
        is not None
    )
