"""Animals of trade: a fox who is a lawyer stands, walks and has hands as people do, and stays a fox.

Head, tail and fur of the species, in the shape that ``species.json`` gives it, on a person's body.
"""

from __future__ import annotations

import math
from typing import Any

import skia

from ....storyboard.looks import BodyLook
from ....storyboard.vocabulary import Action, Age, Beard, Dress, HairStyle, Hat, Mark, Worn
from ..ink import Ink, mixed, shaded
from .beast_head import BeastHead
from .beast_tail import draw_tail
from .bird import Bird
from .creature import Scene
from .face import Ball
from .mood import Mood
from .primate import Primate
from .shapes import ellipse, polygon
from .torso import Torso

FOLK = frozenset({"quadruped", "bird", "primate"})
"""Body plans whose heads sit on a person's shoulders."""
_LARGER = 1.42
"""An animal's head against a person's of the same height."""
_BIRD, _APE = 2.0, 2.3
"""A bird's and an ape's own units to half a head."""


def folk_row(row: dict[str, Any]) -> dict[str, Any]:
    """How the species' own size and hair change a person: a mouse is a small person, a bear a large one."""
    return {"scale": max(0.5, min(1.12, 0.5 + 0.5 * float(row["size"])))}


def furred(look: BodyLook) -> BodyLook:
    """The look with fur for skin, a garment, and nothing on the head that an animal does not have."""
    changed: dict[str, object] = {"skin": look.coat_colour, "hair": HairStyle.bald, "beard": Beard.none}
    if look.dress is Dress.none:
        changed["dress"] = Dress.shirt
    if look.age is Age.elder:  # a stoop, not an old woman's grey hair
        changed["hair_colour"] = mixed(look.coat_colour, "#e8e4dc", 0.5)
    return look.model_copy(update=changed)


class FolkHead:
    """The head of one species, drawn in a person's head space; and its tail."""

    def __init__(
        self, look: BodyLook, marks: tuple[Mark, ...], ink: Ink, seed: int, row: dict[str, Any]
    ) -> None:
        self.look, self.ink, self.row = look, ink, row
        bare = look.model_copy(
            update={"hat": Hat.none, "worn": tuple(w for w in look.worn if w is Worn.glasses)}
        )
        self._plan = row["plan"]
        shape = {**row, "size": 1.0}
        if self._plan == "quadruped":
            self._beast = BeastHead(bare, look.coat_colour, marks, ink, row)
        elif self._plan == "bird":
            self._bird = Bird(bare, marks, ink, seed, {**shape, "neck": 0.0})
        else:
            self._ape = Primate(bare, marks, ink, seed, shape)

    def draw(self, canvas: skia.Canvas, ball: Ball, mood: Mood, t: float) -> None:
        """The head with its face, around the middle of the person's head."""
        left = ball.sin < 0
        canvas.save()
        canvas.translate(0.0, ball.drop)
        canvas.scale(-_LARGER if left else _LARGER, _LARGER)
        turn = abs(ball.yaw)
        if self.row.get("spines"):
            fan = []
            for i in range(17):
                a = math.radians(150 + 240 * i / 16) - 0.5 * ball.cos
                out = 0.78 if i % 2 else 0.56
                fan.append((out * math.cos(a) - 0.05, out * math.sin(a)))
            self.ink.piece(canvas, polygon(fan), shaded(self.look.coat_colour, -0.3))
        if self._plan == "quadruped":
            self._beast.draw(canvas, turn, mood, t)
        else:
            scene = Scene(
                t=t, action=Action.stand, mood=mood, turn=turn, moving=False, flying=False, asleep=False,
                away=ball.cos < -0.3,
            )  # fmt: skip
            if self._plan == "bird":
                canvas.scale(_BIRD, _BIRD)
                self._bird.head_at(canvas, scene, (0.0, 0.02))
            else:
                canvas.scale(
                    _APE * 0.2 / float(self.row.get("head", 0.2)),
                    _APE * 0.2 / float(self.row.get("head", 0.2)),
                )
                self._ape.head_at(canvas, scene, (0.0, 0.0))
        canvas.restore()

    def crown(self, canvas: skia.Canvas) -> None:
        """Put what a person has on the head onto this one: higher and larger."""
        high = -0.24 if self._plan == "quadruped" else -0.14
        canvas.translate(0.0, high)
        canvas.scale(1.18, 1.1)

    def tail(self, canvas: skia.Canvas, torso: Torso, t: float) -> None:
        """The tail, behind the body or before it as the body is turned."""
        if self._plan != "quadruped":
            return
        if self.row.get("spines") or self.row.get("shell"):
            self._backed(canvas, torso)
        x, y = torso.at(180, 0.92, 0.8)
        left = torso.sin < 0
        size = 0.32 if self.row.get("tail") in ("bushy", "squirrel") else 0.28
        if self.row.get("tail") in ("puff", "stub"):
            size = 0.5
        canvas.save()
        canvas.translate(x, y)
        canvas.scale(-size if left else size, size)
        draw_tail(
            canvas, self.ink, self.look.coat_colour, self.row, (0.0, 0.0), math.sin(t * 2.4), False, 0.0, 2.0
        )
        canvas.restore()

    def _backed(self, canvas: skia.Canvas, torso: Torso) -> None:
        """Spines or a shell over the whole back."""
        colour = shaded(self.look.coat_colour, -0.3)
        x, y = torso.at(180, 0.46, 0.9)
        if self.row.get("shell"):
            self.ink.piece(canvas, ellipse(x, y, 0.15, 0.2), mixed(colour, "#6a5a30", 0.4))
            return
        points = []
        for i in range(36):
            a = math.tau * i / 36
            out = 1.0 if i % 2 else 0.78
            points.append((x + 0.17 * out * math.cos(a), y - 0.04 + 0.27 * out * math.sin(a)))
        self.ink.piece(canvas, polygon(points), colour)
