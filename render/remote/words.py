"""The prompt for a server: whole sentences, every entity with what it looks like and in which image it is."""

from __future__ import annotations

from ..diffusion import wording
from ..requests import Between, Extend, Still

PROMPT_TOKENS = 600
"""Tokens of a prompt, as ``wording.tokens`` counts them."""
_DETAILS = 8


def prompt(request: Still | Between | Extend) -> str:
    """The words for a request, with as much detail as has room."""
    return wording.fullest(lambda detail: _told(request, detail), _DETAILS, PROMPT_TOKENS)


def _told(request: Still | Between | Extend, detail: int) -> str:
    picture, numbers = request.picture, wording.images(request)
    style = wording.cut(wording.style(picture, wording.look_of(request.settings)), 20 + 4 * detail)
    if isinstance(request, Still) and request.sheet:
        return _sentences([wording.sheet(request), *wording.bound(request), style])
    pieces = [wording.told(request, 60 + 8 * detail), wording.cut(wording.moment(request), 40)]
    for subject in (*wording.subjects(picture), *wording.things(picture)):
        shown = wording.of_images(numbers[subject.entity]) if subject.entity in numbers else ""
        looks = subject.told(detail) if detail else subject.who
        own = subject.words if detail >= 7 else ""
        pieces.append(
            f"the {subject.head} is {wording.joined((f'the one in {shown}' if shown else '', looks, own))}"
        )
        if subject.acting:
            pieces.append(f"the {subject.head} is {subject.acting}")
    seen = numbers.get(picture.place.id)
    at = f"the place of {wording.of_images(seen)}, " if seen else ""
    pieces.append(f"the place is {at}{wording.cut(wording.place(picture, detail >= 3), 16 + 8 * detail)}")
    if isinstance(request, Still) and request.like:
        pieces.append(f"keep the framing, the set and the light of image {len(request.anchors) + 1}")
    moving = not isinstance(request, Still)
    return _sentences([*pieces, style, wording.camera(picture, moving), wording.light(picture)])


def _sentences(pieces: list[str]) -> str:
    return " ".join(wording.sentence(piece) for piece in pieces if piece)
