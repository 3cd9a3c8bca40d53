"""What a face does at a moment: expression, blink, gaze and a mouth that talks."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, replace
from importlib import resources

from ....storyboard.vocabulary import Action, Expression
from .acting import Acting
from .mouth import mouth


@dataclass(frozen=True)
class Mood:
    """Shape of a face. Zeroes are a face at rest."""

    brow: float
    """Height of the brows, -1 to 1."""
    slant: float
    """1 lifts the inner ends of the brows, -1 lowers them."""
    open: float
    """Of the eyes: 0 shut, 1 open."""
    lower: float
    """Rise of the lower lid."""
    curve: float
    """Of the mouth: 1 smiles, -1 droops."""
    wide: float
    gape: float
    """Of the mouth: 0 shut, 1 wide open."""
    blush: float
    pupil: float
    gaze: tuple[float, float] = (0.0, 0.0)
    tears: bool = False


def _table() -> dict[Expression, Mood]:
    text = resources.files(__package__).joinpath("expressions.json").read_text(encoding="utf-8")
    return {Expression(name): Mood(**row) for name, row in json.loads(text).items()}


EXPRESSIONS = _table()
_DOING = frozenset(
    {
        Action.stand, Action.read, Action.write, Action.hold, Action.work, Action.open, Action.close,
        Action.sit, Action.walk, Action.listen, Action.play, Action.take, Action.give, Action.point,
        Action.reach, Action.push, Action.pull, Action.paint, Action.cook, Action.dig, Action.perform,
        Action.wave, Action.drive, Action.row,
    }
)  # fmt: skip
"""What is done with the body: the mood of the scene is a shade on the face, or it is taken for the event."""
_LOWERED = frozenset(
    {
        (Action.look, "hands"), (Action.look, "held"), (Action.look, "gone"), (Action.hold, ""),
        (Action.open, "leaf"), (Action.close, "leaf"),
    }
)  # fmt: skip
"""Ways of doing something in which the eyes are on what is in the hands, or on the ground."""


def _hinted(face: Mood) -> Mood:
    """The same mood by a shade only: no drooping mouth, level brows, eyes open."""
    return replace(
        face,
        curve=max(0.12, face.curve),
        slant=0.3 * face.slant,
        brow=max(-0.1, face.brow),
        open=max(0.86, face.open),
        gape=min(face.gape, 0.34),
    )


def syllables(t: float, seed: int) -> float:
    """How far a talking mouth is open (0 to 1) at ``t``: uneven syllables, pauses between phrases."""
    phrase = math.sin(t * 1.9 + seed) + math.sin(t * 0.83 + seed * 2.1)
    if phrase < -1.25:
        return 0.05
    beat = math.sin(t * 17.0 + seed) * 0.5 + math.sin(t * 11.3 + seed * 1.7) * 0.5
    return min(1.0, 0.28 + 0.62 * abs(beat))


def mood(acting: Acting, t: float, seed: int) -> Mood:
    """The face of ``acting`` at ``t`` seconds."""
    face = EXPRESSIONS[acting.expression]
    gaze = acting.gaze or (0.0, 0.0)
    drift = math.floor(t / 1.7 + seed % 5)
    face = replace(
        face,
        gaze=(
            gaze[0] * 0.85 + 0.08 * math.sin(drift * 2.3),
            gaze[1] * 0.7 + 0.05 * math.cos(drift * 1.3),
        ),
    )
    if acting.action is Action.rise and acting.manner == "wake" and t * acting.pace < 0.6:
        return replace(face, open=0.0, curve=0.3, gape=0.0, brow=0.1)
    if acting.action is Action.stand and acting.manner == "yawn":
        return replace(face, open=0.1, gape=0.9, wide=0.8, curve=0.0, brow=0.5)
    touches = acting.manner in ("nose", "lick")
    if touches and acting.action is not Action.push:
        licks = acting.manner == "lick" and acting.action is Action.eat
        return replace(
            face, open=0.35 if licks else 0.0, curve=0.8, gape=0.2 * licks, brow=0.2, slant=0.2, blush=0.8
        )
    if acting.manner == "shoved":
        return replace(EXPRESSIONS[Expression.surprised], gaze=face.gaze)
    if acting.action is Action.lie and acting.manner == "curl" and t * acting.pace > 1.0:
        return replace(face, open=0.0, curve=min(0.0, face.curve), gape=0.0)
    if acting.action is Action.lie and acting.manner == "awake":
        return replace(face, open=1.2, gaze=(0.3, -0.5), curve=min(0.1, face.curve), gape=0.0, brow=0.3)
    if acting.action is Action.stand and acting.manner == "tearful":
        return replace(EXPRESSIONS[Expression.sad], tears=True, gape=0.0, open=0.7)
    if acting.action is Action.sleep:
        return replace(face, open=0.0, curve=0.3, gape=0.3 if acting.speaks else 0.0, brow=0.1)
    if acting.action in _DOING and not acting.told:
        face = _hinted(face)
    if not acting.told and (
        acting.action is Action.dance or (acting.action, acting.manner) == (Action.give, "get")
    ):
        face = replace(
            face, curve=max(0.8, face.curve), slant=max(0.0, face.slant) * 0.3, open=max(0.8, face.open)
        )
    if acting.action is Action.laugh and acting.manner == "clap":
        face = replace(
            face, open=1.0, lower=0.15, curve=1.0, wide=1.3, gape=0.3, brow=0.4, slant=0.1, blush=0.7
        )
    elif acting.action is Action.laugh and acting.manner == "smile":
        face = replace(face, open=0.75, lower=0.25, curve=1.0, wide=1.35, gape=0.0, brow=0.3, blush=1.0)
    elif acting.action is Action.laugh:
        beat = abs(math.sin(t * 10))
        face = replace(face, open=0.12, lower=0.3, curve=1.0, wide=1.3, gape=0.55 + 0.3 * beat, brow=0.5)
    elif acting.action is Action.cry:
        face = replace(EXPRESSIONS[Expression.sad], open=0.2, gape=0.4, wide=1.1, curve=-1.0, tears=True)
    elif acting.action is Action.sing:
        face = replace(
            face,
            gape=0.35 + 0.4 * abs(math.sin(t * 2.6)),
            wide=0.7,
            open=face.open * 0.8,
            brow=0.4,
            slant=max(0.0, face.slant),
        )
    elif acting.action is Action.eat:
        face = replace(face, gape=0.14 * (1 + math.sin(t * 9)), wide=0.7)
    elif acting.action is Action.read or acting.action is Action.write:
        face = replace(face, gaze=(0.4 * math.sin(t * 2.2), 0.75))
    elif (acting.action, acting.manner) in _LOWERED:
        face = replace(face, gaze=(0.35 * face.gaze[0], 0.9), open=max(0.8, face.open))
    elif acting.action is Action.look and acting.manner == "up":
        face = replace(face, gaze=(face.gaze[0], -0.95), open=1.2, brow=0.5, slant=0.1, curve=0.5, gape=0.1)
    elif acting.action is Action.look and acting.manner in ("find", "light"):
        face = replace(EXPRESSIONS[Expression.surprised], gaze=face.gaze)
    elif acting.action is Action.look and acting.manner == "angry":
        face = replace(EXPRESSIONS[Expression.angry], gaze=face.gaze)
    elif acting.action is Action.look and not acting.told:
        # Who looks is all eyes: the mood is only hinted at, or it would be taken for what happens.
        face = replace(
            face,
            open=max(1.15, face.open),
            gape=0.0,
            curve=max(0.2, 0.35 * face.curve),
            slant=0.2 * face.slant,
            brow=0.35,
            pupil=1.2,
        )
    elif acting.action is Action.talk and acting.manner == "argue":
        face = replace(EXPRESSIONS[Expression.angry], gaze=face.gaze)
    elif (acting.action, acting.manner) == (Action.hug, "kiss"):
        face = replace(face, open=0.0, gape=0.0, brow=min(0.3, face.brow), blush=max(0.7, face.blush))
    elif acting.action is Action.hug and acting.expression is Expression.surprised:
        pass  # who is seized
    elif acting.action is Action.hug and acting.expression is not Expression.determined:
        face = replace(face, open=min(face.open, 0.1))
    elif acting.action is Action.sneak and not acting.told:  # nobody laughs who is not to be heard
        face = replace(face, gape=0.0, curve=min(0.15, face.curve), gaze=(0.6, 0.0), open=1.15, brow=0.3)
    elif (acting.action, acting.manner) == (Action.kneel, "pray"):
        face = replace(face, open=0.0, gape=0.0, curve=max(0.1, 0.4 * face.curve))
    elif (acting.action, acting.manner) == (Action.reach, "eyes"):
        face = replace(face, open=0.0, gape=0.22, wide=0.7, curve=-0.2, brow=0.1)
    if acting.action is Action.talk and acting.manner == "promise":
        face = replace(EXPRESSIONS[Expression.tender], gaze=face.gaze, open=0.9)
    if acting.says:
        opened = mouth(acting.says, t) * 0.75
        face = replace(face, gape=opened if acting.action is not Action.laugh else max(face.gape, opened))
        face = replace(face, wide=face.wide * 0.92)
    elif acting.speaks or acting.action is Action.talk:
        least = 0.6 if acting.manner == "shout" else 0.0
        face = replace(face, gape=max(least, syllables(t, seed) * 0.75), wide=face.wide * 0.92)
    blink = (t + (seed % 7) * 0.37) % 3.1
    if blink < 0.13:
        face = replace(face, open=0.0)
    return face
