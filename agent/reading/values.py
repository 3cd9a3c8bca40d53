"""Closed values by the words that people use for them: hours, weathers, seasons, styles, moods."""

from __future__ import annotations

import re
from functools import cache

from .cues import bank, either
from .wish import Wish

_DENIED = (
    r"(?:no(?: more)?|not(?: in| at| a| the| so| too)?(?: the| a)?|without(?: any)?|instead "
    r"of(?: the| a| in the| at)?|rather than(?: the| a| in the| at)?|isn't|don't want(?: any| it)"
    r"?(?: to)?|stop the|less|out of|never|nor|than|too|why is it|take (?:away|out) the|remove "
    r"the|lose the|was|get rid of the)"
)


@cache
def _table(section: str) -> tuple[re.Pattern[str], dict[str, str]]:
    named = {phrase: value for value, listed in bank("values")[section].items() for phrase in listed}
    return re.compile(rf"(?<![\w@-])({either(named)})(?![\w-])"), named


def value_in(wish: Wish, section: str, *, take: bool = True) -> str | None:
    """The value that the wish names and does not deny; its words are taken."""
    pattern, named = _table(section)
    text = wish.text
    for found in pattern.finditer(text):
        if denied(text, found.start()):
            continue
        if take:
            start = found.start()
            if degree := re.search(
                (
                    r"(?:more|much|a lot|very|really|so|bit|little|proper|heavy|thick|light|big|real|"
                    r"terrible|dense|strong) $"
                ),
                text[:start],
            ):
                start = degree.start()
            wish.spend(start, found.end())
        return named[found[1]]
    return None


def denied_in(wish: Wish, section: str) -> str | None:
    """A value that the wish denies ("no rain"); its words are taken."""
    pattern, named = _table(section)
    text = wish.text
    for found in pattern.finditer(text):
        if before := denied(text, found.start()):
            wish.spend(before.start(), found.end())
            return named[found[1]]
    return None


def take_denied(wish: Wish, *sections: str) -> list[str]:
    """All denied values of these sections, taken out of the wish."""
    found = []
    for section in sections:
        while (value := denied_in(wish, section)) is not None:
            found.append(value)
    return found


def denied(text: str, start: int) -> re.Match[str] | None:
    """The words before ``start`` that deny what stands there, if any do."""
    return re.search(rf"\b{_DENIED} (?:[a-z]+ )?$", text[:start])
