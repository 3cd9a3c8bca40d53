"""How AnimateDiff is told a picture: in the 77 tokens of CLIP, and in other words as the clip goes on."""

from __future__ import annotations

from typing import Any

from ..requests import Between
from . import wording
from .family import Drawn, Words, choice
from .sdxl import CLIP_TOKENS
from .travel import Travel

_DETAILS = 8


def words(request: Drawn) -> Words:
    """The prompt. It travels from the opening through what happens to the closing, where these differ.

    Not with ``prompt-travel`` off, not where the request has words of its own, and not in a clip that
    goes on from another, which has neither end of the shot. Every station names every entity.
    """
    against = wording.cut(wording.negative(request.settings), CLIP_TOKENS)
    own = wording.folded(str(getattr(request, "words", "")))
    seen = request.picture
    opening, closing = wording.folded(seen.opening, 40), wording.folded(seen.closing, 40)
    travels = choice(request.settings, "prompt-travel") == "on"
    if not travels or own or not (opening or closing) or not isinstance(request, Between):
        lead = wording.joined((wording.told(request), "" if own else wording.moment(request)))
        return Words(_told(request, lead), against)
    happens = wording.told(request)
    begins = opening or happens
    middle = happens if happens != begins else ""
    ends = closing if closing != (middle or begins) else ""
    if not (middle or ends):
        return Words(_told(request, begins), against)
    return Travel(
        _told(request, begins),
        against,
        middle=_told(request, middle) if middle else "",
        end=_told(request, ends) if ends else "",
    )


def _told(request: Drawn, lead: str) -> str:
    """``lead``, then who, what and where, with as much detail (0 to 8) as CLIP reads."""
    picture = request.picture
    look = wording.style(picture, wording.look_of(request.settings))
    figures, things = wording.subjects(picture), wording.things(picture)

    def tell(detail: int) -> str:
        named = [s.told(min(detail - 1, 4)) if detail else s.head for s in figures]
        if detail >= 6:
            named = [wording.joined((n, s.acting)) for n, s in zip(named, figures, strict=True)]
        named += [s.told(detail) if detail else s.head for s in things]
        return wording.joined(
            (
                wording.cut(lead, 16 + 4 * detail),
                *named,
                wording.cut(wording.place(picture, detail >= 5), 8 + 6 * detail),
                wording.cut(look, 16 if detail else 8),
                wording.cut(wording.camera(picture, moving=True), 5 * max(0, detail - 1)),
                wording.light(picture) if detail >= 4 else "",
            )
        )

    return wording.fullest(tell, _DETAILS, CLIP_TOKENS)


def fitted(tokenizer: Any, text: str) -> str:
    """The first words of a text: as many whole ones as CLIP reads, counted by its own tokenizer."""
    most, pieces = tokenizer.model_max_length, text.split()
    low, high = 0, len(pieces)
    while low < high:
        middle = (low + high + 1) // 2
        fits = len(tokenizer(" ".join(pieces[:middle]), verbose=False).input_ids) <= most
        low, high = (middle, high) if fits else (low, middle - 1)
    return " ".join(pieces[:low])
