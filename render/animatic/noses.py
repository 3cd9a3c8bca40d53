"""Noses: where two stand whose heads touch: who nuzzles, licks or pushes with the head. Pure."""

from __future__ import annotations

from dataclasses import replace

from ...storyboard.picture import Picture
from ...storyboard.vocabulary import Action, Being, Facing
from .blocking import Placed
from .meeting import Meeting
from .reach import ahead, turned

_RUBS = 0.05
"""Of the shorter reach of two animals that nuzzle: how far one nose is from the other, and not over it."""
_BREATH = 0.07
"""Heights of somebody between a face and the muzzle of a higher beast."""
_ON_BREAST = 0.06
"""Heights of who stands there by which a muzzle that is seen before that one lies over arm or breast."""
_AS_HIGH = 0.8
"""Of the height of somebody's eyes: whose own are higher has its muzzle before the breast, not over it."""
_BEAK = 0.16
"""Heights of the lower of two, one of whom is a bird, between a muzzle and the beak or the breast."""
_WING = 0.27
"""Heights of a bird by which its wing, as it pushes, is longer than its breast."""
AT_BREAST = 0.78
"""Of the height of a beast's eyes: whose eyes are higher is nuzzled at the breast."""
BOWED = 0.7
"""Of the height of somebody's eyes: so high has a beast its own that nuzzles that one at the breast."""
_BEFORE_BREAST = 0.03
"""Heights of somebody between the nose and the muzzle at the breast, the chin and the collar free."""
_FEELERS = 0.12
"""Widths of an insect between its head and the other's."""
_GIVES_WAY = 0.4
"""Metres a second that an animal is pushed."""


def nose_to_nose(meeting: Meeting, left: Placed, right: Placed, picture: Picture) -> dict[str, Placed]:
    """Two turned to each other so near that their heads touch; an insect hovers at the other's head.

    Who is pushed slides away from who pushes.
    """
    left = replace(turned(left, Facing.right), walks=0.0)
    right = replace(turned(right, Facing.left), walks=0.0)
    ahead = _muzzle(left), _muzzle(right)
    pushes = picture.action is Action.push
    gap = sum(ahead) + (0.0 if pushes else _RUBS) * min(ahead)  # no muzzle is over a face
    birds = {f.id for f in picture.figures if f.look.being is Being.bird}
    spread = {f.id for f in picture.figures if f.look.being is Being.octopus}
    insects = {f.id for f in picture.figures if f.look.being is Being.insect}
    if (birds | insects) & {
        left.id,
        right.id,
    } and not pushes:  # a muzzle at the beak, and never at the throat
        gap = sum(ahead) + _BEAK * min(left.extent.height, right.extent.height)
    if insects & {left.id, right.id} and not pushes:  # its feelers are before a face, and not on it
        gap += _FEELERS * min(left.extent.width, right.extent.width)
    small, large = sorted((left, right), key=lambda p: p.extent.height)
    people = {f.id for f in picture.figures if f.look.being is Being.person}
    lower = large.id in people and small.extent.eyes < _AS_HIGH * large.extent.eyes
    if len(people & {left.id, right.id}) == 1 and not lower and not pushes:  # before the face, and not on it
        somebody, beast = (left, right) if left.id in people else (right, left)
        lowered = somebody.extent.eyes > AT_BREAST * beast.extent.eyes
        gap = sum(ahead) + (_BEFORE_BREAST if lowered else _BREATH) * somebody.tall
    if small.id not in people and lower and small.id not in insects and not pushes:
        gap -= _ON_BREAST * large.tall  # just touching, it would seem to go on behind the sleeve
    if birds & {left.id, right.id} and pushes:  # its wing pushes, and no muzzle is in its breast
        gap += _WING * max(p.extent.height for p in (left, right) if p.id in birds)
    if spread & {left.id, right.id} and not pushes:  # no arm of it runs over a hand or a knee
        gap = left.extent.right - right.extent.left
    depth, middle = min(left.depth, right.depth), (left.x + right.x) / 2
    near = {
        left.id: replace(left, x=middle - gap / 2, depth=depth),
        right.id: replace(right, x=middle + gap / 2, depth=depth),
    }
    if small.id not in people and lower:  # its muzzle is seen before who has knelt down to it
        near[small.id] = replace(near[small.id], depth=depth - 0.02)
    if pushes:
        speed = _GIVES_WAY * (1.0 if meeting.one == left.id else -1.0)
        near = {i: replace(p, walks=0.0 if i == meeting.one else speed) for i, p in near.items()}
    if small.id in insects and not large.extent.small:
        high = max(0.0, large.up + 0.72 * large.extent.height - 0.6 * small.extent.height)
        if large.id not in people:  # before the nose, and on no cheek
            high = max(0.0, large.up + large.extent.eyes - 0.6 * small.extent.height)
        near[small.id] = replace(near[small.id], up=high)
    return near


def _muzzle(figure: Placed) -> float:
    """Metres from the ground point to what is touched of a head: arms that reach out are no nose."""
    extent = figure.extent
    reach = abs(extent.face_x) + extent.face
    return min(ahead(figure), reach) if extent.face and extent.face_x else ahead(figure)
