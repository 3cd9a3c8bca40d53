"""Bareheaded: who is in bed has the hat off, so that the face is seen; it is beside the bed, or on its board.

In a bed what is worn on the head would lie sideways on the pillow and over the face.
"""

from __future__ import annotations

import skia

from ....storyboard.looks import BodyLook
from ....storyboard.vocabulary import Action, Dress, HairStyle, Hat
from .acting import Acting
from .costume import Costume
from .face import Ball
from .hats import draw_hat
from .headgear import HEADGEAR

_SOFT = frozenset({"veil", "coif", "headcloth"})
"""What is worn in bed as well."""
_HEADED = frozenset(HEADGEAR)
_WORN = frozenset({Hat.none, Hat.hood, Hat.scarf})
"""Nothing that is put down somewhere."""
_TURNED = 40.0


def in_bed(acting: Acting) -> bool:
    """Whether somebody acts in a bed."""
    return acting.action is Action.sleep or acting.manner in ("awake", "wake")


def keeps(costume: tuple[str, ...]) -> bool:
    """Whether what is on the head stays there in bed."""
    return not _SOFT.isdisjoint(costume)


def unhatted(look: BodyLook, costume: tuple[str, ...]) -> BodyLook:
    """The look as its hair is seen in bed: it lies as it lay under the hat."""
    if keeps(costume) or (look.hat is Hat.none and not _HEADED.intersection(costume)):
        return look
    hair = HairStyle.short if look.hair is HairStyle.spiky else look.hair
    return look.model_copy(update={"hat": Hat.none, "hair": hair})


def put_down(canvas: skia.Canvas, costume: Costume, width: float, head: float, x: float, y: float) -> None:
    """Draw the hat with its brim at a point, in heights; ``head`` is the height of a head and ``width`` half
    its width in heads. Nothing where none is worn."""
    look = costume.look
    if look.dress is Dress.spacesuit or keeps(costume.pieces):
        return
    if not costume.crowned and look.hat in _WORN:
        return
    ball = Ball(width, _TURNED, 0.0)
    canvas.save()
    canvas.translate(x, y)
    canvas.scale(head, head)
    canvas.translate(0.0, 0.2)
    if costume.crowned:
        costume.head(canvas, ball, width)
    else:
        draw_hat(canvas, look, costume.face_ink, ball, width)
    canvas.restore()
